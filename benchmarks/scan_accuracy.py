"""How many time codes scans reach against the documents they were made from, and how long a page takes.

    python benchmarks/scan_accuracy.py [--seeds 3] [--only 'b0*']

Each PDF of `fixtures/documents` is faxed by `fixtures/make_scans.py` (200 dpi, skew, header line, noise, JPEG) and held,
as its original is, against its labels. Nothing is taken from or put in the cache. Prints one row per seed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "fixtures" / "documents"
TIME_CODES = frozenset({"95940", "95941", "G0453", "95920"})
PAYERS = ("medicare", "commercial")
sys.path.insert(0, str(ROOT / "fixtures"))

TimeLine = tuple[str, int | None, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document and payer: the time lines expected, of the original and of the scan; seconds and pages of the scan."""

    name: str
    payer: str
    gold: frozenset[TimeLine]
    original: frozenset[TimeLine]
    scan: frozenset[TimeLine]
    seconds: float
    pages: int

    @property
    def wrong_supported(self) -> bool:
        """Whether the scan supports units that the labels do not hold."""
        right = {(code, units) for code, units, _ in self.gold}
        return any(status == "supported" and (code, units) not in right for code, units, status in self.scan)


def outcomes(seed: str = "", only: str = "*") -> Iterator[Outcome]:
    """The outcome of every labelled PDF for both payers; `seed` varies the faxes."""
    from make_scans import scan_of

    for path in sorted(DOCUMENTS.glob(f"{only}.pdf")):
        labels = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        data = path.read_bytes()
        scanned = scan_of(data, f"{seed}{path.name}")
        original, (scan, seconds, pages) = _time_lines(path.name, data)[0], _time_lines(path.name, scanned)
        for payer in PAYERS:
            gold = _summed((c["code"], c["units"], c["status"]) for c in labels["codes"][payer] if c["code"] in TIME_CODES)
            yield Outcome(path.name, payer, gold, original[payer], scan[payer], seconds, pages)


def _time_lines(name: str, data: bytes) -> tuple[dict[str, frozenset[TimeLine]], float, int]:
    began = time.perf_counter()
    document = read_bytes(name, data)
    seconds = time.perf_counter() - began
    found = {
        audit.payer: _summed((c.code, c.units, c.status) for c in audit.codes if c.kind == "time")
        for audit in audit_payers(document, PAYERS)
    }
    return found, seconds, len(document.pages)


def _summed(lines: Iterable[TimeLine]) -> frozenset[TimeLine]:
    """Units of the same code and status added up, as the contract compares them; unknown units stay unknown."""
    sums: dict[tuple[str, str], int | None] = {}
    for code, units, status in lines:
        before = sums.get((code, status), 0)
        sums[code, status] = None if units is None or before is None else before + units
    return frozenset((code, units, status) for (code, status), units in sums.items())


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default="*")
    options = parser.parse_args()
    os.environ["IONM_NOTES_OCR_CACHE"] = "off"
    print("| seed | original: exact | scan: exact | of the original's | wrong and supported | seconds a page |")
    print("|---|---|---|---|---|---|")
    for number in range(options.seeds):
        found = list(outcomes(f"{number}/" if number else "", options.only))
        original, scan = sum(o.original == o.gold for o in found), sum(o.scan == o.gold for o in found)
        wrong = [f"{o.name} {o.payer}" for o in found if o.wrong_supported]
        lost = [f"{o.name} {o.payer}: {sorted(o.scan)}" for o in found if o.original == o.gold != o.scan]
        pages = sum(o.pages for o in found)
        pace = sum(o.seconds for o in found) / max(1, pages)
        share = 100 * scan / max(1, original)
        print(f"| {number} | {original} of {len(found)} | {scan} of {len(found)} | {share:.0f}% | {len(wrong)} | {pace:.1f} |")
        for line in (*(f"wrong and supported: {one}" for one in wrong), *(f"lost: {one}" for one in lost)):
            print(f"seed {number}: {line}", file=sys.stderr)


if __name__ == "__main__":
    main()
