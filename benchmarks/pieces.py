#!/usr/bin/env python3
"""What the program makes of single labelled pieces of a record: elements and studies, in the words of made-up offices.

    python benchmarks/pieces.py                          # fixtures/wordings: recall by element, studies exact
    python benchmarks/pieces.py --show baseline_findings # the pieces of an element that are missed or invented
    python benchmarks/pieces.py --show study

`fixtures/wordings/elements/*.toml`: element id to pieces of text that alone make it present, `not_` and the id to near-misses.
`fixtures/wordings/studies/*.toml`: tables of a text and the contract's modalities in it. Each piece is read in a report that
holds everything but what it says, by patterns and models together as a user's document is.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import re
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
LINES = {
    "date_of_service": "Date of service: 03/12/2026",
    "patient_identity": "Patient: Vera Moss   MRN: 1234567   DOB: 01/02/1960",
    "procedure": "Procedure: C5-C6 anterior cervical discectomy and fusion",
    "surgeon": "Surgeon: Mark Hathaway, MD",
    "professional": "Interpreting neurophysiologist: Anna Ashworth, MD",
    "technologist": "Technologist: Jonas Jamison, CNIM",
    "setup_time": "Setup: 07:10 - 07:40",
    "baseline_time": "Baselines: 07:40 - 08:00",
    "monitoring": "Monitoring: 08:00 - 10:00",
}
STUDIES = "SSEP and MEP were recorded from upper and lower limbs."
NEEDS = {"mixed_patients": "patient_identity", "monitoring_start": "monitoring", "monitoring_stop": "monitoring"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text with what it says: an element that is present or not, or rows of studies."""

    office: str
    about: str
    present: bool
    text: str
    studies: tuple[tuple[str, str, str], ...] = ()


def pieces(folder: pathlib.Path) -> list[Piece]:
    """Every piece of every office."""
    found: list[Piece] = []
    for path in sorted(folder.glob("elements/*.toml")):
        for key, texts in tomllib.loads(path.read_text()).items():
            about = key.removeprefix("not_")
            found += [Piece(path.stem, about, about == key, text) for text in texts]
    for path in sorted(folder.glob("studies/*.toml")):
        for study in tomllib.loads(path.read_text())["study"]:
            rows = tuple(sorted((row[0], row[1], row[3]) for row in study["gold"]))
            found.append(Piece(path.stem, "study", True, study["text"], rows))
    return found


def report(piece: Piece) -> str:
    """A report that holds everything but what the piece says."""
    left = NEEDS.get(piece.about, piece.about)
    lines = [line for name, line in LINES.items() if name != left]
    studies = [] if piece.about == "study" else [STUDIES]
    return "\n".join(["INTRAOPERATIVE NEUROMONITORING REPORT", *lines, "", piece.text, "", *studies, ""])


def heard(piece: Piece) -> tuple[bool, str]:
    """Whether the piece is understood, and what was read instead."""
    from ionm_notes.audit import audit_payers
    from ionm_notes.contract import to_contract
    from ionm_notes.ingest import read_bytes

    document = read_bytes("piece.txt", report(piece).encode())
    line: dict[str, Any] = to_contract(audit_payers(document, ("medicare",))[0], document)
    if piece.about == "study":
        rows = sorted((m["modality"], m["region"] or "", m["status"]) for m in line["modalities"])
        return tuple(rows) == piece.studies, f"{rows}, not {list(piece.studies)}"
    if piece.about == "mixed_patients":
        raised = any(finding["rule"] == "mixed-patients" for finding in line["findings"])
        return raised == piece.present, "raised" if raised else "not raised"
    state = line["elements"][piece.about]
    return (state == "present") == piece.present, state


def main() -> None:
    """Reads, counts, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=ROOT / "fixtures" / "wordings")
    parser.add_argument(
        "--show", default=None, metavar="ABOUT", help="print the pieces that are not understood, of elements like this"
    )
    options = parser.parse_args()
    asked = pieces(options.folder)
    counts: collections.Counter[tuple[str, bool, bool]] = collections.Counter()
    with ProcessPoolExecutor() as pool:
        for piece, (right, read) in zip(asked, pool.map(heard, asked, chunksize=8), strict=True):
            counts[piece.about, piece.present, right] += 1
            if not right and options.show is not None and re.search(options.show, piece.about):
                print(
                    f"{piece.about} {'is there' if piece.present else 'is not'}, read as {read} | {piece.office} | {piece.text!r}"
                )
    print(f"{'':28}{'understood':>12}{'near-misses kept out':>24}")
    for about in sorted({about for about, _, _ in counts}):
        cells = []
        for present in (True, False):
            right, wrong = counts[about, present, True], counts[about, present, False]
            cells.append(f"{right}/{right + wrong} {right / (right + wrong):.0%}" if right + wrong else "")
        print(f"{about:28}{cells[0]:>12}{cells[1]:>24}")


if __name__ == "__main__":
    main()
