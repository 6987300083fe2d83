"""Who asked for monitoring, for which operation and why; the anesthetic it was done under."""

from __future__ import annotations

import re

from ionm_notes.read.answers import BLANK, answer_behind
from ionm_notes.read.boxes import BOX, only_ticked, ticked
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.statements.model import HISTORY, clip
from ionm_notes.read.statements.questions import asks_for_else
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof


def read_order(reading: Reading, fields: Fields) -> Proof:
    """That someone asked for monitoring: a request in words, or an order field that is filled."""
    words = vocabulary()
    denied = [m.span() for m in reading.matches(words.patterns["statement.no-order"])]
    for match in reading.matches(words.patterns["statement.order"]):
        unit = reading.unit_at(match.start())
        if unit is None or any(a < match.end() and match.start() < b for a, b in denied):
            continue
        before = reading.text[max(unit.start, match.start() - 16) : match.start()]
        if _NO_OR_IN.search(before) or left_open(reading, match.end()):
            continue
        answer = None if _chosen(reading, unit, match.start()) else answer_behind(reading, unit, match.end())
        if answer in ("no", "blank") or (
            answer is None and (_unanswered(reading, unit) or _empty_box(reading, unit, match.end()))
        ):
            continue
        if asks_for_else(reading.unit_text(unit)):
            continue
        return (clip(reading, unit, match.start(), match.end(), 30, 40),)
    beside = words.regex("order.beside-surgeon")
    for item in fields.of("surgeon"):
        label, value = reading.text[item.start : item.label_end], item.value(reading)[:40].strip(" _-")
        if value and words.regex("stated.ordering").search(label):  # 'Surgeon and ordering physician: Yara Nassif, MD'
            return (reading.evidence(item.start, min(item.high, item.low + 60)),)
        said = beside.search(reading.text, item.low, item.high)
        if said is not None and not any(a < said.end() and said.start() < b for a, b in denied):
            return (reading.evidence(item.start, said.end()),)
    for item in fields.of("order"):
        label = reading.text[item.start : item.label_end].lower()
        value = only_ticked(item.value(reading)).strip()
        if (
            ("refer" in label and not re.search("order|monitor|ionm|iom", label))
            or any(a <= item.start < b for a, b in denied)
            or not value
            or _passed_over(reading.text[item.label_end : item.low], value)
            or words.regex("stated.other-order").search(f"{label} {_REMARK.split(value)[0]}")
        ):
            continue
        if words.regex("order.told").search(value) and not words.regex("order.not-told").search(value):
            return (reading.evidence(item.start, item.high),)
    return ()


_NO_OR_IN = re.compile(
    r"\b(?:no|not|without|never)[^\S\t]+(?:\w+[^\S\t]+)?$|\b(?:in|(?:working|good|running|usual|same|reverse|this|that|rank|chronological)(?:\s+\w+)?)\s+$",
    re.I,
)
_REMARK = re.compile(r"(?<=\w)\s*[(,;]")
"""Where a remark begins behind the name of who ordered: 'BRANDVOLD (CONSENT + ORDER)', 'Dr. Aldous, phone call to lab'."""
_LEFT = re.compile(r"\W*(?:left\s+)?(?:blank|empty|no\s+(?:answer|entry))\b", re.I)
_LABELLED = re.compile(r"[A-Z][A-Za-z ]{2,24}:\s")


_OPEN = re.compile(r"[ \t]*[:=?\t][ \t]*(?:(?:no|n|none)\b(?![ ]?[.#])|_{2,})", re.I)


def left_open(reading: Reading, at: int) -> bool:
    """Whether what a form asks for with words that end at `at` was answered with no, or with a line to write on."""
    return _OPEN.match(reading.text, at - 1 if reading.text[at - 1] in ":=?" else at) is not None


def _chosen(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether words are the choice behind a ticked box: '[X] surgeon's order on file [ ] none'."""
    box = next(reversed(list(BOX.finditer(reading.text, unit.start, at))), None)
    return (
        box is not None and box["on"] is not None and at - box.end() < _WITHIN_CHOICE and "\t" not in reading.text[box.end() : at]
    )


_WITHIN_CHOICE = 24
"""Characters behind a box within which the words of its choice begin."""


def _empty_box(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether the one box that ends a cell behind words is not ticked: 'Requested by surgeon [ ]'."""
    cell = reading.text[at : unit.end].partition("\t")[0]
    boxes = list(BOX.finditer(cell))
    return len(boxes) == 1 and boxes[0]["on"] is None and not cell[boxes[0].end() :].strip(" .")


def _passed_over(between: str, value: str) -> bool:
    """Whether what stands behind a label is the next field, because the label itself was left blank."""
    return _LEFT.match(between) is not None or ("\n" in between and _LABELLED.match(value) is not None)


def _unanswered(reading: Reading, unit: Unit) -> bool:
    """Whether a statement is a question whose answer names no doctor and is no yes."""
    text = reading.unit_text(unit).rstrip()
    if not text.endswith("?"):
        answer = text.partition("?")[2]
        return bool(answer) and BLANK.match(answer) is not None
    behind = reading.text[unit.end : unit.end + 60].strip()
    words = vocabulary()
    yes = words.regex("answer.word").match(behind)
    return not (yes and yes["yes"]) and words.regex("stated.doctor").search(behind.partition("\n")[0]) is None


def _whole_words(text: str) -> str:
    """As much of a text as is kept, up to a whole word: 'during tha' of 'during that time' would be an arthroplasty of the hip."""
    return text if len(text) <= _KEPT else text[: _KEPT + 1].rpartition(" ")[0] or text[:_KEPT]


_KEPT = 400
"""Characters of an operation's text that are kept."""


def read_procedure(reading: Reading, fields: Fields) -> tuple[Proof, str | None]:
    """The operation done, with as much of its text as is kept."""
    for item in fields.of("procedure"):
        value = " ".join(item.value(reading).split())
        if (
            len(value) > 3
            and not vocabulary().regex("operation.monitoring-only").match(value)
            and re.search(r"[A-Za-z]{3}", value)
            and not re.match(
                r"(?:_{2,}|\.{3,}|(?:date|time|note|start|end|see|n/a)\b)|\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}", value, re.I
            )
        ):
            term = vocabulary().regex("operation.term").search(value) or vocabulary().regex("operation.site.spine").search(value)
            if term or len(value) > 8:
                high = min(item.high, item.low + 220)
                return (reading.evidence(item.start, high),), _whole_words(value)
    had: tuple[Proof, str | None] = ((), None)
    for unit, match in reading.told(vocabulary().patterns["operation.term"]):
        sentence = reading.unit_text(unit)
        before = reading.text[max(unit.start, match.start() - 80) : match.start()]
        named = _NAMED.search(before) is not None  # 'Operation of 11 March: removal of a schwannoma' is this one
        if not named and vocabulary().regex("statement.other-operation").search(sentence):
            continue
        if ticked(reading, unit, *match.span()) is False:
            continue
        found: tuple[Proof, str | None] = (
            (clip(reading, unit, match.start(), match.end(), 70, 50),),
            _whole_words(" ".join(sentence.split())),
        )
        # 'Mr. Ramsgate underwent' tells of this operation; 'had undergone' and 'underwent in 2019' of another.
        if _told_of_the_past(before, reading.text[match.end() : min(unit.end, match.end() + 100)]) or re.search(
            r"\b(?:electrode|lead|needle|set-?up|signal|fluoro|correction)\b", before[-20:], re.I
        ):
            words = vocabulary()
            if (
                not had[1]
                and words.regex("operation.had").search(before)
                and not words.regex("operation.earlier").search(sentence)
            ):
                had = found  # where nothing else is named: 'Ms. Moreno had an anterior discectomy at Fallon Hospital'
            continue
        if (
            not named
            and match.group().lower()
            in (
                "removal of",
                "correction",
                "release",
                "repair",
                "graft",
                "laser",
            )
            and not vocabulary().regex("operation.by-surgeon").search(reading.text, match.end(), unit.end)
            and not vocabulary().regex("operation.site.spine").search(sentence)
            and not vocabulary()
            .regex("operation.site.peripheral")
            .search(reading.text, max(unit.start, match.start() - 40), match.end())
            and not (sentence[:1].isupper() and vocabulary().regex("statement.lesion").match(reading.text, match.end(), unit.end))
        ):
            continue
        return found
    return had


_NAMED = re.compile(
    r"\b(?:operation|procedure|surgery)\s+(?:(?:was|is)\s+|(?:of|on)\s+[\w ,./-]{4,24}:\s*)(?:(?:an?|the)\s+)?(?:[\w-]+\s+){0,2}$",
    re.I,
)
_DONE_BY = re.compile(
    r"[^.;\n]{0,80}?(?:\bby\s+(?:Dr|Prof)\b|\b(?:done|performed|carried\s+out)\s+by\b|\b(?:that|on\s+this|on\s+the\s+same)\s+day\b|\btoday\b|\bat\s+the\s+hands\s+of\b)",
    re.I,
)
"""Behind an operation that somebody 'had': it is this one."""


def _told_of_the_past(before: str, after: str) -> bool:
    """Whether the words around an operation speak of an earlier one; 'underwent' alone tells of this one."""
    if re.search(r"\b(?:in\s+(?:19|20)\d\d|ago|elsewhere)\b", after[:40], re.I):
        return True
    now = r"\bunderwent\b|(?<!had )\bhad\s+an?\b" if _DONE_BY.match(after) else r"\bunderwent\b"
    return HISTORY.search(re.sub(now, "", before, flags=re.I)) is not None


def read_indication(reading: Reading, fields: Fields) -> tuple[Proof, str | None]:
    """Why the operation or its monitoring was needed, with its text."""
    words = vocabulary()
    for item in fields.of("indication"):
        value = " ".join(item.value(reading).split())
        label = reading.text[max(0, item.start - 12) : item.label_end]
        if words.regex("statement.of-family").search(f"{label}: {value[:60]}") or words.regex("statement.not-yet").match(value):
            continue
        below = "\n" in reading.text[item.label_end : item.low + 1] or reading.text[item.low : item.high].startswith("\n")
        if (len(value) > 3 or words.regex("statement.diagnosis").search(value)) and (
            not below or words.regex("statement.diagnosis").search(value[:400])
        ):
            return (reading.evidence(item.start, min(item.high, item.low + 220)),), value[:600]
    timed: tuple[Proof, str | None] = ((), None)
    for unit, match in reading.told(words.patterns["statement.diagnosis"]):
        before = reading.text[max(unit.start, match.start() - 60) : match.start()]
        if re.search(r"\b(?:no|not|without|previous|prior|negative for|denies)\s+(?:\w+\s+){0,3}$", before, re.I):
            continue
        apart = fields.section_at(match.start()) in ("findings", "interpretation", "baseline", "billing")
        if apart and words.regex("statement.operated-for").search(reading.text, unit.start, match.start() + 1) is None:
            continue  # below 'Physician summary' or 'Charge ticket', only with the operation that it was the reason of
        if words.regex("statement.of-family").search(reading.unit_text(unit)) or ticked(reading, unit, *match.span()) is False:
            continue
        if re.search(r"\b(?:weakness|injury|compression|spasm|lesion|mass|palsy)\b", match.group(), re.I) and re.search(
            r"\b(?:rods?|signal|electrode|post-?op|new|no\b|sites?\b|skin)",
            before + reading.text[match.end() : match.end() + 20],
            re.I,
        ):
            continue
        found: tuple[Proof, str | None] = (
            (clip(reading, unit, match.start(), match.end()),),
            " ".join(reading.unit_text(unit).split())[:600],
        )
        if unit.kind == "row" and re.match(r"\s*\d{1,2}[:.]?\d{2}", reading.unit_text(unit)):
            if not timed[0] and words.regex("statement.disease-name").search(match.group()):
                timed = found  # in an entry of a log or a message: a disease that nothing of the operation is called
            continue
        return found
    return timed


def read_anesthesia(reading: Reading, fields: Fields) -> Proof:
    """The anesthetic: agents named, or a technique stated."""
    for unit, match in reading.told(vocabulary().patterns["statement.agents"]):
        before = reading.text[max(unit.start, match.start() - 6) : match.start()]
        if re.search(r"[☐□]\s*$|\[\s?\]\s*$", before):
            continue
        if re.match(r"(?:des|iso|roc|sevo|prop|remi|gas)\b", match.group(), re.I) and not re.search(
            r"[\d/%+,]|MAC|anes|TIVA|\b(?:kept|asleep|under|maint\w*|drip|infusion|sleep|gas)\b", reading.unit_text(unit), re.I
        ):
            continue
        if _not_given(reading.text[unit.start : match.start()], reading.text[match.end() : unit.end]):
            continue
        return (clip(reading, unit, match.start(), match.end(), 30, 60),)
    return ()


def _not_given(before: str, after: str) -> bool:
    """Whether the clause around an agent speaks of an allergy, a wish or the patient's home, and of nothing that was given."""
    words = vocabulary()
    left, right = re.split(r"[.;|\t]", before)[-1], re.split(r"[.;|\t]", after)[0]
    clause, own = f"{left} {right}", f"{left.rpartition(',')[2]} {right.partition(',')[0]}"
    left_out = words.regex("statement.agents-left-out")
    if left_out.search(own) is None:
        clause = left_out.sub(" ", clause)  # 'propofol and fentanyl, nitrous oxide avoided'
    unreal, given = words.regex("statement.agents-unreal"), words.regex("statement.agents-given")
    return unreal.search(clause) is not None and given.search(clause) is None
