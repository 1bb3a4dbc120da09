"""The notice of §2.22: which privacy a person has here, in both languages, filled in by the program and its law.

Pure: plain values in, paragraphs out. `texts_1` is data, each statement with its section.
"""

from .document import ELEMENTS, LANGUAGES, LATEST, VERSIONS, Facts, Paragraph, digest, is_said, list_missing, write

__all__ = ["ELEMENTS", "LANGUAGES", "LATEST", "VERSIONS", "Facts", "Paragraph", "digest", "is_said", "list_missing",
           "write"]  # fmt: skip
