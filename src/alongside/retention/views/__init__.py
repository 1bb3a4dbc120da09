"""Pages of taking along, keeping and erasing."""

from .erasing import erase_for, erasure, erasure_agree, erasure_back, erasure_decline, erasures
from .keeping import keeping, sealed
from .own import copy_for, me_copy, me_copy_file, me_erase, me_erase_back

__all__ = [
    "copy_for", "erase_for", "erasure", "erasure_agree", "erasure_back", "erasure_decline", "erasures", "keeping",
    "me_copy", "me_copy_file", "me_erase", "me_erase_back", "sealed",
]  # fmt: skip
