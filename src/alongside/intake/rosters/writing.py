"""Carrying out planned rows through the product's own actions, inside the caller's transaction."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from alongside.audit.actions import record
from alongside.intake.actions.wishes import Wish, come_back, finish_intake, save_wishes, start_intake
from alongside.intake.models import Roster
from alongside.people.actions import change_person, create_person, set_safe_contact
from alongside.people.models import Episode, Person, Site
from alongside.rules import roster as rules
from alongside.workforce.actions import assign_supervisor, change_peer, create_peer
from alongside.workforce.models import PeerProfile

from .known import PEER_FIELD, PERSON_FIELDS, SAFE_FIELDS, WISH_FIELD, may_supervise
from .plan import BECOMES_PEER, COMES_BACK, OPENS, Planned

INTERFACE_LANGUAGES = ("en", "es")


class Writer:
    """Writes the rows of one roster; what several rows need is read once."""

    def __init__(self, roster: Roster, by, now: datetime) -> None:
        self.roster, self.by, self.now, self.program = roster, by, now, roster.program
        self.zone = ZoneInfo(roster.program.time_zone)
        self.sites = {site.name: site for site in Site.objects.all()}
        self.supervisors = (
            {person.goes_by: person for person in may_supervise(Person.objects.filter(program=roster.program))}
            if roster.kind == rules.PEERS
            else {}
        )

    def write(self, row: Planned) -> Person | None:
        """Do what a row promised; the person it made or changed, None for a row that does nothing."""
        if row.outcome not in (rules.CREATE, rules.UPDATE):
            return None
        new = {about: value for about, (_old, value) in row.changes.items()}
        person = Person.objects.get(pk=row.person_id) if row.person_id else None
        if self.roster.kind == rules.PEERS:
            return self._peer(row, person, new)
        return self._participant(row, person, new)

    def _participant(self, row: Planned, person: Person | None, new: Mapping[str, object]) -> Person:
        opened = self._moment(row.values.get("started_on"))
        kind = str(row.values.get("kind") or "own_recovery")
        site = self.sites.get(str(row.values.get("site")))
        safe = _safe_contact(new, row.values)
        if person is None:
            episode = start_intake(
                program=self.program, by=self.by, person_values=_person_values(new), kind=kind, source="roster",
                site=site or self.roster.site, safe_contact=safe, now=opened,
            )  # fmt: skip
        else:
            person = change_person(person=person, by=self.by, **_person_values(new, known=True))
            if safe:
                set_safe_contact(person=person, by=self.by, **safe)
            if row.effect == COMES_BACK:
                episode = come_back(person=person, by=self.by, kind=kind, now=opened)
            elif row.effect == OPENS:
                episode = start_intake(
                    program=self.program, by=self.by, person=person, kind=kind, source="roster",
                    site=site or self.roster.site, now=opened,
                )  # fmt: skip
            else:
                episode = person.episodes.order_by("-opened_at").exclude(status="closed").first()
                if episode is None:
                    return person
                self._change_episode(episode, new)
        asks = row.values if row.effect else new
        wishes = {field: _stored(asks[about]) for about, field in WISH_FIELD.items() if about in asks}
        preferences = asks.get("preferences")
        wanted = None if preferences is None else [Wish(one.feature, one.value, one.strength) for one in preferences]
        if wishes or wanted is not None:
            save_wishes(episode=episode, by=self.by, preferences=wanted, **wishes)
        if row.outcome == rules.CREATE or row.effect:
            finish_intake(episode=episode, by=self.by, now=opened)
        return episode.person

    def _change_episode(self, episode: Episode, new: Mapping[str, object]) -> None:
        changed = []
        if "kind" in new:
            episode.kind = str(new["kind"])
            changed.append("kind")
        if "site" in new:
            episode.site = self.sites[str(new["site"])]
            changed.append("site")
        if changed:
            episode.save(update_fields=changed)
            record(act="episode.changed", by=self.by, subject=episode.person_id, object_kind="episode",
                   object_id=episode.pk, fields=changed)  # fmt: skip

    def _peer(self, row: Planned, person: Person | None, new: Mapping[str, object]) -> Person:
        becomes = person is None or row.effect == BECOMES_PEER
        if person is None:
            person = create_person(program=self.program, by=self.by, **_person_values(new))
        else:
            person = change_person(person=person, by=self.by, **_person_values(new, known=True))
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
            peer = create_peer(person=person, by=self.by, now=self.now, **values)
        else:
            peer = change_peer(peer=PeerProfile.objects.get(pk=person.pk), by=self.by, **values)
        if "supervisor" in offers:
            assign_supervisor(peer=peer, supervisor=self.supervisors[str(offers["supervisor"])], by=self.by)
        return person

    def _moment(self, day: object) -> datetime:
        """Noon of a day where the program is, never later than now; without a day it is now."""
        if not isinstance(day, date):
            return self.now
        return min(self.now, datetime.combine(day, time(12), self.zone))


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
        safe["channel"] = "email"
    return safe


def _first_interface_language(languages: object) -> str:
    return next((one for one in languages or () if one in INTERFACE_LANGUAGES), "en")
