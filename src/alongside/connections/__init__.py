"""Connections: the people, groups and places in a person's life, drawn and listed, and how that changes over time.

It owns the ties and their history. Whose pages these are and who may write in them it asks `recovery.whose`.
"""
