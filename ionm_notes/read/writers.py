"""The professional as the one who wrote a report that nobody signed: 'I followed the case remotely' over 'With kind regards, / ____ / Ada Hale, MD'."""

from __future__ import annotations

from collections.abc import Callable

from ionm_notes.read.names import Name, names_in
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

_FOOT = 8
"""Last lines of a report among which the name of its writer stands."""
_ABOVE = 2
"""Lines above that name in which the words of farewell, or the line for the signature, stand."""


def unsigned_writer(reading: Reading, doctor: Callable[[Name], bool]) -> Name | None:
    """The doctor whose name waits at the foot of a report for the signature, where its first person watched; None where several could be it.

    A technologist's name at the foot makes the first person doubtful; whom a copy goes to has no place for a signature.
    """
    words = vocabulary()
    if words.regex("writer.watched").search(reading.text) is None:
        return None
    lines = list(reading.printed())[-_FOOT - _ABOVE :]
    found: list[Name] = []
    for number, (start, line) in enumerate(lines):
        names = [name for name in names_in(reading.text, start, start + len(line)) if name.credentials]
        if not names:
            continue
        name = names[0]
        before, behind = line[: name.start - start], line[name.end - start :]
        above = [text for _, text in lines[max(0, number - _ABOVE) : number]]
        alone = not before.strip(" \t_*[]") and words.regex("writer.behind-name").fullmatch(behind) is not None
        waits = (alone and any(words.regex("writer.farewell").fullmatch(text) for text in above)) or any(
            words.regex(f"writer.{where}").search(text)
            for where, text in (("awaited-before", before), ("awaited-behind", behind))
        )
        if waits:
            found.append(name)
    return found[0] if len(found) == 1 and doctor(found[0]) else None
