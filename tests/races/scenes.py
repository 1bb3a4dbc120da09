"""What the processes of a race do. For each race: `set_<race>` makes its world and gives each process its values,
`<race>` is what each does, `judge_<race>` looks at the database afterwards and names what is wrong.

The promise itself is the line of the judge that begins with "broken".

`naive_<race>` does the same as somebody who checks first and writes then, trusting that nothing happens in between;
`take_away_guards` removes what the database holds. Then the judges must find something, or they would be blind.
"""

import random
import time
import uuid
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from alongside.audit.models import Entry
from alongside.calls.models import Claim
from alongside.groups.models import Group
from alongside.legal.models import Release
from alongside.matching.actions import PlaceTaken, choose
from alongside.matching.models import Offer, Round
from alongside.mentoring.actions import MentorshipNotStarted, Note, record_contact, start_mentorship
from alongside.mentoring.models import OPEN_MENTORSHIPS, Contact, Mentorship
from alongside.occasions.models import Occasion
from alongside.outings.models import Ask
from alongside.people.actions import InvitationNotUsable, accept_invitation, create_invitation, record_boundary
from alongside.people.actor import Actor, SystemActor
from alongside.people.models import Boundary, Episode, Invitation, Person, Program, User
from alongside.people.queries import hash_token
from alongside.referrals.models import Referral
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.workforce.models import PeerProfile
from tests.races.races import PROCESSES


# --- the house ------------------------------------------------------------------------------------------------------
def use_database(name: str) -> None:
    """From now on this process works on another database of the same server or folder."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def open_house() -> None:
    """The program in which everything happens."""
    from alongside.council.actions import adopt_first_policies
    from alongside.people.actions.organization import create_program

    made = create_program(name="Riverbend", slug="riverbend", organization_name="Riverbend")
    adopt_first_policies(made, by=SystemActor(program_id=made.pk))


def take_away_guards() -> None:
    """Drop what the database itself holds: triggers and constraints of places, pairs and repeated submits."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
            for name, _table in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
            )
            for name, table in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
    guards = {
        PeerProfile: ["peer_never_over_capacity"],
        Mentorship: ["mentorship_one_primary_per_episode"],
        Contact: ["contact_submitted_once"],
        Release: ["release_one_of_an_order"],
        Claim: ["claim_one_for_each"],
        Group: ["group_never_over_capacity"],
        Ask: ["ask_once_a_date", "ask_one_open_a_date"],
        Occasion: ["occasion_never_over_capacity"],
        Referral: ["referral_one_open_to_a_name"],
    }
    for model, names in guards.items():
        for constraint in [one for one in model._meta.constraints if one.name in names]:
            # SQLite makes the table anew by what the model says.
            model._meta.constraints = [one for one in model._meta.constraints if one is not constraint]
            with connection.schema_editor() as editor:
                editor.remove_constraint(model, constraint)


def program() -> Program:
    """The only one."""
    return Program.objects.get()


def house() -> SystemActor:
    """The house itself as the actor."""
    return SystemActor(program_id=program().pk)


def a_moment() -> None:
    """Between looking and writing there is always one: a page that is built, a process that is put aside."""
    time.sleep(random.random() * 0.004)


def make_person(name: str) -> Person:
    """Somebody of the program."""
    from alongside.people.models import SafeContact

    person = Person.objects.create(program=program(), goes_by=name, goes_by_search=name.casefold())
    SafeContact.objects.create(program=program(), person=person)
    return person


def make_episode(status: str) -> Episode:
    """A new participant in this state."""
    now = timezone.now()
    return Episode.objects.create(
        program=program(), person=make_person("Somebody"), status=status, opened_at=now, waiting_since=now
    )


def make_peer(capacity: int) -> PeerProfile:
    """A new peer with places."""
    return PeerProfile.objects.create(person=make_person("Peer"), program=program(), capacity=capacity)


def make_offer(peer: PeerProfile) -> Offer:
    """Somebody new to whom this peer was offered."""
    episode, now = make_episode("offered"), timezone.now()
    round_ = Round.objects.create(program=program(), episode=episode, sent_at=now, choose_by=now + timedelta(days=7))
    return Offer.objects.create(
        program=program(), round=round_, episode=episode, peer=peer, rank=1, status="offered", offered_at=now
    )


def scene(function):
    """Run in the program's scope."""

    def inside(**values):
        with scope(program=program()):
            return function(**values)

    return inside


def count_open(**which) -> int:
    """Open mentorships."""
    return Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS, **which).count()


# --- the last place of a peer -----------------------------------------------------------------------------------
@scene
@transaction.atomic
def set_last_place() -> list[dict]:
    """One peer with one place; half of the processes choose an offer, half start a mentorship by hand."""
    peer = make_peer(capacity=1)
    half = PROCESSES // 2
    return [
        *({"offer": str(make_offer(peer).pk)} for _ in range(half)),
        *({"episode": str(make_episode("offered").pk), "peer": str(peer.pk)} for _ in range(PROCESSES - half)),
    ]


@scene
def last_place(offer: str = "", episode: str = "", peer: str = "") -> str:
    """Take the place, by one of the two ways there are."""
    try:
        if offer:
            row = Offer.objects.select_related("episode").get(pk=offer)
            who = Actor(person_id=row.episode.person_id, program_id=row.program_id, roles=frozenset({"participant"}))
            choose(offer=row, by=who)
        else:
            start_mentorship(
                episode=Episode.objects.get(pk=episode), peer=PeerProfile.objects.get(pk=peer), by=house()
            )  # fmt: skip
    except (PlaceTaken, MentorshipNotStarted):
        return "told kindly"
    return "taken"


@scene
def naive_last_place(offer: str = "", episode: str = "", peer: str = "") -> str:
    """Look whether there is a place, then take it."""
    row = Offer.objects.get(pk=offer) if offer else None
    peer_id = row.peer_id if row else peer
    taken = count_open(peer=peer_id) + Offer.objects.filter(peer=peer_id, status="chosen").count()
    if taken >= PeerProfile.objects.get(pk=peer_id).capacity:
        return "told kindly"
    a_moment()
    if row:
        Offer.objects.filter(pk=offer).update(status="chosen", chosen_at=timezone.now())
    else:
        found = Episode.objects.get(pk=episode)
        Mentorship.objects.create(program=program(), episode=found, participant_id=found.person_id, peer_id=peer_id,
                                  introduced_at=timezone.now())  # fmt: skip
    return "taken"


@scene
def judge_last_place(each: list[dict], answers: list[str]) -> list[str]:
    """One got it, and the database says so."""
    peer = PeerProfile.objects.get(pk=each[-1]["peer"])
    held = count_open(peer=peer) + Offer.objects.filter(peer=peer, status="chosen").count()
    wrong = [] if held == 1 else [f"broken: {held} hold one place"]
    if peer.places_taken != held:
        wrong.append(f"{peer.places_taken} places counted, {held} held")
    if Counter(answers) != Counter({"taken": 1, "told kindly": PROCESSES - 1}):
        wrong.append(f"answers {Counter(answers)}")
    return wrong


# --- one mentorship per episode -----------------------------------------------------------------------------------
@scene
@transaction.atomic
def set_one_each() -> list[dict]:
    """One person, eight peers who all say yes."""
    episode = str(make_episode("offered").pk)
    return [{"episode": episode, "peer": str(make_peer(capacity=3).pk)} for _ in range(PROCESSES)]


@scene
def one_each(episode: str, peer: str) -> str:
    """Start the mentorship."""
    try:
        start_mentorship(episode=Episode.objects.get(pk=episode), peer=PeerProfile.objects.get(pk=peer), by=house())
    except (MentorshipNotStarted, MoveNotAllowed):
        return "told kindly"
    return "taken"


@scene
def naive_one_each(episode: str, peer: str) -> str:
    """Look whether there is one, then make one."""
    found = Episode.objects.get(pk=episode)
    if count_open(episode=found):
        return "told kindly"
    a_moment()
    Mentorship.objects.create(program=program(), episode=found, participant_id=found.person_id, peer_id=peer,
                              introduced_at=timezone.now())  # fmt: skip
    return "taken"


@scene
def judge_one_each(each: list[dict], answers: list[str]) -> list[str]:
    """One mentorship, one peer who may read, one place taken."""
    from alongside.privacy.models import Grant

    episode = Episode.objects.get(pk=each[0]["episode"])
    found = count_open(episode=episode)
    wrong = [] if found == 1 else [f"broken: {found} mentorships in one episode"]
    grants = Grant.objects.filter(participant_id=episode.person_id, ends_at__isnull=True).count()
    if grants != 1:
        wrong.append(f"{grants} may read")
    if Counter(answers) != Counter({"taken": 1, "told kindly": PROCESSES - 1}):
        wrong.append(f"answers {Counter(answers)}")
    return wrong


# --- a pair, and the boundary that forbids it -----------------------------------------------------------------------
@scene
@transaction.atomic
def set_never_pair() -> list[dict]:
    """Four pairs; for each, one process records the boundary while another brings the two together."""
    pairs = [(make_episode("offered"), make_peer(capacity=1)) for _ in range(PROCESSES // 2)]
    return [
        {"episode": str(episode.pk), "peer": str(peer.pk), "forbid": forbid}
        for episode, peer in pairs
        for forbid in (True, False)
    ]


@scene
def never_pair(episode: str, peer: str, forbid: bool) -> str:
    """Forbid the pair, or make it."""
    found, profile = Episode.objects.select_related("person").get(pk=episode), PeerProfile.objects.get(pk=peer)
    if not forbid:
        try:
            start_mentorship(episode=found, peer=profile, by=house())
        except MentorshipNotStarted:
            return "refused"
        return "paired"
    with transaction.atomic():
        record_boundary(person=found.person, other=profile.person, kind="kin", by=house())
        # Whoever forbids sees a pair that was there before. One that appears later was made against the boundary.
        return "forbidden, paired before" if count_open(episode=found, peer=profile) else "forbidden"


@scene
def naive_never_pair(episode: str, peer: str, forbid: bool) -> str:
    """Look whether it is forbidden, then pair."""
    found = Episode.objects.get(pk=episode)
    first, second = sorted((found.person_id, uuid.UUID(peer)))
    if not forbid:
        if Boundary.objects.filter(person=first, other=second).exists():
            return "refused"
        a_moment()
        Mentorship.objects.create(program=program(), episode=found, participant_id=found.person_id, peer_id=peer,
                                  introduced_at=timezone.now())  # fmt: skip
        return "paired"
    Boundary.objects.create(program=program(), person_id=first, other_id=second, kind="kin")
    return "forbidden, paired before" if count_open(episode=found, peer=peer) else "forbidden"


@scene
def judge_never_pair(each: list[dict], answers: list[str]) -> list[str]:
    """Nobody was paired after it was forbidden."""
    wrong = []
    for place in range(0, PROCESSES, 2):
        forbade, paired = answers[place], answers[place + 1]
        if {forbade, paired} == {"forbidden", "paired"}:
            wrong.append("broken: paired although it was forbidden")
        if (forbade, paired) not in {("forbidden", "refused"), ("forbidden, paired before", "paired"),
                                     ("forbidden", "paired")}:  # fmt: skip
            wrong.append(f"{forbade} / {paired}")
    return wrong


# --- the same note, sent again and again ----------------------------------------------------------------------------
@scene
@transaction.atomic
def set_same_note() -> list[dict]:
    """A mentorship, and one note that eight processes send at once: a bad network and an impatient thumb."""
    episode, peer = make_episode("matched"), make_peer(capacity=1)
    mentorship = Mentorship.objects.create(program=program(), episode=episode, participant_id=episode.person_id,
                                           peer=peer, introduced_at=timezone.now())  # fmt: skip
    return [{"mentorship": str(mentorship.pk), "key": str(uuid.uuid4())}] * PROCESSES


@scene
def same_note(mentorship: str, key: str) -> str:
    """Save the note; the answer is its id."""
    row = Mentorship.objects.get(pk=mentorship)
    note = Note(submit_key=uuid.UUID(key), happened_at=timezone.now(), mode="phone", reached=True, note="We talked.",
                read_together=True)  # fmt: skip
    by = Actor(person_id=row.peer_id, program_id=row.program_id, roles=frozenset({"peer"}))
    (contact,) = record_contact(mentorships=[row], note=note, by=by)
    return str(contact.pk)


@scene
def naive_same_note(mentorship: str, key: str) -> str:
    """Look whether it was saved, then save it."""
    row = Mentorship.objects.get(pk=mentorship)
    if found := Contact.objects.filter(submit_key=key).first():
        return str(found.pk)
    a_moment()
    now = timezone.now()
    contact = Contact.objects.create(
        program=program(), mentorship=row, participant_id=row.participant_id, author_id=row.peer_id, submit_key=key,
        status="completed", mode="phone", happened_at=now, entered_at=now,
    )  # fmt: skip
    return str(contact.pk)


@scene
def judge_same_note(each: list[dict], answers: list[str]) -> list[str]:
    """One note, one entry in the log, one answer to all."""
    mentorship = Mentorship.objects.get(pk=each[0]["mentorship"])
    notes = Contact.objects.filter(mentorship=mentorship).count()
    entries = Entry.objects.filter(act="contact.completed", subject_id=mentorship.participant_id).count()
    wrong = [] if notes == 1 else [f"broken: {notes} notes"]
    if entries != 1:
        wrong.append(f"{entries} entries in the log")
    if len(set(answers)) != 1:
        wrong.append(f"answers {Counter(answers)}")
    return wrong


# --- the same invitation --------------------------------------------------------------------------------------------
@scene
def set_same_invitation() -> list[dict]:
    """A link that was forwarded to eight people."""
    person = make_person("Invited")
    _invitation, token = create_invitation(program=program(), roles=["participant"], by=house(), person=person)
    return [{"token": token, "name": f"reader{uuid.uuid4().hex[:8]}"} for _ in range(PROCESSES)]


def same_invitation(token: str, name: str) -> str:
    """Make an account with it. As in life there is no scope: nobody is signed in."""
    try:
        accept_invitation(token=token, wanted_name=name, password=uuid.uuid4().hex, language="en")
    except InvitationNotUsable:
        return "told kindly"
    return "taken"


def naive_same_invitation(token: str, name: str) -> str:
    """Look whether it was used, then use it."""
    invitation = Invitation.objects.get(token_hash=hash_token(token))
    if invitation.used_at:
        return "told kindly"
    a_moment()
    Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now())
    user = User.objects.create(username=name)
    with scopes_disabled():
        Person.objects.filter(pk=invitation.person_id).update(user=user)
    return "taken"


@scene
def judge_same_invitation(each: list[dict], answers: list[str]) -> list[str]:
    """One account."""
    accounts = sum(User.objects.filter(username__startswith=one["name"]).count() for one in each)
    wrong = [] if accounts == 1 else [f"broken: {accounts} accounts with one link"]
    if Counter(answers) != Counter({"taken": 1, "told kindly": PROCESSES - 1}):
        wrong.append(f"answers {Counter(answers)}")
    return wrong


# --- sharing, and the stop that ends it: in a file of its own, which needs what is above -----------------------------
from tests.races import along_scenes, call_scenes, consent_scenes, group_scenes, keeping_scenes, occasion_scenes  # noqa: E402

set_stop_sharing = consent_scenes.set_stop_sharing
stop_sharing = consent_scenes.stop_sharing_at_once
naive_stop_sharing = consent_scenes.naive_stop_sharing
judge_stop_sharing = consent_scenes.judge_stop_sharing
set_keep_back = keeping_scenes.set_keep_back
keep_back = keeping_scenes.keep_back
naive_keep_back = keeping_scenes.naive_keep_back
judge_keep_back = keeping_scenes.judge_keep_back


# --- records that a court ordered, and the order that ends -----------------------------------------------------------
from tests.races import legal_scenes  # noqa: E402

set_court_order, court_order = legal_scenes.set_court_order, legal_scenes.court_order
naive_court_order, judge_court_order = legal_scenes.naive_court_order, legal_scenes.judge_court_order
set_one_release, one_release = legal_scenes.set_one_release, legal_scenes.one_release
naive_one_release, judge_one_release = legal_scenes.naive_one_release, legal_scenes.judge_one_release

set_one_call = call_scenes.set_one_call
one_call = call_scenes.one_call
naive_one_call = call_scenes.naive_one_call
judge_one_call = call_scenes.judge_one_call

set_stop_page = consent_scenes.set_stop_page
stop_page = consent_scenes.stop_page
naive_stop_page = consent_scenes.naive_stop_page
judge_stop_page = consent_scenes.judge_stop_page

set_group_place, group_place = group_scenes.set_group_place, group_scenes.group_place
naive_group_place, judge_group_place = group_scenes.naive_group_place, group_scenes.judge_group_place

set_one_date, one_date = along_scenes.set_one_date, along_scenes.one_date
naive_one_date, judge_one_date = along_scenes.naive_one_date, along_scenes.judge_one_date
set_one_answer, one_answer = along_scenes.set_one_answer, along_scenes.one_answer
naive_one_answer, judge_one_answer = along_scenes.naive_one_answer, along_scenes.judge_one_answer

set_event_place, event_place = occasion_scenes.set_event_place, occasion_scenes.event_place
naive_event_place, judge_event_place = occasion_scenes.naive_event_place, occasion_scenes.judge_event_place
from tests.races import page_scenes  # noqa: E402

set_leave_page, leave_page = page_scenes.set_leave_page, page_scenes.leave_page
naive_leave_page, judge_leave_page = page_scenes.naive_leave_page, page_scenes.judge_leave_page
from tests.races import referral_scenes  # noqa: E402

set_one_way, one_way = referral_scenes.set_one_way, referral_scenes.one_way
naive_one_way, judge_one_way = referral_scenes.naive_one_way, referral_scenes.judge_one_way
set_way_ends, way_ends = referral_scenes.set_way_ends, referral_scenes.way_ends
naive_way_ends, judge_way_ends = referral_scenes.naive_way_ends, referral_scenes.judge_way_ends
set_told_once, told_once = referral_scenes.set_told_once, referral_scenes.told_once
naive_told_once, judge_told_once = referral_scenes.naive_told_once, referral_scenes.judge_told_once
set_way_and_support, way_and_support = referral_scenes.set_way_and_support, referral_scenes.way_and_support
naive_way_and_support = referral_scenes.naive_way_and_support
judge_way_and_support = referral_scenes.judge_way_and_support
from tests.races import text_scenes  # noqa: E402

set_text_stop, text_stop = text_scenes.set_text_stop, text_scenes.text_stop
naive_text_stop, judge_text_stop = text_scenes.naive_text_stop, text_scenes.judge_text_stop
from tests.races import consent_storm as storm_of_consents  # noqa: E402

set_consent_storm, consent_storm = storm_of_consents.set_consent_storm, storm_of_consents.consent_storm
naive_consent_storm, judge_consent_storm = storm_of_consents.naive_consent_storm, storm_of_consents.judge_consent_storm
count_consent_storm = storm_of_consents.count_consent_storm
rehearse = storm_of_consents.rehearse
