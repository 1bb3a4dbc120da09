"""What docs/privacy-rules.md called open when it was first counted piece by piece (November 2026).

It stays as it is: nothing is added or reworded, so that what is open can only become less.
"""

AT_FIRST = (
    ("A1", "medians of 200 tries but for the partner link (`benchmarks.dead_links`)"),
    ("A1", "unsubscribe and FHIR search, which are not built"),
    ("B2", "counseling notes have no kind, because we keep none"),
    (
        "C1",
        "commands of operators (backup, `alongside match`) are not ways of the gate: each is listed with what comes "
        "out of it",
    ),
    ("C1", "there is no API yet"),
    ("C1", "another organization on this install is kept apart by program only"),
    ("C3", "an API, which comes with its own way"),
    ("C7", "mail about an account goes out without a paper"),
    ("D1", "an API, which is not built"),
    ("D2", "foreign ids in filter and sort"),
    ("E1", "push, which is not built"),
    ("G3", "staff without safe-contact rules get no notice and see it on their page"),
    ("G4", "what the browser sends is walked page by page, not journey by journey"),
    ("H1", "formats other than rosters, meetings and HSDS, which are not built"),
    ("I1", "one vote, which is not built"),
    ("I8", "no version was released yet: the way back goes to what the first whole journey had"),
    ("K1", "coverage is not measured by the tests"),
    ("K1", "deliberate faults are a command of their own (`tests.mutants`)"),
    ("K2", "the numbers that the page names open"),
)
