"""The person's own way: begin, look at exactly what would leave, strike out, sign, stop within two taps from home."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.privacy.consents import drafted, look, signed
from tests.story import day_there, make_persona

from alongside.people.actions import change_person, open_episode
from alongside.privacy.actions import set_law
from alongside.privacy.models import Consent, Disclosure
from alongside.privacy.writing import get_posture
from alongside.rules.consent import Posture

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(rosa):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    change_person(person=rosa.person, by=rosa.actor, language="en", phone="+1 213-555-0142")
    rosa.person.refresh_from_db()
    return rosa


@pytest.fixture
def adult(english):
    change_person(person=english.person, by=english.actor, birth_date=date(1984, 5, 17))
    english.person.refresh_from_db()
    return english


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def filled(**values) -> dict:
    return {
        "recipient": "Dr. Ana Ito", "recipient_address": "12 River Street", "recipient_is_covered": "yes",
        "purpose": "care", "items": ["being_here", "reach"], "ends": "day", "language": "en",
        "expires_on": (day_there() + timedelta(days=30)).isoformat(), **values,
    }  # fmt: skip


def seen_on(text: str) -> str:
    return re.search(r'name="seen" value="([0-9a-f]{64})"', text)[1]


def test_from_the_first_step_to_the_signature(signed_in, adult):
    client = signed_in(adult)
    text = body(client.get(reverse("me_share_new")))
    assert "checked" not in text, "nothing is ticked beforehand (B3)"
    answer = client.post(reverse("me_share_new"), {"kind": "specific"})
    consent = Consent.objects.get()
    assert answer.url == reverse("me_share_edit", args=[consent.pk])
    text = body(client.get(answer.url))
    assert 'type="checkbox"' in text and not re.search(r'<input type="checkbox"[^>]*checked', text)
    assert client.post(answer.url, filled()).url == reverse("me_share", args=[consent.pk])
    text = body(client.get(reverse("me_share", args=[consent.pk])))
    for words in ("This is exactly what Dr. Ana Ito would see today.", "+1 213-555-0142", "Take this out",
                  "You can stop this at any time, in one step", "may be redisclosed",
                  "You still get support here"):  # fmt: skip
        assert words in text
    assert not re.search(r"<input[^>]*checked", text)
    values = {"seen": seen_on(text), "agrees": "on", "signed_name": "Rosa Cenzontle"}
    assert client.post(reverse("me_share", args=[consent.pk]), values).url == reverse("me_privacy")
    consent.refresh_from_db()
    assert (consent.status, consent.signed_name, consent.signed_by_id) == ("active", "Rosa Cenzontle", adult.user.pk)
    text = body(client.get(reverse("me_share", args=[consent.pk])))
    assert "You signed this." in text and consent.number in text


@pytest.mark.parametrize("left_out", ["agrees", "signed_name"])
def test_without_a_yes_or_a_name_nothing_is_signed(signed_in, adult, left_out):
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    url = reverse("me_share", args=[consent.pk])
    values = {"seen": seen_on(body(client.get(url))), "agrees": "on", "signed_name": "Rosa"}
    values.pop(left_out)
    assert "error" in body(client.post(url, values))
    consent.refresh_from_db()
    assert consent.status == "draft"


def test_what_changed_meanwhile_is_shown_again(signed_in, adult):
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    url = reverse("me_share", args=[consent.pk])
    seen = seen_on(body(client.get(url)))
    change_person(person=adult.person, by=adult.actor, phone="+1 213-555-0199")
    answer = client.post(url, {"seen": seen, "agrees": "on", "signed_name": "Rosa"}, follow=True)
    text = body(answer)
    assert "Something changed meanwhile." in text and "0199" in text
    consent.refresh_from_db()
    assert consent.status == "draft"


def test_one_thing_is_taken_out(signed_in, adult):
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    text = body(client.post(reverse("me_share_strike", args=[consent.pk]), {"item": "reach"}, follow=True))
    assert "555-0142" not in text
    consent.refresh_from_db()
    assert consent.items == ["being_here", "contacts"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"items": []}, "Please choose."),
        ({"recipient": ""}, "Please fill this in."),
        ({"purpose": "housing", "items": ["notes"]}, "For this they do not need"),
        ({"purpose": "other"}, "Say in a few words what for."),
        ({"expires_on": ""}, "Choose the last day."),
        ({"expires_on": "2020-01-01"}, "Choose a day from today on"),
        ({"ends": "end_of_study"}, "Select a valid choice"),
        ({"status": "active"}, "This page sent something we did not ask for"),
    ],
)
def test_what_is_missing_is_said_kindly(signed_in, adult, values, words):
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    text = body(client.post(reverse("me_share_edit", args=[consent.pk]), filled(**values)))
    assert words in text


def test_stop_sharing_is_two_taps_from_home(signed_in, adult):
    """Tap one: Privacy, on every page. Tap two: the button."""
    consent, client = signed(adult.person, adult.actor), signed_in(adult)
    home = body(client.get(reverse("me_home")))
    assert f'href="{reverse("me_privacy")}"' in home
    privacy = body(client.get(reverse("me_privacy")))
    stop = reverse("me_share_stop", args=[consent.pk])
    assert re.search(rf'<form method="post" action="{stop}">.*?Stop sharing', privacy)
    assert privacy.index("Stop sharing") < privacy.index("They may open it now"), "it stands at the top"
    text = body(client.post(stop, follow=True))
    assert "Stopped. From now on they get nothing more." in text and "Stop sharing" not in text
    consent.refresh_from_db()
    assert (consent.status, consent.ended_how) == ("revoked", "screen")


def test_a_held_one_says_so_before_signing_and_has_no_button(signed_in, adult):
    consent, client = drafted(adult.person, adult.actor, "criminal_justice"), signed_in(adult)
    url = reverse("me_share", args=[consent.pk])
    text = body(client.get(url))
    assert "You cannot take this one back before" in text and "You do not have to sign today." in text
    values = {"seen": seen_on(text), "agrees": "on", "signed_name": "Rosa"}
    assert "error" in body(client.post(url, values)), "the second yes is asked for too"
    client.post(url, values | {"agrees_to_hold": "on"})
    consent.refresh_from_db()
    assert consent.status == "active"
    text = body(client.get(reverse("me_privacy")))
    assert "as you read before signing" in text and "Stop sharing" not in text
    text = body(client.post(reverse("me_share_stop", args=[consent.pk]), follow=True))
    assert "This one can be stopped only from the day named in it" in text
    consent.refresh_from_db()
    assert consent.status == "active"


def test_a_held_one_ends_its_hold_with_the_matter_in_court(signed_in, adult, carmen):
    """B5, §2.35(c): she chooses it, reads it before signing, staff note that it is over, and then she may stop."""
    consent, client = drafted(adult.person, adult.actor, "criminal_justice", held_until=None), signed_in(adult)
    edit, url = reverse("me_share_edit", args=[consent.pk]), reverse("me_share", args=[consent.pk])
    day = (day_there() + timedelta(days=20)).isoformat()
    values = {"recipient": "Officer May", "purpose_words": "Probation", "items": ["being_here"], "language": "en",
              "expires_on": (day_there() + timedelta(days=30)).isoformat(), "held_until": day}  # fmt: skip
    assert "error" in body(client.post(edit, values)), "nothing is chosen beforehand (B3)"
    assert client.post(edit, values | {"held_event": "end_of_case"}).status_code == 302
    text = body(client.get(url))
    assert "before the matter in court is over" in text
    assert "If the matter in court ends earlier, you can stop it from then on." in text
    client.post(url, {"seen": seen_on(text), "agrees": "on", "agrees_to_hold": "on", "signed_name": "Rosa"})
    client.post(reverse("me_share_stop", args=[consent.pk]))
    consent.refresh_from_db()
    assert (consent.status, consent.held_event) == ("active", "end_of_case")
    client, one = signed_in(carmen), reverse("sharing_one", args=[consent.pk])
    assert "The matter in court is over: they may stop it from now on" in body(client.get(one))
    answer = client.post(reverse("sharing_over", args=[consent.pk]), {"action": "release"}, follow=True)
    assert "Noted. From now on they may stop it." in body(answer)
    client = signed_in(adult)
    assert "Stop sharing" in body(client.get(reverse("me_privacy")))
    client.post(reverse("me_share_stop", args=[consent.pk]))
    consent.refresh_from_db()
    assert consent.status == "revoked"


def test_somebody_whose_age_nobody_knows_says_that_they_are_of_age(signed_in, english):
    consent, client = drafted(english.person, english.actor), signed_in(english)
    url = reverse("me_share", args=[consent.pk])
    text = body(client.get(url))
    assert "Are you 18 or older?" in text
    values = {"seen": seen_on(text), "agrees": "on", "signed_name": "Rosa"}
    assert "Please talk with us first" in body(client.post(url, values | {"of_age": "no"}))
    assert client.post(url, values | {"of_age": "yes"}).status_code == 302
    consent.refresh_from_db()
    assert consent.status == "active"


def test_a_minor_signs_with_a_parent_and_alone_where_the_state_lets_them(signed_in, english, dolores):
    change_person(person=english.person, by=english.actor, birth_date=day_there() - timedelta(days=16 * 365))
    consent, client = drafted(english.person, english.actor), signed_in(english)
    url = reverse("me_share", args=[consent.pk])
    text = body(client.get(url))
    assert reverse("me_signer", args=[consent.pk]) in text and 'name="signed_name"' not in text
    values = {"seen": look(consent).digest, "agrees": "on", "signed_name": "Rosa", "other_name": "Lucia Cenzontle"}
    client.post(url, values)
    consent.refresh_from_db()
    assert consent.status == "draft", "nobody types a parent's name for them"
    law = {
        "part2": "program", "majority_age": "18", "minor_alone_from": "12",
        "fundraises": "no", "hipaa": "no", "emancipated_alone": "no", "note": "Family Code 6929, counsel of May",
    }  # fmt: skip
    client = signed_in(dolores)
    assert client.post(reverse("law"), law).status_code == 302
    assert get_posture() == Posture(minor_alone_from=12, hipaa=False)
    assert "Family Code 6929" in body(client.get(reverse("law")))
    assert "parent" not in body(signed_in(english).get(url))


def test_a_draft_is_thrown_away(signed_in, adult):
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    assert "Nothing was shared." in body(client.post(reverse("me_share_discard", args=[consent.pk]), follow=True))
    assert client.post(reverse("me_share_discard", args=[consent.pk])).status_code == 404


def test_nobody_else_opens_or_stops_mine(signed_in, adult, program, carmen):
    olu = make_persona(program, "olu", "participant")
    open_episode(person=olu.person, by=carmen.actor)
    draft, active = drafted(adult.person, adult.actor), signed(adult.person, adult.actor)
    client = signed_in(olu)
    for name in ("me_share", "me_share_edit"):
        assert client.get(reverse(name, args=[draft.pk])).status_code == 404
    for name in ("me_share", "me_share_edit", "me_share_strike", "me_share_discard", "me_share_stop"):
        assert client.post(reverse(name, args=[active.pk])).status_code == 404
    active.refresh_from_db()
    assert active.status == "active"


def test_titles_and_paths_tell_nothing(signed_in, adult):
    consent, client = signed(adult.person, adult.actor, "criminal_justice"), signed_in(adult)
    for url in (reverse("me_share_new"), reverse("me_share", args=[consent.pk])):
        text = body(client.get(url))
        assert re.search("<title>(.*?)</title>", text)[1].startswith("Share · ")
        assert not re.search("consent|legal|criminal|part2", url)


def test_in_spanish(signed_in, rosa):
    change_person(person=rosa.person, by=rosa.actor, birth_date=date(1984, 5, 17))
    consent, client = drafted(rosa.person, rosa.actor), signed_in(rosa)
    text = body(client.get(reverse("me_share", args=[consent.pk])))
    for words in ("Mire antes de firmar", "Usted puede pararlo", "Firmar y compartir", "Quitar esto"):
        assert words in text


# --- staff beside them ----------------------------------------------------------------------------------------------
def test_a_peer_prepares_one_and_the_person_signs(signed_in, adult, mentorship, dante):
    client = signed_in(dante)
    text = body(client.get(reverse("sharing", args=[adult.person.pk])))
    assert "Nothing about them may leave." in text
    answer = client.post(reverse("sharing", args=[adult.person.pk]), {"kind": "specific"})
    consent = Consent.objects.get()
    assert client.post(answer.url, filled() | {"acts-signer": ""}).url == reverse("sharing_one", args=[consent.pk])
    assert "Not signed yet. Nothing may leave." in body(client.get(reverse("sharing_one", args=[consent.pk])))
    assert "Dr. Ana Ito" in body(signed_in(adult).get(reverse("me_privacy")))


def test_a_paper_is_noted_only_for_the_text_that_was_printed(signed_in, adult, carmen):
    consent, client = drafted(adult.person, carmen.actor), signed_in(carmen)
    seen = seen_on(body(client.get(reverse("sharing_one", args=[consent.pk]))))
    values = {"seen": seen, "signed_name": "Rosa Cenzontle", "holds": "on"}
    change_person(person=adult.person, by=adult.actor, phone="+1 213-555-0199")
    url = reverse("sharing_paper", args=[consent.pk])
    assert "has changed since it was printed" in body(client.post(url, values, follow=True))
    values["seen"] = seen_on(body(client.get(reverse("sharing_one", args=[consent.pk]))))
    without_paper = {name: value for name, value in values.items() if name != "holds"}
    assert "error" in body(client.post(url, without_paper))
    assert "Signed, and in force." in body(client.post(url, values, follow=True))
    consent.refresh_from_db()
    assert (consent.status, consent.signed_how, consent.signed_by_id) == ("active", "paper", carmen.user.pk)


@pytest.mark.parametrize("how", ["spoken", "written"])
def test_a_word_to_the_peer_is_enough(signed_in, adult, mentorship, dante, how):
    consent = signed(adult.person, adult.actor)
    text = body(signed_in(dante).post(reverse("sharing_stop", args=[consent.pk]), {"action": how}, follow=True))
    assert "Stopped for them." in text
    consent.refresh_from_db()
    assert (consent.status, consent.ended_how, consent.ended_by_id) == ("revoked", how, dante.user.pk)


def test_what_is_printed_carries_the_statement_and_the_consent(signed_in, adult, carmen):
    """§2.32(a)(1) and (b); of what is not known nothing is there, not even its name."""
    consent, client = signed(adult.person, adult.actor), signed_in(carmen)
    text = body(client.get(reverse("sharing_one", args=[consent.pk])))
    key = re.search(r'name="submit_key" value="([^"]+)"', text)[1]
    url = reverse("sharing_give", args=[consent.pk])
    text = body(client.post(url, {"submit_key": key}))
    for words in ("42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
                  "This record which has been disclosed to you is protected by Federal confidentiality rules",
                  "is NOT sufficient to meet the required elements", "The permission under which you get this",
                  "To work together on my care", "+1 213-555-0142"):  # fmt: skip
        assert words in text
    assert "<h2>The days on which we talked or met" not in text
    body(client.post(url, {"submit_key": key}))
    assert Disclosure.objects.count() == 1, "the same press twice is one disclosure"
    assert client.post(url, {"submit_key": "x"}).status_code == 404
    assert "Nothing so far." not in body(signed_in(adult).get(reverse("me_share", args=[consent.pk])))


def test_staff_say_who_gets_it_where_all_care_reaches_somebody_new(signed_in, adult, carmen):
    """§2.31(a)(4)(i): who was not known at signing is named in the list of the one it is about, and told of the end."""
    consent, client = signed(adult.person, adult.actor, "tpo"), signed_in(carmen)
    url, key = reverse("sharing_give", args=[consent.pk]), "0b0f6f3e-8a36-4b54-9d0b-1f4f6f7b1c11"
    page = body(client.get(reverse("sharing_one", args=[consent.pk])))
    assert "Who gets it this time?" in page and "Leave it empty if it is for Dr. Ana Ito." in page
    text = body(client.post(url, {"submit_key": key, "to_name": "Valley Clinic"}))
    assert "Say what they do for the person." in text and "Valley Clinic" in text and not Disclosure.objects.exists()
    text = body(client.post(url, {"submit_key": key, "to_class": "provider"}))
    assert "Write who gets it." in text and not Disclosure.objects.exists()
    values = {"submit_key": key, "to_name": "Valley Clinic", "to_class": "provider", "to_address": "3 Hill Road"}
    assert "For Valley Clinic" in body(client.post(url, values))
    client.post(reverse("sharing_stop", args=[consent.pk]), {"action": "spoken"})
    assert "Valley Clinic · 3 Hill Road" in body(client.get(reverse("sharing_one", args=[consent.pk])))
    client = signed_in(adult)
    accounting = body(client.get(reverse("me_sent")))
    assert "Valley Clinic" in accounting and "3 Hill Road" in accounting and "Dr. Ana Ito" not in accounting
    assert "Valley Clinic" in body(client.get(reverse("me_share", args=[consent.pk])))


def test_a_permission_for_one_asks_nobody_who_it_is_for(signed_in, adult, carmen):
    consent = signed(adult.person, adult.actor)
    assert "Who gets it this time?" not in body(signed_in(carmen).get(reverse("sharing_one", args=[consent.pk])))


def test_staff_cannot_name_a_guardian_for_who_may_alone_nor_an_executor_of_the_living(
    signed_in, english, carmen, dolores, program
):
    set_law(program=program, posture=Posture(minor_alone_from=12), note="Family Code 6929", by=dolores.actor)
    born = day_there() - timedelta(days=16 * 366)
    change_person(person=english.person, by=english.actor, birth_date=born)
    consent, client = drafted(english.person, carmen.actor), signed_in(carmen)
    url, day = reverse("sharing_edit", args=[consent.pk]), (day_there() - timedelta(days=20)).isoformat()
    for values, words in (
        ({"acts-signer": "guardian"}, "At this age the law of your state lets them decide alone."),
        ({"acts-signer": "survivor"}, "An executor signs only after a death."),
        ({"acts-died_on": day}, "Take the day out"),
        ({"acts-signer": "survivor", "acts-died_on": (day_there() + timedelta(days=9)).isoformat()}, "a day that has"),
    ):
        assert words in body(client.post(url, filled(**values)))
    consent.refresh_from_db()
    assert (consent.signer, consent.died_on) == ("", None)
    client.post(url, filled(**{"acts-signer": "survivor", "acts-died_on": day}))
    consent.refresh_from_db()
    assert (consent.signer, consent.died_on.isoformat()) == ("survivor", day)


def test_after_stopping_the_button_hands_over_nothing(signed_in, adult, carmen):
    consent = signed(adult.person, adult.actor)
    client = signed_in(adult)
    client.post(reverse("me_share_stop", args=[consent.pk]))
    answer = signed_in(carmen).post(
        reverse("sharing_give", args=[consent.pk]), {"submit_key": "0b0f6f3e-8a36-4b54-9d0b-1f4f6f7b1c11"}, follow=True
    )
    assert "Nothing leaves under this permission now." in body(answer) and not Disclosure.objects.exists()


def test_those_who_got_something_are_told_and_others_are_not(signed_in, adult, carmen):
    """Who never got anything must not learn from us that there was something."""
    got, never = signed(adult.person, adult.actor), signed(adult.person, adult.actor, recipient="Nobody Yet")
    client = signed_in(carmen)
    client.post(reverse("sharing_give", args=[got.pk]), {"submit_key": "0b0f6f3e-8a36-4b54-9d0b-1f4f6f7b1c11"})
    for consent in (got, never):
        client.post(reverse("sharing_stop", args=[consent.pk]), {"action": "spoken"})
    text = body(client.get(reverse("sharing_to_tell")))
    assert "Dr. Ana Ito" in text and "Nobody Yet" not in text
    one = body(client.get(reverse("sharing_one", args=[got.pk])))
    letter = re.search(r"The permission with the number .*?lets you\.", one)[0]
    assert got.number in letter and "Rosa" not in letter
    assert "say no more than this" not in body(client.get(reverse("sharing_one", args=[never.pk])))
    client.post(reverse("sharing_told", args=[got.pk]))
    assert "There is nobody to tell now." in body(client.get(reverse("sharing_to_tell")))
    assert "They were told on" in body(signed_in(adult).get(reverse("me_share", args=[got.pk])))


def test_whoever_may_not_open_the_record_finds_none_of_it(signed_in, adult, program, dante, marcus):
    """Dante does not walk with Rosa here; Marcus is of another program."""
    consent = signed(adult.person, adult.actor)
    for somebody in (dante, marcus):
        client = signed_in(somebody)
        assert client.get(reverse("sharing", args=[adult.person.pk])).status_code == 404
        assert client.get(reverse("sharing_one", args=[consent.pk])).status_code == 404
        for name in ("sharing_stop", "sharing_over", "sharing_told", "sharing_paper", "sharing_give"):
            assert client.post(reverse(name, args=[consent.pk])).status_code == 404
    consent.refresh_from_db()
    assert consent.status == "active"


def test_the_page_shows_who_opened_it(signed_in, adult, carmen):
    consent = signed(adult.person, adult.actor)
    signed_in(carmen).get(reverse("sharing_one", args=[consent.pk]))
    text = body(signed_in(adult).get(reverse("me_privacy")))
    assert "Carmen" in text[text.index("Who opened it") :]


def test_an_event_that_happened_is_noted(signed_in, adult, carmen):
    consent = signed(adult.person, adult.actor, "legal")
    assert "Ended." in body(signed_in(carmen).post(reverse("sharing_over", args=[consent.pk]), follow=True))
    consent.refresh_from_db()
    assert (consent.status, consent.ended_how) == ("expired", "event")


def test_no_consent_and_no_such_person_answer_alike(signed_in, adult, program, carmen, dante, marcus):
    """A1: in status, headers, words and number of queries, whoever the id means."""
    olu = make_persona(program, "olu", "participant")
    open_episode(person=olu.person, by=carmen.actor)
    consent, never = signed(adult.person, adult.actor), "0b0f6f3e-8a36-4b54-9d0b-1f4f6f7b1c11"
    client = signed_in(dante)  # he walks with nobody here
    client.get(reverse("today"))  # the first request of a session costs more, whatever it asks for
    whose = [adult.person.pk, olu.person.pk, marcus.person.pk, carmen.person.pk, never]
    paths = [reverse("sharing", args=[one]) for one in whose]
    assert len({answer_of(client, "get", path) for path in paths}) == 1
    client = signed_in(carmen)
    client.get(reverse("board"))
    foreign = [reverse("sharing", args=[one]) for one in (marcus.person.pk, never)]
    assert len({answer_of(client, "get", path) for path in foreign}) == 1
    client = signed_in(marcus)
    client.get(reverse("board"))
    given = [reverse("sharing_give", args=[one]) for one in (consent.pk, never)]
    answers = {answer_of(client, "post", path) for path in given}
    assert len(answers) == 1 and next(iter(answers))[0] == 404


def answer_of(client, method: str, path: str) -> tuple:
    """What somebody outside can tell apart: status, headers, words without the one-time ones, queries."""
    with CaptureQueriesContext(connection) as queries:
        answer = getattr(client, method)(path)
    words = re.sub(r'"[A-Za-z0-9]{64}"|[0-9a-f-]{36}', "", answer.content.decode())
    headers = sorted(name for name in answer.headers if name != "Server-Timing")
    return answer.status_code, tuple(headers), words, len(queries)
