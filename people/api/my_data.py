"""Everything that is kept on the one who asks, as the page hands it over."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from people import clock
from people.access import owner_of
from people.api.door import opened_by
from people.personal_data.archive import document_of

router = Router(tags=["my data"])


class Owner(Schema):
    """``uid`` is null for an account that is nobody’s; its address is its name."""

    uid: str | None
    name: str


class DataTable(Schema):
    """``headings``: the words of each column, in the language asked for; ``rows``: objects with these columns."""

    title: str
    headings: dict[str, str]
    rows: list[dict[str, Any]]


class MyData(Schema):
    product: str
    made_at: str
    person: Owner
    tables: dict[str, DataTable]


@router.get("/my-data", auth=opened_by("my_data:read"), response=MyData, summary="All that is kept on you")
def read_my_data(request: HttpRequest):
    """Of oneself only, by table: what each page, message and log holds on you, and who opened it."""
    return document_of(owner_of(request), clock.now())
