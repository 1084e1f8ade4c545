"""The page of help: short sections in plain words. Names of buttons stand as they are written on them.

``who`` is one of the keys of ``telework.context``: "everyone", or those whose bar shows a page. ``pages`` lead to where
the thing is done; pages that help comes from name the section by its slug (``ui/_help.html``).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its sentences; ``keys``: what each key of the keyboard does there."""

    slug: str
    title: Promise
    lines: tuple[Promise, ...]
    pages: tuple[tuple[str, Promise], ...] = ()
    keys: tuple[tuple[Promise, Promise], ...] = ()
    who: str = "everyone"


FOR_EVERYONE = (
    Section(
        "asking",
        _("Ask for a day"),
        (
            _("Choose a day in My year. What the agreement says of it stands beside the year: possible, or why not."),
            _("“Ask for this day” sends the request. Whoever leads your team answers, and you receive a mail."),
            _("For several days, drag over them or hold Shift; each is judged by itself before you ask."),
            _("“Ask for a series” asks for the same weekdays until a day you choose."),
            _("Dashes mean that an answer is awaited, full teal that the day is granted."),
        ),
        (("year", _("My year")), ("places", _("My places"))),
    ),
    Section(
        "refused",
        _("Why a day is refused"),
        (
            _("The panel names the rule that stands against the day, its article in the agreement, and the numbers."),
            _("It says what would make the day possible, and offers free days near by."),
            _("“Closed” means that too few people would remain on site at some hour of that day."),
            _("Where the agreement admits it, “Ask as an exception” sends your reason to your manager."),
            _("A refusal by a person comes with a reason. You can write back from the panel, or ask for another day."),
        ),
        (("agreement", _("Agreement")),),
    ),
    Section(
        "changing",
        _("Undo, move, give back"),
        (
            _("Right after an action, “Undo” stands at the foot of the page until you close it."),
            _("“Take the request back” ends an unanswered request; “Give this day back” returns a granted day."),
            _("“Move or change” keeps the booking and takes it to another day, half or place. It is judged anew."),
            _("If the new day is refused, the old one stays as it was."),
            _("A day that is past: “Correct this day” says that it was teleworked, and your manager confirms it."),
        ),
        (("year", _("My year")),),
    ),
    Section(
        "halves",
        _("Half days and nights"),
        (
            _("Above the year, choose the day, the morning or the afternoon; half a day counts ½."),
            _("For a shift, the halves are the first and the second half of its hours."),
            _("A night belongs to the day on which it starts: Saturday 22:00–06:00 is asked for on Saturday."),
        ),
        (("year", _("My year")),),
    ),
    Section(
        "calendars",
        _("Your days in Outlook, Google or Apple"),
        (
            _("My feeds makes a secret address. Your calendar program reads it and keeps your days up to date."),
            _("New Outlook: “Add calendar”, then “Subscribe from web”, and paste the address."),
            _("Google, on a computer: the sign + beside “Other calendars”, then “From URL”."),
            _("Apple: “Open in Apple Calendar” beside a new address does it."),
            _("These programs come back after hours. If an address got into the wrong hands, replace or revoke it."),
        ),
        (("feeds", _("My feeds")),),
    ),
    Section(
        "signing-in",
        _("Password, second factor, lost telephone"),
        (
            _("“Forgotten password” on the page of sign-in sends a mail with a link."),
            _("A second factor is an app that shows codes, or a passkey. Set it up under Security."),
            _("Telephone lost: sign in with a recovery code, then set up another factor and make new codes."),
            _("No code left: human resources can take the lost factor off. The password alone then opens its set-up."),
            _("A sign-in that is not yours: end it under “Where I am signed in”, then change the password."),
        ),
        (("mfa_index", _("Security")), ("sessions", _("Where I am signed in"))),
    ),
    Section(
        "offline",
        _("Without a connection"),
        (
            _("The browser keeps My year as you last saw it, for seven days, and says of when it is."),
            _("Asking, changing and all other pages need a connection. Signing out removes what was kept."),
            _("Your browser can install Cent Jours like an application; the menu of the browser offers it."),
        ),
    ),
    Section(
        "keyboard",
        _("By keyboard"),
        (
            _("Each page begins with a link to its content. A grid is one stop of the Tab key; arrows walk in it."),
            _("Escape closes a menu or the panel of a day and gives the focus back."),
        ),
        keys=(
            (_("Arrows"), _("go to the day or the cell beside, in every grid")),
            (_("Home, End"), _("first and last of the month, or of the line")),
            (_("Page up, Page down"), _("the same day of the month before or after, in My year")),
            (pgettext_lazy("key", "Enter"), _("opens the day, the cell or the request")),
            (_("Shift + left or right arrow"), _("chooses several days in My year")),
            (_("T"), _("asks for the day in focus, in My year")),
        ),
    ),
    Section(
        "privacy",
        _("Who sees what"),
        (
            _("Your team sees where you work, day by day, and “absent”, never why."),
            _("Those who lead your team, and human resources, see your year, your balance and your requests."),
            _("Those who lead your team see the places you declare; human resources see them without the town."),
            _("Nobody sees when you are at your desk, where you are, or who telework most: none of it is recorded."),
            _("My data hands you all that is kept on you, and says who opened it."),
        ),
        (("my_data", _("My data")),),
    ),
)

FOR_SOME = (
    Section(
        "answering",
        _("Answer requests"),
        (
            _("The first request is the one due first. Beside it: what the agreement says, and who remains on site."),
            _("Choose several and approve them together. What has become impossible is left, with its reason."),
            _("A refusal asks for a reason, which the person reads. “Ask a question” comes before it."),
            _("If only coverage stands against a day, you may approve it as an exception; say why, planners read it."),
            _("Nobody answers their own requests: a deputy, another manager or human resources do."),
        ),
        (("requests", _("Requests")),),
        (
            (_("J, K"), _("next and previous request")),
            (_("Space"), _("chooses the request in focus")),
            (pgettext_lazy("key", "Enter"), _("opens the day, the cell or the request")),
        ),
        who="manager",
    ),
    Section(
        "coverage",
        _("Keep enough people on site"),
        (
            _("A requirement says how many people must be there, when, and with what skill. The map follows from it."),
            _("A cell shows the lowest margin: at zero nobody more may leave, below zero people are missing."),
            _("A gap opens the day by hours, and who could hold the post. “What if…” tries changes, writing nothing."),
        ),
        (("coverage", _("Coverage")),),
        who="coverage",
    ),
    Section(
        "rosters",
        _("Read a roster"),
        (
            _("Choose a file, then “See the difference”: what would change, line by line, and which gaps would open."),
            _("Nothing is written before “Write these changes”. One line that cannot be used stops the whole file."),
            _("A shift belongs to the day on which it starts. Who loses a telework day by the change is told."),
        ),
        (("rosters", _("Rosters")),),
        who="rosters",
    ),
    Section(
        "importing",
        _("Import people"),
        (
            _("CSV or XLSX, as your software writes it. Tell once which column is what; it is remembered."),
            _("You see the difference to today before anything is written. Faults are named by their line, in words."),
            _("All of a file is written, or nothing of it."),
            _("Who is missing leaves only where you say that the list is whole, and never more than 5 %."),
            _("Files with roles, social security numbers or anything about health are refused, and nothing is kept."),
        ),
        (("people_import", _("Import")), ("people", _("People"))),
        who="people",
    ),
)


def sections_for(parts: set[str]) -> list[Section]:
    """What everybody reads, then what those read whose bar shows ``parts`` of the product."""
    return [*FOR_EVERYONE, *(section for section in FOR_SOME if section.who in parts)]
