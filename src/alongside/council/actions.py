"""Adopting a policy: a new version beside the old ones, never instead of them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record_all
from alongside.people.models import Program

from .checks import check_values
from .defaults import DEFAULT_VALUES
from .models import POLICY_KINDS, Policy


@transaction.atomic
def adopt_policy(
    *, program: Program, kind: str, values: dict, by, note: str = "", now: datetime | None = None
) -> Policy:
    """Adopt values as the next version; in force at once. Raises `PolicyInvalid` when the pure rule refuses them."""
    check_values(kind, values)
    # Two versions adopted at the same moment are numbered in turn.
    Program.objects.select_for_update().get(pk=program.pk)
    newest = Policy.objects.filter(program=program, kind=kind).aggregate(newest=Max("version"))["newest"] or 0
    policy = Policy(
        program=program,
        kind=kind,
        version=newest + 1,
        values=values,
        note=note,
        adopted_at=now or timezone.now(),
        adopted_by_id=by.user_id,
    )
    policy.save(force_insert=True)
    record_all([_entry(policy, by)])
    return policy


@transaction.atomic
def adopt_first_policies(program: Program, by, *, now: datetime | None = None) -> list[Policy]:
    """Give a new program its first version of each kind of policy (`defaults`); kinds it already has stay."""
    moment = now or timezone.now()
    with scope(program=program):
        Program.objects.select_for_update().get(pk=program.pk)
        has = set(Policy.objects.filter(program=program).values_list("kind", flat=True))
        first = [
            Policy(
                program=program,
                kind=kind,
                version=1,
                values=DEFAULT_VALUES[kind],
                adopted_at=moment,
                adopted_by_id=by.user_id,
            )
            for kind in POLICY_KINDS
            if kind not in has
        ]
        for policy in first:
            check_values(policy.kind, policy.values)
        Policy.objects.bulk_create(first)
        record_all([_entry(policy, by) for policy in first])
    return first


def _entry(policy: Policy, by) -> dict:
    """What the log says of an adopted version."""
    reason = f"{policy.kind}.{policy.version}"
    return {
        "act": "policy.adopted", "by": by, "object_kind": "policy", "object_id": policy.pk, "reason": reason
    }  # fmt: skip
