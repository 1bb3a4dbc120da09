"""Meetings of recovery that anybody may find: feeds of others, the program's own ones, the finder, one calendar entry.

It owns feeds, what was read of them and how it is found. It knows nothing of who looks, and nobody's own list.
Reading is in `rules.meetings`, the way to the net in `fetching`.
"""
