"""The resource directory as rules: Open Referral HSDS in and out, needs, opening hours, what a page shows.

`read` makes a `Package` of a file; `write_json` and `write_tables` make a file of documents again and lose nothing.
Source: HSDS 3.0 and 3.1 draft, openreferral/specification (CC BY-SA 4.0), read by us in our own words.
"""

from .found import Document, FileRefused, Package, Problem
from .reading import read
from .writing import write_json, write_tables

__all__ = ["Document", "FileRefused", "Package", "Problem", "read", "write_json", "write_tables"]
