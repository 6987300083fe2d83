"""A killed run loses no document that it said was stored, stores none twice, and leaves a sound store to go on with."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import Audit, Subject, Watch, descendants, look, torture
from launcher import Launcher


@pytest.fixture(scope="module")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    with Launcher(tmp_path_factory.mktemp("launcher")) as warm:
        yield warm


SUBJECTS = pytest.mark.parametrize("kind", [Audit, Watch])


@SUBJECTS
def test_a_few_kills_lose_nothing_and_double_nothing(kind: type[Subject], tmp_path: Path, launcher: Launcher) -> None:
    report = torture(kind(tmp_path, 16, launcher), kills=2, seed=11)
    assert report.faults() == []
    assert len(report.kills) == 2
    assert report.rounds


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@SUBJECTS
def test_two_hundred_kills_lose_nothing_and_double_nothing(
    kind: type[Subject], seed: int, tmp_path: Path, launcher: Launcher
) -> None:
    report = torture(kind(tmp_path, 30, launcher), kills=50, seed=seed)
    print(f"\n{kind.__name__}, seed {seed}\n{report.table()}", file=sys.stderr)
    assert report.faults() == []
    assert len(report.kills) == 50


def test_an_interrupt_leaves_a_sound_store_and_resuming_prints_everything(tmp_path: Path, launcher: Launcher) -> None:
    subject = Audit(tmp_path, 40, launcher)
    process = subject.start()
    while not subject.whole_lines():
        assert process.poll() is None
        time.sleep(0.01)
    family = descendants(process.pid)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    said = (tmp_path / "err.txt").read_text()
    assert "Traceback" not in said
    assert "interrupted" in said
    assert "--resume goes on" in said
    assert not family & descendants(1), "nobody is left at work"
    stored = look(subject.db)
    assert (stored.doubles, stored.halves, stored.sound) == (0, 0, True)
    assert subject.promised() <= stored.names
    assert len(stored.names) < 40, "it was interrupted in the middle"
    subject.start().wait(60)
    subject.check_end()
    resumed = subject.out.read_text()
    subject.start().wait(60)
    assert subject.out.read_text() == resumed, "a finished run prints it again"
    assert "40 stored before" in (tmp_path / "err.txt").read_text()
    assert look(subject.db).doubles == 0
