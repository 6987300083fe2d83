"""A private folder for temporary files, removed when done, and by the next run where a run before died; patient data at rest.

The folder bears the number and the start of its process, so what a dead process left is told from what a living one uses.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ionm_notes.errors import IonmError

PREFIX = ".ionm-notes-scratch-"


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """A new folder (mode 0700) in the folder of `beside`, so that a file made in it can take that one's place at once."""
    parent = beside.absolute().parent
    sweep(parent)
    pid = os.getpid()
    folder = parent / f"{PREFIX}{pid}-{_started(pid)}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner may read (mode 0600), on the disk when the block ends; none is left where writing fails.

    Raises `FileExistsError`, and `IonmError` `not-writable` for what else the system says.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        raise
    except OSError as error:
        raise IonmError("not-writable", str(path), error.strerror or "system error") from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise IonmError("not-writable", str(path), error.strerror or "system error") from error
        raise


def sweep(parent: Path) -> int:
    """Removes what dead processes left in a folder; returns how many scratch folders that were."""
    removed = 0
    with suppress(OSError):  # what cannot be removed now is tried again when the store is next opened
        for folder in parent.glob(f"{PREFIX}*"):
            pid, _, rest = folder.name.removeprefix(PREFIX).partition("-")
            started = rest.partition("-")[0]
            if pid.isdecimal() and folder.is_dir() and not folder.is_symlink() and not _lives(int(pid), started):
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
    return removed


def _lives(pid: int, started: str) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # it lives and is another user's
    return _started(pid) == started


def _started(pid: int) -> str:
    """When a process began, in the kernel's ticks; '0' on systems that do not say so."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"
