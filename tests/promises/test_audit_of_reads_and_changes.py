"""Whoever reads or changes a participant's record leaves an entry, without anybody having to think of it (G1).

Reads: every page that shows something of Rosa's to somebody else. Changes: every action there is, watched while the
whole story is told and while the story's pages are posted; one that changed a table of hers wrote an entry.
"""

import ast
import functools
import importlib
import inspect
import pkgutil
import sys
from contextlib import contextmanager

import pytest
from django.db import connection
from tests.promises import whole_story as story_of_everybody
from tests.promises.every_url import list_pages
from tests.promises.test_every_url import WRITE, everybody, pages_for, quiet, visit  # noqa: F401  (fixtures)

import alongside
from alongside.audit.models import Entry

HERS = (
    "people_person", "people_episode", "people_safecontact", "people_boundary", "privacy_", "intake_wishes",
    "intake_preference", "intake_inquiry", "mentoring_", "matching_offer", "matching_round", "recovery_sheet",
    "recovery_goal", "recovery_step", "recovery_chapter", "recovery_milestone", "recovery_change",
    "checkins_", "assessments_",
    "safety_escalation", "safety_happening", "legal_", "calls_agreement", "calls_call", "calls_claim", "returns_",
    "groups_groupplace", "groups_came", "occasions_occasionplace", "community_",
    "retention_erasurerequest", "retention_sealed",
    "partners_", "referrals_",
    "stories_story", "stories_recording", "outings_saved", "outings_ask",
)  # fmt: skip
"""Tables with something of a participant's."""

NOT_A_RECORD = {
    "mentoring_notedraft": "what is being typed: nobody else ever reads it, and it becomes a note with its entry",
}
HER_WORDS = ("violet canary of the note", "green canary of the answer", "scarlet canary of the message",
             "silver canary of the reply", "Rosalinda Cenzontle", "5550142", "555-0142",
             "teal canary of the change", "indigo canary of the wish", "plum canary of the hope",
             "olive canary of the goal", "pearl canary of the step", "coral canary of the hard day",
             "lilac canary of the good day", "ochre canary of the milestone",
             "magenta canary of the worry", "saffron canary of the call", "amethyst canary of the telling",
             "azure canary of the group", "hazel canary of the ask",
             "cobalt canary of the agreement", "maroon canary of the emergency",
             "saffron canary of the notice", "umber canary of the complaint", "khaki canary of the wish to keep",
             "russet canary of whom she named",
             "saffron canary of the hold", "sienna canary of the demand", "umber canary of the report",
             "khaki canary of the bag", "sienna canary of the partner",
             "juniper canary of what would help")  # fmt: skip
"""What stands in her record. Her name alone also stands in lists, which are no record."""


# --- reads --------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["dante", "lien", "carmen", "dolores"])
def test_whoever_reads_of_her_leaves_an_entry(everybody, who):  # noqa: F811
    """A page with her words, shown to somebody else, wrote who opened it before it was sent."""
    read, silent = [], []
    for answer in visit(everybody, who, "get", pages_for(everybody, who)):
        if answer.status == 200 and set(answer.canaries()) & set(HER_WORDS):
            read.append(answer.page.name)
            if "audit_entry" not in answer.tables:
                silent.append(answer.page.name)
    assert set(silent) <= WITHOUT_ENTRY.keys()
    assert read, "this person reads something of hers, or the test is blind"


WITHOUT_ENTRY = {
    "today": "the peer's own people, each with the button that calls them",
    "messages": "the peer's own list of threads: the latest line of what was written to them",
}
"""Pages that show her words without an entry, each with its reason."""


@pytest.mark.django_db
def test_the_entry_is_written_before_the_page(everybody, client, monkeypatch):  # noqa: F811
    """When the page cannot be made, the log still says that somebody tried to see it."""
    from tests.promises.test_every_url import no_scope, sign_in

    from alongside.mentoring.views import peer

    def broken(*_arguments, **_named):
        raise RuntimeError("no page")

    browser = sign_in(everybody, "dante")
    before = Entry.objects.filter(act="record.opened", subject_id=everybody.rosa.person.pk).count()
    monkeypatch.setattr(peer, "render", broken)
    with no_scope(), pytest.raises(RuntimeError):
        browser.get(f"/people/{everybody.rosa.person.pk}/")
    assert Entry.objects.filter(act="record.opened", subject_id=everybody.rosa.person.pk).count() == before + 1


@pytest.mark.django_db
def test_no_entry_holds_what_was_read_or_written(whole_story):
    for entry in Entry.objects.all():
        words = f"{entry.act} {entry.object_kind} {entry.fields} {entry.reason} {entry.role} {entry.request_id}"
        assert [canary for canary in story_of_everybody.CANARIES if canary in words] == []


# --- changes ------------------------------------------------------------------------------------------------------
def list_actions() -> dict[str, tuple[object, str]]:
    """`module.function` of every action: the public functions of each package's `actions`, with where they live."""
    found = {}
    for package in pkgutil.iter_modules(alongside.__path__):
        name = f"alongside.{package.name}.actions"
        if package.ispkg and importlib.util.find_spec(name):
            folder = importlib.import_module(name)
            modules = [folder]
            if hasattr(folder, "__path__"):
                modules += [
                    importlib.import_module(f"{name}.{one.name}") for one in pkgutil.iter_modules(folder.__path__)
                ]
            for module in modules:
                for label, function in inspect.getmembers(module, inspect.isfunction):
                    if function.__module__ == module.__name__ and not label.startswith("_"):
                        found[f"{module.__name__.removeprefix('alongside.')}.{label}"] = (module, label)
    return found


def test_actions_are_found():
    assert {"mentoring.actions.contacts.record_contact", "people.actions.episodes.move_episode"} <= set(list_actions())


@contextmanager
def watched(calls: dict[str, tuple[set[str], int]]):
    """Notes for each action that is called: the tables it wrote, and how many entries."""
    stack: list[dict] = []

    def look(execute, sql, params, many, context):
        if found := WRITE.match(sql):
            for frame in stack:
                frame["tables"].add(found[1].lower())
        return execute(sql, params, many, context)

    def watch(name, function):
        @functools.wraps(function)
        def inside(*arguments, **named):
            frame = {"tables": set()}
            stack.append(frame)
            try:
                return function(*arguments, **named)
            finally:
                stack.pop()
                tables, times = calls.get(name, (set(), 0))
                calls[name] = (tables | frame["tables"], times + 1)
                if "audit_entry" not in frame["tables"] and of_hers(frame["tables"]):
                    calls.setdefault(f"SILENT {name}", (frame["tables"], 1))

        return inside

    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(look):
        for name, (module, label) in list_actions().items():
            patch_everywhere(patch, getattr(module, label), watch(name, getattr(module, label)))
        yield


def patch_everywhere(patch, function, replacement) -> None:
    """Replace a function wherever a module of ours holds it by name."""
    for module in [one for name, one in list(sys.modules.items()) if name.startswith("alongside")]:
        for label, value in list(vars(module).items()):
            if value is function:
                patch.setattr(module, label, replacement)


def of_hers(tables) -> set[str]:
    """Those of the tables that hold something of a participant's record."""
    return {table for table in tables if table.startswith(HERS) and table not in NOT_A_RECORD}


def test_every_action_that_changed_something_of_hers_wrote_an_entry(program, carmen, lien, dolores, ada):
    calls: dict[str, tuple[set[str], int]] = {}
    with watched(calls):
        story_of_everybody.tell(program, carmen, lien, dolores, ada)
    silent = {name.removeprefix("SILENT "): sorted(of_hers(tables)) for name, (tables, _) in calls.items()
              if name.startswith("SILENT")}  # fmt: skip
    assert silent == {}
    changed = [name for name, (tables, _) in calls.items() if of_hers(tables) and not name.startswith("SILENT")]
    assert len(changed) > 20, "most actions were called, or the test is blind"


def writes_and_records(module, label: str) -> tuple[bool, bool]:
    """Whether the text of an action writes rows itself, and whether it records, itself or by another action."""
    tree = ast.parse(inspect.getsource(module))
    text = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == label)
    calls = [node.func for node in ast.walk(text) if isinstance(node, ast.Call)]
    names = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
    writes = names & {"save", "create", "update", "delete", "bulk_create", "get_or_create", "update_or_create"}
    records = names & {"record", "record_each", "record_all", "log"}
    return bool(writes), bool(records) or any(name.startswith(("_log", "log_")) for name in names)


QUIET = {
    "intake.actions.applications.accept_application": "moves the application by another action, then links its person",
    "impact.actions.fold": "sums beside the rows, of nobody in particular",
    "impact.actions.hold_public_figures": "sums beside the rows, of nobody in particular",
    "intake.actions.rosters.begin_preview": "a preview is nobody's record",
    "intake.actions.rosters.confirm_roster": "by steps that record, and at the end by one that says it is done",
    "intake.actions.rosters.forget_undo": "what was kept to take a list back, once that is over",
    "intake.actions.rosters.undo_roster": "by steps that record, and at the end by one that says it is done",
    "intake.actions.rosters.set_roster_kind": "a file that nobody was made from yet",
    "matching.actions.choices.change_mind": "moves the offer by a step that records",
    "matching.actions.steps.go_on": "a longer time to choose; asks or returns by steps that record",
    "mentoring.actions.handover.attach_next": "inside the start of the next mentorship, which is recorded",
    "mentoring.actions.drafts.erase_draft": "a draft is nobody's record",
    "mentoring.actions.drafts.erase_old_drafts": "a draft is nobody's record",
    "mentoring.actions.drafts.save_draft": "a draft is nobody's record",
    "oversight.actions.make_due": "erases lists of a year ago; making one is another action, which records",
    "reflections.actions.erase_ended": "nobody's record, and an entry would tell that somebody wrote",
    "reflections.actions.erase_reflection": "nobody's record, and an entry would tell that somebody wrote",
    "reflections.actions.write_reflection": "nobody's record, and an entry would tell that somebody wrote",
    "outings.actions.asking.mark_read": "when the person had an answer before their eyes",
    "outings.actions.days.say_how": "for the person alone, and an entry would tell whether they went",
    "outings.actions.days.write_felt": "for the person alone, and an entry would tell that they wrote",
    "retention.actions.requests.carry_out": "erases by a step that records",
    "partners.actions.ending.end_with_consent": "ends pages by a step that records, then mails of pages that had ended",
    "people.actions.accounts.set_language": "in which language an account reads",
    "groups.actions.sessions.lock_session": "a row for one day of a series, about which nobody decided anything yet",
    "community.actions.telling.look_after_due": "who was told that something is new, and when a group's end was seen",
    "meetings.actions.take_in": "reads by a step that records; beside it, what codes of a public list mean",
    "outings.actions.listing.hide_group": "takes off by a step that records, or forgets which group one followed",
    "resources.actions.importing.get_feed": "the name of a list; what is sent and written under it is recorded",
    "resources.actions.importing.write_list": "writes by a step that records",
    "resources.actions.reporting.report": "by somebody who has no account and is asked nothing",
    "mentoring.actions.leaving.go_on": "moves the episode by another action, which records; then clears a day",
    "mentoring.actions.leaving.rest": "moves the episode by another action, which records; then adds the day",
}
"""Actions whose text writes and does not record, each with its reason."""


def test_an_action_that_writes_records():
    """Also those that the story does not call."""
    silent = set()
    for name, (module, label) in list_actions().items():
        writes, records = writes_and_records(module, label)
        if writes and not records:
            silent.add(name)
    assert silent - QUIET.keys() == set()


def test_reasons_name_what_exists():
    assert QUIET.keys() <= list_actions().keys()
    assert WITHOUT_ENTRY.keys() <= {page.name for page in list_pages()}
