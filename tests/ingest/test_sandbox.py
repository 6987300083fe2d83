"""A document that hangs, crashes or eats memory costs only itself."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_document
from ionm_notes.ingest.sandbox import SandboxedReader
from ionm_notes.limits import MIB, Limits

sys.path.insert(0, str(Path(__file__).parents[2] / "fixtures" / "hostile"))
from make import plain_pdf, raw_pdf


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(plain_pdf())
    return path


def child_of(reader: SandboxedReader) -> int:
    assert reader._child is not None
    assert reader._child.pid is not None
    return reader._child.pid


def test_it_reads_what_is_read_without_it_with_one_child_for_many(report: Path) -> None:
    with SandboxedReader() as reader:
        first = reader.read(report)
        child = child_of(reader)
        began = time.monotonic()
        assert reader.read(report) == first == read_document(report)
        assert time.monotonic() - began < 1
        assert child_of(reader) == child


def test_errors_come_through_unchanged(tmp_path: Path) -> None:
    with SandboxedReader() as reader, pytest.raises(IonmError) as caught:
        reader.read(tmp_path / "none.pdf")
    assert (caught.value.code, caught.value.file) == ("missing-file", "none.pdf")


def test_a_killed_child_costs_one_document(report: Path) -> None:
    with SandboxedReader() as reader:
        reader.read(report)
        os.kill(child_of(reader), signal.SIGSTOP)
        os.kill(child_of(reader), signal.SIGKILL)
        time.sleep(0.1)
        assert reader.read(report).pages


def test_a_child_that_does_not_answer_is_ended_in_time(report: Path) -> None:
    with SandboxedReader(Limits(document_seconds=0.4)) as reader:
        reader.read(report)
        os.kill(child_of(reader), signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(IonmError) as caught:
            reader.read(report)
        assert caught.value.code == "timeout"
        assert time.monotonic() - began < 3
        assert reader.read(report).pages


def test_memory_is_bounded(tmp_path: Path, report: Path) -> None:
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(raw_pdf([b"q " * (150 * MIB)]))
    with SandboxedReader(Limits(worker_bytes=400 * MIB)) as reader:
        with pytest.raises(IonmError) as caught:
            reader.read(bomb)
        assert caught.value.code in {"reader-died", "too-large", "no-text", "no-text-layer", "damaged-pdf"}
        assert reader.read(report).pages


def test_a_child_is_replaced_after_its_share_of_documents(report: Path) -> None:
    with SandboxedReader(Limits(worker_documents=1)) as reader:
        reader.read(report)
        assert reader._child is None
        assert reader.read(report).pages
