"""All gates looked for at once are open in the statements in which each by itself is found."""

from __future__ import annotations

import bisect
from pathlib import Path

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.gates import Gates, number_of, opened
from ionm_notes.read.reading import gate_of, gate_opens, lay_out
from ionm_notes.read.vocabulary import vocabulary

GATES = sorted({pattern.gate for pattern in vocabulary().patterns.values() if pattern.gate})
FIXTURES = Path(__file__).parents[2] / "fixtures" / "documents"
ODD = (
    "\u0130n-Room, REMOTE\u017fite _no_ x1:1 1:1\nOFF THE\nNo\nkeep off the NEXT  door\n"
    "next door n\u2019t CAN'T\n\u212aEPT out of it\n\n per 2"
)


def one_by_one(text: str, starts: tuple[int, ...], gate: tuple[str, ...]) -> list[int]:
    found, at = set(), 0
    while entry := gate_of(gate).search(text, at):
        found.add(max(0, bisect.bisect_right(starts, entry.start()) - 1))
        at = entry.start() + 1
    return sorted(found)


def held(text: str, starts: tuple[int, ...]) -> None:
    gates, whole = Gates(text, starts), opened(text)
    for gate in GATES:
        assert gates.statements(gate) == one_by_one(text, starts, gate), gate
        assert (number_of(gate) in whole) == gate_opens(gate, text), gate


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.txt"))[::6], ids=lambda path: path.name)
def test_of_a_document(path: Path) -> None:
    reading = lay_out(read_bytes(path.name, path.read_bytes()))
    held(reading.text, reading.unit_starts)


def test_of_letters_beyond_ascii_and_entries_over_an_end_of_a_line() -> None:
    held(ODD, tuple(at for at, char in enumerate("\n" + ODD) if char == "\n"))
