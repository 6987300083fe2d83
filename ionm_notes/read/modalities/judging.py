"""Whether one mention of a modality says that it was done, planned, left out, or nothing of this case."""

from __future__ import annotations

import re

from ionm_notes.read.expression import expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.modalities.forms import told_by_form, without_label
from ionm_notes.read.modalities.lists import list_of
from ionm_notes.read.modalities.model import Mention, clause_of, line_of_list
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

_BEHIND_STIMULUS = re.compile(r"^\s*\t\s*(?:none|no\s+stim\w*|nil|[-–—])\s*(?=\t\s*[A-Za-z])", re.I)
"""The stimulus cell of a row about activity that needs no stimulus: 'spontaneous muscle | none | rectus abdominis'."""
_APPOSITION = re.compile(r"^\s*\((?!(?:not|no|none|declined|omitted|n/?a)\b)[^()\n\t]{1,40}\)(?=\s*[:=–—-]|\s+[a-z])")
"""What stands in brackets between a study and what is said of it: 'VEP (flash goggles): nil'."""


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
    if (
        history
        and not words.regex("context.settled-before").search(clause)
        and (
            section in ("indication", "procedure")
            or re.search(
                r"\d{4}|elsewhere|hospital|outside|pre-?op|clinic|outpatient|NCS|ago|year",
                history.group() + clause[history.end() : history.end() + 30],
                re.I,
            )
        )
    ):
        mention.status = "ignore"
        return
    own = _own_entry(reading, mention, mentions, clause)
    intended = bool(words.regex("context.intended").search(words.regex("context.never-intended").sub(" ", own)))
    if section == "order" and _tells_how(reading, mention, clause):
        section = None
    if section == "order" or (section in ("indication", "procedure") and not mention.log):
        mention.status, mention.intended = "intent", intended or section == "order"
        if not expression(r"\b(?:order|request|plan)\w*\b").search(clause) and section == "procedure":
            mention.status = "ignore"
        if (
            section != "order"
            and expression(r"\b(?:record|monitor|obtain|perform|elicit|done)\w*\b").search(clause)
            and not intended
        ):
            mention.status = "performed"
        if mention.status != "performed":
            return
    told = told_by_form(reading, mention, mentions)
    if told is not None:
        mention.status, mention.intended = told
        return
    if _row_given_up(reading, mention, mentions):
        mention.status, mention.intended = "not_performed", True
        return
    line_high = line_of_list(reading, mention)[1]
    first = list_of(reading, mention, mentions)[0]
    before = text[max(low, first.start - 70) : first.start] or _prose_before(reading, first)
    after = _behind(text, mention, line_high)
    no_change = words.regex("context.no-change").match(after if first is mention else _behind(text, first, line_high))
    denied = words.regex("context.not-done-before").search(before) and not no_change
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
    if intended and _only_intent(own) and not _then_done(reading, mention):
        mention.status, mention.intended = "intent", True
        return


def _behind(text: str, mention: Mention, high: int) -> str:
    """What is said behind a study, without its stimulus, what stands in brackets beside it, and a label."""
    behind = _APPOSITION.sub("", text[mention.end : min(mention.unit.end, high, mention.end + 120)])[:90]
    return without_label(_BEHIND_STIMULUS.sub("", behind))


def _tells_how(reading: Reading, mention: Mention, clause: str) -> bool:
    """Whether a statement near an order tells what is recorded: it begins with the study and a colon, or says that it runs."""
    if _then_done(reading, mention):
        return True
    if vocabulary().regex("context.ordered").search(clause):
        return False
    behind = re.match(r"(?:,\s*[\w-]+(?:\s[\w-]+)?)?\s*:\s", reading.text[mention.end : mention.end + 40])
    return (mention.start == mention.unit.start and behind is not None) or expression(r"\brunning\s").search(clause) is not None


def _then_done(reading: Reading, mention: Mention) -> bool:
    """Whether the statement that tells of an order goes on to tell that the study was done."""
    return vocabulary().regex("context.then-done").search(reading.text[mention.end : mention.unit.end]) is not None


def _section(reading: Reading, fields: Fields, mention: Mention) -> str | None:
    """The section that a mention stands in; that of what was wanted and why ends at the next heading, known or not."""
    section = fields.section_at(mention.start)
    if section not in ("order", "indication", "procedure"):
        return section
    above = [item for item in fields.of(section) if item.start <= mention.start]
    begun = max((item.start for item in above), default=0)
    if above and not above[-1].heading and _on_its_line(reading, above[-1].low, mention.start):
        return None
    if len(above) > 1 and above[-1].heading and section == "procedure":
        return None  # the operation was named before: what stands below another such heading is its course
    if vocabulary().regex("context.not-procedure").match(reading.text[begun : begun + _LABEL]):
        return None
    place = reading.index_of(mention.unit)
    for unit in reversed(reading.units[max(0, place - _FAR_ABOVE) : place]):
        if unit.start <= begun:
            return section
        if _HEADING.fullmatch(reading.unit_text(unit).strip()):
            return None
    return section


def _on_its_line(reading: Reading, low: int, at: int) -> bool:
    """Whether a label's value at `low` stands on its own line and `at` lies beyond: 'Diagnosis: stenosis / ... / EMG of both legs'."""
    end = reading.text.find("\n", low, at)
    return end > low and reading.text[low:end].strip() != "" and reading.text.find("\n", end + 1, at) >= 0


_LABEL = 20
_FAR_ABOVE = 60
"""Units above a mention among which a heading is looked for."""
_HEADING = re.compile(
    r"\W*(?:(?i:item|section|part|no\.?)\s+)?(?:\d{1,2}\s?[.):/]\s*)?[A-Z][A-Z /&,-]{3,48}\W*"
    r"|\W*(?i:item|section|part)\s+\d{1,2}\W+\w[\w /&,-]{2,48}\W*"
    r"|\W*\d{1,2}\s?[.)]\s+\w[^.?\n]{2,70}\?"
    r"|\w[^.?:\n\t]{2,70}\?"
    r"|[A-Z][\w /&,-]{2,40}:"
    r"|(?i:the\s+)?(?:Monitoring|Methods?|Techniques?|Recordings?|Modalities|Tests?|Studies|Results?|Baselines?|Course|Attendance|Times?|Findings)"
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


def _row_given_up(reading: Reading, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a row is about the study and says that it was meant and not done: 'MEP | legs planned on the order, not performed: gas'."""
    unit = mention.unit
    tab = reading.text.find("\t", unit.start, unit.end) if unit.kind == "row" else -1
    if tab < 0 or (over := vocabulary().regex("context.planned-undone").search(reading.text, tab, unit.end)) is None:
        return False
    if _PARTED.search(reading.text, tab, over.start()):
        return False  # 'MEP | arms recorded; legs planned, not performed'
    heads = {m.modality for m in mentions if unit.start <= m.start < tab}
    return heads == {mention.modality} and not any(
        m.modality != mention.modality and tab <= m.start < over.end() for m in mentions
    )


_PARTED = re.compile(r"[;,.]\s*\w")
_FURTHER_ON = 220
"""Characters behind a mention within which the record may take back what was intended."""


def _linked(text: str, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a 'not done' behind a mention speaks of it and not of a later modality."""
    others = [m for m in mentions if mention.end <= m.start < mention.end + len(text) and m.modality != mention.modality]
    positive = re.search(
        r"\b(?:yes|was|were|is|are|remained|stayed|showed?|recorded|monitored|obtained|performed|present|normal|stable|from|quiet|good|but)\b",
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


_ENTRY = expression(r":\s|[)\]]\s+[A-Z]", cased=True)
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
        r"\bmonitoring\s+(?:was|were|relied|consisted|rested|proceeded|went)\b|\b(?:alone|instead|relied|confined|restricted\s+to|limited\s+to|in\s+(?:its|their)\s+(?:place|stead))\b|\b(?:was|were)\s+(?:then\s+|also\s+)?(?:record|monitor|perform|obtain|run|acquir|elicit|used|carried|stable|normal|unchanged|present|done|placed|watched|followed)\w*|\b(?:showed|remained|revealed|disclosed)\b|\b(?:and|then)\s+(?:obtained|run|done|used)\b|\brecorded\b|\bmonitored\b|\bstable\b|\bquiet\b|\bperformed\b|\bmV\b|\bmA\b",
        clause,
        re.I,
    ) and bool(
        re.search(
            r"\b(?:plan\w*|order\w*|offered|consider\w*|schedul\w*|booked|booking|listed|propos\w*|request\w*\s+(?:for|but)|consented|recommended|declined|cancel\w*|deferred)\b",
            clause,
            re.I,
        )
    )


_COURSE = expression(
    r"\b(?:fell|dropped|lost|loss|decreas\w+|recovered|returned|transient|reduc\w+|drop|down\s+\d|attenuat\w+|reversible)\b|\d{1,2}[:.]\d{2}",
)
