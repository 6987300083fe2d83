#!/usr/bin/env python3
"""What the reader makes of single passages on attendance, and of single logs, in the words of many writers: the quickest look at variety.

    python benchmarks/passages.py                # every bank of fixtures/passages: how many are read as labelled, how many wrongly supported
    python benchmarks/passages.py at1 lg1 --show # the passages of these banks that are read otherwise

A line of `fixtures/passages/NAME.jsonl` is a passage with Medicare's minutes and the status of its time code (`alt`: further answers that
a careful auditor could give; `why`). Each is put into a complete record of which only it changes, in three layouts: under a caption, under
another, and under none. In the banks of logs (with `segments`) the record says that all of the monitoring was watched.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
BANKS = ROOT / "fixtures" / "passages"
TIME_CODES = frozenset({"95940", "G0453", "95941"})
LAYOUTS = (0, 1, 2)
LOG = """07:20  Set-up: electrodes placed, impedances checked
07:45  Baseline recordings begin
08:00  Baselines complete; monitoring begins
08:31  Exposure
09:12  Dr. Quill informed the surgeon that MEPs were unchanged; acknowledged
09:40  Rods placed, responses stable
10:00  Monitoring ends
10:05  Electrodes removed"""
WATCHED = (
    "I watched this case remotely in real time from the beginning to the end of monitoring, exclusively this patient, "
    "in contact with the room by chat."
)
HEAD = """Patient: Thomas Rinaldi   MRN: 4471902   DOB: 1961-05-02
Date of service: 2026-03-12   Place of service: 21 (inpatient hospital)
Facility: Harrow Valley Hospital
Payer: Medicare
Surgeon: Leo Brandt, MD
Technologist: Dev Okafor, CNIM (in the operating room)
Interpreting physician: Marta Quill, MD
Communication: two-way secure chat with the operating room, open throughout"""
PROCEDURE = (
    "Procedure: L4-L5 posterior lumbar interbody fusion. Diagnosis: spondylolisthesis L4-L5 with stenosis (M43.16). "
    "Monitoring was ordered by Dr. Brandt in writing because the lumbar roots were at risk."
)
STUDIES = (
    "Modalities: SSEP of the upper and lower limbs, left and right (median and posterior tibial nerves); transcranial MEP of the upper "
    "and lower limbs, left and right; free-running EMG of the lower limbs, left and right (L3-S1 muscles)."
)
READ = (
    "Interpretation: baselines were reproducible. SSEP, MEP and EMG remained within limits throughout; there was no significant change. "
    "No evidence of new neurological injury."
)
SIGNED = "Electronically signed by Marta Quill, MD, 03/12/2026 11:40"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a bank, with its label as it stands in the file."""

    bank: str
    label: dict[str, Any]

    @property
    def is_log(self) -> bool:
        """Whether it stands in the log's place, and not in that of the statement of attendance."""
        return "segments" in self.label

    def answers(self) -> Iterator[tuple[dict[str, int] | int | None, str]]:
        """Minutes and status, of each answer that can be given."""
        for answer in (self.label, *self.label.get("alt", ())):
            yield answer["minutes"], answer["status"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read in one layout: minutes that are not 0 (None: not to be computed), and the status of the time code."""

    layout: int
    minutes: dict[str, int | None]
    status: str
    right: bool

    @property
    def wrongly_supported(self) -> bool:
        """Whether a time code is supported that should not be, or by other minutes."""
        return self.status == "supported" and not self.right


def passages(bank: str) -> list[Passage]:
    """The passages of a bank."""
    return [Passage(bank, json.loads(line)) for line in (BANKS / f"{bank}.jsonl").read_text().splitlines()]


def record(passage: Passage, layout: int) -> str:
    """The complete record around a passage."""
    text = passage.label["text"]
    stated, log = (WATCHED, text) if passage.is_log else (text, LOG)
    if layout == 0:
        first, second = f"EVENT LOG\n{log}", f"PROFESSIONAL COMPONENT\n{stated}"
        return "\n".join(
            [
                "INTRAOPERATIVE NEUROMONITORING REPORT",
                HEAD,
                "",
                PROCEDURE,
                "",
                STUDIES,
                "",
                first,
                "",
                second,
                "",
                "INTERPRETATION",
                READ,
                "",
                SIGNED,
                "",
            ]
        )
    if layout == 1:
        return "\n".join(
            [
                "Harrow Valley Hospital - Neurophysiology",
                HEAD,
                "",
                "INDICATION",
                PROCEDURE,
                "",
                "SUPERVISION",
                stated,
                "",
                "TECHNIQUE",
                STUDIES,
                "",
                "TIMELINE",
                log,
                "",
                "IMPRESSION",
                READ,
                "",
                SIGNED,
                "",
            ]
        )
    return "\n".join(["IONM note", HEAD, "", PROCEDURE, STUDIES, "", stated, "", "Case record:", log, "", READ, "", SIGNED, ""])


def answered(passage: Passage, layout: int) -> Answer:
    """What the reader says of a passage in a layout."""
    from ionm_notes.audit import audit_payers
    from ionm_notes.contract import to_contract
    from ionm_notes.ingest import read_bytes

    document = read_bytes("passage.txt", record(passage, layout).encode())
    line: dict[str, Any] = to_contract(audit_payers(document, ("medicare",))[0], document)
    minutes: dict[str, int | None] = line["minutes"]
    states = {code["status"] for code in line["codes"] if code["code"] in TIME_CODES}
    status = "query" if "query" in states else "supported" if states else "none"
    right = any(status == asked and _same(minutes, wanted) for wanted, asked in passage.answers())
    return Answer(layout, {name: amount for name, amount in minutes.items() if amount != 0}, status, right)


def _same(minutes: dict[str, int | None], wanted: dict[str, int] | int | None) -> bool:
    if isinstance(wanted, dict):
        return all((amount or 0) == (wanted.get(name) or 0) for name, amount in minutes.items())
    return minutes["remote_exclusive"] == wanted


def _answers(passage: Passage) -> list[Answer]:
    return [answered(passage, layout) for layout in LAYOUTS]


def main() -> None:
    """Reads, counts, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("banks", nargs="*", default=sorted(path.stem for path in BANKS.glob("*.jsonl")), metavar="BANK")
    parser.add_argument("--show", action="store_true", help="print the passages that are read otherwise than labelled")
    options = parser.parse_args()
    print(f"{'bank':6}{'records':>9}{'as labelled':>13}{'in all layouts':>16}{'wrongly supported':>19}")
    with ProcessPoolExecutor() as pool:
        for bank in options.banks:
            asked = passages(bank)
            read = list(pool.map(_answers, asked, chunksize=8))
            if options.show:
                _show(asked, read)
            every = [answer for answers in read for answer in answers]
            right, whole = sum(answer.right for answer in every), sum(all(a.right for a in answers) for answers in read)
            wrong = sum(answer.wrongly_supported for answer in every)
            print(f"{bank:6}{len(every):9}{right / len(every):13.1%}{whole / len(read):16.1%}{wrong:19}")


def _show(asked: list[Passage], read: list[list[Answer]]) -> None:
    for passage, answers in zip(asked, read, strict=True):
        if all(answer.right for answer in answers):
            continue
        print(f"#{passage.label['id']} {list(passage.answers())} {passage.label.get('why', '')}\n   {passage.label['text']!r}")
        for answer in answers:
            if not answer.right:
                print(
                    f"   layout {answer.layout}: {answer.minutes} {answer.status}{'  WRONG' if answer.wrongly_supported else ''}"
                )


if __name__ == "__main__":
    main()
