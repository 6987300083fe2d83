"""The interpretation: a section that holds one, a line that a label calls one, or a sentence that sums the signals up.

A label is not enough: 'Impression:' with nothing behind it, with 'pending', or of the patient's imaging interprets nothing here.
"""

from __future__ import annotations

import re

from ionm_notes.read.fields import Field, Fields
from ionm_notes.read.reading import Reading
from ionm_notes.read.statements.model import clip, told_units
from ionm_notes.read.things import LOG_ENTRY
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof

_BEFORE = frozenset({"indication", "procedure", "baseline", "order", "patient"})
"""Labels under which nothing is told of how an operation ended."""
_REACH = 240
"""Characters behind a label in which an interpretation must show that it is one."""

_TOP = 6
"""Statements at the head of a record, among which stands its title."""
_HEADING, _BELOW = 70, 3
"""Characters of the longest heading; statements below it that may interpret."""


def read_interpretation(reading: Reading, fields: Fields) -> Proof:
    """What the record concludes from the signals."""
    for item in fields.of("interpretation"):
        if _holds(reading, item):
            return (reading.evidence(item.start, min(item.high, item.low + _REACH)),)
    words = vocabulary()
    for unit, text in told_units(reading):
        match = words.regex("statement.summing-label").match(text)
        if match is None or words.regex("statement.of-imaging").search(match.group()):
            continue
        value = text[match.end() :]
        kind = "verdict.final" if match.groupdict().get("loose") else "verdict"
        if not words.regex("statement.not-yet").match(value) and words.regex(f"statement.{kind}").search(value[:_REACH]):
            return (clip(reading, unit, unit.start, unit.start + match.end(), 0, 120),)
    match = words.regex("statement.summing").search(reading.text)
    if match and (holding := reading.unit_at(match.start())):
        return (clip(reading, holding, match.start(), match.end(), 10, 120),)
    return (
        _summed_inside(reading)
        or _under_heading(reading, fields)
        or _expected(reading, fields)
        or _above_signature(reading, fields)
        or _recap(reading, fields)
    )


def _recap(reading: Reading, fields: Fields) -> Proof:
    """An event and all the rest in one breath, or the study as a whole, wherever it is told of the operation itself."""
    for unit, text in told_units(reading):
        match = vocabulary().regex("statement.recap").search(text)
        if match and fields.section_at(unit.start) not in _BEFORE and _concludes(match.group()):
            return (clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 20, 40),)
    return ()


def _expected(reading: Reading, fields: Fields) -> Proof:
    """What the record expects of the patient, outside a log and whatever speaks of the time before the operation."""
    words = vocabulary()
    for match in words.regex("statement.prognosis").finditer(reading.text):
        unit = reading.unit_at(match.start())
        if unit is None or unit.kind == "running" or LOG_ENTRY.match(reading.unit_text(unit)):
            continue
        if fields.section_at(match.start()) in _BEFORE or words.regex("stated.purpose").search(reading.unit_text(unit)):
            continue
        return (clip(reading, unit, match.start(), match.end(), 60, 80),)
    return ()


def _summed_inside(reading: Reading) -> Proof:
    """A label or a phrase within a line behind which the record sums up: 'Reader summary (posted) Left MVD. Brief delay ...'."""
    words = vocabulary()
    imaging = words.regex("statement.of-imaging")
    for match in words.regex("statement.summed").finditer(reading.text):
        unit = reading.unit_at(match.start() + max(0, len(match.group().rstrip()) - 1))
        if unit is None or unit.kind == "running" or imaging.search(reading.text, max(0, match.start() - 20), match.end()):
            continue
        behind = reading.text[match.end() : match.end() + _REACH]
        if _concludes(behind) and (not match.groupdict().get("loose") or _ends(_told_on(behind))):
            return (reading.evidence(match.start(), min(match.end() + 120, max(unit.end, match.end() + 1))),)
    return ()


def _ends(value: str) -> bool:
    """Whether words tell how it all ended, as they must behind a label that other things stand behind too: 'final:', 'Result'."""
    words = vocabulary()
    return any(words.regex(f"statement.{name}").search(value) for name in ("ended", "verdict.final"))


def _told_on(value: str) -> str:
    """A line, with the one below where it goes on there: what begins with a clock time is another entry."""
    line, _, rest = value.partition("\n")
    below = rest.partition("\n")[0]
    return line if LOG_ENTRY.match(below) or below[:1] in "[(" else f"{line} {below}"


def _under_heading(reading: Reading, fields: Fields) -> Proof:
    """What stands right below a line that is nothing but the name of such a section: 'G. Conclusion and signature'."""
    words = vocabulary()
    heading, imaging = words.regex("statement.summing-heading"), words.regex("statement.of-imaging")
    at_end = words.regex("statement.heading-at-end")
    for number, unit in enumerate(reading.units):
        if unit.kind == "running":
            continue
        text = reading.unit_text(unit).strip(" -=_*#@~")
        headed = heading.fullmatch(text.replace("\t", " ")) if len(text) <= _HEADING else None
        headed = headed or at_end.search(text)
        if headed is None or imaging.search(text):
            continue
        loose = headed.groupdict().get("loose") is not None
        if loose and number < _TOP:
            continue  # 'FINAL REPORT' is the title of the paper there
        for below in reading.units[number + 1 : number + 1 + _BELOW]:
            value = reading.text[below.start : min(below.start + _REACH, below.end)]
            if loose and (fields.section_at(below.start) in _BEFORE or not _ends(value)):
                continue
            if below.kind != "running" and _concludes(value):
                return (reading.evidence(below.start, min(below.end, below.start + 160)),)
    return ()


def _concludes(value: str) -> bool:
    """Whether words say how it ended, and of what: signals, nerves, the patient's function."""
    words = vocabulary()
    return (
        words.regex("statement.not-yet").match(value) is None
        and words.regex("statement.verdict").search(value) is not None
        and (words.regex("statement.change.signal").search(value) or words.regex("stated.outcome").search(value)) is not None
    )


def _holds(reading: Reading, item: Field) -> bool:
    """Whether a section interprets; what stands only below its label must say so in its own words."""
    words = vocabulary()
    value = item.value(reading)
    if len(value) <= 5 or not re.search(r"[a-z]{3}", value, re.I) or words.regex("statement.not-yet").match(value):
        return False
    line = reading.text.rfind("\n", 0, item.start) + 1
    if words.regex("statement.of-imaging").search(reading.text, max(line, item.start - 30), item.label_end):
        return False
    below = "\n" in reading.text[item.label_end : item.low + 1] or reading.text[item.low : item.high].startswith("\n")
    return not below or words.regex("statement.verdict").search(value[: 2 * _REACH]) is not None


def _above_signature(reading: Reading, fields: Fields) -> Proof:
    """What stands in the paragraph right above a signature and tells how it all ended, outside a log and the parts before the end."""
    words = vocabulary()
    last = -1
    for match in words.regex("signature.signed").finditer(reading.text):
        unit = reading.unit_at(match.start())
        if unit is None or unit.start == last:
            continue
        last = unit.start
        before = reading.text[unit.start : match.start()]
        if not LOG_ENTRY.match(before) and words.regex("statement.ended").search(before) and _concludes(before):
            return (reading.evidence(unit.start, match.start()),)  # 'MEP loss with distraction, recovered. Signed L. Hadid MD'
        place = reading.index_of(unit)
        for above in reversed(reading.units[max(0, place - _ABOVE) : place]):
            text = reading.unit_text(above)
            if above.kind != "sentence" or above.page != unit.page or LOG_ENTRY.match(text):
                break
            labelled = words.regex("stated.summing").match(text) is not None  # 'Impression right sciatic function unchanged.'
            if fields.section_at(above.start) in _BEFORE and not labelled:
                break
            if words.regex("statement.ended").search(text) and _concludes(text):
                return (reading.evidence(above.start, min(above.end, above.start + 160)),)
    return ()


_ABOVE = 5
"""Statements above a signature that may conclude."""
