"""The product's own settings, with the floors beside its pages. Nothing else differs."""

from alongside.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floor_urls"
