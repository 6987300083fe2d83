"""FHIR in JSON: files attached to DocumentReference, DiagnosticReport and Binary, and reports that are narrative alone.

A Bundle is looked through, also within itself; a reference is followed within the file only, and nothing is fetched.
A narrative becomes a small HTML page with the patient, the date and the signer that the resources state.
"""

from __future__ import annotations

import base64
import binascii
import html
import json
from collections.abc import Iterator
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest.containers.inner import MARK, Budget, Inner, ending_of, label
from ionm_notes.ingest.txt import decode

_REPORTS = frozenset({"DiagnosticReport", "Composition"})
_STATES = {
    "preliminary": "PRELIMINARY REPORT",
    "partial": "PRELIMINARY REPORT",
    "registered": "DRAFT",
    "entered-in-error": "CANCELED",
}
_ENDINGS = (".pdf", ".rtf", ".html", ".htm", ".txt", ".docx", ".xml", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".odt", ".md")


def attachments(name: str, data: bytes, budget: Budget) -> Iterator[Inner]:
    """The documents of a FHIR file, in its order; raises `IonmError`: `damaged-fhir`, `too-large`, `too-deep`."""
    resources = list(_resources(name, _parsed(name, data, budget), 0, budget))
    known = _by_reference(resources)
    used: set[int] = set()
    number = 0
    for resource, _ in resources:
        for held in _of(resource, known, used):
            number += 1
            suffix = ending_of(held.media_type)
            own = label(held.title)
            if not own.lower().endswith(_ENDINGS):
                own = f"{number}-{own}{suffix}" if own else f"{number}{suffix}"
            inner = f"{name}{MARK}{own}"
            if held.reason:
                yield Inner(inner, skipped=held.reason)
                continue
            try:
                content = held.data if isinstance(held.data, bytes) else _decoded(inner, held.data)
                budget.take(inner, len(content))
                yield Inner(inner, content)
            except IonmError as error:
                yield Inner(inner, error=error)


class _Held:
    """A file that a resource holds: base64 text or bytes, or the reason why it is not there."""

    __slots__ = ("data", "media_type", "reason", "title")

    def __init__(self, title: str, media_type: str, data: str | bytes, reason: str = "") -> None:
        self.title, self.media_type, self.data, self.reason = title, media_type, data, reason


def _parsed(name: str, data: bytes, budget: Budget) -> list[Any]:
    if sum(data.count(sign) for sign in (b"{", b"[", b",")) > budget.limits.json_items:
        raise IonmError("too-large", name, "it holds more values than any record")
    text = decode(data)[0]
    try:
        return [json.loads(text)]
    except RecursionError as error:
        raise IonmError("too-deep", name, "objects within objects without end") from error
    except ValueError as error:
        # One resource on each line is how bulk exports look.
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith("}"):
            raise IonmError("damaged-fhir", name, "it is not valid JSON") from error
    try:
        return [json.loads(line) for line in lines]
    except RecursionError as error:
        raise IonmError("too-deep", name, "objects within objects without end") from error
    except ValueError as error:
        raise IonmError("damaged-fhir", name, "it is not valid JSON") from error


def _resources(name: str, values: Any, depth: int, budget: Budget) -> Iterator[tuple[dict[str, Any], str]]:
    """All resources with the address that their bundle gives them, bundles opened."""
    if depth > budget.limits.containers:
        raise IonmError("too-deep", name, "bundles within bundles without end")
    for value in _list(values):
        if not isinstance(value, dict):
            continue
        entries = [(entry.get("resource"), _text(entry.get("fullUrl"))) for entry in _dicts(value.get("entry"))]
        for resource, url in [(value, ""), *entries]:
            if not isinstance(resource, dict):
                continue
            if resource is not value and resource.get("resourceType") == "Bundle":
                yield from _resources(name, resource, depth + 1, budget)
                continue
            yield resource, url
            for contained in _dicts(resource.get("contained")):
                yield contained, "#" + _text(contained.get("id"))


def _by_reference(resources: list[tuple[dict[str, Any], str]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for resource, url in resources:
        for key in (url, f"{_text(resource.get('resourceType'))}/{_text(resource.get('id'))}"):
            if len(key) > 1:
                found.setdefault(key, resource)
    return found


def _of(resource: dict[str, Any], known: dict[str, dict[str, Any]], used: set[int]) -> Iterator[_Held]:
    """What one resource holds. A Binary that a reference pointed to is not taken again for its own sake."""
    kind = resource.get("resourceType")
    if kind == "DocumentReference":
        title = _text(resource.get("description"))
        forms = [_attachment(content.get("attachment"), title, known, used) for content in _dicts(resource.get("content"))]
        there = [form for form in forms if not form.reason]
        # Several contents are the same document in other formats.
        yield from [_best(there)] if there else forms[:1]
    elif kind in _REPORTS:
        forms = [_attachment(form, "", known, used) for form in _list(resource.get("presentedForm"))]
        there = [form for form in forms if not form.reason]
        if there:
            yield _best(there)
        elif page := _page(resource, known):
            yield _Held(_coded(resource.get("code")) or _text(resource.get("title")), "text/html", page)
        else:
            yield from forms[:1]
    elif kind == "Binary" and id(resource) not in used and isinstance(resource.get("data"), str):
        yield _Held("", _text(resource.get("contentType")), resource["data"])
    elif kind == "Media":
        yield _attachment(resource.get("content"), "", known, used)


def _best(forms: list[_Held]) -> _Held:
    order = ("application/pdf", "text/html", "application/xhtml+xml", "application/rtf", "text/rtf", "text/plain")
    return min(forms, key=lambda form: order.index(form.media_type) if form.media_type in order else len(order))


def _attachment(value: Any, title: str, known: dict[str, dict[str, Any]], used: set[int]) -> _Held:
    attachment = value if isinstance(value, dict) else {}
    title = _text(attachment.get("title")) or title
    media_type = _text(attachment.get("contentType"))
    if isinstance(attachment.get("data"), str):
        return _Held(title, media_type, attachment["data"])
    url = _text(attachment.get("url"))
    binary = known.get(url) or known.get("/".join(url.split("/")[-2:]))
    if binary is not None and isinstance(binary.get("data"), str):
        used.add(id(binary))
        return _Held(title, media_type or _text(binary.get("contentType")), binary["data"])
    return _Held(title, media_type, "", "it is kept elsewhere, and the resource only points to it")


def _page(resource: dict[str, Any], known: dict[str, dict[str, Any]]) -> bytes:
    """The narrative of a report as an HTML page; empty where it has none."""
    story = [_div(resource)] + [_section(section, 0) for section in _dicts(resource.get("section"))]
    if conclusion := _text(resource.get("conclusion")):
        story.append(f"<p>Conclusion: {html.escape(conclusion)}</p>")
    if not any(story):
        return b""
    return ("<html><body>" + "".join(_heading(resource, known)) + "".join(story) + "</body></html>").encode("utf-8", "replace")


def _heading(resource: dict[str, Any], known: dict[str, dict[str, Any]]) -> Iterator[str]:
    patient = known.get(_reference(resource.get("subject")), {})
    period = resource.get("effectivePeriod")
    when = _text(resource.get("effectiveDateTime")) or _text(period.get("start") if isinstance(period, dict) else "")
    identifiers = _dicts(patient.get("identifier"))
    for what, value in (
        ("", _coded(resource.get("code")) or _text(resource.get("title"))),
        ("Document status: ", _STATES.get(_text(resource.get("status")), "")),
        ("Patient: ", _person(patient)),
        ("Date of birth: ", _text(patient.get("birthDate"))),
        ("MRN: ", _text(identifiers[0].get("value")) if identifiers else ""),
        ("Date of service: ", when[:10]),
    ):
        if value:
            yield f"<p>{what}{html.escape(value)}</p>"


def _section(section: dict[str, Any], depth: int) -> str:
    title, div = _text(section.get("title")), _div(section)
    inner = "".join(_section(one, depth + 1) for one in _dicts(section.get("section"))) if depth < 10 else ""
    return (f"<h2>{html.escape(title)}</h2>" if title and (div or inner) else "") + div + inner


def _div(resource: dict[str, Any]) -> str:
    text = resource.get("text")
    return _text(text.get("div")) if isinstance(text, dict) else ""


def _reference(value: Any) -> str:
    return _text(value.get("reference")) if isinstance(value, dict) else ""


def _person(patient: dict[str, Any]) -> str:
    for name in _dicts(patient.get("name"))[:1]:
        given = " ".join(_text(one) for one in _list(name.get("given")))
        return f"{given} {_text(name.get('family'))}".strip() or _text(name.get("text"))
    return ""


def _coded(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    return _text(value.get("text")) or next((_text(one.get("display")) for one in _dicts(value.get("coding"))), "")


def _decoded(inner: str, text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise IonmError("damaged-fhir", inner, "the file within it is not well encoded") from error


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
