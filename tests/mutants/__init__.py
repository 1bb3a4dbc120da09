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
         "tests/rules/test_legal_demand.py", "tests/rules/test_mandated_report.py", "tests/rules/test_report_lists.py",
         "tests/rules/test_inspection.py",
         "tests/promises/test_ways_out.py::test_every_way_of_the_table_is_used_and_has_a_ground",
         "tests/promises/test_ways_out.py::test_whatever_leaves_asks_the_gate"),
    ),
    "access": Subject(("rules.access",), ("tests/rules/test_access.py", "tests/promises/test_reference.py")),
    "audit": Subject(
        ("audit.canonical", "audit.sealing", "audit.actions", "audit.fields", "audit.history", "audit.queries",
         "audit.ids", "audit.triggers"),
        ("tests/audit", "tests/oversight",
         "tests/promises/test_triggers.py::test_every_trigger_of_the_migrations_is_there",
         "tests/privacy/test_open_with_reason.py", "tests/privacy/test_me_privacy.py"),
    ),
    "keys": Subject(
        ("audit.keys", "audit.rotation"),
        ("tests/audit/test_keys.py", "tests/audit/test_rotation.py", "tests/audit/test_fields.py"),
    ),
    "gate": Subject(
        ("privacy.actions.consents", "privacy.actions.disclosures", "privacy.actions.together",
         "privacy.actions.restrictions", "privacy.actions.law", "privacy.actions.providers",
         "privacy.actions.telling", "privacy.actions.grants", "privacy.actions.notices",
         "privacy.actions.complaints", "privacy.actions.emergencies"),
        ("tests/privacy/test_consent.py", "tests/privacy/test_accounting.py", "tests/privacy/test_restrictions.py",
         "tests/privacy/test_together.py", "tests/privacy/test_providers.py", "tests/privacy/test_notices.py",
         "tests/privacy/test_complaints.py", "tests/privacy/test_emergency.py",
         "tests/privacy/test_emergency_fda.py", "tests/privacy/test_emergency_parent.py",
         "tests/privacy/test_for_payment.py",
         "tests/privacy/test_me_privacy.py",
         "tests/privacy/test_open_with_reason.py", "tests/privacy/test_sharing_pages.py",
         "tests/privacy/test_each_format_carries.py"),
    ),
    "reading": Subject(
        ("privacy.queries", "privacy.consent_queries", "privacy.restriction_queries"),
        ("tests/privacy/test_open_with_reason.py", "tests/privacy/test_me_privacy.py",
         "tests/privacy/test_restrictions.py", "tests/privacy/test_consent.py", "tests/privacy/test_sharing_pages.py",
         "tests/mentoring/test_changing.py", "tests/mentoring/test_team.py"),
    ),
    "matching": Subject(
        tuple(f"rules.matching.{name}" for name in (
            "canonical", "cascades", "certain", "checker", "comparison", "constraints", "daily", "distance", "engine",
            "explained", "fairness", "fit", "from_rosters", "ordering", "people", "preferences", "proofs",
            "ranked_lists", "rankings", "reasons", "rolling", "rolling_policy", "shortages", "stable", "stable_ties",
            "values", "waiting", "what_if",
        )),
        ("tests/rules/matching", "--ignore=tests/rules/matching/test_compiled.py"),
    ),
    "doors": Subject(
        ("web.middleware", "people.models.base", "privacy.refused"),
        ("tests/web/test_headers.py", "tests/web/test_pages.py", "tests/promises/test_isolation.py",
         "tests/promises/test_refused_tries.py", "tests/promises/test_other_methods.py",
         "tests/people/test_sessions.py", "tests/mentoring/test_times.py"),
    ),
}  # fmt: skip
"""By name: modules below `alongside`, and their tests."""

GOAL = 0.9
