"""Professionals whose notes differ from those of their peers more than chance makes likely; read on for how careful that is.

Compared are the share of notes whose times are all round, the share that describes a change of signals, and the units an
hour of 15-minute codes. A person with fewer than `FEWEST` notes, or whose peers have fewer, is not compared but counted.
Told is what reaches a false-discovery rate of `FALSE_SHARE` over all comparisons (Benjamini and Hochberg) and is large enough
to matter. This is done twice, the second time without those among the peers who stood out the first time, since one outlier
would else make ordinary people look strange. The tests take notes for independent, which notes of one person are not quite:
an outlier is a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from ionm_notes.claims.summing import rate
from ionm_notes.integrity.kinds import KINDS
from ionm_notes.integrity.model import IntegrityFinding, Note
from ionm_notes.integrity.statistics import benjamini_hochberg, fisher_both, fisher_upper, mann_whitney_upper
from ionm_notes.roster.scene import HOUR, Scene

FEWEST = 10
FEW = 30
"""Notes below which a finding warns of small numbers."""
FALSE_SHARE = 0.01
SHARE_APART, UNITS_APART = 0.2, 0.05
"""Least difference that is told: of shares, and of units an hour."""
ROUND = 5
FEWEST_TIMES = 6
"""Clock times of a log from which it can be said that all are round."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One person held against the peers in one measure."""

    kind: str
    person: str
    notes: int
    chance: float
    apart: bool
    words: str


@dataclass(frozen=True, slots=True)
class Outliers:
    """What was found, and the persons who have too few notes to be compared in any measure."""

    findings: tuple[IntegrityFinding, ...]
    too_few: tuple[str, ...]


def outliers(scene: Scene, notes: Sequence[Note]) -> Outliers:
    """Every professional held against the peers in every measure."""
    mine: dict[str, list[Note]] = {}
    for note in notes:
        names = [person for person in note.report.people if person.role == "professional"]
        known = [scene.people.who(note.report.document, person) for person in names]
        if len(known) == 1 and known[0] is not None:
            mine.setdefault(known[0].id, []).append(note)
    measures = (_round, _changes, _units(scene))
    first = _told([one for measure in measures for one in measure(mine, frozenset())])
    compared: list[Comparison] = []
    for kind, measure in zip(MEASURES, measures, strict=True):
        compared += measure(mine, frozenset(one.person for one, _ in first if one.kind == kind))
    told = _told(compared)
    tested = {one.person for one in compared}
    findings = tuple(_finding(one, value) for one, value in sorted(told, key=lambda pair: (pair[0].kind, pair[0].person)))
    return Outliers(findings, tuple(sorted(set(mine) - tested)))


By = dict[str, list[Note]]
Aside = frozenset[str]
"""Persons who are no peers of anybody."""
MEASURES = ("outlier-round-times", "outlier-changes", "outlier-units")


def _told(compared: Sequence[Comparison]) -> list[tuple[Comparison, float]]:
    """The comparisons that stand out, with their false-discovery rates."""
    q = benjamini_hochberg([one.chance for one in compared])
    return [(one, value) for one, value in zip(compared, q, strict=True) if value <= FALSE_SHARE and one.apart]


def _round(mine: By, aside: Aside) -> Iterator[Comparison]:
    values = {who: [_all_round(note) for note in notes if len(note.times) >= FEWEST_TIMES] for who, notes in mine.items()}
    yield from _shares("outlier-round-times", values, "have only round times", fisher_upper, aside)


def _all_round(note: Note) -> bool:
    return all(minute % ROUND == 0 for minute in note.times)


def _changes(mine: By, aside: Aside) -> Iterator[Comparison]:
    values = {who: [note.change is True for note in notes if note.change is not None] for who, notes in mine.items()}
    yield from _shares("outlier-changes", values, "describe a change of signals", fisher_both, aside)


def _shares(
    kind: str,
    values: dict[str, list[bool]],
    words: str,
    test: Callable[[int, int, int, int], float],
    aside: Aside,
) -> Iterator[Comparison]:
    for who, found in values.items():
        peers = [one for other, theirs in values.items() if other != who and other not in aside for one in theirs]
        if min(len(found), len(peers)) < FEWEST:
            continue
        own, others = rate(sum(found), len(found)), rate(sum(peers), len(peers))
        apart = sum(found) / len(found) - sum(peers) / len(peers)
        said = f"{_share(own.wrong, own.looked, own.low, own.high)} of {who}'s notes {words}; "
        said += f"of the peers' {_share(others.wrong, others.looked, others.low, others.high)}"
        chance = test(sum(found), len(found), sum(peers), len(peers))
        yield Comparison(kind, who, len(found), chance, abs(apart) >= SHARE_APART, said)


def _units(scene: Scene) -> Callable[[By, Aside], Iterator[Comparison]]:
    def compare(mine: By, aside: Aside) -> Iterator[Comparison]:
        values = {who: [value for note in notes if (value := _per_hour(scene, note))] for who, notes in mine.items()}
        for who, found in values.items():
            peers = [one for other, theirs in values.items() if other != who and other not in aside for one in theirs]
            if min(len(found), len(peers)) < FEWEST:
                continue
            said = f"{who}'s notes make {fmean(found):.2f} units an hour on average, the peers' {fmean(peers):.2f} "
            said += f"({len(found)} and {len(peers)} notes)"
            apart = fmean(found) - fmean(peers) >= UNITS_APART
            yield Comparison("outlier-units", who, len(found), mann_whitney_upper(found, peers), apart, said)

    return compare


def _per_hour(scene: Scene, note: Note) -> float:
    """Units of short time codes for each hour of counted minutes; 0 where there are none. Of several payers the most."""
    report = note.report
    minutes = sum(one.end - one.start for one in report.counted)
    best = 0
    for payer in report.payers:
        lines = [one for one in report.suggested if one.payer == payer and scene.short_code(payer, one.code, report.day)]
        best = max(best, sum(one.units for one in lines))
    return best * HOUR / minutes if minutes else 0.0


def _share(hits: int, of: int, low: float, high: float) -> str:
    return f"{hits} of {of} ({100 * hits / of:.0f} %, {100 * low:.0f} to {100 * high:.0f} %)"


def _finding(one: Comparison, q: float) -> IntegrityFinding:
    small = f"; few notes ({one.notes}), read with care" if one.notes < FEW else ""
    message = f"{one.words}; false-discovery rate {q:.1g}{small}"
    return IntegrityFinding(one.kind, KINDS[one.kind].severity, (), one.person, message)
