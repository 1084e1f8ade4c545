"""Declared places from a file: their name, kind and dates. Where they lie stays with their person."""

from django.utils.translation import gettext as _

from people.imports.instants import Wrong
from people.imports.staff.desk import Desk, detail
from people.imports.staff.identity import somebody
from people.imports.staff.plan import CHANGED, NEW, Change
from people.models import Place, PlaceKind
from people.texts import folded


def plan_place(desk: Desk, line: int, values: dict) -> Change:
    """A place of somebody, by its name: declared, or its kind and dates changed."""
    person, label = somebody(desk, line, values), values.get("label")
    if not label:
        raise Wrong("label", "", _("Write a name for the place."))
    told = {"kind": values.get("place_kind"), "declared_on": values.get("since"), "until": values.get("until"),
            "insured_until": values.get("insured_until"), "secure_internet": values.get("secure_internet")}  # fmt: skip
    told = {name: value for name, value in told.items() if value is not None}
    rows = desk.present.places.setdefault(person.pk, [])
    place = next((row for row in rows if folded(row.label) == folded(label)), None)
    if place is None:
        place = Place(person=person, label=label, **{"declared_on": desk.choices.as_of, "kind": PlaceKind.HOME} | told)
        rows.append(place)
        desk.plan.add(place)
        change = Change(
            line, NEW, person.name, [detail("label", None, label), detail("since", None, place.declared_on)]
        )
    else:
        change = Change(line, CHANGED, person.name)
        fields = {"kind": "place_kind", "declared_on": "since"}
        for name, value in told.items():
            if getattr(place, name) != value:
                change.details.append(detail(fields.get(name, name), getattr(place, name), value))
                desk.plan.set(place, **{name: value})
    if place.until and place.until < place.declared_on:
        raise Wrong("until", str(place.until), _("The last day lies before the first; exchange them."))
    if change.details:
        desk.plan.touch(person, "place")
    return change
