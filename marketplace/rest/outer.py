"""The outer routes: what stands beside REST and the pages on the same port."""

from collections.abc import Sequence
from typing import Final

from starlette.routing import BaseRoute

from marketplace.rest import crawlers, files, health, placeholders, session

ROUTES: Final[Sequence[BaseRoute]] = (
    *health.ROUTES,
    *session.ROUTES,
    *files.ROUTES,
    *placeholders.ROUTES,
    *crawlers.ROUTES,
)
"""Health and metrics; the posts that sign in and out; pictures; the first HTML of shop pages; sitemap and robots."""
