"""Bytes to `Document`: read_document for a file, read_bytes for what is already in memory."""

from __future__ import annotations

import hashlib
import pathlib

from ionm_notes import limits
from ionm_notes.errors import IonmError
from ionm_notes.ingest.sniff import sniff
from ionm_notes.types import Document


def read_document(path: pathlib.Path) -> Document:
    """Read a PDF, DOCX or text file.

    Raises IonmError with a code of `errors.py` for anything that cannot be read.
    """
    name = path.name
    try:
        if not path.exists():
            raise IonmError("missing-file", name)
        if not path.is_file():
            raise IonmError("not-a-file", name)
        if path.stat().st_size > limits.FILE_BYTES:
            raise IonmError("too-large", name, f"larger than {limits.FILE_BYTES // 1024 // 1024} MB")
        data = path.read_bytes()
    except OSError as error:
        raise IonmError("unreadable", name, error.strerror or "system error") from error
    return read_bytes(name, data)


def read_bytes(name: str, data: bytes) -> Document:
    """Read a document from memory; `name` only names it (its ending is held against the content)."""
    if not data.strip(b"\0 \t\r\n"):
        raise IonmError("empty-file", name)
    kind, warnings = sniff(name, data)
    digest = hashlib.sha256(data).hexdigest()
    try:
        if kind == "pdf":
            from ionm_notes.ingest.pdf import read_pdf

            return read_pdf(name, digest, data, warnings)
        if kind == "docx":
            from ionm_notes.ingest.docx_reader import read_docx

            return read_docx(name, digest, data, warnings)
        from ionm_notes.ingest.text import read_text

        return read_text(name, digest, data, warnings)
    except IonmError:
        raise
    except MemoryError as error:
        raise IonmError("too-large", name, "reading it takes more memory than there is") from error
    except Exception as error:  # a reader must never take the batch down: its failure becomes the document's error
        raise IonmError("reader-crashed", name, type(error).__name__) from error
