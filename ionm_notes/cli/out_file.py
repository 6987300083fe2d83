"""Writes a file that a command was asked for: a new one, which only its owner may read, since it holds a patient's record."""

from __future__ import annotations

import os
from pathlib import Path

from ionm_notes.errors import IonmError
from ionm_notes.phi.scratch import private_file


def refuse_existing(path: Path) -> None:
    """Raises `IonmError` `file-exists`, before any work is done."""
    if path.exists():
        raise IonmError("file-exists", str(path))


def take_place(made: Path, path: Path) -> None:
    """Puts a file that was made beside it in its place (mode 600), unless there is one by now.

    Raises `IonmError`: `file-exists`, `not-writable`.
    """
    try:
        made.chmod(0o600)
        os.link(made, path)
    except FileExistsError as error:
        raise IonmError("file-exists", str(path)) from error
    except OSError:  # a file system without links
        write_new(path, made.read_bytes())


def write_new(path: Path, data: bytes) -> None:
    """Writes the bytes into a new file (mode 600), or leaves none. Raises `IonmError`: `file-exists`, `not-writable`."""
    try:
        with private_file(path) as file:
            file.write(data)
    except FileExistsError as error:
        raise IonmError("file-exists", str(path)) from error
