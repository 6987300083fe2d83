"""Whether the professional looked at the record as it was made or afterwards: start here for 'live'.

Patterns of `supervision.toml` go first, less what they find of live things that are no reading ('live fluoroscopy', 'consent taken
online') and of others who read something later ('the registrar reviewed the next day'). Where they find neither in a whole document,
a clause is taken thing by thing (`patterns/timing.toml`): looking, record, professional, as it happened, afterwards, denial. A letter
stands for each. A denial of the one time is the other: 'not seen at the time' is afterwards. A clause that says both says nothing.
Source of the two meanings: the contract's element `real_time`, and reading afterwards, which leaves no minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.read.answers import BLANK, open_question
from ionm_notes.read.boxes import BOX, only_ticked
from ionm_notes.read.clause_cuts import STOPS, clauses, end_of
from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.expression import Expression, blank
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import titled
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.subject import subject_of
from ionm_notes.read.things import LOG_ENTRY, spelled
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof

_LONGEST = 400
"""Characters of the longest statement that is taken thing by thing."""
_LETTERS = {
    "timing.short-delay": "Z",
    "timing.seconds-behind": "z",
    "timing.live": "L",
    "timing.at-once": "S",
    "timing.until": "U",
    "timing.afterwards": "A",
    "timing.perhaps-afterwards": "a",
    "timing.rt": "R",
    "timing.whole": "W",
    "timing.other-use": "X",
    "timing.else": "E",
    "timing.affirmed": "Y",
    "timing.none": "N",
    "timing.by": "B",
    "timing.but": "&",
    "timing.professional": "P",
    "timing.others": "K",
    "timing.cases": "O",
    "timing.views": "V",
    "timing.part": "F",
    "timing.signals": "D",
}
"""A letter for each thing; where two things begin at one place, the one that stands first here wins."""
_NOT_UNTIL = re.compile(r"N[^;:]{0,3}?V[^;:V]{0,8}?U|NVU")
"""'Did not see them until the next day'; 'watched until the case was over' is something else."""
_NOT_LIVE = re.compile(r"N[^LAN;:&]{0,7}?[LR]|[LR][^LANW;=:]{0,6}[:=]N")
"""'Not seen at the time', 'no reader on line', 'Real-time review: no'."""
_NOBODY_THEN = re.compile(r"N\.?P\.?L")
_NOT_AFTER = re.compile(r"N[^LANV;:,]{0,3}?A")
"""'... and not from stored records'."""
_LIVE = re.compile(
    r"Z|[PV][^EK;]{0,8}?z|V[^EK;]{0,10}?L|L[^EK;]{0,8}?V|P[^EK;V]{0,4}?L[.,:]{0,2}D|V[^EK;.,]{0,2}R|R[^EK;.,]{0,1}V|P[^EK;]{0,3}R(?:[,.]|$)|"
    r"V[^EK;Aa]{10,30}?D\.{0,2}L|P[^EK;]{0,5}?V[^EK;]{0,6}?W|V[^EK;]{0,5}?W[^EK;]{0,4}?BP|VBP[^EK;]{0,5}?W|P[^EK;]{0,2}?W[^EK;]{0,4}?V|W[^EK;]{0,4}?P[^EK;]{0,3}?V|D[^EK;]{0,4}?VBP[^EK;]{0,2}?W|VBP[^EK;]{0,4}?W|"
    r"^[^:=]{0,6}[VP][^:=]{0,8}[:=][^:=EKV]{0,3}[LW]|^[^:=]{0,6}[VP]?[^:=]{0,4}[LR][^:=]{0,4}[:=]Y"
)
_AFTER = re.compile(
    r"V[^E;]{0,12}?A|A[^E;]{0,12}?V|^D?[:=]A|N.?P[^E]{0,8}?D[^EL]{0,6}?A|DA.?BV|V[.D:]{0,3}a|a[.D]{0,2}V|NP[^E;]{0,12}A"
)
"""'the technologist worked without a reader, and the study was sent to me later' needs no word of looking."""
_BOTH = frozenset("LR")
_BY_OTHERS = re.compile(r"BK|B.K|^[^PVDN]*K[^PNV]{0,4}?V")
"""'by the court', 'The registrar reviewed': somebody else read."""
_DENIED_AFTER = re.compile(r"N[^,;LA]{0,3}V[^,;L]{0,4}A")
"""'was not reviewed afterwards' says neither."""
_NOBODY = re.compile(
    r"\b(?:no|neither)[^\S\n]+(?:\w+[^\S\n]+)?(?:physician|neurologist|neurophysiologist|professional|supervisor|md|doctor|one|reader|provider)\b(?!\s*:)[^.;\n]{0,80}$|\bnobody\b[^.;\n]{0,80}$",
    re.I,
)
"""'No neurologist was available to supervise' denies what follows, however far it stands."""
_DENIED_IN_IT = re.compile(r"\b(?:not|nothing|never|nobody|none|unattended|unsupervised|unwatched)\b", re.I)
_FELL_THROUGH = re.compile(
    r"(?:\s+\w+){0,2}?\s+(?:(?:could|was|were|is|can|did)\s+not|not\s+(?:opened|used|started|established|connected|taken\s+up)\b|unavailable|failed|not\s+available|"
    r"was\s+(?:only\s+)?(?:attempted|tried|offered|requested|scheduled|planned)|"
    r"(?:was|were)\s+(?:down|out|off|lost|frozen|dead)\s+(?:for|during|throughout|all|the)\b)",
    re.I,
)
"""'Live coverage could not be arranged', 'Live feed was down for the case.'"""
_SIGNS = str.maketrans({"\t": ":", "?": ":", "_": " ", "|": ":"})
_CLOCK_TIME = re.compile(r"\b\d{1,2}h\d\d\b")
_CLOCK = re.compile(r"(?<=\d)[:.](?=\d\d)")
_NEXT_KEY = re.compile(r"[\"']?[^\S\n]+[\w. -]{1,40}=")
_DASHED_ANSWER = re.compile(r"\s[-–—](?=\s(?:y|n|yes|no)\b)", re.I)


def timed(
    reading: Reading, fields: Fields, cast: Cast, live: list[Said], afterwards: list[Said]
) -> tuple[list[Said], list[Said]]:
    """What is said of live reading and of reading afterwards: what patterns found, or where they found nothing, clause by clause."""
    live = [
        said
        for said in live
        if not any(after.start <= said.start < after.end for after in afterwards)
        and not _denied(reading, said)
        and not _no_reading(reading, said)
    ]
    afterwards = [
        said
        for said in afterwards
        if not _of_others(reading.unit_text(said.unit))
        and not _of_part_or_boxes(reading.text[said.start : said.end])
        and not _by_nobody(reading.unit_text(said.unit))
        and not _of_an_absence(reading.text[said.start : end_of(reading.text, STOPS, said.start, said.unit.end)])
    ]
    if live or afterwards:
        return live, afterwards
    told = [
        said for said in _told(reading, fields, cast) if said.what != "live" or not live_otherwise(reading.unit_text(said.unit))
    ]
    told = [said for said in told if said.what == "live" or not _of_an_absence(reading.text[said.start : said.end])]
    if any(said.what == "live" for said in told):
        told = [said for said in told if said.what == "live" or not _of_a_stretch(reading.text[said.start : said.end])]
    if len({said.what for said in told}) != 1:
        return [], []
    return [said for said in told if said.what == "live"], [said for said in told if said.what == "afterwards"]


def _of_an_absence(text: str) -> bool:
    """Whether nobody is said to have looked while somebody was away, and no more: 'no physician watched during my absence'."""
    return vocabulary().regex("timing.while-away").search(text) is not None


def _of_a_stretch(text: str) -> bool:
    """Whether nobody is said to have looked for an interval alone: 'Between 12:30 and 12:37 no physician was on line'."""
    words = vocabulary()
    late = any(words.regex(f"timing.{name}").search(text) for name in ("afterwards", "perhaps-afterwards"))
    return not late and words.regex("timing.interval").search(text) is not None


def _denied(reading: Reading, said: Said) -> bool:
    """Whether live reading is named to say that there was none."""
    before = reading.text[max(said.unit.start, said.start - 34) : said.start]
    return (
        vocabulary().regex("timing.none-before").search(before) is not None
        or _NOBODY.search(reading.text[said.unit.start : said.start]) is not None
        or _DENIED_IN_IT.search(reading.text, said.start, said.end) is not None
        or _FELL_THROUGH.match(reading.text, said.end, said.unit.end) is not None
        or vocabulary().regex("timing.no-viewers").match(reading.text, said.start, said.unit.end) is not None
    )


def _no_reading(reading: Reading, said: Said) -> bool:
    """Whether what a pattern took for live reading is another live thing, a rule, or monitoring that stood still."""
    words, text = vocabulary(), reading.text
    if text.count("\t", said.start, said.end) > 1:
        return True  # heads of columns side by side: 'Recordings for comparison | Monitoring as such | Electrodes taken off'
    if words.regex("timing.no-delay").fullmatch(text[said.start : said.end]) and not _of_looking(reading, said):
        return True
    low = max(said.unit.start, said.start - 40)
    high = min(said.unit.end, said.end + 40)
    others = (
        match for name in ("live-else", "of-a-machine") for match in words.regex(f"timing.{name}").finditer(text, low, high)
    )
    keyed = words.regex("timing.keyed-view").search(text, low, said.start) is not None
    for other in others:
        if keyed and other.start() == said.start and _NEXT_KEY.match(text, said.end, said.unit.end):
            continue  # the words behind 'view=live' are the next key's: 'view=live open_cases=1'
        if other.start() < said.end and said.start < other.end() and not _looked_at(text[said.start : said.end], other.group()):
            return True
    before = text[low : said.start]
    if words.regex("timing.asked-only").search(before) or words.regex("timing.of-body").search(before):
        return True
    return words.regex("timing.at-rest").search(text[said.start : said.end]) is not None


def _of_looking(reading: Reading, said: Said) -> bool:
    """Whether what was 'without delay' is looking or what is looked at, as its statement tells; an answer and a call come so too."""
    own, words = reading.unit_text(said.unit), vocabulary()
    return any(words.regex(f"timing.{name}").search(own) for name in ("views", "signals"))


def live_otherwise(text: str) -> bool:
    """Whether 'live' is said in a statement of a machine, of files or of what a program can do, and of nobody who looked."""
    other = vocabulary().regex("timing.of-a-machine").search(text)
    return other is not None and not _looked_at(text, other.group())


def _looked_at(words: str, other: str) -> bool:
    """Whether words tell of looking apart from the other live thing in them: 'watched the traces while on live fluoroscopy'."""
    letters, _ = spelled(words.replace(other, " "), _LETTERS)
    return "V" in letters and ("L" in letters or "W" in letters)


def _of_others(text: str) -> bool:
    """Whether the one who read afterwards was not the professional, or what was read no record of monitoring."""
    letters, _ = spelled(text, _LETTERS)
    return (
        "X" in letters
        or ("E" in letters and "D" not in letters)
        or (_BY_OTHERS.search(letters) is not None and "P" not in letters and "D" not in letters)
    )


def partly_afterwards(reading: Reading) -> Proof:
    """Where a record that was watched live says of a stretch of the monitoring that it was read afterwards: 'the rest from the file'."""
    words = vocabulary()
    told = (reading.unit_at(match.start()) for match in reading.matches(words.patterns["timing.read-late"]))
    found = (
        unit
        for unit in told
        if unit is not None
        and unit.kind != "running"
        and words.regex("timing.stretch").search(reading.text, unit.start, unit.end)
        and not words.regex("timing.not-a-late-reading").search(reading.text, unit.start, unit.end)
    )
    unit = next(found, None)
    return () if unit is None else reading.proof(unit.start, unit.end)


def read_late(text: str) -> bool:
    """Whether the words of a row say that its hours were read from the record, and not live: 'remote, recording reviewed next day'."""
    words = vocabulary()
    late = words.regex("ledger.late").search(text) or words.regex("timing.read-late").search(text)
    return late is not None and words.regex("timing.live").search(text) is None


def late_rows(reading: Reading) -> frozenset[int]:
    """Where the rows begin of which `read_late` is true."""
    patterns = [vocabulary().patterns[name] for name in ("ledger.late", "timing.read-late")]
    rows = {unit for pattern in patterns for unit, _ in reading.told(pattern) if unit.kind == "row"}
    return frozenset(unit.start for unit in rows if read_late(reading.unit_text(unit)))


def _by_nobody(text: str) -> bool:
    """Whether a statement says that the technologist alone saw the record, at the time and later."""
    return vocabulary().regex("timing.none-but").search(text) is not None and not names_professional(text)


def read_by_nobody(text: str) -> bool:
    """Whether a statement that there was no live reading says that nobody read, and of no reading later: 'Nobody read this case on line'."""
    rest = vocabulary().regex("timing.by-nobody").sub(" ", text)
    return rest != text and vocabulary().regex("timing.afterwards").search(rest) is None


def _of_part_or_boxes(text: str) -> bool:
    """Whether words tell of a part of the record that was looked at again, or run over several answers of a form."""
    return vocabulary().regex("timing.part").search(text) is not None or BOX.search(text) is not None


def _told(reading: Reading, fields: Fields, cast: Cast) -> Iterator[Said]:
    """Every clause that says when the professional looked, of the statements that name a time."""
    named = [
        (titled(p.name), letter)
        for letter, group in (("P", cast.professionals), ("K", cast.technologists), ("K", cast.surgeons))
        for p in group
        if not spelled(p.name, _LETTERS)[0].strip(".")  # a form's value that was taken for a name: 'Read: delayed'
    ]
    worth = vocabulary().regex("timing.worth")
    for unit in reading.units:
        if unit.kind == "running" or unit.end - unit.start > _LONGEST or not worth.search(reading.text, unit.start, unit.end):
            continue
        text = _with_answer(reading, unit)
        if LOG_ENTRY.match(text) or open_question(reading, unit):
            continue
        for low, high in clauses(text, ";"):
            what = timing(text[low:high], named)
            if what is None:
                continue
            role, who = subject_of(reading, unit, min(unit.start + high, unit.end), cast, fields)
            if role == "technologist" and (what == "live" or vocabulary().regex("timing.not-connected").search(text, low, high)):
                continue
            yield Said(
                what, unit.start + low, unit.start + high, unit, who, reading.evidence(unit.start + low, unit.start + high)
            )


def _with_answer(reading: Reading, unit: Unit) -> str:
    """A statement's text; a question's with its answer, which begins the next statement."""
    text = reading.unit_text(unit)
    index = reading.index_of(unit) + 1
    if text.rstrip().endswith("?") and index < len(reading.units):
        after = reading.units[index]
        if after.end - unit.start <= _LONGEST and reading.text[unit.end : after.start].count("\n") < 2:
            return reading.text[unit.start : after.end].replace("\n", " ")
    return text


def timing(text: str, named: list[tuple[Expression, str]]) -> str | None:
    """'live' or 'afterwards' as a clause says; None where it says nothing, both, or it of somebody else.

    `named`: expressions for the people of the document with the letter of each, 'P' for a professional, 'K' for others.
    """
    if BOX.search(text) and (chosen := _chosen(text)) is not None:
        return chosen
    if vocabulary().regex("timing.not-connected").search(text) is not None:
        return "afterwards"
    text = _CLOCK.sub("h", only_ticked(_DASHED_ANSWER.sub(lambda m: m.group()[:-1] + ":", text.translate(_SIGNS))))
    letters, spans = spelled(text, _LETTERS, named)
    if _only_asked(text, letters, spans):
        return None
    letters = letters.replace("S", "L" if "V" in letters and "O" not in letters else ".")
    if _by_nobody(text) or not {"E", "X"}.isdisjoint(letters) or _BY_OTHERS.search(letters) or _DENIED_AFTER.search(letters):
        return None
    letters = _NOT_UNTIL.sub(_as_after, letters)
    letters = _NOT_LIVE.sub(_as_after, letters)
    letters = _NOT_AFTER.sub(lambda match: "." * len(match.group()), letters)
    again = "F" in letters or (vocabulary().regex("timing.at-rest").search(text) is not None and "N" not in letters)
    letters = letters.replace("F", "D")
    if _CLOCK_TIME.search(text):
        letters = letters.replace("a", ".")  # 'from 08h10 until 11h30 when the case was over' is no time of reading
    live = any("N" not in letters[max(0, found.start() - 3) : found.end()] for found in _LIVE.finditer(letters))
    if "A" in letters or "a" in letters:
        silent = live or again or not _BOTH.isdisjoint(letters)
        return "afterwards" if not silent and _AFTER.search(letters) else None
    return "live" if live else None


def _only_asked(text: str, letters: str, spans: list[tuple[int, int]]) -> bool:
    """Whether a clause asks without an answer ('Live viewing: Yes / No'), or tells what would, could or should be."""
    sign = max(text.rfind(mark) for mark in ":=")
    if sign >= 0 and BLANK.match(text, sign + 1):
        return True
    first = next((low for letter, (low, _) in zip(letters, spans, strict=True) if letter in "LSR"), 0)
    return vocabulary().regex("timing.asked-only").search(text[:first]) is not None


def _chosen(text: str) -> str | None:
    """What the boxes of a line say that offers both times: '( ) concurrent (x) retrospective'."""
    offered, _ = spelled(BOX.sub(blank, text), _LETTERS)
    if _BOTH.isdisjoint(offered.replace("S", "L")) or "A" not in offered:
        return None
    chosen, _ = spelled(only_ticked(text), _LETTERS)
    said = {what for what, letters in (("live", "LRS"), ("afterwards", "A")) if not set(letters).isdisjoint(chosen)}
    return said.pop() if len(said) == 1 and "N" not in chosen else None


def _as_after(match: re.Match[str]) -> str:
    """A denial of the one time stands for the other."""
    kept = re.sub(r"[NLRU:=]", ".", match.group())
    return kept[:-2] + "VA" if _NOBODY_THEN.match(match.group()) else kept[:-1] + "A"
