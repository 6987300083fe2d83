"""Spoiled files of every kind end as documented errors, in bounded time and memory; `make fuzz` tries many more of them."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

import pytest
from boxed import in_child, must_end_well, outcomes, timed
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from readers import READERS, SEEDS, Reader
from spoil import Blow, blows

from ionm_notes.ingest import _READERS
from ionm_notes.ingest.sniff import LOCKED_OFFICE, SHORT, kind_of

EXAMPLES = int(os.environ.get("IONM_NOTES_FUZZ", "0"))
"""Spoiled files to a reader: set by `make fuzz`, which draws others each time."""


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_spoiled_files_end_as_documented_errors(reader: Reader) -> None:
    must_end_well(lambda tried: _fuzz(reader, tried))


def _fuzz(reader: Reader, tried: Path) -> None:
    """All seeds of a reader as they are, then spoiled: the same ways each time, unless many are asked for."""
    seeds = {path.name: path.read_bytes() for path in reader.seeds()}

    @settings(
        max_examples=EXAMPLES or 40,
        derandomize=not EXAMPLES,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(st.sampled_from(sorted(seeds)), st.sampled_from(range(len(reader.ways))), blows(reader.signs))
    def spoil_and_read(name: str, way: int, changes: list[Blow]) -> None:
        timed(name, reader.ways[way](seeds[name], changes), tried)

    for name, data in seeds.items():
        timed(name, data, tried)
    spoil_and_read()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_the_sound_seed_of_a_reader_is_read(reader: Reader) -> None:
    """Else the fuzz test would spoil what is refused at the door."""
    sound = [path for path in reader.seeds() if path.stem in {"a", "b", "fax"}]
    assert sound
    # The engine that finds nothing makes an error of a picture that was opened.
    expected = {"no-text-layer"} if reader.name == "picture" else {"read"}

    def work(tried: Path) -> None:
        assert {path.name: timed(path.name, path.read_bytes(), tried) - {"skipped"} for path in sound} == {
            path.name: expected for path in sound
        }

    must_end_well(work)


def test_every_kind_of_file_has_a_reader_under_test() -> None:
    kinds = {kind_of(path.name, path.read_bytes())[0] for path in SEEDS.rglob("*") if path.stem in {"a", "b", "fax"}}
    assert kinds == set(SHORT) - {LOCKED_OFFICE}  # what is locked is a DOCX once it is opened
    assert set(_READERS) <= kinds


class TestTheHarnessNotices:
    """A fuzz test that would not see harm proves nothing."""

    def test_an_exception_that_is_no_error_of_the_table(self) -> None:
        def work(tried: Path) -> None:
            raise KeyError("x")

        assert "KeyError" in in_child(work)

    def test_a_fault_of_a_reader(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ionm_notes.ingest.txt.read_txt", lambda *_: 1 / 0)
        assert "reader-crashed" in in_child(_read_some)

    def test_a_hang(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("boxed.outcomes", lambda *_: time.sleep(5))
        assert "Late" in in_child(lambda tried: timed("a.txt", b"x", tried, seconds=0.05) and None)

    def test_a_flood_of_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ionm_notes.ingest.txt.read_txt", lambda *_: bytearray(2_000_000_000))
        assert "memory ran out" in in_child(_read_some)

    def test_a_crash(self) -> None:
        assert "signal 11" in in_child(lambda tried: ctypes.string_at(0) and None)


def _read_some(tried: Path) -> None:
    outcomes("a.txt", b"Monitoring started 08:10\n")
