"""Who is acting, in which program, in which roles: a plain value that every query and action takes."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django_scopes import scopes_disabled

from .models import Membership, Person, Program

STAFF_ROLES = frozenset({"supervisor", "coordinator", "director", "administrator"})
BY_RELATION = frozenset({"participant", "peer", "supervisor"})
"""Roles that see what is theirs: their own record, their own mentorships, their own peers."""
SPOKEN_ROLE_ORDER = ("coordinator", "supervisor", "director", "peer", "administrator", "council", "participant")


@dataclass(frozen=True)
class Actor:
    """One account acting in one program. A visitor has no ids and no roles."""

    user_id: UUID | None = None
    person_id: UUID | None = None
    program_id: UUID | None = None
    roles: frozenset[str] = frozenset()
    second_factor: bool = False
    kept_out: frozenset[UUID] = frozenset()
    """People whose record is kept from this account, by their own wish that the program agreed to (`kept_out`)."""

    @property
    def role(self) -> str:
        """The role that the audit entry names."""
        return next((role for role in SPOKEN_ROLE_ORDER if role in self.roles), "visitor")

    def has(self, *roles: str) -> bool:
        """Whether the actor holds any of these roles here."""
        return not self.roles.isdisjoint(roles)

    @property
    def moves_as(self) -> str:
        """The kind of actor that the state tables know (`rules.lifecycles`)."""
        if self.roles & STAFF_ROLES:
            return "staff"
        return "peer" if "peer" in self.roles else "participant" if "participant" in self.roles else "visitor"


@dataclass(frozen=True)
class SystemActor:
    """The house itself: a job that lapses an offer, the import on the command line."""

    program_id: UUID | None = None
    user_id: None = None
    person_id: None = None
    role: str = "system"
    roles: frozenset[str] = frozenset({"coordinator"})
    moves_as: str = "system"

    def has(self, *roles: str) -> bool:
        """The house acts with a coordinator's rights, and the log says that it was the house."""
        return not self.roles.isdisjoint(roles)


VISITOR = Actor()


def get_programs_of(user) -> list[Program]:
    """The programs in which this account holds a role, by name."""
    return list(Program.objects.filter(memberships__user=user).distinct().order_by("name"))


def get_actor(user, wanted_program_id: str | None = None) -> tuple[Actor, Program | None]:
    """The actor for this account in the wanted program, or in its oldest one. Two queries, on every request (D4)."""
    if not user.is_authenticated or not user.is_active:
        return VISITOR, None
    memberships = list(
        Membership.objects.filter(user=user)
        .select_related("program")
        .annotate(is_kept_out=Exists(_kept_out_of(OuterRef("program_id"), user)))
        .order_by("program__created_at", "role")
    )
    if not memberships:
        return Actor(user_id=user.pk), None
    program = next((m.program for m in memberships if str(m.program_id) == wanted_program_id), memberships[0].program)
    roles = frozenset(m.role for m in memberships if m.program_id == program.pk)
    with scopes_disabled():  # the scope is not known before this very query
        person_id = Person.objects.filter(program=program, user=user).values_list("pk", flat=True).first()
        kept_out = frozenset()
        if any(m.is_kept_out for m in memberships if m.program_id == program.pk):
            kept_out = frozenset(_kept_out_of(program.pk, user).values_list("pk", flat=True))
    if person_id is None:
        # Their reach is a relation of the person. Without one, "mine" would read as "nobody's" in each query (IS NULL).
        roles -= BY_RELATION
    return Actor(user.pk, person_id, program.pk, roles, kept_out=kept_out), program


def _kept_out_of(program_id, user) -> QuerySet[Person]:
    """Those of a program who asked, and were agreed with, that this account does not see their record (§2.26).

    The wish belongs to a floor above, so the way there is by name, from the person.
    """
    wishes = {"restrictions__status": "agreed", "restrictions__readers__account": user}
    return Person._base_manager.filter(program_id=program_id, **wishes).exclude(user=user).distinct()
