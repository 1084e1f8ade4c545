"""The JSON side of telework (version 1): the same services as the pages, through the same doors."""

from ninja import Router

from . import (
    agreements,
    answers,
    autonomy,
    bookings,
    cases,
    charters,
    coverage,
    exceptional,
    feeds,
    lab,
    organisation,
    overviews,
    people,
    places,
    requirements,
    rosters,
    series,
    staff,
    terms,
    today,
    work,
)

router = Router()
router.add_router("", people.router)
router.add_router("", answers.router)  # before bookings, whose /bookings/{uid} would take /bookings/approve
router.add_router("", bookings.router)
router.add_router("", series.router)
router.add_router("", feeds.router)
router.add_router("", requirements.router)
router.add_router("", places.router)
router.add_router("", autonomy.router)
router.add_router("", overviews.router)
router.add_router("", coverage.router)
router.add_router("", agreements.router)
router.add_router("", lab.router)
router.add_router("", cases.router)
router.add_router("", staff.router)
router.add_router("", work.router)
router.add_router("", exceptional.router)
router.add_router("", terms.router)
router.add_router("", charters.router)
router.add_router("", today.router)
router.add_router("", rosters.router)
router.add_router("", organisation.router)
