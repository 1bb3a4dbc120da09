"""Law enforcement asks to wait (45 CFR 164.412); a notice for all to see (164.404(d)(2)(ii))."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.legal.test_incidents import LETTER, TODAY, breach, incident  # noqa: F401  (fixtures)

from alongside.audit.models import Entry
from alongside.legal import actions, queries
from alongside.legal.models import LawDelay, Posting
from alongside.people.actions import create_person

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def wait(incident, by, kind="spoken", until=TODAY + 10 * DAY, **more):  # noqa: F811
    values = {"reason": "investigation", "official": "Officer Ruiz, badge 12", "asked_on": TODAY, "submit_key": uuid4()}
    return actions.note_delay(incident=incident, kind=kind, until=until, by=by.actor, **values | more)


def post(incident, by, **more):  # noqa: F811
    values = {"place": "home_page", "toll_free": "888-555-0100", "information": ["name"], "words": LETTER,
              "submit_key": uuid4()}  # fmt: skip
    return actions.post_notice(incident=incident, by=by.actor, **values | more)


def test_while_they_wait_nobody_is_told_and_it_goes_on_after_it(breach, lien):  # noqa: F811
    rows = queries.list_affected(breach)
    wait(breach, lien, until=TODAY)
    with pytest.raises(actions.IncidentRefused, match="delayed"):
        actions.tell_affected(incident=breach, affected=rows, how="own_page", by=lien.actor)
    with pytest.raises(actions.IncidentRefused, match="delayed"):
        post(breach, lien)
    from tests.legal.conftest import NOW

    later = NOW + 2 * DAY
    assert actions.tell_affected(incident=breach, affected=rows, how="own_page", by=lien.actor, now=later) == 1


def test_by_word_of_mouth_thirty_days_and_then_in_writing(breach, lien):  # noqa: F811
    with pytest.raises(actions.IncidentRefused, match="too_long"):
        wait(breach, lien, until=TODAY + 31 * DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        LawDelay.objects.create(
            program_id=breach.program_id, incident=breach, kind="spoken", reason="security", official="x",
            asked_on=TODAY, days=31, noted_at=breach.entered_at, submit_key=uuid4(),
        )  # fmt: skip
    wait(breach, lien, until=TODAY + 30 * DAY)
    wait(breach, lien, "written", until=TODAY + 90 * DAY)
    (people, _yearly) = _clocks(breach)
    assert people.held and people.due_on == TODAY + 91 * DAY
    for change, code in (({"official": " "}, "no_words"), ({"until": TODAY - DAY}, "order"),
                         ({"asked_on": TODAY + DAY, "until": TODAY + 2 * DAY}, "order"),
                         ({"asked_on": breach.discovered_on - DAY}, "order")):  # fmt: skip
        with pytest.raises(actions.IncidentRefused, match=code):
            wait(breach, lien, **change)


def test_what_was_asked_stays_as_it_was_and_is_written_once(breach, lien):  # noqa: F811
    key = uuid4()
    assert wait(breach, lien, submit_key=key) == wait(breach, lien, submit_key=key)
    assert LawDelay.objects.count() == 1
    assert Entry.objects.filter(act="incident.delayed", reason="spoken").count() == 1
    for change in ({"days": 1}, {"asked_on": TODAY - DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LawDelay.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        LawDelay.objects.all()._raw_delete("default")


def _clocks(incident):  # noqa: F811
    from alongside.rules.breach import list_clocks

    return list_clocks(queries.get_state(incident))


@pytest.fixture
def many(breach, carmen, lien, program):  # noqa: F811
    """Ten people whom no letter reaches, and Rosa."""
    for number in range(10):
        person = create_person(program=program, by=carmen.actor, goes_by=f"Person{number}")
        actions.add_affected(incident=breach, person=person, words="On the card", by=lien.actor)
    rows = [row for row in queries.list_affected(breach) if row.person.goes_by.startswith("Person")]
    actions.tell_affected(incident=breach, affected=rows, how="substitute", by=lien.actor)
    return breach


def test_ten_whom_no_letter_reaches_need_a_notice_that_has_its_days(many, lien, rosa):
    assert "substitute" in [one.code for one in _clocks(many)]
    actions.tell_affected(incident=many, affected=queries.list_untold(many), how="mail", by=lien.actor)
    actions.note_authority_told(incident=many, who="hhs", on=TODAY, by=lien.actor)
    with pytest.raises(actions.IncidentRefused, match="not_done"):
        actions.close_incident(incident=many, by=lien.actor)
    many.refresh_from_db()
    posting = post(many, lien)
    assert posting.until == TODAY + 90 * DAY and not _clocks(many)
    with pytest.raises(actions.IncidentRefused, match="not_done"):
        actions.close_incident(incident=many, by=lien.actor, now=posting.posted_at + 89 * DAY)
    assert actions.close_incident(incident=many, by=lien.actor, now=posting.posted_at + 92 * DAY).status == "closed"


def test_it_names_nobody_and_is_whole(breach, lien, rosa, incident):  # noqa: F811
    named = {code: parts | {"what_we_do": f"We called {rosa.person.goes_by}."} for code, parts in LETTER.items()}
    with pytest.raises(actions.NamesSomebody) as refused:
        post(breach, lien, words=named)
    assert refused.value.name == rosa.person.goes_by
    for change, code in (({"toll_free": "916-555-0100"}, "toll_free"), ({"words": {}}, "no_words"),
                         ({"place": "media"}, "no_words"),
                         ({"place": "media", "medium": "The Bee", "posted_on": TODAY + DAY}, "order")):  # fmt: skip
        with pytest.raises(actions.IncidentRefused, match=code):
            post(breach, lien, **change)
    assert not Posting.objects.exists()
    key = uuid4()
    assert post(breach, lien, submit_key=key) == post(breach, lien, submit_key=key)
    with pytest.raises(actions.IncidentRefused, match="twice"):
        post(breach, lien)
    for change in ({"days": 1}, {"posted_on": TODAY - DAY}, {"ended_at": breach.entered_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Posting.objects.update(**change)


def test_before_it_is_a_breach_nothing_is_posted(incident, lien):  # noqa: F811
    with pytest.raises(actions.IncidentRefused, match="undecided"):
        post(incident, lien)


def front(client, language="en") -> str:
    return unescape(client.get(reverse("public_home"), headers={"accept-language": language}).content.decode())


def test_everybody_reads_it_for_its_days_in_both_languages(breach, lien, client, monkeypatch):  # noqa: F811
    assert "888-555-0100" not in front(client)
    posting = post(breach, lien)
    page = front(client)
    assert page.count("888-555-0100") == 2 and "A phone was lost (en)" in page and "A phone was lost (es)" in page
    assert page.index("(en)") < page.index("(es)")
    spanish = front(client, "es")
    assert spanish.index("(es)") < spanish.index("(en)")
    assert "Rosa" not in page
    assert [one.pk for one in queries.list_posted_on_site(posting.until)] == [posting.pk]
    assert queries.list_posted_on_site(posting.until + DAY) == queries.list_posted_on_site(TODAY - DAY) == []


def test_of_the_media_nothing_stands_on_the_site(breach, lien, client):  # noqa: F811
    post(breach, lien, place="media", medium="The Bee", posted_on=TODAY, words={})
    assert "888-555-0100" not in front(client)


def test_one_that_asks_to_wait_takes_it_down_and_its_clock_is_back(many, lien, client):
    post(many, lien)
    wait(many, lien)
    assert "888-555-0100" not in front(client)
    assert Posting.objects.get().ended_at and "substitute" in [one.code for one in _clocks(many)]


def test_another_program_shows_none_of_it(breach, lien, client, other_program):  # noqa: F811
    from django_scopes import scope

    post(breach, lien)
    with scope(program=other_program):
        assert queries.list_posted_on_site(TODAY) == []


def test_on_the_page_from_waiting_to_the_front_page(breach, lien, signed_in, client, dante):  # noqa: F811
    owner, page = signed_in(lien), reverse("incident", args=[breach.pk])
    fields = {"kind": "spoken", "reason": "investigation", "official": "Officer Ruiz", "asked_on": TODAY}
    refused = owner.post(reverse("incident_delay", args=[breach.pk]), fields | {"until": TODAY + 31 * DAY})
    assert refused.status_code == 200 and "Officer Ruiz" in refused.content.decode()
    owner.post(reverse("incident_delay", args=[breach.pk]), fields | {"asked_on": TODAY - DAY, "until": TODAY - DAY})
    assert "Officer Ruiz" in owner.get(page).content.decode()
    words = {f"{code}_{part}": text for code, parts in LETTER.items() for part, text in parts.items()}
    fields = words | {"place": "home_page", "toll_free": "888-555-0100", "information": ["name"]}
    for change in ({"en_what_we_do": "We called Rosa."}, {"es_what_we_do": ""}, {"toll_free": "555-0100"}):
        refused = owner.post(reverse("incident_post", args=[breach.pk]), fields | change)
        assert refused.status_code == 200 and not Posting.objects.exists()
        assert "A phone was lost (es)" in refused.content.decode(), "nothing typed is lost"
    owner.post(reverse("incident_post", args=[breach.pk]), fields)
    posting = Posting.objects.get()
    assert "888-555-0100" in front(client)
    assert signed_in(dante).get(reverse("posting_end", args=[posting.pk])).status_code == 404
    owner = signed_in(lien)
    owner.post(reverse("posting_end", args=[posting.pk]), {"words": "A wrong number"})
    assert "888-555-0100" not in front(client) and "A wrong number" in owner.get(page).content.decode()
