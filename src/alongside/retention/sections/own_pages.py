"""The person's own pages, also what they hide from everybody else; check-ins and questionnaires."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alongside.assessments.catalog import get_form
from alongside.assessments.models import Assessment
from alongside.assessments.wording import NAMES as FORM_NAMES
from alongside.checkins.models import CheckIn, Rhythm
from alongside.checkins.wording import QUESTIONS
from alongside.people.labels import label
from alongside.people.models import Person
from alongside.recovery import wording
from alongside.recovery.models import Change, Chapter, Goal, Milestone, Sheet, Step
from alongside.rules.instruments import total
from alongside.rules.sheets import STAGE_PARTS

from .shape import CHUNK, Row, Section, columns

PAGES = {
    "plan": gettext_lazy("Plan"),
    "well": gettext_lazy("What keeps me well"),
    "safe": gettext_lazy("For hard days"),
    "days": gettext_lazy("Days"),
}


def pages(person: Person) -> Iterable[Row]:
    """What stands on each page, part by part."""
    for sheet in Sheet.objects.filter(person=person).order_by("kind", "-changed_at").iterator(chunk_size=CHUNK):
        for part, words in sheet.parts.items():
            if words:
                yield {
                    "what": f"{PAGES[sheet.kind]}: {wording.part_name(part)}", "words": _spoken(part, words),
                    "at": sheet.changed_at, "hidden": sheet.is_hidden,
                }  # fmt: skip


def _spoken(part: str, words: str) -> str:
    return str(wording.STAGES[words][0]) if part in STAGE_PARTS and words in wording.STAGES else words


def goals(person: Person) -> Iterable[Row]:
    """What they want, with the steps toward it."""
    steps = Prefetch("steps", Step.objects.order_by("made_at", "pk"))
    found = Goal.objects.filter(sheet__person=person).prefetch_related(steps).order_by("made_at", "pk")
    for one in found.iterator(chunk_size=CHUNK):
        yield {
            "at": one.made_at, "area": str(wording.AREAS[one.area][0]), "words": one.words, "done_at": one.done_at,
            "steps": [_step(step) for step in one.steps.all()],
        }  # fmt: skip


def _step(step: Step) -> str:
    state = _("done") if step.done_at else _("set aside") if step.set_aside_at else _("open")
    due = f", {step.due_on.isoformat()}" if step.due_on else ""
    return f"{step.words} ({state}{due})"


def days(person: Person) -> Iterable[Row]:
    """Days they count, and what they are glad of."""
    for one in Chapter.objects.filter(sheet__person=person).order_by("made_at").iterator(chunk_size=CHUNK):
        yield {"what": _("Days counted"), "since": one.first_on, "until": one.last_on, "words": ""}
    for mark in Milestone.objects.filter(sheet__person=person).order_by("made_at").iterator(chunk_size=CHUNK):
        day = mark.happened_on or mark.made_at.date()
        yield {"what": _("A good moment"), "since": day, "until": None, "words": mark.words}


def changes(person: Person) -> Iterable[Row]:
    """What stood on these pages before."""
    found = Change.objects.filter(sheet__person=person).order_by("at", "pk")
    for one in found.iterator(chunk_size=CHUNK):
        what = wording.DONE_WITH[one.what] if one.what in wording.DONE_WITH else wording.part_name(one.what)
        yield {"at": one.at, "role": str(label("role", one.by_role)), "what": str(what), "before": one.before,
               "after": one.after}  # fmt: skip


def check_ins(person: Person) -> Iterable[Row]:
    """How they said they were; and their wishes about being asked."""
    for wish in Rhythm.objects.filter(person=person):
        yes = [
            words for words, is_so in (
                (_("You keep your check-ins to yourself"), wish.is_hidden),
                (_("We ask you again and again"), wish.next_ask_on),
                (_("You answer by text message"), wish.answers_by_text),
            ) if is_so
        ]  # fmt: skip
        yield {"at": wish.latest_at, "answers": yes, "scale": None, "call": None}
    for one in CheckIn.objects.filter(person=person).order_by("at").iterator(chunk_size=CHUNK):
        said = [f"{QUESTIONS[code][0] if code in QUESTIONS else code}: {value}" for code, value in one.answers.items()]
        yield {"at": one.at, "answers": said, "scale": one.scale, "call": one.wants_call}


def answers(person: Person) -> Iterable[Row]:
    """Questionnaires, question by question, in the words that were shown."""
    spanish = (get_language() or "").startswith("es")
    for one in Assessment.objects.filter(person=person).order_by("begun_at").iterator(chunk_size=CHUNK):
        form, given = get_form(one.instrument, one.version), {int(item): points for item, points in one.answers.items()}
        language = "es" if spanish and form.speaks("es") else "en"
        yield {
            "at": one.completed_at or one.begun_at, "what": str(FORM_NAMES[one.instrument][0]),
            "answers": [f"{form.text(form.asked[item], language)}: {points}"
                        for item, points in sorted(given.items())],
            "total": total(form.rule, given),
            "state": _("complete") if one.completed_at else _("set aside") if one.set_aside_at else _("open"),
        }  # fmt: skip


SECTIONS = (
    Section("pages", gettext_lazy("Your pages"), gettext_lazy("What you wrote on your own pages."),
            columns("what words at:moment hidden:yes"), pages),
    Section("goals", gettext_lazy("What you want"), gettext_lazy("Goals and small steps."),
            columns("at:moment area words steps:list done_at:moment"), goals),
    Section("days", gettext_lazy("Days and good moments"), gettext_lazy("As you count them."),
            columns("what since:day until:day words"), days),
    Section("changes", gettext_lazy("What stood there before"), gettext_lazy("The history of your pages."),
            columns("at:moment role what before after"), changes),
    Section("check_ins", gettext_lazy("How you were"), gettext_lazy("Your check-ins. More is better."),
            columns("at:moment answers:list scale:number call:yes"), check_ins),
    Section("answers", gettext_lazy("Questions you answered"), gettext_lazy("With the points you chose."),
            columns("at:moment what answers:list total:number state"), answers),
)  # fmt: skip
