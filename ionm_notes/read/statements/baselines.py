"""What the baselines were like: in a sentence, under a heading, in a column of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.statements.model import clip, told_units
from ionm_notes.read.statements.parts import parts_of
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence, Proof

BASELINES = expression(
    r"(?<![^\t\n|])references?(?=\s*:\s[^\n\t]{0,40}?(?:\b(?:ms|quiet|silent|present|normal|reproducible|small|absent)\b|[uµ]V\b|symmetr))|"
    r"\b(?:base-?\s?lines?|(?:yardstick|benchmark)\s+(?:sets?|traces|runs?)|base\s+sets?|b-?lines?|openers?|opening\s+state|B0(?=\s*[:\t])|first\s+(?:full\s+)?(?:sets?(?!\s+of\s+(?!responses|traces|potentials|curves|recordings|data|signals))|taps?|BAEPs?|SSEPs?|MEPs?|curves|tracings|recordings|registrations)|beginning\s+set|basel[l1]ne|BLs?|bsln?s?|(?:reference|control|opening|initial|starting|template|pre-?incision(?:al)?)\s+(?:traces|tracings|recordings|responses|studies|runs?|data|waveforms|signals|potentials|curves|registrations|set)|(?:first|initial)\s+controls)\b",
)


def baselines_in(text: str) -> Iterator[re.Match[str]]:
    """Where baselines are spoken of, by a name or by what they were kept for."""
    yield from BASELINES.finditer(text)
    yield from vocabulary().regex("baseline.kept").finditer(text)


AT_BASELINE = re.compile(
    r"(?:\b(?:at|to|from|of|near|above|below|as|than|with|vs|w|unchanged|reproduced|matched|equal(?:led|ed)|resembled|regained)|=(?!\s*base))\s*(?:the\s+|their\s+|its\s+|initial\s+|pre-?\w*\s+)*(?:b(?:ase)?-?\s?lines?|BLs?|bsln?s?)\b",
    re.I,
)


_STANDS_AT = re.compile(AT_BASELINE.pattern.removesuffix("\\b") + "$", re.I)

_COMPARED = re.compile(
    r"\b(?:change[sd]?|unchanged|deviat\w+|differ\w*|alter\w*|same|compar\w+|return\w*|recover\w*|back)\s+(?:\w+\s+)?(?:from|to|as|with|than)\s+(?:the\s+|their\s+)?[\w-]+$",
    re.I,
)
"""'No change from baseline' tells of the course."""
_TELLS_OF = re.compile(
    r"\b(?:quality|morphology|state|status|results?|description|appearance|size|shape)\s+of\s+(?:the\s+)?[\w-]+$", re.I
)


def baseline_findings(reading: Reading, fields: Fields) -> Proof:
    """What the baselines were, in words that a reader can check; not merely that they were obtained."""
    words = vocabulary()
    quality = words.regex("statement.baseline-quality")
    for item in fields.of("baseline"):
        value = item.value(reading)
        if quality.search(value) and len(value) > 6 and not _LEFT_OPEN.match(value):
            return (reading.evidence(item.start, min(item.high, item.low + 200)),)
    for unit, text in told_units(reading):
        for match in baselines_in(text):
            if _of_the_patient(text, match.end()) or _LEFT_OPEN.match(text, match.end()):
                continue
            if quality.search(text[match.end() : match.end() + 320]) and re.match(r"\s+(?:\w+\s+){0,3}\(", text[match.end() :]):
                return (clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 0, 300),)
            lead = text[max(0, match.start() - 40) : match.end()]
            if _COMPARED.search(lead):
                continue
            described = words.regex("baseline.described-at").search(text[: match.end()]) is not None
            if words.regex("baseline.told-behind").match(text, match.end()):
                # 'The visual potentials, right and left, at baseline were of small but repeatable amplitude'
                described = described or words.regex("baseline.likened").search(text[: match.end()]) is None
            if (
                _STANDS_AT.search(lead)
                and not (described and words.regex("baseline.later").search(text[: match.start()]) is None)
                and not _TELLS_OF.search(lead)
                and not re.match(r"\s*(?:,|the\b|all\b)", text[match.end() : match.end() + 6])
                and not re.search(r"(?:^|[.:;]\s+)at\s+(?:the\s+)?base-?line$", lead, re.I)
            ):
                continue
            if vocabulary().regex("baseline.in-general").search(text):
                continue
            around = text[max(0, match.start() - 90) : match.end() + 150]
            if quality.search(around) and not re.search(r"\b(?:not (?:recorded|described|obtained|documented))\b", around, re.I):
                behind = list(quality.finditer(text[match.start() : match.end() + 150])) or list(quality.finditer(around))
                if any(not re.fullmatch(r"(?:ms|fine|even|strong|seen)", found.group(), re.I) for found in behind):
                    return (clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 40, 110),)
            if (low := _behind_colon(text, match.end())) is not None:
                return (clip(reading, unit, unit.start + low, unit.start + low, 40, 240),)
    return (
        _opening_findings(reading)
        or _in_column(reading)
        or _under_heading(reading)
        or _read_next(reading)
        or _logged_before_start(reading)
        or _told_of_opening(reading)
    )


_COLON = re.compile(r"[^;\n]{0,140}?:\s+(?=[A-Za-z])")
_REST = 320
"""Characters behind such a colon that are of the baselines still."""


def _behind_colon(text: str, at: int) -> int | None:
    """Where a sentence tells behind a colon what the baselines were: 'Baselines were taken to 8:18, and I read them as they came: ...'."""
    colon, words = _COLON.match(text, at), vocabulary()
    if colon is None or words.regex("stated.course").search(colon.group()):
        return None
    rest = text[colon.end() : colon.end() + _REST]
    told = words.regex("statement.baseline-quality").search(rest)
    if told is None or words.regex("stated.course").search(rest[: told.start()]) or _PLANNED.search(rest):
        return None
    signals = ("stated.signal", "statement.change.signal", "baseline.nickname")
    return colon.end() if any(words.regex(name).search(rest) for name in signals) else None


_LEFT_OPEN = re.compile(r"(?:(?:\s+\w+)?\s*[:=\t]\s*)?(?:_{2,}|\[\s*\]\s*$)")
"""A line to write on behind a label: 'Baseline findings: ______'."""


def _of_the_patient(text: str, at: int) -> bool:
    """'Baseline creatinine', 'baseline characteristics of the patient': what stands behind the word is no recording."""
    other = vocabulary().regex("stated.not-of-baselines").match(text, at + 1)
    return other is not None and not vocabulary().regex("stated.signal").search(text, at, other.end() + 14)


def _opening_findings(reading: Reading) -> Proof:
    """What the first responses were like, where nothing calls them baselines: 'At the outset every potential was clear'."""
    words = vocabulary()
    opening, quality, signal = (words.regex(f"statement.{name}") for name in ("opening", "baseline-quality", "change.signal"))
    for unit, text in told_units(reading):
        for match in opening.finditer(text):
            if words.regex("baseline.same-as").search(text, max(0, match.start() - _NEAR), match.start()):
                continue
            rest = text[match.end() : match.end() + 160].partition(". ")[0]
            row = text[max(0, match.start() - 40) : match.end()] if text[match.end() : match.end() + 1] == "\t" else match.group()
            if quality.search(rest) and (signal.search(row + rest) or words.regex("stated.signal").search(rest)):
                return (clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 30, 110),)
            whole = match.group() + rest
            if (
                words.regex("baseline.obtained").search(whole)
                and signal.search(whole)
                and (told := _next_sentence(reading, unit))
            ):
                return told
        said = words.regex("baseline.at-start").search(text)
        if (
            said
            and (words.regex("stated.signal").search(text) or _of_those_before(reading, unit, said.start()))
            and not words.regex("stated.course").search(text[: said.end()])
        ):
            return (clip(reading, unit, unit.start + said.start(), unit.start + said.end(), 60, 30),)
    return ()


def _told_of_opening(reading: Reading) -> Proof:
    """A sentence with the time of the first responses in any place: 'The left vagus gave 480 microvolts at the start'."""
    words = vocabulary()
    when, course = words.regex("baseline.opening-time"), words.regex("baseline.opening-not")
    quality = words.regex("statement.baseline-quality")
    for unit, text in told_units(reading):
        for start, end in parts_of(text):
            part = text[start:end]
            said = when.search(part)
            if said is None or course.search(part[: said.start()]) or _PLANNED.search(part):
                continue
            rest = part[: said.start()] + " " + part[said.end() :]
            if quality.search(rest) is None or course.search(part[said.end() : said.end() + _SOON]):
                continue
            if any(words.regex(name).search(part) for name in ("stated.signal", "statement.change.signal", "baseline.limbs")):
                return (clip(reading, unit, unit.start + start, unit.start + end, 0, 0),)
    return ()


_NEAR = 24
"""Characters before that time among which such words stand."""
_SOON = 20
"""Characters behind the time of the first responses in which a word of the course makes the sentence one of it."""


def _of_those_before(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether 'they' before what is said means the signals that the sentence before names: 'They were normal to begin with'."""
    place = reading.index_of(unit)
    before = reading.units[place - 1] if place else None
    if before is None or before.paragraph != unit.paragraph or _THEY.search(reading.text, unit.start, unit.start + at) is None:
        return False
    return vocabulary().regex("stated.signal").search(reading.unit_text(before)) is not None


_THEY = re.compile(r"\b(?:they|these|those|all|both)\b", re.I)


def _next_sentence(reading: Reading, unit: Unit) -> Proof:
    """What the sentence behind one that says that first responses were recorded tells of them."""
    words = vocabulary()
    place = reading.index_of(unit) + 1
    after = reading.units[place] if place < len(reading.units) else None
    if after is None or after.paragraph != unit.paragraph:
        return ()
    text = reading.unit_text(after)
    if words.regex("baseline.course").search(text) or words.regex("stated.course").search(text) or _PLANNED.search(text):
        return ()
    quality, signals = words.regex("statement.baseline-quality"), ("stated.signal", "statement.change.signal")
    if quality.search(text) and any(words.regex(name).search(text) for name in signals):
        return (clip(reading, after, after.start, min(after.end, after.start + 120), 0, 40),)
    return ()


def _in_column(reading: Reading) -> Proof:
    """The first cell that tells of a response in a column headed as that of the baselines."""
    head, empty = vocabulary().regex("baseline.head"), vocabulary().regex("baseline.empty")
    quality, first = vocabulary().regex("statement.baseline-quality"), vocabulary().regex("baseline.column")
    for number, column, count in (*_columns(reading, head), *_columns(reading, first)):
        for unit in reading.units[number + 1 : number + 1 + _ROWS]:
            cells = list(_cells(reading, unit))
            if unit.kind == "running" or len(cells) != count:
                break
            low, high = cells[column]
            cell = reading.text[low:high]
            if not empty.search(cell) and quality.search(cell):
                return (_row(reading, unit, low, high),)
    return ()


_ROWS = 8
"""Rows below the head of a column that are looked through."""
_FEWEST = 3
"""Columns of the smallest table whose head is taken for one."""


def _columns(reading: Reading, head: Expression) -> Iterator[tuple[int, int, int]]:
    """Heads of columns of baselines: the number of the unit, of the column, and how many columns there are."""
    for number, unit in enumerate(reading.units):
        if unit.kind == "running" or "\t" not in reading.text[unit.start : unit.end]:
            continue
        cells = list(_cells(reading, unit))
        if len(cells) < _FEWEST:
            continue
        for column, (low, high) in enumerate(cells):
            if column and head.search(reading.text[low:high]):
                yield number, column, len(cells)


def _cells(reading: Reading, unit: Unit) -> Iterator[tuple[int, int]]:
    low = unit.start
    for part in reading.unit_text(unit).split("\t"):
        yield low, low + len(part)
        low += len(part) + 1


def _row(reading: Reading, unit: Unit, low: int, high: int) -> Evidence:
    """A cell with the beginning of its row, where that is not too long."""
    return reading.evidence(unit.start if high - unit.start < 200 else low, high)


def _under_heading(reading: Reading) -> Proof:
    """What stands right below a heading of baselines, or in the sentence behind the one that says when they were taken."""
    words = vocabulary()
    head, quality, signal = (words.regex(name) for name in ("baseline.head", "statement.baseline-quality", "stated.signal"))
    course, other = words.regex("stated.course"), words.regex("statement.change.signal")
    for unit, after in zip(reading.units, reading.units[1:], strict=False):
        if "running" in (unit.kind, after.kind) or unit.end - unit.start > _LONGEST:
            continue
        text = reading.unit_text(unit)
        below = reading.text[after.start : min(after.start + 200, max(after.end, reading.paragraph_end(after.start)))]
        taken = after.paragraph == unit.paragraph and _TAKEN.search(text) is not None and course.search(below) is None
        if not taken and not ("\t" not in text and head.search(text)):
            continue
        if quality.search(below) and (signal.search(below) or other.search(below)) and not _LOG_ENTRY.match(below):
            return (clip(reading, after, after.start, min(after.end, after.start + 120), 0, 40),)
    return ()


def _read_next(reading: Reading) -> Proof:
    """What stands right behind a statement that baselines were taken, or the name of a part on them, before the watch begins."""
    words = vocabulary()
    quality, course = words.regex("statement.baseline-quality"), words.regex("stated.course")
    signals = tuple(words.regex(name) for name in ("stated.signal", "statement.change.signal", "baseline.nickname"))
    units = [unit for unit in reading.units if unit.kind != "running"]
    for number, unit in enumerate(units):
        text = reading.unit_text(unit)
        if (
            len(text) > _STATED
            or not BASELINES.search(text)
            or AT_BASELINE.search(text)
            or words.regex("baseline.course").search(text)
        ):
            continue
        if course.search(text):
            continue
        for after in units[number + 1 : number + 1 + _NEXT]:
            told = words.regex("baseline.agreed").sub("", reading.unit_text(after))
            if words.regex("baseline.course").search(told) or course.search(told) or _PLANNED.search(told):
                break
            if quality.search(told) and any(signal.search(told) for signal in signals):
                return (clip(reading, after, after.start, min(after.end, after.start + 120), 0, 40),)
    return ()


_STATED, _NEXT = 300, 3
"""Characters of the longest such statement; how many behind it are looked at."""
_PLANNED = re.compile(
    r"\b(?:no\s+description|not\s+(?:described|recorded|documented|stated)|blank|criteri\w+|threshold\s+for|alarm)\b", re.I
)
_LONGEST = 300
"""Characters of the longest heading, or statement of when baselines were taken."""
_TAKEN = re.compile(
    r"\b(?:(?:collected|ran|took|read|recorded|acquired|obtained|made|put\s+up|set|shot|drew)\s+(?:(?:the|our|my|a\s+set\s+of|all)\s+)?(?:base-?\s?lines?|first\s+set)\b|"
    r"\bbase-?\s?lines?\s+(?:(?:I|we|she|he)\s+(?:took|ran|recorded|collected|obtained|made|had)|(?:ran|lasted|went|followed|came)\s+(?:from|between|at|\d))\b|"
    r"\b(?:base-?\s?lines?|(?:reference|control|opening|initial)\s+(?:\w+\s+)?(?:traces|tracings|recordings|responses|studies|set|reference))\b"
    r"(?:\s+\([^()]{0,30}\))?\s+(?:(?:was|were|had|been|then|next|also)\s+)*(?:shot|taken|run|recorded|acquired|made|obtained|collected|set|established|drawn|registered|captured|done|stored|gathered)\b|"
    r"\b(?:acquired|recorded|taken|obtained|stored|kept|collected)\s+as\s+(?:the\s+|a\s+)?(?:base-?\s?lines?|reference)\b)",
    re.I,
)
_LOG_ENTRY = re.compile(r"\W{0,3}(?:(?:at|by|around)\s+(?:about\s+)?)?\d{1,2}[:.h]?\d{2}\b", re.I)


def _logged_before_start(reading: Reading) -> Proof:
    """What an entry of a log tells of signals before the first one that speaks of the watch or the operation."""
    words = vocabulary()
    quality, course, signal = (words.regex(name) for name in ("statement.baseline-quality", "stated.course", "stated.signal"))
    log: list[Unit] = []
    for unit in reading.units:
        text = reading.unit_text(unit)
        if unit.kind == "running" or not _CLOCK_LEADS.match(text):
            continue
        log.append(unit)
        if _BEGUN.search(text):
            break
    else:
        return ()  # nothing says where the preparations end
    for unit in log[:-1]:
        text = reading.unit_text(unit)
        if course.search(text) or _NOT_SEEN.search(text) or not signal.search(text):
            continue
        if quality.search(_NUMBERS.sub(" ", text)):
            return (clip(reading, unit, unit.start, min(unit.end, unit.start + 160), 0, 0),)
    return ()


_BEGUN = re.compile(
    r"\b(?:incision|skin|cut|knife|open(?:ed|ing)?|expos\w+|(?:neuro-?)?monitoring|watching|surveillance|dissection|draped?)\b",
    re.I,
)
_NOT_SEEN = re.compile(
    r"\b(?:impedances?|ohms?|k(?:ilo)?ohm|check(?:ed|ing)?|test(?:ed|ing)?|criteri\w+|set-?\s?up|plan(?:ned)?)\b|\?", re.I
)
_CLOCK_LEADS = re.compile(r"\W{0,3}(?:[01]?\d|2[0-3])(?:[:.h]?[0-5]\d)\b(?!\s*(?:[:/%]|mg|ms|mA|Hz|uV))")
_NUMBERS = re.compile(r"\d{1,2}[:.h]\d{2}")
