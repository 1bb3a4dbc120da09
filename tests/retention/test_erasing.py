"""Erasing a person leaves nothing that tells who they were or what they said, anywhere, and everything else stands."""

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled
from tests.promises.fields import FIELDS
from tests.promises.models import list_models
from tests.promises.whole_story import CANARIES

from alongside.audit.fields import EncryptedField
from alongside.audit.models import Entry
from alongside.audit.sealing import seal_pending, verify
from alongside.legal.actions import open_hold
from alongside.mentoring.models import Contact, Mentorship, NoteDraft
from alongside.partners.models import LinkMail, LinkWord, PartnerLink
from alongside.people.models import Episode, Membership, Person, TwinPair, User
from alongside.people.names import ERASED
from alongside.privacy.models import (
    Complaint,
    Consent,
    Disclosure,
    Emergency,
    LimitsTold,
    NoticeOffer,
    Restriction,
)
from alongside.referrals.models import ReferralPage
from alongside.retention.actions import open_sealed
from alongside.retention.erasing import ErasureRefused, erase_person
from alongside.retention.models import Erasing, Erasure, Sealed

pytestmark = pytest.mark.django_db

NOT_HERS = {
    "privacy.Complaint": "somebody without an account complained, and nobody looks who it may have been",
    "intake.Inquiry": "somebody asked with the same number, and nobody has said that it is her",
    "website.SitePage": "what a program says to all the world",
}
KEPT_BY_LAW = {"retention.Sealed"}


def erase(story, cause="wish"):
    return erase_person(person=story.rosa.person, by=story.carmen.actor, cause=cause, now=timezone.now())


def join_her_other_record(story) -> None:
    """The list of near duplicates holds a second record of hers: first they become one, as a coordinator would do."""
    from alongside.calls.models import Claim
    from alongside.people.actions import merge_persons
    from alongside.privacy.merged_rows import list_reader_ids

    Claim.objects.filter(agreement__person=story.rosa.person).delete()  # Dante has hung up

    pair = TwinPair.objects.get(pk=story.pair.pk)
    both = (pair.first, pair.second)
    other = next(one for one in both if one.pk != story.rosa.person.pk)
    merge_persons(
        first=story.rosa.person, second=other, by=story.carmen.actor,
        readers_seen=list_reader_ids(story.rosa.person.pk, other.pk),
    )  # fmt: skip
    left = Person.objects.filter(pk__in=[story.rosa.person.pk, other.pk]).get()
    story.rosa.person = left


def texts_of_every_row():
    """(app.Model, field, text) of every column of every row of the house, opened with our keys."""
    for model in list_models():
        label = model._meta.label
        names = [name for kind, several in FIELDS[label].items() for name in several.split() if kind != "technical"]
        with scopes_disabled():
            for row in model._base_manager.all().iterator():
                for name in names:
                    value = getattr(row, model._meta.get_field(name).attname)
                    yield label, row.pk, name, str(value)


def test_no_word_of_hers_is_left_anywhere(free_story):
    join_her_other_record(free_story)
    # The draft that Dante types about her has the name that the page gives it.
    NoteDraft.objects.filter(name="draft").update(name=f"note-{free_story.rosa.person.pk}")
    before = {canary for _l, _p, _n, text in texts_of_every_row() for canary in CANARIES if canary in text}
    assert len(before) > 20, "the story holds her words, or the test is blind"
    erase(free_story)
    theirs = ("canary who asked", "canary who applied", "copper canary of the row", "Zeppolu", "Wisterinia",
              "saffron canary of the reflection", "azure canary of the bridge", "khaki canary of the wrong file",
              "russet canary of the wrong number", "beryl canary of the link", "linen canary of why they help",
              "jade canary of the mother", "jade canary of his name")  # fmt: skip
    left = [
        (label, name, canary)
        for label, _pk, name, text in texts_of_every_row()
        for canary in CANARIES
        if canary in text and canary not in theirs and label not in KEPT_BY_LAW | NOT_HERS.keys()
    ]
    assert left == []


def test_no_row_that_names_her_says_anything(free_story):
    """By the classification of fields, not by canaries: what is sensitive in a row of hers is empty."""
    from alongside.retention.lines import LINES

    rosa = free_story.rosa.person.pk
    erase(free_story)
    said = []
    for label, line in LINES.items():
        model = next(one for one in list_models() if one._meta.label == label)
        closed = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]
        for lookup in line.whose if closed and label != "audit.Entry" else ():
            for row in model._base_manager.filter(**{lookup: rosa}):
                said += [f"{label}.{name}" for name in closed if getattr(row, name) not in ("", None, [], {}, "-")]
    assert said == []


def test_every_field_of_her_own_row_is_emptied(free_story):
    """A new field of Person fails here until an erasing empties it, or it is said that it tells nothing."""
    rosa = free_story.rosa.person.pk
    erase(free_story)
    row = Person.objects.get(pk=rosa)
    tells_nothing = {"id", "program", "created_at", "language"}
    left = {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in tells_nothing and getattr(row, field.attname) not in ("", None)
    }
    assert left == {"goes_by": ERASED}
    assert row.language == "en"


def test_figures_go_on_counting(free_story):
    from alongside.impact.actions import catch_up
    from alongside.impact.queries import Ask, list_figures
    from alongside.impact.recounting import recount
    from alongside.people.actions import move_episode

    ask, now = Ask((free_story.program,)), timezone.localtime()
    # That her time here ends is a change of its own; what is erased afterwards must change nothing.
    move_episode(episode=free_story.rosa.episode, to="closed", by=free_story.carmen.actor, reason="own_wish")
    catch_up([free_story.program])
    before = list_figures(ask, now)
    erase(free_story)
    catch_up([free_story.program])
    assert recount(ask, now) == list_figures(ask, now) == before


def test_the_peer_sees_a_person_only(free_story, signed_in):
    walk = Mentorship.objects.get(participant=free_story.rosa.person)
    erase(free_story)
    walk.refresh_from_db()
    assert (walk.status, walk.participant.goes_by) == ("ended", ERASED)
    contact = Contact.objects.exclude(mode="group").get(mentorship=walk)
    assert (contact.note, contact.next_step, contact.status, contact.minutes) == ("", "", "completed", 20)
    browser = signed_in(free_story.dante)
    assert browser.get(f"/people/{free_story.rosa.person.pk}/").status_code == 404
    for path in ("/today/", "/caseload/", "/messages/"):
        assert "Quetzalrosa" not in browser.get(path).content.decode()


def test_nobody_opens_what_is_left_and_it_is_in_no_file(free_story, signed_in):
    from alongside.interop.queries import list_people

    rosa, carmen = free_story.rosa.person, free_story.carmen
    assert list_people("participants", "all", carmen.actor).filter(pk=rosa.pk).exists()
    erase(free_story)
    assert not list_people("participants", "all", carmen.actor).filter(pk=rosa.pk).exists()
    browser = signed_in(carmen)
    assert browser.get(f"/people/{rosa.pk}/").status_code == 404
    for name in ("copy_for", "erase_for"):
        assert browser.get(reverse(name, args=[rosa.pk])).status_code == 404


def test_nothing_of_others_is_touched(free_story):
    names = set(Person.objects.exclude(pk=free_story.rosa.person.pk).values_list("goes_by", flat=True))
    olu, nia = free_story.people["olu"], free_story.people["nia"]
    wishes = [one.episode.wishes.needs for one in (olu, nia)]
    states = dict(Episode.objects.exclude(person=free_story.rosa.person).values_list("pk", "status"))
    erase(free_story)
    assert names <= set(Person.objects.values_list("goes_by", flat=True))
    assert dict(Episode.objects.exclude(person=free_story.rosa.person).values_list("pk", "status")) == states
    assert [Episode.objects.get(pk=one.episode.pk).wishes.needs for one in (olu, nia)] == wishes


def test_the_chain_of_the_log_stays_sound(free_story):
    seal_pending(timezone.now())
    entries = Entry.objects.count()
    erase(free_story)
    seal_pending(timezone.now())
    report = verify()
    assert report.is_sound and report.checked == Entry.objects.count() > entries
    (entry,) = Entry.objects.filter(act="person.erased", subject_id=free_story.rosa.person.pk)
    assert entry.reason == "wish"


def test_signed_papers_are_sealed_with_as_little_as_the_law_asks_for(free_story):
    rosa, director = free_story.rosa.person, free_story.dolores.actor
    signed = Consent.objects.filter(person=rosa, signed_at__isnull=False).count()
    sent = Disclosure.objects.filter(person=rosa).count()
    (erasure, *_more) = erase(free_story)
    for model in (Consent, Disclosure, Emergency, NoticeOffer, LimitsTold, Restriction, Complaint):
        assert not model.objects.filter(person=rosa).exists()
    assert Counter(Sealed.objects.filter(erasure=erasure).values_list("kind", flat=True)) == {
        "consent": signed, "disclosure": sent, "emergency": 1, "report": 1, "notice": 1, "limits": 1,
        "restriction": 4, "complaint": 2,
    }  # fmt: skip
    rows = open_sealed(erasure=erasure, words="An inspector asks for it", by=director)
    kept = {one.kind: one.content for one in rows}
    assert kept["consent"]["recipient"] == "crimson canary of the recipient"
    assert kept["consent"]["document"] and "preview" not in kept["consent"]
    assert kept["disclosure"]["items"] and kept["emergency"]["nature"] == "maroon canary of the emergency"
    assert "told" not in kept["emergency"]
    assert kept["report"]["agency"] == "Police" and "umber canary" not in str(kept["report"])
    assert {one.content["words"] for one in rows if one.kind == "complaint"} == {"umber canary of the complaint"}
    wishes = [one.content for one in rows if one.kind == "restriction"]
    assert ["times"] in [one["items"] for one in wishes] and "khaki canary" not in str(wishes)
    assert kept["notice"]["outcome"] == "not_signed" and "saffron canary" not in str(kept["notice"])
    assert Entry.objects.get(act="sealed.opened").reason_words == "An inspector asks for it"


def test_what_was_released_by_law_is_sealed_and_legal_rows_say_nothing(free_story):
    from alongside.legal.actions import release_records
    from alongside.legal.models import Affected, Demand, DemandStep, MandatedReport, Paper, Release, Scan, ScanPart

    rosa = free_story.rosa.person
    assert ScanPart.objects.exists()
    release_records(release=free_story.release, language="en", by=free_story.dolores.actor)
    (erasure, *_more) = erase(free_story)
    kept = Sealed.objects.get(erasure=erasure, kind="release").content
    assert (kept["recipient"], kept["items"], kept["court"]) == ("A lawyer", ["being_here", "reach"], "A court")
    assert kept["content_digest"] and "content" not in kept
    demand, release = Demand.objects.get(person=rosa), Release.objects.get(person=rosa)
    assert (demand.sender, demand.asks, demand.names, demand.status) == ("-", "-", "", "released")
    assert (release.recipient, release.content, release.content_digest) == ("-", [], kept["content_digest"])
    assert {one.court for one in Paper.objects.filter(demand=demand)} == {"-"}
    assert {one.words for one in DemandStep.objects.filter(demand=demand)} == {""}
    report = MandatedReport.objects.get(person=rosa)
    assert (report.told, report.agency, report.made_by_name, report.kind) == ({}, "-", "-", "crime")
    assert not ScanPart.objects.exists() and not Scan.objects.exists(), "the papers themselves go, the history stays"
    assert DemandStep.objects.filter(demand=demand, what="scanned").count() == 1
    assert Affected.objects.get(person=rosa).words == "-", "that she was affected stays, why she was added goes"


def test_nobody_is_erased_under_a_legal_hold(whole_story):
    with pytest.raises(ErasureRefused, match="held"):
        erase(whole_story)
    assert Person.objects.get(pk=whole_story.rosa.person.pk).goes_by == "Quetzalrosa"
    assert not Erasure.objects.filter(person=whole_story.rosa.person.pk).exists()


def test_a_hold_that_comes_later_is_seen(free_story):
    open_hold(person=free_story.rosa.person, kind="demand", words="A subpoena", by=free_story.dolores.actor)
    with pytest.raises(ErasureRefused, match="held"):
        erase(free_story)


def test_somebody_who_works_here_is_not_erased_this_way(free_story):
    for who in (free_story.dante, free_story.lien):
        with pytest.raises(ErasureRefused, match="works_here"):
            erase_person(person=who.person, by=free_story.carmen.actor, cause="wish", now=timezone.now())


def test_the_account_goes_and_every_session_with_it(free_story, client, signed_in):
    user = free_story.rosa.user.pk
    signed_in(free_story.rosa)
    assert client.get("/me/").status_code == 200
    erase(free_story)
    assert not User.objects.filter(pk=user).exists() and not Membership.objects.filter(user=user).exists()
    assert client.get("/me/").status_code == 302


def test_an_account_of_another_program_stays_there(free_story, other_program):
    user = free_story.rosa.user
    Membership.objects.create(user=user, program=other_program, role="participant")
    erase(free_story)
    assert list(user.memberships.values_list("program", flat=True)) == [other_program.pk]


def test_each_id_that_was_joined_has_its_line(free_story):
    join_her_other_record(free_story)
    erase(free_story)
    assert Erasure.objects.exclude(pk=free_story.erasure.pk).count() == 2
    assert not Erasing.objects.exists(), "the way past the triggers is open only while it is used"


def test_what_she_signed_cannot_be_removed_otherwise(free_story):
    from django.db import DatabaseError, transaction

    rosa = free_story.rosa.person
    for rows in (Disclosure, Emergency, NoticeOffer, LimitsTold, Restriction, Complaint, PartnerLink):
        assert rows.objects.filter(person=rosa).exists()
        for beside in (LinkMail, LinkWord, ReferralPage):
            beside.objects.filter(link__person=rosa).delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.filter(person=rosa).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(person=rosa, disclosures=None).exclude(status="draft").delete()
    # The way that is open for one person is open for nobody else.
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasing.objects.create(person=free_story.olu.person.pk, program=free_story.program)
        Emergency.objects.filter(person=rosa).delete()
    with transaction.atomic():
        Erasing.objects.create(person=rosa.pk, program=free_story.program)
        assert Emergency.objects.filter(person=rosa).delete()[0] == 1
        assert Restriction.objects.filter(person=rosa).delete()[1]["privacy.Restriction"] == 4
        transaction.set_rollback(True)


def test_nobody_writes_another_line_over_the_ledger(free_story):
    from django.db import DatabaseError, transaction

    erase(free_story)
    for change in (lambda rows: rows.update(person=uuid.uuid4()), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Erasure.objects.all())


def test_she_can_come_back_as_somebody_new(free_story):
    from alongside.people.actions import create_person, open_episode

    erase(free_story)
    again = create_person(program=free_story.program, by=free_story.carmen.actor, goes_by="Rosa", phone="+12135550142")
    open_episode(person=again, by=free_story.carmen.actor, now=timezone.now() + timedelta(days=1))
    assert again.pk != free_story.rosa.person.pk
