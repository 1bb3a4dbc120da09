"""Those who walk together: who they are, what they say and write, how she is, who is worried, calls."""

import json
from datetime import date, time, timedelta
from uuid import uuid4

from django.utils import timezone
from tests.promises.story_itself import Story
from tests.story import ZONE, day_there, make_persona


def peers(story: Story) -> None:
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


def somebody_waits(story: Story, username: str, goes_by: str, **values):
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


def offer_dante(story: Story, somebody):
    """Offer Dante to somebody who waits."""
    from alongside.matching.actions import send_offers

    round_ = send_offers(episode=somebody.episode, peers=[story.dante.profile], by=story.carmen.actor)
    somebody.episode.refresh_from_db()
    return round_.offers.get()


def rosa_and_dante(story: Story) -> None:
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

    rosa = somebody_waits(
        story, "rosa", "Quetzalrosa", legal_name="Rosalinda Cenzontle", phone="+1 213-555-0142",
        email="quetzal.rosa@example.org", birth_date=date(1984, 5, 17),
    )  # fmt: skip
    dante = story.dante
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)
    record_boundary(person=rosa.person, other=story.pat.person, kind="kin", by=story.carmen.actor)
    choose(offer=offer_dante(story, rosa), by=rosa.actor)
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
        mentorship=mentorship, on_day=day_there() + timedelta(days=3), at_time=time(10), mode="in_person",
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


def her_own_pages(story: Story) -> None:
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
    by, today = story.rosa.actor, day_there()
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


def how_she_is(story: Story) -> None:
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
    what_she_tries(story)


def what_she_tries(story: Story) -> None:
    from alongside.connections.actions import add_tie
    from alongside.skills.actions import add_practice, add_unit, say_stand

    rosa, by, today = story.rosa.person, story.rosa.actor, day_there()
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


def places_that_help(story: Story) -> None:
    """A list that came in, one on its way, a place written here, and somebody who says that its number is wrong."""
    from alongside.resources.actions import add_source, import_list, report, send_list, write_by_hand

    by = story.carmen.actor
    one = {"id": str(uuid4()), "name": "Riverbend pantry", "status": "active"}
    named = {"program": story.program, "feed_name": "2-1-1", "by": by, "file_name": "list.json"}
    term = {"id": str(uuid4()), "name": "Food", "description": "Food", "term_uri": "https://example.org/food"}
    import_list(content=json.dumps([one, term]).encode(), **named)
    bad = {"id": str(uuid4()), "name": "", "description": "khaki canary of the wrong file"}
    file = send_list(content=json.dumps([one, bad]).encode(), **named)
    values = {"name": "Riverbend legal clinic", "needs": ["legal"], "phone": "213-555-0177", "day_mo": "9:00-17:00"}
    place = write_by_hand(program=story.program, values=values, by=by, submit_key=uuid4())
    words = "russet canary of the wrong number"
    wrong = report(resource=place, kind="number", words=words, submit_key=uuid4())
    url = "https://list.example/all.json"
    feed = add_source(program=story.program, name="2-1-1", url=url, every_hours=24, submit_key=uuid4(), by=by)
    type(feed).objects.update(next_at=None)  # nothing of the story asks the net
    story.objects |= {"resource": place, "list_file": file, "wrong": wrong, "place_feed": feed}


def who_is_worried(story: Story) -> None:
    from alongside.people.models import OutgoingMessage
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
    resolve(escalation=earlier, words="cobalt canary of the agreement", confirmed="spoke", measure="own_plan", by=by)
    debrief(escalation=earlier, words="Dante would like a walk", by=lien)
    worry = raise_escalation(source="note", submit_key=uuid4(), **named)
    look_after_due(timezone.now() + timedelta(hours=2))
    add_words(escalation=worry, words="She called back", by=dante)
    story.objects["worry"] = worry
    story.objects["unsent"] = OutgoingMessage.objects.create(
        program=story.program, recipient="nobody@example.org", template="something_new", status="failed",
        not_before=timezone.now(),
    )  # fmt: skip


def for_him_alone(story: Story) -> None:
    from alongside.reflections.actions import write_reflection

    story.objects["reflection"] = write_reflection(
        words="saffron canary of the reflection", kept_days=7, submit_key=uuid4(), by=story.dante.actor
    )


def who_is_called(story: Story) -> None:
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


def who_meets(story: Story) -> None:
    """Dante leads a group; Rosa has a place under another name, and was there the two times before."""
    from alongside.groups import actions, queries

    by, dante, first = story.rosa.actor, story.dante.actor, day_there() - timedelta(days=15)
    values = {
        "name_en": "Evening walk", "name_es": "", "about_en": "We walk.", "about_es": "", "for_whom": "own_recovery",
        "language": "en", "is_online": False, "place": "azure canary of the bridge", "capacity": 5, "rhythm": "weekly",
        "starts_on": first, "until_on": None, "at_time": time(12), "minutes": 60,
    }  # fmt: skip
    group = actions.open_group(program=story.program, values=values, submit_key=uuid4(), by=story.carmen.actor)
    actions.add_leader(group=group, peer=story.dante.profile, by=story.carmen.actor)
    place = actions.ask_for_place(
        group=group, person=story.rosa.person, by=by, alias="beryl canary of the alias", shows_alias=True
    )
    actions.change_name(place=place, alias="beryl canary of the alias", shows_alias=False, by=by)
    for weeks in range(2):
        occasion = queries.get_occasion(group, story.program, first + timedelta(weeks=weeks))
        actions.hand_in_sheet(occasion=occasion, came=[story.rosa.person.pk], shown=(), walk_ins=weeks, by=dante)
    note = actions.GroupNote(submit_key=uuid4(), words="azure canary of the group", read_together=True)
    actions.write_note(occasion=queries.get_occasion(group, story.program, first), note=note, by=dante)
    ahead = queries.get_occasion(group, story.program, first + timedelta(weeks=4))
    moved = {"day": ahead.session.day + timedelta(days=1), "at_time": time(13), "minutes": 45}
    actions.move_session(occasion=ahead, reason="The room is painted", by=dante, **moved)
    gone = actions.open_group(
        program=story.program, values=values | {"place": ""}, submit_key=uuid4(), by=story.carmen.actor
    )
    left = actions.ask_for_place(group=gone, person=story.rosa.person, by=by)
    actions.leave(place=left, by=by)
    story.objects |= {
        "group": group, "place": place, "group_day": first + timedelta(weeks=1),
        "group_day_ahead": first + timedelta(weeks=3),
    }  # fmt: skip


def what_the_group_writes(story: Story) -> None:
    """Rosa writes on the page of the walk, Dante answers and looks after it; one post he hid, one she took back."""
    from alongside.community import actions

    rosa, dante, group = story.rosa.actor, story.dante.actor, story.group
    page = actions.set_page(group=group, is_open=True, quiet_from=time(2), quiet_until=time(3), by=story.carmen.actor)
    hers = actions.choose_name(community=page, name="beryl canary of the page", by=rosa, wants_news=True)
    his = actions.choose_name(community=page, name="Owl 88", by=dante)

    def write(name, words, by, **more):
        return actions.write(community=page, name=name, words=words, submit_key=uuid4(), by=by, **more)

    post = write(hers, "jade canary of the post", rosa)
    answer = write(his, "Good to read", dante, answers_to=post)
    for name, by in ((his, dante), (hers, rosa)):
        actions.flag(post=post if name == his else answer, name=name, reason="worried", by=by)
    hidden = write(hers, "jade canary of what was hidden", rosa)
    for _twice in range(2):
        actions.hide(post=hidden, reason="names_somebody", words="jade canary of the kind word", by=dante)
    actions.show_again(post=hidden, by=dante)
    actions.hide(post=hidden, reason="names_somebody", words="jade canary of the kind word", by=dante)
    actions.keep(post=answer, by=story.carmen.actor)
    actions.pause(name=hers, days=1, by=dante)
    actions.pause(name=hers, days=0, by=dante)
    actions.ask_who(post=post, reason="in_danger", by=dante)
    worried = write(hers, "A hard night", rosa)
    actions.raise_worry(post=worried, by=dante)
    actions.take_back(post=worried, by=rosa)
    story.objects |= {"page_post": post, "page_post_of_dante": answer}


def where_she_goes(story: Story) -> None:
    """She keeps a meeting of a list and one that is in none, says how it was, and asks Dante along to the next one.

    Another day he said no to, and one more she took back.
    """
    from alongside.outings import actions
    from alongside.rules.meetings.times import day_of

    rosa, by, today = story.rosa.person, story.rosa.actor, day_there()
    listed = actions.save_meeting(person=rosa, meeting=story.meeting, submit_key=uuid4(), by=by)
    actions.plan_days(saved=listed, days=story.meeting.days, by=by)
    own = actions.save_own(
        person=rosa, kind="meeting", name="hazel canary of the breakfast", place="At her kitchen table",
        days=list(range(7)), starts=12 * 60, minutes=60, submit_key=uuid4(), by=by,
    )  # fmt: skip
    for day in (today - timedelta(days=1), today + timedelta(days=3)):
        actions.write_felt(saved=own, on_day=day, words="hazel canary of how it felt")
    actions.say_how(saved=own, on_day=today - timedelta(days=1), how="went")
    named = {"saved": own, "mentorship": story.mentorship, "words": "hazel canary of the ask", "by": by}
    asks = [actions.ask_along(on_day=today + timedelta(days=days), **named) for days in (3, 4, 5, 6)]
    actions.not_this_time(ask=asks[1], reason="too_far", answer="Another day", by=story.dante.actor)
    actions.take_back(ask=asks[2], by=by)
    actions.come_along(ask=asks[3], by=story.dante.actor)
    away = actions.save_own(
        person=rosa, kind="other", name="A walk", place="", days=[day_of(today)], starts=None, minutes=60,
        submit_key=uuid4(), by=by,
    )  # fmt: skip
    actions.put_away(saved=away, by=by)
    story.objects |= {"saved": own, "saved_day": today + timedelta(days=3), "ask_along": asks[0],
                      "saved_day_before": today - timedelta(days=1)}  # fmt: skip


def who_comes(story: Story) -> None:
    """Rosa comes to an evening of the program; a visitor waits for the last place at what is for everybody."""
    from alongside.occasions import actions

    by, today = story.carmen.actor, day_there()
    values = {
        "title_en": "Games and music", "title_es": "", "words_en": "We play.", "words_es": "", "bring_en": "",
        "bring_es": "", "audience": "public", "languages": ["en", "es"], "access": ["step_free"], "is_sober": True,
        "is_online": True, "place": "The hall by the river", "link": "https://example.org/beryl canary of the link",
        "on_day": today + timedelta(days=9), "until_day": today + timedelta(days=9), "at_time": time(18),
        "until_time": time(21), "capacity": 1,
    }  # fmt: skip

    def make(**more):
        found = actions.make_occasion(program=story.program, values=values | more, submit_key=uuid4(), by=by)
        return actions.publish(occasion=found, by=by)

    public, evening = make(), make(audience="program", title_en="An evening", capacity=None)
    for name in ("dante", "pat"):
        actions.come(
            occasion=public, by=story.people[name].actor, alias="Heron 12", wants_reminder=False, submit_key=uuid4()
        )
    visitor, secret = actions.come_as_visitor(occasion=public, alias="Owl 30", submit_key=uuid4())
    actions.change_place(place=visitor, alias="Owl 30", by=story.rosa.actor)
    place = actions.come(
        occasion=evening, by=story.rosa.actor, alias="Robin 40", wants_reminder=True, submit_key=uuid4()
    )
    actions.change_place(place=place, alias="beryl canary of the event", wants_reminder=True, by=story.rosa.actor)
    draft = actions.make_occasion(
        program=story.program, values=values | {"audience": "loved_ones"}, submit_key=uuid4(), by=by
    )
    actions.change_occasion(occasion=draft, values=values | {"title_en": "Not yet"}, by=by)
    past = make(
        on_day=today - timedelta(days=2), until_day=today - timedelta(days=2), title_en="Long ago", audience="peers"
    )
    actions.count_came(occasion=past, came=14, by=by)
    off = make(title_en="The picnic")
    actions.call_off(occasion=off, reason="Heavy rain", by=by)
    story.objects |= {"occasion": public, "evening": evening, "coming_secret": secret}


def what_she_told(story: Story) -> None:
    from alongside.returns.actions import tell_return

    named = {"person": story.rosa.person, "on_day": day_there(), "by": story.rosa.actor}
    tell_return(words="amethyst canary of the telling", submit_key=uuid4(), **named)


def what_they_share(story: Story) -> None:
    """Rosa writes one and took one back; one of hers waits for a reader. Dante's is shared; a visitor wrote beneath."""
    from tests.rules.sound.files import wav

    from alongside.stories.actions import Words, begin, give_back, publish, put_sound, receive_comment, send, withdraw

    rosa, dante, carmen = story.rosa, story.dante, story.carmen.actor

    def write(writer, words: str, *, has_sound: bool = False, **values):
        parts = {"like": words, "spoken": words}
        said = {"voice": "recovery", "language": "en", "audience": "public", "title": "A story", "alias": "Wren"}
        whole = Words(parts=parts, **said | values)
        made = begin(person=writer.person, words=whole, submit_key=uuid4(), by=writer.actor)
        if has_sound:
            put_sound(story=made, content=wav(), by=writer.actor)
        return made

    draft = write(
        rosa, "cerise canary of the draft", has_sound=True, keep_out="cerise canary of what stays out", alias=""
    )
    back = send(story=write(rosa, "cerise canary of what she took back"), by=rosa.actor)
    back = publish(story=back, edition=back.edition, by=carmen)
    withdraw(story=back, by=rosa.actor)
    waits = send(story=write(rosa, "I read the bus plan for an hour.", has_sound=True), by=rosa.actor)
    shared = write(dante, "I went once, and then again.", has_sound=True, voice="peer", wants_offers=True)
    shared = send(story=shared, by=dante.actor)
    give_back(story=shared, reasons=["findable"], words="Lovely.", edition=shared.edition, by=carmen)
    shared = send(story=shared, by=dante.actor)
    shared = publish(story=shared, edition=shared.edition, by=carmen)
    comment = receive_comment(
        story=shared, alias="", words="Thank you for this.", seconds=60, trap="", submit_key=uuid4()
    )
    story.objects |= {"her_draft": draft, "story_to_read": waits, "shared_story": shared, "comment": comment}
