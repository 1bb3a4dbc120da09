"""Consent (42 CFR 2.31): whole or not active, signed by who must, stopped in one step, kept as it was signed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from tests.privacy.consents import KINDS, drafted, look, signed
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.people.actions import change_person, move_episode
from alongside.privacy import actions
from alongside.privacy.accounting import list_sent
from alongside.privacy.models import Consent, Disclosure
from alongside.privacy.writing import is_as_signed, shown_then
from alongside.rules.consent import Posture
from alongside.rules.disclosure import To
from alongside.rules.lifecycles import MoveNotAllowed

pytestmark = pytest.mark.django_db


def entries(consent: Consent) -> list[str]:
    return list(Entry.objects.filter(object_id=consent.pk).order_by("pk").values_list("act", flat=True))


def sign(consent: Consent, by, **values) -> Consent:
    named = {"signed_name": "Rosa Cenzontle", **values}
    return actions.sign_consent(consent=consent, seen=look(consent).digest, by=by, **named)


# --- whole, or not active ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_signed(rosa, kind):
    consent = signed(rosa.person, rosa.actor, kind)
    assert (consent.status, consent.signer, consent.signed_how) == ("active", "self", "screen")
    assert entries(consent) == ["consent.drafted", "consent.changed", "consent.signed"]


@pytest.mark.parametrize(
    ("kind", "values", "missing"),
    [
        ("specific", {"items": []}, "items"),
        ("specific", {"recipient": ""}, "recipient"),
        ("specific", {"purpose": ""}, "purpose"),
        ("specific", {"purpose": "other"}, "matter"),
        ("specific", {"expires_at": None}, "expiry"),
        ("specific", {"purpose": "housing", "items": ["notes"]}, "items"),
        ("intermediary", {"members": ""}, "members"),
        ("legal", {"purpose_words": ""}, "matter"),
        ("criminal_justice", {"held_until": None}, "held_until"),
        ("criminal_justice", {"expires_at": None}, "period"),
    ],
)
def test_without_an_element_nothing_is_signed(rosa, kind, values, missing):
    consent = drafted(rosa.person, rosa.actor, kind, **values)
    with pytest.raises(actions.ConsentNotActive) as refused:
        actions.sign_consent(consent=consent, seen="", signed_name="Rosa", by=rosa.actor)
    assert missing in refused.value.missing
    consent.refresh_from_db()
    assert consent.status == "draft"


def test_without_a_name_nothing_is_signed(rosa):
    consent = drafted(rosa.person, rosa.actor)
    with pytest.raises(actions.ConsentNotActive) as refused:
        sign(consent, rosa.actor, signed_name="  ")
    assert refused.value.missing == ("signature",)


def test_one_whose_day_is_over_is_not_signed(rosa):
    consent = drafted(rosa.person, rosa.actor, expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(actions.ConsentNotActive) as refused:
        sign(consent, rosa.actor)
    assert refused.value.missing == ("expiry",)


# --- what was shown ---------------------------------------------------------------------------------------------------
def test_what_was_signed_is_shown_again_byte_for_byte(rosa):
    change_person(person=rosa.person, by=rosa.actor, phone="+1 213-555-0142")
    rosa.person.refresh_from_db()
    consent = drafted(rosa.person, rosa.actor)
    before = look(consent)
    consent = sign(consent, rosa.actor)
    change_person(person=rosa.person, by=rosa.actor, phone="+1 213-555-0199")
    consent = Consent.objects.get(pk=consent.pk)
    then = shown_then(consent)
    assert (then.blocks, then.preview) == (before.blocks, before.preview)
    assert "0142" in str(then.preview) and "0199" not in str(then.preview)
    assert is_as_signed(consent) and consent.language == "es"
    assert [block.heading for block in then.blocks][:2] == ["De quién se trata", "Quién comparte"]


def test_nobody_signs_what_they_did_not_see(rosa):
    consent = drafted(rosa.person, rosa.actor)
    seen = look(consent).digest
    change_person(person=rosa.person, by=rosa.actor, phone="+1 213-555-0142")
    with pytest.raises(actions.ShownChanged):
        actions.sign_consent(consent=consent, seen=seen, signed_name="Rosa", by=rosa.actor)
    consent.refresh_from_db()
    assert consent.status == "draft"


def test_an_item_is_struck_out_before_signing(rosa):
    consent = drafted(rosa.person, rosa.actor)
    consent = actions.strike_item(consent=consent, item="reach", by=rosa.actor)
    assert consent.items == ["being_here", "contacts"]
    assert actions.strike_item(consent=consent, item="reach", by=rosa.actor).items == ["being_here", "contacts"]


def test_nothing_is_chosen_beforehand(rosa):
    consent = actions.draft_consent(person=rosa.person, kind="specific", by=rosa.actor)
    assert (consent.items, consent.purpose, consent.recipient, consent.expires_at) == ([], "", None, None)


def test_what_was_signed_is_not_changed_and_not_removed(rosa):
    consent = signed(rosa.person, rosa.actor)
    for change in (
        {"items": ["notes"]}, {"purpose": "housing"}, {"expires_at": timezone.now() + timedelta(days=999)},
        {"shown_digest": "0" * 64}, {"signed_at": timezone.now()}, {"status": "draft"},
        {"kind": "tpo", "purpose": "tpo"},
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="consent_stays"), transaction.atomic():
            Consent.objects.filter(pk=consent.pk).update(**change)
    with pytest.raises(DatabaseError, match="consent_stays"), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).delete()


def test_one_that_ended_never_comes_back(rosa):
    consent = signed(rosa.person, rosa.actor)
    actions.stop_sharing(consent=consent, by=rosa.actor)
    with pytest.raises(DatabaseError, match="consent_stays"), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(status="active", ended_at=None, ended_how="")


def test_begun_twice_is_begun_once(rosa, carmen):
    first, second = (actions.draft_consent(person=rosa.person, kind="specific", by=rosa.actor) for _ in range(2))
    assert first == second and entries(first) == ["consent.drafted"]
    assert actions.draft_consent(person=rosa.person, kind="legal", by=rosa.actor) != first
    assert actions.draft_consent(person=rosa.person, kind="specific", by=carmen.actor) != first


def test_on_the_screen_they_sign_themself(rosa, carmen):
    consent = drafted(rosa.person, carmen.actor)
    with pytest.raises(actions.ConsentNotActive):
        sign(consent, carmen.actor)
    assert sign(consent, carmen.actor, how="paper").signed_how == "paper"


def test_a_draft_is_thrown_away(rosa):
    consent = actions.withdraw_draft(consent=drafted(rosa.person, rosa.actor), by=rosa.actor)
    assert consent.status == "withdrawn"
    with pytest.raises(MoveNotAllowed):
        sign(consent, rosa.actor)


def test_a_signed_one_is_no_draft_any_more(rosa):
    consent = signed(rosa.person, rosa.actor)
    for change in (
        lambda: actions.change_draft(consent=consent, by=rosa.actor, recipient="Somebody else"),
        lambda: actions.strike_item(consent=consent, item="reach", by=rosa.actor),
        lambda: actions.withdraw_draft(consent=consent, by=rosa.actor),
        lambda: sign(consent, rosa.actor),
    ):
        with pytest.raises(MoveNotAllowed):
            change()


def test_only_what_a_draft_has_is_filled_in(rosa):
    with pytest.raises(TypeError, match="status"):
        actions.change_draft(consent=drafted(rosa.person, rosa.actor), by=rosa.actor, status="active")


# --- who signs --------------------------------------------------------------------------------------------------------
def born(persona, years: int) -> None:
    today = day_there()
    change_person(person=persona.person, by=persona.actor, birth_date=date(today.year - years, 1, 1))
    persona.person.refresh_from_db()


def test_a_minor_and_a_parent_sign_together_where_the_state_wants_it(rosa, carmen):
    born(rosa, 16)
    consent = drafted(rosa.person, rosa.actor)
    with pytest.raises(actions.ConsentNotActive) as refused:
        sign(consent, rosa.actor)
    assert refused.value.missing == ("signature",)
    with pytest.raises(actions.ConsentNotActive):
        sign(consent, carmen.actor, signed_name="", other_name="Lucia Cenzontle", how="paper")
    with pytest.raises(actions.ConsentNotActive):
        sign(consent, rosa.actor, other_name="Lucia Cenzontle")  # a name typed for a parent is no signature of theirs
    consent = sign(consent, carmen.actor, other_name="Lucia Cenzontle", how="paper")
    assert (consent.signer, consent.other_name) == ("minor_and_parent", "Lucia Cenzontle")


def test_a_minor_who_may_consent_alone_does_so_alone(rosa, dolores, program):
    """B9: nobody else is asked, and a name that was typed all the same is not kept."""
    actions.set_law(program=program, posture=Posture(minor_alone_from=12), note="Family Code 6929", by=dolores.actor)
    born(rosa, 16)
    consent = sign(drafted(rosa.person, rosa.actor), rosa.actor, other_name="Lucia Cenzontle")
    assert (consent.signer, consent.other_name) == ("minor_alone", None)


def test_a_guardian_signs_with_what_gives_them_the_right(rosa, carmen):
    consent = drafted(rosa.person, carmen.actor, signer="guardian")
    with pytest.raises(actions.ConsentNotActive):
        sign(consent, carmen.actor, signed_name="", other_name="Lucia Cenzontle", how="paper")
    consent = sign(
        consent, carmen.actor, signed_name="", other_name="Lucia Cenzontle", other_basis="Court order 12", how="paper"
    )
    assert (consent.signer, consent.signed_name, consent.other_basis) == ("guardian", None, "Court order 12")


def test_no_guardian_signs_for_a_minor_who_may_alone(rosa, carmen, dolores, program):
    """§2.14(a): whoever staff name, the minor's own name must be under it, and no other is kept."""
    actions.set_law(program=program, posture=Posture(minor_alone_from=12), note="Family Code 6929", by=dolores.actor)
    born(rosa, 16)
    consent = drafted(rosa.person, carmen.actor, signer="guardian")
    paper = {"other_name": "Lucia Cenzontle", "other_basis": "Court order 12", "how": "paper"}
    with pytest.raises(actions.ConsentNotActive) as refused:
        sign(consent, carmen.actor, signed_name="", **paper)
    assert refused.value.missing == ("signature",)
    consent = sign(consent, carmen.actor, **paper)
    assert (consent.signer, consent.other_name, consent.other_basis) == ("minor_alone", None, None)


def test_no_executor_of_the_living(rosa, carmen):
    """§2.15(b): only after a death that was written down; then nobody else signs."""
    consent = drafted(rosa.person, carmen.actor, signer="survivor")
    paper = {"other_name": "Lucia Cenzontle", "other_basis": "Letters of administration", "how": "paper"}
    with pytest.raises(actions.ConsentNotActive) as refused:
        sign(consent, carmen.actor, signed_name="", **paper)
    assert refused.value.missing == ("signature",)
    consent = actions.change_draft(consent=consent, by=carmen.actor, died_on=date(2026, 11, 1))
    with pytest.raises(actions.ConsentNotActive):
        sign(consent, rosa.actor)
    consent = sign(consent, carmen.actor, **paper)
    assert (consent.signer, consent.signed_name, consent.other_name) == ("survivor", None, "Lucia Cenzontle")


def test_an_emancipated_minor_signs_alone_where_the_state_says_so(rosa, carmen, dolores, program):
    born(rosa, 16)
    named = {"signer": "emancipated", "other_basis": "Order of May 3"}
    with pytest.raises(actions.ConsentNotActive):
        sign(drafted(rosa.person, carmen.actor, **named), rosa.actor)
    actions.set_law(program=program, posture=Posture(emancipated_alone=True), note="Family Code 7050", by=dolores.actor)
    consent = sign(drafted(rosa.person, carmen.actor, **named), rosa.actor, other_name="Lucia Cenzontle")
    assert (consent.signer, consent.other_name, consent.other_basis) == ("emancipated", None, "Order of May 3")
    with pytest.raises(actions.ConsentNotActive) as refused:
        sign(drafted(rosa.person, carmen.actor, "legal", signer="emancipated"), rosa.actor)
    assert refused.value.missing == ("signature",), "a paper shows it"


def test_how_the_age_was_known_is_kept(rosa, carmen):
    said = sign(drafted(rosa.person, rosa.actor), rosa.actor, said_of_age=True)
    paper = sign(drafted(rosa.person, carmen.actor), carmen.actor, how="paper")
    born(rosa, 40)
    known = sign(drafted(rosa.person, rosa.actor), rosa.actor, said_of_age=True)
    assert [one.age_known for one in (said, paper, known)] == ["said", "not_known", "birth_date"]
    with pytest.raises(DatabaseError, match="consent_stays"), transaction.atomic():
        Consent.objects.filter(pk=said.pk).update(age_known="birth_date")


def test_what_part_2_does_not_ask_is_not_signed_outside_of_it(rosa, dolores, program):
    """C9: a draft that was begun as a Part 2 program is no held consent when the program is none any more."""
    drafts = [drafted(rosa.person, rosa.actor, kind) for kind in ("criminal_justice", "tpo")]
    before = sign(drafted(rosa.person, rosa.actor), rosa.actor)
    actions.set_law(program=program, posture=Posture(part2="neither"), note="Counsel", by=dolores.actor)
    with pytest.raises(actions.ConsentNotActive) as refused:
        sign(drafts[0], rosa.actor)
    assert refused.value.missing == ("held_until",)
    after = sign(drafts[1], rosa.actor)
    assert "42 CFR" not in str(after.shown) and "HIPAA" in str(after.shown) and after.text_version == 3
    assert "42 CFR" in str(before.shown) and is_as_signed(before), "what was signed stays as it was signed"


def test_the_law_of_a_program_has_versions_and_is_only_added(rosa, dolores, program):
    for age in (12, 14):
        law = actions.set_law(program=program, posture=Posture(minor_alone_from=age), note="x", by=dolores.actor)
    assert law.version == 2
    born(rosa, 13)
    with pytest.raises(actions.ConsentNotActive):
        sign(drafted(rosa.person, rosa.actor), rosa.actor)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(law).objects.update(minor_alone_from=None)


# --- stopping ---------------------------------------------------------------------------------------------------------
def disclose(consent: Consent, by):
    return actions.disclose(consent=consent, way="printed", submit_key=uuid4(), by=by)


def test_what_is_covered_leaves_and_is_written_down(rosa, carmen):
    change_person(person=rosa.person, by=rosa.actor, phone="+1 213-555-0142")
    rosa.person.refresh_from_db()
    consent = signed(rosa.person, rosa.actor)
    left = disclose(consent, carmen.actor)
    assert [item for item, _rows in left.content] == ["being_here", "reach"], "what is not known leaves no trace"
    assert left.consent.blocks == shown_then(consent).blocks
    row = Disclosure.objects.get()
    assert (row.recipient, row.recipient_address, row.purpose) == ("Dr. Ana Ito", "12 River Street", "care")
    assert (row.items, row.ground) == (["being_here", "reach", "contacts"], "consent")
    assert Entry.objects.filter(act="disclosure.made", subject_id=rosa.person.pk, object_id=row.pk).count() == 1


def test_the_same_submit_is_one_disclosure(rosa, carmen):
    consent, key = signed(rosa.person, rosa.actor), uuid4()
    first, second = (
        actions.disclose(consent=consent, way="printed", submit_key=key, by=carmen.actor) for _ in range(2)
    )
    assert first.disclosure == second.disclosure and Disclosure.objects.count() == 1


def test_tpo_reaches_a_later_provider_and_the_accounting_names_them(rosa, carmen):
    """§2.31(a)(4)(i): one signature for all care reaches who is found later; §2.25: the list says who it really was."""
    consent = signed(rosa.person, rosa.actor, "tpo")
    left = actions.disclose(
        consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor, to=To("Valley Clinic", "provider"),
        address="3 Hill Road",
    )  # fmt: skip
    row = Disclosure.objects.get()
    assert (row.recipient, row.recipient_class, row.recipient_address) == ("Valley Clinic", "provider", "3 Hill Road")
    assert left.statement == "long"
    (told,) = list_sent(rosa.person.pk).rows
    assert (told["recipient"], told["address"]) == ("Valley Clinic", "3 Hill Road")
    disclose(consent, carmen.actor)
    assert list_sent(rosa.person.pk).rows[0]["recipient"] == "Dr. Ana Ito"


@pytest.mark.parametrize(
    ("kind", "to"),
    [("specific", To("Valley Clinic", "provider")), ("intermediary", To("Valley Clinic", "provider")),
     ("tpo", To("A neighbor", "neighbor")), ("tpo", To("Valley Clinic", "")), ("tpo", To(" ", "provider"))],
)  # fmt: skip
def test_nobody_else_is_reached_without_a_name_of_their_own(rosa, carmen, kind, to):
    consent = signed(rosa.person, rosa.actor, kind)
    with pytest.raises(actions.NotDisclosed) as refused:
        actions.disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor, to=to)
    assert refused.value.reason == "other_recipient" and not Disclosure.objects.exists()


def test_what_is_kept_from_somebody_is_kept_from_them_also_as_one_of_a_class(rosa, carmen, dolores):
    """B7: the restriction is compared with who really gets it."""
    consent = signed(rosa.person, rosa.actor, "tpo")
    asked = actions.ask_restriction(
        person=rosa.person, toward="named", recipient="Valley Clinic", items=["being_here"], words="",
        submit_key=uuid4(), by=rosa.actor,
    )  # fmt: skip
    actions.decide_restriction(restriction=asked, agree=True, words="Yes.", by=carmen.actor)
    with pytest.raises(actions.NotDisclosed) as refused:
        actions.disclose(
            consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor, to=To("Valley Clinic", "provider")
        )
    assert refused.value.reason == "restricted"
    disclose(consent, carmen.actor)


def test_the_database_gives_no_class_to_a_consent_of_another_kind(rosa, carmen):
    consent = signed(rosa.person, rosa.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        write_disclosure(consent, rosa.person, timezone.now(), recipient_class="provider", purpose="tpo")


def test_after_stopping_nothing_leaves(rosa, carmen):
    consent = signed(rosa.person, rosa.actor)
    consent = actions.stop_sharing(consent=consent, by=rosa.actor)
    assert (consent.status, consent.ended_how) == ("revoked", "screen")
    assert entries(consent)[-1] == "consent.revoked"
    with pytest.raises(actions.NotDisclosed) as refused:
        disclose(consent, carmen.actor)
    assert refused.value.reason == "not_live" and not Disclosure.objects.exists()
    (entry,) = Entry.objects.filter(act="disclosure.refused", subject_id=rosa.person.pk)
    assert (entry.outcome, entry.reason) == ("refused", "not_live")


def test_who_may_not_hand_it_out_does_not(rosa, mentorship, dante):
    with pytest.raises(actions.NotDisclosed) as refused:
        disclose(signed(rosa.person, rosa.actor), dante.actor)
    assert refused.value.reason == "not_by_them"


@pytest.mark.parametrize("how", ["draft", "revoked", "expired", "over"])
def test_the_database_refuses_a_disclosure_without_a_live_consent(rosa, carmen, how):
    if how == "draft":
        consent = drafted(rosa.person, rosa.actor)
    else:
        consent = signed(rosa.person, rosa.actor)
    if how == "revoked":
        actions.stop_sharing(consent=consent, by=rosa.actor)
    if how == "expired":
        actions.end_by_event(consent=consent, by=carmen.actor)
    at = timezone.now() + timedelta(days=91 if how == "over" else 0)
    with pytest.raises(IntegrityError, match="consent_not_live"), transaction.atomic():
        write_disclosure(consent, rosa.person, at)


def test_the_database_refuses_the_consent_of_somebody_else(rosa, carmen):
    consent = signed(rosa.person, rosa.actor)
    with pytest.raises(IntegrityError, match="consent_not_live"), transaction.atomic():
        write_disclosure(consent, carmen.person, timezone.now())
    write_disclosure(consent, rosa.person, timezone.now())


def write_disclosure(consent: Consent, person, at, **values) -> Disclosure:
    """As somebody would who goes round the action."""
    return Disclosure.objects.create(
        program_id=consent.program_id, person=person, consent=consent, way="printed", recipient="x",
        items=["being_here"], content_digest="0" * 64, disclosed_at=at, submit_key=uuid4(),
        **{"purpose": "care", **values},
    )  # fmt: skip


def test_what_was_disclosed_stays_written(rosa, carmen):
    row = disclose(signed(rosa.person, rosa.actor), carmen.actor).disclosure
    with pytest.raises(DatabaseError, match="disclosure_stays"), transaction.atomic():
        Disclosure.objects.filter(pk=row.pk).update(purpose="payment")
    with pytest.raises(DatabaseError, match="disclosure_stays"), transaction.atomic():
        Disclosure.objects.filter(pk=row.pk).delete()


@pytest.mark.parametrize("how", ["spoken", "written"])
def test_whoever_hears_it_stops_it_for_them(rosa, mentorship, dante, how):
    """B4: to the peer too, spoken or written, and in one step."""
    consent = actions.stop_sharing(consent=signed(rosa.person, rosa.actor), by=dante.actor, how=how)
    assert (consent.status, consent.ended_how, consent.ended_by_id) == ("revoked", how, dante.user.pk)


def test_stopping_twice_is_stopping_once(rosa):
    consent = signed(rosa.person, rosa.actor)
    first = actions.stop_sharing(consent=consent, by=rosa.actor)
    second = actions.stop_sharing(consent=consent, by=rosa.actor)
    assert first.ended_at == second.ended_at
    assert entries(consent).count("consent.revoked") == 1


def test_a_held_one_stops_from_its_moment_on(rosa):
    consent = signed(rosa.person, rosa.actor, "criminal_justice")
    with pytest.raises(actions.CannotStopYet):
        actions.stop_sharing(consent=consent, by=rosa.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(status="revoked", ended_at=timezone.now(), ended_how="screen")
    later = consent.held_until
    assert actions.stop_sharing(consent=consent, by=rosa.actor, now=later).status == "revoked"


def test_a_held_one_stops_from_the_end_of_its_matter_on(rosa, carmen):
    """B5, §2.35(c): until the matter in court is over, and no later than its day."""
    consent = signed(rosa.person, rosa.actor, "criminal_justice", held_event="end_of_case")
    assert "the matter in court" in str(consent.shown) or "el asunto en el tribunal" in str(consent.shown)
    with pytest.raises(actions.CannotStopYet):
        actions.stop_sharing(consent=consent, by=rosa.actor)
    released = actions.release_held(consent=consent, by=carmen.actor)
    assert actions.release_held(consent=consent, by=carmen.actor).released_at == released.released_at
    assert entries(consent).count("consent.released") == 1
    assert actions.stop_sharing(consent=consent, by=rosa.actor).status == "revoked"
    other = signed(rosa.person, rosa.actor, "criminal_justice")
    assert actions.release_held(consent=other, by=carmen.actor).released_at is None, "it names no such event"
    with pytest.raises(actions.CannotStopYet):
        actions.stop_sharing(consent=other, by=rosa.actor)


def test_a_day_that_is_over_ends_it(rosa, carmen):
    consent = signed(rosa.person, rosa.actor)
    with pytest.raises(actions.NotDisclosed):
        actions.disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor, now=consent.expires_at)
    assert actions.expire_due(consent.expires_at - timedelta(seconds=1)) == 0
    assert actions.expire_due(consent.expires_at) == 1
    assert actions.expire_due(consent.expires_at) == 0
    consent.refresh_from_db()
    assert (consent.status, consent.ended_how, consent.ended_at) == ("expired", "day", consent.expires_at)


def test_one_for_the_time_with_us_ends_with_it(rosa, carmen):
    lasting = signed(rosa.person, rosa.actor, expires_event="end_of_support", expires_at=None)
    other = signed(rosa.person, rosa.actor, "legal")
    move_episode(episode=rosa.episode, to="closed", reason="own_wish", by=carmen.actor)
    lasting.refresh_from_db()
    other.refresh_from_db()
    assert (lasting.status, lasting.ended_how, other.status) == ("expired", "event", "active")


def test_an_event_that_happened_ends_it(rosa, carmen):
    consent = actions.end_by_event(consent=signed(rosa.person, rosa.actor, "legal"), by=carmen.actor)
    assert (consent.status, consent.ended_how) == ("expired", "event")
    assert actions.end_by_event(consent=consent, by=carmen.actor).ended_at == consent.ended_at


def test_recipients_are_told_once(rosa, carmen):
    consent = signed(rosa.person, rosa.actor)
    assert actions.note_told(consent=consent, by=carmen.actor).told_at is None, "it has not ended"
    actions.stop_sharing(consent=consent, by=rosa.actor)
    told = actions.note_told(consent=consent, by=carmen.actor)
    again = actions.note_told(consent=consent, by=carmen.actor)
    assert told.told_at == again.told_at and told.told_by_id == carmen.user.pk
    assert entries(consent).count("consent.told") == 1
