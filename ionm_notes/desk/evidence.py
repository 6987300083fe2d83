"""Ties each statement of an audit to the spots that prove it, and each spot to what rests on it; pure.

A spot is one evidence: a page, its text, and its box where the format has one. The same spot often carries several
statements; it is drawn once, in the colour of the weightiest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ionm_notes.handout.words import plain, span_words

Line = Mapping[str, Any]
KINDS = {
    "finding": "Finding",
    "time": "Time",
    "attendance": "Attendance",
    "code": "Code",
    "modality": "Modality",
    "fact": "Fact",
    "element": "Element",
}
"""Kinds of statement, the weightiest first, with their words for the legend."""
_WEIGHT = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Rest:
    """A statement that rests on a spot: the id of its place in the page, and its words."""

    anchor: str
    kind: str
    words: str


@dataclass(slots=True)
class Spot:
    """One evidence with its number; `page` counts over all files of the case."""

    number: int
    page: int
    text: str
    box: tuple[float, float, float, float] | None
    doubt: str
    rests: list[Rest] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The weightiest kind of what rests on it."""
        return min((rest.kind for rest in self.rests), key=_WEIGHT.__getitem__)

    @property
    def words(self) -> str:
        """What it is, for who hears the page instead of seeing it."""
        rests = "; ".join(dict.fromkeys(rest.words for rest in self.rests))
        return f"page {self.page}, “{self.text}”, proves: {rests}" + (f" (doubtful: {self.doubt})" if self.doubt else "")


class Spots:
    """The spots of one audit line. `numbers` gives those of a statement by the id of its place in the page."""

    def __init__(self, line: Line) -> None:
        self.all: list[Spot] = []
        self._known: dict[tuple[object, ...], Spot] = {}
        self._by_anchor: dict[str, list[Spot]] = {}
        self._first = _first_pages(line["document"])
        for anchor, kind, words, evidence in statements(line):
            self._add(anchor, kind, words, evidence)

    def of(self, anchor: str) -> list[Spot]:
        """The spots of a statement."""
        return self._by_anchor.get(anchor, [])

    def on(self, page: int) -> list[Spot]:
        """The spots of a page, large ones first, so that the small ones lie on top."""
        here = [spot for spot in self.all if spot.page == page]
        return sorted(here, key=lambda spot: -_area(spot.box))

    def pages(self) -> list[int]:
        """Pages that hold a spot."""
        return sorted({spot.page for spot in self.all})

    def _add(self, anchor: str, kind: str, words: str, evidence: Iterable[Line]) -> None:
        mine = self._by_anchor.setdefault(anchor, [])
        for one in evidence:
            page = one["page"] + self._first.get(one.get("file", ""), 0)
            box = tuple(one["bbox"]) if one["bbox"] else None
            spot = self._known.get((page, one["text"], box))
            if spot is None:
                spot = Spot(len(self.all), page, one["text"], box, one.get("doubt", ""))
                self._known[page, one["text"], box] = spot
                self.all.append(spot)
            if spot not in mine:
                mine.append(spot)
                spot.rests.append(Rest(anchor, kind, words))


def _area(box: Sequence[float] | None) -> float:
    return 0.0 if box is None else (box[2] - box[0]) * (box[3] - box[1])


def _first_pages(document: Line) -> dict[str, int]:
    """How many pages stand before each file of a case of several files."""
    before, found = 0, {}
    for file in document.get("files", ()):
        found[file["name"]] = before
        before += file["pages"]
    return found


def statements(line: Line) -> Iterator[tuple[str, str, str, Sequence[Line]]]:
    """Every statement of the line with evidence: the id of its place in the page, its kind, its words, its evidence."""
    for number, finding in enumerate(line["findings"]):
        yield f"finding-{number}", "finding", f"finding {finding['rule']}", finding["evidence"]
    for number, segment in enumerate(line["segments"]):
        words = f"{segment['kind']} {span_words(segment)}"
        yield f"segment-{number}", "time", words, segment["evidence"]
    for number, spell in enumerate(line["attendance"]):
        words = f"{spell['professional'] or 'unnamed'}, {plain(spell['mode'])} {span_words(spell)}"
        yield f"attendance-{number}", "attendance", words, spell["evidence"]
    for number, proof in enumerate(line["minutes_proof"]):
        words = f"{proof['minutes']} min {plain(proof['column']) + ' counted' if proof['column'] else plain(proof['reason'])}"
        yield f"minutes-{number}", "time", words, proof["evidence"]
    for number, code in enumerate(line["codes"]):
        yield f"code-{number}", "code", f"code {code['code']}", code["evidence"]
    for number, item in enumerate(line["not_reportable"]):
        yield f"not-{number}", "code", f"not reportable: {item['code'] or item['item']}", item["evidence"]
    for number, modality in enumerate(line["modalities"]):
        region = f" {plain(modality['region'])}" if modality["region"] else ""
        yield f"modality-{number}", "modality", plain(modality["modality"]) + region, modality["evidence"]
    for name, evidence in line["encounter_evidence"].items():
        yield f"fact-{name}", "fact", plain(name), evidence
    # Of people, the line has evidence by element, not by name.
    for role in ("professional", "technologist"):
        yield f"fact-{role}s", "fact", role, line["element_evidence"].get(role, [])
    for number, charge in enumerate(line["billing"]):
        yield f"charge-{number}", "fact", f"charge {charge['code']}", charge["evidence"]
    for number, signature in enumerate(line["signatures"]):
        yield f"signature-{number}", "fact", "signature", signature["evidence"]
    for number, conflict in enumerate(line["conflicts"]):
        yield f"conflict-{number}", "time", f"contradiction: {conflict['subject']}", conflict["evidence"]
    for number, doubt in enumerate(line["doubtful"]):
        yield f"doubtful-{number}", "time", f"doubtful reading {doubt['read']}", doubt["evidence"]
    for name, evidence in line["element_evidence"].items():
        yield f"element-{name}", "element", plain(name), evidence
    for name, search in line["element_search"].items():
        if search["nearest_miss"]:
            yield f"element-{name}", "element", f"nearest to {plain(name)}, which is absent", [search["nearest_miss"]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page's text, with the spots that cover it."""

    text: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page's text in pieces; `sure`: how sure the recognition was of it (0 to 1), None where it was given."""

    pieces: tuple[Piece, ...]
    sure: float | None = None


def marked(text: str, spots: Sequence[Spot], sureness: Sequence[float | None] = ()) -> list[TextLine]:
    """The text of a page by lines, with the places where spots stand marked; white space does not count in finding them."""
    cover: list[list[Spot]] = [[] for _ in text]
    folded, places = _folded(text)
    for spot in spots:
        wanted, _ = _folded(spot.text)
        at = folded.find(wanted) if wanted else -1
        if at >= 0:
            for place in range(places[at], places[at + len(wanted) - 1] + 1):
                cover[place].append(spot)
    lines, start = [], 0
    for number, row in enumerate(text.split("\n")):
        sure = sureness[number] if number < len(sureness) else None
        lines.append(TextLine(tuple(_pieces(row, cover[start : start + len(row)])), sure))
        start += len(row) + 1
    return lines


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without white space and the bars between cells, and where each character of it stands in `text`."""
    places = [place for place, char in enumerate(text) if not char.isspace() and char != "|"]
    return "".join(text[place] for place in places), places


def _pieces(row: str, cover: Sequence[Sequence[Spot]]) -> Iterator[Piece]:
    start = 0
    for end in range(1, len(row) + 1):
        if end == len(row) or [s.number for s in cover[end]] != [s.number for s in cover[start]]:
            yield Piece(row[start:end].replace("\t", "  "), tuple(cover[start]))
            start = end
