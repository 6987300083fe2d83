"""The words of one clause of a log entry: where each concept of `patterns/` stands in it, and what they say together."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from ionm_notes.read.expression import Expression, blank, expression
from ionm_notes.read.vocabulary import vocabulary

Part = Literal["start", "end"]
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says happened, the words that say it, and all words of it that are understood."""

    kind: str
    phase: Part
    proof: Spans
    known: list[Spans]


@functools.cache
def concept(name: str) -> Expression:
    """The expression of `entry.<name>`, as whole words."""
    return expression(vocabulary().patterns["entry." + name].source, r"(?<![\w'’])", r"(?![\w'’])")


def places(name: str, text: str) -> Spans:
    """Where the words of a concept stand: `entry.<name>` of the vocabulary, as whole words."""
    return list(_places(name, text))


@functools.lru_cache(maxsize=8192)
def _places(name: str, text: str) -> tuple[tuple[int, int], ...]:
    """`places`; entries of one practice are alike, and a clause is asked the same by each reading of it."""
    return tuple([match.span() for match in concept(name).finditer(text)])


def outside(spans: Spans, taken: Spans) -> Spans:
    """The places that touch none of those already taken."""
    return [(a, b) for a, b in spans if not any(a < high and low < b for low, high in taken)]


def phase_of(text: str, taken: Spans) -> tuple[Part | None, Spans, Spans]:
    """Beginning or end as words of their own say it, and where they stand."""
    start, end = outside(places("start", text), taken), outside(places("end", text), taken)
    return (None if bool(start) == bool(end) else "start" if start else "end"), start, end


_TAIL = expression(r"\b(?:after|following|per|ok\s+w/?|ok\s+with)\b.*")
"""Words behind what was done with the monitoring that tell when or at whose wish."""


def tail(text: str) -> Spans:
    """Words behind what was done that tell when or at whose wish."""
    return [match.span() for match in _TAIL.finditer(text)]


def bare_of_asides(text: str) -> str:
    """A clause with blanks for what is no part of what happened: 'without injury', 'lmk when baselines', 'okay'."""
    return concept("aside").sub(blank, text)


_KEYED = expression(r"\b(?:state|status|phase|stage|mode|step|event|type)\s*(?:=>?|->|→)")
"""'state=BASELINE entered' is no finding that equals the baseline, 'phase -> BASELINE' no clause of its own."""
_FLAG = re.compile(r"(?<=[A-Za-z])=([01])(?![\d.])")
"""'SETUP=1', 'SETUP=0': begun and over."""
_HUMP = expression(r"(?<=[a-z])(?=[A-Z][a-z]+[A-Z:]|[A-Z][a-z]{3})", cased=True)
"""'electrodeRemoval' is two words."""
_SHORT_BE = expression(r"(?<=\w)['’](?:s|re|m|ve)\b")
"""'hookup's done': the verb stands for no more than the words without it."""


def plain(text: str) -> str:
    """An entry with the marks of programs and the short forms of speech written out; a hump or a flag makes it longer."""
    text = _KEYED.sub(lambda match: re.sub(r"[=>→-]", " ", match.group()), text)
    text = _SHORT_BE.sub(blank, text)
    text = concept("bare.before").sub(lambda match: match.group()[:-1] + " ", text)
    return _HUMP.sub(" ", _FLAG.sub(lambda match: " on" if match[1] == "1" else " off", text))


def explained(text: str, known: list[Spans]) -> bool:
    """Whether every word of a text stands in one of these places; figures need none."""
    covered = sorted(span for spans in known for span in spans)
    for word in re.finditer(r"[^\W_]+", text):
        if not any(a <= word.start() and word.end() <= b for a, b in covered) and not word.group().isdigit():
            return False
    return True
