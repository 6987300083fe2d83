"""Reports of ordinary layouts are read whole: parts of the day, attendance, minutes and Medicare's time codes.

`fixtures/ordinary/expected.json` was checked by eye against each text; see fixtures/ordinary/README.md.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.types import COLUMNS

FOLDER = Path(__file__).parents[2] / "fixtures" / "ordinary"
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


def clock(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%H:%M}"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_an_ordinary_report_is_read_whole(path: Path) -> None:
    audit = audit_payers(read_bytes(path.name, path.read_bytes()), ("medicare",))[0]
    assert {
        "segments": [[s.kind, clock(s.start), clock(s.end)] for s in audit.case.segments],
        "attendance": [[a.professional, a.mode, clock(a.start), clock(a.end), a.exclusive] for a in audit.case.attendance],
        "minutes": {column: getattr(audit.minutes, column) for column in COLUMNS},
        "time codes": [[c.code, c.units, c.status, list(c.gaps)] for c in audit.codes if c.kind == "time"],
    } == EXPECTED[path.stem]
