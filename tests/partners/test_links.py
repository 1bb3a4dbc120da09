"""A page for a partner without an account: given, opened with link and code, answered, closed (C2, C3, E5)."""

import hashlib
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests.outside import without_ids
from tests.partners.conftest import ADDRESS, sent_token
from tests.privacy.consents import drafted, signed
from tests.story import make_account, make_persona

from alongside.audit.models import Entry
from alongside.partners import actions
from alongside.partners.actions import opening
from alongside.partners.models import LinkMail, PartnerLink
from alongside.people.actions import change_person, set_safe_contact
from alongside.people.actor import SystemActor
from alongside.people.models import OutgoingMessage
from alongside.privacy.actions import NotDisclosed, stop_sharing
from alongside.privacy.models import Consent, Disclosure
from alongside.rules.consent import digest
from alongside.rules.disclosure import Decision
from alongside.rules.neutral import reveals
from alongside.settings.environment import number_between

pytestmark = pytest.mark.django_db
STATEMENT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


def body(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def answer(partner, given, text: str, **values):
    proof = re.search(r'name="proof" value="([^"]+)"', text)[1]
    return partner.post(f"{given.path}answer/", {"proof": proof, "answer": "yes", **values})


# --- giving ---------------------------------------------------------------------------------------------------------
def test_disclosure_link_and_mail_are_written_together(consent, carmen):
    key = uuid4()
    link, code = actions.make_link(consent=consent, address=ADDRESS, submit_key=key, by=carmen.actor)
    disclosure = Disclosure.objects.get()
    assert (disclosure.way, disclosure.recipient_address, disclosure.consent_id) == (
        "partner_link",
        ADDRESS,
        consent.pk,
    )
    assert link.disclosure == disclosure and link.mail.status == "queued" and link.token_hash is None
    assert re.fullmatch(r"\d{8}", code)
    again, no_code = actions.make_link(consent=consent, address=ADDRESS, submit_key=key, by=carmen.actor)
    assert again == link and no_code == "", "pressed twice it is given once (I3)"
    assert LinkMail.objects.count() == 1


def test_when_the_mail_cannot_be_queued_nothing_is_disclosed(consent, carmen, monkeypatch):
    def full(*_arguments, **_named):
        raise IntegrityError("disk full")

    monkeypatch.setattr(LinkMail.objects, "create", full)
    with pytest.raises(IntegrityError):
        actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    assert not Disclosure.objects.exists() and not PartnerLink.objects.exists()


def test_only_what_the_permission_covers_is_in_it(given):
    content = given.now().content
    assert [item for item, _rows in content] == ["being_here", "reach"]  # nobody has talked with her yet
    assert given.link.disclosure.content_digest == digest((), content), "what is written down is what leaves"


@pytest.mark.parametrize("who", ["dante", "lien", "dolores", "ada"])
def test_only_who_may_give_out_gives(consent, request, who):
    with pytest.raises(NotDisclosed):
        actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=request.getfixturevalue(who).actor)
    assert not PartnerLink.objects.exists()
    assert Entry.objects.filter(act="disclosure.refused", outcome="refused").exists()


def test_without_a_live_consent_none_is_made(consent, rosa, carmen):
    stop_sharing(consent=consent, by=rosa.actor)
    for one in (consent, drafted(rosa.person, rosa.actor)):
        with pytest.raises(NotDisclosed):
            actions.make_link(consent=one, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)


def test_the_mail_is_neutral_and_holds_the_link_alone(given):
    message = mail.outbox[-1]
    assert message.to == [ADDRESS]
    words = re.sub(r"https?://\S+", "", f"{message.subject} {message.body} {message.from_email}")
    assert reveals(words) == []
    for telling in (given.code, given.code[:4], "Rosa", "Riverbend", "Ito", given.link.consent.number):
        assert telling not in f"{message.subject} {message.body}"


def test_only_hashes_are_kept(given):
    """Read as a thief of the database would: neither link nor code, in clear or as a bare hash of eight digits."""
    seen = []
    with connection.cursor() as cursor:
        for table in ("partners_partnerlink", "partners_linkmail", "people_outgoingmessage", "audit_entry"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  (a table of ours)
            seen += [str(value) for line in cursor.fetchall() for value in line]
    assert len(given.token) >= 32, "192 random bits"
    bare = hashlib.sha256(given.code.encode()).hexdigest()
    assert not [value for value in seen if given.token in value or value in (given.code, bare)]
    assert LinkMail.objects.get().address == "", "what was needed for sending is not kept"


@pytest.mark.parametrize("days", [0, 15])
def test_no_link_lives_longer_than_fourteen_days(consent, carmen, days, signed_in):
    with pytest.raises(ValueError, match="1 to 14"):
        actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor, days=days or -1)
    values = {"address": ADDRESS, "days": str(days)}
    text = body(signed_in(carmen).post(reverse("partner_link_new", args=[consent.pk]), values))
    assert "is-error" in text or "error" in text
    assert not PartnerLink.objects.exists()


def test_the_settings_keep_the_limit(monkeypatch):
    monkeypatch.setenv("ALONGSIDE_PARTNER_LINK_DAYS", "15")
    with pytest.raises(ImproperlyConfigured, match="use 1 to 14"):
        number_between("ALONGSIDE_PARTNER_LINK_DAYS", 7, 1, 14)
    assert 1 <= settings.PARTNER_LINK_DAYS <= 14


def test_it_never_outlives_its_consent(rosa, consent, carmen):
    soon = timezone.now() + timedelta(hours=5)
    short = signed(rosa.person, rosa.actor, expires_at=soon)
    link, _code = actions.make_link(consent=short, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    assert link.expires_at == link.code_expires_at == soon


# --- opening --------------------------------------------------------------------------------------------------------
def test_opening_the_link_changes_nothing_and_shows_nothing(given, partner):
    before = PartnerLink.objects.filter(pk=given.link.pk).values().get()
    text = body(partner.get(given.path))
    assert PartnerLink.objects.filter(pk=given.link.pk).values().get() == before
    for telling in ("Rosa", "Cenzontle", "Ito", "42 CFR", "555-0142"):
        assert telling not in text
    title = re.search("<title>(.*?)</title>", text)[1]
    assert reveals(title) == [] and "A page for you" in title
    assert "noindex" in text and partner.get(given.path)["Cache-Control"].count("no-store")


def test_with_the_code_it_shows_what_is_covered_with_statement_and_scope(given, partner):
    text = body(partner.post(given.path, {"code": f" {given.code[:4]} {given.code[4:]} "}))
    for words in ("+1 213-555-0142", "For Dr. Ana Ito", given.link.consent.number):
        assert words in text
    assert STATEMENT in text and "A general authorization for the release" in text.replace("\n", " ")
    assert "What is shared" in text and "When it ends" in text, "the scope of the consent (§2.32(b))"
    assert "birth date" not in text.lower(), "not in the permission, so not on the page"
    link = given.now()
    assert (link.status, link.times_opened) == ("opened", 1)
    assert Entry.objects.filter(act="partner_link.opened", subject_id=link.person_id, role="partner").count() == 1


def test_it_shows_what_was_written_down_and_not_what_came_later(given, partner, rosa):
    change_person(person=rosa.person, by=rosa.actor, phone="+1 213-555-0199")
    text = body(partner.post(given.path, {"code": given.code}))
    assert "0142" in without_ids(text) and "0199" not in without_ids(text)


def test_the_fifth_wrong_code_closes_it(given, partner):
    wrong = "00000000" if given.code != "00000000" else "11111111"
    for _ in range(4):
        assert "That did not open." in body(partner.post(given.path, {"code": wrong}))
    assert given.now().status == "sent"
    assert "That did not open." in body(partner.post(given.path, {"code": wrong}))
    assert (given.now().status, given.link.wrong_tries) == ("locked", 5)
    assert "That did not open." in body(partner.post(given.path, {"code": given.code}))
    actions.lapse_due(timezone.now())
    assert given.now().content is None


def test_a_code_ends_before_its_link_and_staff_make_another(given, partner, carmen, signed_in):
    later = timezone.now() + timedelta(hours=settings.PARTNER_CODE_HOURS, minutes=1)
    assert actions.open_link(token=given.token, code=given.code, now=later) is None
    text = body(signed_in(carmen).post(reverse("partner_link_code", args=[given.link.pk])))
    code = "".join(re.search(r"<strong>(\d{4} \d{4})</strong>", text)[1].split())
    assert "That did not open." in body(partner.post(given.path, {"code": given.code}))
    assert STATEMENT in body(partner.post(given.path, {"code": code}))


def test_it_is_opened_ten_times_at_most(given, partner):
    for _ in range(10):
        assert actions.open_link(token=given.token, code=given.code)
    assert actions.open_link(token=given.token, code=given.code) is None


def test_many_tries_are_slowed_down_whether_it_lives_or_not(given, partner):
    for path in (given.path, "/page/there-is-no-such-token/"):
        cache.clear()  # both come from one address, which has its own limit
        statuses = [partner.post(path, {"code": "12345"}).status_code for _ in range(12)]
        assert statuses == [200] * 10 + [429] * 2


def test_one_step_on_her_page_closes_it(given, rosa, partner):
    """One step on her page: the permission ends, and every page and mail with it, in one transaction (B4)."""
    stop_sharing(consent=given.link.consent, by=rosa.actor)
    link = given.now()
    assert (link.status, link.content, link.ended_at is not None) == ("stopped", None, True)
    assert "That did not open." in body(partner.post(given.path, {"code": given.code}))


def test_who_never_opened_it_is_not_told_that_it_ended(given, consent, give, rosa, carmen, signed_in, partner):
    """They have nothing: a call about a number would tell them that there is somebody."""
    stop_sharing(consent=consent, by=rosa.actor)
    client = signed_in(carmen)
    page = reverse("sharing_one", args=[consent.pk])
    assert "Tell them" not in body(client.get(page))
    assert page not in body(client.get(reverse("sharing_to_tell")))
    again = signed(rosa.person, rosa.actor)
    opened = give(again)
    partner.post(opened.path, {"code": opened.code})
    stop_sharing(consent=again, by=rosa.actor)
    page = reverse("sharing_one", args=[again.pk])
    assert "Tell them" in body(client.get(page))
    assert page in body(client.get(reverse("sharing_to_tell")))


def test_an_open_page_cannot_be_answered_after_a_stop(given, partner, rosa):
    text = body(partner.post(given.path, {"code": given.code}))
    stop_sharing(consent=given.link.consent, by=rosa.actor)
    assert "That did not open." in body(answer(partner, given, text))
    assert given.now().status == "stopped"


def test_the_gate_is_asked_at_each_look(given, partner, monkeypatch):
    """Even where a link was forgotten: without a yes of the gate nothing shows."""
    monkeypatch.setattr(opening, "ask_again", lambda **_named: (given.link.consent, Decision("not_live")))
    assert "That did not open." in body(partner.post(given.path, {"code": given.code}))
    assert given.now().times_opened == 0


# --- sending --------------------------------------------------------------------------------------------------------
def test_a_stop_stops_what_is_queued(consent, carmen, rosa):
    link, _code = actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    stop_sharing(consent=consent, by=rosa.actor)
    link.mail.refresh_from_db()
    assert (link.mail.status, link.mail.address) == ("stopped", "")
    assert actions.send_due() == {} and mail.outbox == []


def test_the_sender_asks_the_gate_again(consent, carmen, monkeypatch):
    """A consent whose day is over and nobody has noted it yet: the sender finds out."""
    link, _code = actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    assert actions.send_due(consent.expires_at + timedelta(seconds=1)) == {"stopped": 1}
    link.refresh_from_db()
    assert link.status in ("stopped", "lapsed") and mail.outbox == []


def test_a_carrier_that_fails_is_tried_again_with_another_link_and_then_given_up(consent, carmen):
    _link, code = actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    now, seen = timezone.now(), []

    def broken(_address, _template, _language, url):
        seen.append(url)
        raise OSError("no route")

    assert actions.send_due(now, deliver=broken) == {"later": 1}
    assert actions.send_due(now, deliver=broken) == {}, "it waits"
    assert actions.send_due(now + timedelta(minutes=6)) == {"sent": 1}
    first = seen[0].rstrip("/").rsplit("/", 1)[1]
    assert first != sent_token()
    assert actions.open_link(token=first, code=code) is None and actions.open_link(token=sent_token(), code=code)


def test_what_was_answered_is_not_sent_again_though_the_carrier_said_it_failed(consent, carmen):
    """It came all the same: the address goes with the answer, and no later try takes it up."""
    link, code = actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    now, seen = timezone.now(), []

    def half_broken(_address, _template, _language, url):
        seen.append(url)
        raise OSError("timed out after it was taken")

    actions.send_due(now, deliver=half_broken)
    token = seen[0].rstrip("/").rsplit("/", 1)[1]
    assert actions.open_link(token=token, code=code)
    assert actions.answer_link(token=token, link_id=link.pk, accepts=False, reason="no_room").status == "declined"
    assert [(mail.status, mail.address) for mail in LinkMail.objects.all()] == [("stopped", "")]
    assert actions.send_due(now + timedelta(days=1), deliver=half_broken) == {} and len(seen) == 1


def test_a_stop_also_stops_the_mail_of_a_page_that_wrong_codes_closed(consent, carmen, rosa):
    link, _code = actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    seen = []

    def half_broken(_address, _template, _language, url):
        seen.append(url)
        raise OSError("timed out after it was taken")

    actions.send_due(timezone.now(), deliver=half_broken)
    for _try in range(5):
        actions.open_link(token=seen[0].rstrip("/").rsplit("/", 1)[1], code="none")
    assert PartnerLink.objects.get(pk=link.pk).status == "locked"
    stop_sharing(consent=consent, by=rosa.actor)
    assert [(mail.status, mail.address) for mail in LinkMail.objects.all()] == [("stopped", "")]


def test_given_up_is_said_and_nothing_opens(consent, carmen):
    def broken(*_arguments):
        raise OSError("no route")

    link, _code = actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    now, outcomes = timezone.now(), []
    for hours in range(0, 100, 13):
        outcomes += actions.send_due(now + timedelta(hours=hours), deliver=broken).elements()
    assert outcomes == ["later"] * 4 + ["failed"]
    link.refresh_from_db()
    assert (link.status, link.content, link.mail.status) == ("failed", None, "failed")


def test_time_goes_by_and_nothing_is_left(given):
    assert actions.lapse_due(given.link.expires_at - timedelta(seconds=1)) == 0
    assert actions.lapse_due(given.link.expires_at) == 1
    link = given.now()
    assert (link.status, link.content) == ("lapsed", None)
    assert actions.lapse_due(given.link.expires_at) == 0


# --- answering ------------------------------------------------------------------------------------------------------
def test_yes_is_told_to_staff_and_shown_to_the_person(given, partner, carmen, rosa, signed_in):
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)
    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    carmen.user.email = "carmen@example.org"
    carmen.user.save()
    set_safe_contact(person=carmen.person, by=carmen.actor, channel="email", may_email=True)
    text = body(partner.post(given.path, {"code": given.code}))
    assert "Thank you" in body(answer(partner, given, text, words="Monday at ten, ask for Ana"))
    link = given.now()
    assert (link.status, link.reason, link.content) == ("accepted", "", None)
    told = OutgoingMessage.objects.filter(template="something_new").values_list("person", flat=True)
    assert set(told) == {rosa.person.pk, carmen.person.pk}
    for who, page in ((carmen, "partner_links"), (rosa, "me_pages")):
        shown = body(signed_in(who).get(reverse(page)))
        assert "They said yes" in shown or "Dijeron que sí" in shown
        assert "Monday at ten, ask for Ana" in shown
    assert "That did not open." in body(partner.post(given.path, {"code": given.code})), "used up"


def test_no_has_a_reason_of_the_list(given, partner):
    text = body(partner.post(given.path, {"code": given.code}))
    assert "Please choose a reason." in body(answer(partner, given, text, answer="no"))
    assert "Select a valid choice" in body(answer(partner, given, text, answer="no", reason="too_difficult"))
    assert "Thank you" in body(answer(partner, given, text, answer="no", reason="no_room"))
    assert (given.now().status, given.link.reason) == ("declined", "no_room")
    assert "That did not open." in body(answer(partner, given, text)), "answered once"


def test_words_decide_nothing(given, partner):
    text = body(partner.post(given.path, {"code": given.code}))
    answer(partner, given, text, words="No, we decline this person")
    assert given.now().status == "accepted"


def test_nobody_answers_a_page_they_did_not_open(given, partner, consent, give):
    other = give(consent)
    text = body(partner.post(other.path, {"code": other.code}))
    for values in ({}, {"proof": "made up"}):
        assert "That did not open." in body(partner.post(f"{given.path}answer/", {"answer": "yes", **values}))
    assert "That did not open." in body(answer(partner, given, text)), "a proof of another page"
    assert given.now().status == "sent"


def test_after_an_hour_the_code_is_asked_again(given, partner):
    text = body(partner.post(given.path, {"code": given.code}))
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "That did not open." in body(answer(partner, given, text))


# --- who sees it ----------------------------------------------------------------------------------------------------
def test_the_code_is_shown_once_and_never_with_the_link(consent, carmen, signed_in):
    client, key = signed_in(carmen), str(uuid4())
    url, values = reverse("partner_link_new", args=[consent.pk]), {"address": ADDRESS, "days": "7", "submit_key": key}
    text = body(client.post(url, values))
    assert re.search(r"<strong>\d{4} \d{4}</strong>", text)
    assert not re.search(r"https?://\S*/page/", text), "the link goes by mail alone"
    assert "on its way already" in body(client.post(url, values, follow=True))
    assert not re.search(r"\d{4} \d{4}</strong>", body(client.get(url)))
    assert PartnerLink.objects.count() == 1


def test_a_page_for_who_is_found_later_under_all_care(rosa, carmen, signed_in):
    """§2.31(a)(4)(i): it names who gets it, the gate lets it open for them, and the end of the consent closes it."""
    consent, client = signed(rosa.person, rosa.actor, "tpo"), signed_in(carmen)
    url = reverse("partner_link_new", args=[consent.pk])
    values = {"address": ADDRESS, "days": "7", "submit_key": str(uuid4()), "to_name": "Valley Clinic"}
    assert not PartnerLink.objects.exists() and "error" in body(client.post(url, values))
    client.post(url, values | {"to_class": "provider"})
    link = PartnerLink.objects.get()
    row = link.disclosure
    assert (row.recipient, row.recipient_class, row.recipient_address) == ("Valley Clinic", "provider", ADDRESS)
    assert actions.send_due() == {"sent": 1}
    token, code = sent_token(), actions.new_code(link=link, by=carmen.actor)
    assert actions.open_link(token=token, code=code) is not None
    stop_sharing(consent=consent, by=rosa.actor)
    assert actions.open_link(token=token, code=code) is None


def test_staff_and_the_person_close_one_page_and_the_permission_stays(given, consent, give, carmen, rosa, signed_in):
    other = give(consent)
    assert "Closed." in body(signed_in(carmen).post(reverse("partner_link_stop", args=[given.link.pk]), follow=True))
    answered = signed_in(rosa).post(reverse("me_page_stop", args=[other.link.pk]), follow=True)
    assert "never opened" in body(answered) or "nunca" in body(answered)
    assert (given.now().status, other.now().status) == ("stopped", "stopped")
    consent.refresh_from_db()
    assert consent.status == "active"


def test_others_find_nothing(given, marcus, dante, signed_in, program):
    for who in (marcus, dante):
        client = signed_in(who)
        for name in ("partner_link_code", "partner_link_stop"):
            assert client.post(reverse(name, args=[given.link.pk])).status_code == 404
        assert client.get(reverse("partner_link_new", args=[given.link.consent_id])).status_code == 404
    olu = make_persona(program, "olu", "participant")
    assert signed_in(olu).post(reverse("me_page_stop", args=[given.link.pk])).status_code == 404
    assert given.now().status == "sent"


def test_she_reads_it_in_her_accounting(given, rosa, signed_in):
    text = body(signed_in(rosa).get(reverse("me_sent")))
    assert ADDRESS in text and "Dr. Ana Ito" in text


# --- what the database holds ----------------------------------------------------------------------------------------
def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_a_link_without_a_live_consent(given, consent, rosa):
    row = PartnerLink.objects.get(pk=given.link.pk)
    stop_sharing(consent=consent, by=rosa.actor)
    now = timezone.now()

    def another():
        fresh = Disclosure.objects.get(pk=row.disclosure_id)
        PartnerLink.objects.create(
            program_id=row.program_id, person_id=row.person_id, consent=consent, disclosure=fresh, content=[],
            code_hash="x", code_expires_at=now, made_at=now - timedelta(hours=1), expires_at=now,
        )  # fmt: skip

    assert refused(another)


def test_the_database_refuses_to_open_send_or_answer_without_one(given, consent, rosa):
    """Past every action, as a mistake in some code would: the consent ends and the link is left open."""
    rows = PartnerLink.objects.filter(pk=given.link.pk)
    mails = LinkMail.objects.filter(link=given.link.pk)
    now = timezone.now()
    with_consent = {"times_opened": 1, "latest_opened_at": now, "status": "opened"}
    assert not refused(lambda: rows.update(**with_consent)), "while it is live it opens"
    Consent.objects.filter(pk=consent.pk).update(status="revoked", ended_at=now, ended_how="screen")
    assert refused(lambda: rows.update(times_opened=2, latest_opened_at=now))
    assert refused(lambda: rows.update(status="accepted", answered_at=now, ended_at=now))
    assert refused(lambda: mails.update(status="sending", sending_at=now))
    assert refused(lambda: LinkMail.objects.create(
        program_id=given.link.program_id, link=given.link, language="en", queued_at=now, not_before=now))  # fmt: skip


def test_the_database_keeps_what_ended(given, consent):
    rows = PartnerLink.objects.filter(pk=given.link.pk)
    later = given.link.expires_at + timedelta(days=1)
    assert refused(lambda: rows.update(expires_at=later))
    assert refused(rows.delete)
    assert refused(lambda: rows.update(wrong_tries=5)), "five wrong tries are no open page"
    assert refused(lambda: rows.update(times_opened=1, latest_opened_at=later)), "after its time"
    actions.stop_link(link=given.link, by=SystemActor(program_id=given.link.program_id))
    assert refused(lambda: rows.update(status="sent", ended_at=None, content=[]))


def test_the_database_knows_the_fourteen_days(given, consent):
    row = PartnerLink.objects.get(pk=given.link.pk)

    def long():
        disclosure = Disclosure.objects.create(
            program_id=row.program_id, person_id=row.person_id, consent=consent, way="partner_link", recipient="x",
            items=["being_here"], purpose="care", content_digest="0" * 64, disclosed_at=timezone.now(),
            submit_key=uuid4(),
        )  # fmt: skip
        PartnerLink.objects.create(
            program_id=row.program_id, person_id=row.person_id, consent=consent, disclosure=disclosure, content=[],
            code_hash="x", code_expires_at=row.made_at, made_at=row.made_at,
            expires_at=row.made_at + timedelta(days=14, seconds=days_more),
        )  # fmt: skip

    days_more = 1
    assert refused(long)
    days_more = 0
    assert not refused(long)


def test_an_account_without_any_right_opens_it_like_anybody(given, client, other_program):
    """The token is the permission: who is signed in, and where, makes no difference."""
    client.force_login(make_account("walter", other_program, "council"))
    assert STATEMENT in body(client.post(given.path, {"code": given.code}))
