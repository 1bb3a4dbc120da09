"""A director signs for an adult who cannot act now, so that a plan pays (§2.15(a)(2)): nobody else, no more."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests.privacy.consents import drafted, look
from tests.privacy.test_emergency import english  # noqa: F401
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.people.models import Membership
from alongside.privacy import actions
from alongside.privacy.models import Consent
from alongside.retention.sections.sharing import consents as consents_of
from alongside.rules.consent import Posture
from alongside.rules.lifecycles import MoveNotAllowed

pytestmark = pytest.mark.django_db

NAME, WHY = "Dolores Vega", "Asleep since the surgery of Tuesday"


@pytest.fixture
def grown(english):  # noqa: F811
    english.person.birth_date = date(1984, 3, 9)
    english.person.save(update_fields=["birth_date"])
    return english


def draft(person, by, **values) -> Consent:
    whole = {"purpose": "payment", "items": ["being_here", "contacts"], "recipient": "Valley Health Plan",
             "signer": "director_for_payment", "expires_at": timezone.now() + timedelta(days=20)}  # fmt: skip
    return drafted(person, by, **{**whole, **values})


def sign(consent, by, **values) -> Consent:
    whole = {"other_name": NAME, "other_basis": WHY, "as_director": True}
    return actions.sign_consent(consent=consent, seen=look(consent).digest, by=by, **{**whole, **values})


def text(answer) -> str:
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def director(signed_in, dolores, grown):
    client = signed_in(dolores)
    client.post(reverse("open_with_reason", args=[grown.person.pk]), {"words": "She is ill, I sign for her plan."})
    return client


def filled(**values) -> dict:
    return {
        "recipient": "Valley Health Plan", "recipient_address": "", "recipient_is_covered": "yes", "purpose": "payment",
        "purpose_words": "", "items": ["being_here", "contacts"], "ends": "day", "language": "en",
        "expires_on": (day_there() + timedelta(days=30)).isoformat(), "acts-signer": "director_for_payment",
        "acts-died_on": "", **values,
    }  # fmt: skip


def test_staff_prepare_it_the_director_signs_and_she_reads_who_and_why_and_stops_it(
    director, signed_in, grown, carmen, dolores
):
    client = signed_in(carmen)
    consent = actions.draft_consent(person=grown.person, kind="specific", by=carmen.actor)
    edit, one = reverse("sharing_edit", args=[consent.pk]), reverse("sharing_one", args=[consent.pk])
    assert client.post(edit, filled()).url == one
    page = text(client.get(one))
    assert "The director signs this one" in page and "Signed on paper?" not in page
    director, hub = signed_in(dolores), reverse("sharing_director", args=[grown.person.pk])
    assert hub in text(director.get(reverse("record", args=[grown.person.pk])))
    url = reverse("sharing_sign", args=[consent.pk])
    assert url in text(director.get(hub))
    page = text(director.get(url))
    assert "The director of this program signs for this person" in page and "Valley Health Plan" in page
    seen = look(Consent.objects.get()).digest
    sent = {"seen": seen, "condition": WHY, "judges": "yes", "pays": "yes", "signed_name": NAME}
    for left_out in ("condition", "judges", "pays", "signed_name"):
        page = text(director.post(url, {**sent, left_out: ""}))
        assert (NAME if left_out == "condition" else WHY) in page, "nothing typed is lost"
    for question in ("judges", "pays"):
        assert "Then you cannot sign for them." in text(director.post(url, {**sent, question: "no"}))
    assert Consent.objects.get().status == "draft"
    assert director.post(url, {**sent, "seen": "0" * 64}).url == url, "other words are looked at once more"
    assert director.post(url, sent).url == hub
    consent = Consent.objects.get()
    assert (consent.status, consent.signer, consent.signed_how) == ("active", "director_for_payment", "screen")
    assert (consent.signed_name, consent.other_name, consent.other_basis) == (None, NAME, WHY)
    assert Entry.objects.get(act="consent.signed").reason == "director_for_payment.screen"
    assert director.get(url).url == hub
    hers = signed_in(grown)
    page = text(hers.get(reverse("me_share", args=[consent.pk])))
    for words in ("It was signed for you.", NAME, WHY, "42 CFR 2.15(a)(2)"):
        assert words in page, words
    (copy,) = consents_of(grown.person)
    assert NAME in copy["signed_name"] and WHY in copy["signed_name"] and "2.15(a)(2)" in copy["signed_name"]
    staff = text(signed_in(carmen).get(one))
    assert WHY in staff and "what was to end it has happened" in staff
    signed_in(grown).post(reverse("me_share_stop", args=[consent.pk]))
    assert Consent.objects.get().status == "revoked"


def test_it_ends_when_they_can_act_again(grown, carmen, dolores):
    consent = sign(draft(grown.person, carmen.actor), dolores.actor)
    assert actions.end_by_event(consent=consent, by=carmen.actor).status == "expired"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"purpose": "care"}, "A director signs only so that somebody pays for services."),
        ({"ends": "end_of_support"}, "Where a director signs, choose a last day."),
        ({"expires_on": (day_there() + timedelta(days=32)).isoformat()}, "it lasts 30 days at the most"),
    ],
)
def test_the_form_says_what_does_not_fit(signed_in, grown, carmen, wrong, words):
    consent = actions.draft_consent(person=grown.person, kind="specific", by=carmen.actor)
    assert words in text(signed_in(carmen).post(reverse("sharing_edit", args=[consent.pk]), filled(**wrong)))
    assert Consent.objects.get().signer == ""


@pytest.mark.parametrize(("born", "words"), [(None, "Enter their birth date first"), (15, "nobody who is under age")])
def test_for_no_minor_and_for_nobody_whose_age_is_not_known(signed_in, grown, carmen, dolores, born, words):
    grown.person.birth_date = born and day_there().replace(day=1) - timedelta(days=365 * born + 190)
    grown.person.save(update_fields=["birth_date"])
    consent = actions.draft_consent(person=grown.person, kind="specific", by=carmen.actor)
    assert words in text(signed_in(carmen).post(reverse("sharing_edit", args=[consent.pk]), filled()))
    with pytest.raises(actions.ConsentNotActive):
        sign(draft(grown.person, carmen.actor), dolores.actor)


def test_only_a_director_by_their_own_account(signed_in, grown, carmen, lien, dante, dolores, program):
    consent = draft(grown.person, carmen.actor)
    for other in (carmen, lien, dante):
        with pytest.raises((actions.ConsentNotActive, MoveNotAllowed)):
            sign(consent, other.actor)
        assert signed_in(other).get(reverse("sharing_sign", args=[consent.pk])).status_code == 404
    for way in ({"how": "paper", "as_director": False}, {"how": "paper"}, {"as_director": False}):
        with pytest.raises(actions.ConsentNotActive):
            sign(consent, dolores.actor, **way)
    with pytest.raises(actions.ConsentNotActive):
        sign(consent, grown.actor, as_director=False, signed_name="Rosa")
    with pytest.raises(actions.ConsentNotActive):
        sign(draft(grown.person, carmen.actor, signer="guardian"), dolores.actor)
    Membership.objects.create(user=grown.user, program=program, role="director")
    with pytest.raises(actions.ConsentNotActive):
        sign(consent, grown.actor)
    assert not Consent.objects.filter(status="active").exists()


def test_where_a_guardian_has_signed_no_director_does(grown, carmen, dolores):
    waits = draft(grown.person, carmen.actor)
    by_guardian = draft(grown.person, carmen.actor, signer="guardian")
    sign(by_guardian, carmen.actor, how="paper", as_director=False)
    with pytest.raises(actions.ConsentNotActive):
        sign(waits, dolores.actor)
    assert Consent.objects.get(pk=waits.pk).status == "draft"


def test_outside_of_part_2_there_is_no_such_signature(signed_in, grown, carmen, dolores, program):
    waits = draft(grown.person, carmen.actor)
    actions.set_law(program=program, posture=Posture("neither"), note="No program", by=dolores.actor)
    with pytest.raises(actions.ConsentNotActive):
        sign(waits, dolores.actor)
    assert "director_for_payment" not in text(signed_in(carmen).get(reverse("sharing_edit", args=[waits.pk])))


@pytest.mark.parametrize(
    "change",
    ["purpose = 'care'", "kind = 'intermediary', members = 'x'", "expires_event = 'end_of_support'",
     "expires_at = NULL",
     "other_basis = NULL", "other_name = ''", "signed_how = 'paper'", "age_known = 'said'", "statements = '[]'",
     "signer = 'guardian'", "died_on = 'x'", "signed_by_id = NULL", "signed_by_id = {carmen}",
     "expires_at = '2099-01-01 00:00:00+00:00'"],
)  # fmt: skip
def test_the_database_lets_no_other_become_active(grown, carmen, dolores, change):
    """A row that is whole but for one thing, written past the actions."""
    model = sign(draft(grown.person, carmen.actor), dolores.actor)
    columns = [
        field.column for field in Consent._meta.concrete_fields if field.column not in ("id", "number", "status")
    ]
    other = draft(grown.person, carmen.actor)
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        whole = f"({names}) = (SELECT {names} FROM privacy_consent WHERE number = %s)"  # noqa: S608
        copied = f"UPDATE privacy_consent SET {whole} WHERE number = %s"  # noqa: S608
        cursor.execute(copied, [model.number, other.number])
        with pytest.raises(DatabaseError), transaction.atomic():
            said = change.replace("{carmen}", str(carmen.user.pk))
            active = f"UPDATE privacy_consent SET status = 'active', {said} WHERE number = %s"  # noqa: S608
            cursor.execute(active, [other.number])
        cursor.execute("UPDATE privacy_consent SET status = 'active' WHERE number = %s", [other.number])


def test_the_database_knows_who_has_signed_before(grown, carmen, dolores):
    waits = draft(grown.person, carmen.actor)
    model = sign(draft(grown.person, carmen.actor), dolores.actor)
    sign(draft(grown.person, carmen.actor, signer="guardian"), carmen.actor, how="paper", as_director=False)
    same = {
        field.attname: getattr(model, field.attname) for field in Consent._meta.concrete_fields
        if field.attname not in ("id", "number")
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=waits.pk).update(**same)
