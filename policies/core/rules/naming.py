"""Codes as people read them: by the labels of the agreement, in both languages."""

from collections.abc import Iterable


def named(s, key: str, codes: Iterable[str]) -> dict[str, str]:
    """Data of that key: the codes themselves, and their words for the sentences (``key_fr``, ``key_en``)."""
    codes = [code for code in codes if code]
    labels = [s.agreement.label(code) for code in codes]
    return {
        key: ", ".join(codes),
        f"{key}_fr": ", ".join(label.fr for label in labels),
        f"{key}_en": ", ".join(label.en for label in labels),
    }
