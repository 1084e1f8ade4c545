"""What a requirement does to the weeks to come, made ready for the page or kept for the page after it."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.models import Requirement
from policies.services import Fault
from telework.services.rechecking import told
from telework.services.requirements import Written
from telework.wording import language

KEY = "requirement_written"
MOST_SHOWN, MOST_OPEN = 60, 6


def effect_of(written: Written, *, saved: bool) -> dict[str, object]:
    """JSON-safe: new gaps with the day each leads to, how much telework stands in them, remarks."""
    report, lang = written.effect, language()
    gaps = []
    for need, gap in report.gaps[:MOST_SHOWN]:
        one = told(need, gap)
        day = (one["start"] or one["day"])[:10]
        gaps.append({"day": day, "said": one[f"said_{lang}"], "uid": one["requirement"]})
    return {
        "gaps": gaps,
        "count": len(report.gaps),
        "concerned": len(report.concerned),
        "remarks": remarks_told(written.remarks),
        "saved": saved,
    }


def remarks_told(remarks: Iterable[Fault]) -> list[str]:
    return list(dict.fromkeys(remark.message for remark in remarks))


def keep(
    request: HttpRequest, uid: object, found: dict[str, object], *, sentence: str, undo: dict | None = None
) -> None:
    """For the page that follows the redirect, once."""
    request.session[KEY] = found | {"uid": str(uid), "sentence": sentence, "undo": undo}


def kept(request: HttpRequest, uid: object = None) -> dict[str, object] | None:
    """What was kept for this requirement's page (None: the list), ready for the template; shown once."""
    found = request.session.get(KEY)
    if not found or found["uid"] != str(uid):
        return None
    del request.session[KEY]
    return shown(found)


def shown(found: dict[str, object]) -> dict[str, object]:
    """The same with dates and addresses; the link of a gap is left out where nothing is saved yet."""
    gaps = [
        {"day": date.fromisoformat(gap["day"]), "said": gap["said"],
         "href": day_href(gap["day"], gap["uid"]) if found["saved"] else ""}
        for gap in found["gaps"]
    ]  # fmt: skip
    first, rest = gaps[:MOST_OPEN], gaps[MOST_OPEN:]
    return found | {"gaps": first, "rest": rest, "more": found["count"] - len(first), "headline": _headline(found)}


def day_href(day: str, uid: str) -> str:
    return f"{reverse('coverage_period', args=[day])}?at={uid}#day"


def _headline(found: dict[str, object]) -> str:
    count = found["count"]
    if not count:
        return _("No new gap in coverage.")
    if found["saved"]:
        return ngettext("%(count)s new gap in coverage:", "%(count)s new gaps in coverage:", count) % {"count": count}
    sentence = ngettext(
        "%(count)s new gap in coverage would open:", "%(count)s new gaps in coverage would open:", count
    )
    return sentence % {"count": count}


def name_of(requirement: Requirement) -> str:
    return requirement.name_fr if language() == "fr" else requirement.name_en
