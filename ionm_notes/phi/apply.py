"""Masks what is stored and printed of a document: the lines of the contract, the case and the text of its pages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ionm_notes.phi.known import Known, learn
from ionm_notes.phi.level import LEVELS, NOTES, Level, Minimum, alias, level_of
from ionm_notes.phi.mask import Masker
from ionm_notes.store.record import Record
from ionm_notes.types import Case, Document, Line, Page, Word


def masker_of(document: Document, case: Case | None, level: Level, secret: bytes) -> Masker:
    """The masker of a document, which has learned all that it names."""
    return Masker(learn(document, case) if level != "full" else Known(), level, secret)


def masked_record(record: Record, document: Document, case: Case, least: Minimum) -> Record:
    """What is stored of a document, as the level allows it."""
    if least.level == "full":
        return record
    masker = masker_of(document, case, least.level, least.secret)
    return replace(
        record,
        pages=masked_pages(record.pages, masker),
        case_json=masked_case(record.case_json, record.lines[0], masker),
        lines=tuple(masked_line(line, masker) for line in record.lines),
    )


def masked_again(line: Mapping[str, Any], pages: Sequence[str], case: Case | None, least: Minimum) -> dict[str, Any]:
    """A stored line as `least` allows it, learned from the stored text of its pages; less than it was, never more."""
    if LEVELS.index(level_of(line)) >= LEVELS.index(least.level):
        return dict(line)
    document = as_document(line["document"]["name"], line["document"]["sha256"], pages)
    return masked_line(line, masker_of(document, case, least.level, least.secret))


def masked_failure(line: Mapping[str, Any], least: Minimum) -> dict[str, Any]:
    """The line of a document that could not be audited, without the file's name."""
    if least.level == "full":
        return dict(line)
    name = line["document"]["name"]
    instead = alias(least.level, least.secret, name, name)[1]
    error = {**line["error"], "message": line["error"]["message"].replace(name, instead)}
    return {**line, "document": {**line["document"], "name": instead}, "error": error}


def masked_line(line: Mapping[str, Any], masker: Masker) -> dict[str, Any]:
    """A line of the contract as the level allows it."""
    if masker.level == "full":
        return dict(line)
    names = _names(line, masker)
    out: dict[str, Any] = masker.plain(_renamed(line, names))
    document = out["document"]
    document["sha256"] = alias(masker.level, masker.secret, line["document"]["sha256"], "")[0]
    for file, own in zip(document.get("files", ()), line["document"].get("files", ()), strict=True):
        file["sha256"] = alias(masker.level, masker.secret, own["sha256"], "")[0]
    document["warnings"] = [*document["warnings"], NOTES[masker.level]]
    if masker.level == "none":
        out["policy"] = {**out["policy"], "layers": {}}  # they would say in which quarter the service was
    return out


def masked_case(case_json: str, line: Mapping[str, Any], masker: Masker) -> str:
    """A case as JSON, masked as its line is."""
    plain = masker.plain(_renamed(json.loads(case_json), _names(line, masker)))
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def masked_pages(pages: Sequence[str], masker: Masker) -> tuple[str, ...]:
    """The text of pages, line by line."""
    return tuple("\n".join(masker(line) for line in page.split("\n")) for page in pages)


def as_document(name: str, sha256: str, pages: Sequence[str]) -> Document:
    """Stored text of pages as a document without geometry, for learning what it names."""
    return Document(
        name,
        sha256,
        "text/plain",
        "native",
        tuple(Page(number, 0, 0, tuple(_lines(number, text))) for number, text in enumerate(pages, 1)),
    )


def _lines(page: int, text: str) -> list[Line]:
    out = []
    for number, line in enumerate(text.split("\n")):
        words, cells, at = [], [], 0
        for cell in line.split("\t"):
            cells.append((at, at + len(cell)))
            start = at
            for word in cell.split(" "):
                if word:
                    words.append(Word(start, start + len(word), None))
                start += len(word) + 1
            at += len(cell) + 1
        if line.strip():
            out.append(Line(page, line, tuple(words), tuple(cells), "row" if len(cells) > 1 else "text", number))
    return out


def _names(line: Mapping[str, Any], masker: Masker) -> dict[str, str]:
    """The names of the files of a line, longest first, with what stands for each."""
    document = line["document"]
    every = [document, *document.get("files", ())]
    found = {one["name"]: masker.name_of(one["name"], one["sha256"]) for one in every}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if isinstance(value, str):
        for name, instead in names.items():
            value = value.replace(name, instead)
    return value
