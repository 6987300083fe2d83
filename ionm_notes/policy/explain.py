"""What the policy says of a code, a place of service, an item, a study or a kind of operation, as sentences with sources.

Rules are explained by the command line, which alone knows both the rules' words and the policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ionm_notes.policy.api import CodeInfo, Reference
from ionm_notes.policy.cms import layer_of, same_practitioner
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.policy.tables import ItemRow, LimitRow, NecessityRow
from ionm_notes.policy.views import COLUMN_WORDS, INDICATORS, POSITIONS, dated, time_code_words
from ionm_notes.types import COLUMNS

PLACE = re.compile(r"(?:pos|place(?: of service)?)\s*[:#]?\s*(\d{1,2})|(\d{2})", re.IGNORECASE)
PCTC = {"0": "modifiers 26 and TC do not apply", "1": "26 and TC apply"}
MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class Explanation:
    """A title, paragraphs in order, and the sources on which they rest."""

    title: str
    lines: tuple[str, ...]
    sources: tuple[Reference, ...]


def explain_topic(topic: str, policy: PayerPolicy) -> Explanation | None:
    """What the policy says of a topic ('95940', 'POS 11', 'TOF', 'baep', 'thyroid', a limit's name); None if nothing."""
    if (info := policy.code(topic.upper())) is not None:
        return _code(info, policy)
    if (match := PLACE.fullmatch(topic.strip())) is not None:
        return _place((match[1] or match[2]).zfill(2), policy)
    for item in policy.rows("item", ItemRow):
        if item.name == topic.upper().replace(" ", "_").replace("-", "_"):
            code = f"The code that tempts: {item.code}." if item.code else "It has no code of its own."
            lines = ("Not reportable on its own. " + item.why, code)
            return Explanation(f"{item.name} for {policy.title}", lines, policy.refs(item.name))
    return _named(topic.lower(), policy)


def _named(topic: str, policy: PayerPolicy) -> Explanation | None:
    for tag in policy.rows("necessity", NecessityRow):
        if tag.tag == topic:
            line = f"Position on monitoring: {POSITIONS[tag.position]}. {tag.why}"
            return Explanation(f"Operations of kind '{topic}' for {policy.title}", (line,), policy.refs(topic))
    if elsewhere := [
        (profile, row)
        for profile in policy.data.profiles.values()
        for row in profile.tables.get("necessity", ())
        if isinstance(row, NecessityRow) and row.tag == topic
    ]:
        lines = (
            f"{policy.title}: no position is known.",
            *(f"{profile.title}: {POSITIONS[row.position]}. {row.why}" for profile, row in elsewhere),
        )
        sources = _unique(policy.data.references[ref] for _, row in elsewhere for ref in row.refs)
        return Explanation(f"Operations of kind '{topic}'", lines, sources)
    for limit in policy.rows("limit", LimitRow):
        if limit.name == topic:
            return Explanation(f"Limit '{topic}' for {policy.title}", (f"{limit.value}. {limit.why}",), policy.refs(topic))
    studies = [row for row in policy.data.studies if row.key == topic and row.holds(policy.on)]
    for study in studies:
        line = f"Reported as {study.code} ({policy.data.codes[study.code].name}) on {policy.on}."
        return Explanation(f"Study '{topic}'", (line,), policy.refs(topic))
    return None


def _place(code: str, policy: PayerPolicy) -> Explanation | None:
    place = policy.pos(code)
    if place is None:
        return None
    words = {
        "accepted": "Accepted for monitoring.",
        "warning": "A facility, but an unusual one for monitoring: the audit warns.",
        "error": "Not accepted: monitoring is priced for facilities alone, and the reader reports the patient's place.",
    }
    as_of = layer_of(policy.data, "pos", policy.on).as_of.isoformat()
    kind = f"{'Facility' if place.facility else 'Non-facility'} ({dated(as_of, policy)})."
    return Explanation(f"Place of service {code}: {place.name}", (words[place.standing], kind), policy.refs("pos"))


def _code(info: CodeInfo, policy: PayerPolicy) -> Explanation:
    lines = [_validity(info, policy), *_time(info, policy), *_modifier(info, policy), *_most(info, policy)]
    lines += [*_primaries(info, policy), *_pairs(info, policy), *_operators(info, policy)]
    lines += (
        f"Tempting for {i.name}, and not reportable for it: {i.why}" for i in policy.rows("item", ItemRow) if i.code == info.code
    )
    return Explanation(f"{info.code}: {info.name}", tuple(lines), _sources(info, policy))


def _validity(info: CodeInfo, policy: PayerPolicy) -> str:
    if not policy.is_valid(info.code):
        after = f", followed by {', '.join(info.successors)}" if info.successors else ""
        edge = f"from {info.valid_from}" if info.valid_from and info.valid_from > policy.on else f"to {info.valid_to}{after}"
        return f"Not valid on {policy.on}: valid only {edge}."
    taken = f"{policy.title}: taken." if policy.takes_code(info.code) else f"{policy.title}: not taken."
    until = f"Valid on {policy.on}" + (f" (since {info.valid_from})" if info.valid_from else "")
    return f"{until}. {taken}"


def _time(info: CodeInfo, policy: PayerPolicy) -> Iterator[str]:
    for column in COLUMNS:
        code, unit, condition = time_code_words(policy, column)
        if code == info.code:
            yield f"Minutes {COLUMN_WORDS[column]}: {unit}{f'; {condition}' if condition else ''}."


def _modifier(info: CodeInfo, policy: PayerPolicy) -> Iterator[str]:
    if info.pctc is not None:
        as_of = layer_of(policy.data, "pfs", policy.on).as_of.isoformat()
        stated = dated(as_of, policy) if info.code in policy.cms.indicators else "no row in the file kept here"
        yield f"PC/TC indicator {info.pctc}: {PCTC.get(info.pctc, 'the split does not apply')} ({stated})."


def _most(info: CodeInfo, policy: PayerPolicy) -> Iterator[str]:
    mue = policy.mue(info.code)
    if mue is not None:
        yield f"Most units a day (MUE, practitioner): {mue.units}, MAI {mue.mai} ({dated(mue.as_of, policy)})."


def _primaries(info: CodeInfo, policy: PayerPolicy) -> Iterator[str]:
    as_of = dated(layer_of(policy.data, "addon", policy.on).as_of.isoformat(), policy)
    if primaries := policy.primaries(info.code):
        yield f"Add-on: needs one of {', '.join(sorted(primaries))} ({as_of})."
    if addons := sorted(addon for addon in policy.cms.primaries if info.code in policy.primaries(addon)):
        yield f"Listed primary of {', '.join(addons)} ({as_of})."


def _pairs(info: CodeInfo, policy: PayerPolicy) -> Iterator[str]:
    as_of = dated(layer_of(policy.data, "ncci", policy.on).as_of.isoformat(), policy)
    for indicator, words in INDICATORS.items():
        edits = [edit for edit in policy.cms.edits.values() if edit.indicator == indicator]
        if above := sorted(edit.column1 for edit in edits if edit.column2 == info.code):
            yield f"Falls beside {', '.join(above)}: {words} (NCCI, {as_of})."
        if below := sorted(edit.column2 for edit in edits if edit.column1 == info.code):
            yield f"Takes down {', '.join(below)}: {words} (NCCI, {as_of})."


def _operators(info: CodeInfo, policy: PayerPolicy) -> Iterator[str]:
    if codes := sorted(same_practitioner(policy.data, info.code, policy.on)):
        some = ", ".join(codes[:MOST_LISTED])
        yield f"Falls beside {len(codes)} operative, anesthesia and other codes of the same practitioner, such as {some}."


def _sources(info: CodeInfo, policy: PayerPolicy) -> tuple[Reference, ...]:
    layers = (layer_of(policy.data, kind, policy.on) for kind in ("pfs", "mue", "ncci", "addon"))
    of_layers = (policy.data.references[ref] for layer in layers for ref in layer.refs)
    return _unique((*policy.refs(info.code), *of_layers))


def _unique(references: Iterable[Reference]) -> tuple[Reference, ...]:
    return tuple({reference.id: reference for reference in references}.values())
