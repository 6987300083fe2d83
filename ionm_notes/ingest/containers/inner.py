"""What comes out of a container, the budget of one unpacking, and how inner files are named."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ionm_notes.errors import IonmError
from ionm_notes.limits import Limits

MARK = "!"
"""Stands between the name of a container and that of a file in it."""
_LONGEST_NAME = 200
_DRIVE = re.compile(r"^[A-Za-z]:")
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/html": ".html",
    "text/plain": ".txt",
    "application/xhtml+xml": ".html",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/msword": ".doc",
    "application/hl7-v2": ".hl7",
    "application/fhir+json": ".json",
    "application/json": ".json",
    "application/hl7-v2+er7": ".hl7",
}


@dataclass(frozen=True, slots=True)
class Inner:
    """One file of a container, with the names of what it lies in before its own.

    `error`: why its bytes cannot be had. `skipped`: why it is no document that anybody meant to have audited.
    """

    name: str
    data: bytes = b""
    error: IonmError | None = None
    skipped: str = ""


class OverBudget(Exception):
    """Carries the `IonmError` that ends a whole unpacking, not one inner file."""

    def __init__(self, error: IonmError) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(slots=True)
class Budget:
    """What may still come out of one outermost file."""

    limits: Limits
    bytes_left: int
    documents_left: int

    @classmethod
    def of(cls, limits: Limits) -> Budget:
        """A whole one."""
        return cls(limits, limits.zip_bytes, limits.inner_documents)

    def take(self, name: str, count: int) -> None:
        """Takes unpacked bytes off. Raises `OverBudget` where none are left."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise OverBudget(IonmError("zip-limits", name, f"it unpacks to more than {self.limits.zip_bytes:,} bytes"))

    def document(self, name: str) -> None:
        """Takes one document off. Raises `OverBudget` where none are left."""
        self.documents_left -= 1
        if self.documents_left < 0:
            raise OverBudget(IonmError("zip-limits", name, f"it holds more than {self.limits.inner_documents:,} files"))


def label(name: str) -> str:
    """A name from inside a container as a harmless label: no way out of a folder, no control signs, not endless."""
    name = "".join(char for char in name.replace("\\", "/") if unicodedata.category(char)[0] != "C")
    parts = [part for part in _DRIVE.sub("", name).split("/") if part.strip(". ")]
    kept = "/".join(parts).replace(MARK, "_")
    return kept if len(kept) <= _LONGEST_NAME else "…" + kept[-_LONGEST_NAME:]


def ending_of(media_type: str) -> str:
    """The usual ending of a media type, empty for one that is not known."""
    return _ENDINGS.get(media_type.partition(";")[0].strip().lower(), "")
