"""Links, mails, stops and openings in any order and at any hour: nothing is sent or opened without a live consent (C2).

Beside the database stands a model that knows until when each consent lives. Ten thousand steps, as rule C2 asks;
`python3 dev.py deep` is the deep run.
"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from tests.machines import ENOUGH, PARTS, Machine, rows, run, tell
from tests.privacy.consents import signed
from tests.promises.test_audit_of_reads_and_changes import patch_everywhere

from alongside.partners import actions
from alongside.partners.models import LinkMail, PartnerLink
from alongside.people.queries import hash_token
from alongside.privacy import actions as privacy
from alongside.privacy.models import Consent
from alongside.rules import disclosure
from alongside.rules.consent import KINDS

WITH_A_DAY = ("specific", "intermediary", "criminal_justice")


class Pages(Machine):
    """Two people, a few consents and pages."""

    picks = st.integers(0, 7)
    mostly = st.integers(0, 4).map(bool)

    def __init__(self):
        super().__init__()
        self.consents: list = []
        self.ends: dict = {}
        """Of each consent that is live: when it ends, or None."""
        self.links: list = []
        """[link id, code]; `tokens` has the newest token of each that was sent."""
        self.tokens: dict = {}
        self.opened: dict = {}

    def is_live(self, consent_id) -> bool:
        if consent_id not in self.ends:
            return False
        return self.ends[consent_id] is None or self.ends[consent_id] > self.now

    def link(self, pick: int, sent: bool = False) -> tuple[PartnerLink, str]:
        """A link as it is now; mostly one that was `sent`, if that is asked and there is one."""
        links = [one for one in self.links if one[0] in self.tokens] if sent and self.tokens and pick else self.links
        link_id, code = links[pick % len(links)]
        return PartnerLink.objects.get(pk=link_id), code

    def consent(self, pick: int, live: bool = False) -> Consent:
        """A consent as it is now; mostly one that is `live`, if that is asked and there is one."""
        ids = [pk for pk in self.consents if self.is_live(pk)] if live and pick else []
        ids = ids or self.consents
        return Consent.objects.get(pk=ids[pick % len(ids)])

    @rule(pick=picks, kind=st.sampled_from(list(KINDS)), days=st.one_of(st.integers(1, 5), st.integers(1, 30)))
    @precondition(lambda self: len(self.consents) < 6)
    def sign(self, pick, kind, days):
        somebody = self.people[pick % 2]
        begins = max(self.now, timezone.now())
        ends = {"expires_at": begins + timedelta(days=days)} if kind in WITH_A_DAY else {}
        held = {"held_until": begins + timedelta(hours=days)} if kind == "criminal_justice" else {}
        consent = signed(somebody.person, somebody.by, kind, **ends, **held)
        self.consents.append(consent.pk)
        self.ends[consent.pk] = consent.expires_at

    @rule(pick=picks, sends=mostly, reads=st.booleans())
    @precondition(lambda self: self.consents and len(self.links) < 8)
    def give(self, pick, sends, reads):
        self.give_one(self.consent(pick, live=True), sends, reads)

    def give_one(self, consent, sends, reads):
        live = self.is_live(consent.pk)
        try:
            link, code = actions.make_link(
                consent=consent, address="a@example.org", submit_key=uuid4(), by=self.staff, now=self.now
            )
        except privacy.NotDisclosed:
            assert not live
            self.happened("not made")
        else:
            assert live, "a page was made without a live consent"
            self.links.append((link.pk, code))
            if sends:
                self.send()
            if sends and reads:
                self.open_one(link.pk, code)

    @rule(fails=st.integers(0, 3).map(lambda number: not number))
    def worker_sends(self, fails):
        self.send(fails)

    def send(self, fails=False):
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
                self.happened("sent")

    @rule(pick=picks, right=mostly, answers=st.booleans(), accepts=st.booleans())
    @precondition(lambda self: self.links)
    def partner_opens(self, pick, right, answers, accepts):
        link, code = self.link(pick, sent=True)
        self.open_one(link.pk, code, right, answers, accepts)

    def open_one(self, link_id, code, right=True, answers=False, accepts=False):
        link = PartnerLink.objects.select_related("consent").get(pk=link_id)
        token = self.tokens.get(link.pk, "none")
        opened = actions.open_link(token=token, code=code if right else "wrong", now=self.now)
        if opened is None:
            fine = (
                right and link.pk in self.tokens and self.is_live(link.consent_id) and link.status in ("sent", "opened")
                and link.times_opened < 10 and self.now < link.code_expires_at
            )  # fmt: skip
            assert not fine, "what is live and known opens"
            self.happened("did not open")
        else:
            assert right and self.is_live(link.consent_id), "it opened without a live consent"
            assert self.now < link.expires_at and link.status in ("sent", "opened")
            self.opened[link.pk] = self.opened.get(link.pk, 0) + 1
            self.happened("opened")
            self.happened(f"opened: {link.consent.kind}")
            if answers:  # as most do who have just read it
                self.answer(PartnerLink.objects.select_related("consent").get(pk=link.pk), accepts)

    @rule(pick=picks, accepts=st.booleans())
    @precondition(lambda self: self.tokens)
    def partner_answers(self, pick, accepts):
        link, _code = self.link(pick, sent=True)
        self.answer(link, accepts)

    def answer(self, link, accepts):
        answered = actions.answer_link(
            token=self.tokens.get(link.pk, "none"), link_id=link.pk, accepts=accepts, reason="no_room", now=self.now
        )
        could = link.status == "opened" and self.is_live(link.consent_id) and self.now < link.expires_at
        assert (answered is not None) == could
        self.happened("answered" if could else "not answered")

    @rule(pick=picks, kind=st.sampled_from(list(KINDS)))
    @precondition(lambda self: len(self.consents) < 6 and len(self.links) < 8)
    def from_beginning_to_end(self, pick, kind):
        """All of one page at a stretch: each kind is given, opened, held and stopped, and not by chance."""
        self.sign(pick, kind, 3)
        consent = Consent.objects.get(pk=self.consents[-1])
        self.give_one(consent, sends=True, reads=True)
        self.stop_one(consent, by_staff=bool(pick % 3))
        if consent.held_until:
            self.now = max(self.now, consent.held_until)
            self.stop_one(consent, by_staff=bool(pick % 3))

    @rule(pick=picks, by_staff=st.booleans())
    @precondition(lambda self: self.consents)
    def stop_sharing(self, pick, by_staff):
        self.stop_one(self.consent(pick), by_staff)

    def stop_one(self, consent, by_staff):
        own = self.by[consent.person_id]
        try:
            privacy.stop_sharing(consent=consent, by=self.staff if by_staff else own, how="spoken", now=self.now)
        except privacy.CannotStopYet:
            assert consent.held_until > self.now
            self.happened("held")
            return
        if self.ends.pop(consent.pk, self) is not self:
            self.happened(f"stopped: {consent.kind}")
        links = PartnerLink.objects.filter(consent=consent)
        assert not links.filter(status__in=["waiting", "sent", "opened"]).exists(), "open after the stop"
        assert not LinkMail.objects.filter(link__in=links, status__in=["queued", "sending"]).exists()

    @rule(pick=picks)
    @precondition(lambda self: self.links)
    def close_one(self, pick):
        link, _code = self.link(pick)
        actions.stop_link(link=link, by=self.staff, now=self.now)

    @rule(pick=picks)
    @precondition(lambda self: self.links)
    def new_code(self, pick):
        link, _old = self.link(pick)
        if code := actions.new_code(link=link, by=self.staff, now=self.now):
            self.links[pick % len(self.links)] = (link.pk, code)

    @rule(hours=st.one_of(st.integers(1, 12), st.integers(1, 100)))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def worker_closes(self):
        privacy.expire_due(self.now)
        actions.lapse_due(self.now)

    @rule(pick=picks)
    @precondition(lambda self: self.links)
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
    def what_was_opened_is_what_the_model_says_and_what_ended_holds_nothing(self):
        found = rows("SELECT id, times_opened, status, content IS NULL FROM partners_partnerlink")
        for pk, times, status, is_empty in found:
            assert times == self.opened.get(UUID(str(pk)), 0)
            assert is_empty or status in ("waiting", "sent", "opened", "locked")

    @invariant()
    def each_page_is_in_the_accounting(self):
        assert rows("SELECT COUNT(*) FROM privacy_disclosure WHERE way = 'partner_link'") == [(len(self.links),)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(36000)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_sent_or_opened_without_a_live_consent_in_any_order(part, record_property):
    ran = run(Pages, part)
    tell(ran, record_property)
    if ran.steps >= ENOUGH:
        assert ran.seen.keys() >= {"sent", "opened", "did not open", "answered", "not answered", "not made", "held"}
    if ran.steps >= 4 * ENOUGH:  # each kind in each way is rarer than 5,000 steps promise
        assert ran.seen.keys() >= {f"{what}: {kind}" for what in ("opened", "stopped") for kind in KINDS}


@pytest.mark.django_db(transaction=True)
def test_a_gate_that_overlooks_an_end_is_found(monkeypatch):
    patch_everywhere(
        monkeypatch, disclosure.state_at, lambda status, _ends, _now: status if status == "draft" else "active"
    )
    with pytest.raises((AssertionError, IntegrityError)):
        run(Pages, steps=5000, shrink=False)
