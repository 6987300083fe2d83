"""Writes the plain objects of `types.py` as JSON and reads them back equal; read this if a stored case must load.

The types of the fields are the format. A field that holds its default is not written. One that is missing takes its default, one
that this program does not know is left out, so stored cases outlive additive changes to `types.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

import msgspec

from ionm_notes.types import Case, Signature

_CASES = msgspec.json.Decoder(Case)
_AT = re.compile(r'("at":"\d{4}-\d\d-\d\d)(T[^"]*)?"')
"""`Signature.at`, the one field of its name: a date that may carry a time. Within a string its quotes would not stand bare."""
_TIMED = re.compile(r'"at":"[\d-]+T')
_PLAIN = frozenset({str, int, bool, float, type(None)})
_WRITTEN: dict[type, tuple[tuple[str, Any], ...]] = {}
"""The fields of each kind of object with their defaults, learnt as they come."""


def case_to_json(case: Case) -> str:
    """The case as compact JSON: dates as `YYYY-MM-DD`, times as `YYYY-MM-DDTHH:MM[:SS]`."""
    return json.dumps(to_plain(case), ensure_ascii=False, separators=(",", ":"))


def case_from_json(text: str) -> Case:
    """The case that `case_to_json` wrote. `ValueError` if the text is no case."""
    if _TIMED.search(text) is None:
        return _CASES.decode(text)
    case = _CASES.decode(_AT.sub(r'\1"', text))
    times = iter(_AT.findall(text))
    return replace(case, signatures=tuple(one if one.at is None else _timed(one, *next(times)) for one in case.signatures))


def _timed(signature: Signature, day: str, time: str) -> Signature:
    """A signature was read with its day alone, as its field says; here comes the time that it may carry."""
    return replace(signature, at=datetime.fromisoformat(day.rpartition('"')[2] + time)) if time else signature


def in_full(value: Any) -> Any:
    """The same with every field, also those that hold their default: for who looks at a case rather than keeps it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: in_full(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (tuple, list)):
        return [in_full(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): in_full(item) for key, item in value.items()}
    return to_plain(value)


def to_plain(value: Any) -> Any:
    """A value of the core as dicts, lists, strings and numbers, without fields that hold their default.

    `TypeError` for what JSON cannot hold.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in _WRITTEN:
        return {
            name: to_plain(item)
            for name, default in _WRITTEN[kind]
            if (item := getattr(value, name)) is not default and item != default
        }
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        _WRITTEN[kind] = tuple((field.name, _default(field)) for field in fields(value))
        return to_plain(value)
    raise TypeError(f"a {kind.__name__} cannot be stored")


def _default(field: Field[Any]) -> Any:
    """What a field holds where nothing is given; an object like no other where something must be."""
    return field.default_factory() if field.default_factory is not MISSING else field.default
