"""Bytes to `Document`: `read_document` and `read_bytes` are all that other stages need; start here.

The kind of a file is told by its content (`sniff.py`). Each format has one reader, and heavy libraries are imported
only by the reader that needs them. Files of strangers are read in worker processes (`ionm_notes.workers`), never in
the program itself.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from ionm_notes.errors import IonmError
from ionm_notes.ingest.sniff import DOCX, PDF, PICTURES, kind_of
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.types import Document

__all__ = ["load", "read_bytes", "read_document"]


def read_document(path: Path, limits: Limits = LIMITS) -> Document:
    """Reads one report from disk. Raises `IonmError` with a code of `errors.py` for whatever cannot be read."""
    return read_bytes(path.name, load(path, limits), limits)


def load(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a regular file within the size limit; never waits on a pipe or a device.

    Raises `IonmError`: `missing-file`, `not-a-file`, `unreadable`, `too-large`.
    """
    name = path.name or str(path)
    try:
        # Opened first and judged by its handle, so that the file looked at is the file read.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise IonmError("missing-file", name) from error
    except IsADirectoryError as error:
        raise IonmError("not-a-file", name) from error
    except OSError as error:
        raise IonmError("unreadable", name, error.strerror or "system error") from error
    except ValueError as error:
        raise IonmError("unreadable", name, "not a valid name") from error
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise IonmError("not-a-file", name)
        if state.st_size > limits.file_bytes:
            raise IonmError("too-large", name, f"{state.st_size:,} bytes, at most {limits.file_bytes:,} are read")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(limits.file_bytes + 1)
    except OSError as error:
        raise IonmError("unreadable", name, error.strerror or "system error") from error
    finally:
        os.close(handle)


def read_bytes(name: str, data: bytes, limits: Limits = LIMITS) -> Document:
    """Reads one report from memory; `name` is shown in messages and held against the content.

    Raises `IonmError` with a code of `errors.py` for whatever cannot be read.
    """
    if len(data) > limits.file_bytes:
        raise IonmError("too-large", name, f"{len(data):,} bytes, at most {limits.file_bytes:,} are read")
    kind, warnings = kind_of(name, data)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        if kind == PDF:
            from ionm_notes.ingest.pdf import read_pdf

            return read_pdf(name, data, sha256, warnings, limits)
        if kind == DOCX:
            from ionm_notes.ingest.docx import read_docx

            return read_docx(name, data, sha256, warnings, limits)
        if kind in PICTURES:
            from ionm_notes.ingest.pictures import read_picture

            return read_picture(name, data, sha256, kind, warnings, limits)
        from ionm_notes.ingest.txt import read_txt

        return read_txt(name, data, sha256, warnings, limits)
    except IonmError:
        raise
    except MemoryError as error:
        raise IonmError("too-large", name, "reading it takes more memory than is allowed") from error
    except Exception as error:
        # A parser's fault on one file becomes that file's error; the cause stays chained for --debug.
        raise IonmError("reader-crashed", name, type(error).__name__) from error
