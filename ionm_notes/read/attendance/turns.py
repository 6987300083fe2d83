"""Who takes up the watch and who lays it down, told from the names in a few words and the words around each name.

'Dr. A stands down, Dr. B takes up oversight', 'READER CHANGE out=A in=B', 'Remote seat vacated by Dr. A': where two professionals
are named, the words before and behind each say which way that one goes; where one is named, a verb right behind the name says it,
or a word for the duty together with one for its beginning or end. Anything else says nothing (`patterns/turns.toml`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ionm_notes.read.names import initials_of, surname
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person

_MOST_WORDS = 12
"""Words beside the name in the longest entry that tells of one professional by a duty and its beginning or end."""
_CLAUSE = re.compile(r"[,;:.](?=\s|$)|\s[-–—]\s|\b(?:and|when|whereupon|as)\b", re.I)
Way = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One professional's coming (`start`) or going (`end`); offsets of the name into the text."""

    who: str
    way: Way
    start: int
    end: int
    relief: bool = False
    """Words of a hand-over say it: somebody else's watch ends there."""


@dataclass(frozen=True, slots=True)
class _Mention:
    who: str
    start: int
    end: int


@functools.lru_cache(maxsize=256)
def _named(name: str) -> re.Pattern[str]:
    """A person's name as entries write it: with or without title, first names, initials and degree, or as a program's user."""
    last = surname(name)
    given = [part.strip(".,") for part in re.split(r"[\s,]+", name) if part.strip(".,") and part.strip(".,").lower() != last]
    first = "|".join(rf"{re.escape(part)}|{re.escape(part[0])}\.?" for part in given)
    lead = rf"(?:(?:{first})\s+)*(?:{re.escape(given[0][0])}[._-]?)?" if first else ""
    return re.compile(
        rf"(?<![\w'’])(?:(?:dr|doctor|prof)\b\.?\s*)?{lead}{re.escape(last)}(?![\w’])(?:,?\s+(?:m\.?d|d\.?o|ph\.?d)\b\.?)*", re.I
    )


@functools.lru_cache(maxsize=256)
def _initials(name: str) -> re.Pattern[str] | None:
    """Initials as an entry has them; two letters only where a word of coming or going stands behind, for much else is two letters."""
    letters = initials_of(name)
    if len(letters) < 2:
        return None
    behind = r"(?![\w'’.])" if len(letters) > 2 else r"(?=\s+(?i:on|off|in|out|leaves?|joins?|takes?|back|here|relieves|hands)\b)"
    return re.compile(rf"(?<![\w.]){letters}{behind}")


def _mentions(text: str, name: str) -> Iterator[_Mention]:
    if surname(name) in text.lower():
        yield from (_Mention(surname(name), m.start(), m.end()) for m in _named(name).finditer(text))
    elif (initials := _initials(name)) is not None:
        yield from (_Mention(surname(name), m.start(), m.end()) for m in initials.finditer(text))


def turns_of(text: str, people: Sequence[Person]) -> tuple[Turn, ...]:
    """The comings and goings that a short text tells of professionals that it names; none where it is not clear."""
    text = text.replace("_", " ")
    mentions = sorted(
        (mention for person in people for mention in _mentions(text, person.name)), key=lambda mention: mention.start
    )
    who = list(dict.fromkeys(mention.who for mention in mentions))
    if len(who) == 2:
        return _exchange(text, mentions, who)
    return _alone(text, mentions[0]) if len(who) == 1 else ()


def _exchange(text: str, mentions: list[_Mention], who: list[str]) -> tuple[Turn, ...]:
    """One's going and the other's coming."""
    if _says(text, "never"):
        return ()
    ways: dict[str, set[Way]] = {name: set() for name in who}
    first: dict[str, _Mention] = {}
    trailing = _way_stands_behind(text, mentions)
    for index, mention in enumerate(mentions):
        first.setdefault(mention.who, mention)
        low = mentions[index - 1].end if index else 0
        high = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        if (way := _way(text, low, mention, high, trailing=trailing)) is not None:
            ways[mention.who].add(way)
    if any(len(told) > 1 for told in ways.values()):
        return ()
    one, two = (next(iter(ways[name]), None) for name in who)
    if one == two or (None in (one, two) and not _says(text, "change")):
        return ()
    out: list[Turn] = []
    for name, way, other in ((who[0], one, two), (who[1], two, one)):
        settled: Way = way or ("end" if other == "start" else "start")
        out.append(Turn(name, settled, first[name].start, first[name].end))
    return tuple(out)


def _way_stands_behind(text: str, mentions: list[_Mention]) -> bool:
    """Whether each name is followed by its word, as in 'Dr. A out Dr. B in': what stands before a name is the other's."""
    ahead, last = text[: mentions[0].start], text[mentions[-1].end :]
    return not any(_says(ahead, f"{name}.before") for _, name in _WAYS) and _BARE_WAY.fullmatch(last) is not None


_BARE_WAY = re.compile(r"\W*(?:on|in|up|out|off|comes|goes|coming|going|incoming|outgoing|joins|leaves)\W*", re.I)


def _way(text: str, low: int, mention: _Mention, high: int, *, trailing: bool) -> Way | None:
    """Which way somebody goes: by the words right before the name, those behind it, or those further before it.

    `trailing`: the words behind each name say it.
    """
    behind, before = text[mention.end : high], text[low : mention.start]
    if high < len(text) and not _WHO.match(behind):
        behind = _LAST_CLAUSE.split(behind)[0]  # what stands behind the last comma belongs to the next name
    clause = _CLAUSE.split(before)[-1]
    if trailing:
        clause, before = "", ""
    for words, place in ((clause, "before"), (behind, "behind"), (before, "before"), (before, "ahead")):
        for way, name in reversed(_WAYS) if place == "ahead" else _WAYS:
            if _says(words, f"{name}.{place}"):
                return way
    return None


_WHO = re.compile(r"\s*,\s*who\b", re.I)
_LAST_CLAUSE = re.compile(r"[,;:(][^,;:(]*$")
_WAYS: tuple[tuple[Way, str], ...] = (("end", "giver"), ("start", "taker"))


def _alone(text: str, mention: _Mention) -> tuple[Turn, ...]:
    """The coming or going of the one who is named."""
    if _says(text, "never"):
        return ()
    behind, before = text[mention.end :], text[: mention.start]
    rest = before + " " + behind
    start = Turn(mention.who, "start", mention.start, mention.end, relief=True)
    if _says(text, "relief") and not _says(behind, "giver.behind"):
        return (start,)
    if _says(text, "matter"):
        return ()
    if _says(text, "change") and _says(before, "taker.before") and _says(text, "duty"):
        return (start,)
    goes, comes = _says(behind, "goes"), _says(behind, "comes")
    way: Way | None = "end" if goes else "start" if comes else None
    if way is None and len(rest.split()) <= _MOST_WORDS and _says(rest, "duty"):
        opens, closes = _says(rest, "opens"), _says(rest, "closes")
        way = "end" if closes and not _begun(rest) else "start" if opens and not closes else None
    return (Turn(mention.who, way, mention.start, mention.end),) if way else ()


def _begun(text: str) -> bool:
    """Whether a word of beginning stands there that no word of ending may stand beside ('started over')."""
    return re.search(r"\b(?:open\w*|beg[aiu]n\w*|start\w*|commenc\w+|assum\w+|resum\w+)\b", text, re.I) is not None


def _says(text: str, name: str) -> bool:
    return vocabulary().regex(f"turn.{name}").search(text) is not None
