"""Encrypts a store, gives it another key, or decrypts it: written anew beside itself, compared, and put in its place at once.

A program that dies in the middle leaves the old file as it was; its half of the new one is swept away by the next run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.phi.keys import Key
from ionm_notes.phi.scratch import scratch
from ionm_notes.store.errors import as_store_error
from ionm_notes.store.opening import BUSY_SECONDS, open_file, sqlcipher

_CHUNK = 1 << 20


def rewrite(path: Path, old: Key | None, new: Key | None, before: Callable[[Any], None] | None = None) -> int:
    """Writes the store with another key, or none; returns the rows it holds. `before` is called with the connection first.

    Every program that has the store open must end first: `IonmError` `store-locked` if one has not. Other errors leave
    the store as it was.
    """
    dbapi = sqlcipher(path)
    with as_store_error(path), scratch(path) as folder:
        target = folder / path.name
        connection = open_file(path, old) if old is not None else _plain(dbapi, path)
        try:
            with as_store_error(path):
                if before is not None:
                    before(connection)
                _alone(connection, path)
                rows = _export(connection, target, new)
            with open(path, "r+b") as was:
                os.replace(target, path)
                _sync(path.absolute().parent)
                if old is None:
                    _wipe(was)
        finally:
            connection.close()
    return rows


def _plain(dbapi: Any, path: Path) -> Any:
    """A plain file opened by SQLCipher, which can attach an encrypted one to it."""
    with as_store_error(path):
        connection = dbapi.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection


def _alone(connection: Any, path: Path) -> None:
    """Puts everything into the one file and keeps everybody else out."""
    if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
        raise IonmError("store-locked", str(path))
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")


def _export(connection: Any, target: Path, new: Key | None) -> int:
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    attach = f"ATTACH DATABASE ? AS other KEY {new.literal if new else repr('')}"
    connection.execute(attach, (str(target),))
    # One exclusive transaction: what is exported is what is replaced.
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("SELECT sqlcipher_export('other')")
    connection.execute("COMMIT")
    connection.execute("DETACH DATABASE other")
    connection.execute(attach, (str(target),))  # read afresh, as whoever opens it will: its search indexes are known only now
    rows = _same(connection, target)
    sound = [row[0] for row in connection.execute("PRAGMA other.integrity_check")]
    if sound != ["ok"]:
        raise IonmError("store-failed", str(target), "the rewritten database is not sound; nothing was changed")
    connection.execute("PRAGMA other.journal_mode = WAL")
    connection.execute("DETACH DATABASE other")
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    _sync(target)
    return rows


def _same(connection: Any, target: Path) -> int:
    """Compares the number of rows of every table, and what else the schema holds."""
    listed = "SELECT type, name FROM {}.sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1, 2"
    here, there = (connection.execute(listed.format(schema)).fetchall() for schema in ("main", "other"))
    total, same = 0, here == there
    for kind, name in here:
        if kind == "table" and same:
            quoted = name.replace('"', '""')
            count, copied = (
                connection.execute(f'SELECT count(*) FROM {schema}."{quoted}"').fetchone()[0]  # noqa: S608 -- names are fixed text; every value is a parameter
                for schema in ("main", "other")
            )
            total, same = total + count, count == copied
    if not same:
        raise IonmError("store-failed", str(target), "the rewritten database is not the same; nothing was changed")
    return total


def _wipe(was: Any) -> None:
    """Overwrites what was in the clear. Disks that write elsewhere each time (SSD, snapshots) may still hold it."""
    size = os.fstat(was.fileno()).st_size
    for start in range(0, size, _CHUNK):
        was.write(bytes(min(_CHUNK, size - start)))
    was.flush()
    os.fsync(was.fileno())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
