"""The policies in force, and their history."""

from typing import Any

from django.db.models import QuerySet

from alongside.people.prepared import ask
from alongside.rules.cadence import CadencePolicy

from .models import POLICY_KINDS, Policy


def get_policy(kind: str) -> Policy:
    """The version in force in the current program. A program gets its first versions when it is made."""
    return Policy.objects.filter(kind=kind).order_by("-version")[:1].get()


def _newest_values(kind: str) -> QuerySet:
    return Policy.objects.filter(kind=kind).order_by("-version").values("values")[:1]


def get_policy_values(kind: str) -> dict[str, Any]:
    """What the version in force says, alone: for the pages that are opened most. A plain JSON object, as adopted.

    Raises `Policy.DoesNotExist`, as `get_policy` does.
    """
    for row in ask(_newest_values, kind):
        return row.values
    raise Policy.DoesNotExist(kind)


def get_cadence_policy() -> CadencePolicy:
    """How often a peer and somebody are in touch, and what brings them closer: asked for by several rooms."""
    return CadencePolicy.from_values(get_policy_values("cadence"))


def list_policies_in_force() -> list[Policy]:
    """One policy of each kind, the newest version."""
    newest: dict[str, Policy] = {}
    for policy in Policy.objects.order_by("kind", "-version"):
        newest.setdefault(policy.kind, policy)
    return [newest[kind] for kind in POLICY_KINDS if kind in newest]


def list_versions(kind: str) -> list[Policy]:
    """All versions of one kind, newest first."""
    return list(Policy.objects.filter(kind=kind).select_related("adopted_by").order_by("-version"))
