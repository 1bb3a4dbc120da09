"""A parent or guardian signs by a page of their own: a link, a code by another way, and nothing before both (B9, E5).

Rosa is sixteen here, in a state that wants a parent's signature too. Her mother Lucia reads Spanish.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.outside import without_ids
from tests.privacy.conftest import sign_in_now
from tests.privacy.consents import drafted, look
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.partners import actions
from alongside.partners.actions import signers
from alongside.partners.models import SignerLink
from alongside.people import outbox
from alongside.people.actions import change_person
from alongside.people.models import OutgoingMessage
from alongside.privacy import actions as privacy
from alongside.privacy.models import Consent, Disclosure, NoDonations
from alongside.rules.consent import Posture
from alongside.rules.consent.signing import BY_LINK
from alongside.rules.neutral import reveals

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http\S+/page/look/([\w-]+)/")
MOTHER = "lucia@example.org"


@pytest.fixture(autouse=True)
def no_limits():
    cache.clear()


def born(persona, years: int) -> None:
    born_on = day_there() - timedelta(days=years * 366)
    change_person(person=persona.person, by=persona.actor, language="en", birth_date=born_on, phone="+1 213-555-0142")
    persona.person.refresh_from_db()


@pytest.fixture
def rosa(rosa):
    born(rosa, 16)
    rosa.user.language = "en"
    rosa.user.save()
    return rosa


@pytest.fixture
def consent(rosa) -> Consent:
    return drafted(rosa.person, rosa.actor)


@dataclass
class Asked:
    link: SignerLink
    token: str
    code: str

    def now(self) -> SignerLink:
        return SignerLink.objects.get(pk=self.link.pk)

    @property
    def path(self) -> str:
        return reverse("signer_page", args=[self.token])


@pytest.fixture
def ask(rosa, carmen):
    """`ask(consent)`: Rosa signs and asks her mother; Carmen has a code to tell her."""

    def ask(consent, *, by=None, code=True, **values) -> Asked:
        values = {"own_name": "Rosa Cenzontle", "language": "es", "reach": "213-555-0199", **values}
        link, token = actions.ask_signer(
            consent=consent, by=(by or rosa).actor, seen={consent.pk: look(consent).digest}, **values
        )
        return Asked(link, token, actions.make_code(link=link, by=carmen.actor) if code else "")

    return ask


@pytest.fixture
def asked(ask, consent) -> Asked:
    return ask(consent)


def opened(asked: Asked, **values):
    return actions.open_signer(token=asked.token, code=asked.code, **values)


def answer(asked: Asked, shown=None, *, signs=True, **values):
    if shown is None:
        shown = opened(asked).digests
    signature = {"name": "Lucia Cenzontle", "relation": "parent"} if signs else {}
    return actions.answer_signer(
        token=asked.token, link_id=asked.link.pk, signs=signs, shown=shown, **signature | values
    )


def state(consent) -> str:
    return Consent.objects.values_list("status", flat=True).get(pk=consent.pk)


# --- both sign ----------------------------------------------------------------------------------------------------


def test_nothing_is_in_force_before_both_have_signed(asked, consent, rosa):
    assert state(consent) == "draft"
    assert answer(asked).status == "signed"
    consent.refresh_from_db()
    assert (consent.status, consent.signer, consent.signed_how) == ("active", "minor_and_parent", "screen")
    assert (consent.signed_name, consent.other_name, consent.other_basis) == (
        "Rosa Cenzontle", "Lucia Cenzontle", "parent",
    )  # fmt: skip
    assert consent.shown_digest == asked.link.seen[str(consent.pk)], "what she signed is what is in force"
    entry = Entry.objects.filter(act="consent.signed").latest("at")
    assert (entry.reason, entry.subject_id) == ("minor_and_parent.link", rosa.person.pk)


def test_what_the_parent_signed_is_kept_in_their_language(asked, consent):
    page = opened(asked)
    answer(asked, page.digests)
    (kept,) = asked.now().other_shown
    assert kept["digest"] == page.digests[str(consent.pk)] != consent.shown_digest
    assert any("Esto" in block["text"] or "Puede" in block["text"] or "Usted" in block["text"]
               for block in kept["blocks"])  # fmt: skip


def test_the_minor_signs_first_or_nobody_is_asked(ask, consent, carmen):
    for by, name in ((None, ""), (None, "  "), (carmen, "")):
        with pytest.raises(privacy.ConsentNotActive):
            ask(consent, by=by, own_name=name)
    assert not SignerLink.objects.exists()


def test_a_minor_who_may_consent_alone_has_no_page_for_anybody(ask, consent, program, dolores, carmen, rosa):
    """B9: no link may be made at all, by whomever; and one that was made before opens no more."""
    asked = ask(consent)
    privacy.set_law(program=program, posture=Posture(minor_alone_from=12), note="Code 6929", by=dolores.actor)
    assert opened(asked) is None
    assert answer(asked, {}) is None and state(consent) == "draft"
    other = drafted(rosa.person, rosa.actor, "legal")
    named = drafted(rosa.person, carmen.actor, "research", signer="guardian")
    for which, by in ((other, rosa), (other, carmen), (named, carmen)):
        with pytest.raises(actions.NobodyElse):
            ask(which, by=by, basis="Court order 12")
    assert SignerLink.objects.count() == 1


def test_nobody_else_is_asked_for_an_adult_nor_after_a_death(ask, rosa, carmen):
    born(rosa, 40)
    died = drafted(rosa.person, carmen.actor, "legal", signer="survivor", died_on=date(2026, 11, 1))
    for which in (drafted(rosa.person, rosa.actor), died):
        with pytest.raises(actions.NobodyElse):
            ask(which, by=carmen)
    assert "survivor" not in BY_LINK


def test_a_birthday_meanwhile_shuts_the_page(asked, consent, rosa):
    born(rosa, 19)
    assert opened(asked) is None and answer(asked, {}) is None
    assert state(consent) == "draft"


def test_a_guardian_signs_alone_and_says_by_what_right(ask, rosa, carmen):
    born(rosa, 40)
    consent = drafted(rosa.person, carmen.actor, signer="guardian")
    with pytest.raises(privacy.ConsentNotActive):
        ask(consent, by=carmen, own_name="")
    asked = ask(consent, by=carmen, own_name="", basis="Court order 12")
    answer(asked, relation="guardian")
    consent.refresh_from_db()
    assert (consent.status, consent.signer, consent.signed_name) == ("active", "guardian", None)
    assert (consent.other_name, consent.other_basis) == ("Lucia Cenzontle", "Court order 12")


def test_a_minor_without_an_account_signs_on_paper_first(ask, consent, carmen):
    asked = ask(consent, by=carmen)
    assert asked.link.own_how == "paper"
    answer(asked)
    consent.refresh_from_db()
    assert (consent.status, consent.signed_how) == ("active", "paper")


def test_a_no_leaves_it_a_draft_and_the_person_reads_it(asked, consent, rosa, client):
    assert answer(asked, signs=False).status == "declined"
    assert state(consent) == "draft" and asked.now().other_name is None
    page = sign_in_now(client, rosa).get(reverse("me_signer", args=[consent.pk])).content.decode()
    assert "They said no" in page


def test_the_minor_stops_at_once_what_both_signed(asked, consent, rosa):
    answer(asked)
    privacy.stop_sharing(consent=consent, by=rosa.actor)
    assert state(consent) == "revoked"


def test_the_minor_takes_their_signature_back_before(asked, consent, rosa):
    assert actions.stop_signer(link=asked.link, by=rosa.actor) and not actions.stop_signer(
        link=asked.link, by=rosa.actor
    )
    assert opened(asked) is None and answer(asked, {}) is None and state(consent) == "draft"


def test_a_draft_that_was_thrown_away_is_signed_by_nobody(asked, consent, rosa):
    shown = opened(asked).digests
    privacy.withdraw_draft(consent=consent, by=rosa.actor)
    assert opened(asked) is None and answer(asked, shown) is None and state(consent) == "withdrawn"
    assert actions.lapse_due(timezone.now()) == 1 and asked.now().status == "lapsed"


def test_what_changed_meanwhile_is_signed_by_nobody(asked, consent, rosa):
    """The minor signed another text, or the record says something else: both look again."""
    shown = opened(asked).digests
    privacy.strike_item(consent=consent, item="reach", by=rosa.actor)
    assert opened(asked) is None and answer(asked, shown) is None and state(consent) == "draft"


def test_what_stood_before_the_parent_is_what_they_sign(asked, consent):
    shown = opened(asked).digests
    assert answer(asked, dict.fromkeys(shown, "0" * 64)) is None and state(consent) == "draft"
    assert answer(asked, shown).status == "signed"


def test_several_recipients_are_signed_with_one_page(ask, consent, rosa, carmen):
    other = privacy.add_recipient(
        consent=consent, recipient="Clinic of the valley", recipient_address="", recipient_is_covered=True,
        by=rosa.actor,
    )  # fmt: skip
    consent.refresh_from_db()
    seen = {one.pk: look(one).digest for one in (consent, other)}
    link, token = actions.ask_signer(
        consent=consent, by=rosa.actor, seen=seen, own_name="Rosa Cenzontle", language="en", reach="213-555-0199"
    )
    asked = Asked(link, token, actions.make_code(link=link, by=carmen.actor))
    assert len(opened(asked).parts) == 2
    answer(asked)
    assert state(consent) == state(other) == "active"


# --- link and code ------------------------------------------------------------------------------------------------


def test_only_staff_have_the_code(ask, consent, rosa, carmen):
    asked = ask(consent, code=False)
    assert actions.make_code(link=asked.link, by=rosa.actor) == ""
    assert actions.open_signer(token=asked.token, code="") is None, "without a code it does not open"
    assert len(actions.make_code(link=asked.link, by=carmen.actor)) == 8


def test_only_hashes_are_kept(asked):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partners_signerlink")
        kept = str(cursor.fetchall())
    assert asked.token not in kept and asked.code not in kept
    assert "Rosa" not in kept and "0199" not in without_ids(kept)


def test_the_link_goes_by_a_neutral_mail_without_the_code(ask, consent):
    asked = ask(consent, address=MOTHER)
    outbox.send_due(timezone.now())
    (message,) = [one for one in mail.outbox if one.to == [MOTHER]]
    assert LINK.search(message.body)[1] == asked.token and asked.code not in message.body
    words = message.body.replace(LINK.search(message.body)[0], "")
    assert reveals(f"{message.subject} {words}") == [] and "Rosa" not in words
    row = OutgoingMessage.objects.get(template="page_for_you")
    assert (row.recipient, row.link) == ("", "")


def test_a_page_that_is_taken_back_is_not_mailed(ask, consent, rosa):
    asked = ask(consent, address=MOTHER)
    actions.stop_signer(link=asked.link, by=rosa.actor)
    outbox.send_due(timezone.now())
    assert not mail.outbox
    assert OutgoingMessage.objects.get(template="page_for_you").link == ""


def test_asking_again_ends_the_earlier_page(ask, consent):
    first, second = ask(consent), ask(consent)
    assert opened(first) is None and first.now().status == "stopped"
    assert opened(second) is not None


def test_it_lives_fourteen_days_at_most(asked, ask, consent):
    assert asked.link.expires_at - asked.link.made_at == timedelta(days=14)
    with pytest.raises(ValueError, match="days"):
        ask(consent, days=15)
    shown = opened(asked).digests
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1), tick=False):
        assert opened(asked) is None and answer(asked, shown) is None
        assert actions.lapse_due(timezone.now()) == 1
    assert asked.now().status == "lapsed"


def test_five_wrong_codes_close_it(asked):
    for _ in range(5):
        assert actions.open_signer(token=asked.token, code="0000000x") is None
    assert asked.now().status == "locked" and opened(asked) is None


def test_it_is_answered_once(asked, consent):
    shown = opened(asked).digests
    assert answer(asked, shown).status == "signed"
    assert answer(asked, shown) is None and answer(asked, shown, signs=False) is None
    assert asked.now().status == "signed" and state(consent) == "active"


def test_nobody_answers_what_they_have_not_opened(asked, consent):
    shown = {str(consent.pk): look(consent).digest}
    assert answer(asked, shown) is None and answer(asked, shown, signs=False) is None


DEAD = ("wrong_code", "unknown", "no_code", "stopped", "lapsed", "signed", "declined", "thrown_away", "changed",
        "other_program")  # fmt: skip


@pytest.fixture
def dead(ask, consent, rosa, program, dolores, other_program):
    """`dead(kind)` gives (token, code) of a page that does not open."""

    def make(kind: str) -> tuple[str, str]:
        if kind == "unknown":
            return "x" * 32, "12345678"
        asked = ask(consent, code=kind != "no_code")
        if kind in ("wrong_code", "no_code"):
            return asked.token, "0000000x"
        if kind == "stopped":
            actions.stop_signer(link=asked.link, by=rosa.actor)
        if kind == "lapsed":
            actions.lapse_due(asked.link.expires_at)
        if kind in ("signed", "declined"):
            answer(asked, signs=kind == "signed")
        if kind == "thrown_away":
            privacy.withdraw_draft(consent=consent, by=rosa.actor)
        if kind == "changed":
            privacy.strike_item(consent=consent, item="reach", by=rosa.actor)
        return asked.token, asked.code if kind != "other_program" else "9999999x"

    return make


@pytest.mark.parametrize("kind", DEAD)
def test_a_dead_link_tells_nothing(dead, kind, monkeypatch):
    """Status, words, length and headers as for a link that never was (A1)."""
    token, code = dead(kind)
    answers = []
    for one in (token, "z" * len(token)):
        cache.clear()
        client = Client()
        client.get(reverse("signer_page", args=[one]))
        got = client.post(reverse("signer_page", args=[one]), {"code": code})
        body = re.sub(rb'(name="csrfmiddlewaretoken" value|"X-CSRFToken":) ?=?"\w+"', b"", got.content)
        answers.append((got.status_code, body.replace(one.encode(), b""), sorted(got.headers)))
    assert answers[0] == answers[1]


def test_a_no_asks_the_same_of_the_database_whatever_it_is(dead, monkeypatch):
    """A wrong code, and a link that never was: as many statements, and the same hashes."""
    done = []
    for name in ("hash_code", "hash_token", "constant_time_compare"):
        real = getattr(signers, name)
        monkeypatch.setattr(signers, name, lambda *a, real=real, name=name: done.append(name) or real(*a))
    token, code = dead("wrong_code")
    counts = []
    for one in (token, "z" * len(token)):
        done.clear()
        with CaptureQueriesContext(connection) as queries:
            assert actions.open_signer(token=one, code=code) is None
        counts.append((len(queries), list(done)))
    assert counts[0] == counts[1]


def test_trying_is_slowed(asked):
    client = Client()
    statuses = [client.post(asked.path, {"code": "00000000"}).status_code for _ in range(12)]
    assert statuses[-1] == 429 and statuses[0] == 200


def test_opening_the_link_changes_nothing_and_looks_nothing_up(asked):
    before = Entry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        page = Client().get(asked.path)
    assert page.status_code == 200 and asked.now().times_opened == 0 and Entry.objects.count() == before
    assert not any("signerlink" in query["sql"] for query in queries)


# --- the pages ----------------------------------------------------------------------------------------------------


def proof_on(page) -> str:
    return re.search(r'name="proof" value="([^"]+)"', page.content.decode())[1]


def test_the_page_shows_what_is_signed_and_nothing_else(asked, consent, rosa, program):
    """Canaries: what is not in the permission, what staff wrote, what else she signed, who works here."""
    change_person(person=rosa.person, by=rosa.actor, email="canary.mail@example.org")
    drafted(rosa.person, rosa.actor, "legal", recipient="Canary of another court")
    privacy.strike_item(consent=consent, item="contacts", by=rosa.actor)
    fresh = Asked(*actions.ask_signer(
        consent=Consent.objects.get(pk=consent.pk), by=rosa.actor,
        seen={consent.pk: look(Consent.objects.get(pk=consent.pk)).digest}, own_name="Canary of her name",
        language="es", reach="canary of the phone",
    ), code="")  # fmt: skip
    from tests.story import make_persona

    staff = make_persona(program, "canaria", "coordinator")
    fresh.code = actions.make_code(link=fresh.link, by=staff.actor)
    page = Client(headers={"accept-language": "en"}).post(fresh.path, {"code": fresh.code})
    text = page.content.decode()
    assert "Dr. Ana Ito" in text and "213-555-0142" in text, "what is to be signed is there"
    for canary in ("Canary of another court", "Canary of her name", "canary of the phone", "canaria", consent.number):
        assert canary not in text, canary
    assert "no-store" in page["Cache-Control"] and "noindex" in text
    assert reveals(re.search(r"<title>(.*?)</title>", text)[1]) == []
    assert "¿Está de acuerdo?" in text, "in their language, whatever the phone speaks"


def test_a_parent_signs_in_the_browser(asked, consent):
    client = Client()
    page = client.post(asked.path, {"code": f"{asked.code[:4]} {asked.code[4:]}"})
    proof, to = proof_on(page), reverse("signer_answer", args=[asked.token])
    empty = client.post(to, {"proof": proof, "answer": "yes", "name": "", "relation": ""})
    assert empty.status_code == 200 and state(consent) == "draft"
    assert 'aria-invalid="true"' in empty.content.decode()
    done = client.post(to, {"proof": proof, "answer": "yes", "name": "Lucia Cenzontle", "relation": "parent"})
    assert done.status_code == 200 and state(consent) == "active"
    assert "Lucia" not in done.content.decode()


def test_a_proof_of_another_page_opens_nothing(asked, ask, rosa, consent):
    other = ask(drafted(rosa.person, rosa.actor, "legal"))
    proof = proof_on(Client().post(asked.path, {"code": asked.code}))
    values = {"proof": proof, "answer": "yes", "name": "Lucia", "relation": "parent"}
    Client().post(reverse("signer_answer", args=[other.token]), values)
    Client().post(reverse("signer_answer", args=[asked.token]), values | {"proof": f"{proof}x"})
    assert state(consent) == "draft" and other.now().status == "open"


def test_the_person_signs_and_asks_on_their_page(client, rosa, consent):
    sign_in_now(client, rosa)
    url = reverse("me_signer", args=[consent.pk])
    page = client.get(url).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    values = {"seen": seen, "agrees": "on", "signed_name": "Rosa Cenzontle", "reach": "213-555-0199",
              "address": MOTHER, "language": "es"}  # fmt: skip
    missing = client.post(url, values | {"signed_name": ""})
    assert missing.status_code == 200 and "213-555-0199" in missing.content.decode(), "nothing typed is lost"
    assert not SignerLink.objects.exists()
    assert client.post(url, values | {"seen": "0" * 64}).status_code == 302 and not SignerLink.objects.exists()
    assert client.post(url, values)["Location"] == url
    link = SignerLink.objects.get()
    assert (link.status, link.own_name, link.signer) == ("open", "Rosa Cenzontle", "minor_and_parent")
    assert state(consent) == "draft"
    client.post(reverse("me_signer_stop", args=[link.pk]))
    assert SignerLink.objects.get().status == "stopped"


@pytest.mark.parametrize("ticked", [True, False])
def test_beside_the_minors_signature_stands_the_choice_about_donations(
    client, program, rosa, consent, dolores, carmen, ticked
):  # fmt: skip
    """It is theirs alone: it holds before the parent has signed, and whoever holds a paper is not asked for it."""
    sign_in_now(client, rosa)
    url = reverse("me_signer", args=[consent.pk])
    assert "no_donations" not in client.get(url).content.decode(), "this program asks for no donations"
    privacy.set_law(program=program, posture=Posture(fundraises=True), note="The board", by=dolores.actor)
    page = client.get(url).content.decode()
    assert 'name="no_donations"' in page and "checked" not in page
    values = {"seen": re.search(r'name="seen" value="(\w+)"', page)[1], "agrees": "on", "signed_name": "Rosa",
              "reach": "1", "language": "en"}  # fmt: skip
    assert LINK.search(client.post(url, values | ({"no_donations": "on"} if ticked else {})).content.decode())
    assert list(NoDonations.objects.values_list("person", "how")) == ([(rosa.person.pk, "signing")] if ticked else [])
    assert state(consent) == "draft"
    assert ('name="no_donations"' in client.get(url).content.decode()) == (not ticked), "it is not asked again"
    theirs = sign_in_now(Client(), carmen).get(reverse("signer_links", args=[consent.pk])).content.decode()
    assert 'name="reach"' in theirs and "no_donations" not in theirs


def test_without_a_mail_the_link_is_shown_once_to_hand_over(client, rosa, consent):
    sign_in_now(client, rosa)
    url = reverse("me_signer", args=[consent.pk])
    seen = re.search(r'name="seen" value="(\w+)"', client.get(url).content.decode())[1]
    page = client.post(url, {"seen": seen, "agrees": "on", "signed_name": "Rosa", "reach": "1", "language": "en"})
    assert LINK.search(page.content.decode()) and not OutgoingMessage.objects.filter(template="page_for_you").exists()
    assert not LINK.search(client.get(url).content.decode())


def test_staff_tell_a_code_once_and_see_how_it_stands(client, carmen, asked, consent):
    sign_in_now(client, carmen)
    slip = client.post(reverse("signer_code", args=[asked.link.pk])).content.decode()
    code = re.search(r"<strong>(\d{4} \d{4})</strong>", slip)[1]
    assert "213-555-0199" in slip and asked.token not in slip
    page = client.get(reverse("signer_links", args=[consent.pk])).content.decode()
    assert code not in page and "Waits for their answer" in page
    assert actions.open_signer(token=asked.token, code=code.replace(" ", "")) is not None


def test_a_stranger_and_another_program_find_nothing(client, asked, consent, marcus, program, other_program):
    sign_in_now(client, marcus)
    for name, pk in (("signer_links", consent.pk), ("signer_code", asked.link.pk), ("signer_stop", asked.link.pk),
                     ("me_signer", consent.pk), ("me_signer_stop", asked.link.pk)):  # fmt: skip
        assert client.post(reverse(name, args=[pk])).status_code == 404, name
    assert asked.now().status == "open"


# --- what the database itself refuses -----------------------------------------------------------------------------


def refused(statement: str, *values) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_lets_none_be_active_on_the_screen_without_the_other(asked, consent, carmen):
    """A consent with every element, whose parent has not signed, by whatever writes the row."""
    answer(asked)
    consent.refresh_from_db()
    copy = drafted(consent.person, carmen.actor)
    columns = ("recipient", "items", "purpose", "shown", "shown_digest", "text_version", "statements", "signer",
               "signed_how", "signed_name", "other_name", "signed_at", "expires_at", "status", "person_name",
               "discloser")  # fmt: skip
    values = ", ".join(f"{one} = (SELECT {one} FROM privacy_consent WHERE number = %s)" for one in columns)  # noqa: S608  (ours)
    statement = f"UPDATE privacy_consent SET {values} WHERE number = %s"  # noqa: S608  (ours)
    refused(statement, *[consent.number] * len(columns), copy.number)
    assert state(copy) == "draft" and state(consent) == "active"


def test_the_database_keeps_how_it_ended_and_what_was_asked(asked, rosa):
    actions.stop_signer(link=asked.link, by=rosa.actor)
    pk = asked.link.pk.hex if connection.vendor == "sqlite" else asked.link.pk
    refused("UPDATE partners_signerlink SET status = 'open', ended_at = NULL WHERE id = %s", pk)
    refused("UPDATE partners_signerlink SET expires_at = made_at WHERE id = %s", pk)
    refused("UPDATE partners_signerlink SET seen = '{}' WHERE id = %s", pk)


def test_the_database_makes_no_page_for_what_is_signed_or_too_long(asked, consent, rosa):
    values = {f.attname: getattr(asked.link, f.attname) for f in SignerLink._meta.fields if f.name != "id"}
    values |= {"token_hash": "1" * 64, "status": "open"}
    SignerLink.objects.filter(pk=asked.link.pk).update(status="stopped", ended_at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        SignerLink.objects.create(**values | {"expires_at": values["made_at"] + timedelta(days=15)})
    with pytest.raises(DatabaseError), transaction.atomic():
        SignerLink.objects.create(**values | {"own_name": None})
    SignerLink.objects.create(**values)
    privacy.withdraw_draft(consent=consent, by=rosa.actor)
    with pytest.raises(DatabaseError), transaction.atomic():
        SignerLink.objects.create(**values | {"token_hash": "2" * 64})


def test_nothing_left_by_asking(asked):
    """The page is no disclosure to a recipient; what is in force afterwards is."""
    answer(asked)
    assert not Disclosure.objects.exists()
    assert Entry.objects.filter(act="signer_link.opened", subject_id=asked.link.person_id).exists()
