"""What may be read of the public site. Pages are few: all of a program are read by one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from django_scopes import scope

from alongside.people.models import Program
from alongside.rules.site_pages import Texts

from .catalog import BUILT_IN, BuiltIn, come_with
from .models import SitePage, SiteVersion

MOST_VERSIONS = 100
STEP = 10
"""Between the places of two pages at first."""


@dataclass(frozen=True)
class Place:
    """A page of a site, whether somebody changed it (`row`) or not, and whether it came with the product."""

    slug: str
    row: SitePage | None
    built_in: BuiltIn | None

    @property
    def texts(self) -> Texts:
        """What everybody reads: what was published last, else what it came with."""
        return self.row.current.texts if self.row and self.row.current else come_with(self.slug)

    @property
    def in_menu(self) -> bool:
        """Whether the navigation shows it."""
        if self.row is not None:
            return self.row.in_menu
        return bool(self.built_in and self.built_in.in_menu)

    @property
    def is_shown(self) -> bool:
        """Whether visitors can open it."""
        return self.row.status == "published" if self.row else True

    @property
    def has_draft(self) -> bool:
        """Whether something was written that nobody published yet."""
        return bool(self.row and self.row.draft)

    @property
    def may_have_words(self) -> bool:
        """Whether visitors may be let write beneath it."""
        return self.built_in.takes_words if self.built_in else True

    @property
    def takes_words(self) -> bool:
        """Whether they are."""
        return bool(self.may_have_words and self.is_shown and self.row and self.row.comments_open)


def list_places(program: Program | None) -> list[Place]:
    """All pages of a program's site, in order. One query; an install without a program has what comes with it."""
    rows: dict[str, SitePage] = {}
    if program is not None:
        with scope(program=program):
            rows = {row.slug: row for row in SitePage.objects.select_related("current").order_by("position", "slug")}
    return [Place(slug, rows.get(slug), BUILT_IN.get(slug)) for slug in _in_order(rows)]


def _in_order(rows: Mapping[str, SitePage]) -> list[str]:
    """Pages that nobody moved stand where they stand at first."""
    at = {slug: (number + 1) * STEP for number, slug in enumerate(BUILT_IN)}
    at |= {slug: row.position for slug, row in rows.items()}
    return sorted(at, key=lambda slug: (at[slug], slug))


def places_of(request: HttpRequest) -> list[Place]:
    """All pages of the site that this request came to, read once."""
    if not hasattr(request, "site_places"):
        request.site_places = list_places(getattr(request, "program", None))
    return request.site_places


def get_place(program: Program, slug: str) -> Place | None:
    """One page of the site, or None."""
    return next((place for place in list_places(program) if place.slug == slug), None)


def list_versions(row: SitePage) -> list[SiteVersion]:
    """What was published, the latest first."""
    return list(row.versions.order_by("-number")[:MOST_VERSIONS])


def get_version(row: SitePage, version_id: UUID) -> SiteVersion | None:
    """One of them, of this page."""
    return row.versions.filter(pk=version_id).first()


def reader_language() -> str:
    """Of the two languages of a page, the reader's."""
    return "es" if (get_language() or "").startswith("es") else "en"


def list_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """How pages are called, by id, in the language of whoever asks. The program must be in scope."""
    wanted = reader_language()
    found = {}
    for row in SitePage.objects.filter(pk__in=list(ids)).select_related("current"):
        texts = Place(row.slug, row, BUILT_IN.get(row.slug)).texts
        text = texts.get(wanted) or next(iter(texts.values()), {})
        found[row.pk] = text.get("name", row.slug)
    return found
