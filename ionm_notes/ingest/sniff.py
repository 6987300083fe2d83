"""Tells what a file is by its first bytes, and holds that against its name."""

from __future__ import annotations

import io
import zipfile

from ionm_notes import limits
from ionm_notes.errors import IonmError

_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "encrypted-office", ""),
    (b"\x89PNG", "unsupported-type", "a PNG picture"),
    (b"\xff\xd8\xff", "unsupported-type", "a JPEG picture"),
    (b"II*\0", "unsupported-type", "a TIFF picture"),
    (b"MM\0*", "unsupported-type", "a TIFF picture"),
    (b"GIF8", "unsupported-type", "a GIF picture"),
    (b"{\\rtf", "unsupported-type", "an RTF document"),
    (b"MZ", "unsupported-type", "a program"),
    (b"\x7fELF", "unsupported-type", "a program"),
    (b"\x1f\x8b", "unsupported-type", "a gzip archive"),
    (b"SQLite format 3", "unsupported-type", "a database"),
)
_ENDINGS = {"pdf": (".pdf",), "docx": (".docx",), "text": (".txt", ".text", ".log", ".md", ".asc", "")}


def sniff(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """'pdf', 'docx' or 'text', with a warning where the name says otherwise; IonmError for all else."""
    kind = _kind(name, data)
    ending = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending in _ENDINGS[kind]:
        return kind, ()
    known = {e for endings in _ENDINGS.values() for e in endings}
    if ending in known:
        if kind == "text":
            raise IonmError("not-what-its-name-says", name, f"named {ending} but not a readable {ending[1:].upper()} file")
        return kind, (f"named {ending} but its content is {kind.upper()}",)
    if kind == "text" and ending in (".csv", ".html", ".htm", ".xml", ".json", ".eml", ".hl7", ".py", ".toml", ".rtf", ".odt", ".doc", ".xlsx"):
        raise IonmError("unsupported-type", name, f"files of type {ending} are not read")
    return kind, ()


def _kind(name: str, data: bytes) -> str:
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    for magic, code, detail in _OTHERS:
        if head.startswith(magic):
            raise IonmError(code, name, f"{detail} is not read" if detail else "")
    if head.startswith(b"PK"):
        return _zip_kind(name, data)
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return "text"
    sample = data[:65536]
    if b"\0" in sample and not _utf16(sample):
        raise IonmError("unsupported-type", name, "a binary file of unknown type is not read")
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if control > len(sample) * 0.1 and b"\0" not in sample:
        raise IonmError("unsupported-type", name, "a binary file of unknown type is not read")
    return "text"


def _utf16(sample: bytes) -> bool:
    half = len(sample) // 2 or 1
    return sample[1::2].count(0) > 0.6 * half or sample[::2].count(0) > 0.6 * half


def _zip_kind(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise IonmError("damaged-docx", name, "its archive cannot be opened") from error
    if len(members) > limits.ZIP_MEMBERS or sum(m.file_size for m in members) > limits.ZIP_BYTES:
        raise IonmError("zip-limits", name, "unpacks to too many or too large parts")
    if any(m.file_size > limits.ZIP_RATIO * max(m.compress_size, 1) and m.file_size > 4 * 1024 * 1024 for m in members):
        raise IonmError("zip-limits", name, "holds a part that is packed beyond reason")
    names = {m.filename for m in members}
    if any(m.filename == "word/document.xml" and m.file_size > limits.DOCUMENT_XML_BYTES for m in members):
        raise IonmError("zip-limits", name, "its text part is larger than allowed")
    if "word/document.xml" in names or any(n.startswith("word/document") for n in names):
        return "docx"
    what = "a spreadsheet" if any(n.startswith("xl/") for n in names) else "an archive"
    raise IonmError("unsupported-type", name, f"{what} is not read")
