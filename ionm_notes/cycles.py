"""Pauses Python's search for reference cycles while much is made and none are: looking at it all over and over takes time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Within it, no cycles are looked for. For work that ends soon: what cycles there are, are only found afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
