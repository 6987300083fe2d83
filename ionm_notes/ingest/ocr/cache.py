"""Keeps what was recognised on a page in the user's cache folder, so that the same page is never recognised twice.

The key is a hash of the page's dots, of the engine and of this code's version. The files hold text of patients'
records: they are readable by the user alone, and `IONM_NOTES_OCR_CACHE=off` turns the cache off. A file that cannot be
read or written costs a recognition and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ionm_notes.cache_files import cache_folder, write_whole
from ionm_notes.ingest.edges import Edge, Edges
from ionm_notes.ingest.ocr.engine import Gray, identity
from ionm_notes.ingest.ocr.pages import PageText, SheetText
from ionm_notes.ingest.ocr.words import Read

VARIABLE = "IONM_NOTES_OCR_CACHE"
"""Names the cache folder; 'off' (or an empty value) keeps nothing."""
FORMAT = 23
"""Raised whenever recognition or the form of the files changes."""
MOST_FILES = 2_000
"""Pages kept; beyond them the longest unused go first. About 60 KB each."""


def folder() -> Path | None:
    """The cache folder by the environment: as named there, or in the user's cache; None where it is turned off."""
    return cache_folder(VARIABLE, "ocr")


def key_of(image: Gray, measures: tuple[float, ...], second: str) -> str:
    """The name of a page's file; `second` names the engine of the second reading."""
    about = f"{FORMAT}/{identity()}/{second}/{image.shape}/{measures}/"
    return hashlib.sha256(about.encode() + image.tobytes()).hexdigest()


def load(key: str, where: Path | None) -> PageText | None:
    """What is kept for a page, None where there is nothing usable."""
    if where is None:
        return None
    path = where / f"{key}.json"
    try:
        text = _from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    with suppress(OSError):  # its age only decides what is cleared out first
        os.utime(path)
    return text


def save(key: str, text: PageText, where: Path | None) -> None:
    """Keeps a page; written whole or not at all, and readable by the user alone."""
    if where is None:
        return
    write_whole(where / f"{key}.json", lambda: json.dumps(asdict(text), separators=(",", ":")).encode(), _prune)


def _prune(where: Path) -> None:
    files = list(where.glob("*.json"))
    if len(files) > MOST_FILES:
        for path in sorted(files, key=lambda one: one.stat().st_mtime)[: len(files) - MOST_FILES]:
            path.unlink(missing_ok=True)


def _from_json(data: dict[str, Any]) -> PageText:
    return PageText(tuple(_sheet(sheet) for sheet in data["sheets"]), int(data["lost"]), bool(data["blank"]))


def _sheet(data: dict[str, Any]) -> SheetText:
    edges = Edges([Edge(*edge) for edge in data["edges"]["across"]], [Edge(*edge) for edge in data["edges"]["down"]])
    return SheetText(
        float(data["width"]),
        float(data["height"]),
        tuple(map(_read, data["words"])),
        tuple(map(_read, data["sideways"])),
        edges,
        tuple(map(float, data["back"])),
        int(data["turn"]),
    )


def _read(data: dict[str, Any]) -> Read:
    x0, top, x1, bottom = map(float, data["box"])
    quad = tuple((float(x), float(y)) for x, y in data["quad"])
    return Read(
        (x0, top, x1, bottom),
        str(data["text"]),
        float(data["sure"]),
        int(data["line"]),
        quad,
        data["mended"],
        tuple(map(str, data["other"])),
        data["why"],
    )
