"""How passwords are kept, and which nobody should have: length counts, composition does not (NIST 800-63B)."""

import re
import unicodedata
from collections.abc import Iterator

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Account, Entity

LONGEST = 256
SHORTEST_NAME = 3
OWN_PART = 6
OF_THE_HOUSE = ("cent jours", "telework", "teletravail")


class Argon2(Argon2PasswordHasher):
    """Argon2id as OWASP advises it: 19 MiB, two passes; ten people may sign in at once on a small machine."""

    time_cost, memory_cost, parallelism = 2, 19_456, 1

    def encode(self, password: str, salt: str) -> str:
        return super().encode(composed(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        """The password in one form of Unicode, whatever keyboard wrote it.

        Hashes of before that was done have other parameters; for them the password counts as typed, too. A second look
        at a hash of today would tell by its time that an address has an account.
        """
        kept = composed(password)
        if super().verify(kept, encoded):
            return True
        return kept != password and self.must_update(encoded) and super().verify(password, encoded)


class Length(MinimumLengthValidator):
    """Eight characters at least, 256 at most; spaces and any script are welcome."""

    def validate(self, password: str, user: Account | None = None) -> None:
        count = len(password)
        if count < self.min_length:
            sentence = _("%(count)d characters are too few. Take %(least)d or more: a few words together do well.")
            raise ValidationError(sentence % {"count": count, "least": self.min_length}, code="password_too_short")
        if count > LONGEST:
            sentence = _("%(count)d characters are too many. Take %(longest)d at most.")
            raise ValidationError(sentence % {"count": count, "longest": LONGEST}, code="password_too_long")


class Common(CommonPasswordValidator):
    """None of the 20,000 passwords that are tried first, however they are capitalised or spaced at the ends."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if password.casefold().strip() in self.passwords or len(set(password)) < 3:
            sentence = _("This password is one of those tried first. Take another: a few words together do well.")
            raise ValidationError(sentence, code="password_too_common")


class Own:
    """Nothing that anybody guesses who knows the person: their name, address and company, or the name of this site."""

    def validate(self, password: str, user: Account | None = None) -> None:
        kept = plain(password)
        for name in sorted(set(_names(user)), key=len, reverse=True):
            if name in kept or name == plain(password):
                kept = kept.replace(name, "")
        if kept != plain(password) and len(kept) < OWN_PART:
            sentence = _("This password is little more than your name, your address or your company. Take other words.")
            raise ValidationError(sentence, code="password_too_similar")

    def get_help_text(self) -> str:
        return _("Not your name, your address or your company.")


def composed(password: str) -> str:
    """One form for one password: some keyboards write “é” as one sign, some as two (NIST 800-63B, 3.1.1.2: NFKC)."""
    return unicodedata.normalize("NFKC", password)


def plain(text: str) -> str:
    """Letters and digits only, without accents or capitals: how one looks for a name inside a password."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in bare if char.isalnum())


def _names(account: Account | None) -> Iterator[str]:
    for words in (*OF_THE_HOUSE, *_words_about(account)):
        for part in (words, *re.split(r"[\W_]+", words)):
            if len(name := plain(part)) >= SHORTEST_NAME:
                yield name


def _words_about(account: Account | None) -> Iterator[str]:
    if account is None or not account.pk:
        return
    yield account.email
    person = getattr(account, "person", None)
    if person is None:
        return
    yield from (person.first_name, person.last_name, person.email or "")
    entities = {entity.pk: entity for entity in Entity.objects.all()}
    entity, seen = entities.get(person.entity_id), set()
    while entity and entity.pk not in seen:
        seen.add(entity.pk)
        yield entity.name
        entity = entities.get(entity.parent_id)
