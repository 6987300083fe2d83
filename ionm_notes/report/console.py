"""Makes the rich console that results go to: colors only on a terminal and never under NO_COLOR."""

from __future__ import annotations

import os
from typing import TextIO

from rich.console import Console

PLAIN_WIDTH = 120
"""Characters per line where the output is no terminal and COLUMNS does not say otherwise."""


def console(out: TextIO) -> Console:
    """A console on `out`; words are printed as they are, never read as rich's markup."""
    columns = os.environ.get("COLUMNS", "")
    width = None if out.isatty() or columns.isdecimal() else PLAIN_WIDTH
    return Console(file=out, width=width, markup=False, highlight=False, emoji=False)


def draws_blocks(out: TextIO) -> bool:
    """Whether block and line characters can be written to `out`."""
    try:
        "█▏┬─".encode(out.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
