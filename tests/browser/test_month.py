"""A month in the life of three people, through the real server and its real forms, on phones, in each language.

Ximena is new: she asks, chooses, begins a plan, tries things. Teo loves somebody and gets a peer of his own; nothing
ever tells him who else is here, although Noor, whom he loves, is. Noor returns to use, tells it, and nothing is closed
or begun anew. Dante walks with Ximena and Noor, Sol with Teo, Vera calls; Carmen coordinates, Lien supervises, Ada
keeps it running. Each page on the way is looked at: 360 px wide, without barriers, in the language of the run.
"""

from datetime import time, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.utils import timezone, translation
from django_scopes import scope

from alongside.calls.actions import mark_caller
from alongside.calls.models import Agreement
from alongside.checkins.models import CheckIn
from alongside.groups.actions import add_leader, open_group
from alongside.groups.models import Group
from alongside.mentoring.actions import start_mentorship
from alongside.mentoring.models import Mentorship
from alongside.people.actions import move_episode, open_episode
from alongside.people.actor import get_actor
from alongside.people.models import Episode, Person, User
from alongside.people.outbox import send_due
from alongside.recovery.wording import NUDGES
from alongside.rules.check_in import QUESTIONS
from alongside.rules.neutral import reveals
from alongside.safety.models import Escalation
from alongside.workforce.actions import assign_supervisor, create_peer
from alongside.workforce.models import PeerProfile
from tests.browser.month import MonthTown, month_town, session_of
from tests.browser.test_journey import Taps
from tests.outside import words_of
from tests.recovery.qr_reader import read
from tests.story import day_there, make_persona

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


FAMILIES = {
    "name_en": "Those beside somebody", "name_es": "Los que acompañan", "about_en": "", "about_es": "",
    "for_whom": "loved_one", "language": "es", "is_online": False, "place": "12 Main Street", "capacity": 8,
    "rhythm": "weekly", "until_on": None, "at_time": time(18), "minutes": 60,
}  # fmt: skip


@pytest.fixture(params=["en", "es"])
def town(request, running_clock, chromium, live_server, program, carmen, lien, ada):
    """The town on a Monday morning: staff and peers are there, and Noor walks with Dante since two months."""
    with month_town(chromium, live_server.url, request.param, running_clock, program) as made:
        peers = {}
        for name, serves in (("dante", ["own_recovery"]), ("sol", ["own_recovery", "loved_one"]), ("vera", [])):
            one = make_persona(program, name, "peer", email=f"{name}@example.org")
            peers[name] = create_peer(
                person=one.person, by=carmen.actor, capacity=0 if name == "vera" else 3, languages=["en", "es"],
                serves=serves or ["own_recovery"],
            )  # fmt: skip
            assign_supervisor(peer=peers[name], supervisor=lien.person, by=lien.actor)
            if name == "vera":
                mark_caller(person=one.person, languages=("en", "es"), trained_on=day_there(), by=carmen.actor)
        noor = make_persona(program, "noor", "participant", phone="+12135550144", language=request.param)
        since = timezone.now() - timedelta(days=60)
        episode = open_episode(person=noor.person, by=carmen.actor, now=since)
        for state in ("intake", "waiting", "offered"):
            episode = move_episode(episode=episode, to=state, by=carmen.actor, now=since)
        start_mentorship(episode=episode, peer=peers["dante"], by=carmen.actor, now=since)
        for name in ("carmen", "lien", "ada", "dante", "sol", "vera", "noor"):
            User.objects.filter(username=name).update(language=request.param, email=f"{name}@example.org")
            made.arrives(name).context.add_cookies(
                [{"name": "s", "value": session_of(User.objects.get(username=name)), "url": made.url}]
            )
        yield made


def test_a_month_in_the_life_of_three_people(town: MonthTown):
    two_ask_and_carmen_takes_their_first_talk(town)
    each_chooses_somebody_and_they_say_yes(town)
    carmen_writes_who_is_on_duty(town)
    town.sleep(1)
    dante_meets_ximena_and_she_reads_his_note(town)
    ximena_begins_a_plan(town)
    noor_writes_down_what_holds_her(town)
    teo_has_somebody_for_himself(town)
    town.sleep(3)
    dante_keeps_his_word(town)
    teo_comes_to_the_family_group(town)
    ximena_tries_something_and_draws_her_circle(town)
    ximena_is_called(town)
    town.sleep(4)
    ximena_answers_some_questions(town)
    town.sleep(2)
    check_in(town.ximena, mood="4", craving="4", home="3")
    before = built_by(town, "noor")
    noor_tells_of_a_return_in_her_own_words(town)
    nothing_was_closed_or_begun_anew(town, before)
    dante_stays_close_and_tells_his_worry(town)
    lien_has_it_and_cares_for_dante_too(town)
    town.sleep(1)
    noor_is_called_sooner(town)
    town.sleep(3)
    dante_is_reminded_to_stay_close(town)
    noor_begins_again_and_keeps_what_she_built(town)
    check_in(town.ximena, mood="4", craving="4", home="3")
    town.later(hours=14)
    a_worry_in_the_night_is_not_lost(town)
    town.sleep(21)
    ximena_was_reminded_each_week_and_without_a_word(town)
    dante_sees_that_ximena_is_silent(town, is_silent=True)
    teo_was_at_the_group_and_reads_what_it_did(town)
    teo_looks_back_on_four_weeks(town)
    ximena_looks_at_what_grew(town)
    dante_sees_that_ximena_is_silent(town, is_silent=False)
    what_is_hers_alone_stays_hers(town)
    teo_was_never_told(town)
    ada_sees_that_everything_ran(town)
    print(f"\n{town.language}: {len(town.seen)} pages looked at by axe")
    town.end()


# --- arriving -----------------------------------------------------------------------------------------------------
def two_ask_and_carmen_takes_their_first_talk(town):
    for name, kind, need in (("ximena", "own_recovery", "housing"), ("teo", "loved_one", "family")):
        somebody = town.arrives(name)
        somebody.goto("/")
        somebody.goto("/ask/")
        somebody.send(
            into="[name=goes_by]", kind=kind, needs=need, goes_by=name.title(), reach=["call", "email"],
            phone="(213) 555-0177", email=f"{name}@example.org", may_voicemail="no",
        )  # fmt: skip
        assert somebody.page.url.endswith("/ask/thanks/")
        town.carmen.goto("/asks/")
        town.carmen.follow_name(name.title())
        town.carmen.tap(town.carmen.page.locator("main").get_by_role("button", name=town.say("Take up")))
        town.carmen.send(into="[name=goes_by]")
        town.carmen.send(languages=["en", "es"])
        town.carmen.send(into="[name=language_strength]")
        town.carmen.send(into="[name=modes]", modes="phone")
        town.carmen.send(into="button")
        town.carmen.send(limits_told=True, button="finish")
        assert Episode.objects.get(person__goes_by=name.title()).status == "waiting"


def each_chooses_somebody_and_they_say_yes(town):
    carmen = town.carmen
    carmen.goto("/board/")
    carmen.push("/board/run/")
    for name, peer in (("ximena", "dante"), ("teo", "sol")):
        carmen.goto("/board/")
        carmen.tap(carmen.page.get_by_role("heading", name=name.title()).get_by_role("link"))
        for place in (1, 2, 3):
            choices = carmen.page.locator(f"[name=place_{place}]")
            if choices.count():
                choices.select_option(**{"label": peer.title()} if place == 1 else {"value": ""})
        carmen.send(into="[name=place_1]")
        carmen.push("/send/")
        carmen.goto(town.of(name, "link/"))
        carmen.tap(carmen.page.locator("main form button").last)
        link = carmen.page.locator("[data-link]").inner_text()
        somebody = town.people[name]
        somebody.join(urlsplit(link).path, name)
        somebody.sign_in()
        somebody.goto("/me/")
        somebody.goto("/me/people/")
        somebody.tap(somebody.page.locator("article.peer", has_text=peer.title()).locator("button[value=choose]"))
        town.people[peer].goto("/today/")
        town.people[peer].goto("/offers/")
        town.people[peer].tap(town.people[peer].page.locator("main form button").first)
        assert Mentorship.objects.get(participant__goes_by=name.title()).status == "introduced"


def carmen_writes_who_is_on_duty(town):
    lien, carmen = town.person("lien"), town.carmen
    carmen.goto("/on-call/rota/")
    carmen.send(weekday="3", from_hour="8", until_hour="18", person=str(lien.pk), deputy=str(town.person("carmen").pk))
    carmen.finds("Lien")
    carmen.goto("/on-call/")
    carmen.send(phone="(213) 555-0100", from_hour="8", until_hour="20")


# --- the first days -----------------------------------------------------------------------------------------------
def dante_meets_ximena_and_she_reads_his_note(town):
    dante, ximena = town.dante, town.ximena
    dante.goto("/today/")
    dante.finds("Ximena")
    dante.goto(town.of("ximena", "note/?by=phone"))
    dante.send(
        into="[name=note]", outcome="reached", notice="offered", minutes="30",
        note="We talked about a room of her own.", read_together="yes",
    )  # fmt: skip
    ximena.goto("/me/notes/")
    ximena.finds("We talked about a room of her own.")
    ximena.follow_to("/me/notes/")
    ximena.send(words="Gracias por escucharme.")
    ximena.finds("Gracias por escucharme.")
    dante.goto(town.of("ximena"))
    dante.follow_to("/notes/")
    dante.finds("Gracias por escucharme.")


def ximena_begins_a_plan(town):
    ximena = town.ximena
    ximena.goto("/me/plan/")
    ximena.follow_to("/me/plan/words/")
    ximena.send(hope="A door I can close.", strengths="I keep going.", people="My aunt", places="The library")
    ximena.finds("A door I can close.")
    ximena.goto("/me/plan/areas/")
    ximena.send(stage_home="getting_ready", stage_health="not_now")
    ximena.reads("Getting ready")
    ximena.goto("/me/plan/goals/?area=home")
    ximena.send(words="A room of my own", area="home")
    ximena.send(into="[name=owner]", words="Ask about the list at the house", owner="peer", due_on=town.day(3))
    ximena.send(into="[name=owner]", words="Look for my papers", owner="person", due_on=town.day(5))
    ximena.goto("/me/check-in/wishes/")
    ximena.send(is_reminded=True)
    all_questions_in_less_than_a_minute(ximena)
    town.dante.goto(town.of("ximena", "plan/"))
    town.dante.finds("A door I can close.", "Look for my papers")


def all_questions_in_less_than_a_minute(somebody):
    """Each question answered, counted as a thumb does it."""
    somebody.goto("/me/check-in/")
    somebody.reads("Who reads this, and when")
    taps = Taps(somebody.page)
    for question in QUESTIONS:
        value = "4" if question == "purpose" else "3"
        taps.tap(somebody.page.locator(f"label:has([name='{question}'][value='{value}'])"))
    taps.tap(somebody.page.locator("main form.check-in button").last)
    somebody.page.wait_for_url("**/me/check-in/earlier/")
    somebody.look()
    print(f"\na check-in of {len(QUESTIONS)} questions: {taps.taps} taps, about {taps.seconds:.0f} s")
    assert taps.seconds < 60
    assert CheckIn.objects.latest("at").answers.keys() == set(QUESTIONS)


def check_in(somebody, *, wants_call: bool = False, **answers: str):
    somebody.goto("/me/check-in/")
    somebody.reads("Who reads this, and when")
    somebody.send(into="[name=mood]", **answers, **({"wants_call": True} if wants_call else {}))
    assert somebody.page.url.endswith("/me/check-in/earlier/")


def noor_writes_down_what_holds_her(town):
    noor = town.noor
    noor.goto("/me/")
    noor.goto("/me/plan/ways/")
    noor.follow_to("/me/plan/ways/words/")
    noor.send(signs="I stop answering", own_ways="Walk along the river")
    noor.goto("/me/plan/ways/")
    with translation.override(town.language):
        nudges = [str(words) for code, words in NUDGES.items() if code != "no_number"]
    noor.finds(*nudges)
    noor.goto("/me/plan/ways/words/")
    noor.send(company="The morning group", ask="Ana, my sister 213-555-0142", safer="Naloxone by the door")
    noor.misses(*nudges)
    noor.page.locator("main a[href='tel:2135550142']").first.wait_for()
    noor.goto("/me/plan/days/")
    noor.send(first_on=town.day(-40))
    noor.send(into="[value=glad]", words="Forty mornings", happened_on=town.day())
    noor.goto("/me/calls/")
    agree_to_calls(noor)
    town.vera.goto("/calls/")
    call_the_first(town, "well")


def agree_to_calls(somebody):
    boxes = somebody.page.locator("main [name=hours]")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    somebody.send(into="[name=phone]", phone="(213) 555-0144", may_voicemail="no")
    somebody.reads("Stop the calls")


def call_the_first(town, outcome: str):
    vera = town.vera
    vera.goto("/calls/")
    vera.push("/calls/take/")
    vera.send(outcome=outcome)
    assert vera.page.url.endswith("/calls/")


def teo_has_somebody_for_himself(town):
    teo, sol = town.teo, town.sol
    check_in(teo, mood="2", connection="2", wants_call=True)
    assert teo.page.locator("[name=craving]").count() == 0
    sol.goto("/today/")
    sol.finds("Teo")
    sol.goto(town.of("teo"))
    sol.goto(town.of("teo", "note/?by=phone"))
    sol.send(
        into="[name=note]",
        outcome="reached",
        notice="offered",
        minutes="15",
        note="He sleeps little.",
        read_together="yes",
    )
    teo.goto("/me/messages/")
    teo.send(body="Thank you for today.")
    sol.goto("/messages/")
    sol.follow_name("Teo")
    sol.finds("Thank you for today.")
    for path in ("/me/questions/", "/me/learn/", "/me/circle/", "/me/plan/", "/me/privacy/", "/me/help/", "/me/about/"):
        teo.goto(path)
    teo.goto("/me/questions/")
    teo.misses(town.say("What I can build on"))


def teo_comes_to_the_family_group(town):
    """Carmen opens it, Sol leads it; Teo comes of his own wish, under a name of his own."""
    with scope(program=town.program):
        by = get_actor(User.objects.get(username="carmen"), str(town.program.pk))[0]
        group = open_group(
            program=town.program, values=FAMILIES | {"starts_on": day_there()}, submit_key=uuid4(), by=by
        )
        add_leader(group=group, peer=PeerProfile.objects.get(person__goes_by="Sol"), by=by)
    teo, sol = town.teo, town.sol
    teo.goto("/me/groups/")
    teo.follow_name("Los que acompañan" if town.language == "es" else "Those beside somebody")
    teo.send(into="[name=alias]", alias="T.")
    teo.reads("You have a place")
    sol.goto("/groups/")
    sol.follow_to(f"/groups/{group.pk}/")
    sol.finds("T.")
    teo.goto("/me/circle/")
    add_to_circle(teo, "My brother Raúl", "person", "close", "yes")


# --- doing ----------------------------------------------------------------------------------------------------------
def dante_keeps_his_word(town):
    dante = town.dante
    dante.goto("/today/")
    dante.reads("A step of yours in their plan is for today")
    dante.goto(town.of("ximena", "plan/"))
    dante.tap(dante.page.locator("main li", has_text="Ask about the list").locator("button[value=done]"))
    dante.goto("/today/")
    dante.misses(town.say("A step of yours in their plan is for today"))


def ximena_tries_something_and_draws_her_circle(town):
    ximena = town.ximena
    ximena.goto("/me/learn/")
    ximena.follow_to("/me/learn/urges/")
    ximena.send(happened_on=town.day(), feel="mixed", words="Ten breaths at the bus stop.")
    ximena.finds("Ten breaths at the bus stop.")
    ximena.send(stand="trying")
    town.dante.goto(town.of("ximena", "learn/urges/"))
    town.dante.finds("Ten breaths at the bus stop.")
    ximena.goto("/me/circle/")
    add_to_circle(ximena, "Aunt Luz", "person", "close", "yes")
    add_to_circle(ximena, "The corner", "place", "far", "no")
    check_in(ximena, mood="3", craving="4", home="2")


def add_to_circle(somebody, name: str, kind: str, ring: str, support: str):
    somebody.follow_to("/me/circle/new/")
    somebody.send(name=name, kind=kind, ring=ring, support=support)
    somebody.finds(name)


def ximena_is_called(town):
    town.ximena.goto("/me/calls/")
    agree_to_calls(town.ximena)
    town.vera.goto("/today/")
    call_the_first(town, "well")
    town.ximena.goto("/me/calls/")
    town.ximena.finds("Vera")


def ximena_answers_some_questions(town):
    ximena = town.ximena
    check_in(ximena, mood="4", craving="4", home="3")
    ximena.goto("/me/questions/")
    ximena.follow_to("/me/questions/readiness-ruler/")
    ximena.send(item_0="7")
    ximena.goto("/me/questions/readiness-ruler/")
    ximena.send(item_0="7", item_1="4", item_2="6")
    ximena.reads("To ask each other")
    town.dante.goto(town.of("ximena", "questions/"))
    town.dante.goto(town.of("ximena", "questions/barc-10/"))
    town.dante.send(into="[name=item_0]", **{f"item_{number}": "4" for number in range(10)})
    town.dante.finds("40")


# --- a return to use ------------------------------------------------------------------------------------------------
def built_by(town, name: str) -> dict:
    """Everything of somebody's that could be closed or begun anew."""
    person = town.person(name)
    sheets = person.sheets.order_by("pk")
    return {
        "episode": list(person.episodes.values("status", "opened_at", "closed_at", "active_since")),
        "walks": list(Mentorship.objects.filter(participant=person).values("status", "peer_id", "introduced_at")),
        "parts": [sheet.parts for sheet in sheets],
        "days": [list(sheet.chapters.values("first_on", "last_on")) for sheet in sheets],
        "milestones": [[one.words for one in sheet.milestones.all()] for sheet in sheets],
        "calls": list(Agreement.objects.filter(person=person).values("status", "agreed_at")),
        "check_ins": CheckIn.objects.filter(person=person).count(),
    }


def noor_tells_of_a_return_in_her_own_words(town):
    noor = town.noor
    noor.goto("/me/hard-day/")
    noor.reads(
        "It happens to many of us on the way. You may tell it here. Nothing ends by it, and nothing starts from zero."
    )
    noor.send(on_day=town.day(-1), words="It was one night. I am scared and I am here.", who="beside")
    noor.reads("What is there for you now")
    noor.reads("If you use again")
    noor.finds("Ana, my sister", "Naloxone by the door", "Forty mornings", "Dante", "It was one night.")
    noor.page.locator("main a[href='tel:988']").first.wait_for()
    noor.goto("/me/help/")
    noor.finds("Ana, my sister")


def nothing_was_closed_or_begun_anew(town, before):
    assert built_by(town, "noor") == before
    town.noor.goto("/me/plan/days/")
    town.noor.finds("Forty mornings", "50")
    town.noor.goto("/me/")
    town.noor.finds("Dante")


def dante_stays_close_and_tells_his_worry(town):
    dante = town.dante
    dante.goto("/today/")
    first = dante.page.locator("main li.row").first
    assert "Noor" in first.inner_text(), "she stands first"
    dante.goto(town.of("noor"))
    dante.goto(town.of("noor", "hard-days/"))
    dante.finds("It was one night.")
    dante.follow_to("/worry/")
    dante.reads("What did you notice?")
    dante.finds("Lien")
    dante.send(words="She says she is scared to be alone tonight.")
    assert Escalation.objects.get().status == "open"


def lien_has_it_and_cares_for_dante_too(town):
    lien, worry = town.lien, Escalation.objects.get()
    lien.goto("/team/")
    lien.goto("/worries/")
    lien.follow_to(f"/worries/{worry.pk}/")
    lien.finds("She says she is scared to be alone tonight.")
    lien.push("/take/")
    lien.send(into="[name=confirmed]", confirmed="spoke", measure="own_plan", words="Ana stays with her tonight.")
    lien.finds("Ana stays with her tonight.")
    lien.page.locator("main form[action$='/debrief/'] textarea").fill("He is tired and glad. A free day on Friday.")
    lien.push("/debrief/")
    town.dante.goto(f"/worries/{worry.pk}/")
    town.dante.finds("He is tired and glad. A free day on Friday.", "Ana stays with her tonight.")
    worry.refresh_from_db()
    assert worry.status == "debriefed" and worry.owner.goes_by == "Lien"
    town.dante.goto(town.of("noor", "note/?by=phone"))
    town.dante.send(
        into="[name=note]",
        outcome="reached",
        notice="offered",
        minutes="30",
        note="She is with her sister.",
        read_together="yes",
    )


def noor_is_called_sooner(town):
    call_the_first(town, "well")
    town.noor.goto("/me/calls/")
    town.noor.finds("Vera")
    agreement = Agreement.objects.get(person__goes_by="Noor")
    assert agreement.status == "agreed" and agreement.due_at - timezone.now() < timedelta(days=4), "more often now"


def dante_is_reminded_to_stay_close(town):
    town.dante.goto("/today/")
    row = town.dante.page.locator("main li.row", has_text="Noor")
    day = town.say("Told about a return to use %(day)s; stay close", day="").strip().split(";")[-1].strip()
    assert day in row.inner_text()


def noor_begins_again_and_keeps_what_she_built(town):
    noor = town.noor
    noor.goto("/me/plan/days/")
    noor.page.locator("main details summary").first.click()
    noor.send(into="[value=begin]", first_on=town.day(-4))
    noor.finds("Forty mornings")
    noor.reads("Earlier days count too.")
    check_in(noor, mood="3", craving="2", connection="4")
    noor.goto("/me/plan/ways/")
    noor.finds("Ana, my sister")
    assert town.person("noor").episodes.get().status == "active"


def a_worry_in_the_night_is_not_lost(town):
    """At eleven nobody is on duty, and the page says so; the rota is told, and one of them has it in the morning."""
    dante, lien = town.dante, town.lien
    told = len(town.mails_to("lien@example.org"))
    dante.goto(town.of("ximena", "worry/"))
    dante.reads("Nobody is on duty at this hour.")
    dante.send(words="She wrote that she cannot sleep and does not want to be alone.")
    worry = Escalation.objects.get(person=town.person("ximena"))
    assert worry.status == "open"
    town.later(hours=10)
    with scope(program=town.program):
        send_due()
    assert len(town.mails_to("lien@example.org")) > told
    lien.goto("/worries/")
    lien.follow_to(f"/worries/{worry.pk}/")
    lien.push("/take/")
    lien.send(into="[name=confirmed]", confirmed="spoke", measure="own_plan", words="We spoke; her aunt comes tonight.")
    lien.page.locator("main form[action$='/debrief/'] textarea").fill("He slept little too.")
    lien.push("/debrief/")
    worry.refresh_from_db()
    assert worry.status == "debriefed"


# --- four weeks later ---------------------------------------------------------------------------------------------
def ximena_was_reminded_each_week_and_without_a_word(town):
    """Three weeks passed since her latest check-in: three mails that say nothing, to the address she gave for it."""
    reminders = [one for one in town.mails_to("ximena@example.org") if "/me/check-in/" in one.body]
    assert len(reminders) == 3
    assert [one for one in reminders if reveals(words_of(one))] == []


def dante_sees_that_ximena_is_silent(town, *, is_silent: bool):
    """She checked in five times, then not for three weeks: his Today says so, until she does again."""
    town.dante.goto("/today/")
    row = town.dante.page.locator("main li.row", has_text="Ximena")
    words = town.say("Used to check in, and has been silent for longer than usual")
    assert row.get_by_text(words).count() == is_silent, row.all_inner_texts()


def teo_was_at_the_group_and_reads_what_it_did(town):
    """Sol hands in the sheet of its fifth evening and writes one note; Teo reads his own copy."""
    teo, sol, group = town.teo, town.sol, Group.objects.get()
    sol.goto(f"/groups/{group.pk}/on/{group.starts_on + timedelta(weeks=4)}/")
    sol.send(into="[name=came]", came=str(town.person("teo").pk), walk_ins="2")
    sol.follow_to("/note/")
    sol.send(into="[name=words]", words="We asked what each of us does for themself.", read_together=True)
    assert sol.page.url.endswith(f"/groups/{group.pk}/"), "it is saved"
    teo.goto("/me/notes/")
    teo.finds("We asked what each of us does for themself.")


def teo_looks_back_on_four_weeks(town):
    teo = town.teo
    check_in(teo, mood="4", connection="4")
    teo.goto("/me/check-in/earlier/")
    assert teo.page.locator("main li").count() >= 2, "the first day and this one"
    teo.goto("/me/circle/")
    add_to_circle(teo, "The family group", "group", "around", "yes")
    teo.reads("How it changed")
    teo.goto("/me/groups/")
    teo.follow_name("Los que acompañan" if town.language == "es" else "Those beside somebody")
    teo.reads("You have a place")
    town.sol.goto(town.of("teo"))


def ximena_looks_at_what_grew(town):
    ximena = town.ximena
    ximena.goto("/me/circle/")
    add_to_circle(ximena, "Tuesday choir", "group", "around", "yes")
    ximena.reads("How it changed")
    check_in(ximena, mood="4", craving="5", home="4")
    ximena.goto("/me/plan/")
    ximena.tap(ximena.page.locator("main li", has_text="Look for my papers").locator("button[value=done]"))
    ximena.goto("/me/plan/days/")
    ximena.send(into="[value=glad]", words="I have a key.", happened_on=town.day())
    ximena.finds("I have a key.")
    ximena.goto("/me/plan/history/")
    ximena.finds("A door I can close.")
    ximena.goto("/me/plan/pocket/")
    codes = [one.get_attribute("src") for one in ximena.page.locator("main img[src^='data:image/svg']").all()]
    held = " ".join(read(code) for code in codes)
    assert "988" in held and "A door I can close." in held, "the codes hold the words themselves"
    ximena.goto("/me/questions/barc-10/talk/")
    ximena.finds("40")
    ximena.reads("To ask each other")


def what_is_hers_alone_stays_hers(town):
    ximena, dante = town.ximena, town.dante
    ximena.goto("/me/plan/well/words/")
    ximena.send(good_day="I sing in the kitchen.")
    dante.goto(town.of("ximena", "well/"))
    dante.finds("I sing in the kitchen.")
    ximena.goto("/me/plan/well/")
    ximena.send(into="[name=kind]", button="hide")
    dante.goto(town.of("ximena", "well/"))
    dante.misses("I sing in the kitchen.")


def teo_was_never_told(town):
    """Whatever he and whoever walks with him opened, nobody else who is here stands in it."""
    for path in ("/me/", "/me/messages/", "/me/notes/", "/me/times/", "/me/check-in/earlier/"):
        town.teo.goto(path)
    for phone in (town.teo, town.sol):
        assert len(phone.heard) > 5
        for page in phone.heard:
            assert "Noor" not in page and "Ximena" not in page and str(town.person("noor").pk) not in page


def ada_sees_that_everything_ran(town):
    ada = town.ada
    ada.goto("/jobs/")
    ada.reads("Nothing failed lately")
    for name in ("Noor", "Ximena", "Teo"):
        ada.misses(name)
    assert {one.status for one in Episode.objects.all()} == {"active"}
    assert Person.objects.filter(goes_by__in=["Noor", "Ximena", "Teo"]).count() == 3
