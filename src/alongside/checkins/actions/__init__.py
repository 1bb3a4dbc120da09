"""Everything that may be done with check-ins."""

from .asking import remind_due
from .checking_in import NothingSaid, check_in, skip_check_in
from .texts import take_text
from .wishes import set_wishes

__all__ = ["NothingSaid", "check_in", "remind_due", "set_wishes", "skip_check_in", "take_text"]
