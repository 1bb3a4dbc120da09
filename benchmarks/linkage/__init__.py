"""How well near duplicates are found: people with realistic errors, labelled, and the model measured on them.

`errors` and `records` know nothing of `alongside.rules.linkage`: they have names, short forms and slips of their
own, so that the model is not asked what it was told.
"""
