"""The summary of one document's audits for a person: verdict, codes, what is not reportable, minutes, gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ionm_notes.limitation import STATEMENT
from ionm_notes.report.clean import for_terminal

Line = Mapping[str, Any]

VERDICT_STYLE = {"ready": "bold green", "query first": "bold yellow", "not billable": "bold red"}
SEVERITY_STYLE = {"error": "bold red", "warning": "yellow", "info": "dim"}
SEVERITIES = tuple(SEVERITY_STYLE)
STATUS_STYLE = {"supported": "green", "query": "yellow"}
COLUMN_WORDS = {
    "in_room": "in the room",
    "in_room_shared": "in the room, shared",
    "remote_exclusive": "remote, exclusive",
    "remote_shared": "remote, shared",
    "remote_unstated": "remote, exclusivity not stated",
}


def summary(lines: Sequence[Line], across: RenderableType | None = None) -> RenderableType:
    """The audit lines of one document, as shown after `audit` and by `show`; they may also be error lines.

    What differs by payer (verdict, codes) stands payer by payer, or in the table `across` where one is given; the minutes,
    and findings that all payers share, once.
    """
    good = [line for line in lines if "error" not in line]
    failures = {line["error"]["message"]: line for line in lines if "error" in line}
    parts: list[RenderableType] = [_failure(line) for line in failures.values()]
    if good:
        parts.append(head_view(good[0]))
        parts += [] if across is None else [across]
        for line in good if across is None else ():
            parts += [_verdict(line), *_section("Codes", _codes(line["codes"]))]
            parts += _section("Not reportable", _not_reportable(line["not_reportable"]))
            parts += _section("Would be supported if the record stated", _changes(line["what_would_change"]))
        parts += _section("Minutes", _minutes(good[0]))
        parts += _section("Gaps and findings", _findings(good))
        parts.append(Padding(Text(STATEMENT, style="dim"), (0, 0, 0, 2)))
    return Group(*parts)


def codes_view(line: Line) -> RenderableType:
    """The code lines of one audit and what is not reportable, under its document and payer."""
    rest = _section("Not reportable", _not_reportable(line["not_reportable"]))
    return Group(head_view(line, line["payer"]), *_section("Codes", _codes(line["codes"])), *rest)


def _section(title: str, body: RenderableType | None) -> list[RenderableType]:
    return [] if body is None else [Text(f"  {title}", style="bold"), Padding(body, (0, 0, 0, 4))]


def _failure(line: Line) -> Text:
    name, error = for_terminal(line["document"]["name"]), line["error"]
    return Text.assemble(
        (name, "bold"), (f"  COULD NOT BE AUDITED ({error['code']}): ", "bold red"), for_terminal(error["message"])
    )


FILE_WIDTH = 24
"""Characters of a file's name that are shown beside a page; the whole name stands in the JSON line."""


def pages_of(evidence: Sequence[Line]) -> str:
    """The pages of some evidence, in words: 'p. 1, 3', with the file in a case of several; empty without evidence."""
    places = sorted({(item.get("file", ""), item["page"]) for item in evidence})
    files = list(dict.fromkeys(file for file, _ in places))
    return "; ".join(_pages_in(file, [page for other, page in places if other == file]) for file in files)


def _pages_in(file: str, pages: Sequence[int]) -> str:
    words = f"p. {', '.join(map(str, pages))}"
    name = for_terminal(file if len(file) <= FILE_WIDTH else f"{file[: FILE_WIDTH - 3]}...")
    return f"{name} {words}" if file else words


def grid(*widths: str) -> Table:
    """A table without lines; 'n' is a narrow column that never wraps, 'r' a narrow one of numbers, 'w' takes the rest."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for width in widths:
        table.add_column(no_wrap=width != "w", justify="right" if width == "r" else "left", overflow="fold")
    return table


def head_view(line: Line, payer: str = "") -> Text:
    """Document, payer if given, date, place and operation in one line."""
    encounter = line["encounter"]
    place = encounter["place_of_service"]
    facts = [
        payer,
        encounter["date_of_service"] or "date of service not stated",
        f"POS {place}" if place else "POS not stated",
        for_terminal(encounter["procedure"] or ""),
    ]
    return Text.assemble((for_terminal(line["document"]["name"]), "bold"), "  ", " · ".join(fact for fact in facts if fact))


def _verdict(line: Line) -> Text:
    verdict = line["verdict"]
    return Text.assemble(
        (line["payer"], "bold"),
        "  ",
        (verdict["id"].upper(), VERDICT_STYLE.get(verdict["id"], "bold")),
        f"  {verdict['sentence']}",
    )


def _codes(codes: Sequence[Line]) -> RenderableType | None:
    table = grid("n", "r", "n", "n", "w")
    for code in codes:
        modifiers = "".join(f"-{modifier}" for modifier in code["modifiers"])
        status = Text(code["status"], style=STATUS_STYLE.get(code["status"], ""))
        edit = "" if code["edit"] == "none" else f"NCCI: {code['edit']}. "
        table.add_row(
            Text(code["code"] + modifiers, style="bold"),
            f"x {units_words(code)}",
            status,
            pages_of(code["evidence"]),
            for_terminal(edit + code["rationale"]),
        )
    return table if codes else None


def units_words(code: Line) -> str:
    """The units, or the fewest and the most that the document allows where they are open: '4', '3 to 5', '?'."""
    if code["units"] is not None:
        return str(code["units"])
    least, most = code["units_least"], code["units_most"]
    return f"{least} to {most}" if least is not None and most is not None else "?"


def _minutes(line: Line) -> RenderableType | None:
    table = grid("n", "r", "n", "w")
    for proof in line["minutes_proof"]:
        counted = proof["column"] is not None
        place = COLUMN_WORDS.get(proof["column"] or "", proof["reason"])
        table.add_row(
            f"{clock(proof['start'])}-{clock(proof['end'])}",
            f"{proof['minutes']} min",
            Text(f"{'+' if counted else '-'} {place}", style="green" if counted else "dim"),
            for_terminal(proof["why"]),
        )
    totals = [f"{COLUMN_WORDS[name]} {amount} min" for name, amount in line["minutes"].items() if amount]
    unknown = [COLUMN_WORDS[name] for name, amount in line["minutes"].items() if amount is None]
    words = "; ".join(totals) or ("" if unknown else "no billable minutes")
    open_words = f"cannot be computed: {', '.join(unknown)}" if unknown else ""
    sentence = Text("; ".join(part for part in (words, open_words) if part), style="bold")
    doubts = [Text(f"? {for_terminal(doubt['message'])}", style="yellow") for doubt in line["counted_monitoring"]["doubts"]]
    return Group(table, sentence, *doubts) if line["minutes_proof"] else Group(sentence, *doubts)


def clock(stamp: str | None) -> str:
    """The clock time of a stamp: '08:15'; '??:??' where there is none."""
    return stamp[11:16] if stamp else "??:??"


def _not_reportable(items: Sequence[Line]) -> RenderableType | None:
    table = grid("n", "n", "w")
    for item in items:
        words = for_terminal(item_words(item))
        table.add_row(item["code"] or "-", pages_of(item["evidence"]), words)
    return table if items else None


def item_words(item: Line) -> str:
    """What is not reportable and why, naming the item once."""
    rationale: str = item["rationale"]
    return rationale if rationale.startswith(item["item"]) else f"{item['item']}: {rationale}"


def _changes(changes: Sequence[Line]) -> RenderableType | None:
    """Lines that lack the same statements stand together."""
    table = grid("n", "w")
    for missing, group in groupby(sorted(changes, key=lambda c: c["missing"]), key=lambda c: c["missing"]):
        table.add_row(", ".join(change["code"] for change in group), for_terminal("; ".join(missing)))
    return table if changes else None


def _findings(lines: Sequence[Line]) -> RenderableType | None:
    """The findings of all payers, gravest first; one that not all of them share names its payers."""
    payers: dict[tuple[str, str, str], list[str]] = {}
    first: dict[tuple[str, str, str], Line] = {}
    for line in lines:
        for finding in line["findings"]:
            key = finding["severity"], finding["rule"], finding["message"]
            first.setdefault(key, finding)
            payers.setdefault(key, []).append(line["payer"])
    table = grid("n", "n", "n", "w")
    for key in sorted(first, key=lambda key: SEVERITIES.index(key[0])):
        finding = first[key]
        words = Text(for_terminal(finding["message"]))
        if len(set(payers[key])) < len(lines):
            words = Text.assemble((f"{', '.join(dict.fromkeys(payers[key]))}: ", "bold"), words)
        if finding["severity"] != "info" and finding["remedy"]:
            words.append(f" -> {for_terminal(finding['remedy'])}", style="dim")
        severity = Text(finding["severity"], style=SEVERITY_STYLE[finding["severity"]])
        table.add_row(severity, finding["rule"], pages_of(finding["evidence"]), words)
    return table if first else None
