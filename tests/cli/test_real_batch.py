"""Whole processes over made PDF reports: the same bytes for any number of workers, and everything stored."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.slow
def test_twenty_reports_give_the_same_bytes_from_one_process_and_from_several(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from batch_vs_medspacy import make_report
    finally:
        sys.path.pop(0)
    for n in range(20):
        make_report(tmp_path / f"report-{n:02d}.pdf", n)
    (tmp_path / "report-10.pdf").write_bytes(b"%PDF-1.7 cut short")

    def audit(workers: int) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "ionm_notes.cli.main", "audit", str(tmp_path), "--payer", "all", "--jsonl"]
        more = ["--db", str(tmp_path / f"{workers}.db"), "--workers", str(workers)]
        return subprocess.run([*command, *more], capture_output=True, stdin=subprocess.DEVNULL)

    one, three = audit(1), audit(3)
    assert three.stdout == one.stdout
    assert three.returncode == one.returncode == 1
    lines = [json.loads(line) for line in one.stdout.splitlines()]
    payers = {line["payer"] for line in lines}
    assert [line["document"]["name"] for line in lines] == [f"report-{n:02d}.pdf" for n in range(20) for _ in payers]
    assert {line["document"]["name"] for line in lines if "error" in line} == {"report-10.pdf"}
    for database in ("1.db", "3.db"):
        with sqlite3.connect(tmp_path / database) as db:
            assert db.execute("SELECT count(*) FROM audits").fetchone() == (19 * len(payers),)
            assert db.execute("SELECT count(*) FROM documents").fetchone() == (19,)
