"""Rosa draws who and what is in her life, with Dante or alone; the history says how it was."""

from datetime import timedelta
from html import unescape
from pathlib import Path
from re import findall, search
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.connections import actions, queries, wording
from alongside.connections.models import Tie, TieTurn
from alongside.recovery.actions import NotYours
from alongside.rules import connections as rules

pytestmark = pytest.mark.django_db


def add(rosa, name="Ana", *, by=None, days_ago=0, **more):
    values = {
        "person": rosa.person, "kind": "person", "name": name, "ring": "close", "support": "yes", "submit_key": uuid4(),
        "by": by or rosa.actor, "now": timezone.now() - timedelta(days=days_ago),
    }  # fmt: skip
    return actions.add_tie(**values | more)


def test_what_changes_is_in_the_history_and_nothing_is_lost(rosa):
    tie = add(rosa, days_ago=60, ring="far", support="unsure")
    ago = timezone.now() - timedelta(days=40)
    actions.change_tie(tie=tie, name="Anita", ring="close", support="yes", by=rosa.actor, now=ago)
    assert actions.end_tie(tie=tie, by=rosa.actor, now=ago + timedelta(days=10))
    assert not actions.end_tie(tie=tie, by=rosa.actor)
    assert queries.list_ties(rosa.person.pk) == []
    turns = queries.list_turns(rosa.person.pk)
    assert [turn.ring for turn in turns] == ["far", "close", ""]
    assert rules.ties_at(turns, ago + timedelta(days=1))[0].support == "yes"
    assert actions.bring_back(tie=tie, by=rosa.actor) and not actions.bring_back(tie=tie, by=rosa.actor)
    assert [one.name for one in queries.list_ties(rosa.person.pk)] == ["Anita"]
    assert [row.what for row in TieTurn.objects.order_by("at")] == ["added", "changed", "ended", "back"]


def test_another_name_alone_is_no_turn(rosa):
    tie = add(rosa)
    actions.change_tie(tie=tie, name="Anita", ring="close", support="yes", by=rosa.actor)
    assert TieTurn.objects.count() == 1 and Tie.objects.get().name == "Anita"


def test_the_same_submit_twice_is_one(rosa):
    key = uuid4()
    assert add(rosa, submit_key=key) == add(rosa, submit_key=key)
    assert TieTurn.objects.count() == 1


def test_as_many_as_fit(rosa, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 2)
    first = add(rosa)
    add(rosa, "Luis")
    with pytest.raises(actions.TooMany):
        add(rosa, "Eva")
    actions.end_tie(tie=first, by=rosa.actor)
    add(rosa, "Eva")
    with pytest.raises(actions.TooMany):
        actions.bring_back(tie=first, by=rosa.actor)


def test_nobody_else_draws_in_it(rosa, program):
    tie = add(rosa)
    for name, role in (("pat", "peer"), ("sam", "participant")):
        other = make_persona(program, name, role).actor
        for act in (
            lambda by=other: add(rosa, by=by),
            lambda by=other: actions.end_tie(tie=tie, by=by),
            lambda by=other: actions.bring_back(tie=tie, by=by),
            lambda by=other: actions.change_tie(tie=tie, name="x", ring="far", support="no", by=by),
        ):
            with pytest.raises(NotYours):
                act()


def test_the_log_names_nobody_who_is_on_the_map(rosa):
    add(rosa, "sienna canary")
    assert "sienna" not in str([entry.__dict__ for entry in Entry.objects.filter(object_kind="tie")])


def test_the_database_keeps_the_history_as_it_was_written(rosa):
    add(rosa)
    with pytest.raises(DatabaseError), transaction.atomic():
        TieTurn.objects.update(ring="far")
    tie = Tie.objects.get()
    row = {"program": rosa.program, "tie": tie, "at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        TieTurn.objects.create(**row, what="ended", ring="close", support="yes")
    with pytest.raises(IntegrityError), transaction.atomic():
        TieTurn.objects.create(**row, what="added", ring="", support="")


def test_she_draws_reads_and_takes_off(client, english):
    client.force_login(english.user)
    assert "Begin with one" in client.get(reverse("me_circle")).content.decode()
    sent = client.post(
        reverse("me_circle_new"), {"name": "<b>Ana</b>", "kind": "person", "ring": "close", "support": "yes"}
    )
    assert sent.status_code == 302
    shown = client.get(reverse("me_circle")).content.decode()
    assert "1. &lt;b&gt;Ana&lt;/b&gt;" in shown and "A person · good for recovery" in shown
    assert "It rests on few" in shown
    page = reverse("me_circle_one", args=[Tie.objects.get().pk])
    client.post(page, {"action": "save", "name": "Ana", "ring": "far", "support": "sometimes"})
    assert "one step nearer" in client.get(reverse("me_circle")).content.decode()
    client.post(page, {"action": "end"})
    assert "No longer on the map" in client.get(reverse("me_circle")).content.decode()
    client.post(page, {"action": "back"})
    assert "sometimes good for recovery" in client.get(reverse("me_circle")).content.decode()


def test_a_form_without_a_name_keeps_the_rest(client, english):
    client.force_login(english.user)
    shown = client.post(reverse("me_circle_new"), {"kind": "group", "ring": "far", "support": "no"}).content.decode()
    assert "Write a few words first." in shown and 'value="group" ' in shown and Tie.objects.count() == 0


def test_how_it_was_reaches_back_as_far_as_the_history(client, english):
    add(english, days_ago=100)
    add(english, "Jueves", kind="group", days_ago=20)
    client.force_login(english.user)
    shown = client.get(reverse("me_circle")).content.decode()
    rows = shown.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    figures = [[cell.split("<")[0] for cell in row.split('<td class="number">')[1:]] for row in rows]
    assert figures == [["1", "1", "0", "2"], ["1", "0", "0", "1"], ["1", "0", "0", "1"]]


def test_dante_draws_with_her(mentorship, rosa, dante, signed_in):
    client = signed_in(dante)
    assert client.get(reverse("circle_of", args=[rosa.person.pk])).status_code == 200
    values = {"name": "Grupo", "kind": "group", "ring": "around", "support": "unsure"}
    assert client.post(reverse("circle_new_of", args=[rosa.person.pk]), values).status_code == 302
    assert TieTurn.objects.get().by_person == dante.person.pk


def shown_circle(client, english):
    """The page of a circle that holds each kind with each support, in every ring."""
    for number, (kind, support) in enumerate((kind, one) for kind in rules.KINDS for one in rules.SUPPORTS):
        add(english, f"Nr {number}", kind=kind, support=support, ring=rules.RINGS[number % 3])
    client.force_login(english.user)
    return client.get(reverse("me_circle")).content.decode()


def test_the_numbers_in_the_picture_are_those_of_the_list(client, english):
    shown = shown_circle(client, english)
    in_the_picture = findall(r"<text [^>]*>(\d+)</text>", shown)
    in_the_list = findall(r'<p class="row-name">(\d+)\. Nr', shown)
    assert in_the_picture == in_the_list == [str(number + 1) for number in range(12)]


def test_each_number_is_drawn_as_the_list_says_of_it(client, english):
    shown = shown_circle(client, english)
    marks = findall(r'data-support="(\w+)"[^>]*>(?:<[^t][^>]*>)+<text [^>]*>(\d+)<', shown)
    drawn = {number: mark for mark, number in marks}
    said = dict(findall(r'<p class="row-name">(\d+)\. Nr \d+</p><p class="row-meta">[^·]+ · ([^<]+)<', shown))
    assert len(said) == 12 and said == {number: str(wording.GOOD[mark]) for number, mark in drawn.items()}


def test_every_support_has_a_mark_of_its_own_without_a_colour_and_a_word_in_the_key(client, english):
    """Full, full at the foot, empty, dashed: as the sheet and the drawing make them when every colour is one."""
    assert set(wording.MARKS) == set(rules.SUPPORTS) and len(set(map(str, wording.MARKS.values()))) == 4
    shown = shown_circle(client, english)
    sheet = Path(finders.find("connections/connections.css")).read_text()
    looks = {}
    for support in rules.SUPPORTS:
        for mark in findall(rf'<g class="circle-tie" data-support="{support}".*?</g>', shown):
            own = findall(rf'data-support="{support}"\] > :first-child {{ ([^}}]*)}}', sheet)
            looks.setdefault(support, set()).add((
                any("fill:" in rule for rule in own), any("dasharray" in rule for rule in own), "circle-foot" in mark
            ))  # fmt: skip
    assert [looks[one] for one in rules.SUPPORTS] == [
        {(True, False, False)}, {(False, False, True)}, {(False, False, False)}, {(False, True, False)},
    ]  # fmt: skip
    for language in ("en", "es"):
        english.user.language = language
        english.user.save(update_fields=["language"])
        page = unescape(client.get(reverse("me_circle")).content.decode())
        with override(language):
            for support, words in wording.MARKS.items():
                key = rf'<li><svg [^>]*><g class="circle-tie" data-support="{support}"((?!</svg>).)*</svg> {words}</li>'
                assert search("(?s)" + key, page), (language, support)
