"""Writes every audit of the fixtures to a file, so that a change of mechanism can be held against what stood before it.

    python tools/golden_audits.py /tmp/before.jsonl     # on main
    python tools/golden_audits.py /tmp/after.jsonl      # with the change
    cmp /tmp/before.jsonl /tmp/after.jsonl

A line holds what comes of one document: the contract's line for two payers, the stored facts and the text of the pages.
Documents of `fixtures/variety` are made on the fly; PDFs of mixed length come from `benchmarks/reports.py`. Files given after
the first argument take the place of all these. Scans are left out: recognition has tests of its own.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
PAYERS = ("medicare", "commercial")
FOLDERS = ("documents", "ordinary", "packets", "eras")
VARIETY = {"train": 90, "dev": 250, "dev_b": 250}
REPORTS = 24


def documents(made: Path) -> Iterator[Path]:
    """The fixtures, and documents that are written to `made` first."""
    from reports import write_reports

    from fixtures.variety.make import documents as variety
    from ionm_notes.cli.inputs import expand

    yield from expand(str(ROOT / "fixtures" / name) for name in FOLDERS)
    for part, count in VARIETY.items():
        for document in variety(part, count):
            path = made / f"{part}-{document.name}"
            path.write_text(document.text, encoding="utf-8")
            yield path
    yield from write_reports(made, REPORTS)


def golden(path: Path) -> str:
    """What comes of one document, as one line."""
    from ionm_notes.cli.batch import Job, Listing, audit_file

    outcome = audit_file(path, Job(PAYERS, trace=True))
    if isinstance(outcome, Listing):
        return json.dumps([path.name, outcome.names])
    stored = [(part.record.case_json, part.record.pages) for part in outcome.parts if part.record is not None]
    return json.dumps([path.name, outcome.lines, stored, outcome.trace], sort_keys=True)


def main() -> None:
    """Writes the file and prints a hash over it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(name) for name in sys.argv[2:]] or list(documents(Path(folder)))
        with multiprocessing.Pool(os.cpu_count()) as pool:
            lines = pool.map(golden, paths, chunksize=8)
    text = "\n".join(lines) + "\n"
    Path(sys.argv[1]).write_text(text, encoding="utf-8")
    print(f"{len(lines)} documents, sha256 {hashlib.sha256(text.encode()).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
