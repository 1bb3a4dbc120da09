"""Running the engine over those who wait, and changing by hand what it proposed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alongside.audit.actions import record
from alongside.council.checks import read_matching
from alongside.council.models import Policy
from alongside.council.queries import get_policy
from alongside.matching import missing_places
from alongside.matching.acting import as_coordinator
from alongside.matching.freeze import freeze
from alongside.matching.keeping import answer_of, keep
from alongside.matching.keeping_back import decide
from alongside.matching.models import Proposal, Run
from alongside.people.models import Episode, Program
from alongside.rules import matching as rules
from alongside.rules.matching.kept import Inputs, digest_answer
from alongside.rules.matching.rolling_policy import RollingPolicy
from alongside.web.meanwhile import Seen, check_seen
from alongside.workforce.models import PeerProfile

MOST_PROPOSED = 3
"""Peers proposed for one person: more faces at once are a catalog, not a choice (`rules.offers`)."""
NOBODY = "nobody."
"""Before a code: why nobody fits, rather than why a peer does."""


class PeerNotProposed(Exception):
    """This peer cannot be proposed to this person. Says `not_available` for every reason alike (D7)."""

    def __init__(self, peer: PeerProfile) -> None:
        super().__init__("not_available")
        self.peer, self.code = peer, "not_available"


class NotWaiting(Exception):
    """This person does not wait for a peer now."""


def run_matching(
    *,
    program: Program,
    by,
    episode: Episode | None = None,
    episodes: QuerySet[Episode] | None = None,
    due_on: date | None = None,
    rolling: RollingPolicy | None = None,
    now: datetime | None = None,
) -> Run:
    """Propose up to three peers for one who waits, for these who wait, or for all. Earlier proposals are replaced.

    Nobody fits: one proposal of rank 0 says what binds. What the run was given and answered is kept with it, so that
    it can be replayed. `due_on`: the day whose daily run this is. `rolling`: nobody is proposed where waiting is better
    by this policy. Raises `NotWaiting` for one who does not wait, IntegrityError where the day has its run.
    """
    by, now = as_coordinator(by), now or timezone.now()
    wanted = Episode.objects.filter(pk=episode.pk) if episode else Episode.objects if episodes is None else episodes
    waiting = list(wanted.filter(status="waiting"))
    if episode and not waiting:
        raise NotWaiting(episode.pk)
    policy = get_policy("matching")
    frozen = freeze(waiting, now=now)
    # Computed outside the transaction: a long run must not keep others from writing. Whoever stopped waiting
    # meanwhile is left out below, and a choice checks places and boundaries again anyway.
    inputs = Inputs.of(frozen.seekers, frozen.peers, read(policy), frozen.never | frozen.not_again, MOST_PROPOSED)
    result = inputs.solve()
    kept_back = {one.seeker_id for one in decide(result, inputs, rolling, now)} if rolling else set()
    more = {} if episode else missing_places.find(inputs, frozen.episodes)
    answer, counts = answer_of(result, inputs, more), _count(result, inputs) | {"kept_back": len(kept_back)}
    with transaction.atomic():
        ids = [one.pk for one in waiting]
        still = set(
            Episode.objects.select_for_update()
            .filter(pk__in=ids, status="waiting")
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        run = Run.objects.create(
            program=program, policy=policy, scope="one" if episode else "all", made_by_id=by.user_id, made_at=now,
            due_on=due_on, inputs_digest=result.digest, answer_digest=digest_answer(answer), stats=counts,
        )  # fmt: skip
        keep(run, inputs, answer)
        proposals = [one for one in _proposals(run, result, frozen.episodes, kept_back) if one.episode_id in still]
        _replace(still, proposals)
        record(act="run.made", by=by, object_kind="run", object_id=run.pk, reason=f"policy.{policy.version}")
    return run


def _count(result: rules.Result, inputs: Inputs) -> dict:
    """The figures of a run. What explains it brings NumPy, which a web process needs for nothing else."""
    from alongside.rules.matching.explained import explain

    return dict(result.stats) | explain(result, inputs).as_counts()


@transaction.atomic
def adjust_proposals(
    *, episode: Episode, peers: Sequence[PeerProfile], by, seen: Seen | None = None, now: datetime | None = None
) -> Run:  # fmt: skip
    """The coordinator decides who is proposed, in which order. An empty list proposes nobody for now.

    Hard constraints hold here too. Raises `PeerNotProposed` (never saying why, D7), `NotWaiting`, and
    `ChangedMeanwhile` when others are proposed now than the page showed.
    """
    by, now = as_coordinator(by), now or timezone.now()
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    if episode.status != "waiting":
        raise NotWaiting(episode.pk)
    proposed = Proposal.objects.filter(episode=episode, is_current=True, rank__gt=0).order_by("rank")
    stored = order_of(proposed.values_list("peer_id", flat=True))
    check_seen(seen, now={"order": stored}, wanted={"order": order_of(peer.pk for peer in peers)})
    policy = get_policy("matching")
    frozen = freeze([episode], now=now)
    listed = {peer.id: peer for peer in frozen.peers}
    wanted = list(dict.fromkeys(str(peer.pk) for peer in peers))
    found = rules.shortlist(
        frozen.seekers[0],
        [listed[one] for one in wanted if one in listed],
        read(policy),
        frozen.never,
        k=max(1, len(wanted)),
    )
    fits = {candidate.peer_id: candidate for candidate in found.candidates}
    for peer in peers:
        if str(peer.pk) not in fits:
            raise PeerNotProposed(peer)
    run = Run.objects.create(
        program_id=episode.program_id, policy=policy, scope="hand", made_by_id=by.user_id, made_at=now,
        inputs_digest="", stats={"proposed": len(wanted)},
    )  # fmt: skip
    _replace({episode.pk}, [_proposal(run, episode, fits[one], rank) for rank, one in enumerate(wanted, start=1)])
    record(act="run.made", by=by, subject=episode.person_id, object_kind="run", object_id=run.pk, reason="by_hand")
    return run


def order_of(peers: Iterable[object]) -> str:
    """Ids of peers as one text: in it, unlike in a list of choices, the order counts."""
    return " ".join(map(str, peers))


def read(policy: Policy) -> rules.Policy:
    """The engine's policy of an adopted version."""
    return read_matching(policy.values, version=f"matching.{policy.version}")


def _replace(episodes: Iterable, proposals: list[Proposal]) -> None:
    Proposal.objects.filter(episode__in=list(episodes), is_current=True).update(is_current=False)
    Proposal.objects.bulk_create(proposals, batch_size=500)


def _proposals(
    run: Run, result: rules.Result, episodes: dict[str, Episode], kept_back: Collection[str]
) -> Iterable[Proposal]:
    unmatched = {one.seeker_id: one for one in result.unmatched}
    for seeker_id, candidates in result.shortlists.items():
        if seeker_id in kept_back:
            continue
        episode = episodes[seeker_id]
        for candidate in candidates:
            yield _proposal(run, episode, candidate, candidate.rank)
        if not candidates:
            yield Proposal(
                program_id=run.program_id, run=run, episode=episode, rank=0, reasons=_what_binds(unmatched[seeker_id])
            )


def _proposal(run: Run, episode: Episode, candidate: rules.Candidate, rank: int) -> Proposal:
    reasons = [
        {"code": reason.code, "good": reason.for_, "params": plain(reason.params)} for reason in candidate.reasons
    ]
    return Proposal(
        program_id=run.program_id, run=run, episode=episode, peer_id=candidate.peer_id, rank=rank,
        score=f"{candidate.fit.milli / 1000:.3f}", reasons=reasons,
    )  # fmt: skip


def _what_binds(unmatched: rules.Unmatched) -> list[dict]:
    """What stands between, what refuses most first: how many peers, and how many whom nothing else would refuse."""
    if not unmatched.refused:
        return [{"code": f"{NOBODY}{unmatched.code}", "good": False, "params": {}}]
    alone = unmatched.refused_only_by
    ordered = sorted(unmatched.refused.items(), key=lambda item: (-alone.get(item[0], 0), -item[1], item[0]))
    return [
        {"code": f"{NOBODY}{code}", "good": False, "params": {"peers": count, "alone": alone.get(code, 0)}}
        for code, count in ordered
    ]


def plain(params) -> dict:
    """Params as JSON holds them: tuples become lists."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in params.items()}
