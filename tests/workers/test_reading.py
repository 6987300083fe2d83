"""Hostile documents in the workers that the program really uses: each ends as its own error line, the others are read."""

from __future__ import annotations

import sys
from pathlib import Path

from ionm_notes.cli.batch import Job, audit_files
from ionm_notes.limits import MIB, Limits

sys.path.insert(0, str(Path(__file__).parents[2] / "fixtures" / "hostile"))
from make import plain_pdf, raw_pdf


def test_a_bomb_between_two_reports_costs_only_itself(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.pdf", "bomb.pdf", "b.pdf")]
    for path in paths:
        path.write_bytes(plain_pdf())
    paths[1].write_bytes(raw_pdf([b"q " * (40 * MIB)]))
    # Room for what the test process itself has loaded, since workers are its forks; the bomb takes 24 GB.
    job = Job(("medicare",), limits=Limits(worker_bytes=2_000 * MIB))
    outcomes = list(audit_files(paths, job, workers=2))
    assert [outcome.path for outcome in outcomes] == paths
    assert [outcome.failed for outcome in outcomes] == [False, True, False]
    assert outcomes[1].lines[0]["error"]["code"] in {"reader-died", "too-large", "no-text", "no-text-layer", "damaged-pdf"}
    assert outcomes[0].lines == tuple({**line, "document": {**line["document"], "name": "a.pdf"}} for line in outcomes[2].lines)
