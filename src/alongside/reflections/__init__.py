"""What a peer writes for themself after a hard day: theirs alone, short, and gone after a few days (C4).

It owns private reflections, the one page that shows them, and their end. Nobody else reads one, nothing exports one,
and nothing above imports this package except what runs by itself and the demo. It names no participant.
"""
