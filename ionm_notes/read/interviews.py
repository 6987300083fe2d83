"""Questions and answers of two people whom a transcript names before their words, as 'Q:' and 'A:'; for reading only.

In 'AUDITOR: When did it stop?' and 'TECH: 11:20.' the label before the answer says who speaks, not of whom the answer is. The length of a
text never changes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ionm_notes.types import Line

_SAID = re.compile(r"\s*(?P<who>[A-Z][\w.'’() -]{0,28}?)\s?:\s+(?=\S)")
_FEWEST = 3
"""Questions of one speaker, each answered by another, from which on lines are an interview."""


def interviewed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those of an interview with 'Q:' and 'A:' in place of the speakers."""
    lines = _unmarked(lines)
    said = [_SAID.match(line.text) if len(line.cells) < 2 else None for line in lines]
    couples = [
        (one["who"], other["who"])
        for one, other, line in zip(said, said[1:], lines, strict=False)
        if one is not None and other is not None and one["who"] != other["who"] and line.text.rstrip().endswith("?")
    ]
    (pair, count), *_ = Counter(couples).most_common(1) or [(("", ""), 0)]
    if count < _FEWEST or pair == ("Q", "A"):
        return lines
    marks = dict(zip(pair, "QA", strict=True))
    return tuple(
        line
        if match is None or match["who"] not in marks
        else replace(line, text=f"{marks[match['who']]}:".ljust(match.end()) + line.text[match.end() :])
        for match, line in zip(said, lines, strict=True)
    )


_MARKED = re.compile(r"(?P<asked>\W*Q\d*[.:)]?\s.*\?\s+)(?P<mark>A\d*[.:)]?\s)(?=\S)")


def _unmarked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those with a question and its answer without the mark between: 'Q6 Setup from/to?  A6 06:50/07:25'."""
    found = [_MARKED.match(line.text) for line in lines]
    if sum(match is not None for match in found) < _FEWEST:
        return lines
    return tuple(
        line if match is None else replace(line, text=match["asked"] + " " * len(match["mark"]) + line.text[match.end() :])
        for match, line in zip(found, lines, strict=True)
    )
