"""A de-identified copy of a document: its text, and of a PDF a new PDF; each is read back before it is handed over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_bytes
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.phi.apply import masker_of
from ionm_notes.phi.level import Minimum
from ionm_notes.phi.mask import KEPT_IN_LIMITED, Masker
from ionm_notes.types import Document

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Copy:
    """What came of one document: the name of its copies without ending, what was masked by kind, and the copies."""

    stem: str
    masked: dict[str, int]
    text: str
    pdf: bytes | None
    scanned: bool


def deidentified(
    name: str, data: bytes, least: Minimum, limits: Limits = LIMITS, passwords: tuple[str, ...] = ()
) -> tuple[Copy, Masker]:
    """The copies of a document of the bytes `data`.

    Raises `IonmError`: what reading raises, and `identifier-left` where something that was to be masked is found again.
    """
    from ionm_notes.audit import read
    from ionm_notes.phi.level import alias
    from ionm_notes.phi.redact import redacted

    document = read_bytes(name, data, limits, passwords)
    masker = masker_of(document, read(document), least.level, least.secret)
    found: Counter[str] = Counter(one.kind for page in document.pages for line in page.lines for one in masker.found(line.text))
    text = "\f".join("\n".join(masker(line.text) for line in page.lines) for page in document.pages) + "\n"
    _hold(name, text, masker)
    pdf = None
    if document.media_type == PDF:
        pdf = redacted(document, data, masker, _password(data, passwords))
        _hold(name, "\n".join(text_underneath(pdf)), masker)
    stem = alias(least.level, least.secret, document.sha256, name)[1].partition(".")[0]
    return Copy(stem, dict(found), text, pdf, _scanned(document)), masker


def text_underneath(pdf: bytes) -> list[str]:
    """All text that a PDF holds, page by page, shown or not, and its properties: what someone who searches it finds."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in opened]
        return [*pages, " ".join(opened.get_metadata_dict().values())]
    finally:
        opened.close()


def left_over(text: str, masker: Masker) -> list[str]:
    """Identifiers that the document named and that a text still holds; dates aside, which were moved."""
    known = masker.known
    values: Iterable[tuple[Any, str]] = [
        *((kind, value) for value, kind in known.numbers.items()),
        *(("place", place) for place in known.places),
        *(
            (person.kind, part)
            for person in (*known.people, *known.strangers)
            for part in person.parts
            if len(part) > 3 and person.kind == "name"
        ),
    ]
    kept = KEPT_IN_LIMITED if masker.level == "limited" else frozenset()
    plain = re.sub(r"\[[A-Z0-9 ]+\]", " ", text)
    left = [
        value
        for kind, value in values
        if kind not in kept and re.search(rf"(?<!\w){re.escape(value)}(?!\w)".replace(r"\ ", r"\s+"), plain, re.I)
    ]
    everyday = [value for value in left if value.islower() and not masker(value.capitalize()).startswith("[")]
    return [value for value in left if value not in everyday and masker(value) != value]


def _hold(name: str, text: str, masker: Masker) -> None:
    if left := left_over(text, masker):
        raise IonmError("identifier-left", name, f"{len(left)} found again in the copy")


def _scanned(document: Document) -> bool:
    return any(page.recognized for page in document.pages)


def _password(data: bytes, passwords: tuple[str, ...]) -> str | None:
    """The password that opens a PDF; None where none is needed."""
    import pypdfium2

    for password in (None, *passwords):
        try:
            pypdfium2.PdfDocument(data, password=password).close()
        except pypdfium2.PdfiumError:
            continue
        return password
    return None
