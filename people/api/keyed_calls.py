"""``Idempotency-Key``: a call sent again gets the answer of the first one, and the fact exists once.

After draft-ietf-httpapi-idempotency-key-header. The key is claimed by a row that others see at once; then the fact and
its answer are written in one transaction. A crash on the way undoes both, and the claim is free again after ``LEASE``.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from people.errors import BadFact
from people.models import Account, KeyedCall

HEADER = "Idempotency-Key"
LONGEST = 255
KEY = re.compile(rf"[!-~]{{1,{LONGEST}}}", re.ASCII)
KEPT = timedelta(hours=24)
LEASE = timedelta(minutes=5)
REPLAYED = "Idempotency-Replayed"
# Who asks was not settled: the same call may be judged once it is.
UNSETTLED = (401, 403, 429)


class KeyInFlight(Exception):
    """The first call with this key has not been answered yet."""


class KeyReused(Exception):
    """The key came before, with another address or another body."""


class _GivenUp(Exception):
    """Somebody else took the claim over while this call was under way."""


def read_key(request: HttpRequest) -> str:
    """The key of a request, "" without one; ``BadFact`` for one that is none."""
    key = request.headers.get(HEADER, "")
    if HEADER in request.headers and not KEY.fullmatch(key):
        sentence = _("The header %(field)s holds 1 to %(most)s ASCII characters without spaces, such as a random UUID.")
        raise BadFact(HEADER, key[:40], sentence % {"field": HEADER, "most": LONGEST})
    return key


def answered_once(
    request: HttpRequest, key: str, answer: Callable[[], HttpResponse], *, account: Account, now: datetime
) -> HttpResponse:
    """The answer kept for ``key``, else that of ``answer()``, which is kept with what it wrote.

    An answer of 400 or more takes back all that its call wrote. One of 500 or more, an exception, and what only asks
    who it is (401, 403, 429) free the key.
    ``KeyInFlight`` and ``KeyReused`` instead of an answer.
    """
    held = _claimed(account, _hash(key.encode()), fingerprint(request), now)
    if held.status is not None:
        return _kept(held)
    try:
        with transaction.atomic():
            response = _undone_if_refused(answer)
            if _is_final(response) and not _keep(held, response):
                raise _GivenUp
    except _GivenUp as error:
        raise KeyInFlight from error
    except BaseException:
        _free(held)
        raise
    if not _is_final(response):
        _free(held)
    return response


def fingerprint(request: HttpRequest) -> str:
    """What makes two calls the same: method, address with its query, body."""
    parts = (request.method or "", request.get_full_path(), hashlib.sha256(request.body).hexdigest())
    return _hash("\n".join(parts).encode("utf-8", "surrogatepass"))


def forget_old_calls(now: datetime) -> int:
    """Delete the answers kept for longer than a day; how many there were."""
    return KeyedCall.objects.filter(claimed_at__lt=now - KEPT).delete()[0]


def _claimed(account: Account, key_hash: str, fingerprint: str, now: datetime) -> KeyedCall:
    """The row of the key: claimed for us (``status`` null), or with the answer of an earlier call."""
    rows = KeyedCall.objects.filter(account=account, key_hash=key_hash)
    held = rows.first()
    if held is None:
        fields = {"fingerprint": fingerprint, "claim": uuid4(), "claimed_at": now}
        try:
            with transaction.atomic():
                return KeyedCall.objects.create(account=account, key_hash=key_hash, **fields)
        except IntegrityError:
            held = rows.first()
    if held is None:  # freed between the two looks
        raise KeyInFlight
    if held.claimed_at <= now - KEPT:
        return _taken_over(held, fingerprint, now)
    if held.fingerprint != fingerprint:
        raise KeyReused
    if held.status is None:
        if held.claimed_at > now - LEASE:
            raise KeyInFlight
        return _taken_over(held, fingerprint, now)
    return held


def _taken_over(held: KeyedCall, fingerprint: str, now: datetime) -> KeyedCall:
    """Claim a row that is out of date, or whose call died; of two who try, one succeeds."""
    claim: UUID = uuid4()
    fresh = {"claim": claim, "claimed_at": now, "fingerprint": fingerprint, "status": None, "content": ""}
    if not KeyedCall.objects.filter(pk=held.pk, claim=held.claim).update(**fresh):
        raise KeyInFlight
    held.claim, held.status = claim, None
    return held


def _undone_if_refused(answer: Callable[[], HttpResponse]) -> HttpResponse:
    with transaction.atomic():
        response = answer()
        if response.status_code >= 400:
            transaction.set_rollback(True)
    return response


def _is_final(response: HttpResponse) -> bool:
    return response.status_code < 500 and response.status_code not in UNSETTLED


def _keep(held: KeyedCall, response: HttpResponse) -> bool:
    """Write the answer beside the fact; False when the claim is no longer ours."""
    answer = {
        "status": response.status_code,
        "content_type": response.get("Content-Type", ""),
        "content": response.content.decode(),
    }
    return bool(KeyedCall.objects.filter(pk=held.pk, claim=held.claim, status=None).update(**answer))


def _free(held: KeyedCall) -> None:
    KeyedCall.objects.filter(pk=held.pk, claim=held.claim, status=None).delete()


def _kept(held: KeyedCall) -> HttpResponse:
    response = HttpResponse(held.content.encode(), status=held.status, content_type=held.content_type)
    response[REPLAYED] = "true"
    return response


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
