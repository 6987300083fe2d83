"""Audits documents on a Ray cluster of this machine with a reader killed midway, and holds the tables against one machine.

    python benchmarks/cluster_kill.py [--documents 2000] [--workers 2] [--folder KEEP]

Prints a table for docs/scaling.md: results, doubles, differences, seconds, bytes. The documents are made from
fixtures/variety with seeds, every second one as a PDF; no two are alike.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from fixtures.variety.make import make
from ionm_notes.cluster.folder import PARTS, Folder
from ionm_notes.cluster.tables import finished, rows

PROGRAM = (sys.executable, "-m", "ionm_notes.cli.main")


def write_documents(folder: Path, count: int) -> None:
    """So many documents, texts and PDFs by turns."""
    from reportlab.pdfgen.canvas import Canvas

    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = make("train", number).text
        if number % 2 == 0:
            (folder / f"case-{number:05}.txt").write_text(text)
            continue
        canvas = Canvas(str(folder / f"case-{number:05}.pdf"), invariant=1)
        lines = text.splitlines()
        for first in range(0, len(lines), 60):
            for place, line in enumerate(lines[first : first + 60]):
                canvas.setFont("Courier", 8)
                canvas.drawString(40, 760 - 12 * place, line)
            canvas.showPage()
        canvas.save()


def readers_of(pid: int) -> Iterator[int]:
    """The readers below a process."""
    for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        try:
            line = Path(f"/proc/{child}/cmdline").read_bytes()
            if line.startswith(b"ray::") and b"Reader" in line:
                yield child
            yield from readers_of(child)
        except FileNotFoundError:
            continue


def on_cluster(folder: Path, out: Path, workers: int, killed_at: float | None, batches: int) -> tuple[float, str]:
    """Seconds of a run, and what it said; a reader is killed once so large a part of the batches is done."""
    command = [*PROGRAM, "audit", "--engine", "ray", str(folder), "--out", str(out), "--workers", str(workers)]
    started = time.monotonic()
    with subprocess.Popen(command, stdout=-1, stderr=-1, text=True) as program:
        while killed_at is not None and program.poll() is None:
            done = len(list((out / PARTS).glob("*.parquet"))) if (out / PARTS).is_dir() else 0
            if done >= killed_at * batches:
                victim = next(readers_of(program.pid))
                os.kill(victim, signal.SIGKILL)
                print(f"killed reader {victim} after {done} of {batches} batches", file=sys.stderr)
                break
            time.sleep(0.02)
        said = program.communicate()[1]
    return time.monotonic() - started, said


def size_of(path: Path) -> float:
    """MB on disk."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(one.stat().st_size for one in files if one.is_file()) / 1e6


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=None)
    asked = parser.parse_args()
    base = asked.folder or Path(tempfile.mkdtemp(prefix="ionm-bench-"))
    documents, count = base / "documents", asked.documents
    write_documents(documents, count)
    from ionm_notes.cluster.sources import batch_size

    batches = -(-count // batch_size(count))
    started = time.monotonic()
    alone = [*PROGRAM, "audit", str(documents), "--jsonl", "--no-store", "--workers", str(asked.workers)]
    printed = subprocess.run(alone, capture_output=True, text=True).stdout
    single = time.monotonic() - started
    lines = {line["document"]["name"]: line for line in map(json.loads, printed.splitlines())}
    print("| run | seconds | documents a second | results | doubled | differing from one machine |\n|---|---|---|---|---|---|")
    print(f"| one machine, {asked.workers} processes | {single:.1f} | {count / single:.0f} | {len(lines)} | - | - |")
    for name, killed_at in (("Ray", None), ("Ray, one reader killed at half", 0.5)):
        out = base / f"tables-{name[-4:]}"
        seconds, said = on_cluster(documents, out, asked.workers, killed_at, batches)
        print(said, file=sys.stderr)
        found = list(rows(finished(Folder(str(out)))))
        numbers = {row["number"] for row in found}
        differing = sum(json.loads(row["audits"][0]["line"]) != lines[row["name"]] for row in found)
        print(f"| {name} | {seconds:.1f} | {count / seconds:.0f} | {len(found)} | {len(found) - len(numbers)} | {differing} |")
    db = base / "merged.db"
    started = time.monotonic()
    subprocess.run([*PROGRAM, "db", "merge", str(out), "--db", str(db)], check=True)
    merged = time.monotonic() - started
    print(f"\ninput {size_of(documents):.1f} MB, tables {size_of(out):.1f} MB, store {size_of(db):.1f} MB", end="; ")
    print(f"merge {merged:.1f} s, {count / merged:.0f} documents a second")


if __name__ == "__main__":
    main()
