"""Skills: a small curriculum in two languages, practised with a peer, ordered and added to by the program.

It owns the units, a program's order of them, where a person stands with each, and what they practised. Whose pages
these are and who may write in them it asks `recovery.whose`.
"""
