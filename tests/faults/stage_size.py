"""How much is on the stage. Apart from `stage`, which only a process of the house may import."""

LIST_ROWS = 25
"""Rows of each list that is brought in beside the daily work."""
