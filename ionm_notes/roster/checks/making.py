"""How a check words a finding: persons, clock times, documents; read this before writing a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ionm_notes.roster.concurrency import moment_of
from ionm_notes.roster.kinds import KINDS
from ionm_notes.roster.model import Operation, Person, Quote, RosterFinding
from ionm_notes.roster.scene import Stay


def finding(
    kind: str,
    person: Person,
    span: tuple[int, int] | None,
    operations: Iterable[Operation],
    message: str,
    quotes: Iterable[Quote] = (),
) -> RosterFinding:
    """A finding of a kind of `kinds.py` about one person, over a span of minutes (None: of a day not known).

    `quotes` are what the documents state of it; without them, when each was monitored.
    """
    start, end = span or (None, None)
    found = list(operations)
    day = moment_of(start).date() if start is not None else next((r.day for o in found for r in o.reports if r.day), None)
    return RosterFinding(
        kind=kind,
        severity=KINDS[kind].severity,
        person=person.id,
        basis=person.basis,
        day=day,
        start=start,
        end=end,
        documents=documents(found),
        message=message,
        quotes=tuple(dict.fromkeys(quotes)) or _monitored(found),
    )


def _monitored(found: Sequence[Operation]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quote for operation in found for report in operation.reports for quote in report.monitored))


def stated(stays: Iterable[Stay], span: tuple[int, int]) -> Iterator[Quote]:
    """What the documents state of the stays that touch a span."""
    return (quote for stay in stays if stay.start < span[1] and span[0] < stay.end for quote in stay.quotes)


def documents(found: Sequence[Operation]) -> tuple[str, ...]:
    """The names of the documents of some operations, in order, each once."""
    return tuple(sorted({report.name for operation in found for report in operation.reports}))


def clock(start: int, end: int) -> str:
    """A span of minutes on the clock: '09:00 to 09:23'."""
    return f"{moment_of(start):%H:%M} to {moment_of(end):%H:%M}"


def counted(number: int, thing: str) -> str:
    """'1 unit', '2 units'."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def listed(words: Sequence[str]) -> str:
    """Words in a row: 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
