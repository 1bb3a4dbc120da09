"""The pages: from the door to the paper, a report, an incident with its letters, in both languages."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from tests.legal.conftest import COURT, NOW, RECIPIENT
from tests.story import PASSWORD, day_there

from alongside.legal import actions
from alongside.legal.models import Affected, Demand, Incident, LegalHold, MandatedReport, Paper, Release
from alongside.rules.breach import FACTORS
from alongside.rules.legal_demand import QUESTIONS
from alongside.rules.mandated_report import KINDS

pytestmark = pytest.mark.django_db

YESTERDAY = {"on_day": str(day_there() - timedelta(days=1)), "at_time": "10:00"}


def read(client, name, *ids, **query) -> str:
    answer = client.get(reverse(name, args=ids), query)
    assert answer.status_code == 200, name
    return unescape(answer.content.decode())


def send(client, name, *ids, **fields) -> str:
    answer = client.post(reverse(name, args=ids), fields)
    assert answer.status_code == 302, unescape(answer.content.decode())[:3000]
    return answer.url


def test_from_the_door_to_the_paper_by_two(signed_in, dante, dolores, carmen, rosa):
    client = signed_in(dante)
    assert "neither confirm nor deny" in read(client, "legal")
    send(client, "demand_new", kind="subpoena", sender="Hale and Park", asks="All records", names="R.", **YESTERDAY)
    demand = Demand.objects.get()
    letter = read(client, "demand_letter", demand.pk)
    assert "42 CFR 2.13(c)(2)" in letter and "Hale" not in letter and "R." not in letter
    send(client, "demand_letter", demand.pk)
    assert client.get(reverse("demand", args=[demand.pk])).status_code == 404, "the director handles it"

    client = signed_in(dolores)
    page = client.post(reverse("demand_find", args=[demand.pk]), {"words": "Her birth date", "name": "Rosa"})
    assert str(rosa.person.pk) in page.content.decode()
    send(client, "demand_name", demand.pk, rosa.person.pk, words="Her birth date")
    send(client, "demand_counsel", demand.pk, counsel="M. Okafor", **YESTERDAY)
    paper = {"court": "Superior Court", "number": "C-17", "issued_on": "2026-03-01", "kept_where": "Safe"}
    send(client, "paper_new", demand.pk, "mandate", kind="subpoena", **paper)
    answers = {f"q_{code}": "yes" for code in QUESTIONS["noncriminal"]}
    order = paper | answers | {"recipient": RECIPIENT, "items": ["being_here"], "confidential": "none",
                               "forbids_telling": "no"}  # fmt: skip
    assert (
        client.post(reverse("paper_new", args=[demand.pk, "noncriminal"]), order | {"q_notice": ""}).status_code == 200
    )
    send(client, "paper_new", demand.pk, "noncriminal", **order)
    papers = {one.what: str(one.pk) for one in Paper.objects.all()}
    assert "2.64(d)(1)" in read(client, "demand", demand.pk)
    send(client, "release_ask", demand.pk, items=["being_here"], **papers)
    release = Release.objects.get()
    assert client.post(reverse("release_answer", args=[release.pk]), {"action": "agree"}).status_code == 404

    # D5: who they are is asked again, the second and the one who takes the paper.
    again = reverse("account_reauthenticate")
    assert send(signed_in(carmen), "release_answer", release.pk, action="agree").startswith(again)
    just_signed_in(client, carmen)
    send(client, "release_answer", release.pk, action="agree")
    client = signed_in(dolores)
    assert send(client, "release_paper", release.pk).startswith(again)
    assert Release.objects.get().status == "ready"
    just_signed_in(client, dolores)
    paper = unescape(client.post(reverse("release_paper", args=[release.pk])).content.decode())
    assert "42 CFR 2.64(e)" in paper and RECIPIENT in paper and "With us from" in paper
    assert "That they are with this program" in paper and "That I am" not in paper, "the court reads of her"
    assert Release.objects.get().status == "released"
    assert "An order of a court" in read(signed_in(_english(rosa)), "me_sent")


def just_signed_in(client, persona) -> None:
    """Signed in a moment ago with the password, past the second step."""
    client.logout()
    client.post("/account/sign-in/", {"login": persona.user.username, "password": PASSWORD})
    session = client.session
    session["second_factor"] = True
    session.save()


def _english(persona):
    persona.user.language = "en"
    persona.user.save()
    return persona


def test_a_peer_is_led_to_the_supervisor_first_and_reports_exactly_the_fields(mentorship, signed_in, dante, lien, rosa):
    client, person = signed_in(dante), rosa.person.pk
    page = read(client, "report_new", person)
    assert reverse("worry_new", args=[person]) in page and "Tell it here first" in page
    form = read(client, "report_new", person, kind="crime")
    for field in KINDS["crime"].fields:
        assert f'name="told_{field}"' in form
    assert 'name="told_notes"' not in form
    told = {"told_circumstances": "Broke a window", "told_name": "R. C.", "agency": "Police", "kind": "crime",
            "told_first": "supervisor", "held_back": "no"} | YESTERDAY  # fmt: skip
    assert client.post(reverse("report_new", args=[person]), told | {"told_notes": "All"}).status_code == 200
    send(client, "report_new", person, **told)
    report = MandatedReport.objects.get()
    assert "Broke a window" in read(signed_in(lien), "report", report.pk)
    quiet = {"told_who_is_harmed": "Her mother", "told_what_was_seen": "Our participant told us", "kind": "elder_abuse"}
    answer = signed_in(dante).post(
        reverse("report_new", args=[person]),
        {name: value for name, value in told.items() if not name.startswith("told_c") and name != "told_name"} | quiet,
    )  # fmt: skip
    assert "would tell that the person is with us" in answer.content.decode()
    assert MandatedReport.objects.count() == 1


def test_an_incident_from_the_first_word_to_the_last_letter(signed_in, program, dolores, lien, dante, rosa, mentorship):
    client, today = signed_in(dolores), day_there()
    client.get(reverse("legal"))
    client = signed_in(dante)
    client.get(reverse("record", args=[rosa.person.pk]))  # he opens her record: the log knows
    client = signed_in(lien)
    send(client, "incident_new", what_happened="A phone was lost", discovered_on=str(today), owner=str(lien.person.pk))
    one = Incident.objects.get().pk
    page = read(client, "incident", one)
    assert "45 CFR 164.404(b)" in page and "60 days left" in page
    span = {"from_day": str(today - timedelta(days=1)), "from_time": "00:00",
            "until_day": str(today + timedelta(days=1)), "until_time": "23:00"}  # fmt: skip
    send(client, "incident_search", one, account=str(dante.user.pk), acts=["opened"], **span)
    row = Affected.objects.get()
    assert row.person == rosa.person and row.source == "log"
    factors = {f"factor_{code}": "In words" for code in FACTORS}
    send(client, "incident_assess", one, decision="breach", words="It was open", **factors)
    parts = {f"{code}_{part}": f"{part} in {code}" for code in ("en", "es")
             for part in ("what_happened", "protect_yourself", "what_we_do")}  # fmt: skip
    send(client, "incident_words", one, information=["name", "notes"], contact="800-555-0100", **parts)
    letter = read(client, "affected_letter", row.pk)
    assert letter.index("what_happened in es") < letter.index("what_happened in en"), "Rosa reads Spanish first"
    send(client, "incident_tell", one, how="own_page", people=[str(row.pk)])
    send(client, "incident_authority", one, who="hhs", on=str(today))
    send(client, "incident_close", one)
    assert Incident.objects.get().status == "closed"
    page = read(signed_in(rosa), "me_letters")
    assert "what_happened in es" in page and "what_happened in en" not in page and "800-555-0100" in page
    assert reverse("me_letters") in read(signed_in(rosa), "me_privacy")


def test_an_overdue_clock_is_loud(signed_in, program, dolores, lien):
    found = day_there() - timedelta(days=61)
    actions.open_incident(
        program=program, what_happened="A bag was lost", happened_on=None, discovered_on=found, owner=lien.person,
        submit_key="5a0f6f3e-8a36-4b54-9d0b-1f4f6f7b1c11", by=dolores.actor,
    )  # fmt: skip
    for who in (dolores, lien):
        page = read(signed_in(who), "legal")
        assert 'data-tone="urgent"' in page and "overdue by 1 day" in page


def test_a_hold_is_begun_and_ended_by_the_director(signed_in, dolores, rosa, carmen):
    client = signed_in(dolores)
    send(client, "hold_new", rosa.person.pk, words="Counsel advised it")
    hold = LegalHold.objects.get()
    assert "Counsel advised it" in read(client, "hold", hold.pk)
    send(client, "hold", hold.pk, words="Settled")
    assert "Settled" in read(client, "hold", hold.pk)
    assert signed_in(carmen).get(reverse("hold", args=[hold.pk])).status_code == 404


def test_strangers_and_the_person_themself_find_nothing(asked, signed_in, marcus, rosa, ada, dante, program):
    release = asked()
    paths = [reverse("demand", args=[release.demand_id]), reverse("release", args=[release.pk]),
             reverse("demand_letter", args=[release.demand_id])]  # fmt: skip
    for who in (marcus, rosa, ada, dante):
        for path in paths:
            assert signed_in(who).get(path).status_code == 404


def test_everything_is_said_in_spanish_too(asked, signed_in, dolores):
    release = asked(forbids_telling=True)
    dolores.user.language = "es"
    dolores.user.save()
    client = signed_in(dolores)
    assert "Cuando la ley pregunta" in read(client, "legal")
    assert "Una citación" in read(client, "demand", release.demand_id)
    assert "no podemos confirmar ni negar" in read(client, "demand_letter", release.demand_id).lower()
    assert NOW and COURT["court"] in read(client, "release", release.pk)
