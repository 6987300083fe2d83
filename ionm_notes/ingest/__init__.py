"""Bytes to `Document`: `read_document` and `read_bytes` are all that other stages need; start here.

The kind of a file is told by its content (`sniff.py`). Each format has one reader, and heavy libraries are imported
only by the reader that needs them. Files of strangers are read in worker processes (`ionm_notes.workers`), never in
the program itself.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from ionm_notes.errors import IonmError
from ionm_notes.ingest.containers import Inner, unpack
from ionm_notes.ingest.sniff import CDA, DOCX, HL7, HTML, LOCKED_OFFICE, MARKDOWN, ODT, PDF, PICTURES, RTF, TXT, kind_of
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.types import Document

__all__ = ["Inner", "load", "read_bytes", "read_document", "unpack", "unpack_file"]

_READERS = {
    kind: (f"ionm_notes.ingest.{module}", f"read_{module}")
    for kind, module in {
        DOCX: "docx",
        ODT: "odt",
        RTF: "rtf",
        HTML: "html",
        MARKDOWN: "markdown",
        HL7: "hl7",
        CDA: "cda",
        TXT: "txt",
    }.items()
}
"""Module and function of the readers that need nothing but bytes and limits."""


def read_document(path: Path, limits: Limits = LIMITS, passwords: Sequence[str] = ()) -> Document:
    """Reads one report from disk. Raises `IonmError` with a code of `errors.py` for whatever cannot be read."""
    return read_bytes(path.name, load(path, limits), limits, passwords)


def unpack_file(path: Path, limits: Limits = LIMITS, passwords: Sequence[str] = ()) -> Iterator[Inner]:
    """The documents in a file on disk; a file that is a document itself comes out as it is. Raises as `unpack` and `load`."""
    return unpack(path.name, load(path, limits), limits, passwords)


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


def read_bytes(name: str, data: bytes, limits: Limits = LIMITS, passwords: Sequence[str] = ()) -> Document:
    """Reads one report from memory; `name` is shown in messages and held against the content.

    `passwords` are tried in turn on a locked PDF or Word file. Raises `IonmError` with a code of `errors.py` for whatever
    cannot be read, `several-documents` for an archive or mail: that is for `unpack`.
    """
    if len(data) > limits.file_bytes:
        raise IonmError("too-large", name, f"{len(data):,} bytes, at most {limits.file_bytes:,} are read")
    kind, warnings = kind_of(name, data)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        if kind == LOCKED_OFFICE:
            from ionm_notes.ingest.locked import opened

            kind, data = DOCX, opened(name, data, passwords, limits)
        if kind == PDF:
            from ionm_notes.ingest.pdf import read_pdf

            return read_pdf(name, data, sha256, warnings, limits, passwords)
        if kind in PICTURES:
            from ionm_notes.ingest.pictures import read_picture

            return read_picture(name, data, sha256, kind, warnings, limits)
        if kind not in _READERS:
            raise IonmError("several-documents", name)
        module, function = _READERS[kind]
        read: Document = getattr(import_module(module), function)(name, data, sha256, warnings, limits)
        return read
    except IonmError:
        raise
    except MemoryError as error:
        raise IonmError("too-large", name, "reading it takes more memory than is allowed") from error
    except RecursionError as error:
        raise IonmError("too-deep", name, "more levels than can be followed") from error
    except Exception as error:
        # A parser's fault on one file becomes that file's error; the cause stays chained for --debug.
        raise IonmError("reader-crashed", name, type(error).__name__) from error
