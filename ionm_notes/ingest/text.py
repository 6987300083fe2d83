"""Plain text to Document: encodings, form feeds, paragraphs, columns made of spaces, and timed rows that wrap."""

from __future__ import annotations

import re

from ionm_notes import limits
from ionm_notes.errors import IonmError
from ionm_notes.ingest.running import mark_running
from ionm_notes.types import Document, Line, Page, Word

_CELL = re.compile(r"\t+| {3,}|(?<=[^.:;?!,) ]) {2}(?! )")
_TIME = re.compile(r"^\s*[\[(]?(?:[01]?\d|2[0-3])(?:[:.][0-5]\d(?:[:.][0-5]\d)?|[0-5]\d)(?:\s*[ap]\.?m\.?)?[\])]?(?=\s|$|[-–—|,])", re.I)


def decode(data: bytes) -> str:
    """Text of a file by its mark or by trial; never fails."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[:400].count(0) > len(data[:400]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def cells_of(raw: str) -> list[str]:
    """The cells of a line: runs of two or more spaces, or tabs, part them."""
    return [" ".join(cell.split()) for cell in _CELL.split(raw.strip()) if cell.strip()]


def make_line(page: int, block: int, cells: list[str], kind: str) -> Line:
    """A Line without geometry from its cells."""
    text = "\t".join(cells)[: limits.LINE_CHARACTERS]
    ranges, at = [], 0
    for cell in cells:
        ranges.append((at, min(at + len(cell), len(text))))
        at += len(cell) + 1
    words = tuple(Word(m.start(), m.end(), None) for m in re.finditer(r"\S+", text))
    return Line(page, text, words, tuple(ranges), kind, block)  # type: ignore[arg-type]


def text_poor(text: str) -> bool:
    """Whether text is too poor to rely on: replacement signs, or few of its words made of letters."""
    words = re.findall(r"[^\s|_=~]+", text)
    if len(words) < 5:
        return False
    odd = sum(text.count(c) for c in "\ufffd\u25a1") + len(re.findall(r"\(cid:\d+\)", text))
    plain = sum(bool(re.fullmatch(r"[\W_]*(?:[A-Za-zÀ-ÿ][a-zà-ÿ'’.-]*|[A-Z]+|[\d.,:;/%+-]+|[A-Za-z]+\d*)[\W_]*", w)) for w in words)
    broken = sum(bool(re.search(r"[A-Za-z][\d@#$|~^*\\{}<>][a-z]|[a-z][|~^\\{}@#$]|\w[!?~^|]\w", w)) for w in words)
    return odd > len(text) * 0.01 + 3 or plain < len(words) * 0.6 or broken > len(words) * 0.12


def read_text(name: str, digest: str, data: bytes, warnings: tuple[str, ...]) -> Document:
    """A plain-text file as a Document of one page for each form feed."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise IonmError("no-text", name)
    pages = []
    for number, part in enumerate(text.split("\f"), 1):
        pages.append(Page(number, 0.0, 0.0, tuple(_lines(part, number))))
    if len(pages) > limits.PAGES:
        raise IonmError("too-many-pages", name, f"{len(pages)} pages")
    return Document(name, digest, "text/plain", "native", mark_running(tuple(pages)), warnings, text_poor(text))


def _lines(part: str, number: int) -> list[Line]:
    out: list[Line] = []
    block = 0
    piped = sum(raw.count("|") > 1 for raw in part.split("\n")) >= 5
    rows: list[tuple[int, list[str], int]] = []
    for raw in part.split("\n"):
        if not raw.strip():
            block += 1
            continue
        indent = len(raw) - len(raw.lstrip())
        cells = [" ".join(c.split()) for c in raw.strip().strip("|").split("|")] if piped and "|" in raw else cells_of(raw)
        timed = bool(_TIME.match(raw))
        if timed and rows and rows[-1][2] < 0 and rows[-1][0] == block and len(rows[-1][1]) == 1 and len(rows[-1][1][0]) > 55 and rows[-1][1][0][-1] not in ".:;":
            timed = False  # a line of prose that happens to begin with a clock time
        if rows and not timed and rows[-1][2] >= 0 and indent >= rows[-1][2] + 4 and rows[-1][0] == block:
            rows[-1][1][-1] += " " + " ".join(cells)
            continue
        rows.append((block, cells, indent if timed else -1))
    for line_block, cells, indent in rows:
        out.append(make_line(number, line_block, cells, "row" if indent >= 0 else "text"))
    return out
