"""Finds notes of different patients that share their own words, and shows the passages side by side; needs datasketch.

Every practice has a template, so words that many patients' notes share are no clone: a run of five words that stands in the
notes of more than `COMMON` patients, or of more than `COMMON_SHARE` of all, is taken for template and left out. What is left
is sketched by MinHash; pairs that may be alike are then compared word by word. A clone that is spread over more patients
than that is therefore not told from a template: the limit is the price of not calling every template a clone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from zlib import crc32

from ionm_notes.errors import IonmError
from ionm_notes.integrity.clusters import clusters
from ionm_notes.integrity.kinds import KINDS
from ionm_notes.integrity.model import IntegrityFinding, Note, Passage

RUN = 5
"""Words of one run that is compared."""
COMMON, COMMON_SHARE = 5, 0.02
FEWEST = 30
"""Runs of their own that two notes must share: some 35 words in a row, or several sentences."""
SHARE = 0.5
"""Of the shorter note's own runs, the share that must stand in the other."""
LIKELY = 0.25
"""Likeness (Jaccard) from which MinHash proposes a pair; it finds nine of ten pairs that are half alike."""
PERMUTATIONS = 128
SHOWN = 8
"""Fewest words of a passage that is shown."""

Runs = frozenset[int]


def cloned(notes: Sequence[Note]) -> Iterator[IntegrityFinding]:
    """One finding for each group of notes that share their own words. Raises `IonmError` 'sketches-missing'."""
    own = _own_runs(notes)
    alike = {pair: shared for pair in _candidates(own) if (shared := _shared(notes, own, *pair))}
    for group in clusters(alike):
        left, right = max((pair for pair in alike if pair[0] in group), key=lambda pair: alike[pair])
        documents = [notes[number].report.name for number in (left, right)]
        documents += [name for number in group if (name := notes[number].report.name) not in documents]
        found = tuple(passages(notes[left], notes[right]))
        words = sum(passage.words for passage in found)
        message = (
            f"{len(group)} notes of different patients share their own words; {documents[0]} and {documents[1]}: {words} words"
        )
        yield IntegrityFinding("cloned-text", KINDS["cloned-text"].severity, tuple(documents), "", message, found)


def passages(left: Note, right: Note) -> Iterator[Passage]:
    """The longest common passages outside the logs, in the order of the left note, as each note writes them."""
    a, b = [token.word for token in left.tokens], [token.word for token in right.tokens]
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        if block.size >= SHOWN:
            yield Passage(_text(left, block.a, block.size), _text(right, block.b, block.size), block.size)


def _text(note: Note, first: int, size: int) -> str:
    lines = [token.line for token in note.tokens[first : first + size]]
    return " ".join(note.lines[number].strip() for number in range(lines[0], lines[-1] + 1))


def _own_runs(notes: Sequence[Note]) -> list[Runs]:
    """The runs of each note that are not the practice's template."""
    every = [_runs(note) for note in notes]
    patients: dict[int, set[object]] = {}
    for note, runs in zip(notes, every, strict=True):
        for run in runs:
            patients.setdefault(run, set()).add(note.report.patient or note.operation.number)
    most = max(COMMON, int(COMMON_SHARE * len({note.report.patient or note.operation.number for note in notes})))
    return [frozenset(run for run in runs if len(patients[run]) <= most) for runs in every]


def _runs(note: Note) -> Runs:
    words = [token.word for token in note.tokens]
    return frozenset(crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1))


def _candidates(own: Sequence[Runs]) -> Iterator[tuple[int, int]]:
    """Pairs of notes that MinHash takes for alike."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ModuleNotFoundError as error:
        raise IonmError("sketches-missing", detail="cloned text cannot be looked for") from error
    index = MinHashLSH(threshold=LIKELY, num_perm=PERMUTATIONS)
    for number, runs in enumerate(own):
        if len(runs) < FEWEST:
            continue
        sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update_batch([run.to_bytes(4, "big") for run in runs])
        for other in sorted(index.query(sketch)):
            yield other, number
        index.insert(number, sketch)


def _shared(notes: Sequence[Note], own: Sequence[Runs], left: int, right: int) -> int:
    """Runs that two notes of different patients share; 0 where they are too few, or the notes are of one patient."""
    one, other = notes[left], notes[right]
    if one.operation.number == other.operation.number or (one.report.patient and one.report.patient == other.report.patient):
        return 0
    shared = len(own[left] & own[right])
    return shared if shared >= FEWEST and shared >= SHARE * min(len(own[left]), len(own[right])) else 0
