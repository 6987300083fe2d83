"""Whether a clause says that the professional watched this case alone, or others beside it, in words that no pattern holds.

A clause is taken thing by thing (`patterns/caseload.toml`): denial, other, case, attention, only, how many, at once. A letter
stands for each, and the orders of letters that mean 'alone' or 'shared' are the rules of this module. 'There was never a second
screen on her desk' and 'she kept to this operation and left the rest to colleagues' need no pattern of their own.
Source of the two meanings: the contract's exclusivity of attendance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ionm_notes.read.boxes import BOX
from ionm_notes.read.expression import expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.things import spelled
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 400
"""Characters of the longest statement that is taken thing by thing."""

_LETTERS = {
    "caseload.somebody-else": "K", "caseload.ratio": "R", "caseload.number": "#", "caseload.unshared": "D", "caseload.split": "V", "caseload.save": "X", "caseload.at-once": "S", "caseload.none": "N", "caseload.attention": "a", "caseload.full": "F", "caseload.many": "M", "caseload.only": "L",
    "caseload.other": "O", "caseload.case": "C", "caseload.display": "Q", "caseload.this": "T", "caseload.attends": "A", "caseload.monitoring": "m", "caseload.professional": "P",
}  # fmt: skip
"""A letter for each thing; where two things begin at one place, the one that stands first here wins."""
_THINGS = {"CASE": "[CQ]", "WATCH": "[AaQmP]", "STRONG": "[AaQ]", "THIS": "[TP]"}


def _rules(*rules: str) -> re.Pattern[str]:
    for name, letters in _THINGS.items():
        rules = tuple(rule.replace(name, letters) for rule in rules)
    return re.compile("|".join(f"(?:{rule})" for rule in rules))


_ALONE = _rules(
    r"D",  # 'attention was not divided'
    r"[FL]\.{0,2}a",  # 'her entire attention'
    r"a[.TPm]{0,3}[FL](?!CASE)",  # 'attention was undivided'
    r"N[^N:;(]{0,6}?[OS][.TAPm]{0,3}CASE",  # 'no second patient', 'nor was any other operation'
    r"N[.TF]{0,2}O(?![.]{0,2}[CQ])",  # 'nobody else', 'to the exclusion of all others'
    r"N[^N:;(,]{0,3}?A[^N:;(,]{0,4}?O",  # 'did not watch any other patient', 'not responsible for another'
    r"N[.TP]{0,2}CASE[^N:;(,]{0,4}?(?:S|O)",  # 'no patient besides'
    r"N[^N:;(]{0,6}?X[.]{0,2}?(?:T{0,2}C|L|T{0,2}\.{1,2}$)",  # 'nobody but this boy', 'no traces before me but Tobiah's'
    r"[OS][^N:;]{0,4}?CASE[.TPmAS]{0,4}?N",  # 'responsibility for a second case was not held'
    r"#[^NO:;]{0,5}?CASE[^NO:;]{0,7}?L$",  # 'the number of patients supervised at one time was one'
    r"WATCH[^N:;(]{0,5}?L[.TP]{0,3}CASE",  # 'watched only this patient'
    r"WATCH[^N:;(]{0,4}?THISCASE\.{0,1}L",  # 'followed this patient alone'
    r"THISCASE[.TP]{0,2}L",  # 'to this case alone', 'this patient was the only one'
    r"LCASE[^:;]{0,8}?WATCH",  # 'the only patient under observation'
    r"A[^N:;(]{0,4}?LCASE\.{0,2}S",  # 'covers one case at a time'
    r"[Aa][^N:;(]{0,4}?R|R[^N:;(]{0,4}?[Aa]",  # 'coverage was one-to-one'
)
_SHARED = _rules(
    r"WATCH[^N:;(]{0,6}?M[OS]{0,2}\.?[OST]?CASE",  # 'covered three rooms'
    r"M[OS]{0,2}\.?[OS]?CASE[^N:;]{0,6}?(?:STRONG|S|X)",  # 'two further patients were on the board'
    r"M\.?O(?![.]{0,2}[CQ])[^N:;]{0,4}?(?:STRONG|S|T)",  # 'two others to follow'
    r"(?:S|X)[^N:;(]{0,8}?M\.?O",  # 'alongside this patient she had two others'
    r"#[^N:;]{0,5}?CASE[^N:;]{0,7}?M",  # 'the number of patients was three'
    r"S[^N:;(]{0,5}?O[.]{0,2}CASE",  # 'while also following another patient'
    r"A[^N:;(]{0,5}?O[.]{0,2}CASE[^N:;]{0,4}?S",  # 'watched another room at the same time'
    r"O[.]{0,2}CASE[^N:;]{0,5}?(?:S|A)",  # 'another operation ran in parallel'
    r"WATCH[^N:;(]{0,6}?V[^N:;]{0,6}?(?:M|O|CASE)",  # 'attention was split with another'
    r"THIS?C?V[^N:;]{0,5}?(?:M|O)",  # 'this patient shared the reader with two others'
    r"A[^N:;(]{0,4}?THIS[CQ]?[^N:;(]{0,3}?LOCASE",  # 'covered this and one other room'
)
_DENIED_ALONE = re.compile(r"N\.?(?:L|F(?!O))|N[^N:;(]{0,3}R")
"""'not exclusive', 'not the only': denies that there was one case alone."""
_NOBODY = re.compile(r"N\.{0,1}P|OP")
"""'No other physician supervised': says who did not watch, and nothing of cases."""
_ON_SCREEN = re.compile(r"[TPC]Q|Q[^N]*Q")
"""'on the screen', 'a second screen on her desk': a screen alone may be anything."""
_CHARGE = re.compile(r"\b(?:responsib|charge|dut(?:y|ies)|obligation)", re.I)
_DENIED_SHARED = re.compile(r"[OSM][^N:;]{0,9}N")
"""'responsibility for a second case was not held': the denial follows."""


@dataclass(frozen=True, slots=True)
class Caseload:
    """What a clause says of other cases: offsets into the clause of the words that say it."""

    what: Literal["exclusive", "shared"]
    start: int
    end: int


_BEFORE = re.compile(
    r"\bhad\s+(?:also\s+|already\s+)?been\b(?!\s+(?:released|relieved|freed|excused|cleared|reassigned|spared)\b)|\b(?:would|will|might|may|could|should|must)\b",
    re.I,
)
"""What had been before, or would be, is not what was."""
_ANSWER = re.compile(r"^.*[:?=]")
_FEWEST = 4
"""Words of a clause behind a colon that is taken thing by thing; shorter ones are answers of a form."""


def caseload(text: str) -> Caseload | None:
    """What a clause says of the professional's other cases, None where it says nothing or two things."""
    asked = _ANSWER.match(text)
    skipped = asked.end() if asked else 0
    if _BEFORE.search(text):
        return None
    letters, spans = spelled(text[skipped:], _LETTERS)
    if skipped and len(letters) < _FEWEST:
        return None
    if "K" in letters or _NOBODY.search(letters) or not _watches(letters, text):
        return None
    alone, shared = _ALONE.search(letters), _SHARED.search(letters)
    if alone and _DENIED_ALONE.search(letters):
        alone = None
    if (
        alone
        and shared
        and (
            "D" in letters
            or ("N" in alone.group() and (alone.start() <= shared.start() or _DENIED_SHARED.match(letters, shared.start())))
        )
    ):
        shared = None  # 'did not watch a second room at the same time': the denial reaches to the end
    if (alone is None) == (shared is None):
        return None
    found = alone or shared
    assert found is not None
    first, last = spans[found.start()], spans[found.end() - 1]
    return Caseload("exclusive" if alone else "shared", skipped + first[0], skipped + last[1])


_WORTH = expression(
    r"\b(?:only|other|others|another|else|second|additional|further|more|no|none|not|never|nobody|nothing|neither|nor|without|sole|solely|alone|"
    r"single|exclusiv\w*|undivided|full|entire|whole|one|two|three|four|five|several|multiple|both|simultan\w*|concurren\w*|number|count|"
    r"shared|divided|split|any|confined|restricted|limited|[2-9]|1)\b"
)
"""Without one of these words a statement says nothing of other cases; most statements end here."""
_SIGN = re.compile(r"[:?=\t|☐☒☑\[]")
_LABEL = 90
"""Characters of the longest label of a form."""
_MANY_CASES = re.compile(r"\b(?:cases|patients|rooms|operations|screens|feeds|streams|sessions)\b", re.I)
_BESIDE_THIS = re.compile(r"\b(?:concurrent|simultaneous|overlapping|parallel)\b", re.I)
_THIS_ONE = re.compile(
    r"\bthis\s+(?:one|case|patient)\b[^:]{0,12}\b(?:includ\w*|counted|too)\b|\bincluding\s+this\b|\bincluded\b", re.I
)
_CLOCK = re.compile(r"^\s*\[[A-Z][A-Z ]+\]|(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)")
"""What no sign of a form is in: the mark of who wrote a line, and clock times."""
_IN_A_YEAR = re.compile(r"\b(?:per|a|this|last|each)\s+(?:week|month|year|quarter)\b|\b(?:week|month|annual|year)ly\b", re.I)
_OPERATIONS = re.compile(r"\b(?:procedures?|operations?|surger(?:y|ies))\b", re.I)
_NUMBERS = {
    "none": 0, "no": 0, "n": 0, "nil": 0, "zero": 0, "0": 0, "one": 1, "1": 1, "this": 1, "single": 1, "only": 1, "sole": 1,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 3, "multiple": 3, "both": 2, "2": 2, "3": 3, "4": 4, "5": 5,
    "6": 6, "7": 7, "8": 8, "more": 3,
}  # fmt: skip
_ANSWER_WORD = re.compile(r"\W*(?:(?:case\s+)?(?:was|were|is)\s+)?(?:the\s+|a\s+|only\s+(?=one|1))?(?P<word>[a-z]+|\d)\b", re.I)


def asked(text: str) -> Caseload | None:
    """What a form states where it asks for other cases or for their number: 'Others watched meanwhile: ☒ none ☐ one'."""
    text = _CLOCK.sub(lambda match: " " * len(match.group()), text)
    sign = _SIGN.search(text)
    if sign is None or sign.start() > _LABEL or _IN_A_YEAR.search(text, 0, sign.start()):
        return None
    label, value = text[: sign.start()], text[sign.start() :].lstrip(":?=\t| ")
    letters, _ = spelled(label, _LETTERS)
    of_others = "O" in letters
    several = _MANY_CASES.search(label) is not None
    at_once = "S" in letters or (several and not {"#", "Q", "A", "P"}.isdisjoint(letters))
    counts_this = _THIS_ONE.search(label) is not None
    named = not {"C", "Q", "a"}.isdisjoint(letters) or (of_others and "A" in letters)
    if "K" in letters or not named or not (of_others or at_once):
        return None
    if _OPERATIONS.search(label) and "S" not in letters and not {"A", "P"} & set(letters):
        return None
    boxes = list(BOX.finditer(value))
    if boxes:
        on = [box for box in boxes if box["on"]]
        if len(on) != 1:
            return None
        behind = next((box.start() for box in boxes if box.start() >= on[0].end()), len(value))
        value = value[on[0].end() : behind]
    word = _ANSWER_WORD.match(value)
    if word is None:
        return None
    said = word["word"].lower()
    if said in ("yes", "y"):
        number = 2
    elif said in _NUMBERS:
        number = _NUMBERS[said]
    else:
        return None
    counts_this = counts_this or said == "this" or re.search(r"\bthis\b", value, re.I) is not None
    if number == 1 and not counts_this and (of_others or vocabulary().regex("caseload.one-more").match(value, word.end())):
        number = 2  # one other case
    if number == 1 and _BESIDE_THIS.search(label) and not counts_this:
        return None  # 'Simultaneous cases: 1' may mean this one, or one more
    if number == 0 and not (of_others or "S" in letters):
        return None
    return Caseload("exclusive" if number < 2 else "shared", 0, len(text.rstrip()))


def stated_caseloads(reading: Reading) -> Iterator[Said]:
    """What every statement of a document says of the professional's other cases."""
    words = vocabulary()
    for unit in reading.units:
        if unit.kind == "running" or unit.end - unit.start > _LONGEST:
            continue
        if not _WORTH.search(reading.text, unit.start, unit.end):
            continue
        text = reading.unit_text(unit)
        if words.regex("caseload.named").search(text):
            yield from (_said(reading, unit, found) for found in _told(text))


def _told(text: str) -> Iterator[Caseload]:
    """What a statement, a row or one of its cells says; the offsets are those of the statement."""
    if (whole := asked(text)) is not None:
        yield whole
        return
    cells = list(clauses(text))
    in_row = "\t" in text and not BOX.search(text)
    for (low, _), (_, high) in pairwise(cells) if in_row else ():
        if (pair := asked(text[low:high])) is not None:  # 'rooms in her viewer | 3 | Blue Heron OR 2, ...'
            yield Caseload(pair.what, low, high)
            return
    for low, high in cells:
        found = caseload(text[low:high]) or (asked(text[low:high]) if in_row else None)
        if found is not None:
            yield Caseload(found.what, low + found.start, low + found.end)


def _said(reading: Reading, unit: Unit, found: Caseload) -> Said:
    low, high = unit.start + found.start, unit.start + found.end
    return Said(found.what, low, high, unit, "", reading.evidence(low, high))


def ticked_caseloads(reading: Reading) -> Iterator[Said]:
    """Where a form offers numbers of cases with boxes: what the ticked one says."""
    for unit in reading.units:
        if unit.kind == "running" or not BOX.search(reading.text, unit.start, unit.end):
            continue
        if _WORTH.search(reading.text, unit.start, unit.end) and (found := asked(reading.unit_text(unit))) is not None:
            yield _said(reading, unit, found)


def clauses(text: str, signs: str = r"[\t;|]|$") -> Iterator[tuple[int, int]]:
    """The cells of a row and the parts between semicolons, or between other `signs`."""
    at = 0
    for sign in re.finditer(signs, text):
        if sign.start() > at:
            yield at, sign.start()
        at = sign.end()


def _watches(letters: str, text: str) -> bool:
    """Whether the clause speaks of watching: by a verb or attention, or by the professional and the time of monitoring."""
    things = set(letters)
    if things & {"A", "a", "D"} or {"m", "P"} <= things or {"S", "C"} <= things:
        return True
    if _ON_SCREEN.search(letters) is not None or _CHARGE.search(text) is not None:
        return True
    # 'The reader's other work was reassigned so that this patient was the only one.'
    return {"L", "C", "P"} <= things and vocabulary().regex("subject.professional").search(text) is not None
