"""The pages: choosing in two presses, the permission, the code, what Rosa sees; strangers get nothing."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from alongside.partners import actions as partners
from alongside.partners.models import PartnerLink
from alongside.partners.wording import row
from alongside.people.models import HeldForm
from alongside.privacy.models import Consent, Disclosure
from alongside.referrals.models import Referral

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return answer.content.decode()


def test_rosa_chooses_a_place_by_herself_and_ends_it(english, shelter, signed_in):
    client = signed_in(english)
    looked = client.post("/me/places/new/", {"what": "look", "need": "housing", "words": ""})
    assert looked.status_code == 200 and "River House" in text_of(looked) and not Referral.objects.exists()
    key = str(uuid4())
    sent = {"what": "choose", "need": "housing", "words": "", "resource": str(shelter.pk), "way": "themself",
            "place": "", "address": "", "submit_key": key}  # fmt: skip
    answer = client.post("/me/places/new/", sent)
    way = Referral.objects.get()
    assert answer.url == f"/me/places/{way.pk}/" and way.way == "themself" and way.resource == shelter
    page = text_of(client.get(answer.url))
    assert "River House" in page and "555-0199" in page and "<title>Places" in page
    client.post(answer.url, {"what": "step", "code": "ride", "done": "yes"})
    assert way.steps.get(code="ride").done_by == english.person
    client.post(answer.url, {"what": "say", "said": "in_touch", "on_day": ""})
    way.refresh_from_db()
    assert way.status == "in_progress" and way.in_touch_by == "person"
    client.post(answer.url, {"what": "withdraw"})
    way.refresh_from_db()
    assert way.status == "cancelled"
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("who", ["dante", "carmen"])
def test_from_a_record_two_links_lead_to_a_place(who, request, shelter, rosa, mentorship, signed_in):
    client = signed_in(request.getfixturevalue(who))
    page = f"/people/{rosa.person.pk}/"
    for words in ("Places they go to", "Choose a place"):
        links = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', text_of(client.get(page)), re.DOTALL)
        page = next(where for where, said in links if words in said)
    sent = {"what": "choose", "need": "housing", "words": "", "resource": str(shelter.pk), "way": "themself",
            "place": "", "address": "", "submit_key": str(uuid4())}  # fmt: skip
    assert client.post(page, sent).status_code == 302
    way = Referral.objects.get()
    assert (way.person, way.requested_by) == (rosa.person, request.getfixturevalue(who).user)


def test_a_mistake_loses_nothing_that_was_typed(english, shelter, signed_in):
    client = signed_in(english)
    sent = {"what": "choose", "need": "", "words": "river", "resource": "by_hand", "place": "", "way": "told",
            "address": "a@example.org"}  # fmt: skip
    answer = client.post("/me/places/new/", sent)
    assert answer.status_code == 200 and "Write the name of the place" in text_of(answer)
    assert "a@example.org" in text_of(answer) and not Referral.objects.exists()


def test_looking_again_keeps_what_was_typed_below(english, shelter, signed_in):
    sent = {"what": "look", "need": "", "words": "river", "resource": "by_hand", "place": "Dr. Ana, on Main St",
            "way": "told", "address": "ana@example.org", "submit_key": str(uuid4())}  # fmt: skip
    page = text_of(signed_in(english).post("/me/places/new/", sent))
    assert 'value="Dr. Ana, on Main St"' in page and 'value="ana@example.org"' in page and "River House" in page
    for chosen in ("by_hand", "told"):
        assert re.search(rf'value="{chosen}"[^>]*checked', page)


def test_what_was_typed_when_a_session_ended_is_there_again(english, shelter, signed_in):
    sent = {"what": "choose", "need": "housing", "words": "", "resource": "by_hand", "place": "Dr. Ana", "way": "told",
            "address": ""}  # fmt: skip
    client = signed_in(english)
    HeldForm.objects.create(
        user=english.user, path="/me/places/new/", payload=json.dumps({key: [value] for key, value in sent.items()}),
        created_at=timezone.now(),
    )  # fmt: skip
    page = text_of(client.get("/me/places/new/"))
    assert 'value="Dr. Ana"' in page and "River House" in page and not Referral.objects.exists()


def test_without_a_permission_the_page_says_so_and_leads_to_one(english, begin, signed_in):
    way = begin()
    client = signed_in(english)
    page = text_of(client.get(f"/me/places/{way.pk}/"))
    assert "Nothing has left" in page
    answer = client.post(f"/me/places/{way.pk}/permission/")
    draft = Consent.objects.get()
    assert answer.url == f"/me/privacy/share/{draft.pk}/edit/" and draft.recipient == "Valley Clinic"
    assert "Valley Clinic" in text_of(client.get(answer.url))


def test_a_coordinator_tells_the_place_and_sees_the_code_once(permission, begin, carmen, signed_in):
    way = begin()
    client = signed_in(carmen)
    assert "Tell the place" in text_of(client.get(f"/referrals/{way.pk}/"))
    sent = {"address": "intake@valley.example.org", "days": "7", "submit_key": str(uuid4())}
    answer = client.post(f"/referrals/{way.pk}/tell/", sent)
    code = re.search(r"(\d{4}) (\d{4})", text_of(answer))
    assert answer.status_code == 200 and code
    again = client.post(f"/referrals/{way.pk}/tell/", sent)
    assert again.status_code == 302 and PartnerLink.objects.count() == 1
    partners.send_due()
    assert len(mail.outbox) == 1
    page = text_of(client.get(f"/people/{way.person_id}/referrals/"))
    assert "Valley Clinic" in page


def test_without_a_signed_permission_nothing_is_sent_whatever_is_posted(begin, carmen, signed_in):
    way = begin()
    client = signed_in(carmen)
    assert "nothing can leave" in text_of(client.get(f"/referrals/{way.pk}/tell/"))
    answer = client.post(f"/referrals/{way.pk}/tell/", {"address": "a@example.org", "days": "7"})
    assert answer.url == f"/referrals/{way.pk}/" and not PartnerLink.objects.exists()


def test_the_mail_stands_in_the_form_also_where_the_place_is_known_by_its_phone(permission, begin, carmen, signed_in):
    way = begin(address="(213) 555-0100")
    page = text_of(signed_in(carmen).get(f"/referrals/{way.pk}/tell/"))
    assert 'value="intake@valley.example.org"' in page and "555-0100" not in page


@pytest.mark.parametrize("days", ["0", "15", "x"])
def test_no_page_lives_longer_than_fourteen_days(permission, begin, carmen, signed_in, days):
    way = begin()
    client = signed_in(carmen)
    answer = client.post(f"/referrals/{way.pk}/tell/", {"address": "a@example.org", "days": days})
    assert answer.status_code == 200 and "a@example.org" in text_of(answer) and not PartnerLink.objects.exists()


def test_once_the_permission_is_over_the_pages_say_so_and_lead_to_a_new_one(
    told, permission, english, carmen, signed_in
):
    from alongside.privacy.actions import expire_due

    expire_due(permission.expires_at + timedelta(hours=1))
    page = text_of(signed_in(carmen).get(f"/referrals/{told.referral.pk}/"))
    assert "Nothing has left" not in page and "so the page of the place is closed" in page
    client = signed_in(english)
    page = text_of(client.get(f"/me/places/{told.referral.pk}/"))
    assert "so their page is closed" in page and "No answer yet" not in page
    assert client.post(f"/me/places/{told.referral.pk}/permission/").url.endswith("/edit/")


def test_the_partner_answers_in_the_browser_and_rosa_reads_it(told, partner, english, carmen, signed_in):
    opened = partner.post(f"/page/{told.token}/", {"code": told.code}, HTTP_ACCEPT_LANGUAGE="en")
    proof = re.search(r'name="proof" value="([^"]+)"', text_of(opened)).group(1)
    thanks = partner.post(f"/page/{told.token}/answer/", {"proof": proof, "answer": "yes", "reason": "", "words": ""},
                          HTTP_ACCEPT_LANGUAGE="en")  # fmt: skip
    assert "by the same link and code" in text_of(thanks)
    again = partner.post(f"/page/{told.token}/", {"code": told.code}, HTTP_ACCEPT_LANGUAGE="en")
    proof = re.search(r'name="proof" value="([^"]+)"', text_of(again)).group(1)
    said = partner.post(f"/page/{told.token}/later/", {"proof": proof, "said": "in_touch", "on_day": ""})
    assert said.status_code == 200 and told.now().status == "in_progress"
    page = text_of(signed_in(english).get(f"/me/places/{told.referral.pk}/"))
    assert "The place said yes" in page and "by the place" in page and "first opened" in page
    for who, page in ((english, "/me/privacy/pages/"), (carmen, "/sharing/pages/")):
        assert "We have been in touch with them" in text_of(signed_in(who).get(page)), "they are told that it is new"


def test_a_page_whose_time_is_over_is_not_shown_as_open(told):
    opened = partners.open_link(token=told.token, code=told.code)
    partners.answer_link(token=told.token, link_id=opened.link.pk, accepts=True)
    told.link.refresh_from_db()
    assert row(told.link)["is_open"]
    with time_machine.travel(told.link.expires_at + timedelta(hours=1)):
        assert not row(told.link)["is_open"]


def test_a_forged_proof_says_nothing(told, partner):
    partners.open_link(token=told.token, code=told.code)
    answer = partner.post(f"/page/{told.token}/later/", {"proof": "x", "said": "done", "on_day": ""})
    assert answer.status_code == 200 and told.now().status == "requested"


def test_who_may_see_and_who_may_not(told, carmen, dante, lien, dolores, marcus, english, signed_in):
    mine = f"/referrals/{told.referral.pk}/"
    assert signed_in(carmen).get(mine).status_code == 200
    for who in (dante, lien, dolores, marcus):
        assert signed_in(who).get(mine).status_code == 404
        assert signed_in(who).get(f"/people/{told.referral.person_id}/referrals/").status_code == 404
    assert signed_in(marcus).get(f"/me/places/{told.referral.pk}/").status_code == 404


def test_dante_sees_it_while_he_walks_with_her_and_cannot_send(told, mentorship, dante, signed_in):
    client = signed_in(dante)
    page = text_of(client.get(f"/referrals/{told.referral.pk}/"))
    assert "A coordinator sends it" in page
    assert client.get(f"/referrals/{told.referral.pk}/tell/").status_code == 404
    assert client.get(f"/referrals/{told.referral.pk}/paper/").status_code == 200


def test_the_list_shows_no_place_and_the_figure_with_its_counts(told, carmen, dolores, signed_in):
    page = text_of(signed_in(carmen).get("/referrals/"))
    assert "Rosa" in page and "Valley" not in page and "Time to first contact" in page
    page = text_of(signed_in(dolores).get("/referrals/"))
    assert "Rosa" not in page and "Time to first contact" in page


def test_the_list_costs_the_same_for_one_as_for_five(begin, carmen, signed_in, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(carmen)
    begin(way="themself", place="One")
    client.get("/referrals/")
    with CaptureQueriesContext(connection) as one:
        client.get("/referrals/")
    for number in range(4):
        begin(way="themself", place=f"Place {number}")
    with CaptureQueriesContext(connection) as five:
        client.get("/referrals/")
    assert len(five) == len(one)


def test_paper_names_nobody(begin, carmen, signed_in):
    way = begin(way="themself", address="(213) 555-0100")
    page = text_of(signed_in(carmen).get(f"/referrals/{way.pk}/paper/"))
    assert "555-0100" in page and "Rosa" not in page
