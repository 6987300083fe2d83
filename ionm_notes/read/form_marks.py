"""Marks by which forms part labels from values instead of a colon: frames, angles, strokes, and brackets that a program filled in.

All of them become colons and blanks for reading, and so do the initials of whoever filled in a line; the length of a line never changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ionm_notes.read.boxes import BOX
from ionm_notes.read.expression import expression
from ionm_notes.read.parted import as_row
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Line

_FRAMED = re.compile(r"(?:\s*[A-Z][^\[\]:\n]{2,60}[ \t]\[[^\[\]\n]{2,}\])+\W*")
"""A line of a template with each value in a frame: 'Surgeon [Ada Hale, MD]  Order placed by [Ada Hale, MD]'."""
_FRAMED_HEADING = re.compile(r"\[[A-Za-z][A-Za-z /'’-]{2,40}\]")
_ANGLED = re.compile(r"\s*[A-Z][^<>:\n]{2,60}?[ \t](?P<low><)[^<>\n]+(?P<high>>)\W*")
_STROKED = re.compile(r"\s*[A-Z][\w ,.()/'’&#-]{2,60}?(?P<mark>[ ]--)[ ]\S.*")
_EQUALLED = re.compile(r"\s*[A-Z][a-z]+ [A-Za-z ,.()/'’&-]{2,60}?(?P<mark>[ ]=)[ ](?![^=]*=)\S.*")
_DASHED = re.compile(r"\s*[a-z][a-z ,/&'’]{1,23}[a-z](?P<mark>[ ]-)[ ](?=\S).*")
"""Labels in small letters alone; a name in capitals before a dash is somebody: 'Ana Ruiz - technologist'."""
_LABELLED_FEWEST = 5
"""Lines from which on a value between angles, or behind two strokes or a sign of equality, is what a colon would lead."""


def labelled(lines: Sequence[Line]) -> dict[int, str]:
    """Lines of a form that parts labels and values by other marks, with colons: 'Patient <Ada Lund>', 'Patient -- Ada Lund'."""
    told: dict[int, str] = {}
    for form, sign in ((_ANGLED, "<"), (_STROKED, " --"), (_EQUALLED, " = "), (_DASHED, " - ")):
        found = {
            n: match
            for n, line in enumerate(lines)
            if sign in line.text and line.kind == "text" and (match := form.fullmatch(line.text))
        }
        for n, match in found.items() if len(found) >= _LABELLED_FEWEST else ():
            text = lines[n].text
            if form is _ANGLED:
                low, high = match.start("low"), match.start("high")
                told[n] = f"{text[: low - 1]}: {text[low + 1 : high]} {text[high + 1 :]}"
            else:
                told[n] = f"{text[: match.start('mark')]}:".ljust(match.end("mark")) + text[match.end("mark") :]
    return told


def unframed(text: str) -> str:
    """A line of framed values as labels with colons, a framed heading without its frame; the length stays the same."""
    if "**" in text or "==" in text or "--" in text or ">>" in text or "<<" in text or "##" in text or "~~" in text:
        text = _BANNER.sub(lambda m: m["before"] + " " * len(m["open"]) + m["words"] + ";".ljust(len(m["close"])), text)
    if text.startswith("[") and _FRAMED_HEADING.fullmatch(text):
        return f" {text[1:-1]} "
    if "[" not in text or _FRAMED.fullmatch(text) is None:
        return text
    return re.sub(r"[ \t]\[", ": ", text).replace("]", " ")


_BANNER = re.compile(
    r"^(?P<before>\W{0,3}\d{1,2}[:.h]?\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m?\.?)?\s[\s|]*)(?P<open>[*=#~<>-]{2,})"
    r"(?P<words>[ ]?[A-Za-z][^*=#~<>\n-]{2,48}?)(?P<close>[ ]?[*=#~<>-]{2,})(?=[ ]*[^\s*=#~<>-])",
    re.I,
)
"""Words of an entry that are set off by marks, with more behind them: '13:14 *** MONITORING ON *** Dr Hale at the screen'."""


_FILLED = re.compile(r"(?<=[a-z,:][ \t])\[(?P<value>[^\[\]\n]{2,160})\]")
_FILLED_FEWEST = 5
"""From so many on, brackets in the sentences of a document hold what a program filled in: 'began at [0722] and ended at [0751]'."""


def filled_in(lines: Sequence[Line]) -> bool:
    """Whether brackets within sentences hold what a program filled in: there are many."""
    return sum(len(_FILLED.findall(line.text)) for line in lines if "[" in line.text) >= _FILLED_FEWEST


def without_brackets(text: str) -> str:
    """A line with blanks for the brackets around what was filled in."""
    return _FILLED.sub(lambda match: f" {match['value']} ", text)


_BOX = BOX.pattern.replace("?P<on>", "?:").replace("?P<off>", "?:")
_ANSWERED = expression(
    rf"(?:{_BOX})\s*(?:(?:yes|y)\b[\s,;/]*(?:{_BOX})\s*(?:no|n|none)|(?:no|n|none)\b[\s,;/]*(?:{_BOX})\s*(?:yes|y))(?P<gap>[ ;]+)"
    rf"(?!(?:if|specify|explain|describe|details?|reason|how|number|comments?|and|or|with|but|because|for|at|by)\b)"
    rf"(?=[^\W\d_][^\n\t:?\[\]()☐☒☑□]{{2,60}}(?:[:?]|{_BOX}))"
)
"""Both answers of a question with the label of the next one behind them, parted by a blank: 'Live: [X] yes [ ] no  Other cases: [X] none'."""


def questions_apart(text: str) -> str:
    """A text with the questions that have been answered yes or no as cells of their own; the length stays the same."""
    return _ANSWERED.sub(lambda match: match.group()[: -len(match["gap"])] + match["gap"][:-1] + "\t", text)


_INITIALS = re.compile(r"\s*(?:[A-Z]\.?){2,4}\s*")
_OVER_INITIALS = re.compile(r"\t([^\t\n\d]{2,30})\n[^\n]*\t[^\t\n]+\t[ ]*(?:[A-Z]\.?){2,4}[ ]*$", re.M)
"""The last name of a heading over a row that ends with what may be initials."""
_FEW = 4
"""Columns at most of a form with labels and values; a log has its times first and needs to know who wrote."""
_TIMED = re.compile(r"\s*\d{1,2}[:.h]?\d\d")


def without_clerks(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a form without the initials of those who filled them in: 'NO' below 'Filed by' is Nadia Orlewski, and no answer."""
    heads = _OVER_INITIALS.findall("\n".join([line.text for line in lines]))
    if not heads or not any(_clerk(head) for head in heads):
        return lines
    out: list[Line] = []
    columns = 0
    for line in lines:
        cells = line.text.split("\t")
        if len(cells) < 2:
            columns = 0 if line.kind == "text" else columns
        elif 2 < len(cells) <= _FEW and _clerk(cells[-1]):
            columns = len(cells)
        elif len(cells) == columns and _INITIALS.fullmatch(cells[-1]) and _TIMED.match(cells[0]) is None:
            low = len(line.text) - len(cells[-1]) - 1
            line = as_row(line, line.text[:low].ljust(len(line.text)))
        out.append(line)
    return tuple(out)


def _clerk(name: str) -> bool:
    """Whether a heading is of who filled in a line."""
    return vocabulary().regex("column.clerk").fullmatch(name.strip()) is not None
