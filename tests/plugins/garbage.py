"""Thousands of tests as Python objects are looked through for garbage again and again: a fifth of the time of a test.

They are set aside once they are collected, and garbage is looked for less often.
"""

import gc


def pytest_collection_finish():
    """All that is there now stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
