"""What an agreement, its editor and its lab refuse, as errors that the API knows how to tell."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils.translation import gettext as _

from policies.core.agreement import AgreementError
from policies.models import AgreementVersion
from policies.services.documents import StaleEdition
from telework.errors import TeleworkError, language
from telework.lab.services import LabRefused

MOST_TOLD = 100


class AgreementFaulty(TeleworkError):
    """A text or its cases cannot be used so; every fault with its line and key."""

    status = 422
    code = "agreement_faulty"

    def __init__(self, error: AgreementError) -> None:
        super().__init__(str(error))
        self.error = error

    @property
    def title(self) -> str:
        return _("The agreement cannot be used as it is written")

    def sentence(self) -> str:
        return next(iter(self.error.told(language())), self.title)

    def data(self) -> Mapping[str, object]:
        lang = language()
        told = [
            {"line": fault.line, "key": fault.key, "detail": fault.message.lang(lang)}
            for fault in self.error.faults[:MOST_TOLD]
        ]
        return {"errors": told, "count": len(self.error.faults)}


class StaleDraft(TeleworkError):
    """Somebody changed the draft since it was read."""

    code = "stale_version"

    def __init__(self, version: AgreementVersion) -> None:
        super().__init__(version.uid)
        self.version = version

    @property
    def title(self) -> str:
        return _("This draft has changed meanwhile")

    def sentence(self) -> str:
        return _("This draft has changed meanwhile. Nothing was written; read it again, then decide.")

    def data(self) -> Mapping[str, object]:
        return {"agreement": str(self.version.uid), "version": self.version.edition}


class RunRefused(TeleworkError):
    """A run of the lab that cannot be begun."""

    status = 422
    code = "run_refused"

    @property
    def title(self) -> str:
        return _("This run cannot be begun")

    def sentence(self) -> str:
        return str(self.args[0])


@contextmanager
def told_faults() -> Iterator[None]:
    """Errors of documents and of the lab, raised as those of the API."""
    try:
        yield
    except AgreementError as error:
        raise AgreementFaulty(error) from error
    except StaleEdition as stale:
        raise StaleDraft(stale.version) from stale
    except LabRefused as refused:
        raise RunRefused(str(refused)) from refused
