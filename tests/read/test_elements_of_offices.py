"""Pieces of the records of four made-up offices: the share of each element that is understood, and of its near-misses, stays."""

from __future__ import annotations

import pathlib
import tomllib

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_bytes

OFFICES = pathlib.Path(__file__).parents[2] / "fixtures" / "wordings" / "elements"
HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Date of service: 03/12/2026
Patient: Vera Moss   MRN: 1234567   DOB: 01/02/1960
Surgeon: Mark Hathaway, MD
Interpreting neurophysiologist: Anna Ashworth, MD
Technologist: Jonas Jamison, CNIM
"""
FLOORS = [
    ("baseline_findings", 0.95, 0.95),
    ("intraoperative_findings", 0.95, 0.95),
    ("surgeon_notification", 0.95, 0.95),
    ("interpretation", 0.95, 0.95),
    ("indication", 0.95, 0.9),
    ("procedure", 0.95, 0.95),
    ("anesthesia", 0.95, 0.95),
]
"""Elements with the least shares of pieces understood and of near-misses kept out, by what the reader reached."""


def _present(element: str, piece: str) -> bool:
    text = f"{HEAD}\n{piece}\n\nSSEP and MEP were recorded from upper and lower limbs.\n"
    document = read_bytes("piece.txt", text.encode())
    return bool(to_contract(audit_payers(document, ("medicare",))[0], document)["elements"][element] == "present")


@pytest.mark.slow
@pytest.mark.parametrize(("element", "understood", "kept_out"), FLOORS)
def test_an_element_is_understood_and_its_near_misses_are_kept_out(element: str, understood: float, kept_out: float) -> None:
    offices = [tomllib.loads(path.read_text()) for path in sorted(OFFICES.glob("*.toml"))]
    pieces = [piece for office in offices for piece in office.get(element, ())]
    others = [piece for office in offices for piece in office.get(f"not_{element}", ())]
    assert pieces
    assert others
    assert sum(_present(element, piece) for piece in pieces) >= understood * len(pieces)
    assert sum(not _present(element, piece) for piece in others) >= kept_out * len(others)
