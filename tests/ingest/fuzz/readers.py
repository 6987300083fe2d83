"""What each reader is fed: its seeds, the signs that its format lives by, and the ways in which a seed is spoiled.

`seeds/` holds a sound file for each reader (made by `python tests/ingest/fuzz/readers.py`), and beside it every file that a
reader once failed on, which is tried first and always.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from spoil import Way, spoiled, within_package

SEEDS = Path(__file__).parent / "seeds"
_XML = (
    b"<!DOCTYPE d [<!ENTITY x 'y'>]>",
    b"<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    b"&x;",
    b"&#0;",
    b"&#x110000;",
    b"<![CDATA[",
    b"]]>",
    b"<",
    b">",
    b"</",
    b"/>",
    b'="',
    b"\x00",
    b"\xff\xfe",
    b"<?xml version='1.0' encoding='utf-7'?>",
)
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e999", b"NaN")


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader. `signs` are strings that mean something to it."""

    name: str
    signs: tuple[bytes, ...]
    ways: tuple[Way, ...] = (spoiled,)

    def seeds(self) -> list[Path]:
        """Its sound file and the files it once failed on."""
        return sorted((SEEDS / self.name).iterdir())


READERS = (
    Reader(
        "pdf",
        (
            b"obj",
            b"endobj",
            b"stream\n",
            b"endstream",
            b"/Kids [3 0 R 2 0 R]",
            b"/Length 999999",
            b"/Prev 9",
            b"xref",
            b"trailer",
            b"/Filter /FlateDecode",
            b"/MediaBox [0 0 1e30 -1]",
            b"/Rotate 45",
            b"<<",
            b">>",
            b"(",
            b" Tj",
            b"0 0 0 0 0 0 cm",
            b"BT",
            b"3 0 R",
            *_NUMBERS,
        ),
    ),
    Reader(
        "docx",
        (
            b"<w:tbl><w:tr><w:tc>",
            b"</w:tc></w:tr></w:tbl>",
            b'<w:gridSpan w:val="99999999"/>',
            b"<w:p>",
            b"<w:r>",
            b"<w:t>",
            b'<w:ins w:id="1">',
            b"<w:del>",
            b"<w:vMerge/>",
            b"<w:sdt><w:sdtContent>",
            *_XML,
            *_NUMBERS,
        ),
        (within_package, within_package, spoiled),
    ),
    Reader(
        "odt",
        (
            b"<table:table><table:table-row><table:table-cell>",
            b'table:number-columns-repeated="999999999"',
            b'table:number-rows-repeated="999999999"',
            b'<text:s text:c="999999999"/>',
            b"<text:section>",
            b"<text:p>",
            b"<text:list><text:list-item>",
            b"<draw:frame>",
            *_XML,
            *_NUMBERS,
        ),
        (within_package, within_package, spoiled),
    ),
    Reader(
        "rtf",
        (
            b"{",
            b"}",
            b"\\",
            b"\\'",
            b"\\'zz",
            b"\\bin99999999 ",
            b"\\u-1?",
            b"\\u99999999999 ",
            b"\\uc",
            b"\\trowd",
            b"\\cell",
            b"\\row",
            b"\\cellx",
            b"\\*\\",
            b"\\pict",
            b"\\objdata",
            b"{\\field{\\*\\fldinst",
            b"\\ansicpg",
            *_NUMBERS,
        ),
    ),
    Reader(
        "html",
        (
            b"<table>",
            b"<tr>",
            b"<td colspan=99999999>",
            b"<td rowspan=99999999>",
            b"<script>",
            b"<style>",
            b"<!--",
            b"-->",
            b"<svg>",
            b"<template>",
            b"<select>",
            b"<b><p>",
            b"</b>",
            b"<meta charset=utf-16>",
            *_XML,
        ),
    ),
    Reader(
        "markdown",
        (
            b"[",
            b"](",
            b"**",
            b"_",
            b"`",
            b"```\n",
            b"> ",
            b"- ",
            b"\n\n",
            b"| ",
            b"|---|",
            b"<b>",
            b"\\",
            b"![",
            b"\n1. ",
            b"[a]: ",
            b"&#0;",
            b"\x00",
        ),
    ),
    Reader(
        "text",
        (
            b"\x00",
            b"\xff\xfe",
            b"\xfe\xff",
            b"\xef\xbb\xbf",
            b"\t",
            b"\x0c",
            b"\r",
            b"|",
            b"    ",
            b"07:60",
            b"24:00-00:00",
            b"99:99",
            b"\xe2\x80\xae",
        ),
    ),
    Reader(
        "hl7",
        (
            b"MSH|",
            b"MSH|^~\\&|",
            b"|",
            b"^",
            b"~",
            b"\\",
            b"&",
            b"\\X99999\\",
            b"\\.sp99999999\\",
            b"\\Zx\\",
            b"\r",
            b"OBX|1|ED|",
            b"^Base64^",
            b"^application^PDF^Base64^",
            b"FHS|",
            b"BHS|",
            b"\x0b",
            b"\x1c",
            *_NUMBERS,
        ),
    ),
    Reader(
        "cda",
        (
            b"<text>",
            b"<table><tr><td>",
            b'<td colspan="99999999">',
            b"<component><section>",
            b'representation="B64"',
            b'mediaType="application/pdf"',
            b'<time value="99999999999999"/>',
            b"<nonXMLBody>",
            *_XML,
        ),
    ),
    Reader(
        "fhir",
        (
            b"[",
            b"]",
            b"{",
            b"}",
            b'"',
            b":",
            b",",
            b"null",
            b"true",
            b'"resourceType": "Bundle"',
            b'"div": "<div>"',
            b'"data": "!"',
            b'"url": "file:///etc/passwd"',
            b"\\ud800",
            b"\\u0000",
            *_NUMBERS,
        ),
    ),
    Reader(
        "eml",
        (
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
            b"Content-Type: message/rfc822\n\n",
            b"--b",
            b"\n\n",
            b"Content-Transfer-Encoding: base64\n",
            b"Content-Transfer-Encoding: x-uuencode\n",
            b"=?utf-8?q?=00?=",
            b"=?x?b?!?=",
            b"filename*0*=utf-9''%ff",
            b"charset=utf-7",
            b"charset=\x00",
            b"\n",
            b"=",
            b"Date: x\n",
        ),
    ),
    Reader(
        "zip",
        (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"\xff\xff\xff\xff", b"\x00\x00", b"../", b"\x63\x00"),
        (spoiled, spoiled, within_package),
    ),
    Reader(
        "picture",
        (
            b"IHDR",
            b"IDAT",
            b"IEND",
            b"tRNS",
            b"pHYs",
            b"\xff\xd8",
            b"\xff\xda",
            b"\xff\xc0",
            b"\xff\xff\xff\x7f",
            b"II*\x00",
            b"MM\x00*",
            b"\x00\x01\x00\x00",
            b"Exif\x00\x00",
        ),
    ),
)


def _pictures() -> dict[str, bytes]:
    from PIL import Image, ImageDraw

    image = Image.new("L", (220, 90), 255)
    ImageDraw.Draw(image).text((10, 30), "08:10 Monitoring started", fill=0)
    out = {}
    for kind, name, options in (
        ("PNG", "a.png", {}),
        ("JPEG", "a.jpg", {}),
        ("TIFF", "a.tif", {"save_all": True, "append_images": [image.rotate(90, expand=True)], "compression": "tiff_lzw"}),
        ("TIFF", "fax.tif", {"compression": "group4"}),
    ):
        held = io.BytesIO()
        (image.convert("1") if "fax" in name else image).save(held, kind, **options)
        out[name] = held.getvalue()
    return out


def make_seeds() -> None:
    """Writes the sound files."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    import makers

    small = makers.zipped({"a/b.txt": makers.txt(), "c.zip": makers.zipped({"d.rtf": makers.rtf()})})
    sound = {
        "pdf": {"a.pdf": makers.pdf()},
        "docx": {"a.docx": makers.docx()},
        "odt": {"a.odt": makers.odt()},
        "rtf": {"a.rtf": makers.rtf()},
        "html": {"a.html": makers.page()},
        "markdown": {"a.md": makers.markdown()},
        "text": {"a.txt": makers.txt()},
        "hl7": {"a.hl7": makers.hl7(), "b.hl7": makers.hl7([makers.ed(makers.rtf(), "RTF")], "MDM^T02")},
        "cda": {"a.xml": makers.cda(), "b.xml": makers.wrapped_cda(makers.rtf(), "text/rtf")},
        "fhir": {"a.json": makers.bundle(dict(makers.PATIENT), makers.reference(makers.rtf(), "text/rtf"), makers.narrative())},
        "eml": {"a.eml": makers.mail({"b.rtf": makers.rtf()}, as_html="<p>See what is attached</p>")},
        "zip": {"a.zip": small},
        "picture": _pictures(),
    }
    for reader, files in sound.items():
        folder = SEEDS / reader
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)


if __name__ == "__main__":
    make_seeds()
