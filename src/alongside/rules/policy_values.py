"""What every policy asks of the values it is read from: an object with the names it knows, whole numbers in bounds."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any


class PolicyInvalid(Exception):
    """The values are no policy: `code` says why, `field` where (`phases.1.every_days`)."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{code}: {field}")
        self.code, self.field = code, field


def check_names(policy: type, values: Any) -> None:
    """Raise `PolicyInvalid` with `not_an_object` or `unknown_field`, unless these are fields of the policy."""
    if not isinstance(values, Mapping):
        raise PolicyInvalid("not_an_object", "")
    known = {one.name for one in fields(policy)}
    for name in values:
        if name not in known:
            raise PolicyInvalid("unknown_field", str(name))


def check_whole_number(name: str, value: Any, bounds: Mapping[str, tuple[int, int]]) -> None:
    """Raise `PolicyInvalid` with `not_a_whole_number` or `out_of_range`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise PolicyInvalid("not_a_whole_number", name)
    lowest, highest = bounds[name]
    if not lowest <= value <= highest:
        raise PolicyInvalid("out_of_range", name)
