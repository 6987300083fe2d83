"""The forms in which a paper can be written, by the ending of their files."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal

from ionm_notes.errors import IonmError
from ionm_notes.handout.lists import LIST_FORMS, ListForm
from ionm_notes.handout.paper import Paper

Form = Literal["pdf", "html", "docx"]
FORMS: tuple[Form, ...] = ("pdf", "html", "docx")
MEDIA = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
"""Media types of hand-outs by ending; the last two are those of lists."""


def form_named(file: str) -> Form:
    """The form that the ending of a file's name asks for. Raises `IonmError` `bad-form`."""
    ending = PurePath(file).suffix.lower().lstrip(".")
    for form in FORMS:
        if form == ending:
            return form
    raise IonmError("bad-form", file, f"the ending is none of {', '.join(FORMS)}")


def list_form_named(file: str) -> ListForm:
    """The form of a list that the ending of a file's name asks for. Raises `IonmError` `bad-form`."""
    ending = PurePath(file).suffix.lower().lstrip(".")
    for form in LIST_FORMS:
        if form == ending:
            return form
    raise IonmError("bad-form", file, f"the ending is none of {', '.join(LIST_FORMS)}")


def written(paper: Paper, form: Form) -> bytes:
    """The bytes of a paper in one of its forms; the same paper gives the same bytes."""
    # The libraries of the forms take long to load, and a run needs one of them.
    if form == "pdf":
        from ionm_notes.handout.pdf import pdf

        return pdf(paper)
    if form == "docx":
        from ionm_notes.handout.docx import docx

        return docx(paper)
    from ionm_notes.handout.html import html

    return html(paper).encode()
