"""The same UUID in two lists is one place: shown once, sent on once, and each list keeps its own row."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.resources.lists import as_list, service

from alongside.resources import actions
from alongside.resources.asking import seal
from alongside.resources.models import Feed, ListFile, Resource
from alongside.rules.resources import read

pytestmark = pytest.mark.django_db

FOOD, BED = service(1, "Moss food pantry"), service(2, "Night shelter")


@pytest.fixture
def bring(program, carmen):
    """`bring("County", FOOD)`: a whole list of this name comes in."""

    def bring(name, *services, **more):
        return actions.import_list(
            program=program, feed_name=name, content=as_list(*services), file_name="a.json", by=carmen.actor, **more
        )[1]

    return bring


def shown() -> list[tuple[str, str]]:
    """(list, name of the place) of all that everybody sees."""
    rows = Resource.objects.filter(is_shown=True).select_related("feed").order_by("sort_name")
    return [(row.feed.name if row.feed else "", row.name) for row in rows]


def of(name: str) -> Resource:
    return Resource.objects.get(feed__name=name, identity=FOOD["id"])


def test_it_is_one_place_with_both_sources_in_search_on_its_page_and_in_the_file(bring, program, carmen):
    bring("2-1-1", FOOD, BED)
    plan = bring("County", {**FOOD, "last_modified": "2026-11-02T10:00:00Z", "description": "Newer words"})
    assert (plan.shared, len(plan.new)) == (1, 1)
    assert shown() == [("County", FOOD["name"]), ("2-1-1", BED["name"])], "what was changed last is shown"
    visitor = Client(headers={"accept-language": "en"})
    page = visitor.get(f"/places/?s={seal({'words': 'pantry'})}").content.decode()
    assert page.count("Moss food pantry</a>") == 1
    page = visitor.get(f"/places/{of('County').pk}/").content.decode()
    assert "Source: County." in page and "Also in: 2-1-1." in page
    kept = visitor.get(f"/places/{of('2-1-1').pk}/")
    assert (kept.status_code, kept.url) == (302, f"/places/{of('County').pk}/"), "who kept the other address gets there"
    for form, name in (("json", "a.json"), ("tables", "a.zip")):
        back = read(actions.export(program=program, form=form, by=carmen.actor), name, source="y")
        assert sorted(one.identity for one in back.services) == sorted([FOOD["id"], BED["id"]])
        assert not back.refused, "two under one id could not be read again"


def test_both_lists_twice_write_nothing_and_say_the_same(bring):
    for _round in range(2):
        bring("2-1-1", FOOD)
        bring("County", {**FOOD, "description": "Other words"})
    before = list(Resource.objects.order_by("pk").values())
    assert (
        bring("2-1-1", FOOD).counts["same"] == 1 and bring("County", {**FOOD, "description": "Other words"}).same == 1
    )
    assert list(Resource.objects.order_by("pk").values()) == before
    assert shown() == [("2-1-1", FOOD["name"])], "of two that are equally fresh, the one that was here first"


def test_when_one_list_drops_it_the_other_takes_its_place_and_back(bring):
    bring("2-1-1", FOOD, BED)
    bring("County", FOOD)
    bring("2-1-1", BED)
    assert shown() == [("County", FOOD["name"]), ("2-1-1", BED["name"])]
    assert not of("2-1-1").is_copy and not of("2-1-1").is_listed
    bring("2-1-1", FOOD, BED)
    assert shown()[0] == ("2-1-1", FOOD["name"])
    assert (of("County").is_listed, of("County").is_copy, of("County").is_shown) == (True, True, False)


def test_what_is_out_of_service_in_one_list_and_not_in_the_other_is_shown_as_the_other_has_it(bring):
    bring("2-1-1", FOOD)
    bring("County", {**FOOD, "status": "inactive", "last_modified": "2026-11-20T10:00:00Z"})
    assert shown() == [("2-1-1", FOOD["name"])]
    bring("2-1-1", {**FOOD, "status": "defunct"})
    assert shown() == []
    bring("County", FOOD)
    assert shown() == [("County", FOOD["name"])]


def test_what_was_mended_here_is_shown_whatever_other_lists_say(bring, program, carmen):
    bring("2-1-1", FOOD)
    bring("County", FOOD)
    actions.write_by_hand(program=program, values={"phone": "213-555-0199"}, by=carmen.actor, resource=of("County"))
    assert shown() == [("County", FOOD["name"])] and of("County").first_number == "213-555-0199"
    bring("2-1-1", {**FOOD, "last_modified": "2026-11-20T10:00:00Z"})
    assert shown() == [("County", FOOD["name"])]
    bring("County", {**FOOD, "description": "Later"})
    actions.take_newer(resource=of("County"), by=carmen.actor)
    assert shown() == [("2-1-1", FOOD["name"])], "no longer mended: the fresher one again"
    actions.mark_checked(resource=of("County"), by=carmen.actor)
    assert shown() == [("County", FOOD["name"])], "somebody looked after it today"


def test_the_preview_says_how_many_another_list_has_too(bring, program, carmen):
    bring("2-1-1", FOOD)
    sent = actions.send_list(
        program=program, feed_name="County", content=as_list(FOOD, BED), file_name="a.json", by=carmen.actor
    )
    assert sent.counts["shared"] == 1 and sent.counts["new"] == 2
    actions.write_list(file=ListFile.objects.get(pk=sent.pk), is_whole=True, by=carmen.actor)
    assert len(shown()) == 2


def test_two_programs_have_nothing_to_do_with_each_other(bring, program, other_program, carmen):
    from django_scopes import scope

    bring("2-1-1", FOOD)
    with scope(program=other_program):
        actions.import_list(
            program=other_program, feed_name="2-1-1", content=as_list(FOOD), file_name="a.json", by=carmen.actor
        )
        assert shown() == [("2-1-1", FOOD["name"])]
    assert shown() == [("2-1-1", FOOD["name"])]


def test_what_we_sent_out_and_get_back_in_a_list_is_the_place_that_was_written_here(bring, program, carmen):
    mine = actions.write_by_hand(
        program=program, values={"name": "Our house", "phone": "213-555-0188"}, by=carmen.actor
    )
    page = json.loads(actions.export(program=program, form="json", by=carmen.actor))
    bring("County", *page["contents"])
    assert shown() == [("", "Our house")]
    actions.set_aside(resource=mine, by=carmen.actor)
    assert shown() == [("County", "Our house")]
    actions.set_aside(resource=mine, by=carmen.actor, back=True)
    assert shown() == [("", "Our house")]


def test_the_database_refuses_two_that_are_shown_under_one_id(bring):
    bring("2-1-1", FOOD)
    bring("County", FOOD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=of("County").pk).update(is_shown=True, is_copy=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=of("2-1-1").pk).update(is_copy=True)
    assert Feed.objects.count() == 2
