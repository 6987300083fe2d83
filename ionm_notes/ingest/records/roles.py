"""Tells over all lines of a page which are records of an export, and what of each record is for a reader: time, words, label.

What only serves the program is left out: the kind of record, its number, the level and the origin of a message, elapsed
time beside clock time, and a column that says the same in every record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.ingest.records.styles import LEVEL, STYLES, Part, Parts
from ionm_notes.ingest.records.tables import sections_of, sets_of_section
from ionm_notes.ingest.records.trees import Set, sets_of

_FEWEST = 4
"""So many lines of one style show that it is one."""
_PERSON = re.compile(r"users?(?:_?id|_?name)?|who|by|actor|operator|staff|person|initials|login|account|author|clinician", re.I)
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,11}")
_DAY = r"(?:\d{4}[-/.]\d\d[-/.]\d\d|\d{8}|\d{1,2}[-/.]?\w{2,3}[-/.]?\d{2,4}|[A-Z][a-z]{2}[-\s]+\d{1,2}(?:-\d{4})?)"
_TIME = re.compile(
    rf"(?:{_DAY}(?:T|,?\s+))?\d{{1,2}}[:.h]\d\d(?::\d\d)?(?:[.,]\d+)?m?\s?(?:[ap]\.?m?\.?|hrs?|h|Z|[+-]\d\d:?\d\d)?"
    r"|(?:[01]\d|2[0-3])[0-5]\d(?:\s?hrs?|h)?|\d{8}T?\d{4}(?:\d\d)?Z?",
    re.I,
)
_ONLY_DAY = re.compile(_DAY)
_ELAPSED = re.compile(r"T?\s?\+\s?\d[\d:.hms]*", re.I)
_NUMBERED = re.compile(r"[_\s-]*\[?\d+\]?$")
_LABELS = frozenset(
    {"field", "name", "label", "key", "item", "attribute", "parameter", "param", "property", "question", "element"}
)
_SENTENCES = frozenset(
    {
        "",
        "text",
        "remark",
        "note",
        "notes",
        "comment",
        "statement",
        "line",
        "p",
        "title",
        "value",
        "content",
        "message",
        "msg",
        "words",
        "para",
        "paragraph",
        "sentence",
    }
)


_VALUES = frozenset({"value", "new value", "new_value", "newvalue", "new", "to", "content", "contents", "data", "answer"})
_ENTRIES = _SENTENCES | {"event", "events", "chat", "log", "entry", "alert", "communication", "call"}
"""What a column of labels says of entries whose own time counts."""
_OF_SIGNING = re.compile(r"sign|attest|authentic|approv|finali|addend|version", re.I)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a line: its cells, each also as it stands there, what stands between them, and whether it is prose."""

    cells: tuple[str, ...]
    raw: tuple[str, ...]
    gaps: tuple[str, ...]
    prose: bool


@dataclass(slots=True)
class _Record:
    line: int
    parts: list[Part]
    columns: list[int]
    kind: str = ""


def records_of(raw: Sequence[str]) -> dict[int, tuple[Shown, ...]]:
    """What to show of each line that is a record, by its index; a line that serves the program alone shows nothing."""
    found: dict[int, tuple[Shown, ...]] = {}
    sets, serving = sets_of(raw)
    found.update((number, ()) for number in serving)
    _put(found, sets)
    for section in sections_of(raw) if not sets else ():
        found.update((number, ()) for number in section.lines)
        if section.kind == "log":
            shown = _roles("semicolon", dict(section.lines))
            found.update({n: tuple(_shown(raw[n], parts, prose) for parts, prose in rows if parts) for n, rows in shown.items()})
        else:
            _put(found, sets_of_section(raw, section))
    for style, split in STYLES:
        taken = {n: parts for n, line in enumerate(raw) if n not in found and (parts := split(line)) is not None}
        if not _is_style(style, taken, raw):
            continue
        shown = _roles(style, taken)
        found.update({n: tuple(_shown(raw[n], parts, prose) for parts, prose in rows if parts) for n, rows in shown.items()})
    return found


def _put(found: dict[int, tuple[Shown, ...]], sets: Sequence[Set]) -> None:
    """Adds rows to what is shown of the lines over which they stand."""
    for one in sets:
        found.update((number, found.get(number, ())) for number in range(one.first, one.last + 1))
        found[one.first] = (*found[one.first], _shown(one.text, list(one.parts), one.prose))


def _is_style(style: str, taken: dict[int, Parts], raw: Sequence[str]) -> bool:
    """Whether the lines that a style can take apart are an export of that style, and no prose that happens to look so."""
    if len(taken) < _FEWEST:
        return False
    if style in ("comma", "semicolon"):
        quoted = sum(raw[n].lstrip().startswith('"') for n in taken)
        widths = Counter(len(parts) for parts in taken.values())
        width, often = widths.most_common(1)[0]
        filled = sum(bool(line.strip()) for line in raw)
        if quoted <= 0.6 * len(taken):
            for n in [n for n, parts in taken.items() if len(parts) != width]:
                del taken[n]
            if width <= 2:
                return False
            return (often >= 0.5 * filled and _machine_made(taken)) or _pasted(taken, raw)
        for n in [n for n in taken if not raw[n].lstrip().startswith('"')]:
            del taken[n]
        return len(taken) >= _FEWEST
    if style == "bars":
        first = [parts[0].text for parts in taken.values()]
        elapsed = sum(_ELAPSED.fullmatch(text) is not None for text in first)
        if not elapsed and _typed_table(taken, raw):
            return False
        return sum(len(parts) > 2 for parts in taken.values()) >= _FEWEST and (_are_kinds(first) or elapsed >= _FEWEST)
    if style == "tags":
        return sum(bool(parts) and bool(parts[0].name) for parts in taken.values()) >= _FEWEST
    return True


def _pasted(taken: dict[int, Parts], raw: Sequence[str]) -> bool:
    """Whether lines one below the other are a few records within a text: names over times, and no blank behind a mark."""
    runs: list[list[int]] = []
    for number in sorted(taken):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    kept: set[int] = set()
    for run in runs:
        records = [_Record(n, list(taken[n]), list(range(len(taken[n])))) for n in run]
        named = all(re.fullmatch(r"[A-Za-z][\w ()/#.-]{0,30}", part.text) for part in records[0].parts)
        if len(run) >= _FEWEST and named and _is_heading(records) and not any(re.search(r"[,;]\s", raw[n]) for n in run):
            kept |= set(run)
    if len(kept) == 0:
        return False
    for number in set(taken) - kept:
        del taken[number]
    return True


def _typed_table(taken: dict[int, Parts], raw: Sequence[str]) -> bool:
    """Whether lines with blanks around their bars have a heading that names the first column: a table, 'Reader | In | Out'."""
    if not all(" | " in raw[n] for n in taken):
        return False
    records = [_Record(n, list(parts), list(range(len(parts)))) for n, parts in taken.items()]
    texts = [part.text for part in records[0].parts]
    return all(re.fullmatch(r"[A-Za-z][\w ()/#.-]{0,30}", text) for text in texts) and _is_heading(records)


def _machine_made(taken: dict[int, Parts]) -> bool:
    """Whether the first column names kinds of records, or numbers or times them: a program does that, and people do not."""
    first = [parts[0].text for parts in taken.values()]
    timed = sum(bool(_TIME.fullmatch(t) or _ELAPSED.fullmatch(t) or t.isdigit() or _ONLY_DAY.fullmatch(t)) for t in first)
    return _are_kinds(first) or timed > 0.6 * len(first)


def _are_kinds(texts: Sequence[str]) -> bool:
    often = Counter(texts)
    if any(_PERSON.fullmatch(text) for text in texts):
        return False  # 'user | action | time': whoever did it is no kind of record
    return (
        sum(bool(_KIND.fullmatch(t)) for t in texts) >= 0.9 * len(texts)
        and max(often.values()) >= 3
        and len(often) <= max(3, len(texts) / 2)
    )


def _roles(style: str, taken: dict[int, Parts]) -> dict[int, list[tuple[list[Part], bool]]]:
    records = [_Record(n, list(parts), list(range(len(parts)))) for n, parts in taken.items()]
    head = _name_columns(records) if style in ("comma", "semicolon", "bars") else None
    names = Counter(_plain_name(part.name) for record in records for part in record.parts)
    single = Counter(_plain_name(r.parts[0].name) for r in records if len(r.parts) == 1)
    groups: dict[tuple[str, ...], list[_Record]] = {}
    for record in records:
        shape = (record.kind,) if record.kind else ("", *(part.name for part in record.parts))
        groups.setdefault(shape, []).append(record)
    for group in groups.values():
        _drop_serving(group)
    if head is not None:
        kept = {column for record in records if record is not head for column in record.columns}
        head.parts = [part for column, part in zip(head.columns, head.parts, strict=True) if column in kept]
    for record in records:
        if record is not head:
            record.parts = _filled_in(record.parts)
    return {record.line: _rows(style, record, names, single) for record in records}


def _filled_in(parts: list[Part]) -> list[Part]:
    """Of a record of a field that was filled in, the field and its value: when it was entered is no time of the day's course.

    'time;user;action;field;value' over '07:05;NKW;SET;supervision;remote, one patient'. A signature has the time of its entry.
    """
    field = next((part for part in parts if part.name.lower() in _LABELS), None)
    value = next((part for part in parts if part.name.lower() in _VALUES and part.text), None)
    if field is None or value is None or not field.text or field.text.lower() in _ENTRIES:
        return parts
    times = [part.name.lower() for part in parts if _TIME.fullmatch(part.text)]
    if times == ["from", "to"]:  # an interval with its name; beside its own time it would be what stood there and what stands now
        return parts
    return parts if any(_OF_SIGNING.search(part.text) for part in parts) else [field, value]


def _name_columns(records: list[_Record]) -> _Record | None:
    """Names of columns from a first line that holds nothing else, and the kind of record from a first column of such.

    Returns that first line where it is to be shown above the columns.
    """
    kinds = _are_kinds([r.parts[0].text for r in records])
    head = records[0]
    texts = [part.text for part in head.parts]
    named = False
    if len(texts) > 2 and all(re.fullmatch(r"[A-Za-z][\w ()/#.-]{0,30}", t) for t in texts) and _is_heading(records):
        named = not kinds
        for record in records[1:]:
            record.parts = [
                Part(texts[n] if n < len(texts) else "", part.text, part.low, part.high) for n, part in enumerate(record.parts)
            ]
        if kinds:
            head.parts, head.columns = [], []
    for record in records:
        if kinds and record.parts:
            record.kind = record.parts[0].text
            record.parts, record.columns = record.parts[1:], record.columns[1:]
    if kinds and _counts_up([r.parts[0].text for r in records if r.parts]):
        for record in records:
            record.parts, record.columns = record.parts[1:], record.columns[1:]
    return head if named else None


def _is_heading(records: list[_Record]) -> bool:
    """Whether the first record names columns: below it stand times or days in a column whose name holds no figure."""
    return any(
        sum(n < len(r.parts) and bool(_TIME.fullmatch(r.parts[n].text)) for r in records[1:]) >= 3
        for n in range(len(records[0].parts))
    )


def _drop_serving(group: list[_Record]) -> None:
    """Takes out of records of one kind the columns that serve the program alone."""
    columns: dict[int, list[str]] = {}
    for record in group:
        for column, part in zip(record.columns, record.parts, strict=True):
            columns.setdefault(column, []).append(part.text)
    timed = {c for c, texts in columns.items() if sum(bool(_TIME.fullmatch(t)) for t in texts) > 0.7 * len(texts)}
    drop = {c for c, texts in columns.items() if c not in timed and _serves(texts, bool(timed), len(group))}
    drop |= {c for c in timed if len(timed) > 1 and _counts_up(columns[c])}
    if len(drop) >= len(columns):
        return
    for record in group:
        kept = [(c, p) for c, p in zip(record.columns, record.parts, strict=True) if c not in drop and p.text]
        record.columns, record.parts = [c for c, _ in kept], [p for _, p in kept]


def _serves(texts: list[str], timed: bool, records: int) -> bool:
    filled = [t for t in texts if t]
    if not filled:
        return True
    if _counts_up(filled) or all(_ELAPSED.fullmatch(t) for t in filled):
        return True
    if not timed or records < _FEWEST:
        return False
    return len(set(filled)) == 1 or all(LEVEL.fullmatch(t) for t in filled)


def _counts_up(texts: list[str]) -> bool:
    """Whether the cells are numbers of records: whole numbers, each greater than the one before."""
    if not all(t.isdigit() and len(t) < 7 for t in texts) or len(texts) < 2:
        return False
    values = [int(t) for t in texts]
    steps = [b - a for a, b in pairwise(values)]
    return all(step > 0 for step in steps) and sum(step == 1 for step in steps) >= 0.5 * len(steps)


def _rows(style: str, record: _Record, names: Counter[str], single: Counter[str]) -> list[tuple[list[Part], bool]]:
    """The rows that one record gives: one as a rule; an object whose keys stand once in the document gives one for each key."""
    parts = [part for part in record.parts if part.text]
    if len(parts) == 1 and (style in ("comment", "tags", "json", "pair", "keys")):
        part = parts[0]
        name = _plain_name(part.name)
        if name in _SENTENCES or (single[name] > 1 and " " in part.text) or (style == "json" and names.keys() & _LABELS):
            return [(parts, True)]
        return [([_label(part), part], False)]
    if len(parts) > 2 and style in ("json", "keys") and all(names[_plain_name(p.name)] == 1 for p in parts):
        return [([_label(part), part], False) for part in parts]
    return [(parts, len(parts) == 1)]


def _plain_name(name: str) -> str:
    """The name of a field without the number that tells it from its like: 'study_1', 'studies[0]'."""
    return _NUMBERED.sub("", name).lower()


def _label(part: Part) -> Part:
    """The name of a part's field as a cell before it; its place is found when the line is set out."""
    return Part("", part.name, -1, -1)


def _shown(line: str, parts: list[Part], prose: bool) -> Shown:
    placed, behind = [], 0
    for n, part in enumerate(parts):
        if part.low < 0:
            at = line.rfind(part.text, behind, parts[n + 1].low)
            part = Part("", part.text, max(at, behind), max(at, behind) + len(part.text))
        placed.append(part)
        behind = part.high
    gaps = tuple(line[a.high : b.low] for a, b in pairwise(placed))
    if [gap.strip() for gap in gaps] == [":"] and parts[0].low < 0:
        placed, gaps, prose = [Part("", line[placed[0].low : placed[1].high], placed[0].low, placed[1].high)], (), True
    return Shown(tuple(p.text for p in placed), tuple(line[p.low : p.high] for p in placed), gaps, prose)
