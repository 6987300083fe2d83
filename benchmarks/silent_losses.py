#!/usr/bin/env python3
"""Makes one line of attendance at a time unreadable and counts after how many of them other units are `supported` without a word.

    python benchmarks/silent_losses.py            # the labelled reports of fixtures/authors with two spells of attendance or more

What a reader does not understand must make a query, never a smaller or larger number of units that is called supported. The words of
the line become nonsense of the same length; its clock times stay. Folders named in `UNSEEN` are not touched.
"""

from __future__ import annotations

import json
import pathlib
import random
import re
from collections.abc import Iterator
from dataclasses import replace

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_document
from ionm_notes.read.case import read_case
from ionm_notes.types import Document

ROOT = pathlib.Path(__file__).resolve().parent.parent
UNSEEN = frozenset({"az", "bs", "ce", "ct", "cu", "cv", "cz", "db", "dc", "dk", "dl", "dm", "dn", "do", "dp"})
TIME_CODES = frozenset({"95940", "95941", "G0453"})
_TIME = re.compile(r"\d{1,2}[:.h]?\d\d")
_WORD = re.compile(r"[A-Za-z]{3,}")
"""Shorter words ('to', 'am') stay: they belong to the times."""


def nonsense(text: str) -> str:
    """The text with every word made unreadable, the same word always in the same way."""

    def other(match: re.Match[str]) -> str:
        draw = random.Random(match.group().lower())
        made = "".join(draw.choice("bdfgklmnprtvz") + draw.choice("aeiou") for _ in match.group())[: len(match.group())]
        return made.capitalize() if match.group()[0].isupper() else made

    return _WORD.sub(other, text)


def supported(document: Document) -> dict[str, int | None]:
    """Units of the time codes that are supported for Medicare."""
    [audit] = audit_payers(document, ("medicare",))
    lines = to_contract(audit, document)["codes"]
    return {c["code"]: c["units"] for c in lines if c["code"] in TIME_CODES and c["status"] == "supported"}


def spoiled(document: Document) -> Iterator[tuple[str, Document]]:
    """Each line from which attendance was read, with the document in which it is unreadable."""
    told = {" ".join(e.text.split()) for row in read_case(document).attendance for e in row.evidence}
    for at, page in enumerate(document.pages):
        for number, line in enumerate(page.lines):
            text = " ".join(line.text.split())
            if _TIME.search(text) and any(piece and (piece in text or text in piece) for piece in told):
                lines = (*page.lines[:number], replace(line, text=nonsense(line.text)), *page.lines[number + 1 :])
                pages = (*document.pages[:at], replace(page, lines=lines), *document.pages[at + 1 :])
                yield text, replace(document, pages=pages)


def main() -> None:
    """Prints each line whose loss went unsaid, and the count."""
    tried = unsaid = 0
    for path in sorted((ROOT / "fixtures" / "authors").glob("*/*.gold.json")):
        gold = json.loads(path.read_text())
        if path.parent.name in UNSEEN or sum(bool(a.get("start")) for a in gold.get("attendance", [])) < 2:
            continue
        document = read_document(path.parent / gold["file"])
        before = supported(document)
        for text, other in spoiled(document) if before else ():
            after = supported(other)
            tried += 1
            if any(code in after and after[code] != units for code, units in before.items()):
                unsaid += 1
                print(f"{path.parent.name}/{gold['file']}: {before} -> {after}: {text[:90]}")
    print(f"{unsaid} of {tried} lines lost without a word")


if __name__ == "__main__":
    main()
