"""What a file is, told by its first bytes and, for ZIP and OLE containers, by what they hold; read to add a format."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from ionm_notes.errors import IonmError
from ionm_notes.ingest.exported import SUFFIXES as EXPORTS
from ionm_notes.ingest.exported import is_export

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
HTML = "text/html"
MARKDOWN = "text/markdown"
TXT = "text/plain"
PNG, JPEG, TIFF = "image/png", "image/jpeg", "image/tiff"
PICTURES = frozenset({PNG, JPEG, TIFF})
EML = "message/rfc822"
HL7 = "application/hl7-v2"
CDA = "application/hl7-cda+xml"
FHIR = "application/fhir+json"
ZIP = "application/zip"
LOCKED_OFFICE = "application/x-ole-encrypted-office"
"""A Word file within an OLE container, because it is protected by a password."""

SHORT = {
    PDF: "PDF",
    DOCX: "DOCX",
    ODT: "ODT",
    RTF: "RTF",
    HTML: "HTML",
    MARKDOWN: "Markdown",
    TXT: "plain text",
    PNG: "PNG",
    JPEG: "JPEG",
    TIFF: "TIFF",
    EML: "a mail",
    HL7: "HL7",
    CDA: "C-CDA",
    FHIR: "FHIR",
    ZIP: "ZIP",
    LOCKED_OFFICE: "a locked Office file",
}
SUFFIXES = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".docm": DOCX,
    ".dotx": DOCX,
    ".odt": ODT,
    ".ott": ODT,
    ".rtf": RTF,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": TXT,
    ".text": TXT,
    ".log": TXT,
    ".asc": TXT,
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".tif": TIFF,
    ".tiff": TIFF,
    ".eml": EML,
    ".mht": EML,
    ".mhtml": EML,
    ".hl7": HL7,
    ".oru": HL7,
    ".mdm": HL7,
    ".cda": CDA,
    ".ccda": CDA,
    ".fhir": FHIR,
    ".zip": ZIP,
}
"""What names say; `.xml` and `.json` say nothing, because most such files are no records."""

_TEXTS = frozenset({TXT, MARKDOWN, HTML, HL7})
"""Kinds that any text may be called without being a wreck."""
_STARTS = (
    (b"\x89PNG\r\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"{\\rtf", RTF),
)
_WINDOW = 1024
"""Readers of PDF accept the header anywhere in the first 1,024 bytes."""
_HEAD = 16_384

_FOREIGN = (
    (b"GIF8", "a GIF picture is not read; save it as PNG"),
    (b"%!PS", "a PostScript file is not read; print it to PDF"),
    (b"\x1f\x8b", "a gzip archive is not read; unpack it"),
    (b"7z\xbc\xaf", "a 7-Zip archive is not read; unpack it"),
    (b"Rar!", "a RAR archive is not read; unpack it"),
    (b"MZ", "a program is not read"),
    (b"\x7fELF", "a program is not read"),
    (b"SQLite format 3", "a database is not read"),
    (b"\x78\x9f\x3e\x22", "an attachment of Outlook's own kind (winmail.dat) is not read; have it sent as a file"),
)
_BINARY = (
    (0, (b"BM",), "a bitmap picture is not read; save it as PNG"),
    (4, (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"), "a HEIC photograph is not read; save or send it as JPEG"),
    (4, (b"ftyp",), "a film is not read"),
    (8, (b"WEBP",), "a WebP picture is not read; save it as PNG"),
)
"""Marks that may begin a text as well, so that they are believed of other bytes alone: where each stands, and what it may be."""
_PACKAGED = (b"[Content_Types].xml", b"_rels/", b"word/", b"docProps/", b"customXml/", b"xl/", b"ppt/", b"mimetype")
"""How the name of the first member of a package begins; an archive that holds a package begins with that one's name."""
_WORD_PART = re.compile(rb"word/\w{1,40}\.xml")
_ZIPPED = (
    (b"xl/workbook", "an Excel workbook is not read; print it to PDF"),
    (b"ppt/presentation", "a PowerPoint file is not read; print it to PDF"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument sheet or drawing is not read; print it to PDF"),
    (b"mimetypeapplication/epub", "an e-book is not read; print it to PDF"),
)
_ODT_MARK = b"mimetypeapplication/vnd.oasis.opendocument.text"
_HTML = re.compile(r"(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|body|table|div|p)\b", re.IGNORECASE)
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
_MAIL_FIELDS = frozenset(
    {"from", "to", "subject", "date", "message-id", "received", "mime-version", "return-path", "delivered-to"}
)
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}\|")
_HL7_START = re.compile(r"(?:(?![A-Z][A-Z0-9]{2}\|)[^\r\n]{0,80}[\r\n]+){0,2}(?=(?:MSH|FHS|BHS)\|)")
"""How a message begins; whoever printed or faxed it may have put a line or two above."""
_RESOURCE = re.compile(r'"resourceType"\s*:\s*"')
_FOREIGN_TEXT = frozenset(
    {".csv", ".xml", ".json", ".jsonl", ".ndjson", ".py", ".toml", ".doc", ".xlsx", ".ics", ".vcf", ".css", ".js"}
)


def kind_of(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """Media type by content, with a warning where the name says another type that is read too.

    Raises `IonmError`: `empty-file`, `unsupported-type`, `encrypted-office`, or `not-what-its-name-says` where a file
    with a supported suffix holds something that is not read.
    """
    if not data.strip(b"\x00\t\r\n\f \xef\xbb\xbf\xff\xfe"):
        raise IonmError("empty-file", name)
    suffix = PurePath(name).suffix.lower()
    claimed = SUFFIXES.get(suffix)
    found, foreign = _by_content(data, claimed)
    if suffix in EXPORTS and found in (TXT, None) and _is_text(data) and is_export(suffix, head_of(data)):
        return TXT, ()
    if found is None:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise IonmError("encrypted-office", name, foreign)
        code = "not-what-its-name-says" if claimed else "unsupported-type"
        raise IonmError(code, name, f"named {suffix}, but {foreign}" if claimed else foreign)
    if found in (TXT, HTML) and claimed is not None and claimed not in _TEXTS:
        # Text under such a name is no report but the wreck of one, or a page that said 'not found' when downloaded.
        raise IonmError("not-what-its-name-says", name, f"named {suffix}, but it holds {SHORT[found]}")
    if found == TXT and suffix in _FOREIGN_TEXT:
        raise IonmError("unsupported-type", name, f"files of type {suffix} are not read")
    if claimed and claimed != found and found != LOCKED_OFFICE and (claimed, found) != (TXT, HL7):
        return found, (f"the name says {SHORT[claimed]}, the content is {SHORT[found]}: read as {SHORT[found]}",)
    return found, ()


def _by_content(data: bytes, claimed: str | None) -> tuple[str | None, str]:
    """(media type, '') for what is read, (None, what it is) for the rest."""
    if b"%PDF-" in data[:_WINDOW] and not _is_mail(head_of(data), claimed):
        return PDF, ""
    bare = data[:64].lstrip(b"\xef\xbb\xbf\r\n\t \x0b")
    for magic, media_type in _STARTS:
        if bare.startswith(magic):
            return media_type, ""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _by_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _by_ole(data)
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            return None, what
    if _is_text(data):
        return _by_text(head_of(data), data, claimed)
    kinds = (what for place, marks, what in _BINARY if data.startswith(marks, place))
    return None, next(kinds, "a binary file of unknown type is not read")


def _by_text(head: str, data: bytes, claimed: str | None) -> tuple[str | None, str]:
    """Kinds of text: the marked ones first, plain text for all the rest."""
    if (message := _HL7_START.match(head)) is not None and _is_segments(head[message.end() :]):
        return HL7, ""
    if "<ClinicalDocument" in head or ":ClinicalDocument" in head:
        return CDA, ""
    bare = head
    while bare.startswith("<!--"):
        bare = bare.partition("-->")[2].lstrip()
    if _HTML.match(bare) or (claimed == HTML and "<" in head):
        return HTML, ""
    if head.startswith("<?xml"):
        return None, "an XML file that is no clinical document (C-CDA) is not read"
    if head.startswith(("{", "[")) and (_RESOURCE.search(head) or b'"resourceType"' in data):
        return FHIR, ""
    if _is_mail(head, claimed):
        return EML, ""
    return (MARKDOWN if claimed == MARKDOWN else TXT), ""


def head_of(data: bytes) -> str:
    """The beginning of a text, without marks and blanks before it."""
    part = data[:_HEAD]
    if part.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = part.decode("utf-16", "ignore")
    elif part[1:2] == b"\x00":
        text = part.decode("utf-16-le", "ignore")
    elif part[:1] == b"\x00":
        text = part.decode("utf-16-be", "ignore")
    else:
        text = part.decode("utf-8", "ignore")
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n\t \x0b\x1c")


def _is_segments(head: str) -> bool:
    """Whether the lines are segments of HL7: an export may have a message's first line pasted above it."""
    lines = [line.strip("\x0b\x1c") for line in head.split("\n")]
    filled = [line for line in lines if line.strip()]
    return sum(bool(_SEGMENT.match(line)) for line in filled[:40]) > 0.6 * len(filled[:40])


def _is_mail(head: str, claimed: str | None) -> bool:
    """Whether a text is a mail as programs save it. A record may begin with 'From:' and 'To:' too: it says no MIME version."""
    match = _HEADER.match(head)
    if match is None:
        return False
    fields = {line.partition(":")[0].lower() for line in match.group().split("\n") if line[:1].strip()}
    known = len(fields & _MAIL_FIELDS)
    return known > 0 if claimed == EML else known > 2 and "mime-version" in fields


def _by_zip(data: bytes) -> tuple[str | None, str]:
    # Names stand in plain text in the local headers and the directory: enough to tell, without trusting any size.
    if data[30 : 30 + max(map(len, _PACKAGED))].startswith(_PACKAGED):
        if _ODT_MARK in data[:_WINDOW]:
            return ODT, ""
        if _WORD_PART.search(data):
            return DOCX, ""
        for mark, what in _ZIPPED:
            if mark in data:
                return None, what
    return ZIP, ""


def _by_ole(data: bytes) -> tuple[str | None, str]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return LOCKED_OFFICE, ""
    if "WordDocument".encode("utf-16-le") in data:
        return None, "a Word 97-2003 document (.doc)"
    if "__properties_version1.0".encode("utf-16-le") in data:
        return None, "a message of Outlook's own kind (.msg)"
    return None, "an old Office file"


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:65536]
    if sample.count(0) > len(sample) // 5:
        # UTF-16 without a mark: the zeros stand on one side of the pairs.
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        return max(even, odd) > 10 * max(1, min(even, odd))
    control = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 11, 12, 13, 26, 27, 28))
    return control <= max(4, len(sample) // 50)
