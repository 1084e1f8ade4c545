"""Calendar feeds: list, make, give another address, revoke. The address is told once, by the answer that made it."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from people.access import team_for
from people.api.door import edge, opened_by
from telework.feeds import services
from telework.feeds.access import feed_for
from telework.feeds.selectors import feeds_of

from . import replies, schemas
from .paging import Whole
from .shapes import feed_shape

router = Router(tags=["feeds"])
WRITE = opened_by("feeds:write")


@router.get("/feeds", auth=WRITE, response=replies.Feeds, exclude_unset=True, summary="Your feeds in use")
def list_feeds(request: HttpRequest, page: Query[Whole]):
    return page.shaped(feeds_of(edge(request).actor), feed_shape)


@router.post(
    "/feeds", auth=WRITE, response={201: replies.Feed}, summary="Make a feed; keep its address, it is told only now"
)
def create_feed(request: HttpRequest, body: schemas.FeedWish):
    here = edge(request)
    team = team_for(here.actor, body.team, "make_team_feed") if body.team else None
    feed, address = services.create_feed(
        owner=here.actor, scope=body.scope, privacy=body.privacy, team=team, now=here.now
    )
    return Status(201, feed_shape(feed, address=address))


@router.post(
    "/feeds/{uid}/rotate",
    auth=WRITE,
    response=replies.Feed,
    summary="Another address for a feed; the old one opens nothing",
)
def rotate_feed(request: HttpRequest, uid: str):
    here = edge(request)
    feed = feed_for(here.actor, uid)
    address = services.rotate_feed(feed=feed, actor=here.actor, now=here.now)
    return feed_shape(feed, address=address)


@router.delete("/feeds/{uid}", auth=WRITE, response={204: None}, summary="Close a feed for good")
def delete_feed(request: HttpRequest, uid: str):
    here = edge(request)
    services.revoke_feed(feed=feed_for(here.actor, uid), actor=here.actor, now=here.now)
    return Status(204, None)
