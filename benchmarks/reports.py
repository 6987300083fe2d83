"""Makes the PDF reports that the benchmarks read: seeded, each different, five pages on average; people and places invented.

Four layouts take turns: a ruled event log between a head and an interpretation, a log without lines, a letter, and a form
with short log and studies. `write_reports` writes a mix, `write_log` one log of a wanted length.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

ROWS_A_PAGE = 34
SIDES, LEVELS = ("Right", "Left"), ("T10", "L2", "L3", "L4", "L5", "S1")
MUSCLES = ("abductor pollicis brevis", "tibialis anterior", "gastrocnemius", "vastus lateralis", "abductor hallucis", "deltoid")
FIRST, LAST = (
    ("Ann", "Ray", "Lee", "Mia", "Tom", "Eve", "Ian", "Kay"),
    ("Arden", "Stone", "Velt", "Marsh", "Quill", "Hobbs", "Nye"),
)
EVENTS: tuple[Callable[[random.Random], str], ...] = (
    lambda r: f"{r.choice(SIDES)} median N20 amplitude {r.uniform(1, 4):.1f} uV, latency {r.uniform(18, 22):.1f} ms, stable",
    lambda r: (
        f"{r.choice(SIDES)} tibial P37 reduced {r.randrange(10, 45)} percent, anesthesia notified, recovered after pressure rise"
    ),
    lambda r: f"TcMEP {r.randrange(200, 500, 10)} V: {r.choice(MUSCLES)} and {r.choice(MUSCLES)} present on both sides",
    lambda r: f"Free-running EMG quiet in {r.choice(MUSCLES)} and {r.choice(MUSCLES)}",
    lambda r: f"{r.choice(LEVELS)} {r.choice(SIDES).lower()} screw stimulated, threshold {r.uniform(6, 25):.1f} mA",
    lambda r: f"MAP {r.randrange(60, 95)} mmHg, temperature {r.uniform(35, 37):.1f} C",
    lambda r: "Surgeon informed of stable signals by the technologist; acknowledged",
    lambda r: (
        f"Train of four {r.randrange(1, 5)}/4; sevoflurane 0.{r.randrange(2, 7)} MAC, propofol {r.randrange(80, 160)} mcg/kg/min"
    ),
    lambda r: "Message from remote physician: signals reviewed, continue",
    lambda r: f"Retractor placed at {r.choice(LEVELS)}, no change of responses",
    lambda r: f"Burst of EMG in {r.choice(MUSCLES)}, {r.randrange(2, 9)} seconds, surgeon told",
    lambda r: f"Irrigation and bleeding control, EBL {r.randrange(50, 900, 25)} ml",
)
PROSE = (
    "Somatosensory evoked potentials of both median and both tibial nerves, transcranial motor evoked potentials of the upper and "
    "lower limbs and free-running EMG of {low} to {high} muscles on both sides were recorded. The surgeon asked so, as neural "
    "structures were at risk during decompression and instrumentation. ",
    "The physician watched in real time from a remote station and was in continuous contact with the operating room by a secure "
    "chat. No other case was watched at the same time. ",
    "Baselines were of good quality, with cortical responses of {a} and {b} microvolts. During distraction the left tibial response "
    "fell by {c} percent for {d} minutes; blood pressure was raised and it came back to baseline. ",
    "Potentials of the right side stayed stable throughout. Stimulation of {e} screws gave thresholds above {f} milliamperes. ",
    "At closing all responses were at least at {g} percent of baseline, and the surgeon was told so. ",
)


def clock(minute: int) -> str:
    """A time of day on a 24-hour clock."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def clock12(minute: int) -> str:
    """The same with am or pm."""
    hour = minute // 60 % 24
    return f"{hour % 12 or 12}:{minute % 60:02d} {'PM' if hour >= 12 else 'AM'}"


def _prose(r: random.Random, sentences: int) -> str:
    values = {key: r.randrange(2, 60) for key in "abcdefg"} | {"low": r.choice(LEVELS[:3]), "high": r.choice(LEVELS[3:])}
    return "".join(PROSE[n % len(PROSE)].format(**values) for n in range(sentences))


class _Case:
    """Who, where and when of one report."""

    def __init__(self, seed: int, entries: int) -> None:
        r = self.random = random.Random(seed)
        self.seed, self.start, self.step = seed, 7 * 60 + r.randrange(90), max(1, min(3, 600 // max(entries, 1)))
        self.entries = entries
        self.doctor, self.surgeon, self.tech = (f"{r.choice(FIRST)} {r.choice(LAST)}" for _ in range(3))
        self.day = f"{r.randrange(1, 13):02d}/{r.randrange(1, 29):02d}/2025"

    def head(self) -> list[list[str]]:
        """Labels and values of the front page."""
        return [
            ["Patient", f"Pat Sample {self.seed}", "MRN", f"{700000 + self.seed}"],
            ["Date of surgery", self.day, "DOB", "02/03/1961"],
            ["Facility", "Mercy Plains Hospital", "Place of service", "21 inpatient hospital"],
            ["Surgeon", f"{self.surgeon}, MD", "Technologist", f"{self.tech}, CNIM"],
            ["Supervising physician", f"{self.doctor}, MD", "Mode", "remote, one case at a time, live chat"],
            ["Procedure", "L4-S1 decompression and fusion", "Diagnosis", "lumbar stenosis M48.061"],
        ]

    def log(self, show: Callable[[int], str]) -> list[list[str]]:
        """The rows of the event log."""
        r, at = self.random, self.start
        rows = [[show(at), "Electrodes placed, impedances below 5 kOhm", "TT"], [show(at + 25), "Baselines obtained", "TT"]]
        rows.append([show(at + 30), "Monitoring started; physician connected", "TT"])
        at += 30
        for _ in range(self.entries):
            at += self.step
            rows.append([show(at), r.choice(EVENTS)(r), "TT"])
        rows.append([show(at + 2), "Monitoring ended; physician disconnected", "TT"])
        return [*rows, [show(at + 6), "Electrodes removed", "TT"]]

    def end(self) -> list[Flowable]:
        """Interpretation and signature."""
        said = [
            Paragraph("Interpretation", STYLES["Heading2"]),
            Paragraph(_prose(self.random, 9), STYLES["BodyText"]),
            Paragraph("Impression: stable potentials throughout; no lasting change from baseline.", STYLES["BodyText"]),
        ]
        return [*said, Paragraph(f"Electronically signed by {self.doctor}, MD on {self.day} at 19:12", STYLES["BodyText"])]


STYLES = getSampleStyleSheet()
RULED = TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("FONTSIZE", (0, 0), (-1, -1), 9)])
PLAIN = TableStyle([("FONTSIZE", (0, 0), (-1, -1), 9), ("VALIGN", (0, 0), (-1, -1), "TOP")])


def _title(words: str) -> Flowable:
    return Paragraph(words, STYLES["Title"])


def _ruled(case: _Case) -> list[Flowable]:
    log = [["Time", "Event", "By"], *case.log(clock)]
    story = [_title("Intraoperative neurophysiologic monitoring report"), Table(case.head(), style=RULED), Spacer(1, 12)]
    story += [Paragraph(_prose(case.random, 12), STYLES["BodyText"]), PageBreak(), Table(log, style=RULED, repeatRows=1)]
    return [*story, PageBreak(), *case.end()]


def _unruled(case: _Case) -> list[Flowable]:
    log = [["Time", "Event", "Tech"], *case.log(clock12)]
    story = [_title("Neuromonitoring case record"), Table(case.head(), style=PLAIN), Spacer(1, 12)]
    return [*story, Table(log, style=PLAIN, repeatRows=1), Spacer(1, 12), *case.end()]


def _letter(case: _Case) -> list[Flowable]:
    start, end = case.start + 30, case.start + 190
    told = (
        f"Dear Dr. {case.surgeon.split()[1]}, thank you for asking us to monitor Pat Sample {case.seed}, MRN {700000 + case.seed}, on {case.day} at "
        f"Mercy Plains Hospital. {case.doctor}, MD, monitored remotely from {clock(start)} to {clock(end)}, for this patient alone. "
        f"Electrodes were placed from {clock(case.start)} and baselines were complete at {clock(case.start + 25)}. "
    )
    story = [_title("Report of neurophysiologic monitoring"), Paragraph(told, STYLES["BodyText"])]
    for name in ("Indication", "Technique", "Baselines", "Course", "Somatosensory", "Motor", "Electromyography", "Anesthesia"):
        story += [Paragraph(name, STYLES["Heading3"]), Paragraph(_prose(case.random, 12), STYLES["BodyText"])]
    return [*story, *case.end()]


def _form(case: _Case) -> list[Flowable]:
    studies = [["Study", "Side", "Amplitude", "Latency"]]
    studies += [
        [f"{name} {n}", side, f"{case.random.uniform(0.5, 4):.2f} uV", f"{case.random.uniform(18, 45):.1f} ms"]
        for name in ("Median SSEP", "Tibial SSEP", "Ulnar SSEP")
        for side in ("Right", "Left")
        for n in range(1, 9)
    ]
    story = [_title("IONM worksheet"), Table(case.head(), style=RULED), Spacer(1, 12), Table(studies, style=RULED, repeatRows=1)]
    story += [PageBreak(), Paragraph("Event log", STYLES["Heading2"]), Table(case.log(clock), style=RULED, repeatRows=1)]
    return [*story, Paragraph(_prose(case.random, 14), STYLES["BodyText"]), *case.end()]


MIX: Sequence[tuple[Callable[[_Case], list[Flowable]], int]] = ((_ruled, 90), (_unruled, 150), (_letter, 40), (_form, 60))
"""The layouts with the number of entries of their logs; together five pages a report on average."""


def _write(path: Path, story: list[Flowable]) -> Path:
    SimpleDocTemplate(str(path), pagesize=letter, invariant=1).build(story)
    return path


def write_reports(folder: Path, count: int, first: int = 0) -> list[Path]:
    """`count` reports of mixed layout in `folder`; report number n is always the same."""
    out = []
    for seed in range(first, first + count):
        layout, entries = MIX[seed % len(MIX)]
        case = _Case(seed, entries + random.Random(seed).randrange(-20, 21))
        out.append(_write(folder / f"report-{seed:05d}.pdf", layout(case)))
    return out


def write_log(path: Path, pages: int, seed: int = 0) -> Path:
    """A report with an event log, of about `pages` pages in all."""
    return _write(path, _ruled(_Case(seed, max(4, (pages - 2) * ROWS_A_PAGE))))
