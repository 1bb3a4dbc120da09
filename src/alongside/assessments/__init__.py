"""Questionnaires that others made and tested, filled in by the person alone or read aloud by their peer.

It owns their wording as data, each filling-in, and the sheet to talk about it. It owns no labels and no decisions: a
result is a reason to talk and stands in no list, no figure and on nobody's Today.
"""
