"""JSON between the program's own processes and in its store, where nobody looks at it: as fast as it can be.

What is printed is written by `json`, in ASCII. msgspec takes a fifth of the time, and leaves three things out: halves of a pair
of UTF-16, numbers of more than 64 bits, and figures that are none; what holds one of the first two goes the slow way.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import msgspec

_SLOW = b" "
"""Stands before what `json` wrote, so that `json` reads it."""


def written(value: Any) -> bytes:
    """Dicts, lists, strings and numbers as compact JSON."""
    try:
        return msgspec.json.encode(value)
    except (UnicodeEncodeError, OverflowError):
        return _SLOW + json.dumps(value, separators=(",", ":")).encode()


def read(data: bytes) -> Any:
    """What `written`, or `json`, made into JSON. Raises `ValueError` where it is none."""
    if data[:1] != _SLOW:
        with suppress(msgspec.MsgspecError):
            return msgspec.json.decode(data)
    return json.loads(data)
