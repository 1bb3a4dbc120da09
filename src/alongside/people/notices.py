"""Every message that leaves: fixed neutral words without free text, names or anything that reveals (E1).

A notice is queued by its code; the words are looked up when it is sent, in the reader's language.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

Text = str | Promise


@dataclass(frozen=True)
class Notice:
    """Subject and body of a mail, and the shorter words of a text message. `%(link)s` is the only thing filled in."""

    subject: Text
    body: Text
    text: Text
    any_hour: bool = False
    """Sent at once: the person asked for it this minute, or is on duty."""


_SIGN_IN = _("Hello,\n\nYou have a message. Please sign in to read it:\n%(link)s\n")

NOTICES: dict[str, Notice] = {
    "you_have_a_message": Notice(
        _("You have a message"), _SIGN_IN, _("You have a message. Sign in to read it: %(link)s")
    ),
    "something_new": Notice(
        _("There is something new for you"),
        _("Hello,\n\nThere is something new for you. Please sign in to see it:\n%(link)s\n"),
        _("There is something new for you. Sign in to see it: %(link)s"),
    ),
    "please_answer": Notice(
        _("Someone would like an answer from you"),
        _("Hello,\n\nSomeone would like an answer from you. Please sign in:\n%(link)s\n"),
        _("Someone would like an answer from you. Sign in: %(link)s"),
    ),
    "nobody_reads": Notice(
        _("Nobody reads what you sent"),
        _(
            "Hello,\n\nWhat you sent was not read by anybody. If it cannot wait, please call. Here you find whom:\n"
            "%(link)s\n"
        ),
        _("Nobody has read what you sent. If it cannot wait, please call. Whom you can call: %(link)s"),
    ),
    # Both languages in one: whoever wrote from a number may be anybody, and gets the same words (A1).
    "texts_stopped": Notice(
        _("No more texts"),
        _("You get no more texts from us. START brings them back. / Ya no recibe textos nuestros. START los activa."),
        _("You get no more texts from us. START brings them back. / Ya no recibe textos nuestros. START los activa."),
        any_hour=True,
    ),
    "texts_again": Notice(
        _("Texts again"),
        _(
            "If a STOP ended our texts in the last 30 days, they come again. / "
            "Si un STOP los detuvo hace menos de 30 días, vuelven."
        ),
        _(
            "If a STOP ended our texts in the last 30 days, they come again. / "
            "Si un STOP los detuvo hace menos de 30 días, vuelven."
        ),
        any_hour=True,
    ),
    "please_look_now": Notice(
        _("Please look now"),
        _("Hello,\n\nSomething waits for you now. Please sign in and look:\n%(link)s\n"),
        _("Something waits for you now. Please sign in and look: %(link)s"),
        any_hour=True,
    ),
    "time_changed": Notice(
        _("A time has changed"),
        _("Hello,\n\nA time in your calendar has changed. Please sign in to see it:\n%(link)s\n"),
        _("A time has changed. Sign in to see it: %(link)s"),
    ),
    "time_soon": Notice(
        _("A time tomorrow"),
        _("Hello,\n\nThere is a time in your calendar tomorrow. Please sign in to see it:\n%(link)s\n"),
        _("There is a time in your calendar tomorrow. Sign in to see it: %(link)s"),
    ),
    "look_at_your_page": Notice(
        _("Something has changed"),
        _(
            "Hello,\n\nSomething has changed that you wanted to hear of. Please open the page whose link you kept. "
            "We write this once, and have erased your address. If you do not know what this is about, you can delete "
            "this message.\n%(link)s\n"
        ),
        _("Something has changed that you wanted to hear of. Please open the page whose link you kept. %(link)s"),
    ),
    "invitation": Notice(
        _("Your sign-in link"),
        _(
            "Hello,\n\nWith this link you choose your own user name and password:\n%(link)s\n\n"
            "It works once, for 14 days. If you did not expect it, you can delete this message.\n"
        ),
        _("Your sign-in link. It works once, for 14 days: %(link)s"),
    ),
    "reset_password": Notice(
        _("Your new password"),
        _(
            "Hello,\n\nSomeone asked for a new password for your account. With this link you can choose one:\n"
            "%(link)s\n\n"
            "If that was not you, you can delete this message. Nothing has changed.\n"
        ),
        _("Choose a new password: %(link)s"),
        any_hour=True,
    ),
    "sign_in_code": Notice(
        _("Your code"),
        _(
            "Hello,\n\nThis is the code that you asked for:\n%(link)s\n\n"
            "It works once, for 10 minutes, on the phone or computer where you asked. "
            "If that was not you, you can delete this message. Nothing has changed.\n"
        ),
        _("Your code: %(link)s"),
    ),
    "page_for_you": Notice(
        _("A page for you"),
        _(
            "Hello,\n\nSomeone asked us to give you a page. It opens with this link:\n%(link)s\n\n"
            "You also need a code. You get it in another way, such as by phone. "
            "If you did not expect this, you can delete this message.\n"
        ),
        _("Someone asked us to give you a page. You get the code for it in another way: %(link)s"),
        any_hour=True,
    ),
    "page_ended": Notice(
        _("A page you were given"),
        _(
            "Hello,\n\nSomething that you were given by a page of ours has changed. Please read this:\n%(link)s\n\n"
            "The link works for 14 days. If you did not expect this, you can delete this message.\n"
        ),
        _("Something that you were given by a page of ours has changed: %(link)s"),
        any_hour=True,
    ),
    "confirm_email": Notice(
        _("Please confirm this address"),
        _(
            "Hello,\n\nPlease confirm that this address is yours:\n%(link)s\n\n"
            "If you did not ask for this, you can delete this message.\n"
        ),
        _("Please confirm: %(link)s"),
        any_hour=True,
    ),
    "account_changed": Notice(
        _("Your sign-in was changed"),
        _(
            "Hello,\n\nThe way you sign in was changed. If that was you, there is nothing to do. "
            "If it was not, please choose a new password:\n%(link)s\n"
        ),
        _("The way you sign in was changed. If that was not you: %(link)s"),
        any_hour=True,
    ),
    "new_sign_in": Notice(
        _("A new sign-in"),
        _(
            "Hello,\n\nSomebody signed in to your account on a device that we do not know yet. "
            "If that was you, there is nothing to do. If it was not, please choose a new password:\n%(link)s\n"
        ),
        _("Somebody signed in to your account on a new device. If that was not you: %(link)s"),
        any_hour=True,
    ),
    "address_changed": Notice(
        _("This address is no longer used"),
        _(
            "Hello,\n\nWe do not write to this address any more. If you asked for that, there is nothing to do. "
            "If you did not, please sign in and look:\n%(link)s\n"
        ),
        _("We do not write to this address any more. If you did not ask for that: %(link)s"),
        any_hour=True,
    ),
}


def words_of(code: str, language: str, link: str) -> tuple[str, str, str]:
    """(subject, body, text) of a notice in one language. An unknown code raises KeyError."""
    notice = NOTICES[code]
    with override(language):
        return str(notice.subject), str(notice.body) % {"link": link}, str(notice.text) % {"link": link}
