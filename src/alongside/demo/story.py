"""The story that the demo's accounts follow: Rosa and Dante, Yolanda who loves somebody, Olu who chooses now."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from alongside.assessments.actions import answer
from alongside.checkins.actions import check_in, set_wishes
from alongside.intake.actions import Wish, finish_intake, receive_application, receive_ask, save_wishes, start_intake
from alongside.matching import actions as matching
from alongside.mentoring import actions as mentoring
from alongside.mentoring.models import Mentorship
from alongside.people.actions import create_person, set_safe_contact
from alongside.people.actor import Actor
from alongside.people.models import Person, Program, Site, User
from alongside.privacy.actions import note_opened
from alongside.recovery import actions as recovery
from alongside.reflections.actions import write_reflection
from alongside.rules.availability import hours_from_parts
from alongside.safety import actions as safety
from alongside.workforce.actions import assign_supervisor, change_peer, create_peer
from alongside.workforce.models import PeerProfile

from . import words
from .calling import call_people
from .grouping import meet
from .inviting import invite
from .law import a_phone_was_lost, a_subpoena_came
from .leaving import who_left
from .months import Months
from .paging import write_together
from .referring import refer_people
from .sharing import share_with_clinic
from .site import open_site
from .staff import DOOR, actor_for, actor_of, make_account
from .telling import tell_rosa
from .telling_stories import tell_stories
from .trying import draw_circle, try_things

EVENINGS = [f"{day}_{part}" for day in ("mon", "tue", "wed", "thu", "sat") for part in ("afternoon", "evening")]


def introduce_dante(program: Program, carmen: Actor, lien: Actor, now: datetime) -> PeerProfile:
    """Dante, the peer whose day one follows; Lien supports him and half of the others."""
    supervisor = Person.objects.get(pk=lien.person_id)
    for number, peer in enumerate(PeerProfile.objects.select_related("person").order_by("person__goes_by_search")):
        if number % 2 == 0:
            assign_supervisor(peer=peer, supervisor=supervisor, by=carmen)
    person = create_person(program=program, by=carmen, goes_by="Dante W.", language="en", phone="+12135550111")
    dante = create_peer(
        person=person,
        by=carmen,
        now=now,
        capacity=4,
        languages=["en", "es"],
        pathways=["twelve_step", "medication", "exploring"],
        experiences=["alcohol", "opioids", "justice", "parenting_in_recovery"],
        life_stages=["working", "parent_of_young_children"],
        interests=["music", "cooking"],
        modes=["phone", "in_person", "text"],
        gender="man",
        hours=hours_from_parts(EVENINGS),
        hours_known=True,
        zip="90033",
        max_miles=12,
        serves=["own_recovery", "loved_one"],
        story=words.STORIES["en"][0],
    )
    assign_supervisor(peer=dante, supervisor=supervisor, by=carmen)
    make_account("dante", program, "peer", person=person)
    return dante


def tell(months: Months, carmen: Actor) -> None:
    """What waits on each page today."""
    dante = PeerProfile.objects.get(person__goes_by="Dante W.")
    change_peer(peer=dante, by=carmen, capacity=dante.places_taken + 4)
    _rosa_and_dante(months, carmen, dante)
    write_reflection(
        words=words.FOR_ME_ALONE, kept_days=7, submit_key=months.uuid(), by=actor_of(dante.person.user, months.program)
    )
    _share_stories(months, carmen, dante)
    _yolanda_asked_dante(months, carmen, dante)
    call_people(months, carmen, actor_of(User.objects.get(username=f"{DOOR}lien"), months.program), dante)
    rosa = User.objects.get(username=f"{DOOR}rosa").persons.get(program=months.program)
    meet(months, carmen, dante, rosa)
    write_together(months, dante, rosa)
    invite(months, carmen, dante, rosa)
    _public_asks(months)
    now = timezone.now()
    months.match(now - timedelta(hours=3), send=False)
    _olu_chooses(months, carmen, now)
    who_left(months.program, carmen, actor_of(User.objects.get(username=f"{DOOR}dolores"), months.program))


def go_to_places(months: Months, carmen: Actor) -> None:
    """Rosa and others are on the way to places of the directory, which must be there by now."""
    dante = PeerProfile.objects.get(person__goes_by="Dante W.")
    rosa = User.objects.get(username=f"{DOOR}rosa").persons.get(program=months.program)
    refer_people(months, carmen, rosa, actor_for(dante.person, "peer"))


def _share_stories(months: Months, carmen: Actor, dante: PeerProfile) -> None:
    """Dante, another peer and Rosa told how it was for them."""
    other = PeerProfile.objects.exclude(pk=dante.pk).select_related("person").order_by("person__goes_by_search").first()
    rosa = User.objects.get(username=f"{DOOR}rosa")
    open_site(months, carmen)
    tell_stories(
        months, carmen, actor_of(dante.person.user, months.program), actor_for(other.person, "peer"),
        actor_of(rosa, months.program),
    )  # fmt: skip


def _arrive(months: Months, carmen: Actor, name: str, *, days_ago: int, language: str, kind: str = "own_recovery",
            email: str = "", preferences=(), **wishes):  # fmt: skip
    asked = timezone.now() - timedelta(days=days_ago)
    episode = start_intake(
        program=months.program,
        by=carmen,
        person_values={"goes_by": name, "language": language, "email": email, "phone": "+12135550142"},
        kind=kind,
        site=Site.objects.order_by("name").first(),
        now=asked,
        safe_contact={"may_text": True, "may_email": bool(email), "from_hour": 10, "until_hour": 19},
    )
    save_wishes(
        episode=episode,
        by=carmen,
        preferences=preferences,
        languages=[language],
        hours=hours_from_parts(EVENINGS),
        modes=["phone", "in_person"],
        zip="90033",
        limits_told_at=asked,
        **wishes,
    )
    return finish_intake(episode=episode, by=carmen, now=asked)


def _rosa_and_dante(months: Months, carmen: Actor, dante: PeerProfile) -> None:
    """Rosa came six weeks ago, chose Dante, and they have walked together since."""
    episode = _arrive(
        months, carmen, "Rosa M.", days_ago=44, language="es", email="rosa@example.org",
        needs=["first_weeks", "housing", "family"], own_words=words.HOPES["es"][1], pathways=["medication"],
        life_stages=["parent_of_young_children"], experiences=["opioids"],
        preferences=[Wish("language", "es", "must"), Wish("life_stage", "parent_of_young_children", "like")],
    )  # fmt: skip
    rosa = episode.person
    make_account("rosa", months.program, "participant", person=rosa, language="es")
    start = timezone.now() - timedelta(days=41)
    by, peer = actor_for(rosa, "participant"), actor_for(dante.person, "peer")
    round_ = matching.send_offers(episode=episode, by=carmen, peers=[dante], now=start)
    offer = matching.choose(offer=round_.offers.get(), by=by, now=start + timedelta(hours=2))
    mentorship = matching.accept(offer=offer, by=peer, now=start + timedelta(hours=5))
    for days in (40, 37, 34, 30, 27, 23, 19, 16, 12):
        months.write_note(mentorship, months.at((timezone.now() - timedelta(days=days)).date(), 17))
    last = mentoring.Note(
        submit_key=months.uuid(),
        happened_at=months.at((timezone.now() - timedelta(days=9)).date(), 18),
        mode="phone",
        reached=True,
        minutes=20,
        kinds_of_support=["emotional", "instrumental"],
        note=words.NOTES["es"][3],
        next_step=words.NEXT_STEPS["es"][0],
        next_step_on=timezone.localdate() - timedelta(days=2),
        read_together=True,
        their_line=words.THEIR_LINE["es"],
    )
    mentorship = Mentorship.objects.get(pk=mentorship.pk)
    (contact,) = mentoring.record_contact(mentorships=[mentorship], note=last, by=peer, now=last.happened_at)
    mentoring.add_to_note(
        contact=contact, words=words.ANSWERS["es"][0], submit_key=months.uuid(), by=by, is_answer=True
    )
    try_things(months, rosa, by, carmen)
    draw_circle(months, rosa, by)
    tell_rosa(months, rosa, by, peer, carmen, timezone.now())
    share_with_clinic(rosa, by, carmen)
    mentorship = Mentorship.objects.get(pk=mentorship.pk)
    for number, (side, body) in enumerate(words.MESSAGES["es"]):
        sent = months.at((timezone.now() - timedelta(days=4)).date(), 9 + 3 * number)
        who = by if side == "participant" else peer
        mentoring.send_message(mentorship=mentorship, body=body, submit_key=months.uuid(), by=who, now=sent)
        if number < 2:
            mentoring.mark_read(mentorship=mentorship, by=peer if who is by else by, now=sent + timedelta(hours=1))
    mentoring.plan_appointment(
        mentorship=mentorship,
        on_day=timezone.localdate() + timedelta(days=2),
        at_time=time(16, 0),
        time_zone=months.program.time_zone,
        mode="in_person",
        minutes=45,
        submit_key=months.uuid(),
        by=peer,
    )
    note_opened(participant_id=rosa.pk, by=peer, page="record")
    _rosas_own_pages(months, rosa, by, peer)
    _how_rosa_is(months, rosa, by)
    recovery.set_on_call(program=months.program, phone="+12135550188", from_hour=8, until_hour=22, by=carmen)
    _dante_was_worried(months, carmen, rosa, peer)
    a_subpoena_came(months.program, rosa)
    a_phone_was_lost(months.program, rosa)


def _dante_was_worried(months: Months, carmen: Actor, rosa: Person, peer: Actor) -> None:
    """Lien is on duty by day, Carmen stands in. A worry of last week has ended; one of this morning is with Lien."""
    lien = actor_of(User.objects.get(username=f"{DOOR}lien"), months.program)
    first, second = Person.objects.get(pk=lien.person_id), Person.objects.get(pk=carmen.person_id)
    for name in ("lien", "carmen", "dolores"):  # so that a notice has an address
        account = User.objects.get(username=f"{DOOR}{name}")
        account.email = f"{name}@example.org"
        account.save()
    for weekday in range(7):
        safety.set_turn(
            program=months.program, weekday=weekday, from_hour=8, until_hour=20, person=first, deputy=second, by=carmen
        )
    for hours, text in ((170, words.WORRIES[0]), (2, words.WORRIES[1])):
        at = timezone.now() - timedelta(hours=hours)
        worry = safety.raise_escalation(
            person=rosa, words=text, source="message", submit_key=months.uuid(), by=peer, now=at
        )
        safety.take(escalation=worry, by=lien, now=at + timedelta(minutes=6))
        if hours > 24:
            after = at + timedelta(minutes=95)
            safety.resolve(
                escalation=worry, words=words.AGREED, confirmed="spoke", measure="own_plan", by=lien, now=after
            )
            safety.debrief(escalation=worry, words=words.DEBRIEF, by=lien, now=after + timedelta(hours=20))


def _rosas_own_pages(months: Months, rosa: Person, by: Actor, peer: Actor) -> None:
    """What Rosa wrote, some of it with Dante; she keeps her days to herself."""
    start, today = timezone.now() - timedelta(days=30), timezone.localdate()
    for kind, parts in words.ROSAS_PAGES.items():
        recovery.write_parts(person=rosa, kind=kind, wanted=parts, by=by, now=start)
    recovery.write_parts(person=rosa, kind="plan", wanted=words.ROSA_WITH_DANTE, by=peer, now=start + timedelta(days=3))
    for area, goal_words, steps in words.ROSAS_GOALS:
        goal = recovery.add_goal(
            person=rosa, area=area, words=goal_words, submit_key=months.uuid(), by=by, now=start + timedelta(hours=1)
        )
        for number, (step_words, owner, in_days) in enumerate(steps):
            due_on = today + timedelta(days=in_days) if in_days is not None else None
            step = recovery.add_step(
                goal=goal, words=step_words, owner=owner, due_on=due_on, submit_key=months.uuid(), by=by, now=start
            )
            if number == 0:
                recovery.settle_step(step=step, to="done", by=peer, now=start + timedelta(days=8))
    for days in (40, 12):
        recovery.begin_counting(
            person=rosa, first_on=today - timedelta(days=days), submit_key=months.uuid(), by=by, today=today,
            now=timezone.now() - timedelta(days=days),
        )  # fmt: skip
    recovery.add_milestone(person=rosa, words=words.ROSAS_MILESTONE, submit_key=months.uuid(), by=by)
    recovery.hide_sheet(person=rosa, kind="days", hidden=True, by=by)


def _how_rosa_is(months: Months, rosa: Person, by: Actor) -> None:
    """Rosa checks in on most weeks; this morning she would like a call."""
    for number, answers in enumerate(words.ROSAS_CHECK_INS):
        ago = timedelta(weeks=len(words.ROSAS_CHECK_INS) - 1 - number)
        is_latest = not ago
        check_in(
            person=rosa, answers=dict(zip(words.CHECKED_IN, answers, strict=True)), wants_call=is_latest, by=by,
            submit_key=months.uuid(), now=timezone.now() - ago - timedelta(minutes=50),
        )  # fmt: skip
    for days_ago, instrument, given in words.ROSAS_ANSWERS:
        answer(
            person=rosa, instrument=instrument, answers=dict(enumerate(given)), by=by,
            now=timezone.now() - timedelta(days=days_ago),
        )  # fmt: skip
    set_wishes(person=rosa, is_hidden=False, is_reminded=True, answers_by_text=False, by=by)


def _yolanda_asked_dante(months: Months, carmen: Actor, dante: PeerProfile) -> None:
    """Yolanda is here for herself: she loves somebody. She chose Dante this morning, and he has not answered yet."""
    episode = _arrive(
        months, carmen, "Yolanda P.", days_ago=6, language="es", kind="loved_one", email="yolanda@example.org",
        needs=["understanding_a_loved_one", "someone_to_talk_to"], own_words=words.LOVED_ONE_HOPES["es"][0],
        life_stages=["caregiver"], experiences=["loved_one_of_someone"],
    )  # fmt: skip
    make_account("yolanda", months.program, "participant", person=episode.person, language="es")
    sent = timezone.now() - timedelta(days=1)
    round_ = matching.send_offers(episode=episode, by=carmen, peers=[dante], now=sent)
    by = actor_for(episode.person, "participant")
    matching.choose(offer=round_.offers.get(), by=by, now=timezone.now() - timedelta(hours=3))


def _olu_chooses(months: Months, carmen: Actor, now: datetime) -> None:
    """Olu has three people to choose from on the page of today."""
    episode = _arrive(
        months, carmen, "Olu B.", days_ago=8, language="en", email="olu@example.org",
        needs=["someone_to_talk_to", "work_or_school", "new_friends"], own_words=words.HOPES["en"][8],
        pathways=["exploring"], life_stages=["looking_for_work"], experiences=["alcohol", "depression_anxiety"],
        interests=["music"], preferences=[Wish("experience", "depression_anxiety", "like")],
    )  # fmt: skip
    make_account("olu", months.program, "participant", person=episode.person)
    set_safe_contact(person=episode.person, by=carmen, channel="email")
    matching.run_matching(program=months.program, by=carmen, episode=episode, now=now - timedelta(hours=2))
    matching.send_offers(episode=episode, by=carmen, now=now - timedelta(hours=1))


def _public_asks(months: Months) -> None:
    """What came in through the public page lately and nobody has taken up yet."""
    for hours, kind, name, language, needs, own_words in (
        (5, "own_recovery", "Theo", "en", ["someone_to_talk_to", "first_weeks"], "I come home on Friday."),
        (20, "loved_one", "Marta", "es", ["understanding_a_loved_one"], "Es por mi hermano. Yo necesito dormir."),
        (44, "own_recovery", "JJ", "en", ["meetings_and_groups"], ""),
    ):
        receive_ask(
            program=months.program,
            submit_key=months.uuid(),
            goes_by=name,
            kind=kind,
            language=language,
            answers={"needs": needs, "own_words": own_words},
            safe_contact={"channel": "phone", "may_text": True},
            phone="+12135550177",
            now=timezone.now() - timedelta(hours=hours),
        )
    receive_application(
        program=months.program,
        submit_key=months.uuid(),
        goes_by="Imani",
        language="en",
        answers={"languages": ["en"], "experiences": ["alcohol", "grief"], "pathways": ["secular"], "capacity": 3},
        why="Somebody sat with me for a year. I would like to be that somebody.",
        email="imani@example.org",
        now=timezone.now() - timedelta(days=2),
    )
