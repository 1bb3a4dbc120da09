#!/usr/bin/env python3
"""Write the pages of this folder from the code: `python docs/reference/generate.py`. The tests compare them.

Nothing here is written by hand: change the table in the code, run this, and commit both.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOTE = "<!-- Written by docs/reference/generate.py from {source}. Do not edit. -->"


def states() -> str:
    """Every life cycle: a diagram, and who may make which move."""
    from alongside.rules import lifecycles

    parts = [
        "# States\n\nEvery thing with a life has one table: its first state, its moves, and who may make them.",
        "Staff are supervisors, coordinators, directors and administrators; the system is the house itself; a partner "
        "is somebody outside; a visitor has no account.\n",
    ]
    for cycle in lifecycles.ALL:
        moves = [f"    {source} --> {target}" for source, target in cycle.moves]
        ends = [f"    {state} --> [*]" for state in cycle.states if state in cycle.ends()]
        rows = [[source, target, ", ".join(sorted(who))] for (source, target), who in cycle.moves.items()]
        parts += [
            f"## {cycle.kind.capitalize()}\n",
            "```mermaid\nstateDiagram-v2",
            f"    [*] --> {cycle.first}",
            *moves,
            *ends,
            "```\n",
            table(["from", "to", "by"], rows),
        ]
    return page("rules/lifecycles.py", parts)


def permissions() -> str:
    """The map of rights: act by role."""
    from alongside.rules import access
    from alongside.rules.vocabulary import ROLES

    roles = (access.VISITOR, *ROLES, access.SUPPORT)
    held = [{role} if role == access.VISITOR else {role, access.ACCOUNT} for role in roles]
    rows = [[f"`{act}`", *("yes" if access.may(act, one) else "" for one in held)] for act in access.ACTS]
    parts = [
        "# Permissions\n\nWho may do what. Every page names one of these acts beside its path; a page without one "
        "answers nobody.\n*Which* records a role sees is decided by relation, in each query: a peer sees their own "
        "people, a supervisor those of their\npeers, a director one record for a short time after giving a reason, "
        "an administrator none, nor whoever helps from outside while a director's grant lives (support).\n",
        table(["act", *roles], rows),
        f"These roles sign in with a second step: {', '.join(sorted(access.STAFF | {access.SUPPORT}))}.\n",
    ]
    return page("rules/access.py", parts)


def events() -> str:
    """The named events and who listens."""
    from alongside.people import events as source

    rows = [
        [f"`{name}`", words, "<br>".join(f"`{handler}`" for handler in source.list_handlers(name))]
        for name, words in source.EVENTS.items()
    ]
    parts = [
        "# Events\n\nHow a lower floor causes something above it. Handlers run at once, in the same transaction; "
        "one that raises undoes\nthe action. This is the whole list.\n",
        table(["event", "when, and with what", "handlers"], rows),
    ]
    return page("people/events.py", parts)


def audit_acts() -> str:
    """Every act that the audit log knows."""
    from alongside.audit.acts import ACTS

    groups: dict[str, list[list[str]]] = {}
    for code, label in ACTS.items():
        groups.setdefault(code.partition(".")[0], []).append([f"`{code}`", label])
    parts = [
        "# Acts of the audit log\n\nAn entry says who, what, which fields, when and why, never the content itself. "
        "An act that is not listed is refused.\n"
    ]
    for group, rows in groups.items():
        parts += [f"## {group}\n", table(["act", "what was done"], rows)]
    return page("audit/acts.py", parts)


PAGES = {"states.md": states, "permissions.md": permissions, "events.md": events, "audit-acts.md": audit_acts}


def page(source: str, parts: list[str]) -> str:
    """A whole page with its note."""
    return NOTE.format(source=f"src/alongside/{source}") + "\n\n" + "\n".join(parts).rstrip() + "\n"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown, ending with an empty line."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def main() -> None:
    """Write all pages."""
    sys.path.insert(0, str(HERE.parents[1] / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    import django

    django.setup()
    for name, write in PAGES.items():
        (HERE / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
