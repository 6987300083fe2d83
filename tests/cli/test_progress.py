"""Progress is shown where a person watches, and nowhere else."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

import pytest

from ionm_notes.cli.progress import SHOW_FROM, shown


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_person_sees_how_far_it_is_and_how_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    def slowly() -> Iterator[int]:
        for number in range(9):
            time.sleep(0.06)
            yield number

    assert list(shown(slowly(), 9, "Auditing")) == list(range(9))
    said = terminal.getvalue()
    assert "Auditing" in said
    assert "9/9" in said
    assert "/s" in said


@pytest.mark.parametrize(("stream", "total"), [(io.StringIO, 99), (Terminal, SHOW_FROM - 1)])
def test_a_pipe_and_a_few_files_get_no_bar(monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], total: int) -> None:
    output = stream()
    monkeypatch.setattr("sys.stderr", output)
    assert list(shown(iter(range(total)), total, "Auditing")) == list(range(total))
    assert output.getvalue() == ""
