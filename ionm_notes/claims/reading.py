"""Reads a file of claims of any kind that is read; read this to add a format.

The kind is told by what the file holds, not by its name alone.
"""

from __future__ import annotations

from ionm_notes.claims.model import Claims
from ionm_notes.claims.tabular import PLAIN, Headings, read_csv, read_xlsx
from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS, Limits

XLSX_HEAD = b"PK\x03\x04"


def read_claims(data: bytes, name: str, headings: Headings = PLAIN, limits: Limits = LIMITS) -> Claims:
    """The claims of a file. What cannot be read in it is among the faults with its place.

    Raises `IonmError` (bad-claims, empty-file) where it holds no claims at all.
    """
    if not data.strip():
        raise IonmError("empty-file", name)
    if data.startswith(XLSX_HEAD):
        return read_xlsx(data, name, headings, limits)
    return read_csv(data, name, headings, limits)
