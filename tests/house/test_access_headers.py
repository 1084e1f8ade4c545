"""Whatever is read is kept by nobody, tells no address to others, and a file has a name that no header can break."""

import re

import pytest

from people.models import Team
from tests.house.doors import NOW, knock_at, world_of
from tests.house.test_access_fields import client_of, opened_by_one_of

pytestmark = pytest.mark.django_db
FILE_NAME = re.compile(r'attachment; filename="[A-Za-z0-9._-]+"(; filename\*=utf-8\'\'[\w.%-]+)?')


@pytest.mark.parametrize("role", ["manager", "hr", "dpo"])
def test_every_answer_is_private_and_every_file_well_named(role, clock):
    clock(NOW)
    world = world_of(role)
    for circle, team in world.teams.items():
        Team.objects.filter(pk=team.pk).update(name=f'{circle}"; x=1\r\nSet-Cookie: a=b; é.html')
    client = client_of(world)
    faults, files = [], 0
    for door, uid in opened_by_one_of(role, world):
        answer = knock_at(door, uid).send(client)
        found = {name: answer.headers.get(name, "") for name in ("Cache-Control", "Referrer-Policy", "Vary")}
        if "no-store" not in found["Cache-Control"] or found["Referrer-Policy"] != "same-origin":
            faults.append(f"{door.name}: {found}")
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"] and "Cookie" not in found["Vary"]:
            faults.append(f"{door.name}: {found}")
        if named := answer.headers.get("Content-Disposition"):
            files += 1
            if not FILE_NAME.fullmatch(named):
                faults.append(f"{door.name}: {named}")
    assert faults == [], "\n".join(faults)
    assert files
