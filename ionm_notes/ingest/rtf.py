"""RTF to `Document`: one pass over the tokens, with a state for each open group; tables, headers and page breaks kept.

Left out are hidden and deleted text, comments, pictures, embedded objects and whatever a group marked with a star holds.
Own code, because striprtf keeps hidden and deleted text and marks cells and bars alike; the tests hold one against the other.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from ionm_notes.errors import IonmError
from ionm_notes.ingest.flow import Flow
from ionm_notes.ingest.sniff import RTF
from ionm_notes.limits import Limits
from ionm_notes.types import Document, LineKind

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+)")
_SKIPPED_NAMES = """
    fonttbl colortbl stylesheet info pict object themedata colorschememapping listtable listoverridetable rsidtbl
    generator fldinst datafield annotation atnid atnauthor atrfstart atrfend bkmkstart bkmkend sp xe tc nonshppict filetbl
    revtbl pgptbl mmathPr falt panose objdata objclass
"""
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_STARRED = frozenset({"shpinst", "shppict"})
"""Groups that begin with a star and hold text all the same: boxes."""
_RUNNING: dict[str, LineKind] = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}
_SIGNS = {
    "line": "\n",
    "lbr": "\n",
    "tab": "\t",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "nestcell": "\t",
    "nestrow": "\n",
}
_ESCAPED = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp850",
}


@dataclass(slots=True)
class _Group:
    """What a group inherits from the one around it and takes with it when it ends."""

    skip: bool = False
    hidden: bool = False
    unicode_skip: int = 1
    encoding: str = ""
    apart: LineKind | None = None
    """The group's text stands apart: a header, a footer or a note."""
    starred: bool = False
    fonts: bool = False


@dataclass(slots=True)
class _Text:
    """Text that is being collected: the paragraph, and the cells and rows of a table."""

    kind: LineKind = "text"
    pieces: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    in_table: bool = False

    def taken(self) -> str:
        """The pieces as one text, which are then gone; halves of one character are joined."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_rtf(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads an RTF document. Raises `IonmError`: `truncated`, `too-deep`, `too-large`, `too-many-pages`, `no-text`."""
    flow = Flow(name, limits)
    _Reader(flow).read(data)
    return flow.document(sha256, RTF, warnings)


class _Reader:
    """Walks over the tokens of one file."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._group = _Group()
        self._stack: list[_Group] = []
        self._texts = [_Text()]
        self._default = "cp1252"
        self._encodings: dict[int, str] = {}
        self._font = 0
        self._bytes = bytearray()
        self._to_skip = 0
        """Characters that only stand in for the Unicode sign before them."""

    def read(self, data: bytes) -> None:
        """Reads the whole file into the flow."""
        position, end = 0, len(data)
        while position < end:
            match = _TOKEN.match(data, position)
            if match is None:
                position += 1
                continue
            position = match.end()
            word, number, code, sign, brace, run = match.groups()
            if code is not None:
                self._literal(bytes([int(code, 16)]))
                continue
            if run is not None:
                self._literal(run)
                continue
            self._decode()
            if brace is not None:
                self._to_skip = 0
                if brace == b"{":
                    self._open()
                elif self._close():
                    return
            elif word is not None:
                position += self._word(word.decode(), None if number is None else int(number), end - position)
            elif sign is not None:
                self._sign(sign)
        if self._stack:
            raise IonmError("truncated", self._flow.name, "the RTF ends within a group")
        self._finish()

    def _open(self) -> None:
        if len(self._stack) >= self._flow.limits.group_depth:
            raise IonmError("too-deep", self._flow.name, f"more than {self._flow.limits.group_depth} groups")
        outer = self._group
        self._stack.append(outer)
        self._group = _Group(outer.skip, outer.hidden, outer.unicode_skip, outer.encoding, fonts=outer.fonts)

    def _close(self) -> bool:
        """Ends a group; True where it was the outermost: what follows is no part of the document."""
        if self._group.apart is not None and len(self._texts) > 1:
            self._end_paragraph()
            self._end_table()
            self._texts.pop()
        self._group = self._stack.pop() if self._stack else _Group()
        if not self._stack:
            self._finish()
            return True
        return False

    def _finish(self) -> None:
        while self._texts:
            self._end_paragraph()
            self._end_table()
            self._texts.pop()
        self._texts.append(_Text())

    def _literal(self, run: bytes) -> None:
        if self._to_skip:
            dropped = min(self._to_skip, len(run))
            self._to_skip -= dropped
            run = run[dropped:]
        if run and not self._group.skip and not self._group.hidden:
            self._bytes += run

    def _decode(self) -> None:
        if self._bytes:
            self._texts[-1].pieces.append(self._bytes.decode(self._group.encoding or self._default, "replace"))
            self._bytes.clear()

    def _put(self, text: str) -> None:
        if not self._group.skip and not self._group.hidden:
            self._texts[-1].pieces.append(text)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._group.starred = True
        elif sign in (b"\r", b"\n"):
            self._end_paragraph()
        else:
            self._put(_ESCAPED.get(sign, ""))

    def _word(self, word: str, number: int | None, left: int) -> int:
        """Does what a control word says; returns how many raw bytes after it belong to it."""
        group = self._group
        self._to_skip = 0
        if word == "bin":
            return min(max(number or 0, 0), left)
        if group.starred:
            group.starred = False
            group.skip = group.skip or word not in _STARRED
        if word == "fonttbl":
            group.fonts = True
        if word in _SKIPPED:
            group.skip = True
        elif word == "ansicpg":
            self._default = _codec(f"cp{number}", self._default)
        elif word == "mac":
            self._default = "mac_roman"
        elif word == "f":
            self._font = number or 0
            if not group.fonts:
                group.encoding = self._encodings.get(self._font, "")
        elif word == "fcharset" and group.fonts and len(self._encodings) < 10_000:
            self._encodings[self._font] = _codec(_CHARSETS.get(number or 0, ""), "")
        elif word == "uc":
            group.unicode_skip = min(max(number or 0, 0), 8)
        elif not group.skip:
            self._text_word(word, number)
        return 0

    def _text_word(self, word: str, number: int | None) -> None:
        group = self._group
        if word == "u" and number is not None:
            self._put(chr(number & 0xFFFF))
            self._to_skip = group.unicode_skip
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in ("v", "deleted"):
            group.hidden = number != 0
        elif word == "plain":
            group.hidden, group.encoding = False, ""
        elif word in _RUNNING or word in ("footnote", "shptxt"):
            group.apart = _RUNNING.get(word, "text")
            self._texts.append(_Text(group.apart))
        else:
            self._paragraph_word(word)

    def _paragraph_word(self, word: str) -> None:
        text = self._texts[-1]
        if word == "par":
            self._end_paragraph()
        elif word == "pard":
            text.in_table = False
        elif word == "intbl":
            text.in_table = True
        elif word == "cell":
            text.cells.append(text.taken())
        elif word == "row":
            text.rows.append(text.cells)
            text.cells = []
            self._flow.bear(len(text.rows))
        elif word in ("sect", "page"):
            self._end_paragraph()
            if word == "page" and text is self._texts[0] and not text.in_table:
                self._end_table()
                self._flow.turn()

    def _end_paragraph(self) -> None:
        self._decode()
        text = self._texts[-1]
        if text.in_table and (text.cells or text.pieces):
            text.pieces.append("\n")
            return
        if text.in_table:
            return
        found = text.taken()
        if found.strip():
            self._end_table()
            self._flow.text(found, text.kind)

    def _end_table(self) -> None:
        text = self._texts[-1]
        rest = text.taken()
        if rest.strip():
            text.cells.append(rest)
        if text.cells:
            text.rows.append(text.cells)
            text.cells = []
        if text.rows:
            rows, text.rows = text.rows, []
            self._flow.table(rows, text.kind)


def _codec(name: str, otherwise: str) -> str:
    """A text encoding that Python knows, else the other one."""
    try:
        return name if name and codecs.lookup(name)._is_text_encoding else otherwise
    except LookupError:
        return otherwise
