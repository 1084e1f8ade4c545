"""The one form of the page: whose days, and how much of them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.access import teams_for
from people.models import Person, Team
from telework.models import Privacy, Scope


class FeedForm(forms.Form):
    """``whose`` is "personal" or the uid of a team that the owner may subscribe to."""

    whose = forms.ChoiceField(label=_("Whose days"))
    privacy = forms.ChoiceField(label=_("What the calendar tells"), choices=Privacy.choices, initial=Privacy.FULL)

    def __init__(self, *args, owner: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.uid): team for team in teams_for(owner, "make_team_feed")}
        teams = [(uid, team.name) for uid, team in self.teams.items()]
        self.fields["whose"].choices = [(Scope.PERSONAL.value, _("My days")), *teams]
        self.fields["whose"].initial = Scope.PERSONAL.value

    @property
    def team(self) -> Team | None:
        return self.teams.get(self.cleaned_data["whose"])

    @property
    def scope(self) -> str:
        return Scope.TEAM if self.team else Scope.PERSONAL
