"""Changes all evidence or all times of a Case at once; used where pages were renumbered or clocks brought to one zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from ionm_notes.types import Evidence

T = TypeVar("T")


def with_evidence(value: T, change: Callable[[Evidence], Evidence]) -> T:
    """`value` (a Case, or any of its facts) with each Evidence in it replaced."""
    changed: T = _walk(value, lambda leaf: change(leaf) if isinstance(leaf, Evidence) else leaf)
    return changed


def with_times(value: T, change: Callable[[datetime], datetime]) -> T:
    """`value` with each point in time in it replaced; plain dates are left alone."""
    changed: T = _walk(value, lambda leaf: change(leaf) if isinstance(leaf, datetime) else leaf)
    return changed


def _walk(value: Any, change: Callable[[Any], Any]) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (Evidence, date)):
        return change(value)
    if isinstance(value, tuple):
        return tuple([_walk(item, change) for item in value])
    if isinstance(value, Mapping):
        return {key: _walk(item, change) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _walk(getattr(value, field.name), change) for field in fields(value)})
    return value
