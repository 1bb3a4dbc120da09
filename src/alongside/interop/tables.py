"""From the people at hand to rows of text: participants and peers as the roster reader knows them, and notes."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from alongside.intake.rosters.known import PERSON_FIELDS, load_known
from alongside.mentoring.models import OPEN_MENTORSHIPS, Addition, Contact, Mentorship
from alongside.mentoring.queries import list_contacts_of_many
from alongside.people.labels import LABELS, label
from alongside.people.models import Episode, Person
from alongside.rules.exports import NOTES, PARTICIPANTS, PEERS
from alongside.rules.roster.returned import OWN_HEADER, mark_inside
from alongside.rules.roster.writing import COLUMNS, LONGEST_CELL, CellTooLong, Sheet
from alongside.rules.roster.written_words import Words
from alongside.workforce.models import PeerProfile

LABEL_GROUPS = {
    "needs": "need",
    "interests": "interest",
    "serves": "kind",
    "age": "preference_age",
    "channel": "safe_channel",
}
NOTE_FIELDS = ("goes_by", "day", "time", "status", "mode", "minutes", "kinds_of_support", "note", "next_step",
               "next_step_on", "author", "additions")  # fmt: skip


def list_columns(kind: str, language: str) -> list[str]:
    """Names of the columns of a file, as they are written; call it in the language of the file."""
    return list(_table(kind, language, "US").headers)


def list_fields(kind: str) -> list[str]:
    """Codes of what a file tells of a person, for the log."""
    return list(NOTE_FIELDS if kind == NOTES else COLUMNS[kind])


def iter_rows(export, people: Sequence[Person], program, by) -> Iterator[list[str]]:
    """Rows about these people, in a bounded number of queries; call it in the language of the file."""
    table = _table(export.kind, export.language, program.country)
    return table.rows(people, program, by)


def _table(kind: str, language: str, region: str):
    return NoteTable() if kind == NOTES else RosterTable(kind, language, region)


class RosterTable:
    """Participants or peers, with two columns more that an import passes over."""

    def __init__(self, kind: str, language: str, region: str) -> None:
        more = (_("Status"), _("Walks with")) if kind == PARTICIPANTS else (_("Status"), _("Walks with how many"))
        self.sheet = Sheet(kind, Words(language, _spoken), region, more)

    @property
    def headers(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self.sheet.headers

    def rows(self, people: Sequence[Person], program, by) -> Iterator[list[str]]:
        """One row a person."""
        ids = [str(person.pk) for person in people]
        kind = self.sheet.kind
        known = load_known(kind, ids, program)
        states = _peer_states(ids) if kind == PEERS else _participant_states(ids)
        zone = ZoneInfo(program.time_zone)
        for person in people:
            key = str(person.pk)
            values = dict(known[key].values) if key in known else {}
            values |= {about: getattr(person, about) for about in PERSON_FIELDS if getattr(person, about)}
            if kind == PEERS:
                values["limits"] = values.pop("notes", None)
            else:
                episode = states[key][0]
                values["started_on"] = episode.opened_at.astimezone(zone).date() if episode else None
            values["language"] = _own_first(person.language, values.get("language"))
            yield self._row(person, values, states[key][1] if key in states else ("", ""))

    def _row(self, person: Person, values: dict[str, object], more: tuple[str, str]) -> list[str]:
        try:
            return self.sheet.row(person.pk.hex, values, more)
        except CellTooLong as long:
            # No form takes so many letters. What lists made longer is cut, or the whole file could not come back.
            kept = str(values[long.about])[: LONGEST_CELL // 8]
            return self._row(person, {**values, long.about: f"{kept} […]"}, more)


def _spoken(field: str, code: str) -> str:
    return str(LABELS[LABEL_GROUPS.get(field, field)].get(code, ""))


def _own_first(own: str, spoken: object) -> list[str]:
    """The language in which somebody is greeted stands first among those they speak: an import reads it so."""
    codes = list(spoken) if isinstance(spoken, list | tuple) else []
    if own in codes or (not codes and own != "en"):
        return [own, *(code for code in codes if code != own)]
    return codes


def _participant_states(ids: Sequence[str]) -> dict[str, tuple[Episode | None, tuple[str, str]]]:
    """Person -> (their latest episode, (its state, the name of their peer)). Two queries."""
    latest: dict[str, Episode] = {}
    for episode in Episode.objects.filter(person__in=ids).order_by("opened_at"):
        before = latest.get(str(episode.person_id))
        if before is None or before.status == "closed":
            latest[str(episode.person_id)] = episode
    peers = dict(
        Mentorship.objects.filter(participant__in=ids, status__in=OPEN_MENTORSHIPS).values_list(
            "participant_id", "peer__person__goes_by"
        )
    )
    peers = {str(person_id): name for person_id, name in peers.items()}
    return {
        key: (episode, (str(label("episode", episode.status)), peers.get(key, "")))
        for key in ids
        for episode in [latest.get(key)]
        if episode
    } | {key: (None, ("", "")) for key in ids if key not in latest}


def _peer_states(ids: Sequence[str]) -> dict[str, tuple[None, tuple[str, str]]]:
    """Person -> (nothing, (state, how many people they walk with)). One query."""
    words = {"active": _("Available"), "unavailable": _("Takes a rest"), "left": _("Left")}
    peers = PeerProfile.objects.filter(pk__in=ids)
    return {str(peer.pk): (None, (words[peer.status], str(peer.places_taken))) for peer in peers}


class NoteTable:
    """Contact notes, one row each. They are for reading and counting; an import does not take them back."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Names of the columns; the first one is the key of the person, as in the file of participants."""
        return (
            OWN_HEADER, _("Goes by"), _("Day"), _("Time"), _("What happened"), _("How"), _("Minutes"),
            _("Kind of support"), _("Note"), _("Next step"), _("Next step on"), _("Written by"), _("Added later"),
        )  # fmt: skip

    def rows(self, people: Sequence[Person], program, by) -> Iterator[list[str]]:
        """All notes about these people that this actor may read, the oldest first."""
        zone = ZoneInfo(program.time_zone)
        by_person: dict[str, list[Contact]] = {}
        for contact in list_contacts_of_many(by, [person.pk for person in people]):
            by_person.setdefault(str(contact.participant_id), []).append(contact)
        for person in people:
            for contact in reversed(by_person.get(str(person.pk), [])):
                yield self._row(person, contact, zone)

    def _row(self, person: Person, contact: Contact, zone: ZoneInfo) -> list[str]:
        when = contact.happened_at.astimezone(zone)
        kinds = "; ".join(str(label("kind_of_support", code)) for code in contact.kinds_of_support)
        cells = (
            person.goes_by, when.date().isoformat(), f"{when:%H:%M}", str(label("contact", contact.status)),
            str(label("contact_mode", contact.mode)), str(contact.minutes), kinds, contact.note, contact.next_step,
            contact.next_step_on.isoformat() if contact.next_step_on else "", contact.author.goes_by,
            "\n".join(map(_addition, contact.additions.all())),
        )  # fmt: skip
        return [person.pk.hex, *map(mark_inside, cells)]


def _addition(addition: Addition) -> str:
    return f"{addition.author.goes_by}: {addition.words}"
