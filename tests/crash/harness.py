"""Kills a command at random moments, starts it again, and looks what the store holds; for whatever claims to survive that.

    python tests/crash/harness.py audit --kills 200 --seed 1     prints the table of a long run

A `Subject` says how the command is started, what it has promised so far (printed as stored) and when it is finished.
`torture` does the killing. The moments are drawn from a seed: some by the clock from the start, some after a number of
further documents, and the victim is the program, one of its workers, or everything at once, as in a power cut.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path

from launcher import Launcher, Running

PAYERS = ("medicare", "commercial")
VICTIMS = ("program", "program", "all", "worker")
LATEST = 1.5
"""Seconds after the start up to which a kill by the clock may fall; by then the batch is in full swing."""
PATIENCE = 120.0
"""Seconds after which a command that neither ends nor gets further has failed."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a store holds: complete documents by name, and what must not be there."""

    names: frozenset[str]
    doubles: int
    halves: int
    sound: bool


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: when, whom, what had been promised before, what was found after."""

    seconds: float
    victim: str
    promised: int
    found: int
    lost: int
    doubles: int
    halves: int
    sound: bool


@dataclass(slots=True)
class Report:
    """All kills of a run, and how often the whole batch was brought to its end."""

    kills: list[Kill] = field(default_factory=list)
    rounds: int = 0

    def table(self) -> str:
        """The sums by victim, as Markdown."""
        rows = [
            "| killed | kills | promised before | found after | lost | doubles | halves | unsound |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for victim in (*dict.fromkeys(VICTIMS), "any"):
            hit = [kill for kill in self.kills if victim in (kill.victim, "any")]
            sums = [sum(getattr(kill, name) for kill in hit) for name in ("promised", "found", "lost", "doubles", "halves")]
            unsound = sum(not kill.sound for kill in hit)
            rows.append("| " + " | ".join(map(str, (victim, len(hit), *sums, unsound))) + " |")
        return "\n".join([*rows, f"The batch was brought to its end {self.rounds} times."])

    def faults(self) -> list[Kill]:
        """The kills after which something was wrong."""
        return [kill for kill in self.kills if kill.lost or kill.doubles or kill.halves or not kill.sound]


class Subject(ABC):
    """A command to be killed, in a folder of its own. Its output goes to `out`, anew with each start."""

    def __init__(self, folder: Path, documents: int, launcher: Launcher) -> None:
        self.folder, self.documents, self.launcher = folder, documents, launcher
        self.db, self.out = folder / "store.db", folder / "out.txt"

    @abstractmethod
    def reset(self) -> None:
        """Puts everything back to the beginning."""

    @abstractmethod
    def arguments(self) -> list[str]:
        """The command line after the program's name."""

    @abstractmethod
    def promised(self) -> set[str]:
        """The documents that the command has said are stored, since its last start."""

    def check_files(self) -> None:  # noqa: B027 -- most kinds of work keep no files
        """Asserts what must hold of the files whenever nothing runs; of files that stay where they are, nothing."""

    @abstractmethod
    def check_end(self) -> None:
        """Asserts what must hold when the command has come to its end."""

    def start(self) -> Running:
        """Starts the command."""
        self.out.write_bytes(b"")
        return self.launcher.start(self.arguments(), self.folder, self.out, self.folder / "err.txt")

    def whole_lines(self) -> list[str]:
        """The lines that the command has printed whole."""
        return self.out.read_text().rpartition("\n")[0].splitlines()


class Audit(Subject):
    """`audit --resume` over a folder of reports, one of them damaged."""

    def __init__(self, folder: Path, documents: int, launcher: Launcher) -> None:
        super().__init__(folder, documents, launcher)
        make_reports(folder / "reports", documents)
        self.expected = ""

    def reset(self) -> None:
        remove_store(self.db)

    def arguments(self) -> list[str]:
        payers = [word for payer in PAYERS for word in ("--payer", payer)]
        return ["audit", "reports", "--resume", "--jsonl", "--workers", "2", "--db", str(self.db), *payers]

    def promised(self) -> set[str]:
        lines = map(json.loads, self.whole_lines())
        return {line["document"]["name"] for line in lines if "error" not in line and line["payer"] == PAYERS[-1]}

    def check_end(self) -> None:
        assert len(look(self.db).names) == self.documents, (self.folder / "err.txt").read_text()[-2_000:]
        printed = self.out.read_text()
        self.expected = self.expected or printed
        assert printed == self.expected, "whatever was killed before, the last run prints the same bytes"


class Watch(Subject):
    """`watch --once` over an inbox of reports, one of them damaged."""

    def reset(self) -> None:
        remove_store(self.db)
        shutil.rmtree(self.folder / "inbox", ignore_errors=True)
        make_reports(self.folder / "inbox", self.documents)

    def arguments(self) -> list[str]:
        payers = [word for payer in PAYERS for word in ("--payer", payer)]
        return ["watch", "inbox", "--once", "--settle", "0.05", "--workers", "2", "--db", str(self.db), *payers]

    def promised(self) -> set[str]:
        said = {line.split(":")[0] for line in self.whole_lines()} - {"damaged.pdf"}
        moved = {path.name for path in (self.folder / "inbox" / "done").glob("*.txt")}
        return said | moved

    def check_files(self) -> None:
        """No file is lost or in two places. Asked only when nothing runs: a file that is being moved can be seen twice."""
        files = [path for path in (self.folder / "inbox").rglob("*") if path.suffix in (".txt", ".pdf")]
        places = [path.name for path in files if not path.name.endswith(".reason.txt")]
        assert len(places) == len(set(places)) == self.documents + 1, "every file lies in one place"

    def check_end(self) -> None:
        assert len(look(self.db).names) == self.documents, (self.folder / "err.txt").read_text()[-2_000:]
        box = self.folder / "inbox"
        assert len(list((box / "done").iterdir())) == self.documents
        assert sorted(path.name for path in (box / "failed").iterdir()) == ["damaged.pdf", "damaged.pdf.reason.txt"]


def torture(subject: Subject, kills: int, seed: int) -> Report:
    """Starts the subject and kills it, again and again, until it was killed so often and has come to its end after that.

    The end is checked each time; what was found after each kill is reported, not judged.
    """
    chance, report = random.Random(seed), Report()
    subject.reset()
    while True:
        process = subject.start()
        begun = time.monotonic()
        victim = chance.choice(VICTIMS)
        if len(report.kills) < kills and _wait_for_moment(process, subject, chance):
            promised = _strike(process, victim, subject, chance)
            report.kills.append(_looked(subject, victim, time.monotonic() - begun, promised))
            if victim != "worker":
                continue
        # Nobody is killed any more: it has to end by itself, with the one error of the damaged file.
        assert process.wait(PATIENCE) in (0, 1), (subject.folder / "err.txt").read_text()[-2_000:]
        subject.check_end()
        report.rounds += 1
        if len(report.kills) >= kills:
            return report
        subject.reset()


def look(db: Path) -> Stored:
    """What a store holds; one that was not made yet holds nothing."""
    if not db.exists():
        return Stored(frozenset(), 0, 0, True)
    with sqlite3.connect(db) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        sound = sound and not connection.execute("PRAGMA foreign_key_check").fetchall()
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'documents'").fetchone():
            return Stored(frozenset(), 0, 0, sound)
        rows = connection.execute(
            """SELECT d.name, d.pages, (SELECT count(*) FROM pages p WHERE p.document_id = d.id),
                (SELECT count(*) FROM readings r WHERE r.document_id = d.id),
                (SELECT count(*) FROM audits a WHERE a.document_id = d.id),
                (SELECT count(DISTINCT payer) FROM audits a WHERE a.document_id = d.id) FROM documents d"""
        ).fetchall()
    names = [name for name, *_ in rows]
    doubles = len(names) - len(set(names)) + sum(readings > 1 or audits > payers for *_, readings, audits, payers in rows)
    halves = sum(pages != kept or not readings or payers != len(PAYERS) for _, pages, kept, readings, _, payers in rows)
    return Stored(frozenset(names), doubles, halves, sound)


def remove_store(db: Path) -> None:
    """Removes a store with its side files."""
    for ending in ("", "-wal", "-shm"):
        db.with_name(db.name + ending).unlink(missing_ok=True)


def make_reports(folder: Path, count: int) -> None:
    """Synthetic reports, all different, and one file that is damaged."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        start, end = 7 * 60 + n % 50, 11 * 60 + n // 2
        (folder / f"report-{n:03d}.txt").write_text(
            f"Intraoperative Neurophysiological Monitoring Report\nPatient: Case {n}\nDate of service: 03/{1 + n % 28:02d}/2025\n"
            "Procedure: lumbar fusion L4-L5\nModalities: upper and lower SSEP, EMG of both legs\n"
            f"{start // 60:02d}{start % 60:02d} baselines obtained\n"
            f"Remote monitoring by A. Example, MD from {start // 60:02d}{start % 60:02d} to {end // 60:02d}{end % 60:02d}, "
            "one case at a time\nElectronically signed by A. Example, MD\n"
        )
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7\ncut short")


def descendants(pid: int) -> set[int]:
    """The processes that a process started, and those that they started."""
    children: dict[int, set[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(parent, set()).add(int(stat.parent.name))
    found: set[int] = set()
    new = children.get(pid, set())
    while new:
        found |= new
        new = {child for each in new for child in children.get(each, ())} - found
    return found


def _wait_for_moment(process: Running, subject: Subject, chance: random.Random) -> bool:
    """Waits for the moment to kill; False if the command ended before."""
    seconds = chance.uniform(0, LATEST)
    further = chance.randrange(subject.documents) if chance.random() < 0.7 else None
    before = len(look(subject.db).names)
    end = time.monotonic() + (PATIENCE if further is not None else seconds)
    while time.monotonic() < end and process.poll() is None:
        if further is not None and _stored_count(subject.db) - before >= further:
            time.sleep(chance.uniform(0, 0.03))
            break
        time.sleep(0.01)
    return process.poll() is None


def _stored_count(db: Path) -> int:
    """How many documents are stored, asked in a way that disturbs the writer as little as can be."""
    try:
        with sqlite3.connect(f"file:{db}?mode=ro", uri=True, timeout=0) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0


def _strike(process: Running, victim: str, subject: Subject, chance: random.Random) -> set[str]:
    """Kills; returns what was promised by then."""
    family = descendants(process.pid)
    if victim == "worker":
        if family:
            # The nursery too, now and then: its workers die with it.
            _kill(chance.choice(sorted(family)))
        return subject.promised()
    if victim == "all":
        for pid in family:
            _kill(pid)
    process.kill()
    process.wait(PATIENCE)
    promised = subject.promised()
    end = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in family):
        assert time.monotonic() < end, "a process outlived its program"
        time.sleep(0.01)
    subject.check_files()
    return promised


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it ended by itself


def _looked(subject: Subject, victim: str, seconds: float, promised: set[str]) -> Kill:
    stored = look(subject.db)
    lost = len(promised - stored.names)
    return Kill(seconds, victim, len(promised), len(stored.names), lost, stored.doubles, stored.halves, stored.sound)


def main() -> None:
    """Tortures a command and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("subject", choices=("audit", "watch"))
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kind = Audit if asked.subject == "audit" else Watch
        with Launcher(Path(folder) / "launcher") as launcher:
            report = torture(kind(Path(folder), asked.documents, launcher), asked.kills, asked.seed)
    print(report.table())
    sys.exit(bool(report.faults()))


if __name__ == "__main__":
    main()
