"""Editors of Riverbend's site and what they write."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.people import second_factor
from alongside.website import actions

TEXTS = {
    "en": {"name": "The house", "title": "Our house", "lead": "A door that is open.",
           "words": "# Inside\n\n- Tea\n- Chairs"},
    "es": {"name": "La casa", "title": "Nuestra casa", "words": "Hay **té**."},
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_counts():
    """The limits of other tests are not ours."""
    cache.clear()


@pytest.fixture
def browser():
    """`browser(carmen)` is one of her own, signed in past the second factor."""

    def open_(persona):
        client = Client()
        client.force_login(persona.user)
        session = client.session
        second_factor.mark_passed(session)
        session.save()
        return client

    return open_


@pytest.fixture
def own_page(program, carmen):
    """A page of Riverbend's own, published."""

    def make(texts=TEXTS):
        row = actions.add_page(program=program, texts=texts, submit_key=uuid4(), by=carmen.actor)
        actions.publish(page=row, edition=row.edition, by=carmen.actor)
        row.refresh_from_db()
        return row

    return make


@pytest.fixture
def say():
    """`say(client, slug)` is what a visitor sends beneath a page who took a minute over it."""
    from alongside.web import forms

    def send(client, slug, words="Thank you for the tea.", seconds=60.0, **values):
        opened = forms.signing.dumps(timezone.now().timestamp() - seconds, salt=forms.OPENED)
        sent = {"words": words, "alias": "", "website": "", "opened": opened, "submit_key": str(uuid4())} | values
        return client.post(reverse("page_words", args=[slug]), sent)

    return send
