"""What the scorecards add up, asked of the store once for all groups: documents, their open gaps, units that hang on a gap.

Each question goes once over a table: at a hundred thousand documents a join anew for each group took 21 seconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ionm_notes.store.database import Store


@dataclass(frozen=True, slots=True)
class Document:
    """The newest audit of a document: open gaps, month of service ('YYYY-MM'; '' where no date is stated)."""

    audit: int
    reading: int
    month: str
    gaps: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """All newest audits of one payer between two days."""

    documents: tuple[Document, ...]
    open_gaps: Mapping[int, Mapping[str, int]]
    """By audit: open gaps of each rule."""
    open_units: Mapping[int, Mapping[str, int]]
    """By audit: units of each code on lines that hang on a gap."""
    names: Mapping[str, Mapping[int, frozenset[str]]]
    """By fact asked for, by reading: the names as written."""


def gather(store: Store, payer: str, since: str, until: str, facts: Sequence[str]) -> Gathered:
    """Asks for everything. `since` and `until` are days ('' for no bound), both included; `facts` are names of facts."""
    asked: dict[str, object] = {"payer": payer, "since": since, "until": until}
    documents = store.rows(_DOCUMENTS, asked)
    return Gathered(
        documents=tuple(
            Document(row["audit_id"], row["reading_id"], row["date_of_service"][:7], row["gaps"]) for row in documents
        ),
        open_gaps=_open_gaps(store, asked),
        open_units=_counted(store.rows(_UNITS, asked)),
        names=_names(store, asked, facts),
    )


_OF = """FROM worklist AS w
    WHERE w.payer = :payer AND w.date_of_service >= :since AND (:until = '' OR w.date_of_service <= :until)"""
_DOCUMENTS = f"""SELECT w.audit_id, a.reading_id, w.date_of_service, w.gaps
    FROM (SELECT * {_OF}) AS w JOIN audits AS a ON a.id = w.audit_id"""  # noqa: S608 -- fixed text
_GAPS = f"""SELECT f.audit_id, f.rule AS what, count(*) AS n
    FROM (SELECT w.audit_id {_OF}) AS w JOIN findings AS f ON f.audit_id = w.audit_id
    WHERE f.severity <> 'info' GROUP BY f.audit_id, f.rule"""  # noqa: S608 -- fixed text
_DISMISSED = f"""SELECT f.audit_id, f.rule AS what, count(*) AS n
    FROM (SELECT w.audit_id, w.document_id {_OF}) AS w
    JOIN reviews AS r ON r.document_id = w.document_id AND r.payer = :payer AND r.decision = 'dismissed'
    JOIN findings AS f ON f.audit_id = w.audit_id AND f.rule || ' ' || f.message = r.finding
    WHERE f.severity <> 'info' AND r.id = (SELECT max(id) FROM reviews
        WHERE document_id = r.document_id AND payer = r.payer AND finding = r.finding)
    GROUP BY f.audit_id, f.rule"""  # noqa: S608 -- fixed text
_UNITS = f"""SELECT c.audit_id, c.code AS what, sum(c.units) AS n
    FROM (SELECT w.audit_id {_OF}) AS w JOIN codes AS c ON c.audit_id = w.audit_id
    WHERE c.status = 'query' AND c.units > 0 GROUP BY c.audit_id, c.code"""  # noqa: S608 -- fixed text
_NAMES = f"""SELECT f.reading_id, f.name, f.value
    FROM (SELECT w.audit_id {_OF}) AS w JOIN audits AS a ON a.id = w.audit_id
    JOIN facts AS f ON f.reading_id = a.reading_id WHERE f.name IN ({{facts}})"""  # noqa: S608 -- fixed text


def _open_gaps(store: Store, asked: dict[str, object]) -> Mapping[int, Mapping[str, int]]:
    """Errors and warnings less those that somebody dismissed; a finding is known again by its rule and words."""
    found = _counted(store.rows(_GAPS, asked))
    for row in store.rows(_DISMISSED, asked):
        found[row["audit_id"]][row["what"]] -= row["n"]
    return found


def _counted(rows: Iterable[Mapping[str, Any]]) -> dict[int, Counter[str]]:
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row["audit_id"]][row["what"]] = row["n"]
    return found


def _names(store: Store, asked: dict[str, object], facts: Sequence[str]) -> Mapping[str, Mapping[int, frozenset[str]]]:
    wanted: dict[str, object] = {f"fact{place}": fact for place, fact in enumerate(facts)}
    found: dict[str, defaultdict[int, set[str]]] = {fact: defaultdict(set) for fact in facts}
    for row in store.rows(_NAMES.format(facts=", ".join(f":{name}" for name in wanted)), asked | wanted):
        found[row["name"]][row["reading_id"]].add(row["value"])
    return {fact: {reading: frozenset(names) for reading, names in of.items()} for fact, of in found.items()}
