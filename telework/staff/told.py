"""What has been done to a person, and what a change would do, in words."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import AuditEvent, ContractStatus, Entity, MembershipRole, Person, Role, Skill, Team
from policies.core import explain
from telework.services.rechecking import ANSWERS, said_of, told
from telework.staff.services import Effect
from telework.wording import language
from ui import words

MOST_SHOWN = 60
FIELD_WORDS = {
    "entity": gettext_lazy("entity"),
    "site": gettext_lazy("site"),
    "number": gettext_lazy("staff number"),
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "email": gettext_lazy("work address"),
    "job": gettext_lazy("activity code"),
    "job_title": gettext_lazy("post"),
    "hired_on": gettext_lazy("hiring"),
    "start": gettext_lazy("first day"),
    "end": gettext_lazy("last day"),
    "status": gettext_lazy("kind of contract"),
    "rate": gettext_lazy("rate"),
    "pattern": gettext_lazy("working days"),
    "rostered": gettext_lazy("working days"),
    "trial_end": gettext_lazy("end of the trial"),
}
SENTENCES = {
    "person.added": gettext_lazy("Added."),
    "person.changed": gettext_lazy("Changed: %(fields)s."),
    "person.leaving": gettext_lazy("Leaves on %(last)s."),
    "person.imported": gettext_lazy("Changed by an import."),
    "person.in_post_since": gettext_lazy("First day in the post changed."),
    "contract.added": gettext_lazy("Contract from %(first)s on, %(rate)s%%, %(status)s."),
    "contract.changed": gettext_lazy("Contract of %(first)s corrected: %(fields)s."),
    "contract.ended": gettext_lazy("Contract of %(first)s ends on %(last)s."),
    "contract.removed": gettext_lazy("Contract of %(first)s taken away before it began."),
    "membership.begun": gettext_lazy("In %(team)s from %(first)s on: %(role)s."),
    "membership.ended": gettext_lazy("In %(team)s until %(last)s: %(role)s."),
    "skill.given": gettext_lazy("%(skill)s from %(first)s on."),
    "skill.ended": gettext_lazy("%(skill)s until %(last)s."),
    "role.given": gettext_lazy("Role given: %(role)s, %(entity)s."),
    "role.taken": gettext_lazy("Role taken back: %(role)s, %(entity)s."),
    "autonomy.validated": gettext_lazy("Autonomy validated."),
    "autonomy.withdrawn": gettext_lazy("Autonomy no longer validated."),
    "access.ended": gettext_lazy("Access ended."),
    "access.reopened": gettext_lazy("Access given back."),
    "account.opened": gettext_lazy("Account opened."),
    "account.invited": gettext_lazy("Invited to sign in."),
    "account.factor_reset": gettext_lazy("A lost second factor taken off."),
}


def history_of(person: Person) -> list[dict[str, object]]:
    """The changes of human resources, the latest first. Four queries, however many there are."""
    rows = AuditEvent.objects.filter(subject_uid=person.uid, verb__in=SENTENCES).select_related("actor")
    events = list(rows.order_by("-at", "-pk")[:MOST_SHOWN])
    names = _names(events)
    return [
        {"at": event.at, "actor": event.actor.name if event.actor else "", "said": _said(event, names)}
        for event in events
    ]


def _said(event: AuditEvent, names: dict[str, str]) -> str:
    data = event.data
    fields = dict.fromkeys(str(FIELD_WORDS.get(name, name)) for name in data.get("fields", ()))
    rate = Decimal(data["rate"]) if data.get("rate") else Decimal(0)
    labels = dict(ContractStatus.choices) | dict(MembershipRole.choices) | dict(Role.choices)
    return str(SENTENCES[event.verb]) % {
        "fields": ", ".join(fields) or "–",
        "first": _day(data.get("first")),
        "last": _day(data.get("last")),
        "rate": words.number(rate, language()),
        "status": labels.get(data.get("status"), data.get("status", "")),
        "role": labels.get(data.get("role"), data.get("role", "")),
        "team": names.get(data.get("team"), "?"),
        "entity": names.get(data.get("entity"), "?"),
        "skill": names.get(data.get("skill"), data.get("skill", "")),
    }


def _names(events: list[AuditEvent]) -> dict[str, str]:
    """Teams and entities by uid, skills by code."""
    found = {}
    for name, model in (("team", Team), ("entity", Entity)):
        uids = {UUID(event.data[name]) for event in events if event.data.get(name)}
        found |= {str(row.uid): row.name for row in model.objects.filter(uid__in=uids)} if uids else {}
    codes = {event.data["skill"] for event in events if event.data.get("skill")}
    return found | ({skill.code: skill.name for skill in Skill.objects.filter(code__in=codes)} if codes else {})


def _day(text: str | None) -> str:
    return words.plain_day(date.fromisoformat(text), language()) if text else "–"


def effect_words(effect: Effect) -> dict[str, object]:
    """For a template: the year's entitlement from and to, new gaps, telework concerned and cancelled."""
    report, lang = effect.report, language()
    before, after = _total(effect.before), _total(effect.after)
    gaps = [told(need, gap) for need, gap in report.gaps[:MOST_SHOWN]]
    concerned = [
        (booking, [said_of(one, ANSWERS, lang) for one in report.ruled if one.booking.pk == booking.pk])
        for booking in report.concerned[:MOST_SHOWN]
    ]
    return {
        "due_before": before,
        "due_after": after,
        "due_changes": before != after,
        "due_lines": explain.entitlement_lines(effect.after.entitlement, lang) if effect.after else [],
        "left_after": effect.after.left if effect.after else None,
        "gaps": [
            {"day": date.fromisoformat((gap["start"] or gap["day"])[:10]), "said": gap[f"said_{lang}"]} for gap in gaps
        ],
        "gap_count": len(report.gaps),
        "concerned": concerned,
        "cancelled": effect.cancelled,
    }


def _total(balance) -> Decimal | None:
    return balance.entitlement.total if balance else None


def no_manager(team: Team) -> str:
    """A warning for a team that nobody manages."""
    return _("Nobody manages %(team)s then: requests there wait for human resources.") % {"team": team.name}
