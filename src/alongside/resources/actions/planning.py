"""What a list would do to the directory: compared with what is known of its feed, by identity and digest."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from alongside.resources.models import Feed, Leftover, Resource
from alongside.rules.resources import Document, Package
from alongside.rules.resources.twins import world_id

from .twins import shared_ids


@dataclass
class Plan:
    """`held`: changed in the list and mended here, so it waits. `back`: listed again, as it was. `shared`: how many
    of the list another list has too."""

    new: list[Document] = field(default_factory=list)
    changed: list[tuple[UUID, Document]] = field(default_factory=list)
    held: list[tuple[UUID, Document]] = field(default_factory=list)
    back: list[tuple[UUID, Document]] = field(default_factory=list)
    vanished: list[UUID] = field(default_factory=list)
    same: int = 0
    shared: int = 0
    new_leftovers: list[tuple[str, Document]] = field(default_factory=list)
    changed_leftovers: list[tuple[UUID, Document]] = field(default_factory=list)
    gone_leftovers: list[UUID] = field(default_factory=list)

    @property
    def documents(self) -> Iterator[Document]:
        """All that would be written of services."""
        yield from self.new
        for _key, document in (*self.changed, *self.held, *self.back):
            yield document

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, for people to read."""
        return {
            "new": len(self.new), "changed": len(self.changed) + len(self.back), "held": len(self.held),
            "vanished": len(self.vanished), "same": self.same,
        }  # fmt: skip


def make_plan(feed: Feed, package: Package, *, is_whole: bool) -> Plan:
    """Compare. A row that was refused does not vanish: it is in the list, only not as it should be."""
    plan = Plan()
    known = {row[0]: row[1:] for row in Resource.objects.filter(feed=feed).values_list(
        "identity", "pk", "digest", "is_listed", "mended_at")}  # fmt: skip
    for document in package.services:
        if (before := known.pop(document.identity, None)) is None:
            plan.new.append(document)
            continue
        key, digest, is_listed, mended_at = before
        if digest == document.digest:
            if is_listed:
                plan.same += 1
            else:
                plan.back.append((key, document))
        elif mended_at:
            plan.held.append((key, document))
        else:
            plan.changed.append((key, document))
    if is_whole:
        kept = {document.identity for document in package.refused}
        plan.vanished = [key for identity, (key, _digest, is_listed, _at) in known.items()
                         if is_listed and identity not in kept]  # fmt: skip
    _plan_leftovers(plan, feed, package, is_whole=is_whole)
    ids = [world_id(document.identity) for document in package.services]
    plan.shared = len(shared_ids(ids, besides=Resource.objects.filter(feed=feed).values("pk")))
    return plan


def _plan_leftovers(plan: Plan, feed: Feed, package: Package, *, is_whole: bool) -> None:
    known = {row[:2]: row[2:] for row in Leftover.objects.filter(feed=feed).values_list(
        "table", "identity", "pk", "digest")}  # fmt: skip
    for identity, document in name_leftovers(package):
        before = known.pop((document.table, identity), None)
        if before is None:
            plan.new_leftovers.append((identity, document))
        elif before[1] != document.digest:
            plan.changed_leftovers.append((before[0], document))
    if is_whole:
        plan.gone_leftovers = [key for key, _digest in known.values()]


def name_leftovers(package: Package) -> Iterator[tuple[str, Document]]:
    """Each with an identity of its own: where two rows share an id, the second is known by its digest as well."""
    seen: set[tuple[str, str]] = set()
    for document in package.others:
        identity = document.identity[:200]
        if (document.table, identity) in seen:
            identity = f"{identity}~{document.digest}"
            if (document.table, identity) in seen:
                continue  # the very same row twice is one
        seen.add((document.table, identity))
        yield identity, document
