"""Contracts: another from a day on, a correction, one taken away before it begins."""

from dataclasses import replace
from functools import cached_property
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from people import services
from people.models import Contract, ContractStatus, Person
from people.services import contracts, version_of
from people.views import sheets
from people.views.sheets import Field
from telework.staff.weeks import OTHER_WEEK, ROSTER, code_of, pattern_choices, pattern_meant, weekdays
from ui import words as speech
from ui.templatetags.ui import lang

from .base import Act


class NewContract(Act):
    title = gettext_lazy("Write a new contract")
    button = gettext_lazy("See what it changes")
    explained = gettext_lazy(
        "Another rate or rhythm is a new contract: the one that is open ends the day before. The past stays as it was."
    )

    def fields(self) -> list[Field]:
        week_hint = _("For “another week” above: the days worked, from when to when.")
        return [
            Field("start", _("From"), "date"),
            Field("end", _("Last day"), "date", hint=_("Empty while it is open.")),
            Field("status", _("Kind of contract"), "select", choices=_capital(ContractStatus.choices)),
            Field("rate", _("Rate, in percent of full time"), longest=12),
            Field("pattern", _("Working days"), "select", choices=pattern_choices(self.actor, self._held)),
            Field("week", _("Days of another week"), "checks", hint=week_hint, choices=weekdays()),
            Field("from", pgettext("hour", "From"), "time"),
            Field("to", pgettext("hour", "To"), "time"),
            Field("trial_end", _("The trial ends on"), "date", hint=_("Empty where there is none.")),
        ]

    @cached_property
    def _held(self) -> Contract | None:
        return self.person.contracts.filter(start__lte=self.today).order_by("-start").first()

    def initial(self) -> dict[str, str]:
        held = self._held
        if held is None:
            start = self.person.hired_on or self.today
            return {"start": start.isoformat(), "rate": "100", "status": ContractStatus.PERMANENT}
        return _shown(replace(contracts.draft_of(held), start=self.today, end=None, trial_end=None), lang())

    @property
    def version(self) -> str:
        return version_of(Person.objects.get(pk=self.person.pk), also=self._all())

    def carry_out(self, form, *, version, write):
        draft = self._draft(form)

        def change():
            services.check_version(Person.objects.get(pk=self.person.pk), version, also=self._all())
            meant = replace(draft, pattern=pattern_meant(form, self.actor, self._held))
            contracts.add_contract(self.person, meant, **self.by)

        return self.make(change, draft.start, write=write)

    def _all(self):
        return Contract.objects.filter(person=self.person).order_by("start")

    def _draft(self, form: dict[str, str]) -> contracts.ContractDraft:
        return contracts.ContractDraft(
            start=self.day(form, "start"),
            end=self.day(form, "end", needed=False),
            status=form["status"],
            rate=sheets.percentage(form["rate"], "rate"),
            rostered=form["pattern"] == ROSTER,
            trial_end=self.day(form, "trial_end", needed=False),
        )


class ChangeContract(NewContract):
    title = gettext_lazy("Correct a contract")
    explained = gettext_lazy(
        "For what was written wrongly, or a last day. For another rate from a day on, write a new contract instead."
    )

    @cached_property
    def contract(self) -> Contract:
        try:
            found = Contract.objects.select_related("pattern", "person").filter(uid=UUID(self.about)).first()
        except ValueError as malformed:
            raise Http404 from malformed
        if found is None or found.person_id != self.person.pk:
            raise Http404
        return found

    @property
    def _held(self) -> Contract:
        return self.contract

    def initial(self) -> dict[str, str]:
        return _shown(contracts.draft_of(self.contract), lang())

    @property
    def version(self) -> str:
        return version_of(self.contract)

    def carry_out(self, form, *, version, write):
        draft, held = self._draft(form), self.contract

        def change():
            meant = replace(draft, pattern=pattern_meant(form, self.actor, self._held))
            contracts.change_contract(held, meant, version=version, **self.by)

        return self.make(change, min(draft.start, held.start), write=write)


class RemoveContract(ChangeContract):
    title = gettext_lazy("Take a contract away")
    explained = gettext_lazy("A contract that has not begun yet. One that has begun is given a last day instead.")

    def fields(self) -> list[Field]:
        return []

    def initial(self) -> dict[str, str]:
        return {}

    def carry_out(self, form, *, version, write):
        held = self.contract

        def change():
            services.check_version(Contract.objects.get(pk=held.pk), version)
            contracts.remove_contract(Contract.objects.get(pk=held.pk), today=self.today, **self.by)

        return self.make(change, held.start, write=write)


def _capital(choices) -> list[tuple[str, str]]:
    return [(code, str(label)[:1].upper() + str(label)[1:]) for code, label in choices]


def _shown(draft: contracts.ContractDraft, language: str) -> dict[str, str]:
    """A contract as the form shows it."""
    days = {name: getattr(draft, name) for name in ("start", "end", "trial_end")}
    return {name: day.isoformat() if day else "" for name, day in days.items()} | {
        "status": draft.status,
        "rate": speech.number(draft.rate, language),
        "pattern": ROSTER if draft.rostered else code_of(draft.pattern) if draft.pattern else OTHER_WEEK,
    }
