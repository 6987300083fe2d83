"""Turns what stands on the command line (files, folders, globs) into a list of files, in the order given."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

READABLE = frozenset({".pdf", ".docx", ".txt", ".text", ".md", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
"""Endings that are looked at within a folder; a file named outright is tried whatever its ending."""


def expand(arguments: Iterable[str]) -> list[Path]:
    """The files meant: a folder gives its readable files at any depth by path, a pattern its matches by path.

    A name that matches nothing stays in the list, so that it gets its own error line.
    """
    files: list[Path] = []
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            files.extend(_within(path))
        elif not path.exists() and glob.has_magic(argument):
            matches = [Path(match) for match in sorted(glob.glob(argument, recursive=True))]
            found = [file for match in matches for file in (_within(match) if match.is_dir() else [match])]
            files.extend(found or [path])
        else:
            files.append(path)
    return files


def _within(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in READABLE
        and path.is_file()
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    )
