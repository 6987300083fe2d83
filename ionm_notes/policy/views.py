"""Policy tables for people: each a list of rows of text with its sources; read this to add a table to look up.

Printing is left to the command line and to `docs.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ionm_notes.policy.api import Reference, verified_for
from ionm_notes.policy.cms import layer_of
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.policy.tables import CredentialRow, ItemRow, LimitRow, NecessityRow, PrimaryRow, Row, RuleRow
from ionm_notes.types import COLUMNS, Column

CONFIDENCE: Mapping[str, str] = {
    "V": "seen in the primary source",
    "V-data": "read from CMS data",
    "S": "secondary source only",
    "K": "general knowledge, no source read",
}
COLUMN_WORDS: Mapping[Column, str] = {
    "in_room": "in the room, one patient",
    "in_room_shared": "in the room, several patients",
    "remote_exclusive": "remote or nearby, one patient",
    "remote_shared": "remote or nearby, several patients",
    "remote_unstated": "remote or nearby, exclusivity not stated",
}
POSITIONS: Mapping[str, str] = {"not_necessary": "not necessary", "doubtful": "sources differ", "necessary": "necessary"}
ACCEPTED: Mapping[str, str] = {"yes": "accepted", "no": "not accepted", "unsettled": "not settled"}
NONE = "-"


@dataclass(frozen=True, slots=True)
class View:
    """One table: title, head, rows of text, the sources of its rows, and a note on its date where it has one."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[Reference, ...]
    note: str = ""


def time_code_words(policy: PayerPolicy, column: Column) -> tuple[str, str, str]:
    """Code, unit and condition of one column of minutes, in words."""
    code = policy.time_code(column)
    if code is None:
        return "none", NONE, "these minutes are billable under no code"
    unit = f"{code.minutes_per_unit} min; first from {code.minimum}, one more from {code.remainder} over"
    return code.code, unit, "stays a query until exclusivity is shown" if code.always_query else ""


def dated(as_of: str, policy: PayerPolicy) -> str:
    """The date of CMS values, with a warning where the date of service is later."""
    return f"as of {as_of}" + ("" if verified_for(as_of, policy.on) else "; not verified for this date of service")


def _units(policy: PayerPolicy) -> View:
    found = [code for column in COLUMNS if (code := policy.time_code(column)) is not None]
    rows = tuple((COLUMN_WORDS[column], *time_code_words(policy, column)) for column in COLUMNS)
    refs = (ref for code in found for ref in code.refs)
    return View("Time codes by minutes", ("minutes", "code", "unit", "condition"), rows, _sources(policy, refs))


def _codes(policy: PayerPolicy) -> View:
    rows = []
    for code, row in sorted(policy.data.codes.items()):
        valid = f"{row.from_ or ''} to {row.to or ''}".strip() if row.from_ or row.to else "no dates known"
        state = ("taken" if policy.takes_code(code) else "not taken") if policy.is_valid(code) else "not valid on this date"
        edge = policy.mue(code)
        most = str(edge.units) if edge else NONE
        part = "yes" if policy.takes_26(code) else "no"
        rows.append((code, row.name, row.kind, valid, state, part, most, ", ".join(row.successors) or NONE))
    head = ("code", "our name", "kind", "valid", "payer", "26", "MUE", "followed by")
    kept = policy.data.codes.values()
    return View("Codes", head, tuple(rows), _of_rows(policy, kept), f"MUE and 26 {_layer_note(policy, 'mue')}")


def _studies(policy: PayerPolicy) -> View:
    kept = [row for row in policy.data.studies if row.holds(policy.on)]
    rows = tuple(
        (row.key, row.code, policy.data.codes[row.code].name, "yes" if policy.takes_26(row.code) else "no") for row in kept
    )
    return View("Base studies", ("study", "code", "our name", "26"), rows, _of_rows(policy, kept))


def _bundled(policy: PayerPolicy) -> View:
    kept = list(policy.rows("item", ItemRow))
    rows = tuple((row.name, row.code or NONE, row.why) for row in kept)
    return View("Documented, tempting, not reportable on its own", ("item", "code", "why not"), rows, _of_rows(policy, kept))


def _pos(policy: PayerPolicy) -> View:
    rows = []
    for code in sorted(policy.cms.places):
        place = policy.pos(code)
        if place is not None:
            rows.append((code, place.name, "facility" if place.facility else "non-facility", place.standing))
    sources = policy.refs("pos")
    return View("Places of service", ("code", "name", "type", "standing"), tuple(rows), sources, _layer_note(policy, "pos"))


def _limits(policy: PayerPolicy) -> View:
    kept = list(policy.rows("limit", LimitRow))
    rows = tuple((row.name, str(row.value), row.why) for row in kept)
    return View("Limits", ("limit", "value", "why"), rows, _of_rows(policy, kept))


def _credentials(policy: PayerPolicy) -> View:
    kept = list(policy.rows("credential", CredentialRow))
    rows = tuple((", ".join(row.names), ACCEPTED[row.accepted]) for row in kept)
    return View("Whose attendance counts", ("credentials", "standing"), rows, _of_rows(policy, kept))


def _necessity(policy: PayerPolicy) -> View:
    kept = list(policy.rows("necessity", NecessityRow))
    rows = tuple((row.tag, POSITIONS[row.position], row.why) for row in kept)
    return View("Medical necessity by operation", ("operation", "position", "why"), rows, _of_rows(policy, kept))


def _rules(policy: PayerPolicy) -> View:
    kept = sorted(policy.rows("rule", RuleRow), key=lambda row: row.id)
    rows = tuple((row.id, row.severity, ", ".join(row.refs)) for row in kept)
    return View("Rules", ("rule", "severity", "sources"), rows, _of_rows(policy, kept))


def _edits(policy: PayerPolicy) -> View:
    edits = sorted(policy.cms.edits.values(), key=lambda edit: (edit.column1, edit.column2))
    words = {"0": "no modifier helps", "1": "a modifier may help"}
    rows = tuple((edit.column1, edit.column2, words.get(edit.indicator, edit.indicator)) for edit in edits)
    return View("NCCI pairs", ("stands", "falls", "modifier"), rows, policy.refs("d3"), _layer_note(policy, "ncci"))


def _primaries(policy: PayerPolicy) -> View:
    rows = tuple((addon, ", ".join(sorted(policy.primaries(addon)))) for addon in sorted(policy.cms.primaries))
    sources = (*policy.refs("d4"), *_of_rows(policy, policy.rows("primary", PrimaryRow)))
    return View("Primaries of the add-on codes", ("add-on", "primaries"), rows, sources, _layer_note(policy, "addon"))


VIEWS: Mapping[str, Callable[[PayerPolicy], View]] = {
    "units": _units,
    "codes": _codes,
    "studies": _studies,
    "bundled": _bundled,
    "pos": _pos,
    "limits": _limits,
    "credentials": _credentials,
    "necessity": _necessity,
    "rules": _rules,
    "edits": _edits,
    "primaries": _primaries,
}
"""The tables that can be looked up, by name."""


def _layer_note(policy: PayerPolicy, kind: str) -> str:
    return dated(layer_of(policy.data, kind, policy.on).as_of.isoformat(), policy)


def _of_rows(policy: PayerPolicy, kept: Iterable[Row]) -> tuple[Reference, ...]:
    return _sources(policy, (ref for row in kept for ref in row.refs))


def _sources(policy: PayerPolicy, ids: Iterable[str]) -> tuple[Reference, ...]:
    return tuple(policy.data.references[ref] for ref in dict.fromkeys(ids))
