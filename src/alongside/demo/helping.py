"""Sol helps from outside: let in once before, and again as the demo begins, so that the door of the demo has them."""

from datetime import timedelta
from uuid import uuid4

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from alongside.people.actions import end_support, give_support
from alongside.people.models import Program, User

from .staff import DOOR, actor_of, make_account

MAIL = "sol@helpers.example"


def who_helps(program: Program) -> None:
    """An account of nobody in the program, with an e-mail and a second step."""
    dolores = actor_of(User.objects.get(username=f"{DOOR}dolores"), program)
    sol = make_account("sol", program)
    sol.email = MAIL
    sol.save(update_fields=["email", "email_index"])
    TOTP.activate(sol, generate_totp_secret())
    now = timezone.now()
    earlier = give_support(
        email=MAIL, minutes=60, words="The backups do not arrive.", submit_key=uuid4(), program=program, by=dolores,
        now=now - timedelta(days=12),
    )  # fmt: skip
    end_support(grant=earlier, by=dolores, now=now - timedelta(days=12) + timedelta(minutes=35))
    give_support(email=MAIL, minutes=240, words="Mail to participants waits since Friday.", submit_key=uuid4(),
                 program=program, by=dolores, now=now)  # fmt: skip
