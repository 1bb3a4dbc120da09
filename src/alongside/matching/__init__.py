"""Runs, the board, rounds of offers and the participant's choice; ends in `mentoring.actions.start_mentorship`.

The engine itself is pure and lives in `rules.matching`; this package feeds it and stores what it proposed and why.
"""
