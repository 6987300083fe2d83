"""The form of results in Parquet: one row per document, failed ones too, with its audits within; and the way back.

The flat columns are for questions (DuckDB, Spark, pandas); `audits.line` holds the whole published object for each payer, and
`case_json` and `texts` what the store needs beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

import pyarrow as pa

from ionm_notes.cli.batch import Outcome, Part
from ionm_notes.store.record import Record
from ionm_notes.types import Column

if TYPE_CHECKING:
    from ionm_notes.cluster.sources import Given

Row = dict[str, Any]
UNKNOWN = "unknown"
"""The month of a document that states no date of service, or could not be read."""

_CODE = pa.struct({"code": pa.string(), "units": pa.int32(), "status": pa.string(), "professional": pa.string()})
_FINDING = pa.struct({"rule": pa.string(), "severity": pa.string()})
_STAY = pa.struct({"professional": pa.string(), "mode": pa.string(), "start": pa.string(), "end": pa.string()})
_AUDIT = pa.struct(
    {
        "payer": pa.string(),
        "policy_version": pa.string(),
        "verdict": pa.string(),
        "minutes": pa.struct({column: pa.int32() for column in get_args(Column)}),
        "codes": pa.list_(_CODE),
        "findings": pa.list_(_FINDING),
        "line": pa.string(),
    }
)
SCHEMA = pa.schema(
    {
        "number": pa.int64(),
        "part": pa.int32(),
        "source": pa.string(),
        "name": pa.string(),
        "sha256": pa.string(),
        "month": pa.string(),
        "date_of_service": pa.string(),
        "pages": pa.int32(),
        "error": pa.string(),
        "message": pa.string(),
        "attendance": pa.list_(_STAY),
        "audits": pa.list_(_AUDIT),
        "case_json": pa.string(),
        "texts": pa.list_(pa.string()),
        "sureness": pa.string(),
        "skipped": pa.int32(),
        "tool_version": pa.string(),
    }
)
"""`number`: the document's place in the input, `part` its place within an archive or mail; together they are the key.
`error` is empty for what was audited. `minutes` are the billable ones by column, null where they cannot be told. `skipped`:
files within that are no documents, counted on the first part. `source` is empty where patients' words are masked, for a
path may hold them."""


def rows_of(given: Given, outcome: Outcome, masked: bool) -> Iterator[Row]:
    """The rows of one file: one for each document in it."""
    for number, part in enumerate(outcome.parts):
        yield {
            "number": given.number,
            "part": number,
            "source": "" if masked else given.uri,
            "skipped": len(outcome.skipped) if number == 0 else 0,
            **(_failure(part) if part.record is None else _document(part.record)),
        }


def table_of(rows: Iterable[Row]) -> pa.Table:
    """The rows as a table of `SCHEMA`."""
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


def lines_of(row: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """The published lines of a row, one per payer."""
    return tuple(json.loads(audit["line"]) for audit in row["audits"])


def record_of(row: Mapping[str, Any]) -> Record | None:
    """What the store takes for a row; None for a document that could not be audited."""
    if row["error"]:
        return None
    sureness = tuple(tuple(page) for page in json.loads(row["sureness"]))
    return Record(tuple(row["texts"]), row["case_json"], lines_of(row), sureness)


def _failure(part: Part) -> Row:
    first = next(line for line in part.lines if "error" in line)
    return {
        "name": first["document"]["name"],
        "month": UNKNOWN,
        "error": first["error"]["code"],
        "message": first["error"]["message"],
        "attendance": [],
        "audits": [{"payer": line["payer"], "codes": [], "findings": [], "line": _json(line)} for line in part.lines],
        "texts": [],
    }


def _document(record: Record) -> Row:
    first = record.lines[0]
    day = first["encounter"]["date_of_service"]
    return {
        "name": first["document"]["name"],
        "sha256": first["document"]["sha256"],
        "month": day[:7] if day else UNKNOWN,
        "date_of_service": day,
        "pages": first["document"]["pages"],
        "error": "",
        "attendance": [{key: stay[key] for key in ("professional", "mode", "start", "end")} for stay in first["attendance"]],
        "audits": [_audit(line) for line in record.lines],
        "case_json": record.case_json,
        "texts": list(record.pages),
        "sureness": _json(record.sureness),
        "tool_version": first["tool_version"],
    }


def _audit(line: Mapping[str, Any]) -> Row:
    return {
        "payer": line["payer"],
        "policy_version": line["policy_version"],
        "verdict": line["verdict"]["id"],
        "minutes": line["minutes"],
        "codes": [{key: code[key] for key in ("code", "units", "status", "professional")} for code in line["codes"]],
        "findings": [{key: finding[key] for key in ("rule", "severity")} for finding in line["findings"]],
        "line": _json(line),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
