"""What they do with their days: their stories, what they practise, who is in their life, a return, calls."""

from base64 import b64decode
from collections.abc import Iterable
from itertools import chain, groupby

from django.db.models import Prefetch
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alongside.calls.models import Agreement, Call
from alongside.calls.showing import spoken_hours
from alongside.calls.wording import EVERY, OWN_OUTCOMES
from alongside.community.models import PenName, Post
from alongside.connections import wording as ties
from alongside.connections.models import Tie, TieTurn
from alongside.groups.models import Came, GroupPlace
from alongside.groups.showing import in_language
from alongside.occasions.models import OccasionPlace
from alongside.occasions.showing import in_language as title_of
from alongside.outings.models import Ask, Felt, Outing, Saved
from alongside.outings.queries import whole_copy
from alongside.outings.showing import speak_times
from alongside.outings.wording import HOWS, REASONS
from alongside.people.labels import spoken
from alongside.people.models import Person
from alongside.returns.models import Telling
from alongside.rules.stories import PARTS, SPOKEN
from alongside.skills.catalog import list_units
from alongside.skills.models import Practice, Standing
from alongside.skills.queries import list_rows
from alongside.skills.wording import FEELS, STANDS
from alongside.stories import showing as told
from alongside.stories import wording as told_words
from alongside.stories.models import RecordingPart, Story, StoryTurn

from .shape import CHUNK, Row, Section, columns, say_day


def skills(person: Person) -> Iterable[Row]:
    """Where they stand with each unit, and each time they tried something; also what they took off their list."""
    language = "es" if (get_language() or "").startswith("es") else "en"
    titles = {entry.key: entry.words.title for entry in list_units(list_rows(), language, all_of_them=True)}
    for one in Standing.objects.filter(person=person).order_by("changed_at").iterator(chunk_size=CHUNK):
        yield {"at": one.changed_at, "what": titles.get(one.unit, one.unit), "state": str(STANDS[one.stand][0])}
    for done in Practice.objects.filter(person=person).order_by("made_at").iterator(chunk_size=CHUNK):
        yield {
            "at": done.made_at, "day": done.happened_on, "what": titles.get(done.unit, done.unit),
            "state": str(FEELS[done.feel]) if done.feel else "", "together": done.together, "words": done.words,
        }  # fmt: skip


def connections(person: Person) -> Iterable[Row]:
    """People, groups and places, and how each stood before."""
    turns = Prefetch("turns", TieTurn.objects.order_by("at"))
    found = Tie.objects.filter(person=person).prefetch_related(turns).order_by("made_at", "pk")
    for one in found.iterator(chunk_size=CHUNK):
        yield {
            "since": one.made_at, "until": one.ended_at, "what": str(ties.KINDS[one.kind]), "words": one.name,
            "state": _stands(one), "before": [f"{say_day(turn.at)}: {_stands(turn)}" for turn in one.turns.all()],
        }  # fmt: skip


def _stands(one: Tie | TieTurn) -> str:
    return f"{ties.RINGS[one.ring][0]}, {ties.GOOD[one.support]}" if one.ring else _("no longer")


def returns(person: Person) -> Iterable[Row]:
    """What was told about a return to use, also the words they keep to themselves."""
    found = Telling.objects.filter(person=person).select_related("told_by").order_by("told_at")
    for one in found.iterator(chunk_size=CHUNK):
        yield {"at": one.told_at, "day": one.on_day, "who": one.told_by.goes_by, "words": one.words,
               "hidden": one.is_kept}  # fmt: skip


def calls(person: Person) -> Iterable[Row]:
    """What they agreed to, and each call or try, as they read it on their own page."""
    for one in Agreement.objects.filter(person=person).order_by("agreed_at").iterator(chunk_size=CHUNK):
        often = [str(EVERY[one.wished_every_days])] if one.wished_every_days in EVERY else []
        hours = [f"{day}: {parts}" for day, parts in spoken_hours(one.hours)]
        yield {"at": one.agreed_at, "until": one.ended_at, "what": _("You agreed to calls"),
               "state": spoken("phone_support", one.status), "answers": [*often, *hours]}  # fmt: skip
    found = Call.objects.filter(person=person).select_related("caller").order_by("called_at")
    for call in found.iterator(chunk_size=CHUNK):
        yield {"at": call.called_at, "what": _("A call"), "who": call.caller.goes_by,
               "state": str(OWN_OUTCOMES[call.outcome]), "words": call.note}  # fmt: skip


def groups(person: Person) -> Iterable[Row]:
    """Places in groups, with the name they chose, and each time they came."""
    places = GroupPlace.objects.filter(person=person).select_related("group").order_by("asked_at")
    for one in places.iterator(chunk_size=CHUNK):
        yield {"since": one.asked_at, "until": one.left_at, "what": in_language(one.group, "name")["words"],
               "state": spoken("group_place", one.status), "goes_by": one.alias}  # fmt: skip
    came = Came.objects.filter(person=person).select_related("session__group").order_by("at")
    for here in came.iterator(chunk_size=CHUNK):
        yield {"day": here.session.day, "what": in_language(here.session.group, "name")["words"],
               "state": _("You were there")}  # fmt: skip


def page_words(person: Person) -> Iterable[Row]:
    """What they wrote on pages of groups, and the names they chose; nothing of what others wrote."""
    names = PenName.objects.filter(person=person).select_related("community__group").order_by("made_at")
    for name in names.iterator(chunk_size=CHUNK):
        yield {"at": name.made_at, "what": in_language(name.community.group, "name")["words"], "goes_by": name.name}
    posts = Post.objects.filter(name__person=person).select_related("name", "community__group").order_by("written_at")
    for one in posts.iterator(chunk_size=CHUNK):
        yield {"at": one.written_at, "what": in_language(one.community.group, "name")["words"],
               "goes_by": one.name.name, "words": one.words, "state": spoken("page_post", one.status),
               "answer": one.hidden_words}  # fmt: skip


def outings(person: Person) -> Iterable[Row]:
    """What they saved, how days went and felt, and whom they asked to come along."""
    yield from outings_given(person)
    for went in Outing.objects.filter(saved__person=person).select_related("saved").order_by("on_day", "pk"):
        yield {"day": went.on_day, "what": went.saved.copy["name"], "state": str(HOWS[went.how])}
    for felt in Felt.objects.filter(saved__person=person).select_related("saved").order_by("on_day", "pk"):
        yield {"at": felt.written_at, "day": felt.on_day, "what": felt.saved.copy["name"], "words": felt.words,
               "hidden": True}  # fmt: skip


def outings_given(person: Person) -> Iterable[Row]:
    """The same without what is for them alone: somebody else hands this copy over (C4)."""
    found = Saved.objects.filter(person=person).order_by("saved_at", "pk")
    for one in found.iterator(chunk_size=CHUNK):
        yield {"since": one.saved_at, "until": one.put_away_at, "what": one.copy["name"], "words": one.copy["place"],
               "state": speak_times(whole_copy(one), person.program)}  # fmt: skip
    asks = Ask.objects.filter(saved__person=person).select_related("saved", "mentorship__peer__person", "answered_by")
    for ask in asks.order_by("asked_at", "pk"):
        by = ask.answered_by or ask.mentorship.peer.person
        answer = " ".join(filter(None, (str(REASONS[ask.reason]) if ask.reason else "", ask.answer)))
        yield {"at": ask.asked_at, "day": ask.on_day, "what": ask.saved.copy["name"], "who": by.goes_by,
               "state": spoken("ask_along", ask.status), "words": ask.words, "answer": answer}  # fmt: skip


def events(person: Person) -> Iterable[Row]:
    """Where they come or came, under which name; nothing is left thirty days after an event."""
    places = OccasionPlace.objects.filter(person=person).select_related("occasion").order_by("asked_at")
    for one in places.iterator(chunk_size=CHUNK):
        yield {"day": one.occasion.on_day, "since": one.asked_at, "until": one.left_at,
               "what": title_of(one.occasion, "title")["words"], "state": spoken("occasion_place", one.status),
               "goes_by": one.alias}  # fmt: skip


def stories(person: Person) -> Iterable[Row]:
    """Each story in whatever state, how it was shared and what readers said; its recording lies beside as a file."""
    turns = Prefetch("turns", StoryTurn.objects.order_by("at"))
    found = Story.objects.filter(person=person).select_related("recording").prefetch_related(turns)
    for one in found.order_by("made_at", "pk").iterator(chunk_size=CHUNK):
        words = [f"{told_words.HEADINGS[code]}: {one.parts[code]}" for code in (*PARTS, SPOKEN) if one.parts.get(code)]
        yield {
            "since": one.made_at, "until": one.ended_at, "what": one.title, "goes_by": one.alias,
            "for_whom": str(told_words.AUDIENCES[one.audience][0]), "state": spoken("story", one.status),
            "words": "\n\n".join(words), "before": [_said(turn) for turn in one.turns.all()],
            "hidden_words": one.keep_out, "language": str(told_words.LANGUAGES[one.language]),
            "file": file_of(one) if hasattr(one, "recording") else "",
        }  # fmt: skip


def _said(turn: StoryTurn) -> str:
    shown = told.show_turn(turn)
    return " ".join(filter(None, [f"{say_day(turn.at)}: {shown['what']}.", *shown["reasons"], shown["words"]]))


def file_of(story: Story) -> str:
    """The name of its recording in the copy."""
    return f"sounds/{story.pk}.{story.recording.kind}"


def recordings(person: Person) -> Iterable[tuple[str, Iterable[bytes]]]:
    """The recordings of all stories, a part of each in memory at a time."""
    rows = RecordingPart.objects.filter(recording__story__person=person).select_related("recording__story")
    rows = rows.defer("recording__story__parts", "recording__story__keep_out").order_by("recording", "number")
    for _recording, parts in groupby(rows.iterator(chunk_size=4), key=lambda part: part.recording_id):
        first = next(parts)
        story = first.recording.story
        story.recording = first.recording
        yield file_of(story), (b64decode(part.content) for part in chain([first], parts))


SECTIONS = (
    Section("stories", gettext_lazy("Your stories"), gettext_lazy("Written or spoken, shared or not."),
            columns("since:moment until:moment what goes_by for_whom language state words hidden_words before:list "
                    "file"),
            stories, files=recordings),
    Section("skills", gettext_lazy("What you practise"), gettext_lazy("Where you say you stand, and what you tried."),
            columns("at:moment day:day what state together:yes words"), skills),
    Section("connections", gettext_lazy("Who is in your life"), gettext_lazy("People, groups and places."),
            columns("since:moment until:moment what words state before:list"), connections),
    Section("returns", gettext_lazy("What was told about a return to use"), gettext_lazy("By you, or by your peer."),
            columns("at:moment day:day who words hidden:yes"), returns),
    Section("calls", gettext_lazy("Calls"), gettext_lazy("What you agreed to, and each call."),
            columns("at:moment until:moment what who state answers:list words"), calls),
    Section("groups", gettext_lazy("Groups"), gettext_lazy("Where you have or had a place, and when you came."),
            columns("day:day since:moment until:moment what state goes_by"), groups),
    Section("page_words", gettext_lazy("Words on pages of groups"),
            gettext_lazy("What you wrote, and under which name."),
            columns("at:moment what goes_by words state answer"), page_words),
    Section("outings", gettext_lazy("Your week"),
            gettext_lazy("What you kept for yourself, and whom you asked along. How days went and felt is only in "
                         "a copy that you take yourself."),
            columns("at:moment day:day since:moment until:moment what state who words answer hidden:yes"), outings,
            rows_given=outings_given),
    Section("events", gettext_lazy("Events"), gettext_lazy("Where you come or came, and the name you chose."),
            columns("day:day since:moment until:moment what state goes_by"), events),
)  # fmt: skip
