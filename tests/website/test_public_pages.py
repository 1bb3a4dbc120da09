"""What everybody reads: one site in two languages, its navigation, its words, and what visitors say beneath them."""

import re
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from tests.website.conftest import TEXTS

from alongside import web
from alongside.audit.models import Entry
from alongside.people.models import Program
from alongside.rules.marked_text import find_bad_addresses, find_own_addresses, plain
from alongside.rules.neutral import reveals
from alongside.rules.reading import ease, grade
from alongside.rules.site_pages import LANGUAGES, LONGEST, find_missing
from alongside.rules.wording import find_words
from alongside.stories.actions import decide_comment
from alongside.stories.models import Comment
from alongside.website import actions
from alongside.website.catalog import BUILT_IN, OWN_ICON, come_with
from alongside.website.models import SitePage, SiteVersion

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return unescape(response.content.decode())


def menu_of(text: str) -> list[tuple[str, str]]:
    """(address, name) of the row of pages."""
    row = text.partition('class="site-menu-row"')[2].partition("</ul>")[0]
    return re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', row)


def in_spanish() -> Client:
    client = Client()
    client.cookies.load({"django_language": "es"})
    return client


# --- the texts that come with the product -------------------------------------------------------------------------
@pytest.mark.parametrize("slug", BUILT_IN)
def test_the_texts_it_comes_with_are_whole_kind_and_plain(slug):
    texts = come_with(slug)
    assert set(texts) == set(LANGUAGES)
    for language, text in texts.items():
        assert find_missing(text, is_own=actions.needs_words(slug)) == ()
        assert all(len(words) <= LONGEST[part] for part, words in text.items())
        said = "\n".join([text["title"], text.get("lead", ""), plain(text.get("words", ""))])
        assert find_words(said, language=language) == []
        assert find_bad_addresses(text.get("words", "")) == []
        for path in find_own_addresses(text.get("words", "")):
            try:
                resolve(path)
            except Resolver404:
                pytest.fail(f"{slug} leads to {path}")
    english, spanish = (find_own_addresses(texts[one].get("words", "")) for one in LANGUAGES)
    assert english == spanish, "they lead to the same pages"


def test_each_page_has_an_icon_that_there_is():
    """A name that is not among our icons is an empty place beside the word."""
    sprite = (Path(web.__file__).parent / "static/web/icons.svg").read_text(encoding="utf-8")
    assert {one.icon for one in BUILT_IN.values()} | {OWN_ICON} <= set(re.findall(r'id="([a-z0-9-]+)"', sprite))


def test_what_peers_do_is_read_by_somebody_of_twelve():
    texts = come_with("what-peers-do")
    assert grade(plain(texts["en"]["words"])) < 6.5
    assert ease(plain(texts["es"]["words"])) > 65


# --- one navigation -----------------------------------------------------------------------------------------------
def test_a_new_program_has_a_whole_site_on_its_first_day(program):
    """Every page of the navigation answers, in both languages, with the same navigation and the page named in it."""
    assert not SitePage.objects.exists()
    seen = {}
    for language, client in (("en", Client()), ("es", in_spanish())):
        menu = menu_of(text_of(client.get("/")))
        assert len(menu) == len(BUILT_IN) - 2, "all but the front page, and the page for those who refer somebody"
        assert 'href="/refer/"' in text_of(client.get("/")), "which stands on the front page"
        for url, name in menu:
            answer = client.get(url)
            shown = text_of(answer)
            assert answer.status_code == 200 and menu_of(shown) == menu
            assert re.findall(r'<a href="([^"]+)" aria-current="page"', shown.partition("<details")[0]) == [url], name
            assert answer["Content-Language"] == language and shown.count("<h1") == 1
        seen[language] = dict(menu)
    assert seen["en"].keys() == seen["es"].keys() and seen["en"]["/what-peers-do/"] == "What peers do"
    assert seen["es"]["/meetings/"] == "Reuniones"


def test_it_works_without_a_script_and_by_keyboard(program):
    """One button opens it on a phone: a `details`, whose links are the same as those of the row."""
    shown = text_of(Client().get("/"))
    row, _, rest = shown.partition('<details data-menu><summary class="button"')
    small = rest.partition("</details>")[0]
    assert re.findall(r'<a href="([^"]+)"', small) == [*(url for url, _name in menu_of(row)), "/account/sign-in/"]
    assert "onclick" not in shown and 'tabindex="-1"' not in small


def test_the_language_switch_stays_on_the_page(program):
    client = Client()
    client.get("/what-peers-do/")
    answer = client.post(reverse("set_language"), {"language": "es", "next": "/what-peers-do/"})
    assert answer["Location"] == "/what-peers-do/"
    assert "Qué hace un mentor o una mentora" in text_of(client.get("/what-peers-do/"))


def test_who_is_signed_in_keeps_their_own_navigation(program, carmen, rosa, browser):
    shown = text_of(browser(carmen).get("/what-peers-do/"))
    assert "site-menu" not in shown and reverse("board") in shown
    assert reverse("site_page_edit", args=["what-peers-do"]) in shown, "whoever may change it is led there"
    assert "/site/" not in text_of(browser(rosa).get("/what-peers-do/"))
    assert "/site/" not in text_of(Client().get("/what-peers-do/"))


def test_a_program_that_takes_no_asks_shows_no_way_to_ask(program):
    Program.objects.filter(pk=program.pk).update(is_public=False)
    shown = text_of(Client().get("/what-peers-do/"))
    assert 'href="/ask/' not in shown and "/become-a-peer/" not in shown and "What a peer does" in shown


# --- a page of one's own ------------------------------------------------------------------------------------------
def test_an_own_page_in_both_languages(own_page):
    row = own_page()
    url = reverse("own_page", args=[row.slug])
    english, spanish = text_of(Client().get(url)), text_of(in_spanish().get(url))
    assert "<h1>Our house</h1>" in english and "<h2>Inside</h2>" in english and "<li>Tea</li>" in english
    assert "<h1>Nuestra casa</h1>" in spanish and "<strong>té</strong>" in spanish
    assert (url, "The house") in menu_of(text_of(Client().get("/"))), "it joins the navigation"
    assert "A door that is open." in text_of(Client().get("/")), "and the front page"


def test_a_page_that_is_missing_in_one_language_says_so_and_shows_the_other(own_page):
    row = own_page({"en": TEXTS["en"]})
    shown = text_of(in_spanish().get(reverse("own_page", args=[row.slug])))
    assert "Esta página todavía no está en español. Aquí está en inglés." in shown
    assert '<div class="stack" data-gap="small" lang="en"><h1>Our house</h1>' in shown
    assert f'<a href="/pages/{row.slug}/" lang="en">The house</a>' in text_of(in_spanish().get("/"))
    other = own_page({"es": TEXTS["es"]})
    assert "This page is not in English yet." in text_of(Client().get(reverse("own_page", args=[other.slug])))


def test_what_somebody_typed_is_never_html(own_page):
    words = "<script>alert(1)</script> [x](javascript:alert(1)) [y](https://example.org/) <b onclick=x>"
    row = own_page({"en": {"name": "<i>N</i>", "title": '"><img src=x onerror=y>', "lead": "<u>", "words": words}})
    raw = Client().get(reverse("own_page", args=[row.slug])).content.decode()
    assert "<script>alert" not in raw and "<img src=x" not in raw and "<b onclick" not in raw and "<u>" not in raw
    assert "<i>" not in Client().get("/").content.decode()
    assert 'href="javascript' not in raw and '<a href="https://example.org/" rel="noreferrer">y</a>' in raw


def test_titles_and_previews_tell_nothing(own_page):
    row = own_page({"en": TEXTS["en"] | {"name": "Relapse group", "title": "After a relapse"}})
    for url in (reverse("own_page", args=[row.slug]), "/", "/what-peers-do/"):
        head = text_of(Client().get(url)).partition("</head>")[0]
        title = re.search(r"<title>(.*?)</title>", head, re.DOTALL)[1]
        assert not reveals(title) and not reveals(url.replace("-", " "))
        previews = re.findall(r'<meta (?:property|name)="(?:og|twitter):[^"]*" content="([^"]*)"', head)
        assert len(previews) == 4 and [one for one in previews if reveals(one)] == []


@pytest.mark.parametrize("url", ["/", "/what-peers-do/", "/meetings/", "/help/"])
def test_headers_of_public_pages(program, url):
    answer = Client().get(url)
    assert answer["Referrer-Policy"] == "no-referrer" and answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, noarchive" and "'none'" in answer["Content-Security-Policy"]


def test_pages_of_another_program_are_not_there(own_page, marcus, browser):
    row = own_page()
    assert browser(marcus).get(reverse("own_page", args=[row.slug])).status_code == 404
    assert "The house" not in text_of(browser(marcus).get("/"))


def test_an_own_page_at_the_address_of_one_of_the_product_leads_there(program):
    assert Client().get("/pages/meetings/")["Location"] == "/meetings/"
    assert Client().get("/pages/nothing/").status_code == 404


def test_the_front_page_tells_a_story_of_the_program_or_none(program, rosa, carmen):
    assert "<blockquote>" not in text_of(Client().get("/")), "nothing is made up"
    from alongside.stories import actions as stories

    words = stories.Words(voice="recovery", language="en", audience="public", title="The bus stop", alias="Wren",
                          parts={"helped": "Somebody waited with me."})  # fmt: skip
    story = stories.send(story=stories.begin(person=rosa.person, words=words, submit_key=uuid4(), by=rosa.actor),
                         by=rosa.actor)  # fmt: skip
    stories.publish(story=story, edition=story.edition, by=carmen.actor)
    shown = text_of(Client().get("/"))
    assert "Somebody waited with me." in shown and "Wren" in shown
    stories.withdraw(story=story, by=rosa.actor)
    assert "Somebody waited with me." not in text_of(Client().get("/"))


# --- words of visitors --------------------------------------------------------------------------------------------
def test_words_are_off_until_staff_open_them_and_read_before_they_are_shown(program, own_page, carmen, say, browser):
    row, visitor = own_page(), Client()
    url = reverse("own_page", args=[row.slug])
    assert "Say something kind" not in text_of(visitor.get(url)) and say(visitor, row.slug).status_code == 404
    actions.set_comments(program=program, slug=row.slug, are_open=True, by=carmen.actor)
    assert "Say something kind" in text_of(visitor.get(url))
    answer = say(visitor, row.slug)
    assert answer["Location"] == f"{url}?thanks=1#words"
    assert "A person reads it first" in text_of(visitor.get(answer["Location"]))
    assert "Thank you for the tea." not in text_of(visitor.get(url))
    comment = Comment.objects.get()
    assert comment.page == "site" and comment.beneath == row.pk and comment.story_id is None
    waiting = text_of(browser(carmen).get(reverse("story_reviews")))
    assert "Thank you for the tea." in waiting and "beneath “The house”" in waiting
    browser(carmen).post(reverse("comment_decide", args=[comment.pk]), {"action": "show"})
    assert "Thank you for the tea." in text_of(visitor.get(url))
    actions.set_comments(program=program, slug=row.slug, are_open=False, by=carmen.actor)
    assert "Thank you for the tea." not in text_of(visitor.get(url)), "closed, what was said is not shown either"


@pytest.mark.parametrize(("values", "status"), [
    ({"website": "x"}, 302), ({"words": "see www.example.org"}, 200), ({"seconds": 1}, 200),
    ({"seconds": 90_000}, 200), ({"words": ""}, 200),
])  # fmt: skip
def test_what_machines_send_reaches_nobody(program, own_page, carmen, say, values, status):
    row = own_page()
    actions.set_comments(program=program, slug=row.slug, are_open=True, by=carmen.actor)
    answer = say(Client(), row.slug, **values)
    assert answer.status_code == status and not Comment.objects.exists()
    if status == 200 and values.get("words"):
        assert values["words"] in text_of(answer), "what was typed is still there"


def test_the_same_form_twice_is_one_and_limits_hold(program, own_page, carmen, say, monkeypatch):
    row, key = own_page(), str(uuid4())
    actions.set_comments(program=program, slug=row.slug, are_open=True, by=carmen.actor)
    for _again in range(2):
        assert say(Client(), row.slug, submit_key=key).status_code == 302
    assert Comment.objects.count() == 1
    monkeypatch.setattr("alongside.rules.stories.MOST_WAITING", 1)
    assert say(Client(), row.slug, words="Something else.").status_code == 429
    monkeypatch.setattr("alongside.people.form_limits.PER_HOUR", 0)
    assert say(Client(), row.slug, words="And this.").status_code == 429


def test_two_visitors_with_the_same_few_words_are_both_read(program, own_page, carmen, say):
    """Whoever is thanked is read: nobody's words are dropped because another said them first."""
    row, other = own_page(), own_page(TEXTS | {"en": TEXTS["en"] | {"name": "Other"}})
    long = "I sat in that room for a year and never said a word, until somebody asked me how my dog was."
    for one in (row, other):
        actions.set_comments(program=program, slug=one.slug, are_open=True, by=carmen.actor)
    for _visitor in range(5):
        assert say(Client(), row.slug, words="Thank you!").status_code == 302
    assert Comment.objects.count() == 5
    answer = say(Client(), row.slug, words="Thank you!")
    assert "The very same words came here today already." in text_of(answer) and "Thank you!" in text_of(answer)
    assert say(Client(), other.slug, words="Thank you!").status_code == 302, "another page has its own"
    for _again in range(2):
        assert say(Client(), row.slug, words=long).status_code == 302, "long words again are here already"
    assert "The very same words" in text_of(say(Client(), other.slug, words=long))
    assert "One word or letter" in text_of(say(Client(), row.slug, words="graciasssssssssssss"))
    assert Comment.objects.count() == 7


def test_nothing_of_who_wrote_is_kept(program, own_page, carmen, say):
    row = own_page()
    actions.set_comments(program=program, slug=row.slug, are_open=True, by=carmen.actor)
    say(Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Canary 5"), row.slug)
    entry = Entry.objects.filter(act="comment.received").get()
    assert entry.actor_id is None and entry.subject_id is None
    assert "203.0.113.9" not in repr([vars(one) for one in (*Comment.objects.all(), *Entry.objects.all())])


@pytest.mark.parametrize("slug", ["ask", "become-a-peer", "help", "stories"])
def test_no_words_where_somebody_asks_or_needs_help(program, carmen, slug):
    assert not actions.set_comments(program=program, slug=slug, are_open=True, by=carmen.actor)
    assert Client().get(reverse("page_words", args=[slug])).status_code == 404


def test_words_beneath_a_page_that_does_something(program, carmen, say):
    actions.set_comments(program=program, slug="meetings", are_open=True, by=carmen.actor)
    assert say(Client(), "meetings")["Location"] == "/meetings/?thanks=1#words"
    decide_comment(comment=Comment.objects.get(), to="shown", by=carmen.actor)
    shown = text_of(Client().get("/meetings/"))
    assert "Thank you for the tea." in shown and 'action="/pages/meetings/words/"' in shown


def test_a_page_that_is_removed_takes_its_words_with_it(program, own_page, carmen, say):
    row, kept = own_page(), own_page(TEXTS | {"en": TEXTS["en"] | {"name": "Kept"}})
    for one in (row, kept):
        actions.set_comments(program=program, slug=one.slug, are_open=True, by=carmen.actor)
        say(Client(), one.slug, words=f"For {one.slug}.")
    with pytest.raises(actions.NotNow):
        actions.remove_page(page=row, by=carmen.actor)
    actions.take_off(page=row, by=carmen.actor)
    assert Client().get(reverse("own_page", args=[row.slug])).status_code == 404
    actions.remove_page(page=row, by=carmen.actor)
    assert [one.beneath for one in Comment.objects.all()] == [kept.pk]
    assert {one.page_id for one in SiteVersion.objects.all()} == {kept.pk}
