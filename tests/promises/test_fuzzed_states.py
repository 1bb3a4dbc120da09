"""Forms that stand on a page only in a state in which nobody of the story is: it is brought about, and they are tried.

What `test_fuzzed_forms` names as answering nobody (`OUT_OF_REACH`) is tried here, each of it, with the same harm; and
what only somebody with a link and its code comes to (`BEHIND_A_CODE`), with the proof that the page itself signed.
"""

import hmac
import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.checkins.test_texts import PHONE, opt_in
from tests.promises.story_itself import Story
from tests.promises.test_every_url import everybody, no_scope, quiet, sign_in, undone
from tests.promises.test_fuzzed_forms import (
    BEHIND_A_CODE,
    FILLS,
    HARM,
    KEPT,
    OUT_OF_REACH,
    harm_done,
    name_of,
    send,
)
from tests.web.page_forms import Form, forms_of

from alongside.rules.signed_text import LARGEST

__all__ = ["everybody", "quiet"]  # fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SECRET = "a long secret of ours"


def parted(story: Story) -> tuple[str, str]:
    from alongside.mentoring.actions import part

    part(mentorship=story.mentorship, reason="completed", by=story.carmen.actor)
    return "carmen", reverse("handovers")


def at_rest(story: Story) -> tuple[str, str]:
    from alongside.mentoring.actions import rest, withdraw_handover

    withdraw_handover(handover=story.handover, by=story.rosa.actor)
    rest(episode=story.mentorship.episode, by=story.rosa.actor, until=None)
    return "rosa", reverse("me_home")


def drafted_by_her(story: Story) -> tuple[str, str]:
    from tests.privacy.consents import drafted

    return "rosa", reverse("me_share", args=[drafted(story.rosa.person, story.rosa.actor).pk])


def drafted_with_her(story: Story) -> tuple[str, str]:
    from tests.privacy.consents import drafted

    return "carmen", reverse("sharing_one", args=[drafted(story.rosa.person, story.carmen.actor).pk])


def earlier_notes_are_read(story: Story) -> tuple[str, str]:
    from alongside.privacy.actions import give_grant

    give_grant(
        participant_id=story.rosa.person.pk, reader_id=story.people["pat"].person.pk, program_id=story.program.pk,
        kind="history", by=story.rosa.actor,
    )  # fmt: skip
    return "rosa", reverse("me_privacy")


def over(story: Story) -> tuple[str, str]:
    from alongside.safety.actions import resolve, take

    lien = story.lien.actor
    take(escalation=story.worry, by=lien)
    resolve(escalation=story.worry, words="They walk together", confirmed="spoke", measure="own_plan", by=lien)
    return "lien", reverse("worry", args=[story.worry.pk])


def has_a_passkey(story: Story) -> Authenticator:
    return Authenticator.objects.create(user=story.lien.user, type="webauthn", data={"name": "Key", "credential": {}})


def names_a_passkey(story: Story) -> tuple[str, str]:
    return "lien", reverse("mfa_edit_webauthn", args=[has_a_passkey(story).pk])


def ends_a_passkey(story: Story) -> tuple[str, str]:
    return "lien", reverse("mfa_remove_webauthn", args=[has_a_passkey(story).pk])


def open_demo(story: Story) -> tuple[str, str]:
    organization = story.program.organization
    organization.is_demo = True
    organization.save()
    return "visitor", reverse("demo_door")


BROUGHT_ABOUT: dict[str, Callable[[Story], tuple[str, str]]] = {
    "after_parting": parted,
    "demo_door": open_demo,
    "me_go_on": at_rest,
    "me_share_another": drafted_by_her,
    "mfa_edit_webauthn": names_a_passkey,
    "mfa_remove_webauthn": ends_a_passkey,
    "sharing_another": drafted_with_her,
    "stop_history": earlier_notes_are_read,
    "worry_debrief": over,
}
"""By the name of the page that takes the form: brings its state about, and tells who sees it on which page."""

BY_A_GATEWAY = {"text_in"}


def partner_reads(story: Story, *, answered: bool = False) -> tuple[str, str]:
    from alongside.partners.actions import answer_link, make_link, open_link, send_due

    sent: list[str] = []
    _link, code = make_link(
        consent=story.consent, address="canary.partner@example.org", submit_key=uuid4(), by=story.carmen.actor,
        follows=True,
    )  # fmt: skip
    send_due(deliver=lambda *said: sent.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
    if answered:
        opened = open_link(token=sent[-1], code=code)
        answer_link(token=sent[-1], link_id=opened.link.pk, accepts=True)
    return reverse("partner_page", args=[sent[-1]]), code


def partner_comes_again(story: Story) -> tuple[str, str]:
    return partner_reads(story, answered=True)


def mother_reads(story: Story) -> tuple[str, str]:
    return reverse("signer_page", args=[story.signer_token]), story.signer_code


OPENED: dict[str, tuple[Callable[[Story], tuple[str, str]], dict[str, str]]] = {
    "partner_answer": (partner_reads, {"answer": "yes"}),
    "partner_later": (partner_comes_again, {"said": "in_touch"}),
    "signer_answer": (mother_reads, {"answer": "no"}),
}
"""By the name of the page that takes the form: the page with its code, and a right answer to it."""


def forms_on(cookies, page: str, code: str = "") -> dict[str, Form]:
    """The forms of a page, by the name of the page that takes them; one without an address of its own goes back. With a
    code, those of what it opens."""
    client = Client()
    client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
    with no_scope():
        body = (client.post(page, {"code": code}) if code else client.get(page)).content.decode()
    found = {}
    for form in forms_of(body):
        action = form.action or page
        found.setdefault(name_of(action), Form(**vars(form) | {"action": action}))
    return found


def test_each_that_answers_nobody_of_the_story_is_tried_here():
    assert BROUGHT_ABOUT.keys() | BY_A_GATEWAY == OUT_OF_REACH
    assert OPENED.keys() == BEHIND_A_CODE


@pytest.mark.parametrize("name", sorted(BROUGHT_ABOUT))
def test_in_its_state_nothing_breaks_runs_or_gets_lost(everybody, settings, name):
    settings.ALONGSIDE_DEMO = name == "demo_door"
    chance, lost = random.Random(17), []
    with undone():
        who, page = BROUGHT_ABOUT[name](everybody)
        cookies = sign_in(everybody, who).cookies
        forms = forms_on(cookies, page)
        assert name in forms, f"{page} shows {who} only {sorted(forms)}"
        form = forms[name]
        wrong = list(harm_done(cookies, form, chance, fills=max(FILLS, len(HARM))))
        boxes = [box for box, kind in form.kinds.items() if kind in ("textarea", "text", "search")]
        for box in boxes:
            for other in [one for one in form.names if one != box and form.kinds[one] != "hidden"]:
                values = {key: list(some) for key, some in form.values.items()}
                values |= {box: [KEPT], other: ["not-a-choice \x00"]}
                status, _headers, body = send(cookies, form.action, values)
                if status == 200 and "<form" in body and KEPT.split(" & ")[0] not in body:
                    lost.append(f"{box} when {other} is wrong")
    assert wrong == [] and lost == []


def keep_their_proof(form: Form) -> Form:
    """Filled in all but the proof: with a wrong one every answer is the same no."""
    return replace(form, kinds={name: kind for name, kind in form.kinds.items() if name != "proof"})


@pytest.mark.parametrize("name", sorted(OPENED))
def test_behind_a_code_nothing_breaks_runs_or_gets_lost(everybody, name):
    chance, wrong, lost, answers = random.Random(19), [], [], {}
    with undone():
        bring_about, right = OPENED[name]
        page, code = bring_about(everybody)
        cache.clear()
        form = forms_on({}, page, code)[name]
        proof = {"proof": form.values["proof"]}
        for tried in (keep_their_proof(form), form):
            for _ in range(max(FILLS, len(HARM))):
                cache.clear()  # how often somebody may try is counted before anything is looked at
                wrong += harm_done({}, tried, chance, fills=1)
        for box in [one for one, kind in form.kinds.items() if kind != "hidden"]:
            for harm in (*HARM, "not-a-choice"):
                cache.clear()
                status, _headers, body = send({}, form.action, proof | {one: [said] for one, said in right.items()}
                                              | {box: [harm]})  # fmt: skip
                answers.setdefault(box, set()).add((status, name in map(name_of, actions_in(body))))
        for box in [one for one, kind in form.kinds.items() if kind in ("textarea", "text")]:
            cache.clear()
            first = next(iter(right))
            body = send({}, form.action, proof | {box: [KEPT], first: ["not-a-choice"]})[2]
            lost += [box] if KEPT.split(" & ")[0] not in body or name not in map(name_of, actions_in(body)) else []
        cache.clear()
        status, _headers, body = send({}, form.action, proof | {one: [said] for one, said in right.items()})
        assert status == 200 and not actions_in(body) & {form.action, page}, "a right answer is taken"
    assert wrong == [] and lost == []
    assert {status for some in answers.values() for status, _again in some} == {200}
    first = next(iter(right))
    assert (200, True) in answers[first], "what is wrong in it is shown again: the proof held"


def actions_in(body: str) -> set[str]:
    """Where the forms of a page lead that are neither the way out nor the choice of a language."""
    return {form.action for form in forms_of(body) if form.action and name_of(form.action) in BEHIND_A_CODE}


def test_whatever_a_gateway_brings_has_one_answer_and_breaks_nothing(everybody, settings):
    """Signed as a gateway signs, from somebody who gets check-ins by text. What is empty or too long is not there."""
    settings.TEXT_SECRET, wrong = SECRET, []
    with undone():
        opt_in(everybody.rosa)
        for harm in (*HARM, "\ud800", "a\udfff 4"):  # JSON can hold half a letter, which no database can keep
            bodies = [
                json.dumps({"from": number, "words": words, "message": message})
                for number, words, message in ((harm, "4", "a"), (PHONE, harm, "b"), (PHONE, "4", harm))
            ]
            for body in [one.encode(errors="surrogatepass") for one in (*bodies, harm, json.dumps([harm]))]:
                answer = bring(body, secret=SECRET)
                expected = 204 if 0 < len(body) <= LARGEST else 404
                if answer.status_code != expected or (expected == 204 and answer.content):
                    wrong.append((harm[:40], body[:80], answer.status_code))
    assert wrong == []


def bring(body: bytes, secret: str):
    """What a gateway sends, signed with the secret."""
    moment = str(int(time.time()))
    signature = hmac.new(secret.encode(), body + moment.encode(), sha256).hexdigest()
    headers = {"X-Signature": signature, "X-Timestamp": moment}
    with undone(), no_scope():
        return Client().post(reverse("text_in"), body, content_type="application/json", headers=headers)
