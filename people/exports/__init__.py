"""Files of what somebody may see: the kinds that each room offers, and the formats they are written in."""

from . import directory as _directory  # noqa: F401 (offers the files of people)
from . import organisation as _organisation  # noqa: F401 (offers those of the organisation)
from .cells import harmless
from .kinds import KINDS, Ask, Kind, Rows, kind_called, offered_to, register
from .serving import FORMATS, exported, filename

__all__ = [
    "FORMATS", "KINDS", "Ask", "Kind", "Rows", "exported", "filename", "harmless", "kind_called", "offered_to",
    "register",
]  # fmt: skip
