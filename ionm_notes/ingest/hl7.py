"""HL7 v2 messages (ORU, MDM): segments and their text; the text of one message as a `Document`, and what is embedded in it.

The header becomes labelled lines (patient, birth date, record number, date of service, who signed), the observations
become the text that they carry. Embedded documents (type ED) are documents of their own, which `unpack` takes out.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ionm_notes.errors import IonmError
from ionm_notes.ingest.flow import Flow
from ionm_notes.ingest.sniff import HL7
from ionm_notes.ingest.txt import decode
from ionm_notes.limits import Limits
from ionm_notes.types import Document

_WRAPPING = "\x0b\x1c\ufeff \t"
"""Signs that frame a message when it is sent."""
_ESCAPE = re.compile(r"\\([A-Za-z.][^\\\r\n]{0,20})\\")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?")
_TEXT_TYPES = frozenset({"TX", "FT", "ST", "CF", "CE", "CWE", "NM", "DT", "TM", "TS", "DTM", "SN", ""})
_BASE64_STARTS = ("JVBERi0", "UEsDBB", "e1xydGY", "/9j/4", "iVBORw0", "SUkqA", "TU0AK")
"""A PDF, ZIP, RTF, JPEG, PNG or TIFF as base64: some systems send it as mere text."""
_LEAST_EMBEDDED = 200
_STATES_DAY = re.compile(
    r"\b(?:date of (?:service|surgery|procedure|operation)|DOS|surgery date|procedure date)\b", re.IGNORECASE
)
_VALUE = 40
"""Characters of the longest text that is the value of what the observation is named, and no line of a report."""
_OF_TEXT = re.compile(
    r"\b(?:text|note|notes|report|comment|narrative|line|body|document|impression|finding|summary|section|remark|statement|event|log)s?\b|\bentr(?:y|ies)\b",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(r"[A-Za-z][A-Za-z ()/,'-]{3,}")
"""An identifier of an observation that is its name: 'Operating Surgeon', and no code such as '8251-1'."""
_ALIKE = 2
"""Observations at most that one identifier in words names; more of them are lines of one text."""
_TIMES = 4
"""Different times from which on each observation has its own; a time that so many share is that of the message."""
_CLOCK = re.compile(r"\d:\d\d")
_CLASSES = {"I": "inpatient", "O": "outpatient", "E": "emergency"}
_STATES = {"P": "PRELIMINARY REPORT", "R": "PRELIMINARY REPORT, not verified", "C": "CORRECTED REPORT", "X": "CANCELED"}
_COMPLETION = {"DI": "dictated, not signed", "IP": "in progress", "IN": "incomplete", "PA": "unsigned, awaiting authentication"}
_SIGNED = frozenset({"AU", "LA"})


@dataclass(frozen=True, slots=True)
class Message:
    """The segments of one message, each split into fields; field n of a segment is `fields[n]` (for MSH n - 1)."""

    segments: tuple[tuple[str, ...], ...]
    component: str = "^"
    repetition: str = "~"

    def first(self, kind: str) -> tuple[str, ...]:
        """The first segment of a kind, empty where there is none."""
        return next((fields for fields in self.segments if fields[0] == kind), ())


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document within a message: its ending (with the dot), its bytes, and why it cannot be had where it cannot."""

    suffix: str
    data: bytes
    reason: str = ""


def messages(name: str, data: bytes) -> tuple[list[Message], str]:
    """The messages of a file in their order, and a note on its encoding. Raises `IonmError` `damaged-message`."""
    text, note = decode(data)
    lines = re.split(r"[\r\n]+", text)
    found: list[list[tuple[str, ...]]] = []
    separator = "|"
    for line in (line.strip(_WRAPPING) for line in lines):
        if line.startswith("MSH") and len(line) > 8:
            separator = line[3]
            found.append([])
        if not line or not found or line[:3] in ("FHS", "BHS", "BTS", "FTS"):
            continue
        if line[3:4] == separator and line[:3].isalnum():
            found[-1].append(tuple(line.split(separator)))
        elif found[-1]:
            # A line break within a field, which senders should have escaped.
            last = found[-1][-1]
            rest = line.split(separator)
            found[-1][-1] = (*last[:-1], f"{last[-1]}\n{rest[0]}", *rest[1:])
    if not found:
        raise IonmError("damaged-message", name, "it holds no MSH segment")
    return [_message(segments) for segments in found], note


def _message(segments: list[tuple[str, ...]]) -> Message:
    signs = segments[0][1] if len(segments[0]) > 1 else ""
    return Message(tuple(segments), signs[0:1] or "^", signs[1:2] or "~")


def raw_messages(data: bytes) -> list[bytes]:
    """The bytes of each message of a file."""
    starts = [match.start() for match in re.finditer(rb"(?:(?<=[\r\n\x0b])|^)MSH[^A-Za-z0-9\s]", data)]
    return [data[start:end].strip(b"\x0b\x1c\r\n") for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]


def read_hl7(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads the text of one message; documents embedded in it are left to `unpack`.

    Raises `IonmError`: `damaged-message`, `several-documents` (many messages), `too-large`, `no-text`.
    """
    found, note = messages(name, data)
    if len(found) > 1:
        raise IonmError("several-documents", name)
    message = found[0]
    body = list(_body(message))
    flow = Flow(name, limits)
    if body:
        for line in _heading(message, any(_STATES_DAY.search(line) for line in body)):
            flow.text(line)
        flow.raw(body, apart=True)
        for line in _closing(message):
            flow.text(line)
    return flow.document(sha256, HL7, (*warnings, note) if note else warnings)


def has_text(message: Message) -> bool:
    """Whether a message carries a report as text; a line that only points to an embedded document is none."""
    return sum(len(line) for line in _body(message)) > _LEAST_EMBEDDED


def embedded(message: Message) -> Iterator[Embedded]:
    """The documents embedded in the observations, in their order."""
    for fields in message.segments:
        if fields[0] != "OBX":
            continue
        kind, value = _field(fields, 2), _field(fields, 5)
        if kind == "RP":
            yield Embedded("", b"", "it is kept elsewhere, and the message only points to it")
        elif kind == "ED":
            for one in value.split(message.repetition):
                yield _encapsulated(one.split(message.component))
        elif _is_base64(value):
            yield _decoded(value, "base64", "")


def _encapsulated(parts: list[str]) -> Embedded:
    """ED: source, type of data, subtype, encoding, data."""
    parts = parts + [""] * (5 - len(parts))
    data = next((part for part in reversed(parts) if part), "") if not parts[4] else parts[4]
    return _decoded(data, parts[3].lower(), parts[2] or parts[1])


def _decoded(value: str, encoding: str, subtype: str) -> Embedded:
    suffix = f".{subtype.lower()}" if re.fullmatch(r"[A-Za-z0-9]{2,5}", subtype) else ""
    try:
        if encoding == "hex":
            return Embedded(suffix, binascii.unhexlify("".join(value.split())))
        if encoding in ("a", "ascii", "text"):
            return Embedded(suffix or ".txt", unescaped(value).encode())
        # Senders break the lines of base64 with escapes or blanks.
        plain = re.sub(r"\\\.br\\|\\X0[AD](?:0[AD])?\\|\s+", "", value)
        return Embedded(suffix, base64.b64decode(plain, validate=True))
    except (binascii.Error, ValueError):
        return Embedded(suffix, b"", "it is not well encoded")


def _is_base64(value: str) -> bool:
    return len(value) > _LEAST_EMBEDDED and value.startswith(_BASE64_STARTS)


def unescaped(text: str) -> str:
    """Text of a field with its escapes replaced: line breaks, separators, signs by number; marks of type are dropped."""

    def plain(match: re.Match[str]) -> str:
        code = match.group(1)
        if code in ("F", "S", "T", "R", "E"):
            return {"F": "|", "S": "^", "T": "&", "R": "~", "E": "\\"}[code]
        if code.startswith((".br", ".sp", ".ce")):
            return "\n"
        if code[0] == "X":
            try:
                return bytes.fromhex(code[1:]).decode("utf-8", "replace")
            except ValueError:
                return ""
        return ""

    return _ESCAPE.sub(plain, text)


def _body(message: Message) -> Iterator[str]:
    """The lines of the report: what observations, notes and their likes say; one with a time of its own is led by it."""
    names = Counter(_component(_field(fields, 3), 0, message) for fields in message.segments if fields[0] == "OBX")
    times = Counter(at for fields in message.segments if fields[0] == "OBX" and (at := _observed(fields)))
    for fields in message.segments:
        kind = fields[0]
        if kind == "OBX" and _field(fields, 2) in _TEXT_TYPES and not _is_base64(_field(fields, 5)):
            told = _observation(fields, message, names)
            at = _observed(fields) if len(times) >= _TIMES else ""
            own = at and times[at] < _TIMES and len(told) == 1 and _LED.match(told[0]) is None
            yield from [f"{at}\t{' '.join(told[0].split())}"] if own else told
        elif kind == "NTE":
            yield from unescaped(_field(fields, 3).replace(message.repetition, "\n")).split("\n")
        elif kind == "DSP":
            yield from unescaped(_field(fields, 3)).split("\n")


_LED = re.compile(r"\W*(?:\d|$)")
"""Text that a time, or another figure, leads already; or none."""


def _observed(fields: tuple[str, ...]) -> str:
    """When an observation was made, if to the minute: its field 14, or else that of its analysis."""
    return next((at for number in (14, 19) if (at := when(_field(fields, number))) and " " in at), "")


def _observation(fields: tuple[str, ...], message: Message, names: Counter[str]) -> list[str]:
    kind, value = _field(fields, 2), _field(fields, 5)
    if kind in ("CE", "CWE"):
        value = _component(value, 1, message) or _component(value, 0, message)
    elif kind in ("TX", "FT", "ST", ""):
        value = value.replace(message.repetition, "\n")
    text = unescaped(value)
    label, identifier = (_component(_field(fields, 3), number, message) for number in (1, 0))
    if not label and names[identifier] <= _ALIKE and _IN_WORDS.fullmatch(identifier):
        label = identifier
    named = kind not in ("TX", "FT", "") or (
        len(text) <= _VALUE and "\n" not in text and not _OF_TEXT.search(label) and ":" not in _CLOCK.sub("", text)
    )
    if named and label:
        units = _component(_field(fields, 6), 0, message)
        text = f"{unescaped(label)}: {text} {units}".rstrip()
    return text.split("\n")


def _heading(message: Message, dated: bool) -> Iterator[str]:
    """What the header says of patient and service, as labelled lines; `dated`: the report itself states its day."""
    person, visit, order, text = (message.first(kind) for kind in ("PID", "PV1", "OBR", "TXA"))
    if title := _component(_field(order, 4), 1, message):
        yield unescaped(title)
    if name := _name(_field(person, 5), message):
        yield f"Patient: {name}"
    if birth := when(_field(person, 7)):
        yield f"Date of birth: {birth}"
    if number := _component(_field(person, 3) or _field(person, 2), 0, message):
        yield f"MRN: {unescaped(number)}"
    if patient_class := _CLASSES.get(_field(visit, 2).upper()):
        yield f"Patient class: {patient_class}"
    day = when(_field(order, 7)) or when(_field(text, 4))
    if day and not dated:
        yield f"Date of service: {day[:10]}"
    if state := _STATES.get(_field(order, 25)) or _COMPLETION.get(_field(text, 17)):
        yield f"Document status: {state}"


def _closing(message: Message) -> Iterator[str]:
    """Who signed a document that the message says is signed."""
    text = message.first("TXA")
    if _field(text, 17) not in _SIGNED:
        return
    for one in _field(text, 22).split(message.repetition):
        if name := _name(one, message, 1):
            at = next((at for part in reversed(one.split(message.component)) if (at := when(part))), "")
            yield f"Electronically signed by {name} {at}".rstrip()


def _name(value: str, message: Message, first: int = 0) -> str:
    """Given and family name with degree out of a field; `first` is the place of the family name among its components."""
    parts = [unescaped(part).strip() for part in value.split(message.repetition)[0].split(message.component)[first : first + 6]]
    parts += [""] * (6 - len(parts))
    family, given, middle, suffix, _, degree = parts
    name = " ".join(part for part in (given, middle, family.split("&")[0], suffix) if part)
    return f"{name}, {degree}" if name and degree else name


def when(value: str) -> str:
    """`2024-03-14 08:05` out of an HL7 time stamp, without the time where it has none; empty for anything else."""
    match = _STAMP.match(value)
    if match is None:
        return ""
    year, month, day, hour, minute = match.groups()
    return f"{year}-{month}-{day}" + (f" {hour}:{minute}" if hour else "")


def _field(fields: tuple[str, ...], number: int) -> str:
    return fields[number] if number < len(fields) else ""


def _component(value: str, number: int, message: Message) -> str:
    parts = value.split(message.repetition)[0].split(message.component)
    return parts[number].strip() if number < len(parts) else ""
