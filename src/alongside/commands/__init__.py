"""The operator's commands, one file each: `add_arguments(parser)` and `run(options) -> exit code`.

They parse, call actions and print; they decide nothing themselves. What they print never holds a participant's content.
"""

from .failure import CommandFailed

__all__ = ["CommandFailed"]
