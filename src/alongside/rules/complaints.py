"""A complaint about privacy (§2.4): whoever makes it, who may look into it, and that nobody judges their own case."""

from collections.abc import Collection

VIA = ("own", "staff", "public")
"""By the person on their own page, by staff for them, or by anybody without an account."""

OWNERS = ("director", "supervisor")


def may_own(*, roles: Collection[str], me: object, my_person: object, about: object, about_is_director: bool,
            person: object) -> bool:  # fmt: skip
    """Whether somebody may read, own and answer a complaint. `about` is the account it is about, None for nobody named.

    A director does; a supervisor only one about a director, so that it never waits for the one it is about. Nobody does
    whom it is about, and nobody answers their own.
    """
    if me is None or me == about or (person is not None and person == my_person):
        return False
    return "director" in roles or ("supervisor" in roles and about is not None and about_is_director)
