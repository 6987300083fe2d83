"""The appeal memo: whether a denied line can be defended from the record, what can be quoted for it, and what speaks against.

It is for whoever writes the appeal. A line that the record does not support is not defended: the memo says so and what is to
be learned. The denial work of claims calls `appeal` for each denied line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ionm_notes.errors import IonmError
from ionm_notes.handout.day import day_of
from ionm_notes.handout.paper import Block, Drawing, Facts, Line, Paper, Points, Quotes, Text, quoted, section, sections
from ionm_notes.handout.query import ELEMENT
from ionm_notes.handout.report import code_grid, head_facts, minutes_proof, minutes_sum
from ionm_notes.handout.sources import cited, code_sources
from ionm_notes.handout.words import plain
from ionm_notes.limitation import in_full
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.policy.people import DenialRow, people_tables
from ionm_notes.report.summary import item_words, units_words

Standing = Literal["defensible", "in part", "open", "not defensible", "not judged"]
SENTENCES = {
    "defensible": "The record supports the denied line; what it states is quoted below.",
    "in part": "The record supports a part of the denied units; only that part can be defended.",
    "open": "The record leaves something open that must be answered first; do not appeal before it is.",
    "not defensible": "The record does not support the denied line. Do not appeal on this record.",
    "not judged": "Whether this reason holds cannot be told from a record; a person has to judge it.",
}


@dataclass(frozen=True, slots=True)
class Denial:
    """What a payer refused.

    `reason`: an id of `policy/data/people/denials.toml`, or a rule's; `code` and `units`: the denied line ('' and None: the
    whole claim); `claim`: the claim's number; `said`: the payer's own words or reason codes.
    """

    reason: str
    code: str = ""
    units: int | None = None
    claim: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Appeal:
    """The memo with its answer: whether the line can be defended, and the reasons one by one."""

    standing: Standing
    because: tuple[str, ...]
    paper: Paper


def appeal(line: Line, denial: Denial, policy: PayerPolicy, made: date) -> Appeal:
    """The memo for one denied line of an audited document (`line`) under the policy that judged it (`sources.policy_of`).

    Raises `IonmError` `unknown-denial` for a reason that is neither a denial trigger nor a rule.
    """
    row = reason_named(denial.reason)
    standing, because = judged(line, denial, row)
    against = _findings_on(line, row)
    others = tuple(f for f in line["findings"] if f["severity"] != "info" and f not in against)
    shown = row.shown_by or ("codes", "minutes")
    refs = (*row.refs, *(ref for finding in against for ref in finding["citations"]), *_code_refs(line, denial, policy))
    blocks = sections(
        section("What was denied", _denied(denial, row)),
        section(f"Standing: {standing}", Text(SENTENCES[standing], "strong"), Points(because)),
        section("Case", head_facts(line, policy)),
        section("What the record states on this reason", *_elements(line, shown)),
        _codes(line, denial, policy) if "codes" in shown or denial.code else None,
        _minutes(line) if "minutes" in shown else None,
        section("What speaks against, and what to do", *_lessons(against)),
        section("Other open findings of the case", *_lessons(others)),
        _unsettled(row, denial),
        section("Sources", cited(policy, refs)),
    )
    return Appeal(standing, because, Paper("Appeal memo", made, blocks, in_full()))


def reasons() -> tuple[DenialRow, ...]:
    """The denial reasons to choose from."""
    return people_tables().denials


def reason_named(name: str) -> DenialRow:
    """A denial reason by its id, or one made of a rule by the rule's. Raises `IonmError` `unknown-denial`."""
    from ionm_notes.rules import RULES

    for row in reasons():
        if row.id == name:
            return row
    if name not in RULES:
        raise IonmError("unknown-denial", "", name)
    known = people_tables().denials_of(name)
    shown = tuple(dict.fromkeys(one for row in known for one in row.shown_by))
    refs = tuple(dict.fromkeys(ref for row in known for ref in row.refs))
    return DenialRow(id=name, trigger=RULES[name].doc.summary.rstrip("."), who="", rule=name, shown_by=shown, refs=refs)


def judged(line: Line, denial: Denial, row: DenialRow) -> tuple[Standing, tuple[str, ...]]:
    """Whether the denied line can be defended from the record, and why. A doubt is never settled in the line's favour."""
    found = tuple(f"{one['rule']}: {one['message']}" for one in _findings_on(line, row))
    codes = _lines_of(line, denial)
    if not codes:
        what = denial.code or "any code"
        left = [item_words(one) for one in line["not_reportable"] if denial.code and one["code"] == denial.code]
        return "not defensible", (f"For {line['payer']} the record supports no line of {what}", *left, *found)
    open_ones = tuple(f"{one['code']}: {one['rationale']}" for one in codes if one["status"] != "supported")
    beside = tuple(f"{one['code']} falls beside another line: {one['edit_reason']}" for one in codes if one["edit"] == "denied")
    if beside:
        return "not defensible", (*beside, *found)
    if found:
        return ("open" if not open_ones else "not defensible"), (*found, *open_ones)
    if open_ones:
        return "open", open_ones
    if not row.rule:
        return "not judged", (f"No rule of this program looks for '{row.trigger}'",)
    units = sum(one["units"] or 0 for one in codes)
    if denial.units is not None and denial.code and units < denial.units:
        return "in part", (f"{units} of the {denial.units} denied units of {denial.code} are supported",)
    supported = tuple(f"{one['code']} x {units_words(one)}: {one['rationale']}" for one in codes)
    return "defensible", (*supported, f"No finding of this case says that '{row.trigger}' holds")


def _lines_of(line: Line, denial: Denial) -> list[Line]:
    return [one for one in line["codes"] if not denial.code or one["code"] == denial.code]


def _findings_on(line: Line, row: DenialRow) -> tuple[Line, ...]:
    """Errors and warnings that say what the payer says; of missing statements, those that answer this reason."""
    return tuple(
        one
        for one in line["findings"]
        if one["severity"] != "info"
        and one["rule"] == row.rule
        and (one["rule"] != ELEMENT or not row.shown_by or one["values"].get("element") in row.shown_by)
    )


def _denied(denial: Denial, row: DenialRow) -> Facts:
    what = f"{denial.code} x {denial.units}" if denial.code and denial.units is not None else denial.code or "the claim"
    rows = (
        ("Denied", what),
        ("Reason", row.trigger),
        ("Known from", row.who),
        ("Claim", denial.claim),
        ("The payer says", denial.said),
    )
    return Facts(tuple((name, value) for name, value in rows if value))


def _elements(line: Line, shown: Sequence[str]) -> tuple[Block, ...]:
    parts: list[Block] = []
    for name in shown:
        state = line["elements"].get(name)
        if state is None:
            continue
        evidence = quoted(line["element_evidence"].get(name, ()))
        parts.append(Text(f"{plain(name).capitalize()}: {plain(state)}", "strong"))
        parts += [Quotes(evidence)] if evidence else []
    return tuple(parts)


def _codes(line: Line, denial: Denial, policy: PayerPolicy) -> Block | None:
    found = _lines_of(line, denial)
    return section("Code lines", code_grid(line, policy, found)) if found else None


def _minutes(line: Line) -> Block | None:
    day = day_of(line)
    return section("Minutes", Text(minutes_sum(line) + ".", "strong"), Drawing(day) if day else None, minutes_proof(line))


def _lessons(findings: Sequence[Line]) -> tuple[Block | None, ...]:
    return tuple(
        section(
            f"{one['severity']}: {one['rule']}",
            Text(one["message"] + "."),
            Quotes(quoted(one["evidence"])) if one["evidence"] else None,
            Text(f"What to do: {one['remedy']}") if one["remedy"] else None,
            level=3,
        )
        for one in findings
    )


def _unsettled(row: DenialRow, denial: Denial) -> Block | None:
    tables = people_tables()
    topics = [topic for topic in (row.rule, denial.code) if topic]
    asked = {question.row.id: question for topic in topics for question in tables.questions_about(topic)}
    return section(
        "Not settled among the sources",
        *(
            Points(
                (
                    f"{one.row.title} Done here: {one.row.taken}",
                    *(f"{side.says} [{', '.join(side.refs)}]" for side in one.sides),
                )
            )
            for one in asked.values()
        ),
    )


def _code_refs(line: Line, denial: Denial, policy: PayerPolicy) -> tuple[str, ...]:
    return tuple(ref for one in _lines_of(line, denial) for ref in code_sources(line, policy, one["code"]))
