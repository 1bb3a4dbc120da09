"""Every page of the house, found in the root URLconf, with real objects of the story for what its path names."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import StringConverter, UUIDConverter

from alongside.web.routing import act_of

NOT_RANDOM = {
    # allauth names an authenticator by a number. It is looked up among the account's own, and others' answer 404.
    ("mfa_edit_webauthn", "pk"),
    ("mfa_remove_webauthn", "pk"),
}
"""(page, kwarg) whose id is not a UUID, each with its reason."""

NOT_OF_THE_PROGRAM = frozenset({"form", "token", "secret", "slug", "uidb36", "key", "pk", "code", "unit", "share"})
"""Kwargs that name no object of a program: a secret that is its own permission, a public name, an id of one account,
the code of a published questionnaire, the name of a unit to learn, the form of a file, the address of a story."""


class UnknownKwarg(LookupError):
    """A URL names something for which the story has no object."""


@dataclass(frozen=True)
class Page:
    """One URL pattern: its name, route, view, act, and its kwargs with their converters (None in a regular pattern)."""

    name: str
    route: str
    view: Any
    act: str | None
    converters: tuple[tuple[str, Any], ...]

    @property
    def names_an_object(self) -> bool:
        """Whether the path holds the id of something that belongs to a program."""
        return any(kwarg not in NOT_OF_THE_PROGRAM for kwarg, _ in self.converters)

    @property
    def words(self) -> str:
        """The path without its ids: what a browser's history tells."""
        return re.sub(r"<[^>]*>|\(\?P.*?\)", "", self.route)

    def path(self, story) -> str:
        """The path of this page for the objects of the story."""
        return reverse(self.name, kwargs={kwarg: find_object(story, self.name, kwarg) for kwarg, _ in self.converters})

    def ids(self, story) -> dict[str, UUID]:
        """The ids that its path names for the story: kwarg to id."""
        found = {kwarg: find_object(story, self.name, kwarg) for kwarg, _ in self.converters}
        return {kwarg: one for kwarg, one in found.items() if isinstance(one, UUID)}

    @property
    def takes_post(self) -> bool:
        """Whether its view lets POST in, as far as its decorators say; one that says nothing may."""
        return self.takes("POST")

    def takes(self, method: str) -> bool:
        """The same for any method."""
        view = self.view
        while view is not None:
            if "request_method_list" in (free := getattr(getattr(view, "__code__", None), "co_freevars", ())):
                return method in view.__closure__[free.index("request_method_list")].cell_contents
            if made_of := getattr(view, "view_class", None):
                # Django's views answer HEAD by what answers GET.
                return hasattr(made_of, "get" if method == "HEAD" else method.lower())
            view = getattr(view, "__wrapped__", None)
        return True

    def has_random_ids(self) -> bool:
        """Whether ids in this path are UUIDs or secrets: nothing that can be counted up (A2)."""
        return all(
            isinstance(converter, (UUIDConverter, StringConverter)) or converter is None
            for kwarg, converter in self.converters
            if (self.name, kwarg) not in NOT_RANDOM
        )


@functools.cache
def list_pages() -> list[Page]:
    """All pages, also those of libraries, in the order in which the router tries them; the first of a path wins."""
    found: dict[str, Page] = {}
    for prefix, pattern in _walk(get_resolver()):
        route = prefix + str(pattern.pattern)
        name = pattern.name or ""
        converters = dict(pattern.pattern.converters)
        regex = getattr(pattern.pattern, "regex", None)
        kwargs = converters or dict.fromkeys(regex.groupindex if regex else ())
        page = Page(name, route, pattern.callback, act_of(pattern.callback, name), tuple(kwargs.items()))
        found.setdefault(route, page)
    return list(found.values())


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, prefix + str(entry.pattern))
        else:
            yield prefix, entry


def find_object(story, page: str, kwarg: str) -> Any:
    """What this kwarg of this page names in the story."""
    known = registry_as_it_is(story)
    for key in ((page, kwarg), kwarg):
        if key in known:
            return known[key]
    raise UnknownKwarg(
        f"the URL {page!r} has a kwarg {kwarg!r} that tests/promises/every_url.py does not know: "
        "add an object of the story to `registry`, so that this page is tried with every role"
    )


def registry_as_it_is(story) -> dict:
    """The registry of a story, made anew only when something was added to it, or when Rosa signed in again."""
    stands = (len(story.people), len(story.objects), story.rosa.user.last_login)
    made_of, known = story.__dict__.get("_registry", (None, {}))
    if made_of != stands:
        known = registry(story)
        story.__dict__["_registry"] = stands, known
    return known


def registry(story) -> dict:
    """Kwarg, or (page, kwarg), to the id of an object of the story. They belong to Rosa, Olu or Nia where they can."""
    from alongside.partners.actions.ending import ENDED_SALT
    from alongside.people.outbox import reset_link

    uid_and_key = reset_link(story.rosa.user).rstrip("/").rsplit("/", 1)[1].partition("-")
    return {
        "person_id": story.rosa.person.pk,
        "participant_id": story.rosa.person.pk,
        "peer_id": story.dante.person.pk,
        "episode_id": story.people["olu"].episode.pk,
        "offer_id": story.offer.pk,
        "run_id": story.run.pk,
        "round_id": story.offer.round_id,
        "mentorship_id": story.mentorship.pk,
        "contact_id": story.contact.pk,
        "appointment_id": story.appointment.pk,
        "handover_id": story.handover.pk,
        "message_id": story.message.pk,
        "notice_id": story.unsent.pk,
        "grant_id": story.grant.pk,
        "consent_id": story.consent.pk,
        "emergency_id": story.emergency.pk,
        "complaint_id": story.complaint.pk,
        "provider_id": story.provider.pk,
        "restriction_id": story.restriction.pk,
        "link_id": story.link.pk,
        "inquiry_id": story.inquiry.pk,
        "ask_id": story.inquiry.pk,
        "application_id": story.application.pk,
        "roster_id": story.roster.pk,
        "pair_id": story.pair.pk,
        "merge_id": story.merge.pk,
        "export_id": story.export.pk,
        "goal_id": story.goal.pk,
        "step_id": story.step.pk,
        "milestone_id": story.milestone.pk,
        "worry_id": story.worry.pk,
        "hold_id": story.hold.pk,
        "demand_id": story.demand.pk,
        "paper_id": story.paper.pk,
        "scan_id": story.scan.pk,
        "release_id": story.release.pk,
        "report_id": story.report.pk,
        "incident_id": story.incident.pk,
        "posting_id": story.posting.pk,
        "affected_id": story.affected.pk,
        "inspection_id": story.inspection.pk,
        "reflection_id": story.reflection.pk,
        "agreement_id": story.agreement.pk,
        "group_id": story.group.pk,
        "support_id": story.support.pk,
        "place_id": story.place.pk,
        "post_id": story.page_post.pk,
        ("page_back", "post_id"): story.page_post_of_dante.pk,
        "day": story.group_day.isoformat(),
        ("group_session", "day"): story.group_day_ahead.isoformat(),
        ("me_group_time", "day"): story.group_day_ahead.isoformat(),
        "saved_id": story.saved.pk,
        ("me_saved_day", "day"): story.saved_day.isoformat(),
        ("me_saved_how", "day"): story.saved_day_before.isoformat(),
        ("along", "ask_id"): story.ask_along.pk,
        "request_id": story.wish.pk,
        "erasure_id": story.erasure.pk,
        "invitation_id": story.invitation.pk,
        "user_id": story.dante.user.pk,
        "sign_in_id": story.invitation.pk,
        "token": story.token,
        "secret": story.secret,
        "slug": story.program.slug,
        "program_id": story.program.pk,
        "uidb36": uid_and_key[0],
        "key": uid_and_key[2],
        "pk": 1,
        "code": "ucla-3",
        "unit": "urges",
        "feed_id": story.feed.pk,
        "meeting_id": story.meeting.pk,
        "occasion_id": story.occasion.pk,
        ("me_event", "occasion_id"): story.evening.pk,
        ("me_event_time", "occasion_id"): story.evening.pk,
        ("coming", "secret"): story.coming_secret,
        ("own_edit", "meeting_id"): story.own_meeting.pk,
        "tie_id": story.tie.pk,
        "unit_id": story.unit.pk,
        "practice_id": story.practice.pk,
        "page_slug": story.site_page.slug,
        "version_id": story.site_version.pk,
        "story_id": story.her_draft.pk,
        "share": story.shared_story.share,
        "comment_id": story.comment.pk,
        ("story_review", "story_id"): story.story_to_read.pk,
        ("story_review_file", "story_id"): story.story_to_read.pk,
        ("me_story_move", "story_id"): story.her_draft.pk,
        "resource_id": story.resource.pk,
        "file_id": story.list_file.pk,
        "place_feed_id": story.place_feed.pk,
        ("report_settle", "report_id"): story.wrong.pk,
        ("directory_export", "form"): "json",
        ("paper_new", "code"): "noncriminal",
        ("partner_page", "token"): story.page_token,
        ("partner_answer", "token"): story.page_token,
        ("partner_later", "token"): story.page_token,
        ("signer_page", "token"): story.signer_token,
        ("signer_answer", "token"): story.signer_token,
        ("signer_links", "consent_id"): story.draft_of_olu.pk,
        ("me_signer", "consent_id"): story.draft_of_olu.pk,
        ("signer_code", "link_id"): story.signer_link.pk,
        ("signer_stop", "link_id"): story.signer_link.pk,
        ("me_signer_stop", "link_id"): story.signer_link.pk,
        ("page_ended", "token"): signing.dumps("AB12-CD34", salt=ENDED_SALT),
        ("reference", "token"): story.reference_token,
        "referral_id": story.referral.pk,
        "incoming_id": story.incoming.pk,
        ("me_sent_letter", "consent_id"): story.network.pk,
        ("me_owed_sent", "consent_id"): story.network.pk,
        ("owed_new", "consent_id"): story.network.pk,
        "owed_id": story.owed.pk,
        "line_id": story.owed_line.pk,
        ("me_share_edit", "consent_id"): story.draft_consent.pk,
        ("me_share_strike", "consent_id"): story.draft_consent.pk,
        ("me_share_discard", "consent_id"): story.draft_consent.pk,
        ("sharing_edit", "consent_id"): story.draft_consent.pk,
        ("sharing_paper", "consent_id"): story.draft_consent.pk,
        ("offer_answer", "offer_id"): story.chosen_offer.pk,
        ("offer_not_now", "offer_id"): story.chosen_offer.pk,
        ("intake_edit", "episode_id"): story.intake_episode.pk,
        ("board_person_run", "episode_id"): story.waiting_episode.pk,
        ("board_person_order", "episode_id"): story.waiting_episode.pk,
        ("board_person_send", "episode_id"): story.waiting_episode.pk,
    }
