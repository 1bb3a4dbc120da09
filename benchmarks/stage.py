"""Who asks for the pages: accounts of the made program, signed in now. `python -m benchmarks.stage` prints them."""

import json

import django

SHARED = 32
"""At most so many accounts of a role: one for each connection of the load."""
WORD = "ma"
"""Searched for: a part of a name that fills a page of results at every size."""
TOKEN = "a" * 32
"""The CSRF token in cookie and form; that they must be the same is tested elsewhere."""


def set_stage() -> dict[str, list[dict]]:
    """For each role its accounts: a session, and the participant whose record a peer opens."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone
    from django_scopes import scope

    from alongside.people.models import Program
    from alongside.people.row_counts import count_rows

    count_rows(timezone.now())  # as the worker does every day
    Session.objects.all().delete()
    program = Program.objects.get(slug="riverside")
    with scope(program=program):
        return {"": [{}], "peer": _peers()} | {
            role: _staff(program, role) for role in ("coordinator", "director", "supervisor")
        }


def _peers() -> list[dict]:
    """The busiest peers, each with the person of theirs about whom most was written."""
    from django.db.models import Count

    from alongside.mentoring.models import Mentorship
    from alongside.workforce.models import PeerProfile

    from .population.staff import sign_in

    busy = PeerProfile.objects.filter(person__user__isnull=False).select_related("person__user")
    busy = list(busy.order_by("-places_taken", "pk")[:SHARED])
    most = max(peer.places_taken for peer in busy)
    busy = [peer for peer in busy if peer.places_taken > most // 2]
    found = []
    for peer, session in zip(busy, sign_in([peer.person.user for peer in busy]), strict=True):
        walks = Mentorship.objects.filter(peer=peer, status="active").annotate(many=Count("contacts"))
        first, *others = walks.order_by("-many", "pk").values_list("participant_id", flat=True)
        # Notes go to the others in turn: nobody writes a thousand about one person, and the record stays as it is.
        found.append({"session": session, "record": str(first), "notes": [str(each) for each in others]})
    return found


def _staff(program, role: str) -> list[dict[str, str]]:
    """Accounts of a role, with a word to search for."""
    from alongside.people.models import User

    from .population.staff import NAMED, sign_in

    users = User.objects.filter(memberships__program=program, memberships__role=role, username__startswith=NAMED)
    # The last supervisor may have fewer than twelve peers.
    users = list(users.order_by("username")[:SHARED])
    users = users[:-1] if role == "supervisor" and len(users) > 1 else users
    return [{"session": session, "word": WORD} for session in sign_in(users)]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(set_stage()))
