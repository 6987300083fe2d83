"""A corrected document as a labelled case in the contract's form, so that what reviewers mend becomes a test; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Line = Mapping[str, Any]
_MODALITY = ("modality", "region", "sides", "status")
_SEGMENT = ("kind", "start", "end")
_SPELL = ("mode", "start", "end", "exclusive")
_CODE = ("code", "units", "modifiers", "status", "edit")


def gold_of(lines: Sequence[Line], note: str) -> dict[str, Any]:
    """The labels of one document from its audit lines, one per payer; `note` says what was corrected and why.

    The labels hold what a reviewer left standing, which is not the same as having checked it: look through them before use.
    """
    first = lines[0]
    encounter = first["encounter"]
    return {
        "file": first["document"]["name"],
        "note": note,
        "encounter": {name: encounter[name] for name in ("date_of_service", "place_of_service")},
        "modalities": [_picked(one, _MODALITY) for one in first["modalities"]],
        "segments": [_picked(one, _SEGMENT) for one in first["segments"]],
        "attendance": [_picked(one, _SPELL) for one in first["attendance"]],
        "minutes": dict(first["minutes"]),
        "codes": {line["payer"]: [_picked(code, _CODE) for code in line["codes"]] for line in lines},
        "not_reportable": {
            line["payer"]: [_picked(one, ("code", "item", "rule")) for one in line["not_reportable"]] for line in lines
        },
        "elements": dict(first["elements"]),
        "rules": _rules(lines),
    }


def _rules(lines: Sequence[Line]) -> dict[str, list[str]]:
    """The rules that fire for all payers under 'both', and those of each payer alone."""
    fired = {line["payer"]: {finding["rule"] for finding in line["findings"]} for line in lines}
    both = set.intersection(*fired.values())
    return {"both": sorted(both), **{payer: sorted(rules - both) for payer, rules in fired.items()}}


def _picked(item: Line, names: Sequence[str]) -> dict[str, Any]:
    return {name: item[name] for name in names}
