"""On a real cluster of this machine: one of two readers is killed midway, and every document is there once all the same."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from here import write_reports

from ionm_notes.cluster.folder import PARTS, Folder
from ionm_notes.cluster.tables import finished, rows

COUNT = 16
PATIENCE = 120.0
LOGS_STAY = """
from ionm_notes.cluster import engine
engine._remove = lambda folder: open("session", "w").write(folder)
from ionm_notes.cli.main import run
run()
"""


def descendants(pid: int) -> Iterator[tuple[int, str]]:
    """The living processes below one, with their command lines."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        try:
            yield int(child), Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            yield from descendants(int(child))
        except (FileNotFoundError, ProcessLookupError):  # ended before its file was opened, or between that and the reading
            continue


def kill_a_reader(program: subprocess.Popen[Any], parts: Path) -> int:
    """Ends one reader with SIGKILL as soon as some batches are done; returns how many were."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and program.poll() is None:
        done = len(list(parts.glob("*.parquet"))) if parts.is_dir() else 0
        if done >= 2:
            readers = [pid for pid, line in descendants(program.pid) if line.startswith("ray::") and "Reader" in line]
            os.kill(readers[0], signal.SIGKILL)
            return done
        time.sleep(0.01)
    raise AssertionError(f"no batch was done: {program.returncode}")


@pytest.mark.slow
def test_a_reader_killed_midway_costs_no_document(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "reports", COUNT)
    log = "\n".join(f"{9 + n // 60:02}:{n % 60:02} SSEP left and right tibial stable" for n in range(300))
    for path in reports.iterdir():
        path.write_text(path.read_text().replace("0800 monitoring started", f"0800 monitoring started\n{log}"))
    (reports / "case-005.txt").write_bytes(b"")
    command = [sys.executable, "-c", LOGS_STAY, "audit", "--engine", "ray", "reports", "--out", "out", "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=-1, stderr=-1, text=True) as program:
        done_before = kill_a_reader(program, tmp_path / "out" / PARTS)
        out, err = program.communicate(timeout=PATIENCE)
    session = Path((tmp_path / "session").read_text())
    try:
        assert done_before < COUNT, "it was midway"
        assert program.returncode == 1, err
        assert f"{COUNT - 1} of {COUNT} documents audited, 1 could not be audited" in err
        found = sorted(rows(finished(Folder(str(tmp_path / "out")))), key=lambda row: row["number"])
        assert [row["number"] for row in found] == list(range(COUNT))
        alone = [sys.executable, "-m", "ionm_notes.cli.main", "audit", "reports", "--jsonl", "--no-store"]
        single = subprocess.run(alone, cwd=tmp_path, env=environment, capture_output=True, text=True).stdout
        printed = [json.loads(line) for line in single.splitlines()]
        assert [json.loads(row["audits"][0]["line"]) for row in found] == printed
        kept = [path for path in session.rglob("*") if path.is_file()]
        assert kept, "Ray has kept logs"
        told = out.encode() + err.encode() + b"".join(path.read_bytes() for path in kept)
        assert [word for word in (b"Quillfeather", b"LV-44719", b"Vantongeren") if word in told] == []
    finally:
        shutil.rmtree(session, ignore_errors=True)
