"""`ionm-notes patterns check` and a folder of one's own, as a user runs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WORD = """
[[pattern]]
id = "event.monitoring.start"
kind = "regex"
extend = true
any = ["curtain up"]
yes = ["Curtain up"]
no = ["curtain rail"]
"""
LOG = "Date of service: 05/06/2025\n\n07:40 Baselines complete\n07:55 Curtain up\n09:10 No change\n11:40 Monitoring ended\n"


def program(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ionm_notes.cli.main import run; run()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def test_the_shipped_patterns_hold() -> None:
    ran = program("patterns", "check")
    assert ran.returncode == 0
    assert "all hold" in ran.stderr


def test_a_bad_example_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(WORD.replace("curtain rail", "curtain up twice"))
    ran = program("patterns", "check", tmp_path)
    assert ran.returncode == 1
    assert "mine.toml: event.monitoring.start: must not match, and does: curtain up twice" in ran.stdout


def test_a_word_of_ones_own_is_read_by_the_workers(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine.toml").write_text(WORD)
    (tmp_path / "log.txt").write_text(LOG)
    start = '"kind":"monitoring","start":"2025-05-06T07:55"'
    with_it = program("--patterns", tmp_path / "own", "audit", tmp_path / "log.txt", "--no-store", "--jsonl").stdout
    without = program("audit", tmp_path / "log.txt", "--no-store", "--jsonl").stdout
    assert start in with_it.replace(" ", "")
    assert start not in without.replace(" ", "")
