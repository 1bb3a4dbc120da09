"""Why a file is refused as a paper."""

CODES = ("large", "unknown", "drawing", "broken", "more", "moving", "huge")
"""Too many bytes · no PDF, JPEG or PNG · a drawing or page that can run something (SVG, HTML) · not whole · something
else hangs from it · it moves · more points than a page has."""


class NotAScan(Exception):
    """The file is not kept. `code` is one of `CODES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
