from django.urls import path, register_converter
from django.views.generic import RedirectView

from telework.feeds import views as feeds
from telework.views import agreement, balances, booking, company, coverage, leading, requests, rosters, team, wishes, year
from telework.views.converters import DayConverter, YearConverter

register_converter(DayConverter, "day")
register_converter(YearConverter, "yyyy")

urlpatterns = [
    path("requests/", requests.request_list, name="requests"),
    path("requests/answer/", requests.answer_requests, name="answer_requests"),
    path("requests/autonomy/", requests.validate_one, name="validate_autonomy"),
    path("requests/<uuid:uid>/", requests.request_detail, name="request"),
    path("requests/<uuid:uid>/notes/", requests.ask_question, name="ask_question"),
    path("team/", team.team_home, name="team"),
    path("team/<uuid:uid>/<str:period>/", team.team_month_page, name="team_month"),
    path("company/", company.company_home, name="company"),
    path("company/<str:period>/", company.company_month_page, name="company_month"),
    path("rosters/", rosters.roster_files, name="rosters"),
    path("rosters/template.csv", rosters.roster_template, name="roster_template"),
    path("rosters/by-hand/", rosters.roster_by_hand, name="roster_by_hand"),
    path("rosters/rotations/", rosters.roster_rotations, name="roster_rotations"),
    path("rosters/swaps/", rosters.roster_swaps, name="roster_swaps"),
    path("coverage/", coverage.coverage_home, name="coverage"),
    path("coverage/requirements/", coverage.requirements.requirement_list, name="requirements"),
    path("coverage/requirements/new/", coverage.requirements.requirement_new, name="requirement_new"),
    path("coverage/requirements/copy/", coverage.requirements.requirement_copy, name="requirement_copy"),
    path("coverage/requirements/<uuid:uid>/", coverage.requirements.requirement_edit, name="requirement"),
    path("coverage/requirements/<uuid:uid>/end/", coverage.requirements.requirement_end, name="requirement_end"),
    path("coverage/<str:period>/", coverage.coverage_period, name="coverage_period"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("balances/", balances.balance_page, name="balances"),
    path("balances.csv", balances.balance_file, name="balances_csv"),
    path("", RedirectView.as_view(pattern_name="year"), name="home"),
    path("year/", year.year_home, name="year"),
    path("year/<yyyy:number>/", year.own_year, name="year_of"),
    path("year/day/<day:day>/", year.own_day, name="year_day"),
    path("year/days/", wishes.days, name="year_days"),
    path("year/series/", wishes.series, name="year_series"),
    path("year/book/", booking.book, name="book"),
    path("year/book/days/", wishes.book_days, name="book_days"),
    path("year/book/series/", wishes.book_series, name="book_series"),
    path("year/correct/", booking.correct, name="correct"),
    path("bookings/<uuid:uid>/withdraw/", booking.withdraw, name="booking_withdraw"),
    path("bookings/<uuid:uid>/cancel/", booking.cancel, name="booking_cancel"),
    path("bookings/<uuid:uid>/cancel-series/", booking.cancel_rest_of_series, name="booking_cancel_series"),
    path("bookings/<uuid:uid>/cancel-together/", booking.cancel_together, name="booking_cancel_together"),
    path("bookings/<uuid:uid>/move/", booking.move, name="booking_move"),
    path("bookings/<uuid:uid>/notes/", booking.note, name="booking_note"),
    path("bookings/<uuid:uid>/recall/", leading.recall, name="booking_recall"),
    path("bookings/<uuid:uid>/remove/", leading.remove, name="booking_remove"),
    path("people/<uuid:uid>/year/<yyyy:number>/", year.person_year, name="person_year"),
    path("people/<uuid:uid>/day/<day:day>/", year.person_day, name="person_day"),
    # A feed itself, /cal/<secret>.ics, is answered by telework.feeds.middleware before any session is read.
    path("feeds/", feeds.feeds_page, name="feeds"),
    path("feeds/<uuid:uid>/rotate/", feeds.rotate_address, name="rotate_feed"),
    path("feeds/<uuid:uid>/revoke/", feeds.revoke_address, name="revoke_feed"),
]
