"""Words in two languages, carried together."""


class Text(str):
    """A string that also knows its French and English: itself the document's own words, ``lang("en")`` the other."""

    __slots__ = ("en", "fr")

    def __new__(cls, own: str, *, fr: str = "", en: str = "") -> "Text":
        text = super().__new__(cls, own)
        text.fr = fr or own
        text.en = en or own
        return text

    def lang(self, lang: str) -> str:
        return self.en if lang == "en" else self.fr


NOTHING = Text("")


def both(*, fr: str, en: str) -> Text:
    """Our own words: English is the source language, French spacing is set here."""
    return Text(en, fr=french_spacing(fr), en=en)


def french_spacing(text: str) -> str:
    """Narrow no-break spaces before ; : ! ? % € and inside « », where an ordinary space was typed."""
    for sign in ";:!?%€»":
        text = text.replace(f" {sign}", f"\u202f{sign}")
    return text.replace("« ", "«\u202f")
