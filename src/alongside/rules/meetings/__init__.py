"""Meetings as feeds tell of them: bytes in, whole entries and named refusals out. Pure: no clock, no database, no net.

`guide`, `sheet` and `bmlt` read one form each into `entry.Entry`; `reading.read` finds out which form it is and counts.
`times` says when a meeting is next, `export` writes Meeting Guide JSON again. Facts about the forms and what real
feeds do: code4recovery/spec@404117ad and bmlt-enabled/bmlt-server@524b5e8c (both MIT), and the measured feeds.
"""
