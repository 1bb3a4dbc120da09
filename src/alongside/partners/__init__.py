"""Pages for partners who have no account: what a consent covers, behind an expiring link and a code.

It owns the links and their outbox. What may leave is decided below (`privacy`); the mail itself is a neutral notice.
"""
