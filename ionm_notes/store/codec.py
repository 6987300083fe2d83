"""Writes the plain objects of `types.py` as JSON and reads them back equal; read this if a stored case must load.

The types of the fields are the format. A field that holds its default is not written. One that is missing takes its default, one
that this program does not know is left out, so stored cases outlive additive changes to `types.py`.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from ionm_notes.types import Case

Decode = Callable[[Any], Any]
_PLAIN = frozenset({str, int, bool, float, type(None)})
_WRITTEN: dict[type, tuple[tuple[str, Any], ...]] = {}
"""The fields of each kind of object with their defaults, learnt as they come."""


def case_to_json(case: Case) -> str:
    """The case as compact JSON: dates as `YYYY-MM-DD`, times as `YYYY-MM-DDTHH:MM[:SS]`."""
    return json.dumps(to_plain(case), ensure_ascii=False, separators=(",", ":"))


def case_from_json(text: str) -> Case:
    """The case that `case_to_json` wrote. `ValueError` (or its kin `KeyError`, `TypeError`) if the text is no case."""
    case: Case = _decoder(Case)(json.loads(text))
    return case


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


@cache
def _decoder(kind: Any) -> Decode:
    """The function that turns plain JSON into a value of `kind`; built once per type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_decoder(kind)
    if origin is typing.Literal:
        return _literal_decoder(arguments)
    if origin in (typing.Union, types.UnionType):
        return _optional_decoder(arguments)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        item = _decoder(arguments[1])
        return lambda plain: {key: item(value) for key, value in plain.items()}
    if kind is datetime:
        return datetime.fromisoformat
    if kind is date:
        return _date
    if kind in (str, int, bool, float):
        return _scalar_decoder(kind)
    raise TypeError(f"no way to load a {kind}")


def _dataclass_decoder(kind: type) -> Decode:
    hints = typing.get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    as_it_is = {name: _scalar_of(hints[name]) for name in decoders}

    def decode(plain: Any) -> Any:
        if not isinstance(plain, dict):
            raise ValueError(f"a {kind.__name__} must be a JSON object, not {type(plain).__name__}")
        found = {}
        for name, value in plain.items():
            if name in decoders:
                found[name] = value if type(value) is as_it_is[name] else decoders[name](value)
        return kind(**found)

    return decode


def _scalar_of(kind: Any) -> type | None:
    """The type that JSON gives for a plain field and that needs no second look; None for any other field."""
    return kind if kind in (str, int, bool, float) else None


def _literal_decoder(allowed: tuple[Any, ...]) -> Decode:
    def decode(plain: Any) -> Any:
        if plain not in allowed:
            raise ValueError(f"{plain!r} is none of {allowed}")
        return plain

    return decode


def _optional_decoder(arguments: tuple[Any, ...]) -> Decode:
    kinds = [argument for argument in arguments if argument is not type(None)]
    if len(kinds) != 1:
        raise TypeError(f"no way to tell {arguments} apart when loading")
    inner = _decoder(kinds[0])
    return lambda plain: None if plain is None else inner(plain)


def _tuple_decoder(arguments: tuple[Any, ...]) -> Decode:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _decoder(arguments[0])
        return lambda plain: tuple([item(value) for value in plain])
    items, as_it_is = [_decoder(argument) for argument in arguments], [_scalar_of(argument) for argument in arguments]

    def decode(plain: Any) -> Any:
        if list(map(type, plain)) == as_it_is:
            return tuple(plain)
        return tuple([item(value) for item, value in zip(items, plain, strict=True)])

    return decode


def _scalar_decoder(kind: type) -> Decode:
    accepted = (int, float) if kind is float else (kind,)

    def decode(plain: Any) -> Any:
        if not isinstance(plain, accepted) or (isinstance(plain, bool) and kind is not bool):
            raise ValueError(f"{plain!r} is not a {kind.__name__}")
        return plain

    return decode


def _date(plain: str) -> date:
    # `Signature.at` is a date that may carry a time; the text says which it was.
    return datetime.fromisoformat(plain) if len(plain) > len("YYYY-MM-DD") else date.fromisoformat(plain)
