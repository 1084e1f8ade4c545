"""A notice that runs from the next day where it is asked too late in the day."""

from datetime import date, time, timedelta

import pytest

from policies.core import Request, decide, explain
from policies.core.engine import consult

from .given import TODAY, agreement, person, rule

DOCUMENT = agreement(
    rule("notice", 'from = 2020-01-01;limit = 2;unit = "working_day";before = 16:00:00'),
)


@pytest.mark.parametrize(
    ("at", "first", "refused"),
    [
        (time(15, 59, 59), date(2026, 6, 11), "too_soon"),
        (time(16), date(2026, 6, 12), "too_late"),
        (time(23, 59), date(2026, 6, 12), "too_late"),
        (None, date(2026, 6, 11), "too_soon"),
    ],
    ids=["before", "at the hour", "later", "an hour that is not known"],
)
def test_a_request_at_the_hour_or_later_counts_from_the_next_day(at, first, refused):
    def codes(day):
        found = decide(Request(day, at=at), person(), DOCUMENT).findings
        return {finding.code for finding in found if finding.rule == "notice"}

    assert codes(first) == {"notice.ok"}
    assert codes(first - timedelta(days=1)) == {f"notice.{refused}"}
    asked = {"given": TODAY, "at": at, "day": None}
    assert consult("notice", asked, person(), DOCUMENT).data["earliest"] == first.isoformat()


def test_the_sentence_tells_the_hour_in_both_languages():
    [finding] = decide(Request(date(2026, 6, 11), at=time(17)), person(), DOCUMENT).failing
    assert "et la demande avant 16:00" in explain.sentence(finding, "fr")
    assert "and the request before 16:00" in explain.sentence(finding, "en")
