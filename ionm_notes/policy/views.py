"""Policy tables for people: each a list of rows of text with its sources; read this to add a table to look up.

Printing is left to the command line and to `docs.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ionm_notes.policy import api
from ionm_notes.policy.api import Reference
from ionm_notes.policy.cms import layer_of
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.policy.people import SHEETS, people_tables
from ionm_notes.policy.sheet import Sheet, SheetRow
from ionm_notes.policy.tables import CredentialRow, ItemRow, LimitRow, NecessityRow, PrimaryRow, RuleRow
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
ACCEPTED: Mapping[str, str] = {
    "yes": "accepted",
    "no": "not accepted",
    "unsettled": "not settled",
    "unopposed": "not settled, not refused",
}
INDICATORS: Mapping[str, str] = {"0": "no modifier helps", "1": "a distinct-service modifier may help"}
OUTPATIENT_LAYER, OUTPATIENT, TECHNICAL = "mue-outpatient", "outpatient_facility", "TC"
MAI_WORDS = "MAI 1 counts a claim line, 2 a day by policy, 3 a day, clinical. Units over an MUE deny the whole line."
NONE = "-"


def time_code_words(policy: PayerPolicy, column: Column) -> tuple[str, str, str]:
    """Code, unit and condition of one column of minutes, in words."""
    code = policy.time_code(column)
    if code is None:
        return "none", NONE, "these minutes are billable under no code"
    unit = f"{code.minutes_per_unit} min; first from {code.minimum}, one more from {code.remainder} over"
    return code.code, unit, "stays a query until exclusivity is shown" if code.always_query else ""


def dated(as_of: str, policy: PayerPolicy) -> str:
    """The date of CMS values, with a warning where the date of service is later."""
    return api.dated(as_of, policy.on)


def _units(policy: PayerPolicy) -> Sheet:
    rows = []
    for column in COLUMNS:
        code, route = policy.time_code(column), policy.route(column)
        refs = code.refs if code else route.refs if route else ()
        rows.append(SheetRow((COLUMN_WORDS[column], *time_code_words(policy, column)), refs))
    return Sheet("Time codes by minutes", ("Minutes", "Code", "Unit", "Condition"), tuple(rows))


def _codes(policy: PayerPolicy) -> Sheet:
    rows = []
    for code, row in sorted(policy.data.codes.items()):
        valid = f"{row.from_ or ''} to {row.to or ''}".strip() if row.from_ or row.to else NONE
        state = ("taken" if policy.takes_code(code) else "not taken") if policy.is_valid(code) else "not valid"
        mue = policy.mue(code)
        most, part = str(mue.units) if mue else NONE, "yes" if policy.takes_26(code) else "no"
        followed = ", ".join(row.successors) or NONE
        rows.append(SheetRow((code, row.name, row.kind, valid, state, part, most, followed), row.refs))
    headings = ("Code", "Our name", "Kind", "Valid", "Payer", "26", "MUE", "Followed by")
    return Sheet("Codes", headings, tuple(rows), f"26 {_layer_note(policy, 'pfs')}; MUE {_layer_note(policy, 'mue')}.")


def _studies(policy: PayerPolicy) -> Sheet:
    names = policy.data.codes
    rows = tuple(
        SheetRow((row.key, row.code, names[row.code].name, "yes" if policy.takes_26(row.code) else "no"), row.refs)
        for row in policy.data.studies
        if row.holds(policy.on)
    )
    return Sheet("Base studies", ("Study", "Code", "Our name", "26"), rows)


def _bundled(policy: PayerPolicy) -> Sheet:
    rows = tuple(SheetRow((row.name, row.code or NONE, row.why), row.refs) for row in policy.rows("item", ItemRow))
    return Sheet("Documented, tempting, not reportable on its own", ("Item", "Code", "Why not"), rows)


def _pos(policy: PayerPolicy) -> Sheet:
    refs = tuple(reference.id for reference in policy.refs("pos"))
    places = (place for code in sorted(policy.cms.places) if (place := policy.pos(code)) is not None)
    rows = tuple(
        SheetRow((place.code, place.name, "facility" if place.facility else "non-facility", place.standing), refs)
        for place in places
    )
    return Sheet("Places of service", ("Code", "Name", "Type", "Standing"), rows, f"Types {_layer_note(policy, 'pos')}.")


def _limits(policy: PayerPolicy) -> Sheet:
    kept = policy.rows("limit", LimitRow)
    rows = tuple(SheetRow((row.name, str(row.value), row.why), row.refs) for row in kept)
    return Sheet("Limits", ("Limit", "Value", "Why"), rows)


def _credentials(policy: PayerPolicy) -> Sheet:
    kept = policy.rows("credential", CredentialRow)
    rows = tuple(SheetRow((", ".join(row.names), ACCEPTED[row.accepted]), row.refs) for row in kept)
    return Sheet("Whose attendance counts", ("Credentials", "Standing"), rows)


def _necessity(policy: PayerPolicy) -> Sheet:
    kept = policy.rows("necessity", NecessityRow)
    rows = tuple(SheetRow((row.tag, POSITIONS[row.position], row.why), row.refs) for row in kept)
    return Sheet("Medical necessity by operation", ("Operation", "Position", "Why"), rows)


def _rules(policy: PayerPolicy) -> Sheet:
    kept = sorted(policy.rows("rule", RuleRow), key=lambda row: row.id)
    return Sheet("Rules", ("Rule", "Severity"), tuple(SheetRow((row.id, row.severity), row.refs) for row in kept))


def _edits(policy: PayerPolicy) -> Sheet:
    edits = sorted(policy.cms.edits.values(), key=lambda edit: (edit.column1, edit.column2))
    refs = layer_of(policy.data, "ncci", policy.on).refs
    rows = tuple(SheetRow((edit.column1, edit.column2, INDICATORS[edit.indicator]), refs) for edit in edits)
    return Sheet("NCCI pairs", ("Stands", "Falls", "Modifier"), rows, f"Pairs {_layer_note(policy, 'ncci')}.")


def _primaries(policy: PayerPolicy) -> Sheet:
    refs = layer_of(policy.data, "addon", policy.on).refs
    refs += tuple(ref for row in policy.rows("primary", PrimaryRow) for ref in row.refs)
    addons = sorted(policy.cms.primaries)
    rows = tuple(SheetRow((addon, ", ".join(sorted(policy.primaries(addon)))), refs) for addon in addons)
    note = f"List {_layer_note(policy, 'addon')}."
    return Sheet("Primaries of the add-on codes", ("Add-on", "Primaries"), rows, note)


def _mue(policy: PayerPolicy) -> Sheet:
    """Most units a day; hospitals have a layer of their own where one was taken over, else rows in the common one."""
    common = layer_of(policy.data, "mue", policy.on)
    own = any(layer.kind == OUTPATIENT_LAYER for layer in policy.data.layers)
    hospital = layer_of(policy.data, OUTPATIENT_LAYER, policy.on) if own else common
    units = {row["code"]: row["units"] for row in hospital.rows if row["setting"] == OUTPATIENT}
    rows = tuple(
        SheetRow((code, str(mue.units), units.get(code, NONE), mue.mai), common.refs)
        for code, mue in sorted(policy.cms.mues.items())
    )
    note = f"Practitioner {_layer_note(policy, 'mue')}; outpatient {dated(hospital.as_of.isoformat(), policy)}. {MAI_WORDS}"
    return Sheet("Most units a day (MUE)", ("Code", "Practitioner", "Outpatient hospital", "MAI"), rows, note)


def _supervision(policy: PayerPolicy) -> Sheet:
    """Levels of the fee schedule with the codes that carry each: the whole code, or its technical part."""
    layer, codes = layer_of(policy.data, "pfs", policy.on), dict[tuple[str, str], list[str]]()
    split = {row["code"] for row in layer.rows if row["modifier"] == TECHNICAL}
    for row in layer.rows:
        if row["modifier"] == (TECHNICAL if row["code"] in split else ""):
            codes.setdefault((row["supervision"], row["modifier"]), []).append(row["code"])
    meaning = {level.level: level for level in people_tables().levels}
    rows = []
    for (level, part), held in sorted(codes.items()):
        known = meaning.get(level)
        words, refs = (known.meaning, known.refs) if known else ("not read", layer.refs)
        rows.append(SheetRow((level, "technical part" if part else "whole code", ", ".join(sorted(held)), words), refs))
    return Sheet("Supervision by code", ("Level", "Of", "Codes", "Meaning"), tuple(rows), f"Levels {_layer_note(policy, 'pfs')}.")


VIEWS: Mapping[str, Callable[[PayerPolicy], Sheet]] = {
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
    "mue": _mue,
    "supervision": _supervision,
}
"""The tables that can be looked up, by name."""


def sheet(name: str, policy: PayerPolicy) -> Sheet:
    """A table by name, of this module or of the tables for people. Raises `KeyError` for an unknown name."""
    return VIEWS[name](policy) if name in VIEWS else SHEETS[name](people_tables())


def sheet_names() -> tuple[str, ...]:
    """The names that `sheet` takes."""
    return (*VIEWS, *SHEETS)


def sources_of(shown: Sheet, policy: PayerPolicy) -> tuple[Reference, ...]:
    """The sources of all rows of a table, each once."""
    return tuple(policy.data.references[ref] for ref in dict.fromkeys(ref for row in shown.rows for ref in row.refs))


def _layer_note(policy: PayerPolicy, kind: str) -> str:
    return dated(layer_of(policy.data, kind, policy.on).as_of.isoformat(), policy)
