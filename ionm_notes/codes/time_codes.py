"""Turns counted minutes into time code lines, one per professional and code; read to see how a line is built.

Minutes of one professional that go to the same code are summed before rounding; each professional has lines of his or
her own. Source: contract, 'Units and status of the time codes'.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ionm_notes.codes.gaps import time_gaps
from ionm_notes.codes.units import units, units_in_words
from ionm_notes.policy.api import Policy, TimeCode
from ionm_notes.timeline.attendance import column_of
from ionm_notes.timeline.sweep import NAMES
from ionm_notes.types import COLUMNS, Case, CodeLine, Column, Minutes, NotReportable, Proof

ALONE: Mapping[Column, Column] = {
    "in_room_shared": "in_room",
    "remote_shared": "remote_exclusive",
    "remote_unstated": "remote_exclusive",
}
"""The column whose code shared minutes tempt one to bill."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one professional has under one code: minutes by column (None: cannot be told)."""

    professional: str | None
    code: TimeCode
    minutes: Mapping[Column, int | None]
    always_query: bool

    @property
    def total(self) -> int | None:
        """All minutes of the share, None where a part cannot be told."""
        amounts = [m for m in self.minutes.values() if m is not None]
        return sum(amounts) if len(amounts) == len(self.minutes) else None


def time_lines(
    case: Case, minutes: Minutes, policy: Policy, base_codes: Collection[str]
) -> tuple[tuple[CodeLine, ...], tuple[NotReportable, ...]]:
    """Time code lines for counted minutes, and what of them no code takes or no unit reaches.

    `base_codes` are the suggested base studies, among which a listed primary is looked for.
    """
    lines: list[CodeLine] = []
    refused = [*_refused(minutes, policy), *_nobodys(case, policy)]
    for share in _shares(minutes, policy):
        total = share.total
        rule = (share.code.minutes_per_unit, share.code.minimum, share.code.remainder)
        if total is not None and units(total, *rule) == 0:
            why = f"{_who(share.professional)}{units_in_words(total, *rule)}"
            item = f"{total} min of monitoring"
            refused.append(NotReportable(share.code.code, item, "below-minimum", why, _evidence(minutes, share)))
            continue
        lines.append(_line(case, minutes, policy, share, base_codes))
    return tuple(lines), tuple(refused)


def _shares(minutes: Minutes, policy: Policy) -> tuple[Share, ...]:
    """Shares in order of name and code; a column that cannot be told gives its attendants a share without an amount."""
    amounts: dict[tuple[str | None, str], dict[Column, int | None]] = {}
    rules: dict[tuple[str | None, str], list[TimeCode]] = {}
    for who, column, amount in _amounts(minutes):
        code = policy.time_code(column)
        if code is not None and amount != 0:
            amounts.setdefault((who, code.code), {})[column] = amount
            rules.setdefault((who, code.code), []).append(code)
    ordered = sorted(amounts.items(), key=lambda one: (one[0][0] or "", one[0][1]))
    return tuple(Share(key[0], rules[key][0], by, any(r.always_query for r in rules[key])) for key, by in ordered)


def _amounts(minutes: Minutes) -> list[tuple[str | None, Column, int | None]]:
    found: list[tuple[str | None, Column, int | None]] = [(p.professional, p.column, p.minutes) for p in minutes.by_professional]
    values: Mapping[Column, int | None] = {
        "in_room": minutes.in_room,
        "in_room_shared": minutes.in_room_shared,
        "remote_exclusive": minutes.remote_exclusive,
        "remote_shared": minutes.remote_shared,
        "remote_unstated": minutes.remote_unstated,
    }
    for column in COLUMNS:
        if values[column] is None:
            attending = {a.professional for a in minutes.attendance if column_of(a) == column}
            found += [(who, column, None) for who in sorted(attending, key=lambda who: who or "")]
    return found


def _line(case: Case, minutes: Minutes, policy: Policy, share: Share, base_codes: Collection[str]) -> CodeLine:
    code = share.code
    rule = (code.minutes_per_unit, code.minimum, code.remainder)
    total = share.total
    gaps = time_gaps(case, minutes, policy, code.code, share.professional, tuple(share.minutes), base_codes)
    if share.always_query and "exclusivity-not-stated" not in gaps:
        gaps = (*gaps, "exclusivity-not-stated")
    least, most = _unit_bounds(minutes, share, rule)
    places = "; ".join(f"{'unknown' if m is None else m} min {NAMES[c]}" for c, m in sorted(share.minutes.items()))
    sum_words = "the units cannot be told" if total is None else units_in_words(total, *rule)
    info = policy.code(code.code)
    return CodeLine(
        code=code.code,
        name=info.name if info else code.code,
        kind="time",
        units=None if total is None else units(total, *rule),
        modifiers=(),
        status="query" if gaps else "supported",
        professional=share.professional,
        edit="none",
        rationale=f"{_who(share.professional)}{places}. {sum_words}",
        gaps=gaps,
        evidence=_evidence(minutes, share),
        units_least=least,
        units_most=most,
    )


def _unit_bounds(minutes: Minutes, share: Share, rule: tuple[int, int, int]) -> tuple[int | None, int | None]:
    """Fewest and most units; None where no bound is known, or where it cannot be told whose the open minutes are."""
    total = share.total
    mine = sum(m for m in share.minutes.values() if m is not None)
    others = sum(p.minutes for p in minutes.by_professional if p.column in share.minutes) - mine
    least = sum(minutes.least[c] for c in share.minutes)
    most = sum(minutes.most[c] for c in share.minutes) if all(c in minutes.most for c in share.minutes) else None
    if total is not None and least == total + others == most:
        return units(total, *rule), units(total, *rule)
    if others:
        return None, None
    return units(least, *rule), None if most is None else units(most, *rule)


def _refused(minutes: Minutes, policy: Policy) -> list[NotReportable]:
    found: list[NotReportable] = []
    for part in minutes.by_professional:
        if policy.time_code(part.column) is not None or not part.minutes:
            continue
        shared = part.column in ("remote_shared", "in_room_shared")
        tempting = policy.time_code(ALONE.get(part.column, part.column))
        why = (
            "this payer takes no code for minutes in which other cases were watched"
            if shared
            else "this payer takes no code for them"
        )
        evidence = tuple(dict.fromkeys(e for p in minutes.proof if p.column == part.column for e in p.evidence))
        found.append(
            NotReportable(
                code=tempting.code if tempting else None,
                item=f"{part.minutes} min {NAMES[part.column]}",
                rule="concurrent-cases" if shared else "code-not-valid-for-payer",
                rationale=f"{_who(part.professional)}{part.minutes} min {NAMES[part.column]}: {why}",
                evidence=evidence,
            )
        )
    return found


def _nobodys(case: Case, policy: Policy) -> list[NotReportable]:
    """The time codes of a monitoring that nobody attended whom a payer pays for it: they tempt, as the signals were recorded.

    Source: contract, 'Where no professional is documented at all ... no time code stands under codes'.
    """
    watched = next((s for s in case.segments if s.kind == "monitoring"), None)
    if watched is None or (why := _why_nobodys(case)) is None:
        return []
    rule, words, shown = why
    places: tuple[Column, ...] = ("in_room",) if rule == "monitor-is-operator" else ("in_room", "remote_exclusive")
    codes = dict.fromkeys(code.code for place in places if (code := policy.time_code(place)) is not None)
    return [NotReportable(code, "time of monitoring", rule, f"{code}: {words}", shown or watched.evidence) for code in codes]


def _why_nobodys(case: Case) -> tuple[str, str, Proof] | None:
    """Rule, reason and evidence by which no minute is anybody's; None where somebody may have attended."""
    if case.only_operator_monitors:
        return (
            "monitor-is-operator",
            "whoever operates or gives the anesthetic is not paid for monitoring",
            case.operator_monitors,
        )
    if case.read_afterwards:
        return "not-real-time", "the record was read afterwards, and no minute was attended", case.read_afterwards
    if not (case.encounter.professionals or case.attendance or case.operator_monitors):
        return "no-professional", "no professional is documented who attended", ()
    return None


def _evidence(minutes: Minutes, share: Share) -> Proof:
    counted = [p for p in minutes.proof if p.column in share.minutes and p.professional == share.professional]
    attended = [a for a in minutes.attendance if column_of(a) in share.minutes and a.professional == share.professional]
    return tuple(dict.fromkeys(e for part in (*counted, *(() if counted else attended)) for e in part.evidence))


def _who(professional: str | None) -> str:
    return f"{professional}: " if professional else ""
