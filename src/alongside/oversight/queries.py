"""A week's list as one reader may see it: never their own rows, and names only of people they may open."""

from datetime import date

from alongside.people.kept_out import list_kept_out
from alongside.people.models import Membership, Person, User
from alongside.privacy.queries import list_participants_visible_to

from .models import Unusual, Week

WEEKS = 12
"""Weeks that the page leads to."""


def list_weeks() -> list[Week]:
    """The latest lists, the newest first."""
    return list(Week.objects.order_by("-begins_on")[:WEEKS])


def get_week(weeks: list[Week], wanted: str) -> Week | None:
    """The list of the week that was asked for, else the newest."""
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        day = None
    return next((one for one in weeks if one.begins_on == day), weeks[0] if weeks else None)


def list_rows(week: Week, actor) -> list[Unusual]:
    """Its rows without those about the actor: another one looks at these (nobody reviews themself)."""
    found = Unusual.objects.filter(week=week).exclude(reader=actor.user_id)
    if actor.person_id:
        found = found.exclude(reader_person=actor.person_id)
    # A row names a person by an id alone, which no manager knows: it is left out here (B7).
    found = found.exclude(person__in=list_kept_out())
    return list(found.order_by("number"))


def name_readers(rows: list[Unusual]) -> dict:
    """Account to the name to show: of its person, else its user name. Only accounts of this program."""
    ids = {row.reader for row in rows}
    names = {user.pk: user.username for user in User.objects.filter(pk__in=ids).only("username")}
    people = Person.objects.filter(user_id__in=ids).only("user_id", "goes_by")
    names |= {person.user_id: person.goes_by for person in people}
    here = set(Membership.objects.filter(user_id__in=ids).values_list("user_id", flat=True))
    return {pk: name for pk, name in names.items() if pk in here}


def name_people(rows: list[Unusual], actor) -> dict:
    """Participant to name, of those whose record the actor may open anyway; of others nothing is told."""
    ids = {row.person for row in rows if row.person}
    visible = list_participants_visible_to(actor).filter(pk__in=ids)
    return dict(visible.values_list("pk", "goes_by"))
