"""Deliberate faults in the rules that people's safety hangs on, and whether the tests see them (K1).

`python -m tests.mutants disclosure` changes one thing at a time in a module (`making`), runs the tests that watch over
it until one fails (`plugin`), and names each fault that none saw. At least nine of ten have to be caught. A run of its
own, not part of `dev.py test`: every fault is a run of tests.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """What is changed, and the tests that have to see it (pytest's arguments)."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


SUBJECTS = {
    "consent": Subject(
        ("rules.consent.document", "rules.consent.kinds", "rules.consent.lasting", "rules.consent.signing",
         "rules.consent.terms"),
        ("tests/rules/consent",),
    ),
    "disclosure": Subject(
        ("rules.disclosure",),
        ("tests/rules/test_disclosure.py", "tests/rules/test_restriction.py", "tests/rules/test_emergency.py",
         "tests/rules/test_legal_demand.py", "tests/rules/test_mandated_report.py",
         "tests/promises/test_ways_out.py::test_every_way_of_the_table_is_used_and_has_a_ground",
         "tests/promises/test_ways_out.py::test_whatever_leaves_asks_the_gate"),
    ),
    "access": Subject(("rules.access",), ("tests/rules/test_access.py", "tests/promises/test_reference.py")),
    "audit": Subject(
        ("audit.canonical", "audit.sealing", "audit.actions", "audit.fields", "audit.history", "audit.queries",
         "audit.ids", "audit.triggers"),
        ("tests/audit/test_canonical.py", "tests/audit/test_actions.py", "tests/audit/test_sealing.py",
         "tests/audit/test_fields.py", "tests/audit/test_queries.py", "tests/audit/test_ids.py",
         "tests/audit/test_migrations.py"),
    ),
}  # fmt: skip
"""By name: modules below `alongside`, and their tests."""

GOAL = 0.9
