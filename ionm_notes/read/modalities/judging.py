"""Whether one mention of a modality says that it was done, planned, left out, or nothing of this case."""

from __future__ import annotations

import bisect
import re

from ionm_notes.read.boxes import BOX, cell_of, ticked
from ionm_notes.read.events.model import cells_of
from ionm_notes.read.expression import expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.modalities.model import MUSCLE_MODALITIES, NERVE_MODALITIES, Mention, clause_of, line_of_list
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

_BEHIND_STIMULUS = re.compile(r"^\s*\t\s*(?:none|no\s+stim\w*|nil|[-–—])\s*(?=\t\s*[A-Za-z])", re.I)
"""The stimulus cell of a row about activity that needs no stimulus: 'spontaneous muscle | none | rectus abdominis'."""
_APPOSITION = re.compile(r"^\s*\((?!(?:not|no|none|declined|omitted|n/?a)\b)[^()\n\t]{1,40}\)(?=\s*[:=–—-]|\s+[a-z])")
"""What stands in brackets between a study and what is said of it: 'VEP (flash goggles): nil'."""
_NO_CHANGE = re.compile(
    r"^\W*(?:[\w/-]+\s*(?:,|/|&|or|and|nor)\s*)*(?:amplitude\s+|latency\s+|signal\s+|trace\s+|response\s+|motor\s+)?(?:activit\w*|discharg\w*|chang\w*|burst\w*|alert\w*|loss\w*|abnormal\w*|attenuat\w*|irritat\w*|firing|events?|trains?|spik\w*|drop\w*|deteriorat\w*|decrement\w*|responses?\s+(?:to|at|change|lost)|response(?:\s|$)|fluctuat\w*|seizure\w*|deficit\w*|artifact|difference|asymmetr\w*|warning\w*|shift\w*|criteri\w*|slowing|variation|compromise)",
    re.I,
)


_FINDING = re.compile(r"\b(?:activity|discharges?|firing|response)$", re.I)
"""A mention that is itself what was looked for: 'no spontaneous discharge' leaves no study out."""


def judge(reading: Reading, fields: Fields, mention: Mention, mentions: list[Mention]) -> None:
    """Sets the status of one mention from its clause: performed, intent, unchecked, ignore, or a denial."""
    words = vocabulary()
    text = reading.text
    unit_text = reading.unit_text(mention.unit)
    if mention.unit.kind == "running" or (words.regex("context.billing-row").search(unit_text) and not mention.log):
        mention.status = "ignore"
        return
    low, _high, clause = clause_of(reading, mention)
    section = _section(reading, fields, mention)
    mention.technique = section == "modalities"
    mention.course = section in ("findings", "interpretation") or bool(_COURSE.search(clause))
    history = words.regex("context.history").search(clause)
    if history and (
        section in ("indication", "procedure")
        or re.search(
            r"\d{4}|elsewhere|hospital|outside|pre-?op|clinic|outpatient|NCS|ago|year",
            history.group() + clause[history.end() : history.end() + 30],
            re.I,
        )
    ):
        mention.status = "ignore"
        return
    own = _own_entry(reading, mention, mentions, clause)
    intended = bool(words.regex("context.intended").search(words.regex("context.never-intended").sub(" ", own)))
    if section == "order" or (section in ("indication", "procedure") and not mention.log):
        mention.status, mention.intended = "intent", intended or section == "order"
        if not re.search(r"\b(?:order|request|plan)\w*\b", clause, re.I) and section == "procedure":
            mention.status = "ignore"
        if (
            section != "order"
            and re.search(r"\b(?:record|monitor|obtain|perform|elicit|done)\w*\b", clause, re.I)
            and not intended
        ):
            mention.status = "performed"
        if mention.status != "performed":
            return
    told = _told_by_table(reading, mention)
    if told is not None:
        mention.status, mention.intended = (
            ("performed", False) if told else ("not_performed", _planned_in_table(reading, mention))
        )
        return
    box = _box(reading, mention)
    if box is not None:
        mention.status = "performed" if box else "unchecked"
        if not box and words.regex("context.intended").search(unit_text):
            mention.status, mention.intended = "not_performed", True
        return
    line_high = line_of_list(reading, mention)[1]
    before = text[max(low, mention.start - 70) : mention.start] or _prose_before(reading, mention)
    after = _BEHIND_STIMULUS.sub(
        "", _APPOSITION.sub("", text[mention.end : min(mention.unit.end, line_high, mention.end + 120)])[:90]
    )
    denied = words.regex("context.not-done-before").search(before) and not _NO_CHANGE.match(after)
    finding = mention.modality != "ECOG" and _FINDING.search(text, mention.start, mention.end)
    if denied and not finding and not re.search(r"\b(?:not only|no doubt)\b", before, re.I):
        mention.status, mention.intended = "not_performed", intended
        return
    negation = words.regex("context.not-done-after").match(after)
    if negation and _linked(after[: negation.end()], mention, mentions):
        mention.status, mention.intended = "not_performed", intended
        return
    if intended and _given_up(reading, mention, mentions):
        mention.status, mention.intended = "not_performed", True
        return
    if intended and _only_intent(own):
        mention.status, mention.intended = "intent", True
        return
    if words.regex("context.unobtainable").search(unit_text if _heads_row(reading, mention) else clause):
        mention.status = "unobtainable"


def _section(reading: Reading, fields: Fields, mention: Mention) -> str | None:
    """The section that a mention stands in; that of what was wanted and why ends at the next heading, known or not."""
    section = fields.section_at(mention.start)
    if section not in ("order", "indication", "procedure"):
        return section
    begun = max((item.start for item in fields.of(section) if item.start <= mention.start), default=0)
    place = reading.index_of(mention.unit)
    for unit in reversed(reading.units[max(0, place - _FAR_ABOVE) : place]):
        if unit.start <= begun:
            return section
        if _HEADING.fullmatch(reading.unit_text(unit).strip()):
            return None
    return section


_FAR_ABOVE = 60
"""Units above a mention among which a heading is looked for."""
_HEADING = re.compile(
    r"\W*(?:(?i:item|section|part|no\.?)\s+)?(?:\d{1,2}\s?[.):/]\s*)?[A-Z][A-Z /&,-]{3,48}\W*"
    r"|\W*(?i:item|section|part)\s+\d{1,2}\W+\w[\w /&,-]{2,48}\W*"
    r"|\W*\d{1,2}\s?[.)]\s+\w[^.?\n]{2,70}\?"
    r"|\w[^.?:\n\t]{2,70}\?"
    r"|[A-Z][\w /&,-]{2,40}:"
)
"""A line that heads what follows: capitals, a numbered heading, a question, a label without a value."""


def _prose_before(reading: Reading, mention: Mention) -> str:
    """The cell before a mention that begins one, where it is a sentence that a wide space cut in two: 'We did no   VEP'."""
    said = reading.text[max(mention.unit.start, mention.start - 70) : mention.start].rsplit("\t", 2)
    return f"{said[-2]} " if len(said) > 1 and _SENTENCE.search(said[-2]) else ""


_SENTENCE = re.compile(r"\b(?:we|i|he|she|they|was|were|did|had|have|there)\s+(?:\w+\s+)*\w+$", re.I)


def _given_up(reading: Reading, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether what was intended is said further on not to have been done: 'it had been planned; this did not come about'."""
    end = min(mention.end + _FURTHER_ON, reading.paragraph_end(mention.start))
    others = [m.start for m in mentions if mention.end <= m.start < end and m.modality != mention.modality]
    return vocabulary().regex("context.given-up").search(reading.text, mention.end, min([end, *others])) is not None


_FURTHER_ON = 220
"""Characters behind a mention within which the record may take back what was intended."""
_CELL_YES = re.compile(r"\W*(?:x|yes|y|✓|✔|☒|done|performed|\+)\W*", re.I)
_CELL_NO = re.compile(r"\W*(?:no|n|not\s+(?:run|done|performed|used|recorded)|none|-|–|—|☐|0|omitted|declined)?\W*", re.I)


def _row(reading: Reading, mention: Mention) -> list[tuple[int, int]]:
    """Ranges of the cells of the row that holds a mention; empty where it is no row."""
    return cells_of(reading, mention.unit) if mention.unit.kind == "row" else []


def _heads_row(reading: Reading, mention: Mention) -> bool:
    """Whether a row is all about a study without regions: its first cell names it."""
    cells = _row(reading, mention)
    return mention.modality not in (*NERVE_MODALITIES, *MUSCLE_MODALITIES) and len(cells) > 1 and mention.start < cells[0][1]


def _says(name: str, cell: str) -> bool:
    """Whether a cell is a label or heading of a kind, and nothing else."""
    return vocabulary().regex(f"context.table.{name}").search(cell) is not None


def _told_by_table(reading: Reading, mention: Mention) -> bool | None:
    """Whether a table says that the study was done: under 'Done' in the row of the study, or behind 'Not recorded'."""
    cells = _row(reading, mention)
    if len(cells) < 2:
        return None
    first = reading.text[slice(*cells[0])]
    if mention.start >= cells[1][0]:
        return False if _says("not-done", first) else None
    if _says("never-run", reading.text[slice(*cells[1])]):
        return False
    column = _column(reading, mention, "done")
    if column is None or column >= len(cells):
        return None
    said = reading.text[slice(*cells[column])]
    return True if _CELL_YES.fullmatch(said) else False if _CELL_NO.fullmatch(said) else None


def _planned_in_table(reading: Reading, mention: Mention) -> bool:
    cells = _row(reading, mention)
    column = _column(reading, mention, "planned")
    return column is not None and column < len(cells) and bool(_CELL_YES.fullmatch(reading.text[slice(*cells[column])]))


def _column(reading: Reading, mention: Mention, head: str) -> int | None:
    """Index of the column under such a heading, in the rows just above a mention."""
    place = bisect.bisect_right(reading.unit_starts, mention.unit.start) - 1
    for unit in reversed(reading.units[max(0, place - _FARTHEST) : place]):
        if unit.kind != "row":
            return None
        names = reading.unit_text(unit).split("\t")
        found = next((n for n, name in enumerate(names) if n and _says(head, name)), None)
        if found is not None:
            return found
    return None


_FARTHEST = 14
"""Rows above a mention among which the heading of its table is looked for."""


def _linked(text: str, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a 'not done' behind a mention speaks of it and not of a later modality."""
    others = [m for m in mentions if mention.end <= m.start < mention.end + len(text) and m.modality != mention.modality]
    positive = re.search(
        r"\b(?:was|were|is|are|remained|stayed|showed?|recorded|monitored|obtained|performed|present|normal|stable|from|quiet|good|but)\b",
        text[: others[-1].start - mention.end] if others else "",
        re.I,
    )
    if others and (positive or _ENTRY.search(text[: others[-1].start - mention.end])):
        return False
    if not others:
        done = re.search(
            r"\b(?:recorded|obtained|monitored|performed|present|normal|stable|used|reproducible|quiet)\b", text, re.I
        )
        negator = re.search(
            r"\b(?:not|never|omitted|deferred|declined|cancel+ed|left out|dropped|skipped|n/?a|none|no)\b|☐|leave|preferred|refused|waived|withheld|abandoned|discarded|excluded|contra",
            text,
            re.I,
        )
        if done and negator and done.start() < negator.start():
            return False
    return True


_ENTRY = re.compile(r":\s|[)\]]\s+[A-Z]")
"""Between two studies of a list that has an entry for each: 'SSEP, arms: ulnar nerve (L+R) Visual EPs: not done'."""


def _own_entry(reading: Reading, mention: Mention, mentions: list[Mention], clause: str) -> str:
    """A clause without the entries of other studies, where it is a list that has one for each."""
    text, low = reading.text, clause_of(reading, mention)[0]
    high = low + len(clause)
    for other in mentions:
        if other.modality == mention.modality:
            continue
        if mention.end <= other.start < high and _ENTRY.search(text, mention.end, other.start):
            high = other.start
        elif low < other.end <= mention.start and _ENTRY.search(text, other.end, mention.start):
            low = other.end
    return text[low:high]


def _only_intent(clause: str) -> bool:
    return not re.search(
        r"\b(?:was|were)\s+(?:then\s+|also\s+)?(?:record|monitor|perform|obtain|run|acquir|elicit|used|carried|stable|normal|unchanged|present|done|placed|watched|followed)\w*|\b(?:and|then)\s+(?:obtained|run|done|used)\b|\brecorded\b|\bmonitored\b|\bstable\b|\bquiet\b|\bperformed\b|\bmV\b|\bmA\b",
        clause, re.I,
    ) and bool(re.search(r"\b(?:plan\w*|order\w*|offered|consider\w*|schedul\w*|booked|booking|listed|propos\w*|request\w*\s+(?:for|but)|consented|recommended|declined|cancel\w*|deferred)\b", clause, re.I))  # fmt: skip


def _box(reading: Reading, mention: Mention) -> bool | None:
    """True or False where a check box beside the mention is marked or empty, in its cell or another one; None without a box."""
    low, high = mention.unit.start, mention.unit.end
    own = ticked(reading, mention.unit, mention.start, mention.end, named=True)
    if own is not None:
        return own
    cell_low, cell_high = cell_of(reading, mention.unit, mention.start, mention.end)
    later = list(BOX.finditer(reading.text, cell_high, high))
    if later:
        return any(box["on"] for box in later)
    earlier = list(BOX.finditer(reading.text, low, cell_low))
    return bool(earlier[-1]["on"]) if earlier else None


_COURSE = expression(
    r"\b(?:fell|dropped|lost|loss|decreas\w+|recovered|returned|transient|reduc\w+|drop|down\s+\d|attenuat\w+|reversible)\b|\d{1,2}[:.]\d{2}",
)
