"""The audit report of one document for one payer: verdict, codes, minutes, gaps and sources, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ionm_notes.handout.day import day_of
from ionm_notes.handout.paper import Block, Drawing, Facts, Grid, Line, Paper, Points, Quotes, Text, quoted, section, sections
from ionm_notes.handout.sources import cited, code_sources
from ionm_notes.handout.words import clock, plain, span_words
from ionm_notes.limitation import in_full
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.report.summary import COLUMN_WORDS, item_words, units_words
from ionm_notes.store.reviews import Review, finding_key

SEVERITIES = ("error", "warning", "info")


def audit_report(line: Line, policy: PayerPolicy, made: date, decisions: Mapping[str, Review] | None = None) -> Paper:
    """The report of a line of the contract under the policy that judged it (`sources.policy_of`).

    `decisions`: what reviewers decided, by `store.reviews.finding_key`; '' is the one about the document.
    """
    decided = decisions or {}
    return Paper(
        "Audit report",
        made,
        sections(
            _head(line, policy),
            _verdict(line, decided.get("")),
            _codes(line, policy),
            _minutes(line),
            _findings(line, decided),
            _elements(line),
            section("Sources", cited(policy, _sources(line, policy))),
            _made_by(line),
        ),
        in_full(),
    )


def named(people: list[Any]) -> str:
    """People with their credentials, in one line."""
    return "; ".join(", ".join([one["name"], *one["credentials"]]) for one in people) or "not stated"


def head_facts(line: Line, policy: PayerPolicy) -> Facts:
    """What the case is: document, payer, day, place, operation and people."""
    encounter = line["encounter"]
    return Facts(
        (
            ("Document", line["document"]["name"]),
            ("Payer", f"{line['payer']} ({policy.title})"),
            ("Date of service", encounter["date_of_service"] or "not stated"),
            ("Place of service", encounter["place_of_service"] or "not stated"),
            ("Facility", encounter["facility"] or "not stated"),
            ("Operation", encounter["procedure"] or "not stated"),
            ("Indication", encounter["indication"] or "not stated"),
            ("Surgeon", encounter["surgeon"] or "not stated"),
            ("Professional", named(encounter["professionals"])),
            ("Technologist", named(encounter["technologists"])),
        )
    )


def _head(line: Line, policy: PayerPolicy) -> Block | None:
    warnings = [Text(warning, "note") for warning in line["document"]["warnings"]]
    return section("Case", head_facts(line, policy), *warnings)


def _verdict(line: Line, reviewed: Review | None) -> Block | None:
    verdict, points = line["verdict"], line["checklist"]
    told = f"Reviewed by {reviewed.who}, {reviewed.at[:16].replace('T', ' ')} UTC: {reviewed.reason}" if reviewed else ""
    rows = tuple((point["answer"], point["question"], point["because"]) for point in points)
    return section(
        f"Verdict: {verdict['id']}",
        Text(verdict["sentence"], "strong"),
        Text(told) if told else None,
        section("Review", Grid(("Answer", "Question", "Because"), rows, (10, 40, 50)), level=3) if rows else None,
    )


def code_grid(line: Line, policy: PayerPolicy, codes: Sequence[Line]) -> Grid:
    """Code lines with their reasons, evidence and sources."""
    rows = []
    for code in codes:
        edit = "" if code["edit"] == "none" else f"Edit: {code['edit']}. {code['edit_reason']}".strip()
        refs = ", ".join(code_sources(line, policy, code["code"]))
        parts = (code["rationale"], edit, *quoted(code["evidence"]), f"Sources: {refs}" if refs else "")
        name = "-".join([code["code"], *code["modifiers"]]) + f"\n{code['name']}"
        rows.append((name, units_words(code), code["status"], "\n".join(part for part in parts if part)))
    return Grid(("Code", "Units", "Status", "Why, and what the record states"), tuple(rows), (20, 8, 12, 60))


def _codes(line: Line, policy: PayerPolicy) -> Block | None:
    changes = tuple(f"{change['code']}: {'; '.join(change['missing'])}" for change in line["what_would_change"])
    left = tuple(
        "\n".join((f"{item['code'] or ''} {item_words(item)}".strip(), *quoted(item["evidence"])))
        for item in line["not_reportable"]
    )
    return section(
        "Codes",
        code_grid(line, policy, line["codes"]) if line["codes"] else Text("No code is supported."),
        section("Would be supported if the record stated", Points(changes), level=3) if changes else None,
        section("Not reportable", Points(left), level=3) if left else None,
    )


def minutes_sum(line: Line) -> str:
    """The billable minutes in one sentence."""
    known = [f"{amount} min {COLUMN_WORDS[name]}" for name, amount in line["minutes"].items() if amount]
    unknown = [COLUMN_WORDS[name] for name, amount in line["minutes"].items() if amount is None]
    parts = ["; ".join(known), f"cannot be told: {', '.join(unknown)}" if unknown else ""]
    return "; ".join(part for part in parts if part) or "no billable minutes"


def minutes_proof(line: Line) -> Grid | None:
    """The fate of every stretch with its evidence; None where nothing was counted or cut."""
    rows = []
    for proof in line["minutes_proof"]:
        fate = f"+ {COLUMN_WORDS[proof['column']]}" if proof["column"] else f"- {plain(proof['reason'])}"
        why = "\n".join((proof["why"], *quoted(proof["evidence"])))
        rows.append((span_words(proof) or "no times", str(proof["minutes"]), fate, why))
    return (
        Grid(("Time", "Min", "Counted or cut", "Why, and what the record states"), tuple(rows), (14, 8, 20, 58)) if rows else None
    )


def _minutes(line: Line) -> Block | None:
    day = day_of(line)
    conflicts = [
        (
            f"Contradiction, {one['subject']}: {one['chosen']} taken, {one['rejected']} set aside ({one['why']})",
            one["evidence"],
        )
        for one in line["conflicts"]
    ]
    doubts = [(_doubt(one), one["evidence"]) for one in line["doubtful"]]
    told = tuple("\n".join((words, *quoted(evidence))) for words, evidence in (*conflicts, *doubts))
    counted = line["counted_monitoring"]
    known = counted["start"] or counted["end"]
    bounds = f"Counted monitoring: {clock(counted['start'])} to {clock(counted['end'])}." if known else ""
    return section(
        "Minutes",
        Text(f"{minutes_sum(line)}. {bounds}".strip(), "strong"),
        Drawing(day) if day else Text("The document states no clock times."),
        minutes_proof(line),
        Points(told) if told else None,
    )


def _doubt(reading: Line) -> str:
    return f"Doubtful reading: {reading['read']}" + (f" may be {' or '.join(reading['instead'])}" if reading["instead"] else "")


def _findings(line: Line, decided: Mapping[str, Review]) -> Block | None:
    found = sorted(line["findings"], key=lambda one: SEVERITIES.index(one["severity"]))
    parts: list[Block | None] = []
    for finding in found:
        review = decided.get(finding_key(finding))
        word = f"{review.decision} by {review.who}, {review.at[:16].replace('T', ' ')} UTC: {review.reason}" if review else ""
        parts.append(
            section(
                f"{finding['severity']}: {finding['rule']}",
                Text(finding["message"] + "."),
                Quotes(quoted(finding["evidence"])) if finding["evidence"] else None,
                Text(f"Why it matters: {finding['why']}") if finding["why"] else None,
                Text(f"What to do: {finding['remedy']}") if finding["remedy"] else None,
                Text(f"Sources: {', '.join(finding['citations'])}", "dim") if finding["citations"] else None,
                Text(word, "note") if word else None,
                level=3,
            )
        )
    return section(f"Gaps and findings ({len(found)})", *(parts or [Text("None.")]))


def _elements(line: Line) -> Block | None:
    rows = []
    for name, state in line["elements"].items():
        search = line["element_search"].get(name)
        if search:
            pages = ", ".join(map(str, search["pages_searched"]))
            near = f"\nnearest: {quoted([search['nearest_miss']])[0]}" if search["nearest_miss"] else ""
            words = f"not found; pages searched: {pages or 'none'}{near}"
        else:
            words = "\n".join(quoted(line["element_evidence"].get(name, ())))
        rows.append((plain(name), plain(state), words))
    return section("Documentation elements", Grid(("Element", "State", "What the record states"), tuple(rows), (24, 16, 60)))


def _sources(line: Line, policy: PayerPolicy) -> Iterator[str]:
    for finding in line["findings"]:
        yield from finding["citations"]
    for code in line["codes"]:
        yield from code_sources(line, policy, code["code"])


def _made_by(line: Line) -> Block | None:
    policy = line.get("policy", {})  # a line of an older program names no day
    layers = ", ".join(f"{kind} of {first}" for kind, first in policy.get("layers", {}).items())
    document = line["document"]
    return section(
        "How this was made",
        Facts(
            (
                ("Program", f"ionm-notes {line['tool_version']}"),
                ("Policy", f"{line['policy_version']}, as of {policy.get('on') or 'the newest'}"),
                ("CMS tables", layers or "none"),
                ("File", f"SHA-256 {document['sha256']}, {document['pages']} pages, text: {document['text_source']}"),
            )
        ),
    )
