"""A made population of any size, realistic in time, the same for the same seed: never a real person in it.

`timeline` draws when people come, stay and are called (pure); `people`, `walks`, `matches` and `staff` turn that into
rows; `bulk` writes rows of any model on both databases; `making` does it in order. See docs/benchmarks.md.
"""
