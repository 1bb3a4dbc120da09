"""A simulated year of matching: people come, meet, decline, leave and return, in each mode and at each timing.

`people` draws who they are, `world` what will happen to them (by seed, the same in every mode), `simulation` lets the
days pass, `figures` counts, `report` and `plot` write docs/matching-year.md. It compares ways of matching with each
other in one made-up program; it does not forecast a real one.
"""
