"""Edits among the lines of one claim: pairs that fall, time codes without a primary, units over a day's most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from ionm_notes.claims.model import ClaimLine, Trouble
from ionm_notes.codes.edits import with_edits
from ionm_notes.policy.api import CodeInfo, Policy, dated
from ionm_notes.rules.modifiers import DISTINCT
from ionm_notes.types import CodeLine


def edit_troubles(
    lines: Sequence[ClaimLine], policy: Policy, service: date, nobodys: Sequence[ClaimLine] = ()
) -> list[list[Trouble]]:
    """For each line of one claim of one professional and day, what the edits say of it. Lines that the payer does not take
    on that day meet no others. `nobodys`: further lines of the case that name no professional and may be this one's."""
    found: list[list[Trouble]] = [[] for _ in lines]
    standing = [(at, line, info) for at, line in enumerate(lines) if (info := _info(policy, line.code)) is not None]
    marked = with_edits(tuple(_as_code_line(line, info) for _, line, info in standing), policy, service)
    billed = [line for _, line, _ in standing]
    for (at, line, info), edited in zip(standing, marked, strict=True):
        if edited.edit == "denied":
            found[at].append(Trouble("ncci", edited.edit_reason, "ncci-conflict"))
        elif edited.edit == "modifier" and not _said_distinct(line, billed, policy):
            found[at].append(Trouble("ncci", edited.edit_reason, "ncci-conflict", effect="correct"))
        if info.kind == "time" and (message := _without_primary(line, (*billed, *nobodys), policy, service)):
            found[at].append(Trouble("ncci", message, "addon-without-primary", effect="open"))
        if message := _over_mue(line, billed, policy, service):
            found[at].append(Trouble("mue", message, "mue-exceeded"))
    return found


def _info(policy: Policy, code: str) -> CodeInfo | None:
    info = policy.code(code)
    return info if info is not None and policy.is_valid(code) and policy.takes_code(code) else None


def _as_code_line(line: ClaimLine, info: CodeInfo) -> CodeLine:
    kind: Literal["time", "base"] = "time" if info.kind == "time" else "base"
    who = line.professional or None
    return CodeLine(line.code, info.name, kind, line.count, line.modifiers, "supported", who, "none", "", (), ())


def _said_distinct(line: ClaimLine, billed: Sequence[ClaimLine], policy: Policy) -> bool:
    """Whether the line, or each line with an edit that it falls beside, carries a modifier that calls the service distinct."""
    if DISTINCT & set(line.modifiers):
        return True
    edits = [(other, policy.ncci(line.code, other.code)) for other in billed if other.code != line.code]
    beside = [other for other, edit in edits if edit is not None and edit.column2 == line.code]
    return bool(beside) and all(DISTINCT & set(other.modifiers) for other in beside)


def _without_primary(line: ClaimLine, billed: Sequence[ClaimLine], policy: Policy, service: date) -> str:
    primaries = policy.primaries(line.code)
    if not primaries or primaries & {other.code for other in billed}:
        return ""
    layer = dated(policy.layers["addon"], service)
    return f"{line.code} is billed without any of its listed primaries on this professional's claim (add-on list {layer})"


def _over_mue(line: ClaimLine, billed: Sequence[ClaimLine], policy: Policy, service: date) -> str:
    """Units of a day over the practitioner's MUE deny the claim that goes over it, whole; an MUE of 0 is no matter of how
    many (see `mue-exceeded`). Claims count in their order."""
    mue = policy.mue(line.code)
    claims = list(dict.fromkeys(other.claim for other in billed))
    so_far = claims[: claims.index(line.claim) + 1]
    total = sum(other.count for other in billed if other.code == line.code and other.claim in so_far)
    if mue is None or not 0 < mue.units < total:
        return ""
    return f"{line.code} x {total} is over the MUE of {mue.units} ({mue.setting}, MAI {mue.mai}, {dated(mue.as_of, service)})"
