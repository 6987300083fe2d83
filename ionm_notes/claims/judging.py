"""Holds the lines of one claim against the report of its case, line by line; read this to see why a line is called what.

The claim's lines take the place of the document's own charges, so that the rules that judge those judge these too. What
rules do not look at (units per professional, place, date, provider, limits of units) is compared here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ionm_notes.audit import judge
from ionm_notes.claims.edits import edit_troubles
from ionm_notes.claims.matching import Match, professionals
from ionm_notes.claims.model import ClaimLine, Effect, Outcome, Report, Row, Trouble
from ionm_notes.claims.names import same_name
from ionm_notes.policy.api import Policy
from ionm_notes.rules.words import counted, listed
from ionm_notes.types import Audit, BillingLine, Case, CodeLine, Evidence, Minutes, Proof

KIND_OF_RULE: Mapping[str, Outcome] = {
    "code-not-valid-for-payer": "wrong-code",
    "deleted-code": "wrong-code",
    "unsupported-study": "unsupported-study",
    "not-reportable-billed": "unsupported-study",
    "bundled-tof": "unsupported-study",
    "bundled-pedicle-screw": "unsupported-study",
    "ncci-conflict": "ncci",
    "modifier-misuse": "modifier",
    "modifier-missing": "modifier",
    "pos-not-accepted": "place-of-service",
}
"""Rules on charges, and what they say of a line that they name."""
SETTLED: frozenset[Outcome] = frozenset(("over-coded", "unsupported-study", "ncci"))
"""What says that units are not supported; without it, units that nothing supports are judged by nobody."""
MOOT: frozenset[Outcome] = frozenset(("ncci", "mue", "modifier"))
"""What no longer matters of a line whose code the payer does not take on that day."""
EFFECTS: Mapping[Outcome, Effect] = {
    "supported": "none",
    "under-coded": "collect",
    "query": "open",
    "modifier": "correct",
    "place-of-service": "correct",
    "mue": "open",
    "over-coded": "repay",
    "ncci": "repay",
    "unsupported-study": "repay",
    "provider": "correct",
    "date": "correct",
    "wrong-code": "repay",
    "missing-report": "open",
    "ambiguous": "open",
    "payer-unknown": "open",
    "report-without-claim": "collect",
    "not-judged": "none",
}
CENT = Decimal("0.01")
ORDER = tuple(EFFECTS)
"""Outcomes, the gravest last."""
Money = Callable[[str, ClaimLine | None], Decimal | None]
"""Money of one unit of a code, of this line where charges are taken; None where nobody knows it."""


@dataclass(slots=True)
class Supply:
    """The judged record of one report for one payer, and how many of its units claims have used up so far."""

    report: Report
    policy: Policy
    minutes: Minutes
    audit: Audit
    used: dict[int, int] = field(default_factory=dict)

    def of(self, code: str, professional: str) -> list[tuple[int, CodeLine]]:
        """The documented lines of a code that this professional may bill; '' stands for any."""
        return [
            (at, line)
            for at, line in enumerate(self.audit.codes)
            if line.code == code and (not line.professional or not professional or same_name(line.professional, professional))
        ]

    def take(self, code: str, professional: str, status: str, wanted: int) -> int:
        """Uses up to `wanted` units of lines of that status; returns how many there were. Open units are as many as wanted."""
        got = 0
        for at, line in self.of(code, professional):
            if line.status == status and got < wanted:
                there = wanted if line.units is None else max(0, line.units - self.used.get(at, 0))
                mine = min(there, wanted - got)
                self.used[at] = self.used.get(at, 0) + mine
                got += mine
        return got

    def left(self, code: str, professional: str) -> int:
        """Supported units of a code that no claim has used."""
        lines = self.of(code, professional)
        return sum(max(0, (line.units or 0) - self.used.get(at, 0)) for at, line in lines if line.status == "supported")


def supply(report: Report, minutes: Minutes, policy: Policy) -> Supply:
    """The report judged by itself, without its own charges."""
    return Supply(report, policy, minutes, judge(replace(report.case, billing=()), minutes, policy))


def judge_claim(
    lines: Sequence[ClaimLine], match: Match, at: Supply, payer: str, money: Money, nobodys: Sequence[ClaimLine] = ()
) -> list[Row]:
    """A row for each line of one professional's claims whose report was found. Uses up units of `at`.

    `nobodys`: the lines of the same case and payer that name no professional.
    """
    case, who = at.report.case, lines[0].professional
    known = professionals(at.report)
    wrong_person = bool(who and known) and not any(same_name(who, name) for name in known)
    charged = [BillingLine(x.code, x.units, x.modifiers, x.place or None, (shown(x),)) for x in lines]
    audit = judge(replace(case, billing=tuple(charged)), at.minutes, at.policy)
    edits = edit_troubles(lines, at.policy, at.report.day or at.policy.on, nobodys)
    units = _units(lines, at, "" if wrong_person else who)
    rows = []
    for number, line in enumerate(lines):
        found = [*_findings(audit, line, lines), *edits[number], *_place(case, line)]
        if any(trouble.kind == "wrong-code" for trouble in found):
            found = [trouble for trouble in found if trouble.kind not in MOOT]
        if match.how != "matched":
            found.append(Trouble("date", match.why, evidence=case.encounter.evidence.get("date_of_service", ())))
        if wrong_person:
            found.append(_provider(at.report, who, known))
        if at.policy.code(line.code) is None:
            found = [Trouble("not-judged", f"{line.code} is no code that this program knows")]
        rows.append(_row(line, (at, match), payer, found, units[number], money))
    return rows


def shown(line: ClaimLine) -> Evidence:
    """The claim line as evidence: its file, its row or segment, and its words."""
    return Evidence(line.source.number, str(line), None, file=line.source.file)


def _findings(audit: Audit, line: ClaimLine, lines: Sequence[ClaimLine]) -> list[Trouble]:
    """What the rules on charges say of this line. Of pairs among the lines, `edits` says which one falls."""
    here, all_shown = shown(line), {shown(other) for other in lines}
    found = []
    for finding in audit.findings:
        kind = KIND_OF_RULE.get(finding.rule)
        if kind is None or finding.severity == "info" or here not in finding.evidence:
            continue
        if kind == "ncci" and len(all_shown.intersection(finding.evidence)) > 1:
            continue
        others = tuple(item for item in finding.evidence if item not in all_shown)
        found.append(Trouble(kind, finding.message, finding.rule, others, finding.remedy))
    return found


def _place(case: Case, line: ClaimLine) -> list[Trouble]:
    stated = case.encounter.place_of_service
    if stated is None or not line.place or line.place == stated:
        return []
    message = f"the claim says place of service {line.place}; the record says {stated}"
    return [Trouble("place-of-service", message, evidence=case.encounter.evidence.get("place_of_service", ()))]


def _provider(report: Report, who: str, known: Sequence[str]) -> Trouble:
    encounter = report.case.encounter
    others = (encounter.surgeon, *encounter.assistants, encounter.anesthesia_provider, *encounter.technologists)
    role = next((f"the {p.role} of the case, " if p.role else "" for p in others if p and same_name(p.name, who)), "")
    evidence = tuple(item for person in encounter.professionals for item in person.evidence)
    message = f"billed by {who}, {role}who is not among those who monitored: {listed(known)}"
    return Trouble("provider", message, evidence=evidence)


@dataclass(frozen=True, slots=True)
class _Units:
    """How a line's units stand: `supported`, held by a `query`, `over` both; `left` supported units that nobody billed."""

    supported: int
    query: int
    over: int
    left: int
    lines: tuple[CodeLine, ...]


def _units(lines: Sequence[ClaimLine], at: Supply, who: str) -> list[_Units]:
    """The units of each line, in order: supported ones go to the first lines of a code."""
    found = []
    for number, line in enumerate(lines):
        supported = at.take(line.code, who, "supported", line.count)
        query = at.take(line.code, who, "query", line.count - supported)
        last = all(other.code != line.code for other in lines[number + 1 :])
        left = at.left(line.code, who) if last and supported + query == line.count else 0
        documented = tuple(line for _, line in at.of(line.code, who))
        found.append(_Units(supported, query, line.count - supported - query, left, documented))
    return found


def _unit_troubles(line: ClaimLine, units: _Units, at: Supply) -> list[Trouble]:
    found = []
    info = at.policy.code(line.code)
    evidence: Proof = tuple(item for documented in units.lines for item in documented.evidence)
    why = "; ".join(dict.fromkeys(documented.rationale for documented in units.lines if documented.rationale))
    if units.over and units.lines:
        message = f"{counted(line.count, 'unit')} billed; the record gives {units.supported + units.query} ({why})"
        found.append(Trouble("over-coded", message, evidence=evidence))
    elif units.over and info is not None and info.kind == "time":
        found.append(_no_time(line, at))
    elif units.over and info is not None and info.kind == "base":
        given = listed(sorted({c.code for c in at.audit.codes if c.kind == "base"}))
        message = f"{line.code} was billed; " + (f"the documented studies give {given}" if given else "no study is documented")
        found.append(Trouble("unsupported-study", message))
    if units.query:
        held = [documented for documented in units.lines if documented.status == "query"]
        message = "; ".join(dict.fromkeys(documented.rationale for documented in held))
        found.append(Trouble("query", message, evidence=evidence))
    if units.left:
        message = f"{counted(line.count, 'unit')} billed; the record supports {units.left} more ({why})"
        found.append(Trouble("under-coded", message, evidence=evidence))
    return found


def _no_time(line: ClaimLine, at: Supply) -> Trouble:
    """Why a billed time code has no minutes of its own."""
    refused = [item for item in at.audit.not_reportable if item.code == line.code]
    times = [c for c in at.audit.codes if c.kind == "time"]
    if refused:
        message = "; ".join(item.rationale for item in refused)
        return Trouble("over-coded", message, refused[0].rule, tuple(e for item in refused for e in item.evidence))
    if times:
        message = f"{line.code} was billed; the record gives {listed(c.code for c in times)} ({times[0].rationale})"
        return Trouble("over-coded", message, evidence=times[0].evidence)
    return Trouble("over-coded", f"{line.code} was billed; the record gives no billable monitoring time")


def _row(line: ClaimLine, where: tuple[Supply, Match], payer: str, found: list[Trouble], units: _Units, money: Money) -> Row:
    at, match = where
    kinds = {trouble.kind for trouble in found}
    taken = not kinds & {"wrong-code", "not-judged"}
    if taken:
        told = any(t.kind == "unsupported-study" or (t.rule in KIND_OF_RULE and t.kind == "ncci" and not t.effect) for t in found)
        found += [t for t in _unit_troubles(line, units, at) if t.kind != "unsupported-study" or not told]
    if taken and not (kinds | {t.kind for t in found}) & SETTLED and units.supported + units.query < line.count:
        found.append(Trouble("not-judged", f"nothing that supports {line.code} is looked for"))
    outcome = gravest(found)
    stakes: Mapping[Outcome, int] = {"over-coded": units.over, "query": units.query, "under-coded": units.left, "supported": 0}
    stake = 0 if outcome == "not-judged" else stakes.get(outcome, line.count)
    each = money(line.code, line)
    return Row(
        outcome=outcome,
        effect=_effect(outcome, found),
        code=line.code,
        line=line,
        report=at.report.name,
        payer=payer,
        matched_by=match.why,
        professional=line.professional,
        day=line.day,
        units=line.count,
        supported=units.supported if taken else 0,
        stake=stake,
        amount=amount_of(each, stake),
        troubles=tuple(found),
        evidence=tuple(dict.fromkeys(item for documented in units.lines for item in documented.evidence)),
        rationale="; ".join(documented.rationale for documented in units.lines),
        modifiers=units.lines[0].modifiers if units.lines else (),
    )


def _effect(outcome: Outcome, found: Sequence[Trouble]) -> Effect:
    """The gravest of what the troubles of the outcome's kind do to money."""
    effects = [trouble.effect or EFFECTS[outcome] for trouble in found if trouble.kind == outcome]
    return "repay" if "repay" in effects else next(iter(effects), EFFECTS[outcome])


def amount_of(each: Decimal | None, units: int) -> Decimal | None:
    """Money of so many units to the cent; None where that of one is not known."""
    return None if each is None else (each * units).quantize(CENT)


def gravest(found: Sequence[Trouble]) -> Outcome:
    """The outcome of a line with these troubles; without any it is supported."""
    return max((trouble.kind for trouble in found), key=ORDER.index, default="supported")


def unbilled(at: Supply, payer: str, billed: Sequence[tuple[str, str]], money: Money, outcome: Outcome) -> list[Row]:
    """A row for each documented line that no claim bills: supported ones to collect, held ones as open.

    `billed`: codes with professionals as claims of this report have them. A line that falls beside another is left out.
    """
    rows = []
    for line in at.audit.codes:
        names = [who for code, who in billed if code == line.code]
        if line.edit == "denied" or any(not who or not line.professional or _covers(at, who, line) for who in names):
            continue
        if line.status == "query" and outcome == "under-coded":
            continue
        rows.append(_unbilled_row(at, payer, line, money, outcome))
    return rows


def _covers(at: Supply, who: str, line: CodeLine) -> bool:
    """Whether a claim of `who` stands for a line: the line's own professional, or somebody who did not monitor at all."""
    known = professionals(at.report)
    return same_name(who, line.professional or "") or not any(same_name(who, name) for name in known)


def _unbilled_row(at: Supply, payer: str, line: CodeLine, money: Money, outcome: Outcome) -> Row:
    units, each = line.units or 0, money(line.code, None)
    return Row(
        outcome=outcome,
        effect="open" if line.status == "query" else "collect",
        code=line.code,
        report=at.report.name,
        payer=payer,
        professional=line.professional or "",
        day=at.report.day,
        supported=units if line.status == "supported" else 0,
        stake=units,
        amount=amount_of(each, units),
        troubles=(Trouble(outcome, f"documented and not billed: {line.rationale}", evidence=line.evidence),),
        evidence=line.evidence,
        rationale=line.rationale,
        modifiers=line.modifiers,
    )
