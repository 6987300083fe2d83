"""Turns what SQLite and the file system say into errors that a person can act on."""

from __future__ import annotations

import errno
import sqlite3
import sys
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
    sqlite3.SQLITE_CORRUPT: "store-damaged",
}


@contextmanager
def as_store_error(path: Path) -> Iterator[None]:
    """Raises `IonmError` naming the database in place of SQLite's or the file system's error."""
    try:
        yield
    except OSError as error:
        code = "store-full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "store-read-only"
        raise IonmError(code, str(path), error.strerror or "system error") from error
    except Exception as error:
        if not isinstance(error, database_errors()):
            raise
        number = getattr(error, "sqlite_errorcode", 0) & PRIMARY
        raise IonmError(CODES.get(number, "store-failed"), str(path), str(error)) from error


def database_errors() -> tuple[type[Exception], ...]:
    """What connections to a store may raise: SQLCipher's errors are not SQLite's."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error,) if cipher is None else (sqlite3.Error, cipher.Error)
