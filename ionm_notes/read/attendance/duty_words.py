"""The rows of a list of duty taken word by word: times, readers, places, loads, comings and goings (`patterns/duty.toml`).

A row counts only where every word of it is known. 'MQ off, IR on - remote, live, sole case' holds two readers, a going, a coming, a
place, that the watch was live, and a load; 'MEP down, MQ on' holds what is no list's, and is left to others.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from ionm_notes.read.clock_ranges import MONTH
from ionm_notes.read.events import Times
from ionm_notes.read.expression import Expression
from ionm_notes.read.names import initials_written, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import Phrase, phrases_of_place, weighed

What = Literal[
    "who",
    "role",
    "nobody",
    "comes",
    "again",
    "takes",
    "goes",
    "hands",
    "turn",
    "alone",
    "shared",
    "opens",
    "closes",
    "live",
    "place",
    "room",
    "case",
    "all",
    "time",
    "mark",
    "plain",
]
_KINDS: tuple[tuple[str, What], ...] = (
    ("nobody", "nobody"),
    ("alone", "alone"),
    ("shared", "shared"),
    ("opens", "opens"),
    ("closes", "closes"),
    ("hands", "hands"),
    ("turn", "turn"),
    ("takes", "takes"),
    ("comes", "comes"),
    ("goes", "goes"),
    ("live", "live"),
    ("all", "all"),
    ("role", "role"),
    ("room", "room"),
    ("this", "plain"),
    ("filler", "plain"),
)
"""Expressions of `patterns/duty.toml` with what each says."""
_BLANKS = re.compile(r"[^\S\n]+|[,:()\[\]\"'|/·•*=_&–—-]+|\.(?=\w)")
_MARK = re.compile(r"[.;\n]+")
_DAY = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}|{MONTH}\s+\d{{1,2}})(?:,?\s+\d{{4}})?(?!\w)|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
)
_TITLED = r"(?:,?\s*(?:M\.?D\b\.?|D\.?O\b\.?|Ph\.?D\b\.?))?"
_STRANGER = Expression(
    rf"(?:Dr\.?\s+(?:[A-Z]\.?\s+|[A-Z][a-z]+\s+)?[A-Z][\w'’-]+|(?:[A-Z]\.\s*|[A-Z][a-z]+\s+)?[A-Z][a-z][\w'’-]+|[A-Z]{{2,3}}){_TITLED}(?![\w-])",
    cased=True,
)
"""Somebody who is not known: initials, a surname, a doctor by name."""
_REASON_END = re.compile(r"[.;](?=\s|$)|,\s(?=[A-Z])|\n|$")
_NAMED = re.compile(r"(?<!\w)[A-Z]{2,3}(?!\w)|\bDr\b")
_BEHIND_GOING = 3
"""Words behind which one that somebody was away still explains what follows."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a row with its place in the document; `told` names the reader or the place, `first` and `last` are minutes."""

    what: What
    low: int
    high: int
    told: str = ""
    first: int = 0
    last: int | None = None
    known: bool = True
    """A reader of the cast; others are named by the list alone."""


@functools.lru_cache(maxsize=64)
def _reader(name: str) -> Expression:
    """A professional as lists name people: 'MQ', 'Quill', 'Quill, M.', 'Dr. Marta Quill, MD', 'reader=QUILL'."""
    last, words = re.escape(surname(name)), name.replace(",", " ").split()
    first = re.escape(next((word for word in words if surname(name) != word.lower()), words[0])[:1])
    short = "|".join(map(re.escape, initials_written(name)))
    full = rf"(?i:(?:Dr\.?\s+|reader\s*[=:]\s*)?(?:{first}\w*\.?\s+(?:\w\.?\s+)?|{first}\.)?{last})(?:,\s*{first}\b\.?)?{_TITLED}"
    return Expression(rf"(?:{full}{rf'|(?:{short}){_TITLED}' if short else ''})(?![\w-])", cased=True)


@functools.lru_cache(maxsize=64)
def _other(name: str) -> Expression:
    """Somebody else of the record, by surname or initials."""
    short = "|".join(map(re.escape, initials_written(name)))
    last = re.escape(surname(name))
    return Expression(rf"(?:(?:\w+\.?\s+){{0,2}}?(?i:{last}){rf'|(?:{short})' if short else ''})(?![\w-])", cased=True)


def words_of_row(text: str, low: int, high: int, times: Times, cast: Cast) -> list[Word] | None:
    """The words of a stretch of text; None where one of them is not known."""
    clocks = {clock.start: clock for clock in times.within(low, high)}
    out: list[Word] = []
    at = low
    while at < high:
        if blank := _BLANKS.match(text, at, high):
            at = blank.end()
            continue
        word: Word | None
        if at in clocks:
            item = times.spans.get(at)
            whole = item is not None and item.end <= high
            end, last = (item.end, times.minute[item.last.start]) if item is not None and whole else (clocks[at].end, None)
            word = Word("time", at, end, "", times.minute[at], last)
        elif mark := _MARK.match(text, at, high):
            word = Word("mark", at, mark.end())
        else:
            word = _word(text, at, high, times, cast) or _reason(text, at, high, times, cast, out)
        if word is None:
            return None
        out.append(word)
        at = word.high
    return out


def _reason(text: str, at: int, high: int, times: Times, cast: Cast, before: list[Word]) -> Word | None:
    """The words that say why somebody was away, up to the next mark that parts clauses: 'off, called to the ward'."""
    near = before[-_BEHIND_GOING:]
    if not any(word.what in ("goes", "nobody") for word in near) or (near[-1].what == "mark"):
        return None
    found = _REASON_END.search(text, at, high)
    end = found.start() if found else high
    people = (*cast.professionals, *cast.technologists, *cast.surgeons, *cast.anesthesia, *cast.assistants)
    told = text[at:end]
    if any(surname(person.name) in told.lower() for person in people) or _NAMED.search(told) or times.within(at, end):
        return None
    return None if vocabulary().regex("duty.not-away").search(told) or not told.strip() else Word("plain", at, end)


def _word(text: str, at: int, high: int, times: Times, cast: Cast) -> Word | None:
    """The longest word that is known at a place."""
    found: list[Word] = []
    for person in cast.professionals:
        if match := _reader(person.name).match(text, at, high):
            found.append(Word("who", at, match.end(), surname(person.name)))
    others = (*cast.technologists, *cast.surgeons, *cast.anesthesia, *cast.assistants)
    words = vocabulary()
    if (match := words.regex("duty.operation").match(text, at, high)) and not _reads(match["surgeon"], cast):
        own = any(surname(person.name) == (match["surgeon"] or "").lower() for person in cast.surgeons)
        return Word("plain" if own else "case", at, match.end(), match.group())
    if not found and any(_other(person.name).match(text, at, high) for person in others):
        return None
    if words.regex("duty.late").match(text, at, high):
        return None
    for name, what in _KINDS:
        if match := words.regex(f"duty.{name}").match(text, at, high):
            again = what == "comes" and (match["again"] or match["again2"])
            found.append(Word("again" if again else what, at, match.end()))
    found += [Word("plain", at, match.end()) for match in (_DAY.match(text, at, high),) if match]
    if match := words.regex("duty.remote").match(text, at, high):
        found.append(Word("place", at, match.end(), "remote"))
    if not found or found[0].what in ("plain", "comes", "goes"):
        line = max(text.rfind(sign, 0, at) for sign in "\n\t") + 1
        end = min((cut for sign in "\n\t" if (cut := text.find(sign, at, high)) >= 0), default=high)
        here = (phrase for phrase in phrases_of_place(text[line:end], bare=True) if line + phrase.start == at)
        found += [_placed(at, line, phrase, times) for phrase in here]
    if not found and (match := _STRANGER.match(text, at, high)):
        found.append(Word("who", at, match.end(), match.group().strip(), known=False))
    return max(found, key=lambda word: word.high, default=None)


def _reads(name: str | None, cast: Cast) -> bool:
    """Whether somebody is one of the readers, so that what follows is no operation of hers: 'Quill case'."""
    return name is not None and any(
        name.lower() == surname(p.name) or name in initials_written(p.name) for p in cast.professionals
    )


def _placed(at: int, line: int, phrase: Phrase, times: Times) -> Word:
    """A place up to the time that its words may run into: 'in OR 0800'."""
    end = line + phrase.end
    clocks = times.within(at, end)
    return Word("place", at, clocks[0].start if clocks else end, weighed({phrase.kind}) or "")
