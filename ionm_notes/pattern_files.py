"""Where the pattern files lie; nothing else, so that every stage may ask."""

from __future__ import annotations

import pathlib


def patterns_folder() -> pathlib.Path:
    """The folder of `patterns/*.toml`: inside the installed package, or at the top of a checkout."""
    inside = pathlib.Path(__file__).parent / "patterns"
    return inside if inside.is_dir() else pathlib.Path(__file__).parent.parent / "patterns"
