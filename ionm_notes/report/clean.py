"""Makes text from documents safe to show: no control characters on a terminal, no formulas in a spreadsheet."""

from __future__ import annotations

import unicodedata

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the wide forms, which spreadsheets of East Asian systems take for the same."""


def for_terminal(text: str) -> str:
    """The text on one line without control, format and private characters, which could move or recolor the terminal."""
    folded = " ".join(text.split())
    if folded.isascii() and folded.isprintable():
        return folded
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))


def for_spreadsheet(value: object) -> object:
    """The value of a CSV cell; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = for_terminal(value)
    return "'" + text if text.startswith(FORMULA) else text
