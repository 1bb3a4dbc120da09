"""From an invitation to an account, and the slip of paper with the link."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from alongside.people import actions, outbox, sessions
from alongside.people.actor import get_actor
from alongside.people.forms import JoinForm, NewPasswordForm
from alongside.people.models import Membership, Person
from alongside.people.queries import get_usable_invitation

JOINED_AS = "joined_as"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Make an account, or choose a new password, with a link. Any dead link gets the same page (A1)."""
    invitation = get_usable_invitation(token, timezone.now())
    if invitation is None:
        return render(request, "people/dead_link.html")
    posted = request.POST if request.method == "POST" else None
    has_account = _has_account(invitation)
    if has_account:
        form = NewPasswordForm(posted, roles=_roles_of_account(invitation))
    else:
        form = JoinForm(posted, roles=invitation.roles, initial={"language": get_language() or "en"})
    if posted is not None and form.is_valid():
        if request.user.is_authenticated:
            sessions.end_this(request)  # the link may be for somebody else than whoever is signed in here
        try:
            user = _accept(token, form.cleaned_data, has_account=has_account)
        except actions.InvitationNotUsable:
            return render(request, "people/dead_link.html")
        if form.cleaned_data["password"]:
            request.session[JOINED_AS] = user.username
            response = redirect("join_done")
        else:  # shown at once: a sheet is never kept, not even in the session
            sheet = actions.make_paper_codes(user=user, by=get_actor(user)[0])
            response = render(request, "people/join_done.html", {"username": user.username, "codes": sheet})
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True, samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )  # fmt: skip
        return response
    return render(request, "people/join.html", {"form": form, "has_account": has_account})


def _accept(token: str, values: dict, *, has_account: bool):
    if has_account:
        return actions.accept_new_password(token=token, password=values["password"])
    return actions.accept_invitation(
        token=token, wanted_name=values["name"], password=values["password"], language=values["language"]
    )


def _has_account(invitation) -> bool:
    return invitation.person_id is not None and _person_of(invitation).user_id is not None


def _roles_of_account(invitation) -> set[str]:
    return set(_person_of(invitation).user.memberships.values_list("role", flat=True))


def _person_of(invitation) -> Person:
    with scope(program=invitation.program):
        return Person.objects.select_related("user").get(pk=invitation.person_id)


@require_safe
def join_done(request: HttpRequest) -> HttpResponse:
    """The user name, to write down, once."""
    username = request.session.pop(JOINED_AS, None)
    return render(request, "people/join_done.html", {"username": username}) if username else redirect("account_login")


@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: HttpRequest, person_id) -> HttpResponse:
    """A coordinator makes a link for a person: sent where they allow e-mail or text, else printed or read out."""
    person = Person.objects.select_related("user", "program").filter(pk=person_id).first()
    if person is None:
        raise Http404
    if not _may_help_to_sign_in(person):
        messages.error(request, _("This account has other roles too. An administrator helps with signing in."))
        return redirect("home")
    # A new password for an account that exists: who they are is asked again after five minutes (D5).
    answer = reauthentication_required(_give_link) if person.user_id else _give_link
    return answer(request, person)


def _give_link(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method != "POST":
        return render(request, "people/invite_person.html", {"person": person})
    roles = [] if person.user_id else [_role_for(person)]
    _invitation, token = actions.create_invitation(
        program=request.program, person=person, roles=roles, by=request.actor
    )
    link = outbox.absolute(reverse("join", args=[token]))
    if request.POST.get("action") == "send" and outbox.queue_notice(person, "invitation", link):
        return render(request, "people/invitation_sent.html", {"person": person})
    return render(request, "people/invitation_slip.html", {"link": link, "language": outbox.language_of(person)})


def _may_help_to_sign_in(person: Person) -> bool:
    """A link sets a new password: a coordinator makes one for people they serve and for peers of this program only."""
    held = Membership.objects.filter(user_id=person.user_id) if person.user_id else Membership.objects.none()
    return not held.exclude(program_id=person.program_id, role__in=["participant", "peer"]).exists()


def _role_for(person: Person) -> str:
    """A person who is served is a participant; anybody else brought in here is a peer."""
    return "participant" if person.episodes.exists() else "peer"
