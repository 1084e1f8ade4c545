"""`manage.py check_agreements`: after an upgrade, do the agreements in force still answer what was signed?"""

from django.core.management.base import BaseCommand, CommandError

from policies.core.agreement import AgreementError
from policies.models import AgreementVersion, VersionState
from policies.selectors.agreements import above
from policies.services import check_texts
from policies.services.documents import name_of
from policies.sheet import cases_shown, outcomes_of


class Command(BaseCommand):
    help = "Run every case of every agreement in force, and name the signatures that no longer hold. Exit 1 if any."

    def handle(self, **options) -> None:
        versions = AgreementVersion.objects.filter(state=VersionState.IN_FORCE).select_related("agreement__entity")
        sentences = [sentence for version in versions.order_by("pk") for sentence in faults_of(version)]
        for sentence in sentences:
            self.stdout.write(sentence)
        if sentences:
            raise CommandError(f"{len(sentences)} to look at.", returncode=1)
        self.stdout.write(f"{len(versions)} in force, every case answers as it was signed.")


def faults_of(version: AgreementVersion) -> list[str]:
    """A sentence for each fault of a version in force, each case that fails, each signature that lapsed."""
    name = name_of(version)
    try:
        check_texts(version.text, version.cases, name=name, upper=above(version.agreement, version.effective_from))
        shown = cases_shown(version, outcomes_of(version), "en")
    except AgreementError as error:
        return error.sentences()
    return [f"{name}, line {case.line}: “{case.name}” was signed with another answer." for case in shown if case.lapsed]
