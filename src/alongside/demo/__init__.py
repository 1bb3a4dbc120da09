"""The demo program: invented people, drawn by published figures, who come in through the real import and matching.

Everything it does goes through the product's own actions with moments in the past, so it is one more test of them.
It belongs to no other package; the command line calls it.
"""

from .loading import load
from .personas import how_to_sign_in

__all__ = ["how_to_sign_in", "load"]
