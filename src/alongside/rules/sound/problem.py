"""Why a file is no recording that we keep."""

CODES = ("large", "unknown", "broken", "more")
"""Too large · of no kind we know · not whole, or not as its kind is written · it holds more than sound."""


class NotSound(Exception):
    """The file is refused. `code` is one of `CODES`; nothing of the file is said."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
