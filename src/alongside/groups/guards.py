"""Places of a group are counted by the database: `places_taken`, and the check `group_never_over_capacity` (I1)."""

from alongside.audit.held_places import hold_places
from alongside.audit.vendor_sql import VendorSQL


def hold_group_places() -> VendorSQL:
    """A reversible migration operation; one that alters `groups_groupplace` on SQLite must run it again."""
    return hold_places(table="groups_groupplace", of="groups_group", owner="group_id")
