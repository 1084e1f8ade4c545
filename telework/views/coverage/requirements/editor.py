"""/coverage/requirements/new/ and /coverage/requirements/<uid>/: one form; its buttons draw, look ahead, or save."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import access, clock
from people.models import Person
from policies.models import Requirement
from policies.services import RequirementRefused, RequirementStale, copy_requirement, draft_of, has_held, tidied
from policies.services.past import SUBSTANCE
from telework.services.requirements import Written, write_requirement
from telework.views.coverage.requirements import effect
from telework.views.coverage.requirements.acts import Acted, act_on, stroke_fields
from telework.views.coverage.requirements.choices import Choices, choices_of, requirement_for
from telework.views.coverage.requirements.drafts import Reading
from telework.views.coverage.requirements.ending import REMOVED
from telework.views.coverage.requirements.form import Form
from telework.views.coverage.requirements.grids import heads_grid
from telework.views.coverage.requirements.helper import Helper, helper_of, read_helper
from telework.views.coverage.requirements.sheet import Sheet, blank, read_sheet, sheet_of, sheet_of_draft, unpacked
from telework.views.coverage.requirements.stale import changes_since
from ui.drawing.weekgrid import STEPS


@dataclass(slots=True)
class Desk:
    """Who writes which requirement (None: a new one), and when."""

    request: HttpRequest
    actor: Person
    held: Requirement | None
    choices: Choices
    today: date
    context: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, uid=None) -> "Desk":
        actor = access.actor(request)
        held = requirement_for(actor, uid) if uid else None
        return cls(request, actor, held, choices_of(actor, held), access.today_of(actor))

    @property
    def has_held(self) -> bool:
        return bool(self.held) and has_held(self.held, now=clock.now())

    def read(self, sheet: Sheet, helper: Helper) -> Reading:
        zone = self.held.zone if self.held else ""
        return Reading(sheet, self.choices, zone=zone, staffing=helper.data)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def requirement_new(request: HttpRequest) -> HttpResponse:
    """An empty form, one like ?like=<requirement> for ?team=<team>, or ?again=1 the one taken away last."""
    desk = Desk.of(request)
    if request.method == "POST":
        return _posted(desk)
    return _page(desk, *_first_sheet(desk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def requirement_edit(request: HttpRequest, uid) -> HttpResponse:
    desk = Desk.of(request, uid)
    if request.method == "POST":
        return _posted(desk)
    sheet = sheet_of(desk.held, list(desk.held.slots.all()))
    sheet.fields["since"] = desk.today.isoformat() if desk.has_held else ""
    written = effect.kept(request, desk.held.uid)
    return _page(desk, sheet, helper_of(desk.held.staffing), effect=written)


def _first_sheet(desk: Desk) -> tuple[Sheet, Helper]:
    """What a new form begins with."""
    removed = desk.request.session.get(REMOVED)
    if desk.request.GET.get("again") and removed:
        return unpacked(removed), helper_of(removed["staffing"])
    like, team = desk.request.GET.get("like", ""), desk.request.GET.get("team", "")
    if not like:
        sheet = blank(first_day=desk.today.isoformat())
        if len(desk.choices.teams) == 1 and desk.choices.own_team_only:
            sheet.fields["team"] = str(desk.choices.teams[0].uid)
        return sheet, Helper()
    source = requirement_for(desk.actor, access.read_uid(like))
    target = desk.choices.find("team", team) if team else None
    if team and target is None:
        raise Http404
    first = max(desk.today, source.first_day)
    draft = copy_requirement(source, first_day=first, team=target)
    return sheet_of_draft(draft), helper_of(source.staffing)


def _posted(desk: Desk) -> HttpResponse:
    post = desk.request.POST
    sheet, helper = read_sheet(post), read_helper(post)
    act = post.get("act", "")
    if act in ("save", "effect"):
        return _write(desk, sheet, helper, saves=act == "save")
    done = act_on(sheet, helper, post)
    faults = done.faults | (helper.faults if act in ("staff", "take") else {})
    if act in ("staff", "take") and helper.heads:
        sheet.step = min(sheet.step, int(helper.data["minutes"]))
    return _page(desk, sheet, helper, faults=faults, done=done, status=422 if faults else 200)


def _write(desk: Desk, sheet: Sheet, helper: Helper, *, saves: bool) -> HttpResponse:
    """Save, or look at what saving would do. Whatever stands against it is told beside its field."""
    reading = desk.read(sheet, helper)
    since = _since(desk, reading)
    if reading.faults:
        return _page(desk, sheet, helper, faults=reading.faults, status=422)
    try:
        written = write_requirement(
            reading.draft, requirement=desk.held, version=_version(sheet), since=since,
            accept_unmeetable=bool(sheet.fields["keep"]), write=saves,
            actor=desk.actor, now=clock.now(), today=desk.today,
        )  # fmt: skip
    except RequirementRefused as refused:
        reading.take(refused.faults)
        unmeetable = bool(refused.unmeetable)
        return _page(desk, sheet, helper, faults=reading.faults, unmeetable=unmeetable, status=422)
    except RequirementStale as stale:
        return _stale(desk, sheet, helper, stale)
    found = effect.effect_of(written, saved=saves)
    if not saves:
        return _page(desk, sheet, helper, effect=effect.shown(found))
    return _saved(desk, written, found)


def _saved(desk: Desk, written: Written, found: dict[str, object]) -> HttpResponse:
    name = effect.name_of(written.requirement)
    sentence = _("%(name)s: saved.") if desk.held else _("%(name)s: written.")
    effect.keep(desk.request, written.requirement.uid, found, sentence=sentence % {"name": name})
    return redirect("requirement", uid=written.requirement.uid)


def _since(desk: Desk, reading: Reading) -> date | None:
    """The day from which other numbers hold; None where nothing of what is asked has changed."""
    if not desk.has_held:
        return None
    before = draft_of(desk.held)
    draft = reading.draft = tidied(replace(reading.draft, first_day=before.first_day))
    if all(getattr(draft, name) == getattr(before, name) for name in SUBSTANCE):
        return None
    since = reading.since or desk.today
    if since < desk.today and "since" not in reading.faults:
        reading.faults["since"] = _("What was asked in the past stays. Give today or a later day.")
    elif draft.last_day and since > draft.last_day:
        reading.faults.setdefault("since", _("The requirement ends before that day. Give an earlier one."))
    return since


def _version(sheet: Sheet) -> int | None:
    return (
        int(sheet.version) if sheet.version.isascii() and sheet.version.isdigit() and len(sheet.version) < 9 else None
    )


def _stale(desk: Desk, sheet: Sheet, helper: Helper, stale: RequirementStale) -> HttpResponse:
    """What the other has changed, above the form as it was typed; saving again then is a decision."""
    context: dict[str, object] = {"stale": stale.sentence}
    if stale.requirement is not None:
        context["stale_names"], context["stale_changes"] = changes_since(stale.requirement, sheet.version)
        sheet.version = str(stale.requirement.version)
    return _page(desk, sheet, helper, status=409, **context)


def _page(
    desk: Desk,
    sheet: Sheet,
    helper: Helper,
    *,
    faults: dict[str, str] | None = None,
    done: Acted | None = None,
    status: int = 200,
    **context,
) -> HttpResponse:
    post = desk.request.POST if desk.request.method == "POST" else None
    form = Form(sheet, desk.choices, faults or {}, {one.key: stroke_fields(post, one) for one in sheet.sections})
    context |= {
        "form": form,
        "sheet": sheet,
        "steps": STEPS,
        "held": desk.held,
        "has_held": desk.has_held,
        "name": effect.name_of(desk.held) if desk.held else "",
        "said": done.said if done else "",
        "helper": helper,
        "helper_days": form.days("staffing.days", helper.days),
        "helper_fields": {
            name: form.field(f"staffing.{name}", value) for name, value in helper.fields.items()
        },
        "helper_open": helper.is_used or any(name.startswith("staffing.") for name in form.faults),
        "heads": heads_grid("heads", helper.spans, label=_("computed"), step=sheet.step) if helper.heads else "",
    }  # fmt: skip
    fragment = desk.request.htmx and desk.request.method == "POST"
    template = "telework/requirements/_form.html" if fragment else "telework/requirements/editor.html"
    return render(desk.request, template, context, status=status)
