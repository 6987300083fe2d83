"""Leaves out what heavy libraries import and this program never uses; only start-up time rests on it, never a result.

spaCy loads its command line (a web client, a progress bar, a settings reader), sqlite-utils loads pandas and NumPy where it finds
them: together over half of the time that one small document takes from a cold start (`docs/performance.md`).
"""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def without_table_libraries() -> Iterator[None]:
    """Imports inside take pandas and NumPy for not installed, unless they are loaded already."""
    absent = [name for name in ("pandas", "numpy") if name not in sys.modules]
    modules: dict[str, Any] = sys.modules  # None stands for a module that is not to be found
    modules |= dict.fromkeys(absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


@contextlib.contextmanager
def without_spacy_command_line() -> Iterator[None]:
    """The first import of spaCy inside goes without `spacy.cli`; afterwards that can still be imported by who wants it."""
    if "spacy" in sys.modules:
        yield
        return
    cli, info = types.ModuleType("spacy.cli"), types.ModuleType("spacy.cli.info")
    cli.__path__ = []
    vars(info)["info"] = None
    sys.modules |= {"spacy.cli": cli, "spacy.cli.info": info}
    try:
        yield
    finally:
        for name in ("spacy.cli", "spacy.cli.info"):
            sys.modules.pop(name, None)
