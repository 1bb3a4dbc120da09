"""Taking along, keeping and erasing: a person's copy of what is theirs, how long what is kept, and how it ends.

It reads across all packages and is the one place that erases; `lines` says for each model of the house what becomes of
it. It owns no record itself but the wish to erase, the ledger of what was erased, and the few papers the law keeps.
"""
