"""Cuts a document into parts by the titles of its pages; a page without a title goes on from the page before it.

Only whole pages are told apart. A title counts where the body of the page bears it out (`patterns/parts.toml`), because
records quote each other's names. A part that is one page by nature (a fax cover, a form) is followed by untitled pages
only where their numbering or their words say so; otherwise what follows is an untitled part of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ionm_notes.ingest.evidence import evidence
from ionm_notes.ingest.visual import leads_with_clock
from ionm_notes.parts.copies import copies, is_fax_line
from ionm_notes.parts.model import CORE, Part, PartKind
from ionm_notes.read.expression import expression
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Document, Evidence, Line, Page

_KINDS: tuple[PartKind, ...] = (
    "fax_cover",
    "face_sheet",
    "addendum",
    "consent",
    "order",
    "correspondence",
    "claim",
    "anesthesia_record",
    "audit_trail",
    "technologist_log",
    "operative_note",
    "report",
)
"""In the order in which they are asked where one line could be the title of several."""
_ONE_PAGE: frozenset[PartKind] = frozenset({"fax_cover", "face_sheet", "claim", "consent", "order"})
_CUES: dict[PartKind, str] = {
    "fax_cover": "part.fax_cover.cue",
    "face_sheet": "part.face_sheet.cue",
    "operative_note": "part.operative_note.cue",
    "anesthesia_record": "part.anesthesia_record.cue",
    "claim": "part.claim.cue",
    "consent": "part.consent.cue",
    "report": "part.monitoring.cue",
    "technologist_log": "part.monitoring.cue",
}
_TITLE_LINES = 6
"""How many lines of a page, fax lines aside, may hold its title."""
_TITLE_WORDS = 11
_BESIDE_TITLE = 2
"""So many words may stand beside a title below the title of a letter: 'Operative note, abridged'."""
_HEAVY = 9
"""So many different words of monitoring make a page part of the monitoring record, whatever its title or body resembles."""
_FEWEST_ENTRIES = 3
"""Lines with a clock time at their head that make a log of a page that is full enough of the words of monitoring."""
_DATE = re.compile(r"\d{1,4}[/-]\w{1,3}[/-]\d{1,4}")
_SECTION = re.compile(r"^\s*(?:\d{1,2}|[IVX]{1,4}|[A-Ha-h])[.)]\s")
"""The number before the heading of a section, which is no title of a document."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is known of one page: its title if it has one, its cues, and its place in a numbered document."""

    page: Page
    kind: PartKind | None
    title: Evidence | None
    cues: dict[PartKind, int]
    number: tuple[int, int] | None
    continued: bool
    counted: bool
    """Whether the page is counted as a document of a packet: 'Exhibit 2 - Monitoring'."""
    marks: frozenset[str]
    """Long figures at the head of the page, dates aside: record numbers, by which the same form of another case is told."""

    @property
    def heavy(self) -> bool:
        """Whether the page is full of the words of monitoring."""
        return self.cues["report"] >= _HEAVY

    @property
    def logged(self) -> bool:
        """Whether the page tells of monitoring time by time: a log, under whatever heading."""
        return self.cues["report"] >= _needed("report", "alone") and _entries(self.page) >= _FEWEST_ENTRIES

    @property
    def reads(self) -> bool:
        """Whether the page tells of monitoring and concludes: a reader's report, under whatever heading."""
        concludes = vocabulary().regex("part.concludes")
        return self.cues["report"] >= _needed("report", "cues") and any(concludes.match(line.text) for line in self.page.lines)


def split(document: Document) -> tuple[Part, ...]:
    """The parts of a document in the order of their first pages; copies of pages are parts of their own. Pure."""
    again = copies(document.pages)
    sheets = [_sheet(page) for page in document.pages if page.number not in again]
    parts: list[Part] = []
    before: _Sheet | None = None
    for sheet in sheets:
        if parts and before is not None and _goes_on(sheet, before, parts[-1]):
            parts[-1] = replace(parts[-1], pages=(*parts[-1].pages, sheet.page))
        else:
            parts.append(Part(sheet.kind or _by_words(sheet), (sheet.page,), sheet.title))
        before = sheet
    parts = _with_backup(parts)
    kinds = {number: part.kind for part in parts for number in part.numbers}
    doubles = [
        Part(kinds[again[page.number]], (page,), None, again[page.number]) for page in document.pages if page.number in again
    ]
    return tuple(sorted(parts + doubles, key=lambda part: part.numbers[0]))


def _with_backup(parts: list[Part]) -> list[Part]:
    """The parts, with a charge sheet that opens the file and the untitled pages it rests on as one record.

    Such a sheet is the head of the record, where surgeon, technologist and place stand; the pages behind it name none of them
    again. A sheet that follows the record, or stands beside a report with a title, is a claim and states charges alone.
    """
    if len(parts) < 2 or (parts[0].kind, parts[1].kind) != ("claim", "unknown") or parts[1].title is not None:
        return parts
    sheet, backup, *rest = parts
    if sheet.pages[0].file != backup.pages[0].file:
        return parts
    return [Part("unknown", (*sheet.pages, *backup.pages), sheet.title), *rest]


def _goes_on(sheet: _Sheet, before: _Sheet, part: Part) -> bool:
    """Whether a page belongs to the part before it."""
    if sheet.page.file != before.page.file:
        return False
    numbered = sheet.number is not None and before.number == (sheet.number[0] - 1, sheet.number[1])
    if part.kind == "unknown" and sheet.kind in ("report", "technologist_log") and _same_foot(sheet.page, before.page):
        return True
    if sheet.kind is not None:
        same_title = sheet.title is not None and part.title is not None and _plain(sheet.title) == _plain(part.title)
        same_title = same_title and (not sheet.marks or not before.marks or bool(sheet.marks & before.marks))
        return (sheet.kind == part.kind and (numbered or sheet.continued or same_title)) or (
            numbered and {sheet.kind, part.kind} <= set(CORE) and sheet.kind != "addendum"
        )
    if sheet.number is not None and sheet.number[0] == 1 < sheet.number[1]:
        return False
    if sheet.counted and part.kind not in CORE and not sheet.continued:
        return False
    if part.kind in _ONE_PAGE and (sheet.reads or sheet.logged) and not sheet.continued:
        return False  # 'Page 2 of 3 - Reading' behind a face sheet
    if numbered and part.kind not in CORE and sheet.logged and sheet.cues["report"] > sheet.cues.get(part.kind, 0):
        return False  # 'Sheet 2 of 3 - Room record' behind an order: the sheets are counted through
    if numbered or sheet.continued:
        return True
    if part.kind in _ONE_PAGE:
        return sheet.cues.get(part.kind, 0) >= _needed(part.kind, "cues") and not sheet.heavy
    told = _by_words(sheet)
    if part.kind in CORE:
        return told == "unknown"
    return told in ("unknown", part.kind) and not sheet.heavy


def _same_foot(page: Page, before: Page) -> bool:
    """Whether two pages bear the same line at head or foot, and it counts them: 'Case 25-0129 | Page 2'."""

    def counted(one: Page) -> dict[str, int]:
        lines = [line for line in one.lines if line.kind in ("header", "footer")]
        return {_FIGURES.sub("#", line.text): int(m[1]) for line in lines if (m := _COUNTS.search(line.text))}

    now, then = counted(page), counted(before)
    return any(then.get(text) == number - 1 for text, number in now.items())


_FIGURES = re.compile(r"\d+")
_COUNTS = re.compile(r"\b(?:page|pg\.?|p\.|sheet)\s*(\d{1,3})\b", re.I)


def _plain(title: Evidence) -> str:
    """A title without its figures, so that 'Log, page 1' and 'Log, page 2' are one."""
    return re.sub(r"[\d\W]+", " ", title.text).strip().casefold()


def _sheet(page: Page) -> _Sheet:
    words = vocabulary()
    text = "\n".join(line.text for line in page.lines)
    counts = {name: _distinct(name, text) for name in set(_CUES.values())}
    distinct = {kind: counts[name] for kind, name in _CUES.items()}
    top = [line for line in page.lines if not is_fax_line(line.text)]
    kind, title = _title(top[:_TITLE_LINES], distinct)
    continued = any(words.regex("part.continued").search(line.text) for line in top[:3] if len(line.text) < 120)
    counted = any(words.regex("part.count").search(line.text) for line in top[:_TITLE_LINES])
    return _Sheet(page, kind, title, distinct, _numbering(top), continued, counted, _marks(top))


def _distinct(name: str, text: str) -> int:
    """How many different cues of a kind stand on a page; a line of the page is a line to the expressions."""
    cues = expression(vocabulary().patterns[name].source, "(?m:", ")")
    return len({match.group().casefold().rstrip("s") for match in cues.finditer(text)})


def _title(lines: list[Line], cues: dict[PartKind, int]) -> tuple[PartKind | None, Evidence | None]:
    """The kind that the first title of a page names, if the words of the page bear it out."""
    bundle: tuple[int, Evidence] | None = None
    for number, line in enumerate(lines):
        for start, end, counted in _pieces(line):
            piece = line.text[start:end]
            if len(piece.split()) > _TITLE_WORDS or _SECTION.match(piece):
                continue
            if line.kind == "row" and len(line.cells) > 1 and len(piece.split()) == 1 and not counted:
                continue  # 'Order | SSEP and MEP, placed by Dr. Hale' is a label and its value
            under = bundle is not None and number <= bundle[0] + 1
            kind = _named(piece, cues, counted=counted or under)
            if kind == "correspondence" and not counted:
                # 'Records request 25-0931' may be what a packet answers: the same line or the next may name the page.
                bundle = bundle or (number, evidence(line, start, end))
            elif kind is not None and (bundle is None or counted or (under and _fills(piece, kind))):
                return kind, evidence(line, start, end)
    return ("correspondence", bundle[1]) if bundle else (None, None)


def _named(piece: str, cues: dict[PartKind, int], *, counted: bool) -> PartKind | None:
    """The kind of document that a stretch of a line names, if the words of the page bear it out.

    A name behind a count ('Exhibit 2: Operative note') tells the page from others, and needs no words to bear it out.
    """
    for kind in _KINDS:
        if (not counted and cues.get(kind, 0) < _needed(kind, "cues")) or (kind not in CORE and cues["report"] >= _HEAVY):
            continue
        if vocabulary().regex(f"part.{kind}.title").search(piece):
            return kind
    return None


def _fills(piece: str, kind: PartKind) -> bool:
    """Whether a stretch is the title of a kind and next to nothing else, as no sentence of a letter is."""
    rest = vocabulary().regex(f"part.{kind}.title").sub(" ", piece)
    return len(re.findall(r"\w+", rest)) <= _BESIDE_TITLE


def _pieces(line: Line) -> list[tuple[int, int, bool]]:
    """The stretches of a line between tabs, bars and dots, each of which may be a title, and whether a count stands before it.

    A count of the parts of a packet ('Exhibit 2:', 'Page B -') is no title itself.
    """
    counts = [m.span() for m in vocabulary().regex("part.count").finditer(line.text)]
    cuts = [m.span() for m in expression(r"\s*(?:\t|\s[|/·•\u2013\u2014]\s|\s-\s)\s*", cased=True).finditer(line.text)]
    colon = line.text.find(": ")
    if colon > 0 and vocabulary().regex("part.correspondence.title").search(line.text[:colon]):
        cuts.append((colon, colon + 2))  # 'Records request 25-0931: monitoring report'
    cuts = [cut for cut in cuts if not any(low < cut[1] and cut[0] < high for low, high in counts)]
    edges = sorted([(0, 0), *cuts, *counts, (len(line.text), len(line.text))])
    ends = {high for _, high in counts}
    return [(low[1], high[0], low[1] in ends) for low, high in pairwise(edges) if line.text[low[1] : high[0]].strip()]


def _numbering(lines: list[Line]) -> tuple[int, int] | None:
    """'Page 2 of 3' of the document itself, from the first or last lines of a page."""
    regex = vocabulary().regex("part.numbering")
    for line in (*lines[:3], *lines[-3:]):
        match = regex.search(line.text)
        if match:
            number, of = (int(group) for group in match.groups() if group)
            if 1 <= number <= of:
                return number, of
    return None


def _entries(page: Page) -> int:
    return sum(leads_with_clock(line.text.split()[:2]) for line in page.lines)


def _marks(lines: list[Line]) -> frozenset[str]:
    text = " ".join(line.text for line in lines[:_TITLE_LINES])
    return frozenset(
        word for word in re.findall(r"[\w/-]{6,}", text) if sum(map(str.isdigit, word)) > 3 and not _DATE.fullmatch(word)
    )


def _by_words(sheet: _Sheet) -> PartKind:
    """The kind of a page without a title: told by its words if they are many and not those of monitoring."""
    best: PartKind = "unknown"
    most = 0.0
    for kind in _CUES:
        needed = _needed(kind, "alone")
        if kind in CORE or not needed or sheet.heavy:
            continue
        share = sheet.cues[kind] / needed
        if share >= 1 and share > most and sheet.cues[kind] > sheet.cues["report"]:
            best, most = kind, share
    return best


def _needed(kind: PartKind, tag: str) -> int:
    """How many cues a kind needs with a title ('cues') or without one ('alone'); none for a kind without cues."""
    return int(vocabulary().patterns[_CUES[kind]].tags.get(tag, 0)) if kind in _CUES else 0
