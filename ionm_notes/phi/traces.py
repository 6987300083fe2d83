"""Where in the program an error arose, without what it says: the message of a fault may quote a patient's record."""

from __future__ import annotations

import traceback


def trace_of(error: BaseException) -> str:
    """The traceback of an error and of those behind it, each with its type in place of its message."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < _MOST:
        where = "".join(traceback.format_tb(seen.__traceback__))
        name = f"{type(seen).__module__}.{type(seen).__qualname__}"
        parts.append(f"Traceback (most recent call last):\n{where}{name} (its message is left out)\n")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\nbehind it:\n".join(reversed(parts))


_MOST = 8
