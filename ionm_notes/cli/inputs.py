"""Turns what stands on the command line (files, folders, globs) into a list of files, in the order given."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ionm_notes.ingest.sniff import SUFFIXES, TXT, head_of, kind_of

_LOOKED_AT = 1 << 16
"""Bytes of a file whose name says nothing, by which its kind is told."""
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, and those within folders that are of no type that is read."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]

    def notice(self) -> str:
        """One sentence that names what is skipped; empty where nothing is."""
        if not self.skipped:
            return ""
        names = ", ".join(path.name for path in self.skipped[:_MOST_NAMED])
        more = len(self.skipped) - _MOST_NAMED
        return f"skipped, of no type that is read: {names}" + (f" and {more} more" if more > 0 else "")


def expand(arguments: Iterable[str]) -> list[Path]:
    """The files meant: a folder gives its readable files at any depth by path, a pattern its matches by path.

    A name that matches nothing stays in the list, so that it gets its own error line.
    """
    return list(found(arguments).files)


def found(arguments: Iterable[str]) -> Inputs:
    """The files meant, as `expand` gives them, and what was passed over in folders."""
    files: list[Path] = []
    skipped: list[Path] = []
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            _within(path, files, skipped)
        elif not path.exists() and glob.has_magic(argument):
            matches = [Path(match) for match in sorted(glob.glob(argument, recursive=True))]
            for match in matches:
                if match.is_dir():
                    _within(match, files, skipped)
                else:
                    files.append(match)
            if not matches:
                files.append(path)
        else:
            files.append(path)
    return Inputs(tuple(files), tuple(skipped))


def _within(folder: Path, files: list[Path], skipped: list[Path]) -> None:
    for path in sorted(folder.rglob("*")):
        if any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts) or not path.is_file():
            continue
        (files if path.suffix.lower() in SUFFIXES or _is_record(path) else skipped).append(path)


def _is_record(path: Path) -> bool:
    """Whether a file whose name says nothing holds a kind that is read; plain text without a name for it is none."""
    from ionm_notes.errors import IonmError

    try:
        with path.open("rb") as file:
            head = file.read(_LOOKED_AT)
        return bool(head_of(head)) and kind_of(path.name, head)[0] != TXT
    except (OSError, IonmError):
        return False
