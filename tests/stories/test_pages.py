"""The pages of stories: for their writer, for a reader, for everybody, and gone at once when they are withdrawn."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.groups.conftest import make_served
from tests.rules.sound import files
from tests.stories.conftest import PARTS, words_of

from alongside.audit.models import Entry
from alongside.rules.neutral import reveals
from alongside.stories import actions, queries, wording
from alongside.stories.models import Comment, Recording, Story
from alongside.web.forms import OPENED

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
FIRST = {"voice": "recovery", "language": "en", "audience": "public"}


def text_of(response) -> str:
    return unescape(response.content.decode())


def box_of(page: str, name: str) -> str:
    """What stands in the box of this name, as its reader sees it."""
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return found[1].strip() if found else re.search(rf'<input[^>]*name="{name}"[^>]*>', page)[0].partition('value="')[2].partition('"')[0]  # noqa: E501  # fmt: skip


def opened(seconds: float) -> str:
    return signing.dumps(timezone.now().timestamp() - seconds, salt=OPENED)


def say(client, story, words="Thank you for this.", **values):
    sent = {"words": words, "alias": "", "website": "", "opened": opened(60), "submit_key": str(uuid4())} | values
    return client.post(reverse("story", args=[story.share]), sent)


@pytest.fixture(autouse=True)
def no_counts():
    """The limits of other tests are not ours."""
    cache.clear()


@pytest.fixture
def nia(program, carmen):
    """Nia, who is here for somebody she loves."""
    return make_served(program, "nia", carmen.actor, kind="loved_one")


@pytest.mark.parametrize(
    ("who", "voice", "others"), [("english", "recovery", "loved_one"), ("nia", "loved_one", "recovery")]
)
def test_a_writer_goes_the_whole_way(request, carmen, browser, share, rosa, who, voice, others):
    writer = request.getfixturevalue(who)
    page, first = browser(writer), FIRST | {"voice": voice}
    answer = page.post(
        reverse("me_story_new"), first | {"submit_key": str(uuid4()), "title": "", "like": "In Fresno I"}
    )
    story = Story.objects.get()
    assert answer["Location"] == reverse("me_story", args=[story.pk])
    shown = text_of(page.get(answer["Location"], headers=ENGLISH))
    assert "“Fresno”" in shown and "Before somebody can read it" in shown
    words = first | PARTS | {"title": "The bus stop", "alias": "Wren", "edition": story.edition, "keep_out": "bottles"}
    page.post(reverse("me_story_words", args=[story.pk]), words)
    shown = text_of(page.get(answer["Location"], headers=ENGLISH))
    assert "Fresno" not in shown and "“bottles”" in shown and "I counted bottles" in shown
    page.post(reverse("me_story_move", args=[story.pk]), {"action": "send"})
    reader = browser(carmen)
    read = text_of(reader.get(reverse("story_review", args=[story.pk])))
    assert "Wren" in read and writer.person.goes_by not in read
    assert "“bottles”" not in read, "the chosen name, and nobody's own list"
    assert Entry.objects.filter(act="story.read", subject_id=writer.person.pk, actor_id=carmen.user.pk).count() == 1
    edition = Story.objects.get().edition
    reader.post(reverse("story_review", args=[story.pk]), {"action": "publish", "edition": edition})
    address = reverse("story", args=[Story.objects.get().share])
    told = text_of(Client(headers=ENGLISH).get(address))
    assert "I counted bottles" in told and str(wording.VOICES[voice]) in told
    assert writer.person.goes_by not in told
    assert address in text_of(page.get(reverse("me_story", args=[story.pk])))
    share(rosa, title="Of the other voice", voice=others)
    assert [address in text_of(Client().get(f"/stories/?voice={one}")) for one in (voice, others)] == [True, False]
    assert "Of the other voice" not in text_of(Client().get(f"/stories/?voice={voice}"))


def test_withdrawn_in_one_tap_it_answers_as_if_it_had_never_been(rosa, share, browser):
    story = share(rosa)
    actions.withdraw(story=share(rosa, title="Another"), by=rosa.actor)
    visitor, paths = Client(), [reverse(name, args=[story.share]) for name in ("story", "story_sound")]
    assert visitor.get(paths[0]).status_code == 200
    browser(rosa).post(reverse("me_story_move", args=[story.pk]), {"action": "withdraw"})
    for name, path in zip(("story", "story_sound"), paths, strict=True):
        answer, never = visitor.get(path), visitor.get(reverse(name, args=[uuid4()]))
        assert answer.status_code == never.status_code == 404 and answer["Cache-Control"] == "no-store"
        assert len(answer.content) == len(never.content)
        assert visitor.post(path).status_code in (404, 405)
    assert "The bus stop" not in text_of(visitor.get(reverse("stories")))
    assert say(visitor, story).status_code == 404


def test_previews_are_neutral_and_the_writer_is_nowhere(rosa, share):
    story = share(rosa, title="My recovery from alcohol")
    page = text_of(Client().get(reverse("story", args=[story.share])))
    head = page.partition("</head>")[0]
    assert not reveals(re.search(r"<title>(.*?)</title>", head, re.DOTALL)[1])
    previews = re.findall(r'<meta (?:property|name)="(?:og|twitter):[^"]*" content="([^"]*)"', head)
    assert len(previews) == 5 and [one for one in previews if reveals(one)] == []
    assert "alcohol" not in head and "Wren" not in head and "Rosa" not in page
    assert str(story.pk) not in page, "no id by which anything else is found"


def test_the_list_by_language_voice_and_pathway(rosa, dante, share):
    share(rosa, title="In English")
    share(rosa, title="En español", language="es", pathway="secular")
    share(dante, title="Of a peer", voice="peer")
    share(dante, title="For who may choose", audience="matches")
    share(rosa, title="For who is here", audience="program")

    def titles(query="", client=None):
        return set(re.findall(r"<a href=\"/stories/[0-9a-f-]+/\">(.*?)</a>", text_of((client or Client()).get(f"/stories/{query}"))))  # noqa: E501  # fmt: skip

    assert titles() == {"In English", "En español", "Of a peer"}
    assert titles("?language=es") == titles("?pathway=secular") == {"En español"}
    assert titles("?voice=peer") == {"Of a peer"} and titles("?language=es&voice=peer") == set()
    assert titles("?language=%3Cscript%3E") == titles()


def test_whoever_is_signed_in_sees_those_of_the_program(rosa, dante, marcus, share, browser):
    story = share(dante, audience="program")
    path = reverse("story", args=[story.share])
    assert Client().get(path).status_code == browser(marcus).get(path).status_code == 404
    answer = browser(rosa).get(path)
    assert answer.status_code == 200 and "no la pase" in text_of(answer) and "og:title" in text_of(answer)


# --- words of visitors ---------------------------------------------------------------------------------------------
def test_words_of_a_visitor_are_read_before_they_are_shown(rosa, carmen, share, browser):
    story, visitor = share(rosa), Client()
    answer = say(visitor, story, alias="R.")
    assert answer.status_code == 302 and "thanks" in answer["Location"]
    path = reverse("story", args=[story.share])
    assert "Thank you for this." not in text_of(visitor.get(path))
    own = reverse("me_story", args=[story.pk])
    assert "Thank you for this." not in text_of(browser(rosa).get(own))
    comment = Comment.objects.get()
    page = browser(carmen)
    assert "Thank you for this." in text_of(page.get(reverse("story_reviews")))
    page.post(reverse("comment_decide", args=[comment.pk]), {"action": "show"})
    assert "Thank you for this." in text_of(visitor.get(path))
    page.post(reverse("comment_decide", args=[comment.pk]), {"action": "refuse"})
    assert "Thank you for this." not in text_of(visitor.get(path))
    page.post(reverse("comment_decide", args=[comment.pk]), {"action": "show"})
    assert Comment.objects.get().status == "refused", "refused is the end"


def test_many_words_are_shown_in_pages_the_earliest_first(rosa, carmen, share):
    story = share(rosa)
    numbers = ("first", *(f"word {number} of many" for number in range(2, 45)), "last of all")
    for words in numbers:
        comment = actions.receive_comment(
            story=story, alias="", words=words, seconds=60.0, trap="", submit_key=uuid4(), now=timezone.now()
        )
        actions.decide_comment(comment=comment, to="shown", by=carmen.actor)
    path = reverse("story", args=[story.share])
    shown, seen = [], path
    while seen:
        page = text_of(Client(headers={"accept-language": "en"}).get(seen))
        shown.append(re.findall(r"<div><p>(.*?)</p>", page.partition('id="words"')[2]))
        after = re.search(r'href="([^"]*said=\d[^"]*)">Next<', page)
        seen = after and f"{path}{after[1]}"
    assert [one for page in shown for one in page] == list(numbers), "plain links lead to all"
    assert [len(page) for page in shown] == [15, 15, 15]
    for odd in ("0", "x", "9" * 30, "-1"):
        assert Client().get(path, {"said": odd}).status_code == 200
    answer = Client().post(f"{path}?said=2", {"words": "", "opened": opened(60), "submit_key": str(uuid4())})
    assert "word 25 of many" in text_of(answer), "what needs mending is shown on the page where it was written"


def test_nothing_of_who_wrote_is_kept(rosa, share):
    say(Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="canary browser"), share(rosa))
    (comment,) = Comment.objects.all()
    told = " ".join(str(getattr(comment, field.attname)) for field in Comment._meta.concrete_fields)
    assert "203.0.113.77" not in told and "canary" not in told
    entry = Entry.objects.get(act="comment.received")
    assert (entry.actor_id, entry.subject_id) == (None, None)


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ({"website": "x"}, 302, ""),
        ({"opened": "made up"}, 200, "open for a long time"),
        ({"opened": ""}, 200, "open for a long time"),
        ({"words": "see https://x.example"}, 200, "leave out links"),
        ({"words": ""}, 200, "Write a few words"),
        ({"words": "a" * 1001}, 200, ""),
        ({"unknown": "1"}, 200, "did not ask for"),
        ({"words": "win " * 20}, 200, "One word or letter stands here again and again."),
    ],
)
def test_what_machines_send_reaches_nobody(rosa, share, values, status, words):
    answer = say(Client(), share(rosa), **values)
    assert answer.status_code == status and Comment.objects.count() == 0
    assert words in text_of(answer)


def test_words_of_a_page_that_was_open_for_a_day_go_with_the_next_press(english, share):
    answer = text_of(say(Client(), story := share(english), opened=opened(25 * 3600), alias="R."))
    assert (box_of(answer, "words"), box_of(answer, "alias")) == ("Thank you for this.", "R.")
    again = text_of(say(Client(), story, opened=box_of(answer, "opened")))
    assert "open for a long time" not in again, "the page is as new as its answer"


def test_a_page_that_was_open_too_long_keeps_the_words_as_they_are(rosa, share):
    shown = text_of(say(Client(), share(rosa), "Thank you.", alias="Wren", opened="made up"))
    assert re.search(r"<textarea[^>]*>\s*Thank you\.\s*</textarea>", shown) and 'value="Wren"' in shown


def test_who_is_quicker_than_reading_is_asked_to_look_again(rosa, share):
    answer = say(Client(), share(rosa), opened=opened(0))
    assert "very quick" in text_of(answer) and "Thank you for this." in text_of(answer), "the words are still there"
    assert Comment.objects.count() == 0


def test_the_same_words_twice_and_the_same_form_twice_are_one(rosa, carmen, share):
    story, key = share(rosa), str(uuid4())
    long = "I sat in that room for a year and never said a word, until somebody asked me how my dog was."
    for _ in range(2):
        assert say(Client(), story, long, submit_key=key).status_code == 302
    assert say(Client(), story, f"  {long.upper()} ").status_code == 302
    assert Comment.objects.count() == 1
    for _visitor in range(2):
        say(Client(), story, "Thank you.")
    assert Comment.objects.count() == 3, "a few words are said by several people, and each is read"


def test_a_flood_ends(rosa, share, monkeypatch):
    from alongside.people import form_limits as limits
    from alongside.rules import stories as rules

    story = share(rosa)
    monkeypatch.setattr(limits, "PER_HOUR", 2)
    answers = [say(Client(REMOTE_ADDR="203.0.113.5"), story, f"Words {number}") for number in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429] and "later" in text_of(answers[-1])
    monkeypatch.setattr(rules, "MOST_WAITING", 3)
    many = [say(Client(REMOTE_ADDR=f"203.0.113.{number}"), story, f"Word {number}") for number in range(10, 13)]
    assert [one.status_code for one in many] == [302, 429, 429] and Comment.objects.count() == 3


def test_its_owner_closes_them_and_withdrawing_erases_them(rosa, carmen, share, browser):
    story, visitor = share(rosa), Client()
    say(visitor, story)
    actions.decide_comment(comment=Comment.objects.get(), to="shown", by=carmen.actor)
    path = reverse("story", args=[story.share])
    browser(rosa).post(reverse("me_story_move", args=[story.pk]), {"action": "comments_off"})
    assert "Thank you for this." not in text_of(visitor.get(path)) and say(visitor, story, "More").status_code == 404
    browser(rosa).post(reverse("me_story_move", args=[story.pk]), {"action": "comments_on"})
    assert "Thank you for this." in text_of(visitor.get(path))
    actions.withdraw(story=story, by=rosa.actor)
    assert Comment.objects.count() == 0


def test_readers_see_nothing_beneath_a_story_that_went_back_to_its_writer(rosa, carmen, share, browser):
    story, page = share(rosa), browser(carmen)
    say(Client(), story)
    actions.give_back(story=story, reasons=["words"], words="", edition=story.edition, by=carmen.actor)
    story = actions.save(story=story, words=words_of(title="What nobody was shown"), by=rosa.actor)
    assert "What nobody was shown" not in text_of(page.get(reverse("story_reviews"))), "a draft is its writer's alone"
    decide = reverse("comment_decide", args=[Comment.objects.get().pk])
    assert page.post(decide, {"action": "show"}).status_code == 404
    story = actions.send(story=story, by=rosa.actor)
    actions.publish(story=story, edition=story.edition, by=carmen.actor)
    assert "Thank you for this." in text_of(page.get(reverse("story_reviews"))), "they wait for the story to be back"


def test_nobody_decides_about_words_beneath_their_own_story(program, dante, carmen, share, browser):
    from alongside.people.models import Membership

    Membership.objects.create(user=dante.user, program=program, role="council")
    story = share(dante)
    say(Client(), story)
    comment = Comment.objects.get()
    with pytest.raises(actions.NotForYou):
        actions.decide_comment(comment=comment, to="shown", by=dante.actor)
    page = browser(dante)
    assert "Thank you for this." not in text_of(page.get(reverse("story_reviews")))
    assert page.post(reverse("comment_decide", args=[comment.pk]), {"action": "show"}).status_code == 404


def test_every_story_on_the_site_can_be_taken_off(program, rosa, dante, carmen, share, browser):
    shared = [share(writer, title=f"Number {at}") for writer in (rosa, dante) for at in range(18)]
    page = text_of(browser(carmen).get(reverse("story_reviews")))
    assert [one.title for one in shared if reverse("story_review", args=[one.pk]) not in page] == []


# --- recordings ----------------------------------------------------------------------------------------------------
def put(page, story, content, name="x.webm"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sound = SimpleUploadedFile(name, content, content_type="text/html")
    return page.post(reverse("me_story_sound", args=[story.pk]), {"sound": sound})


def test_a_recording_is_given_out_by_the_rule_of_its_story(rosa, dante, carmen, write, browser):
    page, story = browser(rosa), write(rosa, parts={})
    content = files.wav(samples=files.tone(150_000))  # two parts
    assert put(page, story, files.wav(b"id3 \4\0\0\0told", files.tone(150_000))).status_code == 302
    with pytest.raises(actions.NotReady):
        actions.send(story=story, by=rosa.actor)
    page.post(reverse("me_story_words", args=[story.pk]),
              FIRST | {"title": "T", "alias": "A", "spoken": "What I say", "edition": 2})  # fmt: skip
    own = reverse("me_story_file", args=[story.pk])
    answer = page.get(own)
    assert answer.content == content and answer["Content-Type"] == "audio/wav"
    assert answer["Content-Disposition"] == 'attachment; filename="recording.wav"'
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    for other in (dante, carmen):
        assert browser(other).get(own).status_code == 404
    story = actions.send(story=story, by=rosa.actor)
    review = reverse("story_review_file", args=[story.pk])
    assert browser(carmen).get(review).content == content and browser(dante).get(review).status_code == 404
    story = actions.publish(story=story, edition=story.edition, by=carmen.actor)
    sound, visitor = reverse("story_sound", args=[story.share]), Client()
    shown = text_of(visitor.get(reverse("story", args=[story.share])))
    assert "What I say" in shown and sound in shown
    part = visitor.get(sound, headers={"range": "bytes=196600-196620"})
    assert (part.status_code, part.content) == (206, content[196600:196621]), "over the seam of two parts"
    assert part["Content-Range"] == f"bytes 196600-196620/{len(content)}"
    assert visitor.get(sound, headers={"range": "bytes=-5"}).content == content[-5:]
    assert visitor.get(sound, headers={"range": "bytes=9999999-"}).status_code == 416
    head = visitor.head(sound)
    assert (head["Accept-Ranges"], head["Content-Length"], head.content) == ("bytes", str(len(content)), b"")
    actions.withdraw(story=story, by=rosa.actor)
    assert visitor.get(sound).status_code == browser(carmen).get(review).status_code == 404
    assert page.get(own).content == content, "it is still hers to hear"


def test_what_is_no_recording_is_refused_in_words(english, rosa, write, browser):
    page, story = browser(rosa), write(rosa)
    for content, words in ((b"<script>alert(1)</script>", "cannot read this file"), (b"", "nothing in this file"),
                           (files.m4a(b"vide"), "more than sound"), (files.wav()[:20], "not whole")):  # fmt: skip
        answer = put(page, story, content, "story.mp3")
        assert answer.status_code == 200 and words in text_of(answer) and Recording.objects.count() == 0


def test_a_file_that_is_far_too_large_is_not_called_missing(english, write, browser, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000  # what is larger is dropped before anybody looks at it
    shown = text_of(put(browser(english), write(english), files.wav(samples=files.tone(5_000))))
    assert "This recording is too large." in shown and "Choose a file, or record" not in shown


def test_another_recording_takes_the_place_of_the_first_and_can_be_erased(rosa, write, browser):
    page, story = browser(rosa), write(rosa)
    put(page, story, files.wav())
    put(page, story, files.mp3())
    assert Recording.objects.get().kind == "mp3" and Recording.objects.get().parts.count() == 1
    page.post(reverse("me_story_sound", args=[story.pk]), {"action": "away"})
    assert Recording.objects.count() == 0


def test_only_the_page_of_a_recording_may_ask_for_the_microphone(rosa, write, browser):
    page, story = browser(rosa), write(rosa)
    assert "microphone=(self)" in page.get(reverse("me_story_sound", args=[story.pk]))["Permissions-Policy"]
    for name in ("me_story", "me_story_words"):
        assert "microphone=()" in page.get(reverse(name, args=[story.pk]))["Permissions-Policy"]
    assert "media-src 'self'" in page.get(reverse("me_story", args=[story.pk]))["Content-Security-Policy"]
    assert "media-src" not in page.get(reverse("me_stories"))["Content-Security-Policy"]


def test_a_change_in_another_window_is_not_undone_unseen(english, rosa, write, browser):
    page, story = browser(rosa), write(rosa)
    path, words = reverse("me_story_words", args=[story.pk]), FIRST | {"title": "Mine", "edition": story.edition}
    page.post(path, words | {"title": "Other"})
    answer = page.post(path, words)
    assert "another window" in text_of(answer) and Story.objects.get().title == "Other"
    assert box_of(text_of(answer), "title") == "Mine", "the boxes hold what was written"
    edition = re.search(r'name="edition" value="(\d+)"', text_of(answer))[1]
    page.post(path, words | {"edition": edition})
    assert Story.objects.get().title == "Mine"


def test_of_two_windows_the_second_is_refused_under_the_lock(rosa, write):
    story = write(rosa)
    actions.save(story=story, words=words_of(title="Other"), edition=story.edition, by=rosa.actor)
    with pytest.raises(actions.AnotherEdition):
        actions.save(story=story, words=words_of(title="Mine"), edition=story.edition, by=rosa.actor)
    assert Story.objects.get().title == "Other"


def test_what_a_reader_wrote_is_not_lost_when_the_story_changed_meanwhile(rosa, carmen, write, browser):
    story, page = actions.send(story=write(rosa), by=rosa.actor), browser(carmen)
    sent = {"action": "give_back", "words": "Your bus stop touched me.", "edition": story.edition}
    actions.take_up(story=story, by=rosa.actor)
    actions.save(story=story, words=words_of(title="Not what was read"), by=rosa.actor)
    story = actions.send(story=story, by=rosa.actor)
    path = reverse("story_review", args=[story.pk])
    shown = text_of(page.post(path, sent, follow=True))
    assert "changed it meanwhile" in shown and "Not what was read" in shown and "Your bus stop touched me." in shown
    assert Story.objects.get().status == "in_review"
    assert box_of(shown, "words") == "Your bus stop touched me."
    edition = re.findall(r'name="edition" value="(\d+)"', shown)
    assert set(edition) == {str(story.edition)}, "pressed again it goes through"
    page.post(path, sent | {"edition": story.edition})
    assert queries.list_turns(story)[0].words == "Your bus stop touched me."


# --- beside an offer ------------------------------------------------------------------------------------------------
def test_beside_an_offer_the_person_reads_the_story_of_the_peer(english, rosa, dante, carmen, share, browser):
    from alongside.matching.actions import none_of_these, send_offers

    story = share(dante, audience="matches", title="For you who may choose me")
    round_ = send_offers(episode=rosa.episode, peers=[dante.profile], by=carmen.actor)
    offer, page = round_.offers.get(), browser(rosa)
    path = reverse("me_person_story", args=[offer.pk])
    assert path in text_of(page.get(reverse("me_people")))
    assert "For you who may choose me" in text_of(page.get(path))
    assert Client().get(reverse("story", args=[story.share])).status_code == 404, "its address opens to nobody"
    assert page.get(reverse("story", args=[story.share])).status_code == 404
    assert browser(dante).get(path).status_code == 404
    actions.withdraw(story=story, by=dante.actor)
    assert page.get(path).status_code == 404 and path not in text_of(page.get(reverse("me_people")))
    share(dante, audience="program", wants_offers=True, title="Again")
    assert page.get(path).status_code == 200
    none_of_these(round_=round_, by=rosa.actor)
    assert page.get(path).status_code == 404, "no longer somebody they may choose"


def test_a_story_that_its_writer_keeps_apart_stands_beside_no_offer(dante, share):
    share(dante, audience="public")
    assert queries.list_with_offers([dante.person.pk]) == {}
