"""One program full of life, made through the product's own actions, with canaries where the secrets are.

Rosa walks with Dante: notes, an answer, messages, a planned time, a change of peer that she asked for. Olu has an open
round of offers; Nia chose Dante and waits for his answer. Somebody asked for help, somebody applied, a roster waits for
its answer, links were given out. Sam (participant) and Pat (peer) belong to the program and to nobody in this story.

A page that a role may not see must hold none of `CANARIES`.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone
from tests.story import ZONE, day_there, make_account, make_persona

CANARIES = (
    "Quetzalrosa",  # the names by which Rosa, Olu and Nia go
    "Zeppolu",
    "Wisterinia",
    "Rosalinda Cenzontle",  # a legal name
    "5550142",  # the end of a telephone number, however it is written
    "555-0142",
    "quetzal.rosa@example.org",
    "violet canary of the note",
    "amber canary of the next step",
    "apricot canary of her own line",
    "green canary of the answer",
    "scarlet canary of the message",
    "silver canary of the reply",
    "canary who asked",
    "indigo canary of the wish",
    "canary who applied",
    "copper canary of the row",
    "canary cafe",
    "teal canary of the change",
    "crimson canary of the recipient",
    "ivory canary of the matter",
    "maroon canary of the emergency",
    "plum canary of the hope",
    "olive canary of the goal",
    "pearl canary of the step",
    "coral canary of the hard day",
    "lilac canary of the good day",
    "ochre canary of the milestone",
    "magenta canary of the worry",
    "saffron canary of the call",
    "amethyst canary of the telling",
    "cobalt canary of the agreement",
    "ebony canary of the practice",
    "sienna canary of the circle",
    "saffron canary of the notice",
    "umber canary of the complaint",
    "bronze canary of the reach",
    "khaki canary of the wish to keep",
    "russet canary of whom she named",
    "saffron canary of the hold",
    "sienna canary of the demand",
    "umber canary of the report",
    "khaki canary of the bag",
    "saffron canary of the reflection",
    "canary.partner@example.org",
    "sienna canary of the partner",
)


@dataclass(repr=False)
class Story:
    """Who is in the program and what was made; `objects` holds what URLs may name."""

    program: object
    people: dict = field(default_factory=dict)
    objects: dict = field(default_factory=dict)

    def __getattr__(self, name: str):
        try:
            return self.__dict__["people"].get(name) or self.__dict__["objects"][name]
        except KeyError:
            raise AttributeError(name) from None


def tell(program, carmen, lien, dolores, ada) -> Story:
    """The whole story. The program must be in scope."""
    story = Story(program, {"carmen": carmen, "lien": lien, "dolores": dolores, "ada": ada})
    story.people["cleo"] = SimpleNamespace(user=make_account("cleo", program, "council"), person=None, program=program)
    _peers(story)
    _rosa_and_dante(story)
    _her_own_pages(story)
    _how_she_is(story)
    _who_is_worried(story)
    _the_law_at_the_door(story)
    _for_him_alone(story)
    _who_is_called(story)
    _what_she_told(story)
    _what_runs()
    _figures_so_far(story)
    _those_who_choose(story)
    _those_who_arrive(story)
    _those_written_twice(story)
    _what_leaves(story)
    _what_was_told(story)
    _what_she_was_told(story)
    _what_was_not_right(story)
    _what_is_shared(story)
    _what_is_kept_back(story)
    _who_opened_what(story)
    _who_wishes_to_be_erased(story)
    _what_a_partner_gets(story)
    return story


def _peers(story: Story) -> None:
    from alongside.people.models import Person, Site
    from alongside.workforce.actions import create_peer

    story.objects["site"] = Site.objects.create(program=story.program, name="River house", zip="90012")

    for name, capacity in (("dante", 4), ("pat", 2)):
        peer = story.people[name] = make_persona(story.program, name, "peer")
        Person.objects.filter(pk=peer.person.pk).update(supervisor=story.lien.person if name == "dante" else None)
        peer.person.refresh_from_db()
        peer.profile = create_peer(
            person=peer.person, by=story.carmen.actor, capacity=capacity, languages=["en", "es"],
            modes=["phone", "in_person"], pathways=["twelve_step"], story=f"{name.title()} likes to walk.",
        )  # fmt: skip


def _waiting(story: Story, username: str, goes_by: str, **values):
    """Somebody who waits for a peer, with wishes."""
    from alongside.intake.actions import Wish, finish_intake, save_wishes
    from alongside.people.actions import change_person, move_episode, open_episode

    by, asked = story.carmen.actor, timezone.now() - timedelta(days=6)
    somebody = story.people[username] = make_persona(story.program, username, "participant")
    somebody.person = change_person(person=somebody.person, by=by, goes_by=goes_by, **values)
    episode = open_episode(person=somebody.person, by=by, now=asked)
    move_episode(episode=episode, to="intake", by=by, now=asked)
    save_wishes(
        episode=episode, by=by, languages=["es", "en"], modes=["phone"], needs=["housing"],
        pathways=["twelve_step"], preferences=[Wish("language", "es")],
        own_words="indigo canary of the wish" if username == "rosa" else "",
    )  # fmt: skip
    somebody.episode = finish_intake(episode=episode, by=by, now=asked)
    return somebody


def _offer(story: Story, somebody):
    """Offer Dante to somebody who waits."""
    from alongside.matching.actions import send_offers

    round_ = send_offers(episode=somebody.episode, peers=[story.dante.profile], by=story.carmen.actor)
    somebody.episode.refresh_from_db()
    return round_.offers.get()


def _rosa_and_dante(story: Story) -> None:
    from alongside.matching.actions import accept, choose
    from alongside.mentoring.actions import (
        Note,
        add_to_note,
        ask_for_another_peer,
        make_feed,
        plan_appointment,
        record_contact,
        save_draft,
        send_message,
    )
    from alongside.people.actions import record_boundary, set_safe_contact
    from alongside.privacy.actions import open_with_reason

    rosa = _waiting(
        story, "rosa", "Quetzalrosa", legal_name="Rosalinda Cenzontle", phone="+1 213-555-0142",
        email="quetzal.rosa@example.org", birth_date=date(1984, 5, 17),
    )  # fmt: skip
    dante = story.dante
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)
    record_boundary(person=rosa.person, other=story.pat.person, kind="kin", by=story.carmen.actor)
    choose(offer=_offer(story, rosa), by=rosa.actor)
    mentorship = accept(offer=rosa.episode.rounds.get().offers.get(), by=dante.actor)
    note = Note(
        submit_key=uuid4(), happened_at=timezone.now() - timedelta(days=2), mode="phone", reached=True, minutes=20,
        kinds_of_support=("emotional",), note="violet canary of the note", next_step="amber canary of the next step",
        read_together=True, their_line="apricot canary of her own line",
    )  # fmt: skip
    (contact,) = record_contact(mentorships=[mentorship], note=note, by=dante.actor)
    mentorship.refresh_from_db()
    answer = add_to_note(
        contact=contact, words="green canary of the answer", submit_key=uuid4(), by=rosa.actor, is_answer=True
    )
    send_message(mentorship=mentorship, body="scarlet canary of the message", submit_key=uuid4(), by=dante.actor)
    message = send_message(mentorship=mentorship, body="silver canary of the reply", submit_key=uuid4(), by=rosa.actor)
    appointment = plan_appointment(
        mentorship=mentorship, on_day=timezone.localdate() + timedelta(days=3), at_time=time(10), mode="in_person",
        time_zone="America/Los_Angeles", submit_key=uuid4(), by=dante.actor, place="canary cafe",
    )  # fmt: skip
    save_draft(by=dante.actor, name="draft", fields={"note": ["violet canary of the note"]})
    secret = make_feed(by=rosa.actor)
    grant = open_with_reason(participant=rosa.person, words="a wish of hers was heard", by=story.dolores.actor)
    handover = ask_for_another_peer(mentorship=mentorship, by=rosa.actor, reason_words="teal canary of the change")
    mentorship.refresh_from_db()
    story.objects |= {
        "mentorship": mentorship, "contact": contact, "answer": answer, "message": message,
        "appointment": appointment, "secret": secret, "grant": grant, "handover": handover,
    }  # fmt: skip


def _her_own_pages(story: Story) -> None:
    from alongside.recovery.actions import (
        add_goal,
        add_milestone,
        add_step,
        begin_counting,
        hide_sheet,
        set_on_call,
        settle_step,
        write_parts,
    )

    rosa, dante = story.rosa.person, story.dante.actor
    by, today = story.rosa.actor, timezone.localdate()
    write_parts(
        person=rosa, kind="plan", by=by, wanted={"hope": "plum canary of the hope", "stage_home": "getting_ready"}
    )
    write_parts(person=rosa, kind="plan", by=dante, wanted={"people": "A sister in Fresno"})
    goal = add_goal(person=rosa, area="home", words="olive canary of the goal", submit_key=uuid4(), by=by)
    step = add_step(
        goal=goal, words="pearl canary of the step", owner="peer", submit_key=uuid4(), by=dante,
        due_on=today + timedelta(days=2),
    )  # fmt: skip
    other = add_step(goal=goal, words="Look at two rooms", owner="person", submit_key=uuid4(), by=by)
    settle_step(step=other, to="done", by=by)
    write_parts(
        person=rosa, kind="safe", by=by, wanted={"signs": "coral canary of the hard day", "ask": "Ana 213-555-0199"}
    )
    write_parts(person=rosa, kind="well", by=by, wanted={"good_day": "lilac canary of the good day"})
    begin_counting(person=rosa, first_on=today - timedelta(days=20), submit_key=uuid4(), by=by, today=today)
    milestone = add_milestone(person=rosa, words="ochre canary of the milestone", submit_key=uuid4(), by=by)
    hide_sheet(person=rosa, kind="days", hidden=True, by=by)
    set_on_call(program=story.program, phone="+12135550188", from_hour=9, until_hour=21, by=story.carmen.actor)
    story.objects |= {"goal": goal, "step": step, "milestone": milestone}


def _how_she_is(story: Story) -> None:
    from alongside.assessments.actions import answer
    from alongside.checkins.actions import check_in, set_wishes

    rosa, by = story.rosa.person, story.rosa.actor
    for weeks, answers in enumerate([{"mood": 2, "home": 3}, {"mood": 4}]):
        check_in(
            person=rosa, answers=answers, wants_call=False, submit_key=uuid4(), by=by,
            now=timezone.now() - timedelta(weeks=2 - weeks),
        )  # fmt: skip
    for instrument, answers in (("ucla-3", {0: 2, 1: 1, 2: 3}), ("barc-10", {0: 5})):
        answer(person=rosa, instrument=instrument, answers=answers, by=by)
    set_wishes(person=rosa, is_hidden=False, is_reminded=True, answers_by_text=True, by=by)
    _what_she_tries(story)


def _what_she_tries(story: Story) -> None:
    from alongside.connections.actions import add_tie
    from alongside.skills.actions import add_practice, add_unit, say_stand

    rosa, by, today = story.rosa.person, story.rosa.actor, timezone.localdate()
    words = {"title": "Our walk", "why": "We walk.", "ideas": [], "practice": "Walk.", "questions": [], "sources": []}
    unit = add_unit(program=story.program, words={"en": words}, submit_key=uuid4(), by=story.carmen.actor)
    practice = add_practice(
        person=rosa, unit="urges", happened_on=today, together=True, feel="good", words="ebony canary of the practice",
        submit_key=uuid4(), by=by, today=today,
    )  # fmt: skip
    say_stand(person=rosa, unit=str(unit.pk), stand="mine", by=by)
    tie = add_tie(
        person=rosa, kind="person", name="sienna canary of the circle", ring="close", support="yes", submit_key=uuid4(),
        by=by,
    )  # fmt: skip
    story.objects |= {"unit": unit, "practice": practice, "tie": tie}


def _who_is_worried(story: Story) -> None:
    from alongside.safety.actions import (
        add_words,
        debrief,
        hand_to,
        look_after_due,
        raise_escalation,
        resolve,
        set_turn,
        take,
        take_handed,
    )

    by, dante, lien = story.carmen.actor, story.dante.actor, story.lien.actor
    for weekday in range(7):
        set_turn(
            program=story.program, weekday=weekday, from_hour=0, until_hour=0, person=story.lien.person,
            deputy=story.carmen.person, by=by,
        )  # fmt: skip
    named = {"person": story.rosa.person, "words": "magenta canary of the worry", "by": dante}
    earlier = raise_escalation(source="call", submit_key=uuid4(), **named)
    take(escalation=earlier, by=lien)
    hand_to(escalation=earlier, other=story.carmen.person, words="I am on the road", by=lien)
    take_handed(escalation=earlier, by=by)
    resolve(escalation=earlier, words="cobalt canary of the agreement", confirmed="spoke", by=by)
    debrief(escalation=earlier, words="Dante would like a walk", by=lien)
    worry = raise_escalation(source="note", submit_key=uuid4(), **named)
    look_after_due(timezone.now() + timedelta(hours=2))
    add_words(escalation=worry, words="She called back", by=dante)
    story.objects["worry"] = worry


def _the_law_at_the_door(story: Story) -> None:
    from alongside.legal import actions
    from alongside.rules.breach import FACTORS
    from alongside.rules.legal_demand import QUESTIONS
    from alongside.rules.mandated_report import Facts

    rosa, by, now = story.rosa.person, story.dolores.actor, timezone.now()
    story.objects["hold"] = actions.open_hold(person=rosa, kind="complaint", words="saffron canary of the hold", by=by)
    demand = actions.receive_demand(
        program=story.program, kind="subpoena", sender="A lawyer", received_at=now, asks="sienna canary of the demand",
        submit_key=uuid4(), by=by,
    )  # fmt: skip
    actions.hand_letter(demand=demand, by=by)
    demand = actions.name_person(demand=demand, person=rosa, words="Her name", by=by)
    actions.tell_counsel(demand=demand, counsel="M. Okafor", told_at=now, by=by)
    on_file = {"court": "A court", "number": "C-1", "issued_on": timezone.localdate(), "kept_where": "Safe", "by": by}
    order = actions.file_order(
        demand=demand, purpose="noncriminal", recipient="A lawyer", items=["being_here", "reach"],
        answers=dict.fromkeys(QUESTIONS["noncriminal"], True), forbids_telling=True, **on_file,
    )  # fmt: skip
    mandate = actions.file_mandate(demand=demand, kind="subpoena", **on_file)
    release = actions.ask_release(demand=demand, order=order, mandate=mandate, items=["being_here", "reach"], by=by)
    release = actions.answer_release(release=release, agree=True, by=story.carmen.actor)
    report = actions.note_report(
        person=rosa, facts=Facts("crime", {"circumstances": "umber canary of the report", "name": "R."}, "Police",
                                 "Dante", now, "supervisor"),
        reference="", submit_key=uuid4(), by=story.dante.actor,
    )  # fmt: skip
    incident = actions.open_incident(
        program=story.program, what_happened="A bag was lost", happened_on=None, discovered_on=timezone.localdate(),
        owner=story.lien.person, submit_key=uuid4(), by=by,
    )  # fmt: skip
    actions.search_log(
        incident=incident, account=story.dante.user.pk, acts=["record.opened"], from_at=now - timedelta(days=1),
        until_at=now, by=by,
    )  # fmt: skip
    affected = actions.add_affected(incident=incident, person=rosa, words="khaki canary of the bag", by=by)
    actions.assess(
        incident=incident, factors=dict.fromkeys(FACTORS, "x"), decision="breach", words="It was open", by=by
    )
    words = {"what_happened": "A bag was lost", "protect_yourself": "Nothing", "what_we_do": "We looked for it"}
    actions.change_letter(
        incident=incident, information=["name"], letter={"en": words, "es": words}, contact="800-555-0100", by=by
    )
    story.objects |= {
        "demand": demand, "paper": order, "release": release, "report": report, "incident": incident,
        "affected": affected,
    }  # fmt: skip


def _for_him_alone(story: Story) -> None:
    from alongside.reflections.actions import write_reflection

    story.objects["reflection"] = write_reflection(
        words="saffron canary of the reflection", kept_days=7, submit_key=uuid4(), by=story.dante.actor
    )


def _who_is_called(story: Story) -> None:
    """Dante calls her, and has her to himself again; Pat, from whom she is kept apart, is trained to call too."""
    from alongside.calls.actions import agree, call_soon, change, go_on, mark_caller, pause, record_call, take_call

    rosa, by, dante = story.rosa, story.rosa.actor, story.dante.actor
    noon = timezone.now().astimezone(ZONE).replace(hour=12, minute=0) - timedelta(days=1)
    noon -= timedelta(days=f"{noon:%m-%d}" in ("12-25", "01-01"))
    for name in ("dante", "pat"):
        mark = mark_caller(
            person=story.people[name].person, languages=["en", "es"], trained_on=noon.date(), by=story.lien.actor
        )
        story.objects[f"{name}_calls"] = mark
    agreement = agree(
        person=rosa.person, hours="f" * 42, time_zone="America/Los_Angeles", language="en", how="page",
        may_voicemail=True, by=by, now=noon,
    )  # fmt: skip
    change(agreement=agreement, wished_every_days=14, by=by, now=noon)
    pause(agreement=agreement, by=by)
    go_on(agreement=agreement, by=by, now=noon)
    story.objects["agreement"] = agreement
    named = {"agreement_id": agreement.pk, "caller": story.dante_calls, "by": dante}
    take_call(now=noon, **named)
    record_call(
        agreement_id=agreement.pk, outcome="more", note="saffron canary of the call", submit_key=uuid4(), by=dante,
        now=noon,
    )  # fmt: skip
    call_soon(agreement=agreement, why="asked", by=by, now=noon + timedelta(hours=1))
    take_call(now=noon + timedelta(hours=1), **named)


def _what_she_told(story: Story) -> None:
    from alongside.returns.actions import tell_return

    named = {"person": story.rosa.person, "on_day": timezone.localdate(), "by": story.rosa.actor}
    tell_return(words="amethyst canary of the telling", submit_key=uuid4(), **named)


def _what_runs() -> None:
    from alongside.jobs import begin
    from alongside.running.actions import Notes

    begin(Notes())


def _figures_so_far(story: Story) -> None:
    """Counted in the middle, so that there are sums and, later, something that is not counted yet."""
    from alongside.impact.actions import catch_up, hold_public_figures

    catch_up([story.program])
    hold_public_figures(story.program, timezone.now())


def _those_who_choose(story: Story) -> None:
    from alongside.matching.actions import choose, run_matching

    olu, nia = _waiting(story, "olu", "Zeppolu"), _waiting(story, "nia", "Wisterinia")
    _waiting(story, "sam", "Sam")
    waits = _waiting(story, "noor", "Noor")
    story.objects["run"] = run_matching(program=story.program, by=story.carmen.actor)
    story.objects["offer"], chosen = _offer(story, olu), _offer(story, nia)
    story.objects["chosen_offer"] = choose(offer=chosen, by=nia.actor)
    story.objects["waiting_episode"] = waits.episode


def _those_who_arrive(story: Story) -> None:
    from alongside.intake.actions import (
        confirm_roster,
        decide_words,
        map_roster,
        receive_application,
        receive_ask,
        upload_roster,
    )
    from alongside.intake.actions.rosters import columns_of
    from alongside.intake.actions.wishes import start_intake
    from alongside.people.actions import create_invitation

    program, by = story.program, story.carmen.actor
    story.objects["inquiry"] = receive_ask(
        program=program, submit_key=uuid4(), goes_by="canary who asked", kind="own_recovery", language="en",
        answers={"needs": ["housing"], "own_words": ""}, safe_contact={"channel": "phone"}, phone="+1 213-555-0142",
    )  # fmt: skip
    story.objects["application"] = receive_application(
        program=program, submit_key=uuid4(), goes_by="canary who applied", language="en", answers={"languages": ["en"]},
        why="I was there too.",
    )  # fmt: skip
    rows = b"Name,DOB\n,1990-01-02\nPerpetua,1991-03-04\n"
    known = upload_roster(program=program, content=rows, file_name="a.csv", by=by)
    known = map_roster(roster=known, mapping=columns_of(known), options=known.options, by=by)
    confirm_roster(roster=known, by=by)
    rows = "Preferred name,Language,Phone\ncopper canary of the row,Espanyol,213-555-0177\n,,\nJo,Spanish,\n"
    roster = upload_roster(program=program, content=rows.encode(), file_name="list.csv", by=by, kind="participants")
    roster = map_roster(roster=roster, mapping=columns_of(roster), options=roster.options, by=by)
    roster = decide_words(roster=roster, decided={("language", "espanyol"): "es"}, by=by)
    invitation, token = create_invitation(program=program, roles=["participant"], by=by)
    intake = start_intake(program=program, by=by, person_values={"goes_by": "Zeppolu the second"})
    story.objects |= {"roster": roster, "invitation": invitation, "token": token, "intake_episode": intake}


def _those_written_twice(story: Story) -> None:
    from alongside.people.actions import create_person, merge_persons
    from alongside.people.models import TwinPair
    from alongside.people.near_matches import compare_waiting

    program, by = story.program, story.carmen.actor
    again = create_person(
        program=program, by=by, goes_by="Rosi", legal_name="Rosalinda Cenzontle", phone="(213) 555-0142",
        birth_date=date(1984, 5, 17),
    )  # fmt: skip
    compare_waiting()
    pair = TwinPair.objects.get(first__in=[again.pk, story.rosa.person.pk], second__in=[again.pk, story.rosa.person.pk])
    first, second = (create_person(program=program, by=by, goes_by=name) for name in ("Ines", "Ines too"))
    merge = merge_persons(first=first, second=second, by=by)
    story.objects |= {"pair": pair, "merge": merge}


def _what_leaves(story: Story) -> None:
    from alongside.interop.actions import ask_for_export

    story.objects["export"] = ask_for_export(
        kind="participants", scope="now", file_format="csv", language="en",
        words="For the yearly count of the county.", by=story.carmen.actor,
    )  # fmt: skip


def _what_is_shared(story: Story) -> None:
    from tests.privacy.consents import drafted, signed

    from alongside.privacy.actions import disclose, set_law, stop_sharing
    from alongside.rules.consent import Posture

    rosa, by = story.rosa, story.carmen.actor
    set_law(
        program=story.program, posture=Posture(), note="The strictest, until counsel says more", by=story.dolores.actor
    )
    named = {"recipient": "crimson canary of the recipient"}
    story.objects["consent"] = signed(rosa.person, rosa.actor, **named)
    disclose(consent=story.objects["consent"], way="printed", submit_key=uuid4(), by=by)
    story.objects["draft_consent"] = drafted(
        rosa.person, rosa.actor, "legal", purpose_words="ivory canary of the matter", **named
    )
    story.objects["network"] = signed(rosa.person, rosa.actor, "intermediary", **named)
    ended = signed(rosa.person, rosa.actor, "legal", purpose_words="ivory canary of the matter", **named)
    disclose(consent=ended, way="printed", submit_key=uuid4(), by=by)
    stop_sharing(consent=ended, by=rosa.actor)


def _what_is_kept_back(story: Story) -> None:
    from alongside.privacy.actions import ask_restriction, decide_restriction, end_restriction

    rosa, by = story.rosa, story.carmen.actor
    named = {"person": rosa.person, "toward": "named", "recipient": "russet canary of whom she named",
             "words": "khaki canary of the wish to keep", "items": ["times"]}  # fmt: skip
    agreed = ask_restriction(submit_key=uuid4(), by=rosa.actor, **named)
    decide_restriction(restriction=agreed, agree=True, words="khaki canary of the wish to keep", by=by)
    ended = ask_restriction(submit_key=uuid4(), by=story.dante.actor, **named)
    end_restriction(restriction=ended, by=story.dante.actor, how="spoken")
    story.objects["restriction"] = ask_restriction(submit_key=uuid4(), by=story.dante.actor, **named)


def _what_she_was_told(story: Story) -> None:
    from alongside.privacy.actions import enter_provider, offer_notice, publish_notice, tell_limits

    publish_notice(
        program=story.program, contact="Dolores", phone="(213) 555-0100", email="ask@example.org",
        effective_on=day_there(), by=story.dolores.actor,
    )  # fmt: skip
    offer_notice(
        person=story.rosa.person, outcome="not_signed", how="paper", language="es", why_not="other",
        why_words="saffron canary of the notice", by=story.dante.actor,
    )  # fmt: skip
    tell_limits(person=story.rosa.person, language="es", by=story.dante.actor)
    story.objects["provider"] = enter_provider(
        program=story.program, service="host", name="River Hosting", agreement="both", agreed_on=day_there(),
        may_see="Stored data, scrambled", kept_where="Safe", review_on=day_there() + timedelta(days=90),
        by=story.ada.actor,
    )  # fmt: skip


def _what_was_not_right(story: Story) -> None:
    from alongside.privacy.actions import answer_complaint, look_into, pass_on, receive_complaint

    named = {"program": story.program, "words": "umber canary of the complaint"}
    answered = receive_complaint(
        person=story.rosa.person, via="staff", by=story.dante.actor, about_id=story.lien.user.pk, submit_key=uuid4(),
        **named,
    )  # fmt: skip
    look_into(complaint=answered, by=story.dolores.actor)
    answer_complaint(complaint=answered, words="umber canary of the complaint", by=story.dolores.actor)
    receive_complaint(via="public", reach="bronze canary of the reach", submit_key=uuid4(), **named)
    one = receive_complaint(person=story.rosa.person, via="own", by=story.rosa.actor, submit_key=uuid4(), **named)
    look_into(complaint=one, by=story.dolores.actor)
    pass_on(complaint=one, by=story.dolores.actor)
    story.objects["complaint"] = look_into(complaint=one, by=story.dolores.actor)


def _what_was_told(story: Story) -> None:
    from alongside.privacy.actions import tell_in_emergency
    from alongside.rules.emergency import Facts

    facts = Facts(
        "A medic", "River hospital", "Dante", timezone.now(), "maroon canary of the emergency", "cannot_answer",
        "maroon canary of the emergency",
    )  # fmt: skip
    story.objects["emergency"] = tell_in_emergency(
        person=story.rosa.person, facts=facts, submit_key=uuid4(), by=story.dante.actor
    )


def _who_opened_what(story: Story) -> None:
    from alongside.oversight.actions import make_week
    from alongside.privacy.actions import note_opened

    reason = "a wish of hers was heard"
    note_opened(participant_id=story.rosa.person.pk, by=story.dolores.actor, page="record", words=reason)
    today = timezone.localdate()
    make_week(story.program, today - timedelta(days=today.weekday()), timezone.now())


def _who_wishes_to_be_erased(story: Story) -> None:
    from tests.privacy.consents import drafted, look

    from alongside.people.actions import create_person
    from alongside.privacy.actions import sign_consent
    from alongside.retention.actions import ask_to_erase
    from alongside.retention.erasing import erase_person
    from alongside.retention.periods import set_period

    by = story.carmen.actor
    story.objects["wish"] = ask_to_erase(person=story.rosa.person, by=story.rosa.actor)
    iris = create_person(program=story.program, by=by, goes_by="Iris")
    consent = drafted(iris, by, recipient="crimson canary of the recipient")
    sign_consent(consent=consent, seen=look(consent).digest, signed_name="Iris", how="paper", by=by)
    (story.objects["erasure"],) = erase_person(person=iris, by=by, cause="wish", now=timezone.now())
    set_period(program=story.program, kind="notes", months=96, basis="Our council", by=story.dolores.actor)


def _what_a_partner_gets(story: Story) -> None:
    from alongside.partners.actions import answer_link, make_link, open_link, send_due

    sent: list[str] = []
    for _ in range(2):
        story.objects["link"], code = make_link(
            consent=story.consent, address="canary.partner@example.org", submit_key=uuid4(), by=story.carmen.actor
        )
        send_due(deliver=lambda *said: sent.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
        opened = open_link(token=sent[-1], code=code)
        if len(sent) == 1:
            answer_link(token=sent[0], link_id=opened.link.pk, accepts=True, words="sienna canary of the partner")
    story.objects["page_token"] = sent[-1]
