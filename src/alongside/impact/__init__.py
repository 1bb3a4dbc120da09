"""Honest figures: every one with its n, what is missing, and small cells hidden. Reads across; nobody imports it.

It keeps sums beside the rows, so that the page costs the same after ten years as on the first day: triggers mark what
changed (`marks`), folding counts what was marked again (`actions`), and the page reads sums (`queries`). `recounting`
makes the same figures from the rows themselves; tests and `alongside check` hold the two against each other.
"""
