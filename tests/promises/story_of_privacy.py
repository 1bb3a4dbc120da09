"""The law at the door, what is shared, kept back and told, who opened what, who wishes to be erased, partners."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone
from tests.promises.story_itself import Story
from tests.story import day_there, make_account


def the_law_at_the_door(story: Story) -> None:
    from tests.rules.scans.files import pdf

    from alongside.legal import actions
    from alongside.rules.breach import FACTORS
    from alongside.rules.inspection import PROMISES, Terms
    from alongside.rules.legal_demand import QUESTIONS
    from alongside.rules.mandated_report import Facts

    rosa, by, now = story.rosa.person, story.dolores.actor, timezone.now()
    story.objects["hold"] = actions.open_hold(person=rosa, kind="complaint", words="saffron canary of the hold", by=by)
    demand = actions.receive_demand(
        program=story.program, kind="subpoena", sender="A lawyer", received_at=now, asks="sienna canary of the demand",
        submit_key=uuid4(), by=by,
    )  # fmt: skip
    actions.hand_letter(demand=demand, by=by)
    demand = actions.name_person(demand=demand, person=rosa, words="Her name", by=by)
    actions.tell_counsel(demand=demand, counsel="M. Okafor", told_at=now, by=by)
    on_file = {"court": "A court", "number": "C-1", "issued_on": day_there(), "kept_where": "Safe", "by": by}
    order = actions.file_order(
        demand=demand, purpose="noncriminal", recipient="A lawyer", items=["being_here", "reach"],
        answers=dict.fromkeys(QUESTIONS["noncriminal"], True), forbids_telling=True, **on_file,
    )  # fmt: skip
    mandate = actions.file_mandate(demand=demand, kind="subpoena", **on_file)
    scan = actions.add_scan(
        demand=demand, content=pdf(b"%sienna canary of the demand\n"), words="sienna canary of the demand, page 1",
        submit_key=uuid4(), by=by,
    )  # fmt: skip
    release = actions.ask_release(demand=demand, order=order, mandate=mandate, items=["being_here", "reach"], by=by)
    release = actions.answer_release(release=release, agree=True, by=story.carmen.actor)
    report = actions.note_report(
        person=rosa, facts=Facts("crime", {"circumstances": "umber canary of the report", "name": "R."}, "Police",
                                 "Dante", now, "supervisor"),
        reference="", submit_key=uuid4(), by=story.dante.actor,
    )  # fmt: skip
    inspection = actions.agree_inspection(
        program=story.program, kept_where="Safe", submit_key=uuid4(), by=by, now=now,
        terms=Terms("Ms. Ito, Ito Audits", "State agency", "agency", "copied", "Our grant", ("contacts",), "A. Ito",
                    day_there(), tuple(PROMISES), day_there() + timedelta(days=90)),
    )  # fmt: skip
    incident = actions.open_incident(
        program=story.program, what_happened="A bag was lost", happened_on=None,
        discovered_on=day_there() - timedelta(days=3), owner=story.lien.person, submit_key=uuid4(), by=by,
    )  # fmt: skip
    actions.search_log(
        incident=incident, account=story.dante.user.pk, acts=["record.opened"], from_at=now - timedelta(days=1),
        until_at=now, by=by,
    )  # fmt: skip
    affected = actions.add_affected(incident=incident, person=rosa, words="khaki canary of the bag", by=by)
    actions.assess(
        incident=incident, factors=dict.fromkeys(FACTORS, "x"), decision="breach", words="It was open", by=by
    )
    words = {"what_happened": "A bag was lost", "protect_yourself": "Nothing", "what_we_do": "We looked for it"}
    actions.change_letter(
        incident=incident, information=["name"], letter={"en": words, "es": words}, contact="800-555-0100", by=by
    )
    actions.note_delay(
        incident=incident, kind="spoken", reason="investigation", official="Officer Ruiz, hazel canary of the badge",
        asked_on=day_there() - timedelta(days=2), until=day_there() - timedelta(days=1), submit_key=uuid4(), by=by,
    )  # fmt: skip
    other = actions.open_incident(
        program=story.program, what_happened="A list lay open", happened_on=None, discovered_on=day_there(),
        owner=story.lien.person, submit_key=uuid4(), by=by,
    )  # fmt: skip
    actions.assess(incident=other, factors=dict.fromkeys(FACTORS, "x"), decision="breach", words="It was open", by=by)
    posting = actions.post_notice(  # elsewhere, so that one can still be posted for the first
        incident=other, place="home_page", toll_free="800-555-0100", information=["name"],
        words={"en": words, "es": words}, submit_key=uuid4(), by=by,
    )  # fmt: skip
    story.objects |= {
        "posting": posting,
        "demand": demand, "scan": scan, "paper": order, "release": release, "report": report, "incident": incident,
        "inspection": inspection,
        "affected": affected,
    }  # fmt: skip


def what_is_shared(story: Story) -> None:
    from tests.privacy.consents import drafted, signed

    from alongside.privacy.actions import add_line, ask_for_list, disclose, set_law, stop_sharing
    from alongside.rules.consent import Posture

    rosa, by = story.rosa, story.carmen.actor
    set_law(
        program=story.program, posture=Posture(), note="The strictest, until counsel says more", by=story.dolores.actor
    )
    named = {"recipient": "crimson canary of the recipient"}
    story.objects["consent"] = signed(rosa.person, rosa.actor, **named)
    disclose(consent=story.objects["consent"], way="printed", submit_key=uuid4(), by=by)
    story.objects["draft_consent"] = drafted(
        rosa.person, rosa.actor, "legal", purpose_words="ivory canary of the matter", **named
    )
    story.objects["network"] = signed(rosa.person, rosa.actor, "intermediary", **named)
    asked = signed(rosa.person, rosa.actor, "intermediary", **named)
    owed = ask_for_list(consent=asked, asked_on=day_there(), sent_how="post", submit_key=uuid4(), by=by)
    line = {"recipient": "cobalt canary of whom they told", "disclosed_on": day_there(), "submit_key": uuid4(),
            "what": "mauve canary of what they passed on", "by": by}  # fmt: skip
    story.objects |= {"owed": owed, "owed_line": add_line(request=owed, **line)}
    ended = signed(rosa.person, rosa.actor, "legal", purpose_words="ivory canary of the matter", **named)
    disclose(consent=ended, way="printed", submit_key=uuid4(), by=by)
    stop_sharing(consent=ended, by=rosa.actor)


def what_is_kept_back(story: Story) -> None:
    from alongside.privacy.actions import ask_restriction, decide_restriction, end_restriction

    rosa, by = story.rosa, story.carmen.actor
    named = {"person": rosa.person, "toward": "named", "recipient": "russet canary of whom she named",
             "words": "khaki canary of the wish to keep", "items": ["times"]}  # fmt: skip
    agreed = ask_restriction(submit_key=uuid4(), by=rosa.actor, **named)
    decide_restriction(restriction=agreed, agree=True, words="khaki canary of the wish to keep", by=by)
    ended = ask_restriction(submit_key=uuid4(), by=story.dante.actor, **named)
    end_restriction(restriction=ended, by=story.dante.actor, how="spoken")
    story.objects["restriction"] = ask_restriction(submit_key=uuid4(), by=story.dante.actor, **named)
    inside = named | {"toward": "inside", "items": [], "readers": [story.people["pat"].user.pk]}
    ask_restriction(submit_key=uuid4(), by=rosa.actor, **inside)


def what_she_wants_no_mail_about(story: Story) -> None:
    from alongside.privacy.actions import say_no_donations, set_law
    from alongside.rules.consent import Posture

    asks = Posture(fundraises=True)
    set_law(program=story.program, posture=asks, note="We ask for donations", by=story.dolores.actor)
    say_no_donations(person=story.rosa.person, by=story.rosa.actor)


def what_she_was_told(story: Story) -> None:
    from alongside.privacy.actions import enter_provider, offer_notice, publish_notice, tell_limits

    publish_notice(
        program=story.program, contact="Dolores", phone="(213) 555-0100", email="ask@example.org",
        effective_on=day_there(), by=story.dolores.actor,
    )  # fmt: skip
    offer_notice(
        person=story.rosa.person, outcome="not_signed", how="paper", language="es", why_not="other",
        why_words="saffron canary of the notice", by=story.dante.actor,
    )  # fmt: skip
    tell_limits(person=story.rosa.person, language="es", by=story.dante.actor)
    story.objects["provider"] = enter_provider(
        program=story.program, service="host", name="River Hosting", agreement="both", agreed_on=day_there(),
        may_see="Stored data, scrambled", kept_where="Safe", review_on=day_there() + timedelta(days=90),
        by=story.ada.actor,
    )  # fmt: skip


def what_was_not_right(story: Story) -> None:
    from alongside.privacy.actions import answer_complaint, look_into, pass_on, receive_complaint

    named = {"program": story.program, "words": "umber canary of the complaint"}
    answered = receive_complaint(
        person=story.rosa.person, via="staff", by=story.dante.actor, about_id=story.lien.user.pk, submit_key=uuid4(),
        **named,
    )  # fmt: skip
    look_into(complaint=answered, by=story.dolores.actor)
    answer_complaint(complaint=answered, words="umber canary of the complaint", by=story.dolores.actor)
    receive_complaint(via="public", reach="bronze canary of the reach", submit_key=uuid4(), **named)
    one = receive_complaint(person=story.rosa.person, via="own", by=story.rosa.actor, submit_key=uuid4(), **named)
    look_into(complaint=one, by=story.dolores.actor)
    pass_on(complaint=one, by=story.dolores.actor)
    story.objects["complaint"] = look_into(complaint=one, by=story.dolores.actor)


def what_was_told(story: Story) -> None:
    from alongside.privacy.actions import tell_in_emergency
    from alongside.rules.emergency import Facts

    facts = Facts(
        "A medic", "River hospital", "Dante", timezone.now(), "maroon canary of the emergency", "cannot_answer",
        "maroon canary of the emergency",
    )  # fmt: skip
    story.objects["emergency"] = tell_in_emergency(
        person=story.rosa.person, facts=facts, submit_key=uuid4(), by=story.dante.actor
    )


def who_opened_what(story: Story) -> None:
    from alongside.legal.actions import let_look
    from alongside.oversight.actions import make_week
    from alongside.privacy.actions import note_opened

    reason = "a wish of hers was heard"
    note_opened(participant_id=story.rosa.person.pk, by=story.dolores.actor, page="record", words=reason)
    # Not into hers: that is tried elsewhere.
    let_look(inspection=story.inspection, person=story.people["sam"].person, by=story.dolores.actor)
    today = day_there()
    make_week(story.program, today - timedelta(days=today.weekday()), timezone.now())


def who_wishes_to_be_erased(story: Story) -> None:
    from tests.privacy.consents import drafted, look

    from alongside.people.actions import create_person
    from alongside.privacy.actions import sign_consent
    from alongside.retention.actions import ask_to_erase
    from alongside.retention.erasing import erase_person
    from alongside.retention.periods import set_period

    by = story.carmen.actor
    story.objects["wish"] = ask_to_erase(person=story.rosa.person, by=story.rosa.actor)
    iris = create_person(program=story.program, by=by, goes_by="Iris")
    consent = drafted(iris, by, recipient="crimson canary of the recipient")
    sign_consent(consent=consent, seen=look(consent).digest, signed_name="Iris", how="paper", by=by)
    (story.objects["erasure"],) = erase_person(person=iris, by=by, cause="wish", now=timezone.now())
    set_period(program=story.program, kind="notes", months=96, basis="Our council", by=story.dolores.actor)


def where_she_goes(story: Story) -> None:
    from alongside.intake.models import Inquiry
    from alongside.partners import actions as partners
    from alongside.referrals import actions
    from alongside.referrals.models import Incoming

    rosa, by = story.rosa, story.carmen.actor
    way = actions.begin(
        person=rosa.person, way="told", place="crimson canary of the recipient", submit_key=uuid4(), by=rosa.actor,
        need="housing", address="canary.partner@example.org",
    )  # fmt: skip
    sent: list[str] = []
    link, code = actions.tell_partner(referral=way, address="canary.partner@example.org", submit_key=uuid4(), by=by)
    partners.send_due(deliver=lambda *said: sent.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
    partners.open_link(token=sent[-1], code=code)
    partners.answer_link(token=sent[-1], link_id=link.pk, accepts=True)
    partners.say_later(token=sent[-1], link_id=link.pk, said="in_touch")
    actions.tick_step(referral=way, code="ride", done=True, by=story.dante.actor)
    story.objects["referral"] = way
    wrote = {
        "kind": "own_recovery", "language": "en", "from_place": "A clinic", "from_reach": "ito@example.org",
        "email": "",
        "safe_contact": {"channel": "phone", "may_call": True, "may_text": False, "may_email": False,
                         "may_voicemail": False, "from_hour": 9, "until_hour": 20, "name_to_use": ""},
    }  # fmt: skip
    story.objects["reference_token"] = actions.receive(
        program=story.program, submit_key=uuid4(), phone="+12135550171", from_name="canary who asked",
        goes_by="canary who asked", words="canary who asked", **wrote,
    )  # fmt: skip
    story.objects["incoming"] = Incoming.objects.get()
    actions.receive(
        program=story.program, submit_key=uuid4(), phone="+12135550142", from_name="juniper canary of who referred",
        goes_by="Quetzalrosa", words="juniper canary of what would help", **wrote,
    )  # fmt: skip
    hers = Incoming.objects.exclude(pk=story.objects["incoming"].pk).get()
    inquiry = actions.take_into_intake(incoming=hers, by=by)
    # As `take_up` does for somebody whose support goes on; it would first try to open it anew.
    Inquiry.objects.filter(pk=inquiry.pk).update(person=rosa.person, status="taken_up")


def what_a_partner_gets(story: Story) -> None:
    from alongside.partners.actions import answer_link, make_link, open_link, send_due

    sent: list[str] = []
    for _ in range(2):
        story.objects["link"], code = make_link(
            consent=story.consent, address="canary.partner@example.org", submit_key=uuid4(), by=story.carmen.actor
        )
        send_due(deliver=lambda *said: sent.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
        opened = open_link(token=sent[-1], code=code)
        if len(sent) == 1:
            answer_link(token=sent[0], link_id=opened.link.pk, accepts=True, words="sienna canary of the partner")
    story.objects["page_token"] = sent[-1]


def who_helps_from_outside(story: Story) -> None:
    """Sol has an account with a second step and no role, and Dolores lets Sol in."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from alongside.people.actions import give_support

    user = make_account("sol", story.program)
    user.email = "sol@helpers.example"
    user.save(update_fields=["email", "email_index"])
    TOTP.activate(user, generate_totp_secret())
    story.people["sol"] = SimpleNamespace(user=user, person=None, program=story.program)
    story.objects["support"] = give_support(
        email="sol@helpers.example", minutes=240, words="linen canary of why they help", submit_key=uuid4(),
        program=story.program, by=story.dolores.actor,
    )  # fmt: skip


def who_signs_beside_him(story: Story) -> None:
    """Olu is sixteen; his mother is asked to sign beside him. One page was answered with no, one is open."""
    from tests.privacy.consents import drafted, look

    from alongside.partners.actions import answer_signer, ask_signer, make_code, open_signer
    from alongside.people.actions import change_person

    olu, by = story.people["olu"], story.carmen.actor
    change_person(person=olu.person, by=by, birth_date=day_there() - timedelta(days=16 * 366))
    olu.person.refresh_from_db()
    olu.user.set_unusable_password()  # he signs in with codes from paper
    olu.user.save(update_fields=["password"])
    draft = story.objects["draft_of_olu"] = drafted(olu.person, olu.actor, recipient="The clinic of Olu")
    for signs in (False, None):
        link, token = ask_signer(
            consent=draft, by=olu.actor, language="en", reach="jade canary of the mother", address="mother@example.org",
            own_name="jade canary of his name", seen={draft.pk: look(draft).digest},
        )  # fmt: skip
        code = make_code(link=link, by=by)
        shown = open_signer(token=token, code=code)
        if signs is False:
            answer_signer(token=token, link_id=shown.link.pk, signs=False)
    story.objects |= {"signer_link": link, "signer_token": token, "signer_code": code}
