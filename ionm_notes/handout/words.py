"""Small words that pages, hand-outs and drawings share: ids, clock times and intervals as a person writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Line = Mapping[str, Any]


def plain(name: str) -> str:
    """An id as words."""
    return name.replace("_", " ").replace("-", " ")


def clock(stamp: str | None) -> str:
    """The clock time of a stamp, '?' where the document does not state it."""
    return stamp[11:16] if stamp else "?"


def span_words(item: Line) -> str:
    """'08:12-12:38'; nothing where neither end is stated."""
    return f"{clock(item['start'])}-{clock(item['end'])}" if item["start"] or item["end"] else ""
