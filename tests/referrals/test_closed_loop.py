"""From a choice to an answer: nothing leaves without a live permission, the partner moves it, Rosa ends it at once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.outside import without_ids
from tests.story import ZONE, day_there

from alongside.audit.models import Entry
from alongside.partners import actions as partners
from alongside.partners.models import LinkMail, LinkWord, PartnerLink
from alongside.people.acting import as_participant
from alongside.people.actions import move_episode
from alongside.people.models import OutgoingMessage
from alongside.privacy.actions import stop_sharing
from alongside.privacy.consent_queries import list_to_tell
from alongside.privacy.models import Consent, Disclosure
from alongside.referrals import actions
from alongside.referrals.holding import permits
from alongside.referrals.models import Referral, ReferralPage
from alongside.referrals.showing import say_next
from alongside.rules.lifecycles import REFERRAL
from alongside.rules.referrals import STEPS

pytestmark = pytest.mark.django_db


def answer(told, *, accepts=True, reason="", now=None):
    opened = partners.open_link(token=told.token, code=told.code, now=now)
    assert opened is not None
    return partners.answer_link(token=told.token, link_id=opened.link.pk, accepts=accepts, reason=reason, now=now)


def later(told, said, **values):
    opened = partners.open_link(token=told.token, code=told.code)
    return None if opened is None else partners.say_later(token=told.token, link_id=opened.link.pk, said=said, **values)


def turns(referral):
    return list(referral.turns.order_by("at", "pk").values_list("what", "by"))


def test_going_oneself_lets_nothing_leave(begin, carmen, rosa):
    way = begin(way="themself")
    with pytest.raises(actions.CannotBeSaid):
        actions.tell_partner(referral=way, address="a@example.org", submit_key=uuid4(), by=carmen.actor)
    with pytest.raises(actions.CannotBeSaid):
        actions.prepare_permission(referral=way, by=rosa.actor)
    assert not Disclosure.objects.exists() and not PartnerLink.objects.exists() and mail.outbox == []
    assert list(way.steps.order_by("number").values_list("code", flat=True)) == list(STEPS)


def test_without_a_permission_nothing_leaves_and_one_is_prepared_with_nothing_chosen(begin, rosa, carmen):
    way = begin(address="intake@valley.example.org")
    with pytest.raises(actions.NoPermission):
        actions.tell_partner(referral=way, address="a@example.org", submit_key=uuid4(), by=carmen.actor)
    draft = actions.prepare_permission(referral=way, by=rosa.actor)
    assert (draft.status, draft.recipient, draft.recipient_address) == (
        "draft", "Valley Clinic", "intake@valley.example.org",
    )  # fmt: skip
    assert draft.items == [] and draft.purpose == ""
    assert actions.prepare_permission(referral=way, by=rosa.actor) == draft
    way.refresh_from_db()
    with pytest.raises(actions.NoPermission):
        actions.tell_partner(referral=way, address="a@example.org", submit_key=uuid4(), by=carmen.actor)
    assert not Disclosure.objects.exists() and not PartnerLink.objects.exists()


@pytest.mark.parametrize("reason", ["own_wish", "no_answer"])
def test_what_was_begun_for_a_way_is_thrown_away_with_it(begin, rosa, carmen, reason):
    way = begin()
    draft = actions.prepare_permission(referral=way, by=rosa.actor)
    by = rosa.actor if reason == "own_wish" else carmen.actor
    actions.withdraw(referral=way, reason=reason, by=by)
    draft.refresh_from_db()
    assert draft.status == "withdrawn", "or a form to sign stays for what nobody wants any more"
    assert Entry.objects.filter(act="consent.withdrawn", object_id=draft.pk).exists()


def test_what_another_way_needs_too_stays(begin, rosa, carmen):
    way, other = begin(), begin(place="Hill Clinic")
    draft = actions.prepare_permission(referral=way, by=rosa.actor)
    Referral.objects.filter(pk=other.pk).update(consent=draft)
    actions.withdraw(referral=way, by=rosa.actor)
    draft.refresh_from_db()
    assert draft.status == "draft"
    actions.withdraw(referral=other, by=rosa.actor)
    draft.refresh_from_db()
    assert draft.status == "withdrawn"


def test_a_live_permission_of_the_same_name_is_taken_and_one_for_another_is_not(permission, begin):
    assert begin(place=" valley  CLINIC ").consent_id == permission.pk
    assert begin(place="Hill Clinic").consent_id is None


def test_a_permission_for_a_court_or_a_network_is_not_for_a_referral(begin, rosa, permission):
    from tests.privacy.consents import signed

    stop_sharing(consent=permission, by=rosa.actor)
    for kind in ("legal", "intermediary", "criminal_justice", "research"):
        signed(rosa.person, rosa.actor, kind, recipient="Valley Clinic")
    assert begin().consent_id is None


def test_a_permission_that_names_somebody_else_lets_nothing_leave(permission, begin, carmen):
    way = begin(place="Hill Clinic")
    Referral.objects.filter(pk=way.pk).update(consent=permission)
    way.refresh_from_db()
    with pytest.raises(actions.NoPermission):
        actions.tell_partner(referral=way, address="a@example.org", submit_key=uuid4(), by=carmen.actor)
    assert not Disclosure.objects.exists()


def test_a_permission_that_she_signed_for_another_name_leads_to_a_new_one(begin, rosa, carmen):
    from tests.privacy.consents import drafted, look

    from alongside.people.actions import change_person
    from alongside.privacy.actions import sign_consent

    change_person(person=rosa.person, by=rosa.actor, language="en", phone="+1 213-555-0142")
    way, other = begin(), drafted(rosa.person, rosa.actor, recipient="Hill Clinic")
    Referral.objects.filter(pk=way.pk).update(consent=other)  # she changed the name while it was a draft
    sign_consent(consent=other, seen=look(other).digest, signed_name="Rosa Reyes", by=rosa.actor)
    way.refresh_from_db()
    assert say_next(way, permits(way)) == "Nothing has left. First a permission is needed."
    fresh = actions.prepare_permission(referral=way, by=carmen.actor)
    assert (fresh.status, fresh.recipient) == ("draft", "Valley Clinic") and fresh.pk != other.pk


def test_only_a_coordinator_tells_a_place(permission, begin, rosa, dante, mentorship):
    from alongside.privacy.actions import NotDisclosed

    way = begin()
    for who in (rosa, dante):
        with pytest.raises(NotDisclosed):
            actions.tell_partner(referral=way, address="a@example.org", submit_key=uuid4(), by=who.actor)
    way.refresh_from_db()
    assert way.sent_at is None and not ReferralPage.objects.exists() and not PartnerLink.objects.exists()


def test_the_partner_accepts_and_says_later_how_it_went_by_the_same_link(told):
    answer(told)
    assert told.now().status == "accepted"
    assert later(told, "in_touch") is not None
    way = told.now()
    assert (way.status, way.in_touch_by, way.in_touch_on) == ("in_progress", "partner", day_there())
    assert later(told, "done") is not None
    way = told.now()
    assert (way.status, way.look_on) == ("completed", None) and way.ended_at
    assert turns(way) == [("begun", "person"), ("sent", "staff"), ("accepted", "partner"), ("in_touch", "partner"),
                          ("done", "partner")]  # fmt: skip


def test_what_was_read_is_not_shown_again_after_the_answer(told, partner):
    answer(told)
    page = partner.post(f"/page/{told.token}/", {"code": told.code}, HTTP_ACCEPT_LANGUAGE="en")
    text = without_ids(page.content.decode())
    assert page.status_code == 200 and "How did it go on?" in text
    assert "Rosa" not in text and "0142" not in text and "Cenzontle" not in text


def test_the_partner_says_no_with_a_reason_and_the_page_is_over(told):
    answer(told, accepts=False, reason="no_room")
    way = told.now()
    assert (way.status, way.reason) == ("declined", "no_room") and way.ended_at
    assert later(told, "done") is None


def test_saying_the_same_twice_is_once(told):
    answer(told)
    later(told, "in_touch")
    later(told, "in_touch")
    assert LinkWord.objects.count() == 1 and told.now().turns.filter(what="in_touch").count() == 1


def test_a_plain_page_that_follows_nothing_stays_closed_after_its_answer(permission, carmen):
    link, code = partners.make_link(consent=permission, address="a@example.org", submit_key=uuid4(), by=carmen.actor)
    partners.send_due()
    from tests.referrals.conftest import LINK

    token = LINK.search(mail.outbox[-1].body)[1]
    opened = partners.open_link(token=token, code=code)
    partners.answer_link(token=token, link_id=opened.link.pk, accepts=True)
    assert partners.open_link(token=token, code=code) is None
    assert partners.say_later(token=token, link_id=link.pk, said="done") is None


def test_wrong_codes_end_the_later_word_and_leave_the_answer(told):
    answer(told)
    for _ in range(5):
        assert partners.open_link(token=told.token, code="00000000" if told.code != "00000000" else "1") is None
    assert partners.open_link(token=told.token, code=told.code) is None
    told.link.refresh_from_db()
    assert told.link.status == "accepted" and told.now().status == "accepted"


def test_who_lost_the_code_after_a_yes_gets_another(told, carmen):
    answer(told)
    code = partners.new_code(link=told.link, by=carmen.actor)
    assert partners.open_link(token=told.token, code=told.code) is None
    assert code and partners.open_link(token=told.token, code=code) is not None


def test_sent_twice_is_once(permission, begin, carmen):
    way, key = begin(), uuid4()
    first, code = actions.tell_partner(referral=way, address="a@example.org", submit_key=key, by=carmen.actor)
    again, no_code = actions.tell_partner(referral=way, address="a@example.org", submit_key=key, by=carmen.actor)
    assert (first, no_code) == (again, "") and code
    assert Disclosure.objects.count() == 1 and way.turns.filter(what="sent").count() == 1


def test_two_who_press_at_once_send_one_mail_and_the_second_is_told(permission, begin, carmen, signed_in):
    """Both opened the form when nobody had told the place. Who looks again and means it sends another page."""
    way, client = begin(), signed_in(carmen)
    page = f"/referrals/{way.pk}/tell/"
    form = client.get(page).context["form"]
    assert form["seen"].value() == 0 and 'name="seen"' in str(form)
    sent = {"address": "a@example.org", "days": "7", "seen": "0"}
    first = client.post(page, sent | {"submit_key": str(uuid4())})
    second = client.post(page, sent | {"submit_key": str(uuid4())}, follow=True, headers={"accept-language": "en"})
    assert re.search(r"<strong>\d{4} \d{4}</strong>", first.content.decode())
    assert "nothing was sent a second time" in second.content.decode()
    assert (Disclosure.objects.count(), LinkMail.objects.count(), way.turns.filter(what="sent").count()) == (1, 1, 1)
    again = client.get(page).context["form"]["seen"].value()
    third = client.post(page, sent | {"seen": str(again), "submit_key": str(uuid4())})
    assert third.status_code == 200 and Disclosure.objects.count() == 2
    assert client.post(page, {"address": "a@example.org", "days": "7"}).status_code == 302, (
        "a page of before asks nothing"
    )
    assert Disclosure.objects.count() == 2


def test_workers_beside_each_other_mail_it_once(permission, begin, carmen):
    actions.tell_partner(referral=begin(), address="a@example.org", submit_key=uuid4(), by=carmen.actor)
    mailed: list[str] = []

    def deliver(*said):
        mailed.append(said[0])
        assert partners.send_due(deliver=deliver) == {"later": 1} or not partners.send_due(deliver=deliver)

    partners.send_due(deliver=deliver)
    partners.send_due(deliver=deliver)
    assert mailed == ["a@example.org"]


def test_asking_again_closes_the_earlier_page(told, tell):
    second = tell(told.referral)
    assert partners.open_link(token=told.token, code=told.code) is None
    assert partners.open_link(token=second.token, code=second.code) is not None


def test_rosa_ends_it_in_one_step_and_the_link_is_dead_from_then_on(told, rosa, permission):
    assert partners.open_link(token=told.token, code=told.code) is not None
    actions.withdraw(referral=told.referral, by=as_participant(rosa.actor))
    assert partners.open_link(token=told.token, code=told.code) is None
    assert partners.answer_link(token=told.token, link_id=told.link.pk, accepts=True) is None
    permission.refresh_from_db()
    way = told.now()
    assert (way.status, way.reason, permission.status) == ("cancelled", "own_wish", "revoked")
    assert way.turns.filter(what="cancelled").count() == 1
    actions.withdraw(referral=told.referral, by=as_participant(rosa.actor))
    assert way.turns.filter(what="cancelled").count() == 1


def test_why_staff_ended_it_is_kept_and_the_page_is_dead(told, carmen):
    actions.withdraw(referral=told.referral, by=carmen.actor, reason="no_answer")
    assert (told.now().status, told.now().reason) == ("cancelled", "no_answer")
    assert told.referral.turns.filter(what="cancelled").count() == 1
    assert partners.open_link(token=told.token, code=told.code) is None


@pytest.mark.parametrize("reason", ["no_answer", "not_needed"])
def test_what_staff_end_for_another_reason_takes_back_no_permission_of_hers(told, carmen, permission, reason):
    actions.withdraw(referral=told.referral, by=carmen.actor, reason=reason)
    permission.refresh_from_db()
    assert permission.status == "active", "nobody took it back"


def test_a_wish_that_staff_heard_is_written_down_as_spoken(told, carmen, permission):
    actions.withdraw(referral=told.referral, by=carmen.actor)
    permission.refresh_from_db()
    assert (permission.status, permission.ended_how) == ("revoked", "spoken")


def test_after_a_yes_ending_it_closes_the_later_word_too(told, rosa):
    answer(told)
    actions.withdraw(referral=told.referral, by=as_participant(rosa.actor))
    assert later(told, "done") is None and told.now().status == "cancelled"


def test_whoever_read_something_is_told_that_it_ended_and_whoever_read_nothing_is_not(told, rosa, carmen):
    partners.open_link(token=told.token, code=told.code)
    actions.withdraw(referral=told.referral, by=as_participant(rosa.actor))
    assert [one.recipient for one in list_to_tell(carmen.actor)] == ["Valley Clinic"]


def test_nobody_is_told_who_never_opened_it(told, rosa, carmen):
    actions.withdraw(referral=told.referral, by=as_participant(rosa.actor))
    assert list_to_tell(carmen.actor) == []


def test_a_permission_that_another_way_needs_stays(permission, begin, rosa, shelter):
    one, two = begin(), begin(resource=shelter)
    assert one.consent_id == two.consent_id == permission.pk
    actions.withdraw(referral=one, by=as_participant(rosa.actor))
    permission.refresh_from_db()
    two.refresh_from_db()
    assert (permission.status, two.status) == ("active", "requested")


def test_stopping_the_permission_ends_the_referral(told, rosa, permission):
    stop_sharing(consent=permission, by=as_participant(rosa.actor))
    assert (told.now().status, told.now().reason) == ("cancelled", "own_wish")


def test_a_permission_that_is_over_by_its_day_leaves_the_way_open_and_somebody_looks_today(told, permission):
    from alongside.privacy.actions import expire_due

    later_on = permission.expires_at + timedelta(hours=1)
    expire_due(later_on)
    way = told.now()
    assert way.status == "requested" and way.look_on and way.turns.filter(what="consent_over", by="house").exists()


def test_the_end_of_support_ends_what_is_on_its_way(told, rosa, carmen):
    move_episode(episode=rosa.episode, to="closed", by=carmen.actor, reason="own_wish")
    assert (told.now().status, told.now().reason) == ("cancelled", "support_ended")
    assert partners.open_link(token=told.token, code=told.code) is None


def test_one_open_way_to_one_place(begin, shelter, rosa):
    first = begin(way="themself", resource=shelter, place=shelter.name)
    with pytest.raises(actions.AlreadyOpen) as why:
        begin(way="told", resource=shelter, place=shelter.name)
    assert why.value.referral == first
    by_name = begin(place="Dr. Ana")
    with pytest.raises(actions.AlreadyOpen) as why:
        begin(place="dr  ana")
    assert why.value.referral == by_name
    actions.withdraw(referral=first, by=as_participant(rosa.actor))
    assert begin(way="told", resource=shelter, place=shelter.name).pk != first.pk


def test_the_same_form_twice_is_one(begin):
    key = uuid4()
    assert begin(submit_key=key) == begin(submit_key=key) and Referral.objects.count() == 1


def test_each_says_only_what_is_theirs_to_say(told, rosa, dante, mentorship):
    me = as_participant(rosa.actor)
    for said in ("accepted", "declined", "not_reached"):
        with pytest.raises(actions.CannotBeSaid):
            actions.say(referral=told.referral, said=said, by=me, reason="no_room")
    actions.say(referral=told.referral, said="accepted", by=dante.actor)
    actions.say(referral=told.referral, said="in_touch", on_day=day_there(), by=me)
    assert (told.now().status, told.now().in_touch_by) == ("in_progress", "person")
    for day in (day_there() + timedelta(days=1), day_there() - timedelta(days=1)):
        with pytest.raises(actions.CannotBeSaid):
            actions.say(referral=_fresh(rosa), said="in_touch", on_day=day, by=me)


def _fresh(rosa):
    return actions.begin(
        person=rosa.person, way="themself", place=f"Place {uuid4()}", submit_key=uuid4(), by=rosa.actor
    )


def test_not_yet_twice_on_one_day_is_once_and_again_another_day(begin, rosa):
    way, me, now = begin(way="themself"), as_participant(rosa.actor), timezone.now()
    for days in (0, 0, 7):
        actions.say(referral=way, said="not_yet", by=me, now=now + timedelta(days=days))
    assert way.turns.filter(what="not_yet").count() == 2


def test_a_place_that_says_no_after_they_met_is_heard_and_somebody_looks_today(told, dante, mentorship):
    actions.say(referral=told.referral, said="in_touch", by=dante.actor)
    answer(told, accepts=False, reason="no_room")
    way = told.now()
    assert (way.status, way.look_on) == ("in_progress", timezone.localdate(timezone=ZONE))
    assert way.turns.get(what="declined").reason == "no_room"


def test_steps_are_ticked_with_who_and_when_and_opened_again(begin, rosa, dante, mentorship):
    way = begin(way="themself")
    assert actions.tick_step(referral=way, code="ride", done=True, by=dante.actor)
    assert not actions.tick_step(referral=way, code="ride", done=True, by=rosa.actor), "twice is once"
    step = way.steps.get(code="ride")
    assert step.done_by == dante.person and step.done_at
    assert actions.tick_step(referral=way, code="ride", done=False, by=rosa.actor)
    assert not actions.tick_step(referral=way, code="nothing", done=True, by=rosa.actor)
    assert way.steps.get(code="ride").done_at is None
    assert Entry.objects.filter(act="referral.step", subject_id=rosa.person.pk).count() == 2


# --- what the database holds by itself ------------------------------------------------------------------------------
def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_every_move_that_the_table_does_not_hold(begin):
    for source in REFERRAL.states:
        for target in REFERRAL.states:
            if source == target or (source, target) in REFERRAL.moves or source == "requested":
                continue
            way = begin(place=f"{source} {target}", way="themself")
            _bring(way, source)
            assert refused(lambda way=way, target=target: Referral.objects.filter(pk=way.pk).update(**_whole(target)))


def _bring(way, state):
    """One step from the first state: each of the others is one."""
    if state != "requested":
        Referral.objects.filter(pk=way.pk).update(**_whole(state))


def _whole(state) -> dict:
    is_open = state in ("requested", "accepted", "in_progress")
    return {
        "status": state, "ended_at": None if is_open else timezone.now(), "look_on": None,
        "reason": {"declined": "no_room", "cancelled": "own_wish"}.get(state, ""),
        "in_touch_on": day_there(), "in_touch_by": "staff",
    }  # fmt: skip


def test_the_database_refuses_a_page_without_a_live_permission_or_for_somebody_else(told, rosa, permission, carmen):
    other = _fresh(rosa)
    link = told.link

    def stand_beside(way):
        ReferralPage.objects.filter(link=link).delete()
        ReferralPage.objects.create(program_id=way.program_id, referral=way, link=link, made_at=timezone.now())

    assert refused(lambda: stand_beside(other)), "they go themself: nothing leaves"
    stand_beside(told.referral)
    stop_sharing(consent=permission, by=carmen.actor)
    assert refused(lambda: stand_beside(told.referral))


def test_the_database_refuses_a_later_word_without_a_yes_or_a_live_permission(told, carmen, permission):
    def say(said):
        LinkWord.objects.create(
            program_id=told.link.program_id, link=told.link, said=said, said_at=timezone.now()
        )  # fmt: skip

    assert refused(lambda: say("done")), "before the yes"
    answer(told)
    say("in_touch")
    assert refused(lambda: say("in_touch")), "twice"
    stop_sharing(consent=permission, by=carmen.actor)
    assert refused(lambda: say("done"))


def test_no_second_open_way_whoever_writes(begin, rosa):
    way = begin(place="Dr. Ana")

    def again():
        Referral.objects.create(
            program_id=way.program_id, person=rosa.person, way="themself", place="dr ana", requested_at=timezone.now(),
            submit_key=uuid4(),
        )  # fmt: skip

    assert refused(again)


def test_a_referral_that_goes_oneself_can_never_be_marked_as_sent(begin):
    way = begin(way="themself")
    assert refused(lambda: Referral.objects.filter(pk=way.pk).update(sent_at=timezone.now()))


def test_what_happened_is_only_added(told):
    assert refused(lambda: told.referral.turns.update(what="done"))


def test_no_word_of_hers_is_in_mail_or_log(told, rosa):
    answer(told)
    assert "Valley" not in mail.outbox[-1].body and "Rosa" not in mail.outbox[-1].body
    assert not Entry.objects.filter(reason__icontains="valley").exists()
    links = OutgoingMessage.objects.filter(person=rosa.person).values_list("link", flat=True)
    assert all("clinic" not in link.lower() for link in links)


def test_consents_named_by_a_referral_are_hers(told, permission):
    assert Consent.objects.get(pk=told.referral.consent_id).person_id == told.referral.person_id
