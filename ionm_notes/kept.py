"""Keeps what start-up derives from the program's own files in the user's cache folder; only time rests on it, never a result.

A file is named by a hash of all that it was derived from, and holds a hash of itself: one of other files, of another version or
half written is never found or not believed. Nothing of a document goes there. `IONM_NOTES_CACHE` names another folder, 'off'
turns it off. What cannot be read or written costs the time of deriving it again.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from ionm_notes.cache_files import cache_folder, write_whole

VARIABLE = "IONM_NOTES_CACHE"
"""Names the folder; 'off' (or an empty value) keeps nothing."""
MOST_FILES = 4
"""Files kept; beyond them the oldest go: a user's own patterns and versions of the program have one each."""
_HASH = 32
"""Bytes of a hash, with which a file begins."""
_ELSE_WRITES = stat.S_IWGRP | stat.S_IWOTH


def folder() -> Path | None:
    """The cache folder by the environment: as named there, or in the user's cache; None where it is turned off."""
    return cache_folder(VARIABLE, "start")


def key_of(parts: Iterable[bytes]) -> str:
    """The name of what is derived from some bytes; where one part ends and the next begins makes a difference."""
    key = hashlib.blake2b(digest_size=_HASH)
    for part in parts:
        key.update(len(part).to_bytes(8, "big"))
        key.update(part)
    return key.hexdigest()


def load(key: str) -> bytes | None:
    """What is kept under a key; None where there is nothing, or nothing that this user's program wrote whole."""
    where = folder()
    if where is None:
        return None
    try:
        with (where / key).open("rb") as file:
            if not _own(os.fstat(file.fileno())):
                return None
            data = file.read()
    except OSError:
        return None
    return data[_HASH:] if data[:_HASH] == _hash(key, data[_HASH:]) else None


def save(key: str, make: Callable[[], bytes | None]) -> None:
    """Keeps what `make` makes, written whole or not at all; it is not even made where nothing can be written.

    None is nothing to keep.
    """
    where = folder()
    if where is None:
        return

    def signed() -> bytes:
        data = make()
        return b"" if data is None else _hash(key, data) + data

    write_whole(where / key, signed, _prune)


def _hash(key: str, data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_HASH, key=key.encode()[:64]).digest()


def _own(of: os.stat_result) -> bool:
    """Whether a file is this user's and nobody else may write it; where a system knows no such rights, it is believed."""
    return not hasattr(os, "geteuid") or (of.st_uid == os.geteuid() and not of.st_mode & _ELSE_WRITES)


def _prune(where: Path) -> None:
    files = [path for path in where.iterdir() if path.is_file() and not path.suffix]
    for path in sorted(files, key=lambda one: one.stat().st_mtime)[:-MOST_FILES]:
        path.unlink(missing_ok=True)
