"""Messages that name their writer before the time, or over the words: brought to 'time, writer, words' for reading.

'gmarsh 8:20 AM  logged in' and 'Gideon Marsh (reader) 8:20 AM' above 'logged in' hold what '8:20 AM gmarsh: logged in' holds. The length
of a text never changes, so that evidence stays where it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ionm_notes.ingest.visual import ZONE
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Line

_DATE = r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d\d-\d\d|[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?)"
_TIME = rf"(?:[01]?\d|2[0-3])[:.h]?[0-5]\d(?::[0-5]\d)?(?i:\s?[ap]\.?m?\.?(?!\w))?(?:\s{ZONE}(?!\w))?"
_A_TIME = re.compile(r"\d[:.h]?[0-5]\d")
"""What every time holds: a line without it is no head of a message, which is seen much sooner than by trying."""
_STAMP = rf"(?P<stamp>(?:{_DATE}(?:,|T| at)?\s*)?{_TIME})(?!\d|[:.]\d|(?i:[ap]\.?m?\.?(?!\w)))[\])]?"
_SECOND = r"(?:\s|\|){1,20}(?:(?:[01]?\d|2[0-3])[:.h][0-5]\d(?!\d)|(?:[01]\d|2[0-3])[0-5]\d(?=\s*(?:$|[|\t]|\s{2})))"
"""Another time right behind the first: a row of 'who, from, to', and no message."""
_WHO = r"(?P<who>@?[^\W\d_][\w.'’-]*(?:,?\s(?:[^\W\d_]|[(\[])[\w.'’)\]-]*){0,5})"
_WRITER_FIRST = re.compile(
    rf"[<(\[@*•\s]{{0,3}}{_WHO}[>)\],]?(?:\s*[-–—|·•,]\s*|\s+(?:at|on|wrote|said)\s+|\s+)[\[(]?{_STAMP}"
    rf"(?!\s*(?:[-–—]|to|until|till)\s*\d)(?!{_SECOND})(?P<rest>.*)",
    re.S,
)
_TIME_FIRST = re.compile(rf"\W{{0,2}}{_STAMP}(?:\s*[-–—|·•,]\s*|\s+){_WHO}[:>\])]?\s*$")
_BY_PROGRAM = re.compile(
    rf"\W{{0,2}}{_STAMP}[\s|]+(?P<sign>[-*=~]{{1,3}}|[<(\[])\s*(?P<said>(?:[^\W\d_]|@)[^|\t]{{3,60}}?)\s*(?:[-*=~]{{1,3}}|[>)\]])"
)
_OF_A_CHANNEL = re.compile(
    rf"\W{{0,2}}{_STAMP}[\s|]+(?:(?:\*{{1,3}}|-->|<--|-!-|=>)\s*(?=\S)|(?=[a-z][a-z0-9._-]+\s))"
    r"(?P<said>@?[^\W\d_][\w.-]*\s+(?:has\s+)?(?:enter(?:s|ed)|join(?:s|ed)|left|leaves|exit(?:s|ed)|quits?|parted)\s+(?:the\s+)?(?:chat-?\s?)?room)\W*"
)
_CHANNEL = re.compile(
    r"\b(?:(?P<came>enter(?:s|ed)|join(?:s|ed))|left|leaves|exit(?:s|ed)|quits?|parted)\s+(?:the\s+)?(?:chat-?\s?)?room\b(?=\W*$)",
    re.I,
)
"""The room of a program of messages is no operating room: '* xpenhallow entered the room' tells of a connection."""
_WORDS = re.compile(r"\s*[:>|–—-]?\s*(?=\S)")
_FEWEST, _WRITERS = 4, 2
"""Messages, and people who write them, from which on lines are an exchange of messages."""
_FEWEST_MARKED = 3
"""Messages where each has a colon between its time and its words."""
_COLON = re.compile(r"\s?:\s")
_MOST_WRITERS = 8
_FEWEST_OF_ONE = 6
"""Messages of one and the same writer, each under a line of name and time alone, from which on they are a log kept as messages."""
_SIGNS = " :>|-–—\t"
"""What may stand behind the time of a message whose words stand below."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Lines as reading takes them, and the indexes of those whose message goes on in the line below."""

    lines: tuple[Line, ...]
    goes_on: frozenset[int]
    stamps: frozenset[tuple[int, int]] = frozenset()
    """Where the time of an entry stands that need not begin it: index of the line, and place within it."""


def time_first(lines: tuple[Line, ...]) -> Exchange:
    """The lines, each message of an exchange led by its time; what stands under a line of writer and time belongs to it."""
    lines = tuple(_undecorated(line) for line in lines)
    first = {index: match for index, line in enumerate(lines) if (match := _head(line, _WRITER_FIRST))}
    named = [match["who"] for match in first.values()]
    marked = [match["who"] for match in first.values() if _COLON.match(match["rest"])]
    apart = [match["who"] for index, match in first.items() if not match["rest"].strip(_SIGNS) and _words_below(lines, index)]
    writers = _writers(named) or _writers(marked, _FEWEST_MARKED) or _one_writer(apart)
    second = {
        index: match
        for index, line in enumerate(lines)
        if index not in first and (match := _head(line, _TIME_FIRST)) and _words_below(lines, index)
    }
    over_words = [match["who"] for match in second.values()]
    above = _writers(over_words) or _one_writer(over_words)
    heads = {index: match for index, match in first.items() if _key(match["who"]) in writers}
    heads |= {index: match for index, match in second.items() if _key(match["who"]) in above}
    if not heads:
        return Exchange(lines, frozenset())
    out = [_turned(line, heads[index]) if index in heads else line for index, line in enumerate(lines)]
    return Exchange(tuple(out), _going_on(lines, heads))


def _undecorated(line: Line) -> Line:
    """What a program of messages says itself without the signs around it: '08:02 -- OH has joined --'."""
    if line.text[-1:] in "-*=~>])":
        told = _BY_PROGRAM.fullmatch(line.text)
    else:
        told = _OF_A_CHANNEL.fullmatch(line.text) if "room" in line.text[-6:] else None
    if told is None:
        return line
    low, high = told.span("said")
    said = _CHANNEL.sub(_of_channel, line.text[low:high])
    return replace(line, text=line.text[: told.end("stamp")].ljust(low) + said.ljust(len(line.text) - low))


def _of_channel(told: re.Match[str]) -> str:
    """A coming or going in words of a connection, as long as what was told."""
    verb = "joined" if told["came"] else "left"
    room = len(told.group()) - len(verb)
    return verb + ("the chat" if room > len("the chat") else "chat").rjust(room)


def _head(line: Line, form: re.Pattern[str]) -> re.Match[str] | None:
    if line.kind in ("header", "footer") or _A_TIME.search(line.text) is None:
        return None
    return form.fullmatch(line.text)


def _key(who: str) -> str:
    return who.casefold().strip("@ ")


def _writers(named: Sequence[str], fewest: int = _FEWEST) -> frozenset[str]:
    """Who writes, of those who stand where writers would; nobody where too few do, or where they are no people."""
    counts = Counter(_key(who) for who in named if _may_be_a_person(who))
    if not _WRITERS <= len(counts) <= _MOST_WRITERS or sum(counts.values()) < fewest or max(counts.values()) < _WRITERS:
        return frozenset()
    return frozenset(counts)


def _one_writer(named: Sequence[str]) -> frozenset[str]:
    """The writer of messages who is the only one, by a name of two words and more; nobody where others write, or where he writes too few."""
    found = frozenset(_key(who) for who in named if " " in who.strip() and _may_be_a_person(who))
    alone = len(found) == 1 and found == {_key(who) for who in named}
    return found if alone and len(named) >= _FEWEST_OF_ONE else frozenset()


def _may_be_a_person(who: str) -> bool:
    """Whether no word before the time is one of the field, as in 'Baseline 07:34' and 'SSEP 09:10'."""
    no_name = vocabulary().regex("people.not-a-name")
    words = [word.strip("@.,()[]") for word in re.sub(r"[(\[].*", "", who).split()]
    if any(vocabulary().regex(f"column.{edge}").fullmatch(who.strip(" @:.")) for edge in ("from", "to")):
        return False  # 'Monitoring' over 'from 08:54' over 'to 12:17'
    return bool(words) and not any(no_name.match(word.capitalize()) or no_name.match(word) for word in words if word)


def _words_below(lines: tuple[Line, ...], index: int) -> bool:
    """Whether the line under another one on its page begins with no time."""
    if index + 1 >= len(lines) or lines[index + 1].page != lines[index].page:
        return False
    below = lines[index + 1]
    return below.kind not in ("header", "footer") and re.match(rf"\W{{0,2}}{_TIME}\b", below.text) is None


def _turned(line: Line, head: re.Match[str]) -> Line:
    """The line with the time before the writer, as a row of cells, at the same length."""
    text, stamp, who = line.text, head["stamp"], head["who"]
    rest = head.groupdict().get("rest") or ""
    begin, end = 0, len(text) - len(rest)
    if mark := _WORDS.match(rest):
        end += mark.end()
    room = end - begin - len(stamp) - len(who) - 1
    if room < 0:
        return line
    turned = f"{stamp}\t{who}" + ("\t" * bool(room)).ljust(room)
    words = text[end:]
    cells = [(0, len(stamp)), (len(stamp) + 1, len(stamp) + 1 + len(who))] + ([(end, len(text))] if words else [])
    return replace(line, text=turned + words, cells=tuple(cells), kind="row")


def _going_on(lines: tuple[Line, ...], heads: dict[int, re.Match[str]]) -> frozenset[int]:
    """The lines whose message goes on below: a writer and a time alone, and what stands under them up to the next."""
    joined: set[int] = set()
    for index, head in heads.items():
        if (head.groupdict().get("rest") or "").strip(_SIGNS):
            continue
        below = index
        while below + 1 < len(lines) and below + 1 not in heads and _same_message(lines[below], lines[below + 1], below == index):
            joined.add(below)
            below += 1
    return frozenset(joined)


def _same_message(line: Line, below: Line, at_head: bool) -> bool:
    return line.page == below.page and below.kind not in ("header", "footer") and (at_head or line.block == below.block)
