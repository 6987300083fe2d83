"""What differs between two policies, in words: two payers, or one payer on two dates."""

from __future__ import annotations

from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.policy.tables import CredentialRow, ItemRow, LimitRow, NecessityRow, RuleRow
from ionm_notes.policy.views import COLUMN_WORDS, NONE, POSITIONS, time_code_words
from ionm_notes.types import COLUMNS

Answers = dict[str, str]
SILENT = "says nothing"
ACCEPTS = {True: "accepted", False: "not accepted", None: "not settled"}


def differences(one: PayerPolicy, other: PayerPolicy) -> list[str]:
    """One sentence for each thing on which two policies differ; empty where they agree in everything."""
    first, second = _names(one, other)
    found = []
    for ask in (_times, _codes, _modifiers, _limits, _items, _operations, _rules, _places, _pairs):
        left, right = ask(one), ask(other)
        found += [
            f"{what}: {first} {left.get(what, SILENT)}; {second} {right.get(what, SILENT)}."
            for what in dict.fromkeys((*left, *right))
            if left.get(what) != right.get(what)
        ]
    return found


def _names(one: PayerPolicy, other: PayerPolicy) -> tuple[str, str]:
    if one.title == other.title:
        return f"{one.title} on {one.on}:", f"{other.title} on {other.on}:"
    return f"{one.title}:", f"{other.title}:"


def _times(policy: PayerPolicy) -> Answers:
    words = {column: time_code_words(policy, column) for column in COLUMNS}
    return {
        f"Minutes {COLUMN_WORDS[column]}": ", ".join(word for word in words[column] if word not in ("", NONE))
        for column in COLUMNS
    }


def _codes(policy: PayerPolicy) -> Answers:
    return {f"Code {code}": _standing(policy, code) for code in sorted(policy.data.codes)}


def _standing(policy: PayerPolicy, code: str) -> str:
    if not policy.is_valid(code):
        return "not valid"
    return "taken" if policy.takes_code(code) else "not taken"


def _modifiers(policy: PayerPolicy) -> Answers:
    return {
        f"Modifier 26 on {code}": "applies" if policy.takes_26(code) else "does not apply" for code in sorted(policy.data.codes)
    }


def _limits(policy: PayerPolicy) -> Answers:
    return {f"Limit {row.name}": str(row.value) for row in policy.rows("limit", LimitRow)}


def _items(policy: PayerPolicy) -> Answers:
    items = {f"Code that tempts for {row.name}": row.code or "none" for row in policy.rows("item", ItemRow)}
    studies = {f"Study {row.key}": row.code for row in policy.data.studies if row.holds(policy.on)}
    return items | studies


def _operations(policy: PayerPolicy) -> Answers:
    return {f"Monitoring in {row.tag}": POSITIONS[row.position] for row in policy.rows("necessity", NecessityRow)}


def _rules(policy: PayerPolicy) -> Answers:
    return {f"Severity of {row.id}": row.severity for row in policy.rows("rule", RuleRow)}


def _places(policy: PayerPolicy) -> Answers:
    places = (policy.pos(code) for code in sorted(policy.cms.places))
    found = {f"Place of service {place.code}": place.standing for place in places if place is not None}
    held = ((name, policy.accepts((name,))) for row in policy.rows("credential", CredentialRow) for name in row.names)
    return found | {f"Credential {name}": ACCEPTS[answer] for name, answer in held}


def _pairs(policy: PayerPolicy) -> Answers:
    pairs = {f"NCCI pair {a} over {b}": f"indicator {edit.indicator}" for (a, b), edit in policy.cms.edits.items()}
    units = {f"MUE of {code}": f"{mue.units} units, MAI {mue.mai}" for code, mue in policy.cms.mues.items()}
    addons = {f"Primaries of {code}": ", ".join(sorted(policy.primaries(code))) for code in sorted(policy.cms.primaries)}
    return pairs | units | addons
