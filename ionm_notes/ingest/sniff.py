"""What a file is, told by its first bytes and, for ZIP and OLE containers, by what they hold; read to add a format."""

from __future__ import annotations

from pathlib import PurePath

from ionm_notes.errors import IonmError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TXT = "text/plain"
PNG, JPEG, TIFF = "image/png", "image/jpeg", "image/tiff"
PICTURES = frozenset({PNG, JPEG, TIFF})

_SUFFIXES = {".pdf": PDF, ".docx": DOCX, ".txt": TXT, ".text": TXT, ".log": TXT, ".md": TXT, ".asc": TXT}
_SUFFIXES |= {".png": PNG, ".jpg": JPEG, ".jpeg": JPEG, ".tif": TIFF, ".tiff": TIFF}
_SHORT = {PDF: "PDF", DOCX: "DOCX", TXT: "plain text", PNG: "PNG", JPEG: "JPEG", TIFF: "TIFF"}
_PICTURE_STARTS = ((b"\x89PNG\r\n", PNG), (b"\xff\xd8\xff", JPEG), (b"II*\x00", TIFF), (b"MM\x00*", TIFF))
_WINDOW = 1024
"""Readers of PDF accept the header anywhere in the first 1,024 bytes."""

_FOREIGN = (
    (b"{\\rtf", "an RTF document is not read; save it as DOCX"),
    (b"GIF8", "a GIF picture is not read; save it as PNG"),
    (b"%!PS", "a PostScript file is not read; print it to PDF"),
    (b"\x1f\x8b", "a gzip archive is not read; unpack it"),
    (b"7z\xbc\xaf", "a 7-Zip archive is not read; unpack it"),
    (b"Rar!", "a RAR archive is not read; unpack it"),
    (b"MZ", "a program is not read"),
    (b"\x7fELF", "a program is not read"),
    (b"SQLite format 3", "a database is not read"),
)
_ZIPPED = (
    (b"xl/workbook", "an Excel workbook is not read; print it to PDF"),
    (b"ppt/presentation", "a PowerPoint file is not read; print it to PDF"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file is not read; save it as DOCX"),
)
_HTML = (b"<!doctype html", b"<html")
_FOREIGN_TEXT = frozenset(
    {".csv", ".html", ".htm", ".xml", ".json", ".jsonl", ".eml", ".hl7", ".py", ".toml", ".rtf", ".odt", ".doc", ".xlsx"}
)


def kind_of(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """Media type by content, with a warning where the name says another type that is read too.

    Raises `IonmError`: `empty-file`, `unsupported-type`, `encrypted-office`, or `not-what-its-name-says` where a file
    with a supported suffix holds something that is not read.
    """
    if not data.strip(b"\x00\t\r\n\f \xef\xbb\xbf\xff\xfe"):
        raise IonmError("empty-file", name)
    suffix = PurePath(name).suffix.lower()
    claimed = _SUFFIXES.get(suffix)
    found, foreign = _by_content(data)
    if found is None:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise IonmError("encrypted-office", name, foreign)
        code = "not-what-its-name-says" if claimed else "unsupported-type"
        raise IonmError(code, name, f"named {suffix}, but {foreign}" if claimed else foreign)
    if found == TXT and claimed not in (None, TXT):
        # Text under such a name is no report but the wreck of one, or a page that said 'not found' when downloaded.
        raise IonmError("not-what-its-name-says", name, f"named {suffix}, but it holds plain text")
    if found == TXT and suffix in _FOREIGN_TEXT:
        raise IonmError("unsupported-type", name, f"files of type {suffix} are not read")
    if claimed and claimed != found:
        return found, (f"the name says {_SHORT[claimed]}, the content is {_SHORT[found]}: read as {_SHORT[found]}",)
    return found, ()


def _by_content(data: bytes) -> tuple[str | None, str]:
    """(media type, '') for what is read, (None, what it is) for the rest."""
    if b"%PDF-" in data[:_WINDOW]:
        return PDF, ""
    for magic, media_type in _PICTURE_STARTS:
        if data.startswith(magic):
            return media_type, ""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _by_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return None, _by_ole(data)
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            return None, what
    if data[:_WINDOW].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith(_HTML):
        return None, "an HTML page is not read; print it to PDF"
    return (TXT, "") if _is_text(data) else (None, "a binary file of unknown type is not read")


def _by_zip(data: bytes) -> tuple[str | None, str]:
    # Names stand in plain text in the local headers and the directory: enough to tell, without trusting any size.
    if b"word/" in data:
        return DOCX, ""
    for mark, what in _ZIPPED:
        if mark in data:
            return None, what
    return None, "an archive is not read; unpack it"


def _by_ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "an Office document protected by a password"
    if "WordDocument".encode("utf-16-le") in data:
        return "a Word 97-2003 document (.doc)"
    return "an old Office file"


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:65536]
    if sample.count(0) > len(sample) // 5:
        # UTF-16 without a mark: the zeros stand on one side of the pairs.
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        return max(even, odd) > 10 * max(1, min(even, odd))
    control = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 11, 12, 13, 26, 27))
    return control <= max(4, len(sample) // 50)
