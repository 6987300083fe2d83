"""Finds time logs of different patients that agree to the minute; pure.

An entry weighs one; a quarter only if its time is a multiple of five, since people round, or if more than half of all logs
have its words, since such entries (setup, baselines, start) follow one another at set distances and agree in a row once one
of them does. Entries that stand with the same time in very many notes are left out. Two logs agree if most entries of the
shorter one stand in the other: a log of which less was taken over is not told from chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from ionm_notes.integrity.clusters import clusters
from ionm_notes.integrity.kinds import KINDS
from ionm_notes.integrity.model import Entry, IntegrityFinding, Note, Passage

FEWEST = 6
"""Entries that two logs must share, time and words."""
WEIGHT = 4.0
"""What they must weigh together."""
SHARE = 0.7
"""Of the shorter log's entries, the share that must stand in the other."""
ROUND = 5
LIGHT = 0.25
USUAL = 0.5
"""Share of the logs from which on the words of an entry are usual."""
COMMON = 50


def copied(notes: Sequence[Note]) -> Iterator[IntegrityFinding]:
    """One finding for each group of notes of different patients whose logs agree."""
    where: dict[Entry, list[int]] = {}
    for number, note in enumerate(notes):
        for entry in dict.fromkeys(note.log):
            where.setdefault(entry, []).append(number)
    said = Counter(words for note in notes for words in {words for _, words in note.log})
    usual = {words for words, count in said.items() if count > USUAL * len(notes)}
    shared: Counter[tuple[int, int]] = Counter()
    weight: Counter[tuple[int, int]] = Counter()
    for (minute, words), numbers in where.items():
        for pair in combinations(numbers, 2) if len(numbers) <= COMMON else ():
            shared[pair] += 1
            weight[pair] += int(100 * (LIGHT if minute % ROUND == 0 or words in usual else 1))
    alike = [
        (left, right)
        for (left, right), count in shared.items()
        if count >= max(FEWEST, SHARE * min(len(set(notes[left].log)), len(set(notes[right].log))))
        and weight[left, right] >= 100 * WEIGHT
        and _different(notes[left], notes[right])
    ]
    for group in clusters(alike):
        left, right = max((pair for pair in alike if pair[0] in group), key=lambda pair: (shared[pair], pair))
        documents = [notes[number].report.name for number in (left, right)]
        documents += [name for number in group if (name := notes[number].report.name) not in documents]
        message = f"{documents[0]} and {documents[1]}: {shared[left, right]} entries of their logs have the same minute and words"
        found = tuple(_passages(notes[left], notes[right]))
        yield IntegrityFinding("copied-log", KINDS["copied-log"].severity, tuple(documents), "", message, found)


def _passages(left: Note, right: Note) -> Iterator[Passage]:
    theirs = set(right.log)
    for minute, words in left.log:
        if (minute, words) in theirs:
            line = f"{minute // 60:02d}:{minute % 60:02d} {words}"
            yield Passage(line, line, len(words.split()))


def _different(one: Note, other: Note) -> bool:
    same_patient = one.report.patient and one.report.patient == other.report.patient
    return one.operation.number != other.operation.number and not same_patient
