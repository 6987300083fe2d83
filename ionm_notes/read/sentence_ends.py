"""Where the sentences of a joined paragraph end: at a full stop that no abbreviation, initial or dotted clock time wears."""

from __future__ import annotations

import re

from ionm_notes.read.expression import expression

_ABBREVIATION = expression(
    r"(?:\b(?:(?i:Drs?|Mrs?|Ms|Prof|Col|Capt|Cpt|Maj|Lt|Sgt|Gen|Cmdr|vs|approx|incl|excl|dx|pt|Inc|Hosp|Ctr|resp|temp|Electronic|Anes|"
    r"Surg|Phys|gastroc|Neuro|Mon|Proc)|St|No|Nos|est|(?i:nn?)|m|mm|R|L|T|Jr|Sr|med|lat|post|ant|fig|EP|EEG|EMG|min|hr|hrs|sec|op|cont|tib|Tech)"
    r"|\b[A-Za-z]|\b[a-z]\.[a-z]|\d)$",
    cased=True,
)
_SENTENCE_END = expression(
    r"[.!?][\"')\]]?(?=\s+(?:[^\sa-z]|(?:e-?signed|(?:electronically|digitally)\s+(?:signed|authenticated))\b))|[;\t](?=\s*\S)(?<=[.!?]\t)",
    cased=True,
)
"""A full stop before what begins a sentence, and before a signature in small letters, whose time is of no sentence above it."""
_TIMES_ANSWERED = expression(
    r"\s+(?:(?:yes|y)\b[,;:.]?\s*)?(?:(?:from|between|at|about|the\s+\w+)\s+){0,2}~?(?:\d{1,2}[:.h]\d\d|[012]\d[0-5]\d|\d{1,2}(?=\s?[ap]\.?m))(?!\d)"
)
"""The answer to a question that asks for times: 'When were baselines recorded? 07:37 - 07:54' is one statement."""
_LABEL_FOLLOWS = re.compile(r"[A-Z][A-Za-z]{2,}:")
_SIGNS = re.compile(r"\s+(?:[A-Z]\.\s?){1,2}[A-Z][\w'’-]{2,},?\s+(?:(?:R\.\s?)?[A-Z][A-Za-z]?\.?[A-Z][A-Za-z.]{0,6})[\s.,/\d-]*$")
"""Whoever signs a statement behind its full stop: '... from 07:10 to 14:42. S. Wooldridge, CNIM'."""
_TITLES = "Drs?|Mrs?|Ms|Prof"
_TITLE = re.compile(rf"\b(?:{_TITLES}|Col|Capt|Maj|Lt)$", re.I)
TITLE_AT_END = expression(rf"\b(?:{_TITLES})\.?\s*$", cased=True)
"""A title at the end of a line, whose name stands in the next one: '... chat with Ms. / Hale, and no other case: ...'."""


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence ranges inside one joined paragraph; initials, titles and dotted clock times do not end one."""
    out, begin = [], start
    for match in _SENTENCE_END.finditer(text, start, end):
        before = text[begin : match.start()]
        after = text[match.end() : match.end() + 14].lstrip()
        if match.group()[0] == "?" and _TIMES_ANSWERED.match(text, match.end(), end):
            continue
        if (
            match.group()[0] == "."
            and _ABBREVIATION.search(before[-14:])
            and not _breaks_after_single(before, after)
            and not _SIGNS.match(text, match.end(), end)
            and not (_LABEL_FOLLOWS.match(after) and not _TITLE.search(before[-7:]))
        ):
            continue
        if text[begin : match.end()].strip():
            out.append((begin, match.end()))
        begin = match.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if text[begin:end].strip():
        out.append((begin, end))
    return out


_COMMON_START = re.compile(
    r"(?=[A-Z])(?i:The|There|This|These|It|No|She|He|I|We|At|In|On|All|Both|Baselines?|Monitoring|Electrodes?|Leads?|SSEPs?|MEPs?|EMG|"
    r"Free|Signals?|Patient|Surgeon|Incision|Neuro|Total|Final|Remote|Technologist|After|During|Interpretation|Impression|Motor|"
    r"Somatosensory|Responses?|Needles?|Tc|Set|My|Our|Her|His|From|When|While|Then|Nobody|Neither|Not|Nothing|Every|Each|Only|"
    r"Throughout|Before|Until|Since|Its|Their|They)\b"
)


_TIMES_ALONE = re.compile(
    r"\W*(?:From|Between|At|Until|About|Since)\s+\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?(?:\s*(?:to|and|until|till|through|[-–])\s*\d{1,2}[:.]\d\d\s*(?:[ap]\.?m)?)?",
    re.I,
)
"""The times with which a sentence begins: 'From 10:02 a.m. to 11:36 a.m. I mapped' ends at neither."""


_RANGE_ENDS = re.compile(r"\b(?:to|until|till|through|and)\s\d{1,2}[:.]\d\d\s?[ap]\.m$", re.I)
_TIME_ENDS = re.compile(
    r"(?<!\band)(?<!\bthen)(?<!\bbut)(?<!\bwhen)(?<!\bwhile)(?<!\bthat)(?<!\bor)(?<![,;])\s(?:at|until|till|to)\s\d{1,2}[:.]\d\d\s?[ap]\.m$",
    re.I,
)
_WORD_AND_ON = re.compile(r"[A-Z][a-z]{2,}\s+[a-z]")
_ZONE = re.compile(r"(?:Eastern|Central|Mountain|Pacific|Standard|Local|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_DOCTOR = re.compile(r"(?:Drs?|Mrs?|Ms|Prof)\.?\s+[A-Z]")
_TOLD = re.compile(
    r"\b(?:was|were|had|followed|watched|monitored|supervised|observed|kept|stayed|remained|oversaw|read|covered|ran|sat|began|begun|ended|started|stopped|done|made|taken|placed|came|left|went)\b",
    re.I,
)


def _breaks_after_single(before: str, after: str) -> bool:
    """'at 0815. The ...' or 'at C5. Monitoring ...' ends a sentence though a single letter or digit stands before."""
    if re.search(r"\d\s?(?:hrs?|hours|h|mins?|am|pm)$", before, re.I) and re.match(r"[A-Z](?:[a-z]|[A-Z]{2})", after):
        return True
    if re.search(r"(?:[ap]\.?m|\d|[A-Z]\d?)$", before) and _COMMON_START.match(after) and not _TIMES_ALONE.fullmatch(before):
        return not re.search(r"\b(?:Dr|Mr|Ms|Mrs|Prof|No|(?<!\d )[A-Z])$", before) or bool(
            re.search(r"\b(?:(?i:[ap]\.m)|[a-z]\.[a-z])$", before)
        )
    if _DOCTOR.match(after) and _RANGE_ENDS.search(before) and _TOLD.search(before):
        return True  # '... followed them from 9:04 A.M. until 11:13 A.M. Dr. Lund kept watch from there on'
    if _TIME_ENDS.search(before) and _TOLD.search(before) and _WORD_AND_ON.match(after) and not _ZONE.match(after):
        return True  # '... were monitored until 1:23 P.M. Wires and needles were taken away'
    return (
        bool(re.search(r"\d$", before))
        and bool(re.match(r"[A-Z](?:[a-z]|[A-Z]{2})|[AI]\s", after))
        and not re.search(r"(?:^|\s)\d{1,2}$", before)
    )
