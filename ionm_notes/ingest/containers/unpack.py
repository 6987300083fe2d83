"""Takes containers apart, down to documents; the one place that knows which kinds hold others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ionm_notes.errors import IonmError
from ionm_notes.ingest.containers.inner import MARK, Budget, Inner, OverBudget, ending_of
from ionm_notes.ingest.sniff import CDA, EML, FHIR, HL7, ZIP, kind_of
from ionm_notes.limits import LIMITS, Limits

_NESTED = frozenset({ZIP, EML, FHIR, HL7, CDA})


def unpack(name: str, data: bytes, limits: Limits = LIMITS, passwords: Sequence[str] = ()) -> Iterator[Inner]:
    """The documents in a file, in its order; a file that is a document itself comes out as it is.

    What cannot be had carries its error, what nobody meant to have audited the reason why it is skipped. Raises
    `IonmError` where the file itself is damaged, locked or beyond a limit, and `nothing-inside` where no document is in it.
    """
    budget = Budget.of(limits)
    found, kept = 0, 0
    try:
        for inner in _opened(name, data, budget, passwords, 0):
            found += 1
            kept += not inner.skipped
            yield inner
    except OverBudget as over:
        raise over.error from over
    if not kept:
        raise IonmError("nothing-inside", name, f"{found} parts, none of a type that is read" if found else "it is empty")


def _opened(name: str, data: bytes, budget: Budget, passwords: Sequence[str], depth: int) -> Iterator[Inner]:
    """A file taken apart as far as it goes; errors of the file itself are raised."""
    try:
        kind = kind_of(name, data)[0]
    except IonmError as error:
        if depth and error.code == "unsupported-type":
            yield Inner(name, skipped=error.detail)
            return
        if not depth:
            yield Inner(name, data)
            return
        raise
    inside = _inside(kind, name, data, budget, passwords) if kind in _NESTED else None
    if inside is None:
        yield Inner(name, data)
        return
    if depth >= budget.limits.containers:
        raise IonmError("too-deep", name, f"more than {budget.limits.containers} containers within one another")
    for inner in inside:
        budget.document(name)
        if inner.error is not None or inner.skipped:
            yield inner
            continue
        try:
            yield from _opened(inner.name, inner.data, budget, passwords, depth + 1)
        except IonmError as error:
            yield Inner(inner.name, error=error)


def _inside(kind: str, name: str, data: bytes, budget: Budget, passwords: Sequence[str]) -> Iterator[Inner] | None:
    """What a container holds; None for a message or a clinical document that is a document itself."""
    if kind == ZIP:
        from ionm_notes.ingest.containers.archive import members

        return members(name, data, budget, passwords)
    if kind == EML:
        from ionm_notes.ingest.containers.mail import parts

        return parts(name, data, budget)
    if kind == FHIR:
        from ionm_notes.ingest.containers.fhir import attachments

        return attachments(name, data, budget)
    return _in_message(name, data, budget) if kind == HL7 else _in_clinical(name, data, budget)


def _in_message(name: str, data: bytes, budget: Budget) -> Iterator[Inner] | None:
    from ionm_notes.ingest.hl7 import embedded, has_text, messages, raw_messages

    found, _ = messages(name, data)
    if len(found) > 1:
        return (Inner(f"{name}{MARK}{number}.hl7", one) for number, one in enumerate(raw_messages(data), 1))
    held = list(embedded(found[0]))
    if not held:
        return None

    def documents() -> Iterator[Inner]:
        if has_text(found[0]):
            yield Inner(f"{name}{MARK}text.hl7", _without_embedded(data))
        for number, one in enumerate(held, 1):
            inner = f"{name}{MARK}{number}{one.suffix}"
            if one.reason:
                yield Inner(inner, skipped=one.reason)
                continue
            budget.take(inner, len(one.data))
            yield Inner(inner, one.data)

    return documents()


def _without_embedded(data: bytes) -> bytes:
    """A message without the segments that carry documents, so that what is left is a document of its own."""
    lines = data.replace(b"\n", b"\r").split(b"\r")
    apart = re.compile(rb"OBX([^A-Za-z0-9\s])\d*\1(?:ED|RP)\1")
    return b"\r".join(line for line in lines if not apart.match(line))


def _in_clinical(name: str, data: bytes, budget: Budget) -> Iterator[Inner] | None:
    from ionm_notes.ingest.cda import embedded

    held = embedded(name, data)
    if held is None:
        return None
    media_type, content = held
    inner = f"{name}{MARK}1{ending_of(media_type)}"
    budget.take(inner, len(content))
    return iter((Inner(inner, content),))
