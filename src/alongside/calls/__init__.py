"""Telephone support: who agreed to be called when, whose turn it is, who calls, and what a call came to.

It owns agreements, the queue with its claims, calls, and who is trained to call. It does not own how somebody may be
reached at all (`people`), nor contacts between a person and the peer beside them (`mentoring`, above it).
"""
