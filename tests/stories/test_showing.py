"""What people write stands on every page as words, and as nothing else."""

from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.rules.stories import PARTS, tidy
from alongside.stories.models import Story
from alongside.stories.showing import show

pytestmark = pytest.mark.once

ALLOWED = {"article", "section", "h2", "p", "br"}


class Reader(HTMLParser):
    """What a browser makes of it: elements with their attributes, and the words."""

    def __init__(self):
        super().__init__()
        self.tags, self.words, self.paragraph = [], [], False

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name for name, _value in attrs}))
        self.paragraph = self.paragraph or tag == "p"

    def handle_endtag(self, tag):
        if tag == "section":
            self.paragraph = False

    def handle_data(self, data):
        if self.paragraph:
            self.words.append(data)

    def unknown_decl(self, data):
        self.tags.append(("unknown", set()))

    handle_comment = handle_pi = handle_decl = unknown_decl


def made(parts: dict) -> Story:
    """A story without a recording, in no database."""
    story = Story(voice="recovery", language="en", parts=parts)
    Story.recording.related.set_cached_value(story, None)
    return story


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
@example("<script>alert(1)</script>")
@example('"><img src=x onerror=alert(1)>')
@example("</section><svg onload=alert(1)>")
@example("{{ 7*7 }}{% load ui %}<!-- <?php ]]>")
@example("javascript:alert(1) http://x.example\r\n\r\n\x00\u202e&lt;b&gt;")
def test_whatever_is_written_is_shown_as_words_and_runs_nowhere(text):
    words = tidy(text)
    story = made({PARTS[0]: words} if words else {})
    reader = Reader()
    reader.feed(render_to_string("stories/_story.html", {"story": show(story), "level": "2"}))
    reader.close()
    assert {tag for tag, _names in reader.tags} <= ALLOWED
    assert {name for _tag, names in reader.tags for name in names} <= {"class", "lang"}
    assert "".join("".join(reader.words).split()) == "".join(words.split())


def test_paragraphs_are_those_of_the_writer():
    story = made({"tell": "One\nline\n\nTwo"})
    page = render_to_string("stories/_story.html", {"story": show(story), "level": "2"})
    assert "<p>One<br>line</p>" in page and "<p>Two</p>" in page
