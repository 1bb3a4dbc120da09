"""What a command raises; without Django, so that `serve` can be read before Django is loaded."""


class CommandFailed(Exception):
    """The command could not be done; the text says why, and what to do."""
