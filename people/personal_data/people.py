"""The person: post, contracts, teams, places, planned work, who opened what, and events."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import AbsenceKind, PlaceKind

from .accounts import OURS
from .registry import Owner, Table, tables_of
from .told import ROLES

OF = ("person",)

PERSON = Table(
    "people.Person",
    "person",
    _("Who you are"),
    of=("pk",),
    told={
        "uid": _("Reference"),
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "email": _("Work address"),
        "number": _("Staff number"),
        "entity": _("Company"),
        "site": _("Site"),
        "job": _("Activity"),
        "job_title": _("Post"),
        "hired_on": _("Hired on"),
        "in_post_since": _("In this post since"),
        "autonomy_validated_on": _("Autonomy validated on"),
        "autonomy_validated_by": _("Validated by"),
        "erased_on": _("Name removed on"),
    },
    exempt={"account": "the account is a table of its own", "calendar_version": OURS},
)
GRANTS = Table(
    "people.Grant",
    "roles",
    _("Roles you were given"),
    of=OF,
    told={"role": _("Role"), "entity": _("Company")},
    personal=True,
)
CONTRACTS = Table(
    "people.Contract",
    "contracts",
    _("Contracts"),
    of=OF,
    told={
        "start": _("First day"),
        "end": _("Last day"),
        "status": _("Status"),
        "rate": _("Percentage of full time"),
        "pattern": _("Working days"),
        "pattern__days": _("Working hours"),
        "rostered": _("By roster"),
        "trial_end": _("End of the trial period"),
    },
    exempt={"uid": OURS},
)
MEMBERSHIPS = Table(
    "people.Membership",
    "teams",
    _("Teams"),
    of=OF,
    told={"team": _("Team"), "role": _("Role"), "first_day": _("First day"), "last_day": _("Last day")},
)
SKILLS = Table(
    "people.PersonSkill",
    "skills",
    _("Skills"),
    of=OF,
    told={"skill": _("Skill"), "first_day": _("First day"), "last_day": _("Last day")},
)
PLACES = Table(
    "people.Place",
    "places",
    _("Places of telework"),
    of=OF,
    told={
        "label": _("Name"),
        "kind": _("Kind of place"),
        "commune": _("Commune"),
        "country": _("Country"),
        "declared_on": _("From"),
        "until": _("Last day"),
        "secure_internet": _("Secure internet"),
        "insured_until": _("Insured until"),
        "agreed": _("Agreed to"),
    },
    words={"kind": dict(PlaceKind.choices)},
    exempt={"uid": OURS},
    personal=True,
)
SHIFTS = Table(
    "people.Shift",
    "shifts",
    _("Planned shifts"),
    of=OF,
    told={
        "day": _("Day"),
        "start": _("Start"),
        "end": _("End"),
        "zone": _("Time zone"),
        "site": _("Site"),
        "skill": _("Skill"),
        "breaks": _("Breaks (minutes after the start)"),
    },
    exempt={"uid": OURS},
)
ON_CALLS = Table(
    "people.OnCall",
    "on_call",
    _("On-call periods"),
    of=OF,
    told={"start": _("Start"), "end": _("End"), "zone": _("Time zone"), "site": _("Site")},
    exempt={"uid": OURS},
)
ABSENCES = Table(
    "people.Absence",
    "absences",
    _("Absences"),
    of=OF,
    told={
        "kind": _("Kind"),
        "first_day": _("First day"),
        "last_day": _("Last day"),
        "halves": _("Halves (1 first, 2 second, 3 both)"),
        "start": _("Start"),
        "end": _("End"),
    },
    exempt={"uid": OURS},
    emptied={"kind": AbsenceKind.OTHER},
)
READS = Table(
    "people.ReadEvent",
    "who_opened",
    _("Who opened what is kept on you"),
    of=OF,
    told={"reader": _("Who"), "role": _("Role"), "what": _("What"), "day": _("Day"), "at": _("At")},
    words={"role": ROLES},
    personal=True,
)
READ_BY_ME = Table(
    "people.ReadEvent",
    "what_you_opened",
    _("What you opened of others"),
    of=("reader",),
    told={"what": _("What"), "day": _("Day"), "at": _("At")},
    work=True,
)

IMPORTS = Table(
    "people.ImportRun",
    "imports_you_made",
    _("Files you imported"),
    of=("by",),
    told={
        "entity": _("Company"),
        "kind": _("Kind"),
        "state": _("State"),
        "name": _("File"),
        "counts": _("Numbers"),
        "created_at": _("Made at"),
        "touched_at": _("Last changed at"),
    },
    exempt={
        "content": "rows about other people, encrypted, gone with the import; what was written is with each of them",
        "report": "differences and faults about other people, encrypted, gone with the import",
        **dict.fromkeys(("uid", "options", "digest", "progress", "total"), OURS),
    },
    work=True,
)


def _about(owner: Owner) -> Q:
    """Events about the owner and about every row of theirs that has a uid."""
    found = Q(pk__in=())
    for table in tables_of(owner):
        if not table.work and any(column.name == "uid" for column in table.rows_of._meta.concrete_fields):
            uids = table.rows(owner).order_by().values("uid")
            found |= Q(subject_type=table.rows_of._meta.label_lower, subject_uid__in=uids)
    return found


EVENTS = Table(
    "people.AuditEvent",
    "events",
    _("What was done about you, and by whom"),
    of=(),
    which=_about,
    told={
        "at": _("At"),
        "actor": _("Who"),
        "verb": _("What"),
        "subject_type": _("Of which kind"),
        "subject_uid": _("Reference"),
        "data": _("Values"),
    },
    work=True,
)
EVENTS_BY_ME = Table(
    "people.AuditEvent",
    "what_you_did",
    _("What you did"),
    of=("actor",),
    told={"at": _("At"), "verb": _("What"), "subject_type": _("Of which kind")},
    work=True,
)

TABLES = (
    PERSON, GRANTS, CONTRACTS, MEMBERSHIPS, SKILLS, PLACES, SHIFTS, ON_CALLS, ABSENCES, READS, READ_BY_ME, EVENTS,
    EVENTS_BY_ME, IMPORTS,
)  # fmt: skip
IMPERSONAL = {
    "people.columnmemory": "what the titles of the columns of a file mean",
    "people.entity": "a company",
    "people.site": "a place of work, its clock and its public holidays",
    "people.team": "a team; who is in it is in people.membership",
    "people.skill": "a skill; who has it is in people.personskill",
    "people.workpattern": "working days that repeat, by name; whose they are is in people.contract",
}
