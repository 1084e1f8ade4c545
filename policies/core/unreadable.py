"""What stands in for a stored agreement that this version of the engine can no longer read: it answers nothing."""

from datetime import date

from .document import FAR, Agreement
from .faults import AgreementError, Fault, NoValueInForce
from .text import NOTHING, Text, both


class Unreadable(NoValueInForce):
    """Everything asked of such a document: the sentence names it and its first fault."""

    def __init__(self, document: str, fault: Fault) -> None:
        self.fault = fault
        super().__init__(document=document, article="", what="", day=None)

    @property
    def message(self) -> Text:
        said = {lang: self.fault.sentence(self.document, lang) for lang in ("fr", "en")}
        return both(
            fr=f"L’accord en vigueur n’est plus lisible. {said['fr']} Les ressources humaines peuvent le republier.",
            en=f"The agreement in force can no longer be read. {said['en']} Human resources can publish it again.",
        )


class _StandIn(Agreement):
    """An agreement without rules or readings, which raises ``Unreadable`` whenever it is asked."""

    __slots__ = ()

    def silent(self, what: str, day: date | None, article: str = "") -> NoValueInForce:
        return Unreadable(self.name, self.raw["fault"])

    def span_of(self, day: date) -> int:
        raise self.silent("", day)


def stand_in(error: AgreementError) -> Agreement:
    """The stand-in for the document that ``error`` tells about."""
    return _StandIn(
        name=error.name, title=Text(error.name), parties=(), signed=None, in_force=date.min, ends=FAR, level="",
        country="", scope=NOTHING, currency="", language="fr", articles={}, readings={}, rules=(),
        refusal_reasons=(), sources=(), labels={}, raw={"fault": error.faults[0]}, text="",
    )  # fmt: skip
