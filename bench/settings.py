"""The product's settings, with the baselines' few addresses beside its own."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
