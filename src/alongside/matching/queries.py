"""What may be read about the waiting list, a person's offers, and the offers a peer is asked about."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast

from alongside.council.queries import get_policy
from alongside.intake.models import Preference
from alongside.people.models import Episode
from alongside.people.prepared import Pages, ask, plain
from alongside.rules import matching as rules
from alongside.workforce.models import PeerProfile

from .actions.runs import read
from .freeze import NOT_COMPARED, freeze
from .models import Offer, Proposal, Round

ON_BOARD = ("waiting", "offered")
MORE_PEERS = 6
"""How many further peers a person's page lists beyond the proposed ones."""


class Board(Pages):
    """Who waits or is choosing, the most urgent and longest waiting first: plain rows with all that the list shows.

    `show`: `all`, `new` (nothing proposed yet), `ready` (proposed, not sent), `nobody` (nobody fits), `sent`, `asked`
    (a peer is thinking), `back` (offers came back). `name` is a folded part of the name they go by. Somebody of the
    staff who waits is not on the list they read themself: like everybody, they see their own on their own pages.
    A slice is one page of it, in five queries. `many`: how many there are without a name, where that is known.
    """

    def __init__(self, actor, show: str = "all", name: str = "", many: int | None = None) -> None:
        super().__init__(_board, show, but=actor.person_id)
        self._many = many
        self._named = None
        if name:
            self._named = _board(show, actor.person_id).filter(person__goes_by_search__contains=name)

    def __len__(self) -> int:
        if self._named is not None:
            return self._named.count()
        return super().__len__() if self._many is None else self._many

    def __getitem__(self, part):
        """The rows of a slice, each with `musts`, current proposals (`to_propose`) and rounds (`all_rounds`)."""
        if self._named is not None:
            return _with_parts(plain(_rows_of(_in_order(self._named)[part])))
        return _with_parts(ask(_board_page, part.start or 0, part.stop, *self._query[1:], **self._values))


def _board(show: str, but) -> QuerySet[Episode]:
    current = Proposal.objects.filter(episode=OuterRef("pk"), is_current=True)
    rounds = Round.objects.filter(episode=OuterRef("pk"))
    asked = Offer.objects.filter(episode=OuterRef("pk"), status="chosen")
    came_back = rounds.filter(status="returned", ended_at__gte=OuterRef("waiting_since"))
    filters = {
        "all": Q(),
        "new": Q(status="waiting") & ~Exists(current),
        "ready": Q(status="waiting") & Exists(current.filter(rank__gt=0)),
        "nobody": Q(status="waiting") & Exists(current.filter(rank=0)),
        "sent": Q(status="offered") & ~Exists(asked),
        "asked": Q(status="offered") & Exists(asked),
        "back": Q(status="waiting") & Exists(came_back),
    }
    return _on_board(but).filter(filters[show])


def _board_page(start: int, stop: int, show: str, but) -> QuerySet:
    return _rows_of(_in_order(_board(show, but))[start:stop])


def _in_order(episodes: QuerySet[Episode]) -> QuerySet[Episode]:
    return episodes.order_by("-urgency", F("waiting_since").asc(nulls_last=True), "pk")


def _rows_of(page: QuerySet[Episode]) -> QuerySet:
    """What the list shows of a page of it. The page is found first, by the episodes alone: sorting all who wait with
    their people and wishes costs five times as much."""
    return _in_order(Episode.objects.filter(pk__in=page.values("pk"))).values(
        "id", "person_id", "status", "kind", "urgency", "waiting_since", "person__goes_by", "person__language",
        "wishes__id", "wishes__needs", "wishes__pathways", "wishes__languages",
    )  # fmt: skip


def _musts_of(episodes) -> QuerySet:
    musts = Preference.objects.filter(strength="must", wishes__episode__in=episodes)
    return musts.order_by("feature", "value").values("wishes__episode_id", "feature", "value")


def _proposals_of(episodes) -> QuerySet:
    found = Proposal.objects.filter(is_current=True, episode__in=episodes).order_by("rank")
    # Reasons as the stored text: many are alike, and each is read and spoken once (`reasons.speak_stored`).
    return found.values("episode_id", "rank", "score", "peer__person__goes_by", as_text=Cast("reasons", TextField()))


def _rounds_of(episodes) -> QuerySet:
    return (
        Round.objects.filter(episode__in=episodes)
        .order_by("-sent_at")
        .values("id", "episode_id", "status", "sent_at", "choose_by", "you_choose", "return_reason")
    )


def _asked_of(episodes) -> QuerySet:
    return (
        Offer.objects.filter(status="chosen", round__episode__in=episodes)
        .order_by("rank")
        .values("round_id", "status", "chosen_at", "answer_by", "recorded_via", "peer__person__goes_by")
    )


def _with_parts(rows: list) -> list:
    """The rows with what belongs to each, in four more queries."""
    by_id = {row.id: row for row in rows}
    for row in rows:
        row.musts, row.to_propose, row.all_rounds = [], [], []
    ids = list(by_id)
    for must in ask(_musts_of, episodes=ids):
        by_id[must.wishes.episode_id].musts.append(must)
    for proposal in ask(_proposals_of, episodes=ids):
        proposal.reasons = proposal.as_text
        by_id[proposal.episode_id].to_propose.append(proposal)
    rounds = {}
    for one in ask(_rounds_of, episodes=ids):
        one.in_order = []
        rounds[one.id] = one
        by_id[one.episode_id].all_rounds.append(one)
    for offer in ask(_asked_of, episodes=ids):
        rounds[offer.round_id].in_order.append(offer)
    return rows


def _on_board_for(actor) -> QuerySet[Episode]:
    """Who is on the board for this actor: everybody but themself."""
    return _on_board(actor.person_id)


def _on_board(but) -> QuerySet[Episode]:
    return Episode.objects.filter(status__in=ON_BOARD).exclude(person_id=but)


def with_board_rows(episodes: QuerySet[Episode]) -> QuerySet[Episode]:
    """Whole episodes with person, wishes, current proposals (`to_propose`) and rounds (`all_rounds`)."""
    peer_person = ("peer__person",)
    hidden = [f"peer__person__{name}" for name in NOT_COMPARED] + ["peer__story", "peer__limits_words"]
    proposals = (
        Proposal.objects.filter(is_current=True)
        .select_related("run", *peer_person)
        .defer(*hidden, "peer__person__birth_date")
        .order_by("rank")
    )
    offers = Offer.objects.select_related(*peer_person).defer(*hidden, "peer__person__birth_date").order_by("rank")
    rounds = Round.objects.order_by("-sent_at").prefetch_related(
        Prefetch("offers", queryset=offers, to_attr="in_order")
    )
    return (
        episodes.select_related("person", "program", "wishes", "site")
        .defer(*(f"person__{name}" for name in NOT_COMPARED), "wishes__staff_notes", "wishes__own_words")
        .prefetch_related(
            Prefetch("wishes__preferences", queryset=Preference.objects.order_by("strength", "feature", "value")),
            Prefetch("proposals", queryset=proposals, to_attr="to_propose"),
            Prefetch("rounds", queryset=rounds, to_attr="all_rounds"),
        )
    )


def get_on_board(actor, episode_id) -> Episode | None:
    """One person of the board, with the same rows; None for the actor themself and for anybody who is not on it."""
    episode = with_board_rows(_on_board_for(actor).filter(pk=episode_id)).first()
    if episode is not None:
        wishes = getattr(episode, "wishes", None)
        episode.musts = [one for one in wishes.preferences.all() if one.strength == "must"] if wishes else []
    return episode


def _board_counts(but) -> QuerySet:
    return _on_board(but).order_by().values("status").annotate(many=Count("pk")).values("status", "many")


def count_waiting(actor) -> dict[str, int]:
    """How many wait, and how many are choosing, of those on the actor's board."""
    found = {row.status: row.many for row in ask(_board_counts, but=actor.person_id)}
    return dict.fromkeys(ON_BOARD, 0) | found


def list_more_peers(episode: Episode, *, besides: Sequence, now: datetime) -> list[tuple[PeerProfile, rules.Candidate]]:
    """Peers who would fit too, best first, beyond those already proposed."""
    frozen = freeze([episode], now=now)
    others = [peer for peer in frozen.peers if peer.id not in {str(peer_id) for peer_id in besides}]
    never = frozen.never | frozen.not_again
    found = rules.shortlist(frozen.seekers[0], others, read(get_policy("matching")), never, k=MORE_PEERS)
    profiles = {str(peer.pk): peer for peer in list_named_peers().filter(pk__in=[c.peer_id for c in found.candidates])}
    return [(profiles[candidate.peer_id], candidate) for candidate in found.candidates]


def list_named_peers() -> QuerySet[PeerProfile]:
    """Every peer who has not left, by the name they go by: for choosing by hand."""
    return (
        PeerProfile.objects.exclude(status="left")
        .select_related("person")
        .defer("story", "limits_words", *(f"person__{name}" for name in NOT_COMPARED), "person__birth_date")
        .order_by("person__goes_by_search", "pk")
    )


# --- the participant ------------------------------------------------------------------------------------------------
def get_own_episode(actor) -> Episode | None:
    """The open episode of the acting participant, with their wishes."""
    own = Episode.objects.filter(person_id=actor.person_id).exclude(status="closed")
    return own.select_related("person", "program", "wishes").first()


def get_latest_round(episode: Episode) -> Round | None:
    """The newest round of this wait, open or ended, with its offers in order (`in_order`)."""
    hidden = [f"peer__person__{name}" for name in NOT_COMPARED]
    offers = Offer.objects.select_related("peer__person", "episode__person").defer(*hidden).order_by("rank")
    rounds = Round.objects.filter(episode=episode).select_related("episode__person")
    if episode.waiting_since:
        rounds = rounds.filter(sent_at__gte=episode.waiting_since)
    return rounds.order_by("-sent_at").prefetch_related(Prefetch("offers", queryset=offers, to_attr="in_order")).first()


def get_own_offer(actor, offer_id) -> Offer | None:
    """One offer of the acting participant's own rounds, or None: the caller answers 404."""
    return (
        Offer.objects.filter(episode__person_id=actor.person_id, pk=offer_id)
        .select_related("round", "episode__person", "peer__person")
        .first()
    )


# --- the peer -------------------------------------------------------------------------------------------------------
def list_asked_of(actor) -> QuerySet[Offer]:
    """Offers that wait for the acting peer's answer, the one whose time ends first on top."""
    return (
        Offer.objects.filter(peer_id=actor.person_id, status="chosen", round__status="open")
        .select_related("episode__person", "episode__wishes", "episode__program", "peer")
        .defer(*(f"episode__person__{name}" for name in NOT_COMPARED), "episode__wishes__own_words")
        .order_by("answer_by", "pk")
    )


def get_offer_asked_of(actor, offer_id) -> Offer | None:
    """One offer that the acting peer was asked about, answered or not; None for any other."""
    return (
        Offer.objects.filter(peer_id=actor.person_id, pk=offer_id, chosen_at__isnull=False)
        .select_related("episode__person", "peer", "round")
        .first()
    )
