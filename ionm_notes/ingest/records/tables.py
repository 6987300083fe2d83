"""Files that hold several tables one below the other: pairs of a label and its value, a wide row under its names, a log.

Each of them has columns of its own, so that no one way of reading the lines fits all; here they are parted and told apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ionm_notes.ingest.records.styles import Part, Parts, Style, end_of, separated
from ionm_notes.ingest.records.trees import Set, end_named, of_clock

_FEWEST = 6
"""Lines of a file of tables, at least."""
_ENTRIES = 4
"""Lines of a log among them, at least."""
_WIDE = 6
"""Columns from which a row under its names is one of fields."""
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,11}")
_CODES = 10
_NAME = re.compile(r"[A-Za-z#][\w ()/#.,'&-]{0,70}\??")
_TIME = re.compile(r"\d{1,2}[:.h]\d\d|\d{12,14}|T\d{4}|(?:[01]\d|2[0-3])[0-5]\d(?:\s?h(?:ou)?rs?)?$|\d{1,2}\s?[ap]\.?m", re.I)
_CLOCK = 36
"""Characters of a time with its day, at most."""

Kind = Literal["pairs", "said", "wide", "log"]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of a file that are of one table, by their numbers, each with its parts."""

    kind: Kind
    lines: dict[int, Parts]


def sections_of(raw: Sequence[str]) -> list[Section]:
    """The tables of a page that is a file of several of them; nothing where it is none."""
    filled = sum(bool(line.strip()) for line in raw)
    if filled < _FEWEST:
        return []
    for mark in (";", "\t", ","):
        if sum(mark in line for line in raw) < (0.5 if mark != "," else 0.1) * filled:
            continue
        found = _sections(raw, mark)
        if found and _is_file(found, raw, mark, filled):
            return found
    return []


def _sections(raw: Sequence[str], mark: str) -> list[Section]:
    split = separated(mark)
    rows = [(number, _split(split, mark, line) or _quoted(line)) for number, line in enumerate(raw)]
    taken = [(number, parts) for number, parts in rows if parts]
    coded = _is_coded([parts[0].text for _, parts in taken if len(parts) > 1])
    if mark == "\t" and not coded:
        return []
    places = [(number, parts[0].text if coded else "", parts[1:] if coded else parts) for number, parts in taken]
    out: list[Section] = []
    for _, group in groupby(enumerate(places), key=lambda place: (place[1][1], len(place[1][2]), place[1][0] - place[0])):
        lines = {number: parts for _, (number, _, parts) in group if parts}
        if lines:
            out.append(Section(_kind(list(lines.values())), lines))
    return out


def _split(split: Style, mark: str, line: str) -> Parts | None:
    """The cells of a line, with the empty one behind a mark at its end."""
    parts = split(line) if mark in line else None
    end = end_of(line, commas=False)
    return (*parts, Part("", "", end, end)) if parts and line[:end].endswith(mark) else parts


def _quoted(line: str) -> Parts | None:
    """A line that is one value between quotes."""
    text = line[: end_of(line, commas=False)].strip()
    if len(text) < 3 or text[0] != '"' or text[-1] != '"':
        return None
    low = line.index('"') + 1
    return (Part("", text[1:-1].replace('""', '"'), low, low + len(text) - 2),)


def _is_coded(first: list[str]) -> bool:
    """Whether the first column holds the codes of kinds of records."""
    often = Counter(first)
    known = sum(count for code, count in often.items() if _CODE.fullmatch(code))
    return len(first) >= _FEWEST and known == len(first) and 1 < len(often) <= _CODES and max(often.values()) >= _ENTRIES


def _kind(rows: list[Parts]) -> Kind:
    width = len(rows[0])
    first = [row[0].text for row in rows]
    if width == 1 or (width == 2 and len(rows) > 1 and len(set(first)) == 1 and not _TIME.search(first[0])):
        return "said"
    if len(rows) == 2 and width >= _WIDE and _are_names(rows[0]):
        return "wide"
    if width == 2 and sum(_NAME.fullmatch(text) is not None for text in first) > 0.8 * len(first):
        return "pairs"
    return "log"


def _are_names(row: Parts) -> bool:
    return all(_NAME.fullmatch(part.text) and not _TIME.search(part.text) for part in row)


def _is_file(found: list[Section], raw: Sequence[str], mark: str, filled: int) -> bool:
    """Whether the sections are tables that a program wrote: a wide row under its names, or a log with others beside it."""
    wide = any(section.kind == "wide" for section in found)
    logs = [section for section in found if section.kind == "log" and _is_timed(list(section.lines.values()))]
    if len(found) < 2 or not (wide or logs):
        return False
    covered = sum(len(section.lines) for section in found)
    if mark == ",":
        quoted = sum(line.lstrip().startswith('"') for line in raw)
        return wide or quoted > 0.6 * filled
    return wide or covered > 0.6 * filled


def _is_timed(rows: list[Parts]) -> bool:
    """Whether a column of a table holds clock times, but for its name."""
    if len(rows) < _ENTRIES:
        return False
    return any(
        sum(len(row[n].text) <= _CLOCK and _TIME.search(row[n].text) is not None for row in rows) >= 0.7 * (len(rows) - 1)
        for n in range(len(rows[0]))
    )


def sets_of_section(raw: Sequence[str], section: Section) -> list[Set]:
    """The rows of a table that is no log: labels with values, intervals whose ends are fields of their own, and sentences."""
    if section.kind == "wide":
        (_, names), (number, values) = section.lines.items()
        return _fields(raw[number], number, names, values)
    out: list[Set] = []
    for number, parts in section.lines.items():
        shown = parts if section.kind == "pairs" else parts[-1:]
        if shown[-1].text:
            out.append(Set(number, number, raw[number], tuple(shown), section.kind == "said"))
    return out


def _fields(line: str, number: int, names: Parts, values: Parts) -> list[Set]:
    """Each value of a wide row with its name; two ends of one interval are one row."""
    out: list[Set] = []
    at = 0
    while at < min(len(names), len(values)):
        name, value = names[at].text, values[at]
        stem, end = end_named(name)
        later = end_named(names[at + 1].text) if at + 1 < min(len(names), len(values)) else ("", "")
        if stem and (end, *later) == ("start", stem, "end") and value.text and values[at + 1].text:
            out.append(Set(number, number, line, (_at(stem, value), of_clock(value), of_clock(values[at + 1])), False))
            at += 2
            continue
        if value.text:
            out.append(Set(number, number, line, (_at(" ".join(name.replace("_", " ").split()), value), value), False))
        at += 1
    return out


def _at(text: str, value: Part) -> Part:
    """A name from another line, before its value."""
    return Part("", text, value.low, value.low)
