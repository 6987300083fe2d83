"""Reads the user's file of people, which says who a name is where names alone do not; a CSV."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from ionm_notes.errors import IonmError
from ionm_notes.roster.identity import Entry


def read_people(path: Path | None) -> tuple[Entry, ...]:
    """The entries of the file; none without one. Columns: name and person (an NPI, or any word for the person), and where
    they help credentials and facility (a part of its name). Raises `IonmError` 'bad-people' naming the line.
    """
    if path is None:
        return ()
    found = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"name", "person"} <= set(rows.fieldnames or ()):
            raise IonmError("bad-people", path.name, "its first line must name the columns name and person")
        for number, row in enumerate(rows, 2):
            name, person = (row["name"] or "").strip(), (row["person"] or "").strip()
            if not name or not person:
                raise IonmError("bad-people", path.name, f"line {number}: name or person is empty")
            words = re.sub(r"[.\-]", "", row.get("credentials") or "").upper()
            credentials = tuple(word for word in re.split(r"[\s,;]+", words) if word)
            found.append(Entry(name, credentials, (row.get("facility") or "").strip(), person))
    return tuple(found)
