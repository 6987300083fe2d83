"""The query letter: what the record leaves open, asked of the people who know, without suggesting an answer.

It quotes the record, asks the questions of `policy/data/people/queries.toml` and offers every answer. It names no code, no
unit, no payer and no finding's words, because each of them tells which answer is wished for. Source: q1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ionm_notes.errors import IonmError
from ionm_notes.handout.paper import Answer, Block, Facts, Line, Paper, Quotes, Section, Text, quoted, section
from ionm_notes.policy.people import QueryRow, people_tables
from ionm_notes.store.reviews import finding_key

OTHER, UNKNOWN = "Other:", "Cannot be determined"
LINES = 3
ELEMENT = "documentation-gap"
"""The rule whose findings are about one element each."""
OPENING = (
    "The record named below was read, and the following points were found unclear, contradictory or not stated. Please answer"
    " from your own knowledge and your own records. No particular answer is expected; if you do not know, please say so."
    " Where the record itself should be amended, please do so by the rules of your facility: as a dated and signed addition,"
    " with the original entry left as it is."
)
FOOT = (
    "The quotations were found by a program, which may have overlooked a statement elsewhere in the record. Keep this query and"
    " its answer with the record."
)
BLANK = "____________________________________________"


@dataclass(frozen=True, slots=True)
class Cause:
    """What gives rise to a question: its id, the evidence, and the pages searched where nothing was found."""

    id: str
    evidence: tuple[Line, ...]
    searched: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what the record states about it."""

    row: QueryRow
    causes: tuple[Cause, ...]


def query_letter(line: Line, made: date, dismissed: Collection[str] = ()) -> Paper:
    """The letter for one audit line. `dismissed`: keys of findings that a reviewer dismissed, which ask nothing.

    Raises `IonmError` `nothing-to-ask` where the record leaves nothing open that a person could answer.
    """
    asked = sorted(questions(line, dismissed), key=lambda one: one.row.whom)
    if not asked:
        raise IonmError("nothing-to-ask", line["document"]["name"])
    numbers = {one.row.id: number for number, one in enumerate(asked, 1)}
    parts: list[Block] = [Text(OPENING), _record(line)]
    for whom, group in groupby(asked, key=lambda one: one.row.whom):
        blocks = [_question(numbers[one.row.id], one) for one in group]
        parts.append(Section(f"To the {whom}", tuple(blocks)))
    answered = tuple((name, BLANK) for name in ("Answered by", "Credentials", "Date and time", "Signature"))
    return Paper("Documentation query", made, (*parts, Section("Answer", (Facts(answered),))), FOOT)


def questions(line: Line, dismissed: Collection[str] = ()) -> list[Question]:
    """The questions to ask, in the order of the data, each with what gives rise to it."""
    causes = list(_causes(line, dismissed))
    found = []
    for row in people_tables().queries:
        mine = tuple(cause for cause in causes if cause.id in row.about)
        if mine:
            found.append(Question(row, mine))
    return found


def _causes(line: Line, dismissed: Collection[str]) -> Iterator[Cause]:
    for finding in line["findings"]:
        if finding["severity"] == "info" or finding_key(finding) in dismissed:
            continue
        if finding["rule"] == ELEMENT:
            name = finding["values"]["element"]
            search = line["element_search"].get(name, {"pages_searched": ()})
            yield Cause(name, tuple(finding["evidence"]), tuple(search["pages_searched"]))
        else:
            yield Cause(finding["rule"], tuple(finding["evidence"]))
    doubts = {doubt["id"]: tuple(doubt["evidence"]) for doubt in line["counted_monitoring"]["doubts"]}
    for gap in dict.fromkeys(gap for code in line["codes"] for gap in code["gaps"]):
        yield Cause(gap, doubts.get(gap, ()))


def _record(line: Line) -> Block:
    encounter = line["encounter"]
    rows = (
        ("Record", line["document"]["name"]),
        ("Date of service", encounter["date_of_service"] or "not stated"),
        ("Facility", encounter["facility"] or "not stated"),
        ("Operation", encounter["procedure"] or "not stated"),
    )
    return Section("Record", (Facts(rows),))


def _question(number: int, asked: Question) -> Block:
    stated = quoted(item for cause in asked.causes for item in cause.evidence)
    pages = sorted({page for cause in asked.causes for page in cause.searched})
    part = section(
        f"Question {number}",
        Text(_introduced(bool(stated), pages)),
        Quotes(stated) if stated else None,
        Text(asked.row.ask, "strong"),
        Answer((*((*asked.row.choices, OTHER) if asked.row.choices else ()), UNKNOWN), LINES),
        level=3,
    )
    assert part is not None
    return part


def _introduced(stated: bool, pages: list[int]) -> str:
    """What stands before the quotations. Not what was looked for: its words would tell the wished answer."""
    looked = f" on the pages searched ({', '.join(map(str, pages))})" if pages else ""
    if not stated:
        return f"No statement on this was found{looked}."
    return f"The record states nothing definite{looked}; nearest to it:" if pages else "The record states:"
