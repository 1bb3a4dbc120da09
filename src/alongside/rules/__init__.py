"""Pure rules of the house: no Django, no I/O, no clock, no randomness that is not passed in.

Values in, values out. Rules answer with codes; templates speak the sentences.
"""
