"""Marks lines that fall beside others under NCCI pair edits; read to see which line falls and whether a modifier helps.

A line that itself falls takes no other line down with it. Time lines of two different professionals do not meet: the
edits are per practitioner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ionm_notes.policy.api import Edit, Policy, dated
from ionm_notes.types import CodeLine

NO_MODIFIER = "0"
MODIFIER_MAY = "1"


@dataclass(frozen=True, slots=True)
class _Pair:
    falls: int
    beside: int
    edit: Edit


def with_edits(lines: tuple[CodeLine, ...], policy: Policy, service: date) -> tuple[CodeLine, ...]:
    """The same lines, each with its `edit` and the reason in words, dated for the day of `service`; all else unchanged."""
    pairs = _pairs(lines, policy)
    denied = _denied(pairs)
    return tuple(_marked(lines, index, pairs, denied, service) for index in range(len(lines)))


def _pairs(lines: tuple[CodeLine, ...], policy: Policy) -> tuple[_Pair, ...]:
    found: list[_Pair] = []
    for first in range(len(lines)):
        for second in range(first + 1, len(lines)):
            a, b = lines[first], lines[second]
            if a.code == b.code or (a.kind == b.kind == "time" and a.professional != b.professional):
                continue
            edit = policy.ncci(a.code, b.code)
            if edit is not None and edit.indicator in (NO_MODIFIER, MODIFIER_MAY):
                falls, beside = (first, second) if edit.column2 == a.code else (second, first)
                found.append(_Pair(falls, beside, edit))
    return tuple(found)


def _denied(pairs: tuple[_Pair, ...]) -> frozenset[int]:
    """Lines that no modifier saves, counting only pairs whose other line stands."""
    hard = [p for p in pairs if p.edit.indicator == NO_MODIFIER]
    denied: frozenset[int] = frozenset()
    for _ in range(len(hard) + 1):
        step = frozenset(p.falls for p in hard if p.beside not in denied)
        if step == denied:
            break
        denied = step
    return denied


def _marked(lines: tuple[CodeLine, ...], index: int, pairs: tuple[_Pair, ...], denied: frozenset[int], service: date) -> CodeLine:
    mine = [p for p in pairs if p.falls == index and p.beside not in denied]
    hard = [p for p in mine if p.edit.indicator == NO_MODIFIER]
    if index in denied:
        return replace(lines[index], edit="denied", edit_reason="; ".join(_words(lines, p, service) for p in hard))
    if mine:
        return replace(lines[index], edit="modifier", edit_reason="; ".join(_words(lines, p, service) for p in mine))
    return lines[index]


def _words(lines: tuple[CodeLine, ...], pair: _Pair, service: date) -> str:
    line, other = lines[pair.falls], lines[pair.beside]
    layer = dated(pair.edit.as_of, service)
    start = f"{line.code} falls beside {other.code} (NCCI {layer}, indicator {pair.edit.indicator})"
    if pair.edit.indicator == NO_MODIFIER:
        return f"{start}: no modifier helps"
    return f"{start}: {_may(line, other)}"


def _may(line: CodeLine, other: CodeLine) -> str:
    """Whether a distinct-service modifier is right here, as far as the record can tell."""
    if line.kind == other.kind == "time":
        return "a distinct-service modifier is right here, since no minute is counted under both"
    if line.kind == "time":
        return "a distinct-service modifier is right only if the monitoring rests on studies other than this one"
    return "a distinct-service modifier is right only if different muscles or nerves were studied"
