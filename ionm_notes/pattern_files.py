"""Where the pattern files lie; nothing else, so that every stage may ask."""

from __future__ import annotations

import os
import pathlib

VARIABLE = "IONM_NOTES_PATTERNS"
"""Environment variable that names a user's own pattern folder; set by `--patterns`, so that worker processes have it too."""


def own_patterns() -> pathlib.Path | None:
    """The user's own pattern folder, if one is named."""
    named = os.environ.get(VARIABLE)
    return pathlib.Path(named) if named else None


def patterns_folder() -> pathlib.Path:
    """The folder of `patterns/*.toml`: inside the installed package, or at the top of a checkout."""
    inside = pathlib.Path(__file__).parent / "patterns"
    return inside if inside.is_dir() else pathlib.Path(__file__).parent.parent / "patterns"
