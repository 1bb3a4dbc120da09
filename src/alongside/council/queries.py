"""The policies in force, and their history."""

from .models import POLICY_KINDS, Policy


def get_policy(kind: str) -> Policy:
    """The version in force in the current program. A program gets its first versions when it is made."""
    return Policy.objects.filter(kind=kind).order_by("-version")[:1].get()


def list_policies_in_force() -> list[Policy]:
    """One policy of each kind, the newest version."""
    newest: dict[str, Policy] = {}
    for policy in Policy.objects.order_by("kind", "-version"):
        newest.setdefault(policy.kind, policy)
    return [newest[kind] for kind in POLICY_KINDS if kind in newest]


def list_versions(kind: str) -> list[Policy]:
    """All versions of one kind, newest first."""
    return list(Policy.objects.filter(kind=kind).select_related("adopted_by").order_by("-version"))
