"""The limit on the public forms of intake: that of all public forms."""

from alongside.people.form_limits import PER_HOUR, may_send

__all__ = ["PER_HOUR", "may_send"]
