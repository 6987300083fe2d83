"""Prints what reading, judging and keeping costs beside other tools, all sides in this run, on the same files, on one core.

    make bench                                                # everything but medspaCy; some minutes
    python3.11 -m venv /tmp/medspacy && /tmp/medspacy/bin/pip install medspacy pdfplumber
    make bench MEDSPACY_PYTHON=/tmp/medspacy/bin/python       # it wants an older spaCy, so it has an environment of its own
    python benchmarks/performance.py --only cost --reports 200 --rounds 5

Each side is a whole process, start to end, held to one core; sides take turns, so that other work on the machine falls on all of
them. Figures are medians with the smallest and largest of the rounds. Processor time is what to compare where the machine is busy.
The reports come from `reports.py`, every file different. `--only` takes: cost, cores, memory, start, length, batch.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports import write_log, write_reports

ROOT = Path(__file__).resolve().parent.parent

FLOOR = """
import sys, pypdfium2
def text(path):
    pdf = pypdfium2.PdfDocument(path)
    return "\\n".join(page.get_textpage().get_text_range() for page in pdf)
"""
TOKENS = FLOOR + "import spacy\nnlp = spacy.blank('en')\nfor path in sys.argv[1:]: nlp.tokenizer(text(path))\n"
PLUMBER = """
import sys, pdfplumber
def text(path):
    with pdfplumber.open(path) as pdf:
        return "\\n".join(page.extract_text() or "" for page in pdf.pages)
"""
MEDSPACY = PLUMBER + (
    "import medspacy\nfrom loguru import logger\nlogger.remove()\nnlp = medspacy.load()\n"
    "for path in sys.argv[1:]: nlp(text(path))\n"
)
DOCLING = """
import sys
from docling.document_converter import DocumentConverter
convert = DocumentConverter().convert
for path in sys.argv[1:]: convert(path).document.export_to_text()
"""
LOOP = "for path in sys.argv[1:]: text(path)\n"
ALONE = """
import sys, time
from pathlib import Path
from ionm_notes.cli.batch import Job, _warm, audit_file
_warm(True)
job = Job(("medicare", "commercial"))
audit_file(Path(sys.argv[1]), job)
for path in sys.argv[1:]:
    began = time.process_time()
    audit_file(Path(path), job)
    print(time.process_time() - began)
"""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one run: on the wall and of the processor (with those of its children)."""

    wall: float
    processor: float


def run(arguments: Sequence[str], cores: int = 1) -> Took:
    """One process, start to end, on the first cores of the machine. A run that fails ends the benchmark."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    done = subprocess.run(
        arguments,
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=lambda: os.sched_setaffinity(0, allowed),
        env=_environment(),
    )
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{list(arguments)[:3]} failed with {done.returncode}:\n{done.stderr[-2000:]}")
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _environment() -> dict[str, str]:
    """The environment of a run: modules are compiled once and kept, as they are where a package is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT), "LOGURU_LEVEL": "ERROR"}


def audit(files: Sequence[Path], folder: Path, workers: int = 1) -> list[str]:
    """Our own side: read, judged for two payers, stored, printed as JSON lines."""
    database = folder / f"{time.monotonic_ns()}.db"
    command = [
        sys.executable,
        "-m",
        "ionm_notes.cli.main",
        "audit",
        *map(str, files),
        "--payer",
        "medicare",
        "--payer",
        "commercial",
    ]
    return [*command, "--jsonl", "--db", str(database), "--workers", str(workers)]


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median with the smallest and largest: '12.1 (11.9-12.6)'."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table in Markdown."""
    print("|".join(["", *head, ""]))
    print("|".join(["", *("---" for _ in head), ""]))
    for row in rows:
        print("|".join(["", *row, ""]))
    print(flush=True)


def cost(files: Sequence[Path], folder: Path, options: argparse.Namespace) -> None:
    """Time a report beside the other tools, all on one core."""
    names = [str(path) for path in files]
    sides: dict[str, Callable[[], list[str]]] = {
        "pypdfium2 text": lambda: [sys.executable, "-c", FLOOR + LOOP, *names],
        "pypdfium2 text + spaCy tokens": lambda: [sys.executable, "-c", TOKENS, *names],
        "pdfplumber text": lambda: [sys.executable, "-c", PLUMBER + LOOP, *names],
        "**ionm-notes, two payers, stored**": lambda: audit(files, folder),
    }
    if options.medspacy_python:
        sides["pdfplumber text + medspaCy"] = lambda: [options.medspacy_python, "-c", MEDSPACY, *names]
    if options.docling_python:
        sides["docling text"] = lambda: [options.docling_python, "-c", DOCLING, *names]
    took: dict[str, list[Took]] = {name: [] for name in sides}
    for _ in range(options.rounds):
        for name, command in sides.items():
            took[name].append(run(command()))
    ours = [one.processor for one in took["**ionm-notes, two payers, stored**"]]
    rows = []
    for name, runs in took.items():
        ratios = [mine / other.processor for mine, other in zip(ours, runs, strict=True)]
        per = [
            [1000 * seconds / len(files) for seconds in kind] for kind in zip(*((r.processor, r.wall) for r in runs), strict=True)
        ]
        rows.append([name, spread(per[0]), spread(per[1]), spread(ratios, 2)])
    print(f"{len(files)} reports of mixed layout, five pages on average, {options.rounds} rounds in turn, one core:\n")
    table(["", "processor ms a report", "wall ms a report", "ionm-notes takes so many times as long (processor)"], rows)


def both(commands: Sequence[Sequence[str]]) -> float:
    """Wall seconds of processes that run side by side."""
    began = time.perf_counter()
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT) for command in commands]
    for process in running:
        if process.wait():
            sys.exit(f"{list(commands[0])[:3]} failed")
    return time.perf_counter() - began


def cores(files: Sequence[Path], folder: Path, options: argparse.Namespace) -> None:
    """What a second core brings, to us and to plain text extraction; on a busy machine it says little."""
    names = [str(path) for path in files] * 3
    halves = [names[::2], names[1::2]]
    floor, ours = [], []
    for _ in range(options.rounds):
        single = both([[sys.executable, "-c", FLOOR + LOOP, *names]])
        floor.append(single / both([[sys.executable, "-c", FLOOR + LOOP, *half] for half in halves]))
        ours.append(run(audit(files, folder, 1), 2).wall / run(audit(files, folder, 2), 2).wall)
    share = [mine / other for mine, other in zip(ours, floor, strict=True)]
    table(
        ["two cores over one", "gain"],
        [["pypdfium2 text", spread(floor, 2)], ["ionm-notes", spread(ours, 2)], ["share of pypdfium2's gain", spread(share, 2)]],
    )


def descendants(pid: int) -> Iterator[int]:
    """The processes below one, as Linux lists them."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from descendants(child)


def resident(pid: int) -> float:
    """Resident MiB of a process, 0 for one that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def memory(folder: Path, options: argparse.Namespace) -> None:
    """Resident memory of the largest process over a long batch, in its first and its last quarter."""
    reports = folder / "long"
    reports.mkdir()
    originals = write_reports(reports, options.long)
    sizes: list[float] = []
    process = subprocess.Popen(audit([reports], folder, 1), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.25):
            sizes.append(max(map(resident, (process.pid, *descendants(process.pid))), default=0.0))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    done.set()
    watcher.join()
    quarter = max(1, len(sizes) // 4)
    rows = [[f"{len(originals):,}", f"{max(sizes[:quarter]):.0f}", f"{max(sizes[-quarter:]):.0f}", f"{max(sizes):.0f}"]]
    table(["documents in a row", "first quarter, MiB", "last quarter, MiB", "most, MiB"], rows)


def start(options: argparse.Namespace) -> None:
    """From nothing to the help page, and to the audit of one small document."""
    note = ROOT / "fixtures" / "documents" / "b13-pell-quick-note.txt"
    program = [sys.executable, "-m", "ionm_notes.cli.main"]
    rows = []
    for name, command in (("`--help`", [*program, "--help"]), ("one small text", [*program, "audit", str(note), "--no-store"])):
        runs = [run(command) for _ in range(max(5, options.rounds))]
        rows.append([name, spread([r.processor for r in runs], 2), spread([r.wall for r in runs], 2)])
    table(["from a cold start", "processor s", "wall s"], rows)


def length(folder: Path, options: argparse.Namespace) -> None:
    """Time against the pages of one log, in a warm process."""
    pages = (3, 10, 30, 100, 300)
    files = [str(write_log(folder / f"log-{count}.pdf", count, count)) for count in pages]
    rounds = []
    for _ in range(options.rounds):
        told = subprocess.run([sys.executable, "-c", ALONE, *files], capture_output=True, text=True, cwd=ROOT, check=True)
        rounds.append([float(line) for line in told.stdout.split()])
    times = [statistics.median(some) for some in zip(*rounds, strict=True)]
    table(
        ["pages of a log", *map(str, pages)],
        [
            ["processor s", *(f"{seconds:.2f}" for seconds in times)],
            ["ms a page", *(f"{1000 * s / p:.1f}" for s, p in zip(times, pages, strict=True))],
        ],
    )
    print(f"300 pages take {times[-1] / times[2]:.1f} times as long as 30.\n")


def batch(folder: Path, options: argparse.Namespace) -> None:
    """Time against the number of documents."""
    rows = []
    for count in [size for size in (1, 10, 100, 1000, 20_000) if size <= options.most]:
        few = folder / f"batch-{count}"
        few.mkdir()
        write_reports(few, count)
        took = run(audit([few], folder))
        rows.append([f"{count:,}", f"{took.processor:.1f}", f"{1000 * took.processor / count:.0f}"])
    table(["documents", "processor s", "processor ms a document, start-up included"], rows)


def machine() -> str:
    """The machine in a sentence."""
    info = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = next(
        (line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")), platform.machine()
    )
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, load when begun {load:.1f}.\n"


def main() -> None:
    """Prints the tables that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=["cost", "cores", "memory", "start", "length", "batch"])
    parser.add_argument("--medspacy-python", metavar="PYTHON", help="a Python that has medspacy and pdfplumber")
    parser.add_argument("--docling-python", metavar="PYTHON", help="a Python that has docling")
    parser.add_argument("--reports", type=int, default=40, help="reports for the comparison")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", type=int, default=400, help="documents in a row for the memory")
    parser.add_argument("--most", type=int, default=100, help="the largest batch")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "reports").mkdir()
        files = write_reports(folder / "reports", options.reports)
        parts: dict[str, Callable[[], None]] = {
            "cost": lambda: cost(files, folder, options),
            "cores": lambda: cores(files, folder, options),
            "memory": lambda: memory(folder, options),
            "start": lambda: start(options),
            "length": lambda: length(folder, options),
            "batch": lambda: batch(folder, options),
        }
        for part in options.only:
            parts[part]()


if __name__ == "__main__":
    main()
