"""Carrying out planned rows, many in few statements, by the same rules as one: inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.intake.actions.wishes import (
    KEPT_WISHES,
    Wish,
    build_preference,
    check_wishes,
    note_intake_done,
    note_wishes,
)
from alongside.intake.models import Roster, Wishes
from alongside.people.actions.episodes import apply_move, build_episode, note_moved, note_opened
from alongside.people.actions.persons import (
    apply_to_person,
    apply_values,
    build_person,
    note_person,
    note_safe_contact,
)
from alongside.people.models import Episode, Person, SafeContact, Site
from alongside.rules import roster as rules
from alongside.workforce.actions import apply_to_peer, build_peer, note_peer, note_peer_made
from alongside.workforce.models import PeerProfile

from .batch import Batch
from .known import PEER_FIELD, PERSON_FIELDS, SAFE_FIELDS, WISH_FIELD, may_supervise
from .plan import BECOMES_PEER, COMES_BACK, Planned

INTERFACE_LANGUAGES = ("en", "es")


class Loaded:
    """The people whom some rows change, with their rows, locked. Six queries at most."""

    def __init__(self, ids: Iterable[str], kind: str) -> None:
        ids = sorted(ids)
        self.people = {str(one.pk): one for one in _locked(Person, pk__in=ids).select_related("program")}
        self.safe = {one.person_id: one for one in _locked(SafeContact, person__in=ids)}
        self.peers = {one.pk: one for one in _locked(PeerProfile, pk__in=ids)} if kind == rules.PEERS else {}
        self.open: dict[UUID, Episode] = {}
        self.latest: dict[UUID, Episode] = {}
        self.wishes: dict[UUID, Wishes] = {}
        if kind == rules.PARTICIPANTS and ids:
            for episode in _locked(Episode, person__in=ids).order_by("closed_at", "pk"):
                (self.latest if episode.status == "closed" else self.open)[episode.person_id] = episode
            asked = [one.pk for one in (*self.open.values(), *self.latest.values())]
            wishes = _locked(Wishes, episode__in=asked).prefetch_related("preferences")
            self.wishes = {one.episode_id: one for one in wishes}


def _locked(model, **wanted):
    return model.objects.select_for_update(of=("self",)).filter(**wanted).order_by("pk")


class Writer:
    """Writes rows of one roster; what several need is read once."""

    def __init__(self, roster: Roster, by, now: datetime) -> None:
        self.roster, self.by, self.now, self.program = roster, by, now, roster.program
        self.zone = ZoneInfo(roster.program.time_zone)
        self.sites = {site.name: site for site in Site.objects.all()}
        self.supervisors = (
            {person.goes_by: person for person in may_supervise(Person.objects.filter(program=roster.program))}
            if roster.kind == rules.PEERS
            else {}
        )

    def write_all(self, rows: Sequence[Planned]) -> tuple[dict[int, Person], dict[int, list]]:
        """Do what these rows promised: the person of each row that made or changed one, and each row's journal."""
        self.batch = Batch()
        self.loaded = Loaded({row.person_id for row in rows if row.person_id}, self.roster.kind)
        people = {row.number: self.write(row) for row in rows}
        return {number: one for number, one in people.items() if one is not None}, self.batch.save()

    def write(self, row: Planned) -> Person | None:
        """Add one row to the batch; None for a row that does nothing."""
        if row.outcome not in (rules.CREATE, rules.UPDATE):
            return None
        new = {about: value for about, (_old, value) in row.changes.items()}
        # Whoever is gone meanwhile is not made anew: looking again before writing has told.
        person = self.loaded.people[row.person_id] if row.person_id else None
        if self.roster.kind == rules.PEERS:
            return self._peer(row, person, new)
        return self._participant(row, person, new)

    def _participant(self, row: Planned, person: Person | None, new: Mapping[str, object]) -> Person:
        is_new = person is None
        person = self._person(row, person, new)
        self._set_safe_contact(row, person, _safe_contact(new, row.values))
        if not is_new and not row.effect:
            episode = self.loaded.open.get(person.pk)
            if episode is not None:
                self._change_episode(row, episode, new)
                self._ask(row, episode, _wish_values(new), _wanted(new))
            return person
        came = row.effect == COMES_BACK
        earlier = self.loaded.latest.get(person.pk) if came else None
        opened = self._moment(row.values.get("started_on"))
        site = self.sites.get(str(row.values.get("site"))) or self.roster.site
        episode = build_episode(
            person=person, kind=str(row.values.get("kind") or "own_recovery"), source="return" if came else "roster",
            site=(earlier.site if earlier else None) if came else site, now=opened,
        )  # fmt: skip
        self.batch.make(row.number, episode)
        self.batch.note(note_opened(episode, self.by))
        self._move(episode, "intake", opened)
        wishes, wanted = _wish_values(row.values), _wanted(row.values)
        if before := self.loaded.wishes.get(earlier.pk) if earlier else None:
            # What they asked for last time is the start of this one.
            wishes = {**{name: getattr(before, name) for name in KEPT_WISHES}, **wishes}
            if wanted is None:
                wanted = {Wish(one.feature, one.value, one.strength) for one in before.preferences.all()}
        self._ask(row, episode, wishes, wanted, at_least=True)
        self._move(episode, "waiting", opened)
        self.batch.note(note_intake_done(episode, self.by))
        return person

    def _person(self, row: Planned, person: Person | None, new: Mapping[str, object]) -> Person:
        if person is None:
            person, safe, given = build_person(program=self.program, from_list=self.roster.pk, **_person_values(new))
            self.batch.make(row.number, person)
            self.batch.make(row.number, safe)
            self.loaded.safe[person.pk] = safe
            self.batch.note(note_person("person.created", person, self.by, given))
            return person
        self.batch.watch(row.number, person)
        if changed := apply_to_person(person, _person_values(new, known=True)):
            self.batch.note(note_person("person.changed", person, self.by, changed))
        self.batch.watch(row.number, self.loaded.safe[person.pk])
        return person

    def _set_safe_contact(self, row: Planned, person: Person, values: dict[str, object]) -> None:
        safe = self.loaded.safe[person.pk]
        if changed := apply_values(safe, values):
            self.batch.note(note_safe_contact(safe, self.by, changed))

    def _move(self, episode: Episode, to: str, now: datetime) -> None:
        apply_move(episode, to, by=self.by, now=now)
        self.batch.note(note_moved(episode, self.by))

    def _change_episode(self, row: Planned, episode: Episode, new: Mapping[str, object]) -> None:
        self.batch.watch(row.number, episode)
        values = {"kind": str(new["kind"])} if "kind" in new else {}
        if "site" in new:
            values["site"] = self.sites[str(new["site"])]
        if changed := apply_values(episode, values):
            self.batch.note({**note_opened(episode, self.by), "act": "episode.changed", "fields": changed})

    def _ask(
        self, row: Planned, episode: Episode, values: dict, wanted: set[Wish] | None, *, at_least: bool = False
    ) -> None:  # fmt: skip
        """Set what somebody asks for; with `at_least` there is a row of wishes even where nothing is asked."""
        if not values and wanted is None and not at_least:
            return
        check_wishes(values)
        wishes = self.loaded.wishes.get(episode.pk)
        if wishes is None:
            wishes = Wishes(program_id=episode.program_id, episode=episode, **values)
            self.batch.make(row.number, wishes)
            changed, present = sorted(values), {}
        else:
            self.batch.watch(row.number, wishes)
            changed = apply_values(wishes, values)
            present = {Wish(one.feature, one.value, one.strength): one for one in wishes.preferences.all()}
        if wanted is not None and present.keys() != wanted:
            for wish in present.keys() - wanted:
                self.batch.drop(row.number, present[wish])
            for wish in sorted(wanted - present.keys(), key=lambda one: (one.feature, one.value)):
                self.batch.make(row.number, build_preference(wishes, wish))
            changed = [*changed, "preferences"]
        if changed:
            self.batch.note(note_wishes(wishes, episode, self.by, changed))

    def _peer(self, row: Planned, person: Person | None, new: Mapping[str, object]) -> Person:
        becomes = person is None or row.effect == BECOMES_PEER
        person = self._person(row, person, new)
        offers = row.values if becomes else new
        values = {field: _stored(offers[about]) for about, field in PEER_FIELD.items() if about in offers}
        if "hours" in values:
            values["hours_known"] = True
        if "story" in values:
            values["story_language"] = _first_interface_language(offers.get("language"))
        if "site" in offers:
            values["site"] = self.sites[str(offers["site"])]
        elif becomes and self.roster.site:
            values["site"] = self.roster.site
        if becomes:
            peer = self.batch.make(row.number, build_peer(person=person, now=self.now, **values))
            if person.email:
                # As for every peer: they work with us, so notices by mail are expected.
                self._set_safe_contact(row, person, {"may_email": True})
            self.batch.note(note_peer_made(peer, self.by, values))
        else:
            peer = self.batch.watch(row.number, self.loaded.peers[person.pk])
            if changed := apply_to_peer(peer, values):
                self.batch.note(note_peer(peer.pk, self.by, changed))
        if "supervisor" in offers:
            person.supervisor = self.supervisors[str(offers["supervisor"])]
            self.batch.note(note_peer(person.pk, self.by, ["supervisor"]))
        return person

    def _moment(self, day: object) -> datetime:
        """Noon of a day where the program is, never later than now; without a day it is now."""
        if not isinstance(day, date):
            return self.now
        return min(self.now, datetime.combine(day, time(12), self.zone))


def _wish_values(asks: Mapping[str, object]) -> dict[str, object]:
    return {field: _stored(asks[about]) for about, field in WISH_FIELD.items() if about in asks}


def _wanted(asks: Mapping[str, object]) -> set[Wish] | None:
    preferences = asks.get("preferences")
    return None if preferences is None else {Wish(one.feature, one.value, one.strength) for one in preferences}


def _stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _person_values(new: Mapping[str, object], *, known: bool = False) -> dict[str, object]:
    values = {about: new[about] for about in PERSON_FIELDS if about in new}
    languages = new.get("language")
    if languages and not known:
        # The first one written is the one in which to greet; all of them are kept with what the person asks.
        values["language"] = languages[0]
    return values


def _safe_contact(new: Mapping[str, object], whole: Mapping[str, object]) -> dict[str, object]:
    safe = {about: new[about] for about in SAFE_FIELDS if about in new}
    if "contact_hours" in new:
        safe["from_hour"], safe["until_hour"] = new["contact_hours"]
    if safe.get("may_email") and not whole.get("phone"):
        safe.setdefault("channel", "email")
    return safe


def _first_interface_language(languages: object) -> str:
    return next((one for one in languages or () if one in INTERFACE_LANGUAGES), "en")
