"""A return to use, told in the person's own words: what is offered at once, and what comes closer because of it.

It owns what was told and when. It does not own how close contact comes (`rules.cadence`, `calls`), nor the person's own
pages (`recovery`): nothing of either is closed, set back or erased by it.
"""
