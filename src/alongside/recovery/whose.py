"""Whose page is open, who opened it, and what they may do there: the same pages serve the person and their peer."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.audit.keys import draft_keys
from alongside.people.acting import as_participant, as_peer
from alongside.people.actor import Actor
from alongside.people.models import Person
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_own_reason, get_participant_visible_to
from alongside.rules.sheets import may_write

from .queries import list_beside, walks_with

PAGES = ("plan", "safe", "well", "days")


@dataclass(frozen=True)
class Whose:
    """`person` whose pages these are, `actor` in the capacity in which they act here."""

    person: Person
    actor: Actor
    is_own: bool
    is_beside: bool
    """The actor walks with the person, or covers."""

    @cached_property
    def readers(self) -> list[Person]:
        """Who walks with the person and so reads what they write; asked where a page says so."""
        return list_beside(self.person.pk)

    def url(self, name: str, *ids: UUID) -> str:
        """The path of a page of this person, for this reader."""
        return reverse(f"me_{name}", args=ids) if self.is_own else reverse(f"{name}_of", args=[self.person.pk, *ids])

    def may_write(self, kind: str) -> bool:
        """Whether the reader may write in a page of this kind."""
        return may_write(kind, is_own=self.is_own, walks_with=self.is_beside)

    @property
    def base(self) -> str:
        """The frame of the page."""
        return "web/page_me.html" if self.is_own else "web/page_app.html"

    @property
    def draft_key(self) -> str:
        """The key of this reader's drafts on this device."""
        return draft_keys(self.actor.user_id)

    def draft_name(self, what: str) -> str:
        """An opaque name for what is being typed."""
        return f"{what}-{self.person.pk}"

    def tabs(self, current: str) -> list[dict]:
        """The person's own pages beside each other."""
        names = {"plan": _("Plan"), "safe": _("Hard days"), "well": _("Staying well"), "days": _("Days")}
        found = [{"label": names[page], "url": self.url(page), "current": page == current} for page in PAGES]
        if self.is_own:
            found.append({"label": _("For the pocket"), "url": reverse("me_pocket"), "current": current == "pocket"})
        return found


def whose(request: HttpRequest, person_id: UUID | None, *, page: str = "", write: str = "") -> Whose:
    """The person's own pages (`person_id` None), or those of somebody whose record may be opened, else 404.

    `page` is what the log calls the page; a record that somebody else opens is written down first (G1). `write` is the
    kind of page in which the reader must be allowed to write.
    """
    actor = request.actor
    if person_id is None:
        person = Person.objects.filter(pk=actor.person_id).first()
        if person is None:
            raise Http404
        return Whose(person, as_participant(actor), is_own=True, is_beside=False)
    person = get_participant_visible_to(actor, person_id)
    if person is None:
        raise Http404
    is_beside = walks_with(actor, person.pk)
    found = Whose(person, as_peer(actor) if is_beside else actor, is_own=False, is_beside=is_beside)
    if write and not found.may_write(write):
        raise Http404
    if request.method in ("GET", "HEAD"):
        reason = get_own_reason(actor.person_id, person.pk) if actor.has("director") else None
        note_opened(participant_id=person.pk, by=actor, page=page, words=reason.reason_words if reason else "")
    return found


def own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same view for the person's own page: a function of its own, because each carries its own access rule."""

    @wraps(view)
    def mine(request: HttpRequest, **ids: UUID) -> HttpResponse:
        return view(request, person_id=None, **ids)

    return mine
