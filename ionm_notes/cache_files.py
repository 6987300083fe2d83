"""Folders and files of the user's cache: where they lie by the environment, and how one is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def cache_folder(variable: str, name: str) -> Path | None:
    """The folder that an environment variable names, or `name` in the user's cache; None where the variable turns it off."""
    named = os.environ.get(variable)
    if named is not None:
        return None if named.strip().lower() in ("", "off", "0", "none", "no") else Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "ionm-notes" / name
    except RuntimeError:
        return None  # a user without a home has no cache


def write_whole(path: Path, make: Callable[[], bytes], after: Callable[[Path], None]) -> None:
    """Writes a file that only the user reads, whole or not at all, and then clears its folder up by `after`.

    A cache that cannot be written costs time and nothing else; the bytes are not even made then.
    """
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(make())
            os.replace(part, path)
        except BaseException:
            os.unlink(part)
            raise
        after(path.parent)
