"""The pages of a worry: from the record to the debrief, in both languages, with the after-hours path said plainly."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.safety.conftest import NOW

from alongside.council.actions import adopt_policy
from alongside.people.actions import change_person, open_episode, set_safe_contact, stop_texts
from alongside.people.models import OutgoingMessage
from alongside.people.outbox import send_due
from alongside.rules.neutral import reveals
from alongside.safety import actions
from alongside.safety.models import Escalation, Told, Turn

pytestmark = pytest.mark.django_db


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def test_from_the_record_to_the_debrief(duty, mentorship, signed_in, dante, lien, rosa):
    client = signed_in(dante)
    url = reverse("worry_new", args=[rosa.person.pk])
    for path in (f"/people/{rosa.person.pk}/", f"/people/{rosa.person.pk}/note/", f"/messages/{mentorship.pk}/"):
        assert url in read(client, path)
    assert reverse("worry_about") in read(client, "/today/")
    assert url in read(client, reverse("worry_about"))
    page = read(client, url + "?from=note")
    assert "Lien is on duty now." in page and "within 15 minutes" in page and 'href="tel:988"' in page
    answer = client.post(url, {"words": "No answer since Friday", "source": "note"})
    worry = Escalation.objects.get()
    assert (worry.source, answer.url) == ("note", reverse("worry", args=[worry.pk]))
    assert "No answer since Friday" in read(client, answer.url)
    assert client.post(reverse("worry_take", args=[worry.pk])).status_code == 404, "a peer owns none"

    client = signed_in(lien)
    assert "Worries that wait" in read(client, "/team/") and str(worry.pk) in read(client, "/team/")
    client.post(reverse("worry_take", args=[worry.pk]))
    assert client.post(reverse("worry_resolve", args=[worry.pk]), {"words": "We spoke"}).status_code == 200
    client.post(
        reverse("worry_resolve", args=[worry.pk]), {"words": "We spoke", "confirmed": "spoke", "measure": "own_plan"}
    )
    client.post(reverse("worry_debrief", args=[worry.pk]), {"words": "He is tired"})
    worry.refresh_from_db()
    assert worry.status == "debriefed"
    assert "He is tired" in read(signed_in(dante), reverse("worry", args=[worry.pk]))


def test_the_programs_own_path_is_shown_in_the_readers_language(
    duty, mentorship, signed_in, dante, rosa, program, carmen
):
    values = {"path_en": "Call the night desk first.", "path_es": "Primero llame a la mesa de noche."}
    adopt_policy(program=program, kind="safety", values=values, by=carmen.actor)
    url = reverse("worry_new", args=[rosa.person.pk])
    assert values["path_en"] in read(signed_in(dante), url)
    dante.user.language = "es"
    dante.user.save()
    page = read(signed_in(dante), url)
    assert values["path_es"] in page and "Me preocupa" in page and values["path_en"] not in page


def test_after_hours_the_page_says_so_and_leads_to_the_lines(mentorship, signed_in, dante, rosa):
    assert not Turn.objects.exists()
    page = read(signed_in(dante), reverse("worry_new", args=[rosa.person.pk]))
    assert "Nobody is on duty at this hour." in page and 'href="tel:911"' in page


def test_a_stranger_finds_nothing(duty, worried, signed_in, carmen, ada, marcus, rosa):
    path = reverse("worry", args=[worried().pk])
    for other in (carmen, ada, marcus, rosa):
        assert signed_in(other).get(path).status_code == 404


def test_what_is_no_answer_any_more_says_who_has_it(duty, worried, signed_in, lien, carmen):
    worry = worried()
    client = signed_in(lien)
    client.post(reverse("worry_take", args=[worry.pk]))
    client.post(reverse("worry_hand", args=[worry.pk]), {"other": str(carmen.person.pk)})
    client = signed_in(carmen)
    assert "Carmen is asked to take it" in read(client, reverse("worry", args=[worry.pk]))
    client.post(reverse("worry_take", args=[worry.pk]))
    answer = signed_in(lien).post(
        reverse("worry_resolve", args=[worry.pk]),
        {"words": "We spoke", "confirmed": "spoke", "measure": "own_plan"},
        follow=True,
    )
    assert "Meanwhile somebody else has it" in answer.content.decode()


def test_the_rota_is_written_and_says_whom_no_notice_reaches(program, signed_in, carmen, lien):
    client = signed_in(carmen)
    turn = {"weekday": "0", "from_hour": "9", "until_hour": "17", "person": str(lien.person.pk), "deputy": ""}
    client.post(reverse("rota"), turn)
    page = read(client, reverse("rota"))
    assert "Lien has no e-mail" in page
    again = client.post(reverse("rota"), turn | {"from_hour": "16", "until_hour": "20"})
    assert "Somebody else is on duty" in again.content.decode()
    client.post(reverse("rota"), {"action": f"remove:{Turn.objects.get().pk}"})
    assert not Turn.objects.exists()
    assert client.post(reverse("rota"), {"action": "remove:x"}).status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_worry_about_a_message_reaches_who_is_on_duty(
    duty, mentorship, signed_in, dante, lien, rosa, carmen, language, mailoutbox
):
    letter = {"body": "I do not see a way out tonight", "submit_key": str(uuid4())}
    assert signed_in(rosa).post(reverse("me_thread", args=[mentorship.pk]), letter).status_code == 302
    for one in (dante, lien):
        one.user.language = language
        one.user.save(update_fields=["language"])
    client = signed_in(dante)
    thread = read(client, reverse("thread", args=[mentorship.pk]))
    assert "I do not see a way out tonight" in thread
    (link,) = re.findall(r'href="([^"]*/worry/[^"]*)"', thread)
    assert link == reverse("worry_new", args=[rosa.person.pk]) + "?from=message"
    form = dict(re.findall(r'<input type="hidden" name="(source|submit_key)" value="([^"]*)"', read(client, link)))
    assert form["source"] == "message" and form["submit_key"]
    # Without words nothing is raised, and where it comes from is not forgotten.
    again = client.post(link, form | {"words": " "})
    assert again.status_code == 200 and 'name="source" value="message"' in unescape(again.content.decode())
    assert not Escalation.objects.exists()
    for _twice in range(2):
        assert client.post(link, form | {"words": "She wrote that she sees no way out"}).status_code == 302
    worry = Escalation.objects.get()
    assert (worry.source, worry.person_id, worry.raised_by_id) == ("message", rosa.person.pk, dante.person.pk)
    send_due()
    assert [one.to for one in mailoutbox] == [["lien@example.org"]]
    page = read(signed_in(lien), reverse("worry", args=[worry.pk]))
    assert "She wrote that she sees no way out" in page
    assert "I do not see a way out tonight" not in page, "the message itself stays between the two"
    assert signed_in(lien).get(reverse("thread", args=[mentorship.pk])).status_code == 404
    signed_in(lien).post(reverse("worry_take", args=[worry.pk]))
    worry.refresh_from_db()
    assert worry.status == "owned" and worry.owner_id == lien.person.pk


# --- texts on duty --------------------------------------------------------------------------------------------------
def test_who_is_on_duty_chooses_to_be_texted_and_a_stop_ends_it(duty, worried, lien, dolores, rosa, signed_in, settings,
                                                               tmp_path, mailoutbox):  # fmt: skip
    settings.ALONGSIDE_HOME = tmp_path
    client = signed_in(lien)
    assert reverse("duty_texts") in client.get(reverse("worries")).content.decode()
    answer = client.post(reverse("duty_texts"), {"wishes": "on", "phone": "12"})
    assert answer.status_code == 200 and "no telephone number" in answer.content.decode()
    assert client.post(reverse("duty_texts"), {"wishes": "on", "phone": "(213) 555-0190"}).status_code == 302
    night = NOW.replace(hour=10)  # in the small hours where the program is
    worry = worried(now=night)
    assert send_due(night) == {"sent": 2}
    (file,) = (tmp_path / "texts").iterdir()
    number, words = file.read_text().split("\n", 1)
    assert number == "+12135550190" and reverse("worry", args=[worry.pk]) in words
    assert "Rosa" not in words and reveals(words.replace(str(worry.pk), "")) == []
    assert [one.to for one in mailoutbox] == [["lien@example.org"]]

    worried(now=night)
    stop_texts(phone="+12135550190")
    send_due(night)
    assert len(list((tmp_path / "texts").iterdir())) == 1 and len(mailoutbox) == 2
    assert "A STOP came from this number" in client.get(reverse("duty_texts")).content.decode()


def test_texts_are_for_who_may_own_a_worry_and_not_for_who_is_supported_here(program, duty, worried, dante, lien,
                                                                                      signed_in):  # fmt: skip
    assert signed_in(dante).get(reverse("duty_texts")).status_code == 404
    change_person(person=lien.person, by=lien.actor, phone="+12135550190")
    set_safe_contact(person=lien.person, by=lien.actor, channel="text", may_text=True)
    open_episode(person=lien.person, by=lien.actor)
    assert signed_in(lien).get(reverse("duty_texts")).status_code == 404
    worried()
    assert not OutgoingMessage.objects.filter(channel="text").exists()


def test_without_e_mail_a_text_reaches_them(program, duty, worried, lien, signed_in):
    lien.user.email = ""
    lien.user.save()
    assert "has no e-mail" in signed_in(lien).get(reverse("rota")).content.decode()
    actions.choose_texts(phone="+12135550190", wishes=True, by=lien.actor)
    assert "has no e-mail" not in signed_in(lien).get(reverse("rota")).content.decode()
    worry = worried()
    assert worry.rung == 0 and Told.objects.get(escalation=worry).is_reached
