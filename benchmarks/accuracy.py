#!/usr/bin/env python3
"""Holds the reader against labelled documents: the contract's table per layout, and the commonest errors.

    python benchmarks/accuracy.py dev                 # a part of fixtures/variety, made on the fly
    python benchmarks/accuracy.py FOLDER              # documents with NAME.gold.json beside them
    python benchmarks/accuracy.py test --write        # puts the test part's table into docs/accuracy.md

The definitions are the contract's (time codes exact per document and payer, F1 of the bags of segments and so on). Errors of the
test part are only counted, never listed with their documents: who tunes on it makes its figures worthless.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import importlib.metadata
import json
import pathlib
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAYERS = ("medicare", "commercial")
TIME_CODES = {"95940", "95941", "G0453", "95920"}
COLUMNS = ("in_room", "in_room_shared", "remote_exclusive", "remote_shared", "remote_unstated")
FIGURES = (
    "time codes",
    "wrong supported: documents",
    "minutes",
    "segments F1",
    "attendance F1",
    "modalities F1",
    "base codes F1",
    "elements",
    "gaps recall",
    "gaps precision",
    "rules recall",
    "rules precision",
    "date of service",
    "place of service",
)
BEGIN, END = "<!-- variety: made by make accuracy -->", "<!-- end of variety -->"
Bag = collections.Counter[Any]


@dataclass
class Tally:
    """Hits, misses and extras by figure, and what went wrong how often."""

    counts: collections.Counter[tuple[str, str]] = field(default_factory=collections.Counter)
    errors: collections.Counter[str] = field(default_factory=collections.Counter)
    documents: int = 0

    def answer(self, figure: str, right: bool, error: str = "") -> None:
        """One question, right or wrong."""
        self.counts[figure, "hit" if right else "miss"] += 1
        if not right and error:
            self.errors[error] += 1

    def bags(self, figure: str, want: Bag, have: Bag) -> None:
        """Two bags held against one another."""
        self.counts[figure, "hit"] += (want & have).total()
        self.counts[figure, "miss"] += (want - have).total()
        self.counts[figure, "extra"] += (have - want).total()
        for bag, word in ((want - have, "missed"), (have - want, "extra")):
            for item, count in bag.items():
                self.errors[f"{figure}: {_named(figure, item)} {word}"] += count

    def add(self, other: Tally) -> None:
        """Another tally put to this one."""
        self.counts.update(other.counts)
        self.errors.update(other.errors)
        self.documents += other.documents

    def figure(self, name: str) -> float | None:
        """A figure between 0 and 1, or None where nothing was asked."""
        stem, _, kind = name.rpartition(" ") if name.endswith((" F1", " recall", " precision")) else (name, "", "")
        hit, miss, extra = (self.counts[stem, part] for part in ("hit", "miss", "extra"))
        bottom = {"F1": 2 * hit + miss + extra, "precision": hit + extra}.get(kind, hit + miss)
        if name.startswith("wrong supported"):
            return self.counts[name, "miss"] / self.documents if self.documents else None
        return (2 * hit if kind == "F1" else hit) / bottom if bottom else None


def _named(figure: str, item: Any) -> str:
    """The kind of an item, without its times, so that like errors are counted together."""
    if figure == "segments":
        return f"{item[0]} {'start' if item[1] else ''}{'-' if item[1] and item[2] else ''}{'end' if item[2] else ''}"
    if figure == "attendance":
        return f"{item[0]}, exclusive {item[3]}"
    return " ".join(str(x) for x in item if x) if isinstance(item, tuple) else str(item)


def time_lines(rows: list[dict[str, Any]]) -> dict[tuple[str, str], int | None]:
    """Units of the time codes by code and status, those of several professionals added up."""
    found: dict[tuple[str, str], int | None] = {}
    for row in rows:
        if row["code"] in TIME_CODES:
            key = row["code"], row["status"]
            have = found.get(key, 0)
            found[key] = None if row["units"] is None or have is None else have + row["units"]
    return found


def compare(gold: dict[str, Any], lines: dict[str, dict[str, Any]]) -> Tally:
    """One document's lines against its labels."""
    tally = Tally(documents=1)
    base = lines.get("medicare", {})
    for name in ("date_of_service", "place_of_service"):
        have = (base.get("encounter") or {}).get(name)
        tally.answer(name.replace("_", " "), have == gold["encounter"].get(name), name.replace("_", " "))
    tally.bags("modalities", _modalities(gold["modalities"]), _modalities(base.get("modalities", [])))
    for kind, keys in (("segments", ("kind", "start", "end")), ("attendance", ("mode", "start", "end", "exclusive"))):
        want, have = (_rows(x.get(kind, []), keys) for x in (gold, base))
        tally.bags(kind, want, have)
    want_minutes, have_minutes = ({c: (x.get("minutes") or {}).get(c) or 0 for c in COLUMNS} for x in (gold, base))
    tally.answer("minutes", bool(base) and want_minutes == have_minutes, "minutes")
    wrong = False
    for payer in PAYERS:
        wrong |= _payer(tally, gold, payer, lines.get(payer, {}))
    tally.answer("wrong supported: documents", not wrong, "wrong supported")
    for element, state in gold["elements"].items():
        have = (base.get("elements") or {}).get(element)
        tally.answer("elements", have == state, f"element {element}: {state}, read as {have}")
        if "absent" in (state, have):
            tally.counts["gaps", "hit" if state == have else "miss" if state == "absent" else "extra"] += 1
    return tally


def _payer(tally: Tally, gold: dict[str, Any], payer: str, line: dict[str, Any]) -> bool:
    """Codes and rules for one payer; True where units are called supported that the labels do not support."""
    codes = line.get("codes", [])
    want, have = time_lines(gold["codes"][payer]), time_lines(codes)
    tally.answer("time codes", bool(line) and want == have, "time codes")
    bags = [
        collections.Counter({r["code"]: r["units"] or 0 for r in rows if r["code"] not in TIME_CODES})
        for rows in (gold["codes"][payer], codes)
    ]
    tally.bags("base codes", *bags)
    rules = set(gold["rules"]["both"]) | set(gold["rules"].get(payer, []))
    found = {f["rule"] for f in line.get("findings", [])} & _rules()
    tally.bags("rules", collections.Counter(rules), collections.Counter(found))
    return any(status == "supported" and want.get((code, status)) != units for (code, status), units in have.items())


def _modalities(rows: list[dict[str, Any]]) -> Bag:
    return collections.Counter((m["modality"], m.get("region")) for m in rows if m.get("status", "performed") == "performed")


def _rows(rows: list[dict[str, Any]], keys: tuple[str, ...]) -> Bag:
    return collections.Counter(tuple(_stamp(row.get(key)) for key in keys) for row in rows)


def _stamp(value: Any) -> Any:
    return value[:16] if isinstance(value, str) else value


def _rules() -> set[str]:
    from fixtures.variety.plan import PROBLEMS

    return {*PROBLEMS, "unsigned"} - {"duration-only", "two-places"}


def read(name: str, data: bytes) -> dict[str, dict[str, Any]]:
    """What the program prints for a document, by payer; nothing where it cannot be read."""
    from ionm_notes.audit import audit_payers
    from ionm_notes.contract import to_contract
    from ionm_notes.errors import IonmError
    from ionm_notes.ingest import read_bytes

    try:
        document = read_bytes(name, data)
    except IonmError:
        return {}
    return {audit.payer: to_contract(audit, document) for audit in audit_payers(document, PAYERS)}


def _made(part: str, number: int) -> tuple[str, Tally]:
    from fixtures.variety.make import make

    made = make(part, number)
    return made.plan.family, compare(made.gold, read(made.name, made.text.encode()))


def _stored(path: pathlib.Path) -> tuple[str, Tally]:
    gold = json.loads(path.read_text())
    return gold.get("family", "all"), compare(gold, read(gold["file"], (path.parent / gold["file"]).read_bytes()))


def measure(source: str, count: int | None, jobs: int) -> dict[str, Tally]:
    """A tally by layout."""
    from fixtures.variety.make import COUNTS

    found: dict[str, Tally] = {}
    with ProcessPoolExecutor(jobs) as pool:
        for family, tally in _results(pool, source, count or COUNTS.get(source, 0)):
            found.setdefault(family, Tally()).add(tally)
    return found


def _results(pool: ProcessPoolExecutor, source: str, count: int) -> Iterator[tuple[str, Tally]]:
    if pathlib.Path(source).is_dir():
        return pool.map(_stored, sorted(pathlib.Path(source).glob("*.gold.json")), chunksize=4)
    return pool.map(_made, [source] * count, range(count), chunksize=10)


def table(found: dict[str, Tally]) -> list[str]:
    """The figures per layout as a Markdown table."""
    whole = Tally()
    for tally in found.values():
        whole.add(tally)
    columns = {"all": whole, **({} if len(found) == 1 else found)}
    rows = [f"| figure | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    for figure in FIGURES:
        cells = [f"{value:.1%}" if (value := tally.figure(figure)) is not None else "n/a" for tally in columns.values()]
        rows.append(f"| {figure} | {' | '.join(cells)} |")
    return [*rows, f"| documents | {' | '.join(str(t.documents) for t in columns.values())} |"]


def commonest(found: dict[str, Tally], count: int = 10) -> list[str]:
    """The kinds of error that occur most often."""
    errors: collections.Counter[str] = collections.Counter()
    for tally in found.values():
        errors.update(tally.errors)
    return [f"{n:5}  {what}" for what, n in errors.most_common(count)]


def write(rows: list[str], errors: list[str]) -> None:
    """The test part's table put between its marks in docs/accuracy.md."""
    page = ROOT / "docs" / "accuracy.md"
    text = page.read_text()
    before, after = text[: text.index(BEGIN)], text[text.index(END) :]
    head = f"Measured on {dt.date.today().isoformat()}, version {importlib.metadata.version('ionm-notes')}."
    lines = [BEGIN, head, "", *rows, "", "The ten commonest errors:", "", "```", *errors, "```", ""]
    page.write_text(before + "\n".join(lines) + after)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", nargs="?", default="dev", help="train, dev, test, or a folder with labelled documents")
    parser.add_argument("--count", type=int, help="only the first documents of the part")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="put the table into docs/accuracy.md (the test part)")
    parser.add_argument("--errors", type=int, default=10, help="how many kinds of error to print")
    args = parser.parse_args()
    found = measure(args.source, args.count, args.jobs)
    rows, errors = table(found), commonest(found, args.errors)
    print("\n".join([*rows, "", *errors]))
    if args.write:
        write(rows, errors)


if __name__ == "__main__":
    main()
