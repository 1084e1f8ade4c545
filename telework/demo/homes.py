"""Homes: communes within reach of a site, drawn by population and by how far people are willing to live."""

import csv
from functools import lru_cache
from itertools import accumulate
from math import asin, cos, exp, radians, sin, sqrt
from pathlib import Path
from random import Random

COMMUNES = Path(__file__).with_name("data") / "communes.csv"
REACH_KM = 60.0
USUAL_KM = 14.0
EARTH_KM = 6371.0


def draw_home(rng: Random, latitude: float, longitude: float) -> str:
    """The name of a commune within 60 km of that point; its weight is population × e^(-distance / 14 km)."""
    names, weights = _around(latitude, longitude)
    return rng.choices(names, cum_weights=weights)[0]


@lru_cache
def _around(latitude: float, longitude: float) -> tuple[list[str], list[float]]:
    near = []
    for name, lat, lon, population in _communes():
        km = distance_km(latitude, longitude, lat, lon)
        if km <= REACH_KM:
            near.append((name, population * exp(-km / USUAL_KM)))
    return [name for name, _ in near], list(accumulate(weight for _, weight in near))


@lru_cache
def _communes() -> list[tuple[str, float, float, int]]:
    with COMMUNES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return [(row["name"], float(row["lat"]), float(row["lon"]), int(row["population"] or 0)) for row in rows]


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance (haversine)."""
    lat, lon, other_lat, other_lon = map(radians, (lat, lon, other_lat, other_lon))
    chord = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(chord))
