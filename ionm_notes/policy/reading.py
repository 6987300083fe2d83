"""Reads TOML tables into rows and says exactly where one is wrong; read this to learn what a policy file may hold.

Everything is checked here once, so that the rest of the package can trust the rows. Errors are `IonmError` of code
'bad-policy' and name the file, the table, the number of the entry and the field.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from ionm_notes.errors import IonmError
from ionm_notes.policy.tables import ALLOWED

MOST_BYTES = 1_000_000
"""A profile is some kilobytes; a larger file is a mistake, and parsing it would only cost time."""

R = TypeVar("R")


def bad(file: str, detail: str) -> IonmError:
    """The error of a policy file that is not valid."""
    return IonmError("bad-policy", file, detail)


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises `IonmError` where it is missing, too large, not UTF-8 or not TOML."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise bad(path.name, f"{size} bytes; a policy file has at most {MOST_BYTES}")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise bad(path.name, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise bad(path.name, "not UTF-8 text") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise bad(path.name, f"not TOML: {error}") from error


def rows(content: Mapping[str, Any], table: str, kind: type[R], file: str) -> tuple[R, ...]:
    """The entries of one `[[table]]` as rows of `kind`; empty where the file has no such table."""
    entries = content.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise bad(file, f"'{table}' must be written as [[{table}]]")
    return tuple(_row(entry, kind, file, f"[[{table}]] no. {number}") for number, entry in enumerate(entries, 1))


def _row(entry: dict[str, Any], kind: type[R], file: str, where: str) -> R:
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for written, value in entry.items():
        name = "from_" if written == "from" else written
        if name not in hints or written == "from_":
            raise bad(file, f"{where}: unknown field '{written}'")
        values[name] = _value(value, hints[name], file, f"{where}, field '{written}'")
        _check_word(kind, name, values[name], file, f"{where}, field '{written}'")
    for missing in _required(kind) - values.keys():
        raise bad(file, f"{where}: field '{missing}' is missing")
    if "refs" in hints and not values["refs"]:
        raise bad(file, f"{where}: 'refs' is empty; name a source, or 'k' for general knowledge")
    if values.get("from_") and values.get("to") and values["from_"] > values["to"]:
        raise bad(file, f"{where}: 'from' is after 'to'")
    return kind(**values)


def _value(value: Any, hint: Any, file: str, where: str) -> Any:
    options = get_args(hint)
    if Ellipsis in options:
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise bad(file, f"{where} must be a list of texts")
        return tuple(value)
    wanted = next((option for option in options if option is not type(None)), hint)
    if type(value) is not wanted or (wanted is date and isinstance(value, datetime)):
        raise bad(file, f"{where} must be {_NAMES[wanted]}, not {value!r:.40}")
    if wanted is int and value < 0:
        raise bad(file, f"{where} must not be negative")
    return value


_NAMES = {str: "a text", int: "a whole number", bool: "true or false", date: "a date (2013-01-01)"}


def _check_word(kind: type[object], name: str, value: Any, file: str, where: str) -> None:
    allowed = ALLOWED.get((kind, name))
    for word in (value if isinstance(value, tuple) else (value,)) if allowed else ():
        if word not in (allowed or ()):
            raise bad(file, f"{where}: '{word}' is none of {', '.join(allowed or ())}")


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _required(kind: type[Any]) -> frozenset[str]:
    return frozenset(f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING)
