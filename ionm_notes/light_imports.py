"""Leaves out what heavy libraries import and this program never uses; only start-up time rests on it, never a result.

sqlite-utils loads pandas and NumPy where it finds them: half a second where both are installed.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def without_table_libraries() -> Iterator[None]:
    """Imports inside take pandas and NumPy for not installed, unless they are loaded already."""
    absent = [name for name in ("pandas", "numpy") if name not in sys.modules]
    sys.modules |= dict.fromkeys(absent)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
