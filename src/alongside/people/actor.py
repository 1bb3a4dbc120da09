"""Who is acting, in which program, in which roles: a plain value that every query and action takes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django_scopes import scopes_disabled

from alongside.rules.access import SUPPORT

from .models import Membership, Person, Program, SupportGrant

STAFF_ROLES = frozenset({"supervisor", "coordinator", "director", "administrator"})
BY_RELATION = frozenset({"participant", "peer", "supervisor"})
"""Roles that see what is theirs: their own record, their own mentorships, their own peers."""
SPOKEN_ROLE_ORDER = ("coordinator", "supervisor", "director", "peer", "administrator", "council", "participant",
                     SUPPORT)  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """One account acting in one program. A visitor has no ids and no roles."""

    user_id: UUID | None = None
    person_id: UUID | None = None
    program_id: UUID | None = None
    roles: frozenset[str] = frozenset()
    second_factor: bool = False
    support_id: UUID | None = None
    """The grant by which somebody from outside helps here now."""
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
    """The programs in which this account holds a role, or helps now, by name."""
    with scopes_disabled():  # an account may serve more than one program
        helped = live_support(user).values("program_id")
    return list(Program.objects.filter(Q(memberships__user=user) | Q(pk__in=helped)).distinct().order_by("name"))


def live_support(user=None, now: datetime | None = None) -> QuerySet[SupportGrant]:
    """The grants by which an account, or any, may help at this moment. Call it where scopes are off."""
    now = now or timezone.now()
    live = SupportGrant.objects.filter(ended_at=None, from_at__lte=now, until_at__gt=now)
    return live if user is None else live.filter(account=user)


def _choose_support(user, wanted_program_id: str | None, held: set[UUID]) -> SupportGrant | None:
    """The grant by which they act: that of the wanted program; for who has no role at all, else the one given first.

    A role in a program comes before help from outside.
    """
    if wanted_program_id in {str(one) for one in held} or (held and wanted_program_id is None):
        return None
    with scopes_disabled():
        found = list(live_support(user).exclude(program_id__in=held).select_related("program").order_by("from_at"))
    wanted = (one for one in found if str(one.program_id) == wanted_program_id)
    return next(wanted, None if held else next(iter(found), None))


def roles_anywhere(user) -> frozenset[str]:
    """The roles of an account in all its programs: the strictest decides how long a session lasts.

    Who helps from outside now counts as that, in the same query.
    """
    held = Membership.objects.filter(user=user).order_by().values_list("role")
    with scopes_disabled():
        helping = live_support(user).order_by().values_list(Value(SUPPORT, output_field=CharField()))
        return frozenset(role for (role,) in held.union(helping))


def get_actor(user, wanted_program_id: str | None = None) -> tuple[Actor, Program | None]:
    """The actor for this account in the wanted program, or in its oldest one. Two queries, on every request (D4).

    Who has no role in the wanted program, or none at all, may help there from outside while a director's grant lives:
    one query more, and nothing is remembered of it.
    """
    if not user.is_authenticated or not user.is_active:
        return VISITOR, None
    memberships = list(
        Membership.objects.filter(user=user)
        .select_related("program")
        .annotate(is_kept_out=Exists(_kept_out_of(OuterRef("program_id"), user)))
        .order_by("program__created_at", "role")
    )
    if support := _choose_support(user, wanted_program_id, {m.program_id for m in memberships}):
        helper = Actor(
            user_id=user.pk, program_id=support.program_id, roles=frozenset({SUPPORT}), support_id=support.pk
        )
        return helper, support.program
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
