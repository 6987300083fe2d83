"""C-CDA documents to `Document`: the header as labelled lines, then the narrative of each section; entries are not read.

The narrative is what was signed; the coded entries only repeat it for machines.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest.flow import Flow
from ionm_notes.ingest.hl7 import when
from ionm_notes.ingest.markup import Markup
from ionm_notes.ingest.sniff import CDA
from ionm_notes.ingest.xml import attribute, local, xml_root
from ionm_notes.limits import Limits
from ionm_notes.types import Document

_DAMAGED = "damaged-cda"


def read_cda(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads the sections of a clinical document; one that only wraps another file is left to `unpack`.

    Raises `IonmError`: `damaged-cda`, `doc-dtd`, `several-documents`, `too-deep`, `too-large`, `no-text`.
    """
    root = _root(name, data)
    flow = Flow(name, limits)
    body = root.find("{*}component/{*}structuredBody")
    if body is None and root.find("{*}component/{*}nonXMLBody") is not None:
        raise IonmError("several-documents", name)
    if body is None:
        raise IonmError(_DAMAGED, name, "it holds no sections")
    for line in _heading(root):
        flow.text(line)
    _sections(flow, body, 0)
    for line in _signatures(root):
        flow.text(line)
    return flow.document(sha256, CDA, warnings)


def embedded(name: str, data: bytes) -> tuple[str, bytes] | None:
    """Media type and bytes of the file that a clinical document wraps; None where it has sections.

    Raises `IonmError`: `damaged-cda`, `doc-dtd`.
    """
    element = _root(name, data).find("{*}component/{*}nonXMLBody/{*}text")
    if element is None:
        return None
    text = "".join(element.itertext())
    media_type = attribute(element, "mediaType") or ""
    if (attribute(element, "representation") or "").upper() != "B64":
        if not text.strip():
            raise IonmError(_DAMAGED, name, "it only points to a file that is kept elsewhere")
        return media_type, text.encode()
    try:
        return media_type, base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise IonmError(_DAMAGED, name, "the file within it is not well encoded") from error


def _root(name: str, data: bytes) -> Any:
    root = xml_root(name, data, _DAMAGED)
    if local(root) != "ClinicalDocument":
        raise IonmError(_DAMAGED, name, "its root is no ClinicalDocument")
    return root


def _sections(flow: Flow, parent: Any, depth: int) -> None:
    if depth > flow.limits.depth:
        raise IonmError("too-deep", flow.name, f"more than {flow.limits.depth} levels")
    for section in parent.iterfind("{*}component/{*}section"):
        title = section.find("{*}title")
        if title is not None:
            flow.text("".join(title.itertext()))
        text = section.find("{*}text")
        if text is not None:
            Markup(flow).read(text)
        _sections(flow, section, depth + 1)


def _heading(root: Any) -> Iterator[str]:
    title = root.find("{*}title")
    if title is not None:
        yield " ".join("".join(title.itertext()).split())
    role = root.find("{*}recordTarget/{*}patientRole")
    if role is not None:
        if name := _name(role.find("{*}patient/{*}name")):
            yield f"Patient: {name}"
        if birth := _time(role.find("{*}patient/{*}birthTime")):
            yield f"Date of birth: {birth}"
        for identifier in list(role.iterfind("{*}id"))[:1]:
            if number := attribute(identifier, "extension"):
                yield f"MRN: {number}"
    event = root.find("{*}documentationOf/{*}serviceEvent/{*}effectiveTime")
    for span in (event, root.find("{*}componentOf/{*}encompassingEncounter/{*}effectiveTime")):
        if span is not None and (day := _time(span) or _time(span.find("{*}low"))):
            yield f"Date of service: {day[:10]}"
            break
    place = root.find("{*}componentOf/{*}encompassingEncounter/{*}location/{*}healthCareFacility")
    if place is not None:
        for path in ("{*}location/{*}name", "{*}serviceProviderOrganization/{*}name"):
            if (found := place.find(path)) is not None and (facility := " ".join("".join(found.itertext()).split())):
                yield f"Facility: {facility}"
                break


def _signatures(root: Any) -> Iterator[str]:
    """Who signed: the code S says that the signature is there, X that it is still to come."""
    for kind in ("legalAuthenticator", "authenticator"):
        for element in root.iterfind("{*}" + kind):
            name = _name(element.find("{*}assignedEntity/{*}assignedPerson/{*}name"))
            code = element.find("{*}signatureCode")
            if name and code is not None and (attribute(code, "code") or "").upper() == "S":
                at = _time(element.find("{*}time"))
                yield f"Electronically signed by {name} {at}".rstrip()


def _name(element: Any | None) -> str:
    if element is None:
        return ""
    parts: dict[str, list[str]] = {}
    for child in element:
        parts.setdefault(local(child), []).append(" ".join("".join(child.itertext()).split()))
    plain = " ".join(parts.get("given", []) + parts.get("family", [])) or " ".join("".join(element.itertext()).split())
    return ", ".join([plain, *parts.get("suffix", [])]) if plain else ""


def _time(element: Any | None) -> str:
    return "" if element is None else when(attribute(element, "value") or "")
