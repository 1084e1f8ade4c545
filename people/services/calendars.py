"""What a change of somebody's days sets off, and the lock that keeps two writers apart."""

from collections.abc import Collection

from django.db.models import F

from people.models import Person


def calendar_changed(person_pks: Collection[int]) -> None:
    """Tell the feeds of these people that what they show has changed. One query."""
    Person.objects.filter(pk__in=person_pks).update(calendar_version=F("calendar_version") + 1)


def lock_person(person: Person) -> None:
    """Two writers on one person's days wait for each other (PostgreSQL; SQLite has one writer at a time)."""
    Person.objects.select_for_update(of=("self",)).only("pk").get(pk=person.pk)
