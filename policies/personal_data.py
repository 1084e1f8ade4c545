"""Terms, exceptional days, charters and agreements: what a person is told of them. See ``people.personal_data``."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from people.personal_data.registry import Table
from people.personal_data.retention import Kept
from policies.models import RegimeTerm

OURS = "bookkeeping of the product, without meaning for the person"
TEXT = "what an agreement says; it is about nobody"

TABLES = (
    Table(
        "policies.PersonalTerm",
        "terms",
        _("What holds for you beside the agreement"),
        of=("person",),
        told={
            "uid": _("Reference"),
            "code": _("Choice"),
            "number": _("Number"),
            "lifts": _("Rules that do not hold"),
            "replace": _("Values that hold instead"),
            "first_day": _("First day"),
            "last_day": _("Last day"),
            "written_by": _("Written by"),
            "written_at": _("Written at"),
            "withdrawn_at": _("Withdrawn at"),
        },
        personal=True,
    ),
    Table(
        "policies.RegimePerson",
        "exceptional_days",
        _("Exceptional days for which you were named"),
        of=("person",),
        told={"regime": _("Name"), "regime__words": _("Words"), "regime__article": _("Article")},
    ),
    Table(
        "policies.RegimeTerm",
        "exceptional_days_you_opened",
        _("Exceptional days that you prepared, confirmed or dismissed"),
        of=("prepared_by", "confirmed_by", "dismissed_by"),
        told={
            "regime": _("Name"),
            "first_day": _("First day"),
            "last_day": _("Last day"),
            "prepared_at": _("Prepared at"),
            "confirmed_at": _("Confirmed at"),
            "dismissed_at": _("Dismissed at"),
        },
        exempt={"uid": OURS},
        work=True,
    ),
    Table(
        "policies.CaseSignature",
        "signatures",
        _("Cases of agreements that you signed"),
        of=("signer",),
        told={
            "version__agreement": _("Agreement"),
            "case": _("Case"),
            "signer_name": _("Name"),
            "capacity": _("Capacity"),
            "signed_at": _("Signed at"),
        },
        exempt={"uid": OURS, "fingerprint": "a hash of the case and of what was answered to it"},
        work=True,
    ),
    Table(
        "policies.TeamCharter",
        "charters_you_wrote",
        _("Charters that you wrote"),
        of=("written_by",),
        told={
            "team": _("Team"),
            "first_day": _("First day"),
            "values": _("Values"),
            "words": _("Words"),
            "written_at": _("Written at"),
        },
        exempt={"uid": OURS},
        work=True,
    ),
    Table(
        "policies.AgreementVersion",
        "agreements_you_wrote",
        _("Versions of agreements that you changed or published"),
        of=("changed_by", "published_by"),
        told={
            "agreement": _("Agreement"),
            "number": _("Version"),
            "changed_at": _("Changed at"),
            "published_at": _("Published at"),
            "effective_from": _("In force from"),
        },
        exempt={"uid": OURS, "text": TEXT, "cases": TEXT, "state": TEXT, "edition": OURS},
        work=True,
    ),
)
KEPT = (
    Kept(
        "terms",
        _("Terms of one person"),
        _("after their last day"),
        "policies.PersonalTerm",
        ("last_day", "withdrawn_at"),
    ),
    Kept(
        "exceptional_people",
        _("Who was named for exceptional days"),
        _("after their end"),
        "policies.RegimePerson",
        which=lambda day: ~Exists(RegimeTerm.objects.filter(regime=OuterRef("regime"), last_day__gte=day)),
    ),
)
IMPERSONAL = {
    "policies.agreement": "the agreement of a company",
    "policies.regime": "exceptional days of a population; those who are named are in policies.regimeperson",
    "policies.requirement": "how many must be there; it names nobody",
    "policies.slot": "numbers of a requirement",
}
