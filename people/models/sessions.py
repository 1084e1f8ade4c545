from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from .fields import public_uid


class Session(AbstractBaseSession):
    """A browser that is signed in, or on its way to. Ending it is removing the row: the next request finds none.

    ``account`` and ``signed_in_at`` are None before signing in. ``seen_at`` is written every few minutes at most,
    ``confirmed_at`` when the password was asked again, or human resources' work went on. Neither address nor user
    agent is kept, only the ``browser`` and the ``system`` in a word each.
    """

    uid = public_uid()
    account = models.ForeignKey("people.Account", models.CASCADE, null=True, blank=True, related_name="sessions")
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    signed_in_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-seen_at", "session_key"]

    @classmethod
    def get_session_store_class(cls):
        from people.sessions import SessionStore

        return SessionStore
