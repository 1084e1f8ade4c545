"""Who leads whom, and the one thing that cannot be: that somebody is led by those they lead. Pure."""

from collections.abc import Iterable, Mapping


def chain_in_a_circle(leaders: Mapping[int, Iterable[int]], start: int) -> list[int]:
    """The way from ``start`` up through leaders back to ``start``, both ends included; empty where there is none."""
    ways = [[start]]
    seen: set[int] = set()
    while ways:
        way = ways.pop()
        for leader in leaders.get(way[-1], ()):
            if leader == start:
                return [*way, start]
            if leader not in seen:
                seen.add(leader)
                ways.append([*way, leader])
    return []
