"""Staff accounts and their roles, for administrators: no participant and no participant's data (D3)."""

from functools import partial

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people import actions, outbox
from alongside.people.forms import InviteStaffForm, RolesForm
from alongside.people.labels import label
from alongside.people.queries import list_open_invitations, list_staff_accounts
from alongside.web.meanwhile import ChangedMeanwhile, look_again

WHY_NOT = {
    "own_account": gettext_lazy("You cannot turn off your own account."),
    "other_program": gettext_lazy("This account also serves another program. End its roles here instead."),
}
WITHOUT_ROLE = gettext_lazy("Helps from outside, without a role")


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Staff accounts by user name, and links that are still open."""
    accounts = [
        {"user": user, "roles": [label("role", m.role) for m in user.staff_memberships]}
        for user in list_staff_accounts(request.program)
    ]
    invitations = [
        {"invitation": invitation, "roles": [label("role", role) for role in invitation.roles] or [WITHOUT_ROLE]}
        for invitation in list_open_invitations(request.program, timezone.now())
    ]
    return render(request, "people/users.html", {"accounts": accounts, "invitations": invitations})


def _account(request, user_id):
    user = list_staff_accounts(request.program).filter(pk=user_id).first()
    if user is None:
        raise Http404
    return user


def _roles_form(user, *, initial=None, data=None) -> RolesForm:
    stored = {"roles": [m.role for m in user.staff_memberships]}
    form = RolesForm(data, initial=stored | (initial or {}))
    form.remember(stored, of=user.pk)
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def edit_user(request: HttpRequest, user_id) -> HttpResponse:
    """Give and end roles of one account."""
    user = _account(request, user_id)
    held = [m.role for m in user.staff_memberships]
    form = _roles_form(user, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        roles = form.cleaned_data["roles"]
        if user == request.user and "administrator" not in roles:
            form.add_error("roles", _("You cannot end your own administrator role."))
        elif user == request.user and set(roles) - set(held):
            # D3, D5: who keeps the system running does not open records by a click of their own.
            form.add_error("roles", _("You cannot give yourself a role. Ask another administrator."))
        else:
            try:
                actions.set_roles(user=user, program=request.program, roles=roles, by=request.actor, seen=form.seen)
            except ChangedMeanwhile as changed:
                form = look_again(form, changed, partial(_roles_form, _account(request, user_id)))
            else:
                messages.success(request, _("The roles are saved. They count from the next click on."))
                return redirect("users")
    return render(request, "people/edit_user.html", {"form": form, "account": user})


@require_POST
@reauthentication_required
def switch_user(request: HttpRequest, user_id) -> HttpResponse:
    """Turn an account off, with all its sessions, or on again."""
    user = _account(request, user_id)
    try:
        if request.POST.get("action") == "enable":
            actions.enable_account(user=user, by=request.actor)
            messages.success(request, _("The account is on again."))
        else:
            actions.disable_account(user=user, by=request.actor)
            messages.success(request, _("The account is off. Its sessions have ended."))
    except actions.AccountNotDisabled as error:
        messages.error(request, WHY_NOT[error.args[0]])
    return redirect("users")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def invite_staff(request: HttpRequest) -> HttpResponse:
    """A link with which a member of staff makes their account."""
    form = InviteStaffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _invitation, token = actions.create_invitation(program=request.program, roles=form.cleaned_data["roles"],
                                                       by=request.actor)  # fmt: skip
        link = outbox.absolute(reverse("join", args=[token]))
        return render(request, "people/invitation_slip.html", {"link": link, "language": request.LANGUAGE_CODE})
    return render(request, "people/invite_staff.html", {"form": form})


@require_POST
def revoke_invitation(request: HttpRequest, invitation_id) -> HttpResponse:
    """Take an open link back."""
    found = list_open_invitations(request.program, timezone.now()).filter(pk=invitation_id).first()
    if found is None:
        raise Http404
    actions.revoke_invitation(invitation=found, by=request.actor)
    messages.success(request, _("The link does not work any more."))
    return redirect("users")
