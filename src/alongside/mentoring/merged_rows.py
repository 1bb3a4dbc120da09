"""What becomes of mentorships and what was written in them, when two records become one."""

from django.db.models import Q

from alongside.people.joining import FOLLOWS, MOVE, MOVE_LOCKED, OWN, Joining
from alongside.people.merged_rows import list_boundaries_of

from .models import OPEN_MENTORSHIPS, CalendarFeed, Contact, Mentorship, NoteDraft

RULES = {
    "mentoring.Mentorship.participant": MOVE_LOCKED,
    "mentoring.Mentorship.episode": FOLLOWS,
    "mentoring.Contact.participant": MOVE,
    "mentoring.Contact.author": MOVE,
    "mentoring.Contact.seen_by": MOVE,
    "mentoring.Addition.author": MOVE,
    "mentoring.Appointment.made_by": MOVE,
    "mentoring.Message.author": MOVE,
    "mentoring.NoteDraft.author": OWN,
    "mentoring.CalendarFeed.person": OWN,
}


def check(*, joining: Joining) -> None:
    """Handler of `persons_to_merge`. Which boundary stands in the way is not said (D7)."""
    both = joining.both
    as_peer = Q(peer__in=both) | Q(backup_peer__in=both)
    if Mentorship.objects.filter(as_peer, participant__in=both).exists():
        joining.refuse("one_supports_other")
    never = list_boundaries_of(*both)
    forbidden = Q(participant__in=both) & (Q(peer__in=never) | Q(backup_peer__in=never))
    forbidden |= as_peer & Q(participant__in=never)
    if Mentorship.objects.filter(forbidden, status__in=OPEN_MENTORSHIPS).exists():
        joining.refuse("not_together")
    with_kept = Contact.objects.filter(participant=joining.kept).values("submit_key")
    if Contact.objects.filter(participant=joining.gone, submit_key__in=with_kept).exists():
        joining.refuse("in_one_note")  # A note says that the two were there together.


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: one calendar address, and drafts under one name."""
    kept_feed, gone_feed = (CalendarFeed.objects.filter(person=one).first() for one in (joining.kept, joining.gone))
    if gone_feed and kept_feed:
        joining.delete(gone_feed)
    elif gone_feed:
        joining.change(gone_feed, person_id=joining.kept.pk)
    names = set(NoteDraft.objects.filter(author=joining.kept).values_list("name", flat=True))
    for draft in NoteDraft.objects.filter(author=joining.gone):
        if draft.name in names:
            joining.delete(draft)
        else:
            joining.change(draft, author_id=joining.kept.pk)
