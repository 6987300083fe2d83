"""Reads a short log entry word by word where no pattern knows it: a thing, what was done with it, and not a word left unexplained.

'Baselines finalized', 'Montage complete', 'Elec appl: start', 'Dr Hale drops off the case'. An entry is taken clause by clause; one
with a word that `patterns/entries.toml` does not list says nothing here, so that a row about retractors is left alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from ionm_notes.read.events.entry_words import Said, Spans, bare_of_asides, concept, explained, places, plain
from ionm_notes.read.events.model import Hit
from ionm_notes.read.events.stages import staged, worked
from ionm_notes.read.events.watched import monitored, present, stood
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.names import LOWER, UPPER
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 110
"""Characters of the longest entry that is taken word by word."""
_SHORT = 60
"""Characters of the longest entry that is taken as a whole where none of its clauses has a meaning."""
_NEVER = expression(
    r"\b(?:not(?!\s+(?:recording|monitoring|acquiring|running|performed|possible|available|monitored|recorded|carried|obtainable|working|functioning|live|in\s+use|respond|react|answer|function|operate|work|start|Dr)\b)|never|if|unable|plan\w*|await\w*|waiting|pending|should|attempt\w*|unless)\b|\?|\d{1,2}:\d\d"
)
"""Words by which nothing that an entry says happened at its time."""
_DENIED = expression(
    r"\b(?:without|will|until(?!\s+(?:this|the\s+present|further|here|now)\b)|before|ready\s+(?:to|for)|^\W*ready|about\s+to|(?<!began )(?<!begun )(?<!started )(?<!had )(?<!has )to\s+be|(?:tech\w*|cnim|monitorist)\s+(?:(?:is|was|told|asked|instructed|reminded)\s+)*to(?=\s+(?:stop|end|start|begin|disconnect|pull|remove|place|pause))|yet|(?<!the )can)\b|\b(?:to\s+(?:follow|come)|next|later|afterwards?|after)\W*$"
)
"""Words by which a clause says nothing of what has happened."""
_CLAUSE = expression(r"[;,:()>]|\s[-–—/]+\s|(?<!\bDr)(?<!\b[Mm]on)(?<!\b[A-Z])\.\s", cased=True)
_SENTENCE = expression(r"(?<=[a-z])\.\s+(?=[A-Z])", cased=True)
"""Where the first sentence of a long entry ends: what was found is told behind what happened."""
_TOGETHER = frozenset(
    {
        (("setup", "end"), ("baseline", "start")),
        (("baseline", "end"), ("monitoring", "start")),
        (("monitoring", "end"), ("removal", "start")),
        (("monitoring", "end"), ("removal", "end")),
    }
)
"""What one entry may say at once: the end of one part of the day, and the beginning of the next."""


_WORD = re.compile(r"[^\W\d_][\w'’-]+")


@functools.cache
def _things() -> Expression:
    names = (
        "object",
        "attach.noun",
        "attach.alone",
        "attach.person",
        "remove.noun",
        "remove.alone",
        "remove.person",
        "impedance",
        "baseline",
        "monitoring",
        "system",
        "gap",
        "professional",
        "halted",
        "back",
    )
    return expression("|".join(f"(?:{vocabulary().patterns['entry.' + name].source})" for name in names))


@functools.lru_cache(maxsize=2048)
def composed(text: str, doctors: frozenset[str] = frozenset()) -> tuple[Hit, ...]:
    """What an entry says happened; empty if it has no meaning, more than fit together, or holds a word that is not known.

    `doctors`: surnames, in small letters, of those in the document who could supervise; such a name alone is a professional.
    """
    if len(text) > _LONGEST:
        first = _SENTENCE.search(text, 0, _SHORT)
        text = text[: first.start()] if first else ""  # 'Baselines closed and filed. Ulnar N20 1.1 uV, tibial P37 0.6 uV ...'
    if not text or _NEVER.search(text):
        return ()
    if handed := _handed(text, doctors):
        return handed
    length, text = len(text), plain(text)
    bare = concept("bare")
    edges = [0, *(match.end() for match in _CLAUSE.finditer(text) if not bare.match(text, match.end())), len(text) + 1]
    parts = [(low, text[low : high - 1]) for low, high in pairwise(edges)]
    named = [part for part in parts if len(part[1]) > 2 and _names(part[1], doctors)]
    found = [hit for index, (low, part) in enumerate(parts) if (low, part) in named and (hit := _told(parts, index, doctors))]
    if named and not found and len(parts) > 1 and len(text) <= _SHORT and (whole := _meaning(text, 0, doctors)):
        found = [whole]
    return _fitting([replace(hit, start=min(hit.start, length), end=min(hit.end, length)) for hit in found])


_HANDED = expression(
    r"\b(?:h/o|hand(?:s|ed|ing)?[\s-]*(?:off|over)|transfer\w*|relie(?:f|ves|ved)|tak(?:es|ing)\s+over|took\s+over|taken\s+over|shift\s+change|switch(?:ed)?|"
    r"replac(?:es|ed)|succe(?:eds|eded)|(?:moved|passed|given)(?=\s+from)|sign(?:s|ed)\s+(?:out|over)|gives\s+report)\b"
)
_BACKWARD = expression(
    r"\b(?:relieves|replac(?:es|ed)|succe(?:eds|eded)|tak(?:es|ing)\s+over|took\s+over|taken\s+over)\b(?!\s+by\b)|\b(?:for|from)\s+(?:dr\.?\s*)?$"
)
"""Words between two names by which the first is the one who comes."""


def _handed(text: str, doctors: frozenset[str]) -> tuple[Hit, ...]:
    """One reader's going and the other's coming, where an entry names two and the words of a hand-over."""
    if len(doctors) < 2 or not (_HANDED.search(text) or (text.count("Dr") > 1 and concept("handed").search(text))):
        return ()
    first: dict[str, tuple[int, int]] = {}
    for word in _WORD.finditer(text):
        if word.group().lower() in doctors:
            first.setdefault(word.group().lower(), word.span())
    if len(first) != 2 or _DENIED.search(text):
        return ()
    one, two = first.values()
    between = text[one[1] : two[0]]
    back = _BACKWARD.search(between) is not None or bool(places("handed.backward", between))
    return Hit("professional", "start" if back else "end", *one), Hit("professional", "end" if back else "start", *two)


def _names(text: str, doctors: frozenset[str]) -> bool:
    """Whether a clause names anything that is looked for."""
    low = text.lower()
    return _names_thing(text) or any(name in low for name in doctors)


@functools.lru_cache(maxsize=2048)
def _names_thing(text: str) -> bool:
    return _things().search(text) is not None


def _fitting(hits: list[Hit]) -> tuple[Hit, ...]:
    """The meanings of the clauses of an entry, each once, if they can be true together."""
    once: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        once.setdefault((hit.kind, hit.phase), hit)
    if any(kind == "interruption" for kind, _ in once):
        once = {meant: hit for meant, hit in once.items() if meant[0] != "monitoring"}
    parts = [meant for meant in once if meant[0] != "professional"]
    if len({kind for kind, _ in once}) < len(once) or (len(parts) > 1 and tuple(parts) not in _TOGETHER):
        return ()
    return tuple(once.values())


def _told(parts: list[tuple[int, str]], index: int, doctors: frozenset[str]) -> Hit | None:
    """What a clause says happened; a clause that says nothing may do so with the one behind it: 'baselines, averaging'."""
    low, text = parts[index]
    if (hit := _meaning(text, low, doctors)) is not None or index + 1 == len(parts):
        return hit
    behind = parts[index + 1][1]
    return None if _names(behind, doctors) else _meaning(f"{text} {behind}", low, doctors)


def _meaning(text: str, offset: int, doctors: frozenset[str]) -> Hit | None:
    """What one clause says happened, if every word of it is explained."""
    people = places("professional", text)
    if any(name in text.lower() for name in doctors):
        people += [word.span() for word in _WORD.finditer(text) if word.group().lower() in doctors]
    for of, fillers in _READINGS:
        clause = bare_of_asides(text) if of is worked else text
        if of is worked and concept("foreign.work").search(clause):
            continue  # 'lead anchored', 'pads removed by nurse'
        if _DENIED.search(_without_purpose(clause) if of is worked else clause) or (said := of(clause, people)) is None:
            continue
        if not explained(clause, [*said.known, *(places(filler, clause) for filler in fillers)]):
            continue
        low, high = min(a for a, _ in said.proof), max(b for _, b in said.proof)
        return Hit(said.kind, said.phase, offset + low, offset + high)
    return None


def _without_purpose(clause: str) -> str:
    """A clause with blanks for the first recordings and what they are for: 'that later ones will be judged by' denies nothing."""
    for low, high in places("baseline", clause):
        clause = clause[:low] + " " * (high - low) + clause[high:]
    return clause


_READINGS: tuple[tuple[Callable[[str, Spans], Said | None], tuple[str, ...]], ...] = (
    (staged, ("filler",)),
    (worked, ("filler", "filler.stage")),
    (present, ("filler.professional",)),
    (monitored, ("filler",)),
    (stood, ("filler",)),
)
"""What a clause may be about, in the order in which it is tried, and the words that change nothing in it."""
_DOCTOR = expression(
    rf"\b(?P<name>[{UPPER}][{LOWER}'’]+(?:-[{UPPER}][{LOWER}'’]+)?),?\s(?:M\.?D|D\.?O|Ph\.?D)\b"
    rf"|\bDr\.?\s(?:[{UPPER}]\.?\s|[{UPPER}][{LOWER}]+ )?(?P<other>[{UPPER}][\w'’-]{{2,}})",
    cased=True,
)


@functools.lru_cache(maxsize=64)
def doctors_of(text: str) -> frozenset[str]:
    """Surnames, in small letters, that stand with a doctor's title or degree anywhere in a document.

    The surgeon is among them; whose attendance counts is settled where the people are known.
    """
    return frozenset((match["name"] or match["other"]).lower() for match in _DOCTOR.finditer(text))
