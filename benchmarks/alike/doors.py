"""The doors, and of each the ways to come to it that must not be told apart.

Not among them: a text message that somebody brings (`texts/`), because its answer goes to the carrier, who knows the
number; pages of somebody signed in but the record, for `tests/promises/test_refused_tries.py` compares what all of them
ask of the database; and doors that look nobody up (a complaint, an event's own link), because there is one no.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

WORDS = "purple river lantern 9"
Ask = Callable[[], tuple[str, dict[str, object]]]
"""Path and fields of the next try."""


@dataclass(frozen=True)
class Door:
    """`kinds`: by their names the ways that must not be told apart. `before`: what is put in order before each try.

    `cookies`: of whoever is signed in there; nobody, if there are none.
    """

    name: str
    method: str
    kinds: Mapping[str, Ask]
    before: Callable[[], None] = field(default=lambda: None)
    cookies: Mapping[str, str] = field(default_factory=dict)


def always(path: str, **fields: object) -> Ask:
    """The same try each time."""
    return lambda: (path, fields)


def make_doors(program, other_program) -> list[Door]:
    """All of them, in a house with these two programs."""
    from tests.story import make_persona

    rosa = make_persona(program, "rosa", "participant")
    carmen = make_persona(program, "carmen", "coordinator")
    return [
        *of_accounts(program, other_program), of_invitations(program, carmen), of_asks(program, carmen),
        of_referrals(), of_references(program), of_feeds(program), of_events(program, carmen),
        of_partners(rosa, carmen), *of_records(program, other_program, carmen),
    ]  # fmt: skip


# --- signing in -------------------------------------------------------------------------------------------------------
def of_accounts(program, other_program) -> list[Door]:
    """Signing in, asking for a new password, and the link to choose one."""
    from tests.story import PASSWORD, make_persona

    from alongside.people.outbox import reset_link

    who = {
        "known": make_persona(program, "quokka", "participant"),
        "former": make_persona(program, "numbat", "participant"),
        "disabled": make_persona(program, "dugong", "participant"),
        "of another program": make_persona(other_program, "wombat", "participant"),
    }
    who["former"].user.memberships.all().delete()
    who["disabled"].user.is_active = False
    for one in who.values():
        one.user.email = f"{one.user.username}@example.org"
        one.user.save()
    names = {kind: one.user.username for kind, one in who.items()} | {"unknown": "kakapo"}

    def comes(login: str, words: str = "wrong words entirely") -> Ask:
        return always("/account/sign-in/", login=login, password=words)

    sign_in = {f"{kind}, wrong words": comes(name) for kind, name in names.items()}
    sign_in["by mail, known"] = comes("quokka@example.org")
    sign_in["by mail, unknown"] = comes("kakapo@example.org")
    sign_in["disabled, right words"] = comes("dugong", PASSWORD)
    reset = {kind: always("/account/new-password/", email=name) for kind, name in names.items()}

    link = reset_link(who["known"].user)
    path = link[link.index("/account/") :]
    used = reset_link(who["former"].user)
    who["former"].user.set_password("other words entirely")
    who["former"].user.save()
    before, _dash, key = path.rstrip("/").rpartition("/")[2].partition("-")
    nobody = path.replace(before, "0" * len(before))
    chosen = {
        "wrong key": always(path.replace(key, key[:-1] + ("a" if key[-1] != "a" else "b"))),
        "used": always(used[used.index("/account/") :]),
        "of nobody": always(nobody),
        "no key at all": always(path.replace(key, "x")),
    }
    return [Door("sign-in", "post", sign_in), Door("new password", "post", reset), Door("reset link", "get", chosen)]


def of_invitations(program, carmen) -> Door:
    """Invitation links that are dead."""
    from django.utils import timezone

    from alongside.people import actions
    from alongside.people.models import Invitation

    def invite():
        return actions.create_invitation(program=program, roles=["participant"], by=carmen.actor)

    taken_back, token_back = invite()
    actions.revoke_invitation(invitation=taken_back, by=carmen.actor)
    past, token_past = invite()
    Invitation.objects.filter(pk=past.pk).update(expires_at=timezone.now() - timedelta(days=1))
    _used, token_used = invite()
    actions.accept_invitation(token=token_used, wanted_name="xan", password=WORDS, language="en")
    tokens = {"never was": "x" * 32, "taken back": token_back, "past its time": token_past, "used": token_used}
    return Door("invitation", "get", {kind: always(f"/join/{token}/") for kind, token in tokens.items()})


# --- writing to us ----------------------------------------------------------------------------------------------------
PHONES = {"known": "(213) 555-0123", "unknown": "(213) 555-0199", "asked before": "(213) 555-0155"}


def of_asks(program, carmen) -> Door:
    """Somebody asks who is here, asked already, or is new."""
    from alongside.intake.actions import receive_ask
    from alongside.people.actions import create_person

    create_person(program=program, by=carmen.actor, goes_by="Sol", phone="+12135550123")
    receive_ask(
        program=program, submit_key=uuid4(), goes_by="Ned", kind="own_recovery", language="en",
        answers={"needs": [], "own_words": ""}, safe_contact={"channel": "none"}, phone="+12135550155",
    )  # fmt: skip

    def ask(phone: str) -> Ask:
        return lambda: ("/ask/", {
            "kind": "own_recovery", "needs": ["housing"], "own_words": "A place to sleep.", "goes_by": "Sol",
            "reach": ["call"], "phone": phone, "email": "", "may_voicemail": "no", "hours": "17-20",
            "name_to_use": "Sol", "website": "", "submit_key": str(uuid4()),
        })  # fmt: skip

    return Door("ask", "post", {kind: ask(phone) for kind, phone in PHONES.items()})


def of_referrals() -> Door:
    """Somebody outside refers a person who is here, who asked, or who is new."""

    def refer(phone: str) -> Ask:
        return lambda: ("/refer/", {
            "from_name": "Ana Ito", "from_place": "County Hospital", "from_reach": "ito@hospital.example.org",
            "goes_by": "Sol", "kind": "own_recovery", "phone": phone, "email": "", "language": "en",
            "words": "Somebody to talk to", "agreed": "on", "website": "", "submit_key": str(uuid4()),
        })  # fmt: skip

    return Door("refer", "post", {kind: refer(phone) for kind, phone in PHONES.items()})


def of_references(program) -> Door:
    """The page of a referral that is over, and one that never was."""
    from django.utils import timezone

    from alongside.referrals import actions
    from alongside.referrals.models import Incoming

    token = actions.receive(
        program=program, submit_key=uuid4(), kind="own_recovery", language="en", from_name="Ana Ito",
        from_place="County Hospital", from_reach="ito@hospital.example.org", goes_by="Sol", phone="", email="",
        safe_contact={"channel": "none"},
    )  # fmt: skip
    Incoming.objects.update(expires_at=timezone.now() - timedelta(days=1))
    tokens = {"never was": "x" * len(token), "past its time": token}
    return Door("reference", "get", {kind: always(f"/refer/{one}/") for kind, one in tokens.items()})


# --- links that are their own permission ------------------------------------------------------------------------------
def of_feeds(program) -> Door:
    """Calendar addresses that are dead."""
    from tests.story import make_persona

    from alongside.mentoring import actions

    ended, disabled, former = (make_persona(program, name, "participant") for name in ("amy", "ben", "cat"))
    secrets = {"never was": "x" * 43, **{kind: actions.make_feed(by=one.actor) for kind, one in (
        ("ended", ended), ("disabled", disabled), ("former", former))}}  # fmt: skip
    actions.end_feed(by=ended.actor)
    disabled.user.is_active = False
    disabled.user.save()
    former.user.memberships.all().delete()
    return Door("calendar", "get", {kind: always(f"/c/{secret}.ics") for kind, secret in secrets.items()})


def of_events(program, carmen) -> Door:
    """Events that are not for everybody."""
    from django.utils import timezone
    from tests.occasions.conftest import VALUES

    from alongside.occasions import actions

    day = timezone.localdate() + timedelta(days=30)

    def make(audience: str):
        values = VALUES | {"audience": audience, "on_day": day, "until_day": day}
        return actions.make_occasion(program=program, values=values, submit_key=uuid4(), by=carmen.actor)

    ids = {"never was": uuid4(), "draft": make("public").pk,
           "for peers": actions.publish(occasion=make("peers"), by=carmen.actor).pk}  # fmt: skip
    return Door("event", "get", {kind: always(f"/events/{one}/") for kind, one in ids.items()})


def of_partners(rosa, carmen) -> Door:
    """Pages for partners: a wrong code, and links that ended in each way."""
    from django.utils import timezone
    from tests.privacy.consents import signed

    from alongside.partners import actions
    from alongside.partners.models import PartnerLink
    from alongside.privacy.actions import stop_sharing

    tokens: list[str] = []

    def give(consent):
        link, code = actions.make_link(consent=consent, address="a@example.org", submit_key=uuid4(), by=carmen.actor)
        actions.send_due(deliver=lambda *said: tokens.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
        return link, tokens[-1], code

    consent = signed(rosa.person, rosa.actor)
    asked = {"never was": ("x" * 32, "12345678"), "wrong code": (give(consent)[1], "00000000x")}
    link, *asked["stopped"] = give(consent)
    actions.stop_link(link=link, by=carmen.actor)
    link, token, code = give(consent)
    opened = actions.open_link(token=token, code=code)
    actions.answer_link(token=token, link_id=opened.link.pk, accepts=True)
    asked["used up"] = (token, code)
    link, token, code = give(consent)
    for _ in range(5):
        actions.open_link(token=token, code="none")
    asked["locked"] = (token, code)
    link, *asked["code too old"] = give(consent)
    PartnerLink.objects.filter(pk=link.pk).update(code_expires_at=timezone.now() - timedelta(minutes=1))
    other = signed(rosa.person, rosa.actor)
    link, *asked["consent stopped"] = give(other)
    stop_sharing(consent=other, by=rosa.actor)

    def forgive() -> None:
        """A wrong code for a live link counts; without this the fifth would close it, and the kind would be another."""
        PartnerLink.objects.filter(status="sent").update(wrong_tries=0)

    kinds = {kind: always(f"/page/{token}/", code=code) for kind, (token, code) in asked.items()}
    return Door("partner", "post", kinds, forgive)


# --- inside the house -------------------------------------------------------------------------------------------------
def of_records(program, other_program, carmen) -> list[Door]:
    """The record of somebody, for a peer who does not walk with them and for a coordinator next door: as of nobody."""
    from django.utils import timezone
    from tests.story import make_persona

    from alongside.people.models import Episode

    here, waiting, former = (make_persona(program, name, "participant").person for name in ("ivy", "jay", "kit"))
    now = timezone.now()
    for person, status in ((waiting, "waiting"), (former, "closed")):
        Episode.objects.create(program=program, person=person, status=status, opened_at=now, waiting_since=now,
                               closed_at=now if status == "closed" else None)  # fmt: skip
    elsewhere = make_persona(other_program, "lou", "participant").person
    ids = {"never was": uuid4(), "here": here.pk, "waiting": waiting.pk, "former": former.pk, "staff": carmen.person.pk,
           "of another program": elsewhere.pk}  # fmt: skip
    comes = {"a record, signed in": make_persona(program, "mac", "peer"),
             "a record, from next door": make_persona(other_program, "nan", "coordinator")}  # fmt: skip
    kinds = {kind: always(f"/people/{one}/") for kind, one in ids.items()}
    theirs = {"a record, signed in": kinds, "a record, from next door": {
        kind: ask for kind, ask in kinds.items() if kind != "of another program"}}  # fmt: skip
    return [Door(name, "get", theirs[name], cookies=signed_in(one)) for name, one in comes.items()]


def signed_in(persona) -> dict[str, str]:
    """The cookies of somebody past the second factor."""
    from django.test import Client

    from alongside.people import second_factor

    browser = Client(headers={"host": "localhost"})
    browser.force_login(persona.user)
    session = browser.session
    second_factor.mark_passed(session)
    session.save()
    return {name: cookie.value for name, cookie in browser.cookies.items()}
