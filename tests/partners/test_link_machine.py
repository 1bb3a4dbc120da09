"""Links, mails, stops and openings in any order and at any hour: nothing is sent or opened without a live consent (C2).

Beside the database stands a model that knows until when each consent lives. `TEST_STEPS=1000000` is the deep run;
`TEST_STEPS=10000` the one that rule C2 asks for.
"""

import os
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.privacy.consents import signed
from tests.story import make_persona, make_program

from alongside.partners import actions
from alongside.partners.models import LinkMail, PartnerLink
from alongside.people.queries import hash_token
from alongside.privacy import actions as privacy
from alongside.privacy.models import Consent, Disclosure

STEPS = int(os.environ.get("TEST_STEPS", "1000"))
STEPS_EACH = 50


class Pages(RuleBasedStateMachine):
    """Two people, a few consents and pages; the clock only goes forward."""

    picks = st.integers(0, 7)

    @initialize()
    def begin(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.program = make_program("Riverbend", "riverbend")
        self.scope = scope(program=self.program)
        self.scope.__enter__()
        self.staff = make_persona(self.program, "carmen", "coordinator").actor
        self.people = [make_persona(self.program, name, "participant") for name in ("rosa", "olu")]
        self.now: datetime = timezone.now()
        self.ends: dict = {}
        """Of each consent that is live: when it ends."""
        self.links: list = []
        """[link id, code]; `tokens` has the newest token of each that was sent."""
        self.tokens: dict = {}
        self.opened: dict = {}

    def teardown(self):
        if hasattr(self, "block"):
            self.scope.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def is_live(self, consent_id) -> bool:
        return consent_id in self.ends and self.ends[consent_id] > self.now

    def link(self, pick: int) -> tuple[PartnerLink, str]:
        link_id, code = self.links[pick % len(self.links)]
        return PartnerLink.objects.get(pk=link_id), code

    def consent(self, pick: int) -> Consent:
        every = list(Consent.objects.order_by("drafted_at", "pk"))
        return every[pick % len(every)]

    @rule(pick=picks, days=st.integers(1, 30))
    @precondition(lambda self: hasattr(self, "ends") and Consent.objects.count() < 6)
    def sign(self, pick, days):
        somebody = self.people[pick % 2]
        ends = max(self.now, timezone.now()) + timedelta(days=days)
        consent = signed(somebody.person, somebody.actor, expires_at=ends)
        self.ends[consent.pk] = ends

    @rule(pick=picks)
    @precondition(lambda self: getattr(self, "ends", None) and len(self.links) < 8)
    def give(self, pick):
        consent = self.consent(pick)
        live = self.is_live(consent.pk)
        try:
            link, code = actions.make_link(
                consent=consent, address="a@example.org", submit_key=uuid4(), by=self.staff, now=self.now
            )
        except privacy.NotDisclosed:
            assert not live
        else:
            assert live, "a page was made without a live consent"
            self.links.append((link.pk, code))

    @rule(fails=st.booleans())
    @precondition(lambda self: hasattr(self, "ends"))
    def worker_sends(self, fails):
        waiting = {mail.link_id: mail.link for mail in LinkMail.objects.filter(status__in=["queued", "sending"])
                   .select_related("link")}  # fmt: skip
        urls = []

        def carry(_address, _template, _language, url):
            urls.append(url)
            if fails:
                raise OSError

        actions.send_due(self.now, deliver=carry)
        hashes = dict(PartnerLink.objects.filter(pk__in=waiting).values_list("token_hash", "pk"))
        for url in urls:
            token = url.rstrip("/").rsplit("/", 1)[1]
            link_id = hashes.get(hash_token(token))
            assert link_id is None or self.is_live(waiting[link_id].consent_id), "it was sent without a live consent"
            if link_id:
                self.tokens[link_id] = token

    @rule(pick=picks, right=st.booleans(), old=st.booleans())
    @precondition(lambda self: getattr(self, "tokens", None))
    def partner_opens(self, pick, right, old):
        link, code = self.link(pick)
        token = self.tokens.get(link.pk, "none")
        opened = actions.open_link(token=token, code=code if right else "wrong", now=self.now)
        if opened is None:
            fine = (
                right and link.pk in self.tokens and self.is_live(link.consent_id) and link.status in ("sent", "opened")
                and link.times_opened < 10 and self.now < link.code_expires_at
            )  # fmt: skip
            assert not fine, "what is live and known opens"
        else:
            assert right and self.is_live(link.consent_id), "it opened without a live consent"
            assert self.now < link.expires_at and link.status in ("sent", "opened")
            self.opened[link.pk] = self.opened.get(link.pk, 0) + 1

    @rule(pick=picks, accepts=st.booleans())
    @precondition(lambda self: getattr(self, "tokens", None))
    def partner_answers(self, pick, accepts):
        link, _code = self.link(pick)
        answered = actions.answer_link(
            token=self.tokens.get(link.pk, "none"), link_id=link.pk, accepts=accepts, reason="no_room", now=self.now
        )
        could = link.status == "opened" and self.is_live(link.consent_id) and self.now < link.expires_at
        assert (answered is not None) == could

    @rule(pick=picks, by_staff=st.booleans())
    @precondition(lambda self: getattr(self, "ends", None))
    def stop_sharing(self, pick, by_staff):
        consent = self.consent(pick)
        own = next(one for one in self.people if one.person.pk == consent.person_id).actor
        privacy.stop_sharing(consent=consent, by=self.staff if by_staff else own, how="spoken", now=self.now)
        self.ends.pop(consent.pk, None)
        links = PartnerLink.objects.filter(consent=consent)
        assert not links.filter(status__in=["waiting", "sent", "opened"]).exists(), "open after the stop"
        assert not LinkMail.objects.filter(link__in=links, status__in=["queued", "sending"]).exists()

    @rule(pick=picks)
    @precondition(lambda self: getattr(self, "links", None))
    def close_one(self, pick):
        link, _code = self.link(pick)
        actions.stop_link(link=link, by=self.staff, now=self.now)

    @rule(pick=picks)
    @precondition(lambda self: getattr(self, "links", None))
    def new_code(self, pick):
        link, _old = self.link(pick)
        if code := actions.new_code(link=link, by=self.staff, now=self.now):
            self.links[pick % len(self.links)] = (link.pk, code)

    @rule(hours=st.integers(1, 100))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    @precondition(lambda self: hasattr(self, "ends"))
    def worker_closes(self):
        privacy.expire_due(self.now)
        actions.lapse_due(self.now)

    @rule(pick=picks)
    @precondition(lambda self: getattr(self, "links", None))
    def open_past_the_action(self, pick):
        """As a mistake in some code would: straight into the table."""
        link, _code = self.link(pick)
        could = self.is_live(link.consent_id) and link.status in ("sent", "opened") and self.now < link.expires_at
        try:
            with transaction.atomic():
                PartnerLink.objects.filter(pk=link.pk).update(
                    times_opened=F("times_opened") + 1, latest_opened_at=self.now
                )
        except IntegrityError:
            assert not could
        else:
            assert could, "the database let it through"
            self.opened[link.pk] = self.opened.get(link.pk, 0) + 1

    @invariant()
    def what_was_opened_is_what_the_model_says(self):
        if hasattr(self, "opened"):
            for link in PartnerLink.objects.all():
                assert link.times_opened == self.opened.get(link.pk, 0)

    @invariant()
    def each_page_is_in_the_accounting_and_what_ended_holds_nothing(self):
        if hasattr(self, "links"):
            assert Disclosure.objects.filter(way="partner_link").count() == len(self.links)
            ended = PartnerLink.objects.exclude(status__in=["waiting", "sent", "opened", "locked"])
            assert all(link.content is None for link in ended)


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(36000)
def test_no_page_is_sent_or_opened_without_a_live_consent_in_any_order():
    run_state_machine_as_test(
        Pages,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_EACH),
            stateful_step_count=STEPS_EACH,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
