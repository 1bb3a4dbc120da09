"""Everything that may be done with the pages of a public site: write, publish, go back, put in order, take words."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Program
from alongside.rules.lifecycles import SITE_PAGE, STAFF
from alongside.rules.site_pages import LANGUAGES, PARTS, Texts, find_missing, list_changes, make_slug, move, trim
from alongside.stories.actions import NotSent, Said, erase_beneath, receive_beneath
from alongside.stories.models import Comment
from alongside.web.meanwhile import Seen, check_seen

from .catalog import BUILT_IN, HOME, RESERVED, come_with
from .models import SitePage, SiteVersion
from .queries import STEP, Place, list_places

MOST_OWN = 30
"""Pages of a program's own. More would be no navigation."""


class NotNow(Exception):
    """The page is in a state in which this is not done."""


class NotReady(Exception):
    """A title, a name or words are missing, or nothing is written in any language."""


class AnotherEdition(Exception):
    """Somebody changed the draft since it was looked at: look at it once more first."""


class TooMany(Exception):
    """There are as many pages as fit."""


def flat(texts: Texts) -> dict[str, str]:
    """A text by names such as `title_es`, as forms and marks have it."""
    return {f"{part}_{language}": texts.get(language, {}).get(part, "") for language in LANGUAGES for part in PARTS}


def unflat(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The other way round, tidied."""
    return trim({language: {part: values.get(f"{part}_{language}", "") for part in PARTS} for language in LANGUAGES})


def text_to_edit(row: SitePage | None, slug: str) -> Texts:
    """What the form shows: the draft, else what is published, else what the page came with."""
    if row is not None and row.draft:
        return row.draft
    return row.current.texts if row is not None and row.current else come_with(slug)


# --- writing ------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_page(*, program: Program, texts: Texts, submit_key: UUID, by, now: datetime | None = None) -> SitePage:
    """A page of the program's own, as a draft. The same key twice is one (I3). Raises `NotReady`, `TooMany`."""
    now = now or timezone.now()
    Program.objects.select_for_update().get(pk=program.pk)
    if sent_before := SitePage.objects.filter(submit_key=submit_key).first():
        return sent_before
    texts = trim(texts)
    if not any(text.get("name") for text in texts.values()):
        raise NotReady
    taken = set(SitePage.objects.values_list("slug", flat=True)) | RESERVED
    if len(taken - RESERVED) >= MOST_OWN:
        raise TooMany
    latest = SitePage.objects.aggregate(Max("position"))["position__max"] or 0
    row = SitePage.objects.create(
        program=program, slug=make_slug(texts, taken), position=max(latest, len(BUILT_IN) * STEP) + STEP, draft=texts,
        edition=1, draft_at=now, draft_by=by.user_id, made_at=now, submit_key=submit_key,
    )  # fmt: skip
    _log("site.page_added", row, by, now, fields=list_changes({}, texts))
    return row


@transaction.atomic
def save_draft(
    *, program: Program, slug: str, texts: Texts, by, seen: Seen | None = None, now: datetime | None = None
) -> SitePage:
    """Other words for a page; nobody but editors sees them until they are published.

    Raises `web.meanwhile.ChangedMeanwhile` where it would undo what another editor changed, and `NotNow` for a page
    that was removed.
    """
    now, texts = now or timezone.now(), trim(texts)
    row = _lock(program, slug, now)
    before = text_to_edit(row, slug)
    check_seen(seen, now=flat(before), wanted=flat(texts))
    changed = list_changes(before, texts)
    if not changed:
        return row
    row.draft, row.edition, row.draft_at, row.draft_by = texts, row.edition + 1, now, by.user_id
    row.save(update_fields=["draft", "edition", "draft_at", "draft_by"])
    _log("site.draft_saved", row, by, now, fields=changed)
    return row


@transaction.atomic
def leave_draft(*, page: SitePage, edition: int, by, now: datetime | None = None) -> bool:
    """Throw a draft away; what is published stays. Whether there was one. Raises `AnotherEdition`, `NotNow`."""
    row = _again(page)
    if row.status == "draft":
        raise NotNow  # there would be nothing left of it: that is `remove_page`
    if not row.draft:
        return False
    if row.edition != edition:
        raise AnotherEdition
    _clear(row)
    row.save(update_fields=["draft", "edition", "draft_at", "draft_by"])
    _log("site.draft_left", row, by, now or timezone.now())
    return True


@transaction.atomic
def publish(*, page: SitePage, edition: int, by, now: datetime | None = None) -> SiteVersion:
    """Everybody reads the draft from now on, where the page is on the site; what was read before stays as an earlier
    version. The same press twice is one. Raises `AnotherEdition`, `NotReady`, and `NotNow` where there is no draft.
    """
    now, row = now or timezone.now(), _again(page)
    if not row.draft:
        if row.current is not None and row.edition == edition + 1 and row.current.by_account == by.user_id:
            return row.current
        raise NotNow
    if row.edition != edition:
        raise AnotherEdition
    made = _show(row, row.draft, by, now)
    _log("site.published", row, by, now)
    return made


@transaction.atomic
def go_back(*, page: SitePage, version: SiteVersion | None, by, now: datetime | None = None) -> SiteVersion:
    """Publish an earlier text once more, None being what the page came with. It is added; nothing is taken out of the
    history. A draft stays. What is read now anyway is not added again. Raises `NotReady`."""
    now, row = now or timezone.now(), _again(page)
    texts = version.texts if version else come_with(row.slug)
    if row.current is not None and row.current.texts == texts:
        return row.current
    made = _show(row, texts, by, now, keep_draft=True)
    _log("site.gone_back", row, by, now)
    return made


def _show(row: SitePage, texts: Texts, by, now: datetime, *, keep_draft: bool = False) -> SiteVersion:
    if not is_ready(row.slug, texts):
        raise NotReady
    latest = row.versions.aggregate(Max("number"))["number__max"] or 0
    row.current = SiteVersion.objects.create(
        program_id=row.program_id, page=row, number=latest + 1, texts=texts, at=now, by_account=by.user_id
    )
    if row.status == "draft":
        SITE_PAGE.check_move(row.status, "published", by=STAFF)
        row.status = "published"
    if not keep_draft:
        _clear(row)
    row.save(update_fields=["current", "status", "draft", "edition", "draft_at", "draft_by"])
    return row.current


def is_ready(slug: str, texts: Texts) -> bool:
    """Whether a text can be published: a title in one language at least, and nothing begun that is not whole."""
    is_own = needs_words(slug)
    return bool(texts) and not any(find_missing(text, is_own=is_own) for text in texts.values())


def needs_words(slug: str) -> bool:
    """Whether a page is nothing but its words."""
    return slug not in BUILT_IN or slug == "what-peers-do"


# --- where pages stand --------------------------------------------------------------------------------------------
@transaction.atomic
def arrange(*, program: Program, slug: str, to: str, by, now: datetime | None = None) -> bool:
    """Put a page "up" or "down" by one place, "in" the navigation or "out" of it. Whether that changed anything."""
    now = now or timezone.now()
    Program.objects.select_for_update().get(pk=program.pk)
    places = list_places(program)
    place = next((one for one in places if one.slug == slug), None)
    if place is None or slug == HOME:
        return False
    if to in ("in", "out"):
        if place.in_menu == (to == "in"):
            return False
        row = _lock(program, slug, now)
        row.in_menu = to == "in"
        row.save(update_fields=["in_menu"])
    else:
        before = [one.slug for one in places if one.slug != HOME]
        after = move(before, slug, up=to == "up")
        if after == before:
            return False
        row = _write_order(program, places, after, slug, now)
    _log("site.arranged", row, by, now, reason=to)
    return True


def _write_order(program: Program, places: list[Place], order: list[str], slug: str, now: datetime) -> SitePage:
    """Every page has a row from here on, in this order."""
    rows = {place.slug: place.row or _lock(program, place.slug, now) for place in places if place.slug != HOME}
    for number, one in enumerate(order):
        rows[one].position = (number + 2) * STEP
    SitePage.objects.bulk_update(rows.values(), ["position"])
    return rows[slug]


@transaction.atomic
def set_comments(*, program: Program, slug: str, are_open: bool, by, now: datetime | None = None) -> bool:
    """Let visitors write beneath a page, or not: then what they wrote is not shown either. Whether that changed."""
    now = now or timezone.now()
    row = _lock(program, slug, now)
    if row.comments_open == are_open or not Place(slug, row, BUILT_IN.get(slug)).may_have_words:
        return False
    row.comments_open = are_open
    row.save(update_fields=["comments_open"])
    _log("site.comments_set", row, by, now, reason="open" if are_open else "closed")
    return True


@transaction.atomic
def take_off(*, page: SitePage, by, back: bool = False, now: datetime | None = None) -> None:
    """Take a page of the program's own off the site, or put it back. Raises `NotNow`."""
    row, to = _again(page), "published" if back else "away"
    if row.slug in BUILT_IN or row.status == "draft" or not SITE_PAGE.may_move(row.status, to, by=STAFF):
        raise NotNow
    row.status = to
    row.save(update_fields=["status"])
    _log("site.put_back" if back else "site.taken_off", row, by, now or timezone.now())


@transaction.atomic
def remove_page(*, page: SitePage, by, now: datetime | None = None) -> None:
    """Erase a page of the program's own that is not on the site, with its versions and what visitors wrote beneath it.

    Raises `NotNow`.
    """
    now, row = now or timezone.now(), _again(page)
    if row.slug in BUILT_IN or not SITE_PAGE.may_move(row.status, "removed", by=STAFF):
        raise NotNow
    erase_beneath(beneath=row.pk, by=by, now=now)
    _log("site.removed", row, by, now)
    row.current = None
    row.save(update_fields=["current"])
    row.delete()


# --- words of visitors --------------------------------------------------------------------------------------------
@transaction.atomic
def receive_words(*, program: Program, slug: str, said: Said, now: datetime | None = None) -> Comment:
    """Words of a visitor beneath a page, for a reader. The page is locked: it may be closed at this moment.

    Raises `stories.actions.NotSent`.
    """
    row = SitePage.objects.select_for_update().filter(program=program, slug=slug).first()
    if row is None or not Place(slug, row, BUILT_IN.get(slug)).takes_words:
        raise NotSent("gone")
    return receive_beneath(beneath=row.pk, said=said, program_id=program.pk, now=now)


# --- rows ---------------------------------------------------------------------------------------------------------
def _lock(program: Program, slug: str, now: datetime) -> SitePage:
    """The row of a page, locked; one that comes with the product gets its row with the first change."""
    if slug in BUILT_IN:
        SitePage.objects.get_or_create(
            program=program, slug=slug,
            defaults={
                "status": "published", "position": ([*BUILT_IN].index(slug) + 1) * STEP,
                "in_menu": BUILT_IN[slug].in_menu, "made_at": now,
            },
        )  # fmt: skip
    return _held(program=program, slug=slug)


def _again(page: SitePage) -> SitePage:
    return _held(pk=page.pk)


def _held(**which) -> SitePage:
    row = SitePage.objects.select_for_update(of=("self",)).select_related("current").filter(**which).first()
    if row is None:
        raise NotNow  # another editor removed it meanwhile
    return row


def _clear(row: SitePage) -> None:
    row.draft, row.edition, row.draft_at, row.draft_by = {}, row.edition + 1, None, None


def _log(act: str, row: SitePage, by, now: datetime, **details) -> None:
    record(act=act, by=by, object_kind="site_page", object_id=row.pk, now=now, **details)
