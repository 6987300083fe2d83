"""Times `ionm-notes audit` on 30 five-page reports against pdfplumber's text plus medspaCy's default pipeline.

Run by hand; medspaCy needs a spaCy older than ours, so it lives in an environment of its own:

    python3.11 -m venv /tmp/medspacy && /tmp/medspacy/bin/pip install medspacy pdfplumber
    make bench MEDSPACY_PYTHON=/tmp/medspacy/bin/python

Both sides are whole processes, start to end, on the same files, each the best of several rounds. Ours reads, judges for
two payers and stores; theirs extracts the text and runs `medspacy.load()` over it, nothing more. Without
`--medspacy-python` only our side is timed.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

REPORTS, PAGES, ROUNDS = 30, 5, 3
THEIRS = """
import sys
import medspacy, pdfplumber
nlp = medspacy.load()
for path in sys.argv[1:]:
    with pdfplumber.open(path) as pdf:
        text = "\\n".join(page.extract_text() or "" for page in pdf.pages)
    nlp(text)
"""
EVENTS = (
    "Right median N20 amplitude 2.1 uV, latency 19.8 ms, stable",
    "Left tibial P37 reduced 20 percent, anesthesia notified, recovered after pressure rise",
    "TcMEP 350 V: abductor pollicis brevis and tibialis anterior present on both sides",
    "Free-running EMG quiet in tibialis anterior and gastrocnemius",
    "Surgeon informed of stable signals by the technologist; acknowledged",
    "Train of four 4/4; sevoflurane 0.4 MAC, propofol 120 mcg/kg/min",
    "Message from remote physician: signals reviewed, continue",
)


def make_report(path: Path, seed: int) -> None:
    """A synthetic report of five full pages: a head, a narrative, a ruled event log over three pages, an interpretation."""
    chance, styles = random.Random(seed), getSampleStyleSheet()
    start = 7 * 60 + 30 + chance.randrange(60)

    def clock(minute: int) -> str:
        return f"{(start + minute) // 60:02d}:{(start + minute) % 60:02d}"

    head = [
        ["Patient", f"Pat Sample {seed}", "MRN", f"{700000 + seed}"],
        ["Date of surgery", "03/14/2025", "DOB", "02/03/1961"],
        ["Facility", "Mercy Plains Hospital", "Place of service", "21 inpatient hospital"],
        ["Surgeon", "Sam Stone, MD", "Technologist", "Tim Tech, CNIM"],
        ["Supervising physician", "Ann Arden, MD", "Mode", "remote, one case at a time, live chat"],
        ["Procedure", "L4-S1 decompression and fusion", "Diagnosis", "lumbar stenosis M48.061"],
    ]
    prose = (
        "Somatosensory evoked potentials of both median and both tibial nerves, transcranial motor evoked potentials of the "
        "upper and lower limbs and free-running EMG of L3 to S1 muscles on both sides were recorded. The surgeon asked so, as "
        "neural structures were at risk during decompression and instrumentation. The physician watched in real time from a "
        "remote station and was in continuous contact with the operating room by a secure chat. "
    )
    log = [["Time", "Event", "By"]]
    log += [[clock(0), "Electrodes placed, impedances below 5 kOhm", "TT"], [clock(25), "Baselines obtained", "TT"]]
    log += [[clock(30), "Monitoring started; physician connected", "TT"]]
    log += [[clock(30 + 2 * n), chance.choice(EVENTS), "TT"] for n in range(1, 96)]
    log += [[clock(224), "Monitoring ended; physician disconnected", "TT"], [clock(228), "Electrodes removed", "TT"]]
    body = styles["BodyText"]
    ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("FONTSIZE", (0, 0), (-1, -1), 9)])
    story = [
        Paragraph("Intraoperative neurophysiologic monitoring report", styles["Title"]),
        Table(head, style=ruled),
        Spacer(1, 12),
    ]
    story += [Paragraph(prose * 4, body), PageBreak(), Table(log, style=ruled, repeatRows=1), PageBreak()]
    story += [Paragraph("Interpretation", styles["Heading2"]), Paragraph(prose * 6, body)]
    story += [Paragraph("Impression: stable potentials throughout; no lasting change from baseline.", body)]
    story += [Paragraph("Electronically signed by Ann Arden, MD on 03/15/2025 at 09:12", body)]
    SimpleDocTemplate(str(path), pagesize=letter).build(story)


def best(command: Callable[[], list[str]], rounds: int) -> float:
    """Seconds of the fastest of several runs of a process; a run that fails ends the benchmark."""
    seconds = []
    for _ in range(rounds):
        arguments = command()
        began = time.perf_counter()
        done = subprocess.run(arguments, capture_output=True, text=True)
        seconds.append(time.perf_counter() - began)
        if done.returncode:
            sys.exit(f"{arguments[:3]} failed with {done.returncode}:\n{done.stderr[-2000:]}")
    return min(seconds)


def main() -> None:
    """Makes the reports, times both sides and prints the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--medspacy-python", metavar="PYTHON", help="a Python that has medspacy and pdfplumber")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--reports", type=int, default=REPORTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"report-{n:02d}.pdf" for n in range(options.reports)]
        for n, path in enumerate(files):
            make_report(path, n)
        names = [str(path) for path in files]

        def ours() -> list[str]:
            database = folder / f"{time.monotonic_ns()}.db"
            audit = ["audit", *names, "--payer", "medicare", "--payer", "commercial", "--jsonl", "--db", str(database)]
            return [sys.executable, "-m", "ionm_notes.cli.main", *audit]

        mine = best(ours, options.rounds)
        print(f"ionm-notes, audited for two payers and stored  {mine:7.2f} s  ({mine / len(files):.3f} s a report)")
        if not options.medspacy_python:
            print("give --medspacy-python to time the other side")
            return
        theirs = best(lambda: [options.medspacy_python, "-c", THEIRS, *names], options.rounds)
        print(f"pdfplumber text + medspaCy default pipeline    {theirs:7.2f} s  ({theirs / len(files):.3f} s a report)")
        print(f"ratio                                          {mine / theirs:7.3f}")


if __name__ == "__main__":
    main()
