"""What a hand-out is made of, whatever it is written as: a title, sections, and few kinds of block; read this first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from ionm_notes.handout.day import Day
from ionm_notes.report.clean import for_terminal

Line = Mapping[str, Any]
Tone = Literal["plain", "dim", "strong", "note"]
MOST_QUOTED = 1_200
"""Characters of one quotation; evidence is a statement or a row, and what is longer is a page run together."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    words: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and their values, two columns."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `shares`: the widths of its columns, in parts of the whole; a line break in a cell stays one."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What the record states, word for word, each with its place."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Room in which somebody answers: boxes to tick, then empty lines."""

    choices: tuple[str, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The day on one time axis."""

    day: Day


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part. `level` 2 stands under the paper's title, 3 under such a part."""

    title: str
    blocks: tuple[Block, ...]
    level: Literal[2, 3] = 2


Block = Text | Facts | Grid | Points | Quotes | Answer | Drawing | Section


@dataclass(frozen=True, slots=True)
class Paper:
    """One hand-out. `foot`, at its end, says what it is not."""

    title: str
    made: date
    blocks: tuple[Block, ...]
    foot: str


def clean(words: str) -> str:
    """Words of a document without what could steer a program that shows them; line breaks stay."""
    return "\n".join(for_terminal(part) for part in words.split("\n"))


def place(item: Line) -> str:
    """Where an evidence stands: 'p. 3', with the file in a case of several."""
    file = item.get("file", "")
    return f"{file} p. {item['page']}" if file else f"p. {item['page']}"


def quoted(evidence: Iterable[Line]) -> tuple[str, ...]:
    """Evidence as quotations with their places, each once, with the doubt of a scan's reading."""
    found: dict[str, None] = {}
    for item in evidence:
        text = item["text"] if len(item["text"]) <= MOST_QUOTED else item["text"][:MOST_QUOTED] + " …"
        doubt = f" (doubtful reading: {item['doubt']})" if item.get("doubt") else ""
        found[f"{place(item)}: “{text}”{doubt}"] = None
    return tuple(found)


def section(title: str, *blocks: Block | None, level: Literal[2, 3] = 2) -> Section | None:
    """A section of the blocks that there are; None where there is none."""
    kept = tuple(block for block in blocks if block is not None)
    return Section(title, kept, level) if kept else None


def sections(*found: Block | None) -> tuple[Block, ...]:
    """The blocks that there are."""
    return tuple(block for block in found if block is not None)
