"""How somebody is, told by themself in less than a minute: by page or by text message, as often as they wish.

It owns check-ins, what each person wishes about them, reminders, and whether somebody fell silent or lower than usual.
It does not own what is asked (`council`), who walks with whom or what stands on Today (`mentoring`, above it).
"""
