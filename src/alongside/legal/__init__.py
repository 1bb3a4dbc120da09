"""The law at the door: demands for records, reports that the law wants, incidents, and holds that keep records whole.

It owns what came, what was answered and what was decided. It does not own consents or the list of what was sent
(`privacy`), and it lets nothing out by itself: people do, through the gate.
"""
