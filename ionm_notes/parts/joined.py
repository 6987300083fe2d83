"""Several files of one case, read together as one packet; evidence then names the file and the page in it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from ionm_notes.parts.rewriting import with_evidence
from ionm_notes.types import Case, CaseFile, Document, Evidence, Page, PartSeen, TextSource


def join(documents: Sequence[Document]) -> Document:
    """One document of several files, in the order given; its pages are numbered on from file to file.

    A single document comes back as it is. `sha256` is that of the files' hashes in their order.
    """
    if len(documents) == 1:
        return documents[0]
    pages: list[Page] = []
    names = _distinct([document.name for document in documents])
    for document, name in zip(documents, names, strict=True):
        for page in document.pages:
            number = len(pages) + 1
            lines = tuple(replace(line, page=number) for line in page.lines)
            pages.append(replace(page, number=number, lines=lines, file=name, own=page.number))
    sources = {document.text_source for document in documents}
    source: TextSource = sources.pop() if len(sources) == 1 else "mixed"
    return Document(
        name=" + ".join(names),
        sha256=hashlib.sha256("\n".join(document.sha256 for document in documents).encode()).hexdigest(),
        media_type=documents[0].media_type if len({d.media_type for d in documents}) == 1 else "multipart/mixed",
        text_source=source,
        pages=tuple(pages),
        warnings=tuple(f"{document.name}: {warning}" for document in documents for warning in document.warnings),
        poor_text=any(document.poor_text for document in documents),
        files=tuple(CaseFile(name, d.sha256, len(d.pages)) for name, d in zip(names, documents, strict=True)),
    )


def _distinct(names: Sequence[str]) -> list[str]:
    """The names, a second 'log.txt' as 'log.txt (2)': evidence tells files apart by their names alone."""
    found: list[str] = []
    for name in names:
        number = sum(1 for other in names[: len(found)] if other == name) + 1
        found.append(name if number == 1 else f"{name} ({number})")
    return found


def in_files(document: Document, case: Case) -> Case:
    """The Case of a joined document with each evidence and each part on the page of its file."""
    if not document.files:
        return case
    pages = {page.number: page for page in document.pages}

    def placed(shown: Evidence) -> Evidence:
        page = pages.get(shown.page)
        return replace(shown, page=page.own, file=page.file) if page is not None and not shown.file else shown

    def of_file(part: PartSeen) -> PartSeen:
        return replace(part, pages=tuple(pages[number].own for number in part.pages), file=pages[part.pages[0]].file)

    return replace(with_evidence(case, placed), parts=tuple(of_file(part) for part in case.parts))
