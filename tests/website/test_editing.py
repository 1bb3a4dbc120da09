"""What staff do with the site: write, look, publish, go back, put in order; and that nobody undoes another unseen."""

from html import unescape
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from tests.website.conftest import TEXTS

from alongside.audit.models import Entry
from alongside.rules.lifecycles import SITE_PAGE
from alongside.website import actions, queries
from alongside.website.catalog import BUILT_IN, come_with
from alongside.website.models import SitePage, SiteVersion

pytestmark = pytest.mark.django_db

ROUTES = ("site_page_edit", "site_page_look", "site_page_earlier")


def text_of(response) -> str:
    return unescape(response.content.decode())


def shown(slug="what-peers-do") -> str:
    url = BUILT_IN[slug].url_name if slug in BUILT_IN else ""
    return text_of(Client().get(reverse(url) if url else reverse("own_page", args=[slug])))


def edit(client, slug, *, page=None, **values):
    """What an editor sends who opened the form (`page`, or now) and changed these boxes."""
    url = reverse("site_page_edit", args=[slug])
    form = (page or client.get(url)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return client.post(url, {name: "" if value is None else value for name, value in sent.items()} | values)


def settle(client, slug, action="publish", edition=None):
    if edition is None:
        edition = SitePage.objects.get(slug=slug).edition
    return client.post(reverse("site_page_look", args=[slug]), {"action": action, "edition": edition})


def test_a_page_is_written_looked_at_and_published(program, carmen, browser):
    client, slug = browser(carmen), "what-peers-do"
    answer = edit(client, slug, title_en="Who walks with you", words_es="# Una cosa\n\nY otra.")
    assert answer["Location"] == reverse("site_page_look", args=[slug])
    look = text_of(client.get(answer["Location"]))
    assert "Who walks with you" in look and "Una cosa" in look and "Carmen" in look
    assert "Who walks with you" not in shown(), "a draft is nobody's to read"
    assert settle(client, slug)["Location"] == reverse("site_pages")
    assert "Who walks with you" in shown() and "A peer is a trained neighbor" in shown()
    said = Entry.objects.filter(object_kind="site_page", actor_id=carmen.user.pk).order_by("id")
    assert [(one.act, one.fields) for one in said] == [
        ("site.draft_saved", ["title_en", "words_es"]), ("site.published", []),
    ]  # fmt: skip
    assert "Who walks" not in repr(list(Entry.objects.values()))


def test_a_new_page_is_made_once_and_is_a_draft(program, dolores, browser):
    client, key = browser(dolores), str(uuid4())
    sent = {"name_en": "Visit us", "title_en": "Visit us", "words_en": "Come **in**.", "submit_key": key}
    for _again in range(2):
        assert client.post(reverse("site_page_new"), sent)["Location"] == reverse("site_page_look", args=["visit-us"])
    assert SitePage.objects.count() == 1 and Client().get("/pages/visit-us/").status_code == 404
    assert "Visit us" not in text_of(Client().get("/"))
    settle(client, "visit-us")
    assert "<strong>in</strong>" in shown("visit-us")


def test_words_and_links_are_looked_at_and_nothing_is_forced(program, carmen, browser):
    client = browser(carmen)
    edit(client, "what-peers-do", words_en="For every addict and patient. [Gone](/pages/nowhere/) [Ask](/ask/)",
         words_es="Para la persona adicta.")  # fmt: skip
    look = text_of(client.get(reverse("site_page_look", args=["what-peers-do"])))
    assert "<strong>addict</strong>: perhaps “" in look and "<strong>patient</strong>" in look
    assert "There is no page at /pages/nowhere/." in look and "no page at /ask/" not in look
    assert settle(client, "what-peers-do").status_code == 302 and "every addict" in shown()


def test_a_link_that_leads_nowhere_good_is_refused_in_words_and_nothing_is_lost(program, carmen, browser):
    answer = edit(browser(carmen), "what-peers-do", words_en="My words [x](javascript:alert(1))")
    said = text_of(answer)
    assert answer.status_code == 200 and "A link cannot lead here: javascript:alert(1)." in said and "My words" in said
    assert not SitePage.objects.exists()


def test_what_is_not_whole_is_kept_and_not_published(program, carmen, browser):
    client = browser(carmen)
    client.post(reverse("site_page_new"), {"name_en": "Half", "submit_key": str(uuid4())})
    look = text_of(client.get(reverse("site_page_look", args=["half"])))
    assert "It cannot be published yet" in look and 'value="publish"' not in look
    settle(client, "half")
    assert SitePage.objects.get().status == "draft" and not SiteVersion.objects.exists()
    assert "Give it a name" in text_of(client.post(reverse("site_page_new"), {"title_en": "No name"}))


def test_two_editors_do_not_undo_each_other_unseen(program, carmen, dolores, browser):
    slug, first, second = "what-peers-do", browser(carmen), browser(dolores)
    opened = second.get(reverse("site_page_edit", args=[slug]))
    edit(first, slug, title_en="By Carmen")
    answer = edit(second, slug, page=opened, title_en="By Dolores", lead_en="Hers")
    said = text_of(answer)
    assert answer.status_code == 200 and "Somebody changed this meanwhile" in said and "By Dolores" in said
    assert "By Carmen" in said and SitePage.objects.get().draft["en"]["title"] == "By Carmen"
    assert edit(second, slug, page=answer).status_code == 302, "saving again counts"
    draft = SitePage.objects.get().draft["en"]
    assert (draft["title"], draft["lead"]) == ("By Dolores", "Hers")


def test_two_editors_at_different_parts_keep_both(program, carmen, dolores, browser):
    slug, first, second = "what-peers-do", browser(carmen), browser(dolores)
    opened = second.get(reverse("site_page_edit", args=[slug]))
    edit(first, slug, title_en="By Carmen")
    answer = edit(second, slug, page=opened, title_es="De Dolores")
    assert answer.status_code == 200, "her page still had the older title, so she is told first"
    edit(second, slug, page=answer)
    draft = SitePage.objects.get().draft
    assert (draft["en"]["title"], draft["es"]["title"]) == ("By Carmen", "De Dolores")


def test_nobody_publishes_what_they_did_not_see(program, carmen, dolores, browser):
    first, second = browser(carmen), browser(dolores)
    edit(first, "what-peers-do", title_en="One")
    seen = SitePage.objects.get().edition
    edit(second, "what-peers-do", title_en="Two")
    answer = settle(first, "what-peers-do", edition=seen)
    assert answer["Location"] == reverse("site_page_look", args=["what-peers-do"])
    assert not SiteVersion.objects.exists()


def test_an_earlier_text_is_read_and_published_again(program, carmen, browser):
    client, slug = browser(carmen), "what-peers-do"
    for title in ("First text", "Second text"):
        edit(client, slug, title_en=title)
        settle(client, slug)
    edit(client, slug, title_en="A draft of now")
    listed = text_of(client.get(reverse("site_page_earlier", args=[slug])))
    assert listed.index("Second text") < listed.index("First text") < listed.index("What a peer does")
    first = SiteVersion.objects.get(number=1)
    url = reverse("site_page_version", args=[slug, first.pk])
    assert "First text" in text_of(client.get(url)) and "Second text" in shown()
    client.post(url, {"action": "again"})
    assert "First text" in shown()
    assert [one.number for one in queries.list_versions(first.page)] == [3, 2, 1], "added, never taken out"
    assert SitePage.objects.get().draft["en"]["title"] == "A draft of now", "a draft is left alone"
    client.post(reverse("site_page_earlier", args=[slug]), {"action": "as_it_came"})
    assert come_with(slug)["en"]["title"] in shown()


def test_a_draft_is_thrown_away_and_what_is_published_stays(program, carmen, browser):
    client, slug = browser(carmen), "what-peers-do"
    edit(client, slug, title_en="Never mind")
    settle(client, slug, "leave")
    assert not SitePage.objects.get().draft and "What a peer does" in shown()
    assert client.get(reverse("site_page_look", args=[slug]))["Location"] == reverse("site_page_edit", args=[slug])


def test_order_and_navigation_change_without_a_developer(program, carmen, own_page, browser):
    row, client = own_page(), browser(carmen)

    def menu() -> list[str]:
        part = text_of(Client().get("/")).partition('class="site-menu-row"')[2].partition("</ul>")[0]
        return [one.partition("<")[0] for one in part.split('">')[1:]]

    def press(slug, action):
        return client.post(reverse("site_page_move", args=[slug]), {"action": action})

    names = menu()
    assert names[0] == "What peers do" and names[-1] == "The house"
    for _step in range(3):
        assert press(row.slug, "up")["Location"].endswith("#the-house")
    assert menu().index("The house") == len(names) - 4
    press("what-peers-do", "down")
    assert menu()[:2] == ["Ask for someone", "What peers do"]
    press("figures", "out")
    assert "What comes of it" not in menu()
    assert Client().get("/figures/").status_code == 200, "out of the navigation is not off the site"
    press("figures", "in")
    assert "What comes of it" in menu()
    press("home", "up")
    assert press("home", "in").status_code == 302 and menu()[0] == "Ask for someone"
    assert press(row.slug, "dance").status_code == 404
    assert Entry.objects.filter(act="site.arranged").count() == 6


def test_taking_off_and_putting_back(program, carmen, own_page, browser):
    row, client = own_page(), browser(carmen)
    move = reverse("site_page_move", args=[row.slug])
    client.post(move, {"action": "remove"})
    assert SitePage.objects.exists(), "what is on the site is not removed"
    client.post(move, {"action": "off"})
    assert Client().get(f"/pages/{row.slug}/").status_code == 404 and "The house" not in text_of(Client().get("/"))
    client.post(move, {"action": "back"})
    assert Client().get(f"/pages/{row.slug}/").status_code == 200
    with pytest.raises(actions.NotNow):
        edit(client, "ask", title_en="Other")
        actions.take_off(page=SitePage.objects.get(slug="ask"), by=carmen.actor)


def test_only_coordinator_and_director(program, carmen, dolores, lien, ada, dante, rosa, own_page, browser):
    slug = own_page().slug
    for persona, status in ((carmen, 200), (dolores, 200), (lien, 404), (ada, 404), (dante, 404), (rosa, 404)):
        client = browser(persona)
        assert client.get(reverse("site_pages")).status_code == status
        assert client.get(reverse("site_page_edit", args=[slug])).status_code == status
        moved = client.post(reverse("site_page_move", args=[slug]), {"action": "out"})
        assert moved.status_code == (302 if status == 200 else 404)


def test_another_program_has_its_own_site(program, other_program, carmen, marcus, own_page, browser):
    row = own_page()
    theirs = browser(marcus)
    assert all(theirs.get(reverse(name, args=[row.slug])).status_code == 404 for name in ROUTES)
    edit(theirs, "what-peers-do", title_en="Of Harbor")
    edit(browser(carmen), "what-peers-do", title_en="Of Riverbend")
    from django_scopes import scopes_disabled

    with scopes_disabled():
        rows = SitePage.objects.filter(slug="what-peers-do")
        assert {one.draft["en"]["title"]: one.program_id for one in rows} == {
            "Of Harbor": other_program.pk, "Of Riverbend": program.pk,
        }  # fmt: skip
    mine = SiteVersion.objects.get()
    assert theirs.get(reverse("site_page_version", args=["what-peers-do", mine.pk])).status_code == 404


def test_what_was_published_is_never_changed(program, own_page):
    row = own_page()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE website_siteversion SET number = 9")
    with pytest.raises(DatabaseError), transaction.atomic():
        SitePage.objects.filter(pk=row.pk).update(status="draft")


def test_the_state_table_and_the_database_agree():
    assert SITE_PAGE.ends() == {"removed"} and SITE_PAGE.first == "draft"
    assert not SITE_PAGE.may_move("published", "removed", by="staff"), "what is on the site is taken off first"


def test_lists_cost_the_same_however_many_pages(program, carmen, own_page, browser, django_assert_max_num_queries):
    for number in range(5):
        own_page({"en": TEXTS["en"] | {"name": f"Page {number}"}})
    client = browser(carmen)
    client.get(reverse("account_settings"))
    for url, most in ((reverse("site_pages"), 6), ("/pages/page-0/", 7), ("/", 9)):
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200


# --- what is said after a press is so -------------------------------------------------------------------------------
def test_publishing_a_page_that_is_off_the_site_says_so(program, carmen, own_page, browser):
    row, client = own_page(), browser(carmen)
    client.post(reverse("site_page_move", args=[row.slug]), {"action": "off"})
    edit(client, row.slug, title_en="Another title")
    settle(client, row.slug)
    said = text_of(client.get(reverse("site_pages")))
    assert "Everybody reads it" not in said and "It is kept, but the page is off the site." in said
    first = SiteVersion.objects.get(number=1)
    client.post(reverse("site_page_version", args=[row.slug, first.pk]), {"action": "again"})
    assert "off the site." in text_of(client.get(reverse("site_page_earlier", args=[row.slug])))
    assert Client().get(f"/pages/{row.slug}/").status_code == 404


def test_a_press_of_publish_that_came_twice_is_one_and_blames_nobody(program, carmen, browser):
    client, slug = browser(carmen), "what-peers-do"
    edit(client, slug, title_en="Once")
    edition = SitePage.objects.get().edition
    for _again in range(2):
        assert settle(client, slug, edition=edition)["Location"] == reverse("site_pages")
    assert "Somebody changed this draft" not in text_of(client.get(reverse("site_pages")))
    assert SiteVersion.objects.count() == 1 and "Once" in shown()
    edit(client, slug, title_en="Never mind")
    edition = SitePage.objects.get().edition
    for _again in range(2):
        assert settle(client, slug, "leave", edition=edition)["Location"] == reverse("site_pages")
    assert "Somebody changed this draft" not in text_of(client.get(reverse("site_pages")))


def test_what_is_read_now_is_not_published_again(program, carmen, browser):
    client, slug = browser(carmen), "what-peers-do"
    for title in ("First text", "Second text"):
        edit(client, slug, title_en=title)
        settle(client, slug)
    first = SiteVersion.objects.get(number=1)
    for _again in range(2):
        client.post(reverse("site_page_version", args=[slug, first.pk]), {"action": "again"})
    assert [one.number for one in queries.list_versions(first.page)] == [3, 2, 1]
    for _again in range(2):
        client.post(reverse("site_page_earlier", args=[slug]), {"action": "as_it_came"})
    assert [one.number for one in queries.list_versions(first.page)] == [4, 3, 2, 1]


def test_saving_without_a_change_says_so(program, carmen, browser):
    client = browser(carmen)
    answer = edit(client, "what-peers-do")
    assert answer["Location"] == reverse("site_pages") and not SitePage.objects.filter(draft_at__isnull=False).exists()
    assert "Nothing was changed." in text_of(client.get(answer["Location"]))


def test_a_page_that_is_removed_meanwhile_is_no_fault_of_ours(program, carmen, own_page):
    row = own_page()
    actions.take_off(page=row, by=carmen.actor)
    actions.remove_page(page=row, by=carmen.actor)
    for press in (
        lambda: actions.publish(page=row, edition=row.edition, by=carmen.actor),
        lambda: actions.remove_page(page=row, by=carmen.actor),
        lambda: actions.save_draft(program=program, slug=row.slug, texts=TEXTS, by=carmen.actor),
    ):
        with pytest.raises(actions.NotNow):
            press()
