"""The answer that a form gives to what it asks: 'Exclusive attention: No', 'Any concurrent cases? ☐ Yes ☒ No'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ionm_notes.read.boxes import BOX
from ionm_notes.read.expression import expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

Answer = Literal["yes", "no", "blank"]
"""'blank': asked and not answered."""

_ASKED = expression(
    r"(?P<more>(?:[^.;:\t?|=\n\[\]☐☒☑,]|,(?!\s+[A-Z])){0,56}?)\s*(?P<sign>(?:\(\s*(?:Y\s*/\s*N|yes\s*/\s*no)\s*\)\s*)?(?::(?!(?<=\d:)\d\d)|[?\t|=]|\s[-–—](?=\s)|\?\s*[:\t|])+(?:\s*(?:A|Ans(?:wer)?)\s*[:.](?=\s))?|(?=[\[☐☒☑]|\(\s*[xX✓]?\s*\)))\s*",
)
_BEHIND_WORD = re.compile(
    r"\s*(?:$|[.,;()\t\n|]|[-–—]\s|[☐☒☑\[])|\s+(?:while|during|throughout|meanwhile|when|(?:at|in|for)\s+(?:that|the|this|any))\b",
    re.I,
)
_CHOICE = re.compile(r"\b(?P<said>yes|y|no|n|none)\b", re.I)
BLANK = re.compile(
    r"\s*(?:[>»→]+\s*)?(?:[-–—(\[]\s*(?=[a-z]))?[(\[]?\s*(?:_{2,}|$|\n|[-–—]{1,3}\s*(?:$|\n)|(?:left\s+)?blank\b|empty\b|no\s+(?:answer|entry|response)\b|"
    r"see\s+(?:the\s+|my\s+)?(?:attestation|addendum|notes?|below|above|log|report|separate|attached)\b|not\s+(?:documented|stated|recorded|answered|known|entered|filled|signed|attested|confirmed|given|obtained)|unsigned\b|missing\b|unknown|n/?a\b|null\b|tbd\b|pending\b|yes\s*/\s*no\b|y\s*/\s*n\b|\?)",
    re.I,
)
_UNANSWERED = re.compile(r"[^.;:\t\n]{0,40}?\(\s*(?:Y\s*/\s*N|yes\s*/\s*no)\s*\)\s*$", re.I)
"""A question that offers yes and no, and nothing behind it: 'Exclusive to this patient (Y/N)'."""
_NO = frozenset(("no", "n", "none"))


def answer_behind(reading: Reading, unit: Unit, at: int) -> Answer | None:
    """What stands behind the words that end at `at`: an answer, a blank, or None if nothing was asked."""
    high = unit.end
    if reading.text[high - 1] == "?":
        # A question ends a sentence; its answer is the beginning of the next on the same line, or of the line below.
        line = reading.text.find("\n", high)
        if line >= 0 and not reading.text[high:line].strip():
            line = reading.text.find("\n", line + 1)
        high = line if line >= 0 else len(reading.text)
    asked = _ASKED.match(reading.text, at, high)
    if asked is None:
        return "blank" if _UNANSWERED.match(reading.text, at, high) else None
    rest = reading.text[asked.end() : min(high, asked.end() + 72)]
    boxes = list(BOX.finditer(rest))
    if boxes and (chosen := _ticked(rest)) is not None:
        return chosen
    if not asked["sign"].strip() and "\t" not in asked["sign"]:
        return None
    match = vocabulary().regex("answer.word").match(rest)
    if match and _BEHIND_WORD.match(rest, match.end()):
        return "no" if match["no"] else "yes"
    return "blank" if BLANK.match(rest) else None


def _ticked(rest: str) -> Answer | None:
    """The word beside the ticked box; 'blank' if none of the boxes beside a yes and a no is ticked."""
    boxes, words = list(BOX.finditer(rest)), list(_CHOICE.finditer(rest))
    if not words:
        return None
    before = boxes[0].start() < words[0].start()
    for box in boxes:
        if not box["on"]:
            continue
        # Only this box's own word counts; another choice than yes or no ('secure chat', '2') affirms what is asked.
        after = next((b.start() for b in boxes if b.start() >= box.end()), len(rest))
        until = max((b.end() for b in boxes if b.end() <= box.start()), default=0)
        own = [w for w in words if (box.end() <= w.start() < after if before else until <= w.start() < box.start())]
        if not own:
            return "yes"
        return "no" if own[0]["said"].lower() in _NO else "yes"
    return "blank"


_CHOICES = re.compile(r"(?:\W|\b(?:yes|no|n/?a|y|n|unknown)\b)*", re.I)


def open_question(reading: Reading, unit: Unit) -> bool:
    """Whether a statement is a question to somebody that nobody answered: '"Were you on live?" - awaiting response'."""
    text = reading.text[unit.start : unit.end].rstrip()
    if not text.rstrip("\"”'").endswith("?") or not vocabulary().regex("answer.asks").match(text):
        return False
    line = reading.text.find("\n", unit.end)
    behind = reading.text[unit.end : len(reading.text) if line < 0 else line].strip("\"”' \t")
    if not behind and line >= 0:
        below = reading.text.find("\n", line + 1)
        behind = reading.text[line + 1 : len(reading.text) if below < 0 else below].strip()
    others = behind.rpartition("?")[2] if vocabulary().regex("answer.asks").match(behind[: behind.rfind("?") + 1]) else behind
    boxes = list(BOX.finditer(others))
    if boxes and all(box["on"] is None for box in boxes) and _CHOICES.fullmatch(BOX.sub(" ", others)):
        return True  # 'Did the technologist stay for the whole case? [ ] Yes [ ] No'
    return not others or vocabulary().regex("answer.awaited").match(others) is not None


def only_asked(reading: Reading, unit: Unit, end: int) -> bool:
    """Whether words that end at `end` are a question that no yes answers: 'How many cases at once?' over 'One.'."""
    return reading.text[unit.end - 1] == "?" and answer_behind(reading, unit, end) != "yes"


def without_answer(reading: Reading, unit: Unit) -> bool:
    """Whether a statement asks for a yes or no that does not follow: 'Attention to this patient only?', but not 'How many cases? One.'."""
    text = reading.unit_text(unit).rstrip("\"”' ")
    if not text.endswith("?") or vocabulary().regex("answer.asks-for-more").search(text):
        return False
    return answer_behind(reading, unit, unit.start + len(text) - 1) is None


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement as it stands, or what a form asks with the answer: `yes` is None where nothing was asked."""

    text: str
    yes: bool | None = None
    question: str = ""
    """What was asked, up to its answer; '' where nothing was."""


def asked(reading: Reading, unit: Unit) -> Asked:
    """A statement; where it ends with a question mark, with the answer behind it on the line or on the line below."""
    text, high = reading.text[unit.start : unit.end], unit.end
    if text.rstrip().endswith("?"):
        line = reading.text.find("\n", high)
        if line >= 0 and not reading.text[high:line].strip():
            line = reading.text.find("\n", line + 1)
        text = reading.text[unit.start : line if line >= 0 else len(reading.text)]
    form = vocabulary().regex("course.answered").match(text.replace("\n", " "))
    return Asked(text) if form is None else Asked(text, form["yes"] is not None, text[: form.end()])
