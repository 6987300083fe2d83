"""A sign of life of a long reading, for whoever limits its time; `beat()` costs nothing where nobody listens."""

from __future__ import annotations

from collections.abc import Callable


def _unheard() -> None:
    """Nobody listens."""


_listener: Callable[[], None] = _unheard


def beat() -> None:
    """Says that a step that may take many seconds (a page recognized) is done and the reading goes on."""
    _listener()


def listen(listener: Callable[[], None]) -> None:
    """Calls `listener` with every beat of this process, in place of the listener before."""
    global _listener
    _listener = listener
