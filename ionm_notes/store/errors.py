"""Turns what SQLite and the file system say into errors that a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ionm_notes.errors import IonmError

PRIMARY = 0xFF
"""The low byte of SQLite's extended result codes is the primary one."""
CODES = {
    sqlite3.SQLITE_BUSY: "store-locked",
    sqlite3.SQLITE_LOCKED: "store-locked",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_PERM: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-read-only",
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_NOTADB: "store-not-database",
}


@contextmanager
def as_store_error(path: Path) -> Iterator[None]:
    """Raises `IonmError` naming the database in place of SQLite's or the file system's error."""
    try:
        yield
    except sqlite3.Error as error:
        number = getattr(error, "sqlite_errorcode", 0) & PRIMARY
        raise IonmError(CODES.get(number, "store-failed"), str(path), str(error)) from error
    except OSError as error:
        raise IonmError("store-read-only", str(path), error.strerror or "system error") from error
