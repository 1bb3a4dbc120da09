"""Conditions on the row of a consent, made from the tables of `rules.consent`: no second list of what must be there.

They are SQL that both databases understand. Lists of codes are compared as text: each stands in quotes, so that no code
is found within another. What a column holds in cipher can only be seen to be there or not.
"""

from collections import defaultdict

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from alongside.rules.consent import EMANCIPATED, KINDS, MINOR_AND_PARENT, items_for
from alongside.rules.consent.signing import BY_ANOTHER, BY_DIRECTOR, DIRECTOR, DIRECTOR_FOR

SIGNED = ~Q(status__in=["draft", "withdrawn"])
"""Of a row that was signed at some time."""

FOR_TPO = Q(kind="tpo") | Q(purpose__in=["care", "payment"])
"""What §2.31(a)(10) asks of, as `rules.consent.terms.list_missing` does."""


def there(*columns: str) -> Q:
    """Columns in cipher that hold something: "" stays "" there, and is no element."""
    filled = _true(" AND ".join(f"{column} <> ''" for column in columns))
    return Q(**{f"{column}__isnull": False for column in columns}) & Q(filled)


def says(code: str) -> Q:
    """Whether the document that was signed has this statement."""
    text = "CAST(statements AS text)"
    return Q(_true(f"replace({text}, '\"{code}\"', '') <> {text}"))


def says_what_the_law_wants() -> Q:
    """§2.31(a)(6) or §2.35(c), (a)(10) and (a)(4)(iii): the statements that were before the person's eyes."""
    held = Q(kind__in=[kind.code for kind in KINDS.values() if kind.is_held])
    return (
        ((held & says("right_to_revoke_held")) | (~held & says("right_to_revoke")))
        & (~FOR_TPO | (says("redisclosure") & says("refusing")))
        & (~FOR_TPO | Q(recipient_is_covered=False) | says("hipaa"))
    )


def shares_what_it_may() -> Q:
    """§2.31(a)(3), C4: at least one item, and none but those of its kind and purpose."""
    alike: dict[tuple[str, ...], Q] = defaultdict(Q)
    for kind in KINDS.values():
        for purpose in kind.purposes:
            alike[items_for(kind.code, purpose)] |= Q(kind=kind.code, purpose=purpose)
    fits = Q()
    for allowed, which in alike.items():
        fits |= which & Q(_only("items", allowed))
    return fits & Q(_true("items <> '[]'"))


def is_signed_by_who_must() -> Q:
    """§2.31(a)(8), §2.14, §2.15: the names of those who sign, and by what right."""
    return (
        (Q(signer__in=BY_ANOTHER) & there("other_name", "other_basis"))
        | (Q(signer=MINOR_AND_PARENT) & there("signed_name", "other_name"))
        | (Q(signer=EMANCIPATED) & there("signed_name", "other_basis"))
        | (~Q(signer__in=[*BY_ANOTHER, MINOR_AND_PARENT, EMANCIPATED]) & there("signed_name"))
    )


def is_by_director_for_payment_alone() -> Q:
    """§2.15(a)(2): a director signs for payment, with a last day, for somebody whose age is known, and the document
    says so; no other document does. Who signs and how long it lasts is for `guards.by_a_director`.
    """
    kind, purpose = DIRECTOR_FOR
    by_director = Q(kind=kind, purpose=purpose, expires_event="", expires_at__isnull=False, died_on__isnull=True,
                    signed_how="screen", age_known="birth_date")  # fmt: skip
    return (Q(signer=DIRECTOR) & by_director & says(BY_DIRECTOR)) | (~Q(signer=DIRECTOR) & ~says(BY_DIRECTOR))


def _only(column: str, codes: tuple[str, ...]) -> RawSQL:
    """Nothing is left of a list of codes when these are taken out."""
    text = f"CAST({column} AS text)"
    for part in (*(f'"{code}"' for code in codes), ",", " ", "[", "]"):
        text = f"replace({text}, '{part}', '')"
    return _true(f"{text} = ''")


def _true(sql: str) -> RawSQL:
    return RawSQL(sql, (), output_field=models.BooleanField())  # noqa: S611  (columns and codes of ours, no value)
