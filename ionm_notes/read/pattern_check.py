"""Holds patterns against their own examples: what must match matches, what must not does not, and none is slow."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from ionm_notes.read.reading import gate_opens
from ionm_notes.read.vocabulary import Pattern, Vocabulary

HOSTILE = ("the electrodes were monitored at 08:15 - " * 60)[:2000]
"""A line made to be slow for expressions that go back and forth."""
SLOWEST = 0.5
"""Seconds within which an expression has to be done with the hostile line."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one pattern, in words."""

    file: str
    id: str
    what: str


def matches(vocabulary: Vocabulary, pattern: Pattern, text: str) -> bool:
    """Whether the pattern is found in the text as the reader looks for it."""
    if pattern.id.startswith("label."):  # the reader takes a label as whole words only
        return bool(re.search(rf"(?<![\w'’/-])(?:{pattern.source})(?![\w'’])", text, re.IGNORECASE))
    if pattern.regex is not None:
        return bool(pattern.regex.search(text))
    return any(hit.id == pattern.id for hit in vocabulary.phrases(text))


def problems_of(vocabulary: Vocabulary, pattern: Pattern) -> Iterator[Problem]:
    """Everything that is wrong with one pattern."""
    if not pattern.yes:
        yield Problem(pattern.file, pattern.id, "no line that must match")
    if not pattern.no:
        yield Problem(pattern.file, pattern.id, "no line that must not match")
    try:
        if pattern.regex is not None:
            pattern.regex.check()
    except re.error as error:
        yield Problem(pattern.file, pattern.id, f"the expression does not compile: {error}")
        return
    for line in pattern.yes:
        if not matches(vocabulary, pattern, line):
            yield Problem(pattern.file, pattern.id, f"must match, and does not: {line}")
        elif not gate_opens(pattern.gate, line):
            yield Problem(pattern.file, pattern.id, f"the gate shuts out: {line}")
    for line in pattern.no:
        if matches(vocabulary, pattern, line):
            yield Problem(pattern.file, pattern.id, f"must not match, and does: {line}")
    if pattern.regex is not None:
        began = time.perf_counter()
        list(pattern.regex.finditer(HOSTILE))
        if time.perf_counter() - began > SLOWEST:
            yield Problem(pattern.file, pattern.id, "takes too long on a long line")


def problems(vocabulary: Vocabulary) -> list[Problem]:
    """Everything that is wrong with the patterns of a vocabulary, in the order of the files."""
    return [problem for pattern in vocabulary.patterns.values() for problem in problems_of(vocabulary, pattern)]
