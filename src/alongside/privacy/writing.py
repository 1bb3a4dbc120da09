"""From rows to what a person reads and signs: the terms of a consent, its document, and the preview from real data."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from alongside.people.models import Person
from alongside.rules.consent import LATEST, Block, Posture, Terms, digest, who_signs, write
from alongside.rules.consent.signing import BY_ANOTHER, DIRECTOR, NAMED, is_minor

from .items import gather
from .models import Consent, ProgramLaw
from .restriction_queries import list_kept_back


@dataclass(frozen=True)
class Shown:
    """What stands before the person: blocks of text, the data item by item, and a digest of both."""

    blocks: tuple[Block, ...]
    preview: list
    digest: str
    kept_back: tuple[str, ...] = ()
    """Items of the consent that do not leave under it now (§2.26): they are not in the preview either."""

    def to_keep(self) -> dict:
        """What is kept with the signature (B8)."""
        return {"document": [asdict(block) for block in self.blocks], "preview": self.preview}


def get_posture() -> Posture:
    """The law of the program in scope; the strictest where nobody said."""
    law = ProgramLaw.objects.order_by("-version").first()
    if law is None:
        return Posture()
    return Posture(law.part2, law.majority_age, law.minor_alone_from, law.fundraises, law.hipaa, law.emancipated_alone)


def terms_of(consent: Consent, posture: Posture, **more) -> Terms:
    """The row as the rules read it."""
    if consent.signer == DIRECTOR:
        more = {"signer": DIRECTOR, **more}  # the document says so before it is signed
    return Terms(
        kind=consent.kind,
        person_name=consent.person_name or "",
        discloser=consent.discloser,
        items=tuple(consent.items),
        recipient=consent.recipient or "",
        recipient_is_covered=consent.recipient_is_covered,
        members=consent.members or "",
        purpose=consent.purpose,
        purpose_words=consent.purpose_words or "",
        expires_event=consent.expires_event,
        expires_at=consent.expires_at,
        held_until=consent.held_until,
        held_event=consent.held_event,
        died_on=consent.died_on,
        fundraises=posture.fundraises,
        **more,
    )


def show(consent: Consent, posture: Posture, person: Person, language: str = "") -> Shown:
    """What would be signed at this moment, in the language of the consent, or of somebody who signs beside them."""
    zone, language = ZoneInfo(person.program.time_zone), language or consent.language

    def say_day(moment: datetime) -> str:
        with override(language):
            return date_format(moment.astimezone(zone), "DATE_FORMAT")

    blocks = write(terms_of(consent, posture), posture, language=language, say_day=say_day, version=LATEST)
    kept = list_kept_back(consent)
    preview = gather(person, [item for item in consent.items if item not in kept], language)
    return Shown(blocks, preview, digest(blocks, preview), tuple(kept))


def shown_then(consent: Consent) -> Shown:
    """What was signed, as it was kept."""
    kept = consent.shown
    return Shown(tuple(Block(**block) for block in kept["document"]), kept["preview"], consent.shown_digest)


def is_as_signed(consent: Consent) -> bool:
    """Whether what is kept is what was signed."""
    then = shown_then(consent)
    return digest(then.blocks, then.preview) == consent.shown_digest


def signer_of(consent: Consent, posture: Posture, person: Person, today: date | None = None) -> str:
    """Who has to sign, by the age we know, by whoever was named to act for the person, and by a death written down."""
    represented_by = consent.signer if consent.signer in NAMED else ""
    have_acted: tuple[str, ...] = ()
    if represented_by == DIRECTOR:
        signed = Consent.objects.filter(person_id=consent.person_id).exclude(status__in=["draft", "withdrawn"])
        have_acted = tuple(signed.filter(signer__in=BY_ANOTHER).values_list("signer", flat=True).distinct())
    return who_signs(
        posture, age=age_of(person, today), represented_by=represented_by, has_died=consent.died_on is not None,
        have_acted=have_acted,
    )  # fmt: skip


def why_no_minor(person: Person, posture: Posture, moment: datetime) -> str:
    """ "" where they are under age by the program's law at that moment, else `age_not_known` or `of_age`."""
    age = age_of(person, moment.astimezone(ZoneInfo(person.program.time_zone)).date())
    if age is None:
        return "age_not_known"
    return "" if is_minor(posture, age) else "of_age"


def age_of(person: Person, today: date | None = None) -> int | None:
    """Whole years; None where nobody knows the birth date."""
    born, day = person.birth_date, today or timezone.localdate()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else None
