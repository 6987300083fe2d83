"""Imports published files into a user's policy folder as new dated layers; read this to see what is kept and refused.

Nothing that stands is touched: a layer of the same kind and day is refused, and the list of layers only grows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path

from ionm_notes.policy.importing import quarters
from ionm_notes.policy.importing.layouts import Layout, recognize
from ionm_notes.policy.importing.sources import Table, bad_import, tables

OPENING_ROWS = 30
"""The headings of every published layout end within so many rows."""
SAME_PRACTITIONER = "ncci-same-practitioner"
COLUMNS: dict[str, tuple[str, ...]] = {
    "ncci": ("column1", "column2", "modifier_indicator", "deleted", "effective"),
    SAME_PRACTITIONER: ("column1", "column2", "modifier_indicator", "deleted", "effective"),
    "mue": ("code", "setting", "units", "mai"),
    "mue-outpatient": ("code", "setting", "units", "mai"),
    "addon": ("addon", "primary", "edit_type", "deleted", "effective"),
    "pfs": (
        "code",
        "modifier",
        "status",
        "pctc",
        "global_period",
        "multiple_procedure",
        "bilateral",
        "supervision",
        "nonfacility_na",
        "facility_na",
        "work_rvu",
        "facility_total",
        "conversion_factor",
    ),
}
SOURCES = {
    "ncci": "NCCI procedure-to-procedure edits, practitioner",
    SAME_PRACTITIONER: "NCCI procedure-to-procedure edits, practitioner",
    "mue": "NCCI medically unlikely edits, practitioner",
    "mue-outpatient": "NCCI medically unlikely edits, outpatient hospital",
    "addon": "NCCI add-on code edits",
    "pfs": "National Physician Fee Schedule relative value file",
}
LAST_PART = 4
"""CMS cuts the practitioner's pair edits into four files."""
LAYERS = "layers.toml"
FACTOR = "conversion_factor"
LISTING_HEAD = "# Layers taken over with `ionm-notes policy import`, newest last. Only ever added to.\n"
SETTINGS = ("practitioner", "outpatient_facility")

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """One new layer: its kind, the day from which it holds, its file, and how many rows were kept of how many read."""

    kind: str
    as_of: date
    file: Path
    kept: int
    read: int


@dataclass(slots=True)
class _Draft:
    """One layer to be: what the files held of it, before anything is written."""

    kind: str
    day: date
    origins: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    read: int = 0

    @property
    def file(self) -> str:
        return f"{self.kind.replace('-', '_')}_{self.day.isoformat()}.csv"


Drafts = dict[str, _Draft]


def import_files(
    paths: Sequence[Path], policy_dir: Path, codes: Collection[str], time_codes: Collection[str], as_of: date | None = None
) -> tuple[Imported, ...]:
    """Reads published files and adds a layer per kind of table under `policy_dir`/cms; all of them or none.

    `codes` are the codes to keep, `time_codes` those of them whose edits with any operation are kept too. `as_of`
    stands in where no name or opening line tells the quarter, and must agree where one does. Raises `IonmError`
    'bad-import' for a file that is not recognized, of an unknown quarter, in part only, or held already.
    """
    drafts: Drafts = {}
    _refuse_parts(paths)
    for path in paths:
        _read(path, drafts, frozenset(codes), frozenset(time_codes), as_of)
    made = [drafts[kind] for kind in sorted(drafts) if drafts[kind].records]
    for draft in drafts.values():
        if not draft.records and draft.kind != SAME_PRACTITIONER:
            raise bad_import(draft.origins[0], f"a table of kind '{draft.kind}' was recognized, but it holds none of our codes")
    folder = policy_dir / "cms"
    _refuse_held(folder / LAYERS, made)
    folder.mkdir(parents=True, exist_ok=True)
    kept = {draft.kind: _sorted(COLUMNS[draft.kind], draft.records) for draft in made}
    for draft in made:
        (folder / draft.file).write_text(_csv(COLUMNS[draft.kind], kept[draft.kind]), encoding="utf-8")
    _list(folder / LAYERS, made)
    return tuple(Imported(d.kind, d.day, folder / d.file, len(kept[d.kind]), d.read) for d in made)


def _refuse_parts(paths: Sequence[Path]) -> None:
    """A layer of one part would silently drop the edits of the other parts."""
    parts = {number for path in paths if (number := quarters.part(path.name)) is not None}
    missing = set(range(1, LAST_PART + 1)) - parts
    if parts and missing:
        names = ", ".join(f"f{number}" for number in sorted(missing))
        detail = f"the edits come in {LAST_PART} parts; give all of them in one command (missing: {names})"
        raise bad_import(paths[0].name, detail)


def _refuse_held(listing: Path, made: Iterable[_Draft]) -> None:
    """Orphans of an import that broke off are not listed, and may be written again."""
    listed = listing.read_text(encoding="utf-8") if listing.exists() else ""
    for draft in made:
        if f'"{draft.file}"' in listed:
            raise bad_import(draft.origins[0], f"a layer '{draft.kind}' of {draft.day} is held already ({draft.file})")


def _read(path: Path, drafts: Drafts, codes: frozenset[str], timed: frozenset[str], as_of: date | None) -> None:
    seen: list[str] = []
    taken: set[str] = set()
    for table in tables(path):
        if table.stem in taken:
            continue
        opening = list(islice(table.rows, OPENING_ROWS))
        layout = recognize(f"{path.name} {table.name}", opening)
        seen.append(table.name)
        if layout is None:
            continue
        if layout.setting not in SETTINGS or (layout.kind == "ncci" and layout.setting != "practitioner"):
            raise bad_import(path.name, f"'{table.name}' is for another setting ({layout.setting}), which is not used here")
        kinds = _kinds(layout)
        mine = _opened(drafts, kinds, _day(path, table, opening, as_of), path.name)
        for row in chain(opening, table.rows):
            record = layout.read(row)
            if record is not None:
                mine[0].read += 1
                goes_to = _goes_to(kinds, record, codes, timed)
                if goes_to is not None:
                    drafts[goes_to].records.append(record)
        taken.add(table.stem)
    if not taken:
        raise bad_import(path.name, f"no published layout was recognized in: {', '.join(seen) or 'nothing readable'}")


def _kinds(layout: Layout) -> tuple[str, ...]:
    """The layers that a table feeds, its own first. Limits of hospitals come in a file, and so in a layer, of their own."""
    if layout.kind == "ncci":
        return "ncci", SAME_PRACTITIONER
    return ("mue-outpatient" if layout.kind == "mue" and layout.setting == "outpatient_facility" else layout.kind,)


def _day(path: Path, table: Table, opening: Iterable[Sequence[str]], as_of: date | None) -> date:
    told = quarters.as_of((table.name, path.name, *(" ".join(row) for row in opening)))
    if told is not None and as_of is not None and told != as_of:
        raise bad_import(path.name, f"'{table.name}' says that it holds from {told}, not from {as_of}")
    day = told or as_of
    if day is None:
        raise bad_import(path.name, f"neither the name nor the opening lines of '{table.name}' tell the quarter; give --as-of")
    return day


def _opened(drafts: Drafts, kinds: Iterable[str], day: date, origin: str) -> list[_Draft]:
    mine = [drafts.setdefault(kind, _Draft(kind, day)) for kind in kinds]
    for draft in mine:
        if draft.day != day:
            raise bad_import(origin, f"'{draft.kind}' of two quarters, {draft.day} and {day}; import one quarter at a time")
        draft.origins.append(origin)
    return mine


def _goes_to(kinds: Sequence[str], record: Record, codes: frozenset[str], timed: frozenset[str]) -> str | None:
    """The layer into which a record goes; None if it is about no code of ours."""
    if kinds[0] == "ncci":
        if record["column1"] in codes and record["column2"] in codes:
            return kinds[0]
        return kinds[1] if record["column2"] in timed else None
    if kinds[0] == "addon":
        return kinds[0] if record["addon"] in codes and record["primary"] in codes else None
    return kinds[0] if record["code"] in codes else None


def _sorted(columns: Sequence[str], records: Iterable[Record]) -> list[Record]:
    """The records in order, each once.

    CMS gives the fee schedule for two conversion factors since 2026; the lower one, which holds outside alternative
    payment models, is kept.
    """
    unique: dict[tuple[str, ...], Record] = {}
    for record in sorted(records, key=_factor, reverse=True):
        unique[tuple(record[column] for column in columns if column != FACTOR)] = record
    return [unique[key] for key in sorted(unique)]


def _factor(record: Record) -> float:
    return float(record.get(FACTOR) or 0)


def _csv(columns: Sequence[str], records: Iterable[Record]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


def _list(listing: Path, made: Iterable[_Draft]) -> None:
    """Adds the layers to the listing. The listing is what makes a layer count, so it changes last and in one step."""
    entries = [listing.read_text(encoding="utf-8") if listing.exists() else LISTING_HEAD]
    for draft in made:
        day, ref = draft.day.isoformat(), f"{draft.kind}-{draft.day.isoformat()}"
        names = ", ".join(dict.fromkeys(draft.origins))
        entries.append(
            f'\n[[layer]]\nkind = "{draft.kind}"\nas_of = {day}\nfile = "{draft.file}"\nrefs = ["{ref}"]\n'
            f'\n[[reference]]\nid = "{ref}"\ntitle = "{SOURCES[draft.kind]}, from {day}"\nhref = ""\n'
            f'retrieved = ""\nlocator = {_quoted(names)}\nparaphrase = "Taken over from the published file as given."\n'
            'confidence = "V"\n'
        )
    fresh = listing.with_suffix(".new")
    fresh.write_text("".join(entries), encoding="utf-8")
    fresh.replace(listing)


def _quoted(text: str) -> str:
    """A TOML text: what a file name may hold of quotes, backslashes and control characters is left out."""
    return '"' + "".join(c for c in text if c.isprintable() and c not in '"\\') + '"'
