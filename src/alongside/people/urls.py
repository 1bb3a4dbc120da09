"""Pages of accounts, each beside its access rule. Of allauth only the views named here are mounted."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from alongside.web.routing import route

from .library_pages import ours
from .views import account as own
from .views import codes, going, joining, support, users

urlpatterns = [
    route("home/", going.home, name="home", act="go_home"),
    route("language/", going.set_language, name="set_language", act="see_public"),
    route("program/", going.switch_program, name="switch_program", act="go_home"),
    route("demo/", going.demo_door, name="demo_door", act="see_public"),
    route("join/done/", joining.join_done, name="join_done", act="accept_invitation"),
    route("join/<str:token>/", joining.join, name="join", act="accept_invitation"),
    route("people/<uuid:person_id>/link/", joining.invite_person, name="invite_person", act="run_intake"),
    route("account/", own.account_settings, name="account_settings", act="manage_own_account"),
    route("account/", own.account_settings, name="mfa_index", act="manage_own_account"),  # where allauth returns to
    route("account/email/", own.change_email, name="change_email", act="manage_own_account"),
    route("account/email/<str:token>/", own.confirm_email, name="confirm_email", act="manage_own_account"),
    route("account/devices/end/", own.end_sign_ins, name="end_sign_ins", act="manage_own_account"),
    route("account/devices/forget/", own.forget_devices, name="forget_devices", act="manage_own_account"),
    route("account/second-step/", own.choose_second_factor, name="second_factor", act="manage_own_account"),
    route("account/sign-in/code/", codes.ask_code, name="ask_code", act="sign_in"),
    route("account/sign-in/code/enter/", codes.enter_code, name="enter_code", act="sign_in"),
    route("account/sign-in/paper/", codes.paper_sign_in, name="paper_sign_in", act="sign_in"),
    route("account/again/by-code/", codes.code_again, name="code_again", act="manage_own_account"),
    route("account/paper/", codes.own_sheet, name="own_sheet", act="manage_own_account"),
    route("people/<uuid:person_id>/paper/", codes.sheet_for, name="sheet_for", act="run_intake"),
    route("settings/people/", users.users, name="users", act="manage_users"),
    route("settings/people/invite/", users.invite_staff, name="invite_staff", act="manage_users"),
    route("settings/people/links/<uuid:invitation_id>/end/", users.revoke_invitation, name="revoke_invitation",
          act="manage_users"),
    route("settings/people/<uuid:user_id>/", users.edit_user, name="edit_user", act="manage_users"),
    route("settings/people/<uuid:user_id>/switch/", users.switch_user, name="switch_user", act="manage_users"),
    route("support/", support.supports, name="supports", act="see_support"),
    route("support/new/", support.support_new, name="support_new", act="give_support"),
    route("support/link/", support.support_link, name="support_link", act="give_support"),
    route("support/<uuid:support_id>/", support.support_one, name="support_one", act="see_support"),
    route("support/<uuid:support_id>/end/", support.support_end, name="support_end", act="give_support"),
    route("helping/", support.support_home, name="support_home", act="help_from_outside"),
    # allauth: its rules are in web.routing.ALLAUTH_ACTS, by name
    path("account/sign-in/", ours(account.login), name="account_login"),
    path("account/sign-in/second-step/", ours(mfa.authenticate), name="mfa_authenticate"),
    path("account/sign-in/passkey/", ours(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("account/sign-out/", ours(account.logout), name="account_logout"),
    path("account/again/", ours(account.reauthenticate), name="account_reauthenticate"),
    path("account/again/code/", ours(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/again/passkey/", ours(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/password/", ours(account.password_change), name="account_change_password"),
    path("account/password/first/", ours(reauthentication_required(account.password_set)), name="account_set_password"),
    path("account/new-password/", ours(account.password_reset), name="account_reset_password"),
    path("account/new-password/sent/", ours(account.password_reset_done), name="account_reset_password_done"),
    path("account/new-password/done/", ours(account.password_reset_from_key_done),
         name="account_reset_password_from_key_done"),
    re_path(r"^account/new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$", ours(account.password_reset_from_key),
            name="account_reset_password_from_key"),
    path("account/app/", ours(totp.activate_totp), name="mfa_activate_totp"),
    path("account/app/end/", ours(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/", ours(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/add/", ours(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", ours(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/end/", ours(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/codes/", ours(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/codes/new/", ours(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
]  # fmt: skip
