"""A table for people: headings, rows of text and the sources of each row; read this before showing policy to anybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its cells, and the ids of the sources on which it rests."""

    cells: tuple[str, ...]
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title, its headings, its rows and what to know of the whole of it."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    note: str = ""
