"""What shall be kept back (2.26): asked for, answered with words, held by the gate and by the database (B7)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.privacy.consents import drafted, look, signed

from alongside.audit.models import Entry
from alongside.privacy import actions
from alongside.privacy.models import Disclosure, Restriction
from alongside.rules.lifecycles import MoveNotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(rosa, mentorship):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


def ask(rosa, by=None, **values) -> Restriction:
    whole = {"items": ["contacts"], "toward": "anyone", "submit_key": uuid4(), **values}
    return actions.ask_restriction(person=rosa.person, by=by or rosa.actor, **whole)


def kept(rosa, carmen, **values) -> Restriction:
    return actions.decide_restriction(restriction=ask(rosa, **values), agree=True, words="We keep it.", by=carmen.actor)


def give(consent, carmen) -> list[str]:
    return actions.disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor).disclosure.items


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


# --- pages ---------------------------------------------------------------------------------------------------------
def test_she_asks_a_coordinator_answers_and_she_reads_it(signed_in, english, carmen):
    hers, url = signed_in(english), reverse("me_kept")
    assert url in body(hers.get(reverse("me_privacy"))) and "42 CFR 2.26" in body(hers.get(url))
    sent = {"items": ["contacts", "notes"], "toward": "named", "recipient": "Dr. Ana Ito", "purposes": ["care"],
            "paid_in_full": "", "words": "She is my cousin.", "submit_key": str(uuid4())}  # fmt: skip
    for _twice in range(2):
        assert hers.post(url, sent).url == url
    one = Restriction.objects.get()
    assert (one.status, one.items, one.purposes, one.recipient) == (
        "asked", ["contacts", "notes"], ["care"], "Dr. Ana Ito",
    )  # fmt: skip
    assert "Waits for our answer" in body(hers.get(url))
    page, path = signed_in(carmen), reverse("kept_one", args=[one.pk])
    assert path in body(page.get(reverse("kept_asked")))
    text = body(page.get(path))
    assert "From Dr. Ana Ito" in text and "She is my cousin." in text
    assert page.post(path, {"agree": "yes", "words": "We keep it from her."}).url == reverse("kept_asked")
    assert path not in body(page.get(reverse("kept_asked")))
    text = body(signed_in(english).get(url))
    assert "Kept back" in text and "We keep it from her." in text
    acts = list(Entry.objects.filter(object_kind="restriction").order_by("pk").values_list("act", flat=True))
    assert acts == ["restriction.asked", "restriction.agreed"]


def test_a_no_needs_words_and_she_reads_them(signed_in, english, carmen):
    one, page = ask(english), signed_in(carmen)
    path = reverse("kept_one", args=[one.pk])
    assert "Please fill this in." in body(page.post(path, {"agree": "no", "words": ""}))
    page.post(path, {"agree": "no", "words": "The county asks for it; you may stop that permission."})
    one.refresh_from_db()
    assert one.status == "declined"
    assert "you may stop that permission" in body(signed_in(english).get(reverse("me_kept")))


def test_staff_write_it_down_for_her_and_end_it_when_she_says_so(signed_in, english, dante, carmen):
    page, url = signed_in(dante), reverse("kept", args=[english.person.pk])
    assert url in body(page.get(reverse("sharing", args=[english.person.pk])))
    assert "Nothing is kept back." in body(page.get(url))
    page.post(url, {"items": ["times"], "toward": "anyone", "recipient": "", "submit_key": str(uuid4())})
    one = Restriction.objects.get()
    assert one.asked_by_id == dante.user.pk and one.status == "asked"
    assert page.get(reverse("kept_one", args=[one.pk])).status_code == 404, "a peer does not decide"
    with pytest.raises(actions.NotAnswered):
        actions.decide_restriction(restriction=one, agree=True, words="Yes.", by=dante.actor)
    actions.decide_restriction(restriction=one, agree=True, words="Yes.", by=carmen.actor)
    page.post(reverse("kept_end", args=[one.pk]), {"action": "written"})
    one.refresh_from_db()
    assert (one.status, one.ended_how, one.ended_by_id) == ("ended", "written", dante.user.pk)


def test_others_have_no_such_page(signed_in, english, carmen, marcus):
    one, page = ask(english), signed_in(marcus)
    for name, args in (("kept", [english.person.pk]), ("kept_one", [one.pk])):
        assert page.get(reverse(name, args=args)).status_code == 404
    assert page.post(reverse("kept_end", args=[one.pk]), {"action": "spoken"}).status_code == 404
    assert page.post(reverse("kept_one", args=[one.pk]), {"agree": "yes", "words": "Yes."}).status_code == 404
    one.refresh_from_db()
    assert one.status == "asked"


def test_whom_she_names_has_a_name(signed_in, english):
    sent = {"items": ["times"], "toward": "named", "recipient": " ", "submit_key": str(uuid4())}
    assert "Please write who it is." in body(signed_in(english).post(reverse("me_kept"), sent))
    assert "Please choose." in body(signed_in(english).post(reverse("me_kept"), {**sent, "items": [], "toward": "x"}))
    assert not Restriction.objects.exists()


# --- what must be agreed to ----------------------------------------------------------------------------------------
def test_what_was_paid_in_full_cannot_be_declined_toward_a_plan(signed_in, english, carmen):
    one, page = ask(english, toward="health_plan", paid_in_full=True), signed_in(carmen)
    path = reverse("kept_one", args=[one.pk])
    assert "the law wants us to agree" in body(page.get(path))
    assert "42 CFR 2.26(a)(6)" in body(page.post(path, {"agree": "no", "words": "We would rather not."}))
    with pytest.raises(actions.MustAgree):
        actions.decide_restriction(restriction=one, agree=False, words="No.", by=carmen.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.filter(pk=one.pk).update(status="declined", answer="No.", decided_at=timezone.now())
    assert page.post(path, {"agree": "yes", "words": "Of course."}).status_code == 302
    one.refresh_from_db()
    assert one.status == "agreed" and one.purposes == ["payment", "benefits", "tpo"]


def test_the_same_toward_a_plan_that_paid_may_be_declined(english, carmen):
    one = ask(english, toward="health_plan")
    actions.decide_restriction(restriction=one, agree=False, words="The plan pays.", by=carmen.actor)
    one.refresh_from_db()
    assert one.status == "declined"


# --- the gate ------------------------------------------------------------------------------------------------------
def test_what_is_kept_back_does_not_leave_under_a_consent_that_was_signed_before_or_after(english, carmen):
    before = signed(english.person, english.actor)
    assert give(before, carmen) == ["being_here", "reach", "contacts"]
    kept(english, carmen)
    after = signed(english.person, english.actor)
    for consent in (before, after):
        assert give(consent, carmen) == ["being_here", "reach"]


def test_where_all_is_kept_back_nothing_leaves_and_the_log_says_why(english, carmen):
    consent = signed(english.person, english.actor)
    kept(english, carmen, items=["being_here", "reach", "contacts"])
    with pytest.raises(actions.NotDisclosed):
        give(consent, carmen)
    assert Entry.objects.get(act="disclosure.refused").reason == "restricted"
    assert not Disclosure.objects.exists()


def test_until_it_is_agreed_and_after_she_ended_it_the_consent_holds(english, carmen):
    consent, one = signed(english.person, english.actor), ask(english)
    assert "contacts" in give(consent, carmen)
    actions.decide_restriction(restriction=one, agree=True, words="Yes.", by=carmen.actor)
    assert "contacts" not in give(consent, carmen)
    for _twice in range(2):
        actions.end_restriction(restriction=one, by=english.actor)
    assert "contacts" in give(consent, carmen)
    with pytest.raises(MoveNotAllowed):
        actions.decide_restriction(restriction=one, agree=True, words="Yes.", by=carmen.actor)


def test_she_sees_before_signing_what_is_kept_back_and_not_what_it_says(signed_in, english, carmen):
    kept(english, carmen, items=["reach"])
    consent = drafted(english.person, english.actor)
    assert [item for item, _rows in look(consent).preview if item == "reach"] == []
    text = body(signed_in(english).get(reverse("me_share", args=[consent.pk])))
    assert "Kept back, as we agreed." in text and "How to reach me: phone and e-mail" in text
    assert "Kept back, as we agreed." in body(signed_in(carmen).get(reverse("sharing_one", args=[consent.pk])))


def test_in_an_emergency_staff_read_what_to_ask_of_the_medical_staff(signed_in, english, dante, carmen):
    url = reverse("emergency_new", args=[english.person.pk])
    assert "2.26(a)(3), (4)" not in body(signed_in(dante).get(url))
    kept(english, carmen, items=["notes"])
    text = body(signed_in(dante).get(url))
    assert "not to use it further and not to pass it on" in text and "2.26(a)(3), (4)" in text


def test_nobody_decides_about_themself(english, carmen):
    from alongside.people.models import Membership

    Membership.objects.create(user=english.user, program=english.program, role="coordinator")
    with pytest.raises(actions.NotAnswered):
        actions.decide_restriction(restriction=ask(english), agree=True, words="Yes.", by=english.actor)


def test_on_the_screen_only_she_ends_it(english, carmen, dante):
    one = kept(english, carmen)
    with pytest.raises(actions.NotAnswered):
        actions.end_restriction(restriction=one, by=dante.actor)
    actions.end_restriction(restriction=one, by=dante.actor, how="spoken")
    one.refresh_from_db()
    assert one.status == "ended"


# --- the database --------------------------------------------------------------------------------------------------
def past_the_gate(consent, person, items, **values) -> Disclosure:
    """As a mistake in some code would: straight into the table."""
    whole = {"recipient": "Dr. Ana Ito", "purpose": "care", "content_digest": "0" * 64, "disclosed_at": timezone.now(),
             "submit_key": uuid4(), "way": "printed", **values}  # fmt: skip
    with transaction.atomic():
        return Disclosure.objects.create(program=person.program, person=person, consent=consent, items=items, **whole)


@pytest.mark.parametrize(
    ("what", "recipient", "purpose", "is_refused"),
    [
        ({}, "Anybody", "care", True),
        ({"purposes": ["housing"]}, "Anybody", "care", False),
        ({"purposes": ["housing", "care"]}, "Anybody", "care", True),
        ({"toward": "named", "recipient": "dr ana ito"}, "Dr. Ana Ito", "care", True),
        ({"toward": "named", "recipient": "Dr. Weber"}, "Dr. Ana Ito", "care", False),
        ({"toward": "health_plan"}, "Anybody", "payment", True),
        ({"toward": "health_plan"}, "Anybody", "care", False),
        ({"items": ["notes"]}, "Anybody", "care", False),
    ],
)
def test_the_database_refuses_a_disclosure_of_what_is_kept_back(english, carmen, what, recipient, purpose, is_refused):
    consent = signed(english.person, english.actor)
    named = {"recipient": recipient, "purpose": purpose}
    past_the_gate(consent, english.person, ["contacts"], **named)
    one = kept(english, carmen, **what)
    if is_refused:
        with pytest.raises(DatabaseError):
            past_the_gate(consent, english.person, ["being_here", "contacts"], **named)
        past_the_gate(consent, english.person, ["being_here"], **named)
        actions.end_restriction(restriction=one, by=english.actor)
    past_the_gate(consent, english.person, ["being_here", "contacts"], **named)


def test_the_database_refuses_it_through_an_intermediary_too(english, carmen):
    network = signed(english.person, english.actor, "intermediary", items=["being_here"])
    kept(english, carmen, toward="named", recipient="Somebody else", items=["being_here"])
    with pytest.raises(DatabaseError):
        past_the_gate(network, english.person, ["being_here"])


def test_the_database_keeps_what_was_asked_and_answered(english, carmen):
    one = ask(english)
    same = Restriction.objects.filter(pk=one.pk)
    wrong = [{"items": ["notes"]}, {"toward": "health_plan"}, {"purposes": ["care"]}, {"facts_digest": "0" * 64},
             {"status": "agreed"}, {"status": "ended"}, {"items": []}]  # fmt: skip
    for change in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            same.update(**change)
    actions.decide_restriction(restriction=one, agree=True, words="Yes.", by=carmen.actor)
    later = timezone.now() + timedelta(days=1)
    for change in ({"status": "declined"}, {"decided_at": later}, {"answer": ""},
                   {"status": "asked", "decided_at": None}):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            same.update(**change)
    actions.end_restriction(restriction=one, by=english.actor)
    for change in ({"status": "agreed", "ended_at": None, "ended_how": ""}, {"ended_at": later}):
        with pytest.raises(DatabaseError), transaction.atomic():
            same.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        same.delete()


def test_the_database_wants_to_know_whom_and_what(english):
    for wrong in ({"toward": "named"}, {"items": []}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ask(english, **wrong)
