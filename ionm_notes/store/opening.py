"""Opens the file of a store, plain or encrypted; the one place where a connection to it is made."""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ionm_notes.errors import IonmError
from ionm_notes.store.errors import as_store_error

if TYPE_CHECKING:
    from ionm_notes.phi.keys import Key

PLAIN = b"SQLite format 3\0"
PAGE = 4096
"""Bytes of a page of an encrypted file; its size is a multiple."""
BUSY_SECONDS = 5.0
"""How long a writer waits for another one before it gives up."""


def connect(path: Path) -> Any:
    """A connection to a store's file, which is created (mode 0600) if it is missing.

    An encrypted file is opened with its key, a new one is encrypted where the run asks for it (`phi.keys.CHOICE`).
    Raises `IonmError`: `store-wrong-key`, `key-needed`, `crypto-missing`, `store-not-encrypted` (a key was given for a
    plain file), or what the system says.
    """
    from ionm_notes.phi.keys import CHOICE, key_of, new_key, remember
    from ionm_notes.phi.scratch import sweep

    sweep(path.absolute().parent)
    wanted = CHOICE.encrypt or CHOICE.file is not None
    with as_store_error(path):
        new = not path.exists() or path.stat().st_size == 0
    if new:
        key = new_key(path) if wanted else None
        with as_store_error(path), suppress(FileExistsError):  # another program made it meanwhile; both open what is there
            # SQLite gives its side files the mode of the database, so creating that one privately is enough.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = open_file(path, key)
        if key is not None:
            with as_store_error(path):
                connection.execute("PRAGMA journal_mode = WAL")  # writes the first page, and with it the salt
            remember(path, key, None)
        return connection
    if is_encrypted(path):
        return open_file(path, key_of(path))
    if wanted and is_plain(path):
        raise IonmError("store-not-encrypted", str(path))
    return open_file(path, None)


def open_file(path: Path, key: Key | None) -> Any:
    """A connection with this key, or without one. Raises `IonmError` `store-wrong-key`, `crypto-missing`."""
    if key is None:
        with as_store_error(path):
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            connection.execute("PRAGMA temp_store = MEMORY")  # nothing of a patient in the system's temporary folder
            return connection
    dbapi = sqlcipher(path)
    with as_store_error(path):
        locked = dbapi.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None)
        locked.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr by itself
        locked.execute(f"PRAGMA key = {key.literal}")
        locked.execute("PRAGMA temp_store = MEMORY")
        try:
            locked.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi.DatabaseError as error:
            locked.close()
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
                raise IonmError("store-wrong-key", str(path)) from None
            raise
    return locked


def sqlcipher(path: Path) -> Any:
    """The module that opens encrypted files. Raises `IonmError` `crypto-missing` where it is not installed."""
    try:
        import sqlcipher3.dbapi2
    except ImportError as error:
        raise IonmError("crypto-missing", str(path)) from error
    return sqlcipher3.dbapi2


def is_plain(path: Path) -> bool:
    """Whether the file is an SQLite database in the clear."""
    return head(path) == PLAIN


def is_encrypted(path: Path) -> bool:
    """Whether the file may be an encrypted store: whole pages that do not begin as a database in the clear does."""
    with as_store_error(path):
        size = path.stat().st_size
    return size > 0 and size % PAGE == 0 and not is_plain(path)


_handles: OrderedDict[tuple[int, int], int] = OrderedDict()
_MOST_HANDLES = 64


def head(path: Path) -> bytes:
    """The first 16 bytes of a file: of an encrypted store, its salt.

    The file stays open: on POSIX systems, closing any handle on a file drops all locks that the process has on it, those
    of a connection in another thread too.
    """
    with as_store_error(path):
        if os.name != "posix":
            with path.open("rb") as file:
                return file.read(len(PLAIN))
        found = path.stat()
        place = (found.st_dev, found.st_ino)
        if place not in _handles:
            _handles[place] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        _handles.move_to_end(place)
        if len(_handles) > _MOST_HANDLES:
            os.close(_handles.popitem(last=False)[1])
        return os.pread(_handles[place], len(PLAIN), 0)
