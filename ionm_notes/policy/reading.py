"""Reads TOML tables into rows and says exactly where one is wrong; read this to learn what a policy file may hold.

Everything is checked here once, so that the rest of the package can trust the rows. Errors are `IonmError` of code
'bad-policy' and name the file, the line, the table and the field.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from ionm_notes.errors import IonmError

MOST_BYTES = 1_000_000
"""A profile is some kilobytes; a larger file is a mistake, and parsing it would only cost time."""
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(\w+)[ \t]*\]\]", re.MULTILINE)
_WORDS = {str: "a text", int: "a whole number", bool: "true or false", date: "a date such as 2013-01-01"}

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A parsed TOML file with its text, by which the line of an error is found."""

    name: str
    text: str
    content: dict[str, Any]

    def header_lines(self, table: str) -> list[int]:
        """Line numbers of the `[[table]]` headers, from 1."""
        return [self.text.count("\n", 0, m.start()) + 1 for m in _HEADER.finditer(self.text) if m[1] == table]

    def field_line(self, name: str, after: int = 0) -> int:
        """Number of the first line after line `after` that sets a field; `after` itself where none does."""
        for number, line in enumerate(self.text.splitlines()[after:], after + 1):
            if re.match(rf"[ \t]*\[*{re.escape(name)}\b", line):
                return number
            if line.lstrip().startswith("[["):
                break
        return after


class _Fault(Exception):
    """What is wrong with one field of one entry."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def bad(file: str, detail: str, line: int = 0) -> IonmError:
    """The error of a policy file that is not valid; `line` 0: not known."""
    return IonmError("bad-policy", file, f"line {line}: {detail}" if line else detail)


def read_toml(path: Path) -> TomlFile:
    """A TOML file. Raises `IonmError` where it is missing, too large, not UTF-8 or not TOML."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise bad(path.name, f"{size} bytes; a policy file has at most {MOST_BYTES}")
        text = path.read_text(encoding="utf-8")
        return TomlFile(path.name, text, tomllib.loads(text))
    except OSError as error:
        raise bad(path.name, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise bad(path.name, "not UTF-8 text") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise bad(path.name, f"not TOML: {error}") from error


def rows(file: TomlFile, table: str, kind: type[R]) -> tuple[R, ...]:
    """The entries of one `[[table]]` as rows of `kind`; empty where the file has no such table.

    `[usual.table]` gives the fields that most entries share.
    """
    entries = file.content.get(table, [])
    shared = file.content.get("usual", {})
    usual = shared.get(table, {}) if isinstance(shared, dict) else {}
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise bad(file.name, f"'{table}' must be written as [[{table}]]", file.field_line(table))
    headers = file.header_lines(table)
    lines = headers if len(headers) == len(entries) else [0] * len(entries)
    found = []
    for number, (entry, line) in enumerate(zip(entries, lines, strict=True), 1):
        try:
            found.append(_row(usual | entry, kind, line, file.name))
        except _Fault as fault:
            where = file.field_line(fault.field, line) if line else 0
            raise bad(file.name, f"[[{table}]] no. {number}, field '{fault.field}': {fault}", where) from None
    return tuple(found)


def _row(entry: dict[str, Any], kind: type[R], line: int, file: str) -> R:
    looked_up: Any = kind
    shape = _shape(looked_up)
    values: dict[str, Any] = {}
    for written, value in entry.items():
        if written not in shape.hints:
            raise _Fault(written, f"unknown; known are {', '.join(sorted(shape.hints))}")
        values["from_" if written == "from" else written] = _value(written, value, shape.hints[written])
    for missing in sorted(shape.required - entry.keys()):
        raise _Fault(missing, "missing")
    if values.get("refs") == ():
        raise _Fault("refs", "empty; name a source, or 'k' for general knowledge")
    if values.get("from_") and values.get("to") and values["from_"] > values["to"]:
        raise _Fault("from", "later than 'to'")
    return kind(**values, **({"line": line, "origin": file} if shape.has_line else {}))


def _value(name: str, value: Any, hint: Any) -> Any:
    """A value of a row, checked against the row's type: text, number, yes or no, date, one of some words, or a list."""
    # `type is` and not isinstance: true is no number, and a date with a clock time is no date.
    if type(value) is hint and hint is not int:
        return value
    options = get_args(hint)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise _Fault(name, f"must be a list, not {value!r:.40}")
        return tuple(_value(name, item, options[0]) for item in value)
    if get_origin(hint) is Literal:
        if value not in options:
            raise _Fault(name, f"{value!r:.40} is none of {', '.join(options)}")
        return value
    if type(None) in options:
        return _value(name, value, next(option for option in options if option is not type(None)))
    if type(value) is not hint:
        raise _Fault(name, f"must be {_WORDS[hint]}, not {value!r:.40}")
    if hint is int and value < 0:
        raise _Fault(name, f"must not be negative, as {value} is")
    return value


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of a row as they are written: types, and which must be there."""

    hints: dict[str, Any]
    required: frozenset[str]
    has_line: bool


@cache
def _shape(kind: Any) -> _Shape:
    hints = get_type_hints(kind)
    # Line and file are put in by the reader and are no fields of a file.
    has_line = hints.pop("line", None) is not None
    hints.pop("origin", None)
    required = frozenset(f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING)
    return _Shape({"from" if name == "from_" else name: hint for name, hint in hints.items()}, required, has_line)
