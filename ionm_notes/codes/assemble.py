"""Puts together the suggested lines of one case for one payer: base studies, time codes, modifiers, edits, refusals."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.codes.base_codes import base_studies
from ionm_notes.codes.edits import with_edits
from ionm_notes.codes.emg import Study
from ionm_notes.codes.gaps import MISSING, document_gaps
from ionm_notes.codes.items import not_reportable_items
from ionm_notes.codes.time_codes import time_lines
from ionm_notes.policy.api import Policy
from ionm_notes.types import Case, CodeLine, Minutes, NotReportable

PROFESSIONAL_COMPONENT = "26"


def suggest_codes(case: Case, minutes: Minutes, policy: Policy) -> tuple[tuple[CodeLine, ...], tuple[NotReportable, ...]]:
    """The lines that `case` supports or leaves open for this payer, and what is documented but not reportable.

    Time codes stand first. `minutes` are those of `timeline.count_minutes(case)`; `policy` is that of the payer on the
    date of service. Pure. Source: contract, from 'Units and status of the time codes' to the end.
    """
    base = tuple(_base_line(study, policy) for study in base_studies(case, policy))
    timed, refused = time_lines(case, minutes, policy, frozenset(line.code for line in base))
    gaps = document_gaps(case)
    lines = tuple(_finished(line, case, policy, gaps) for line in (*timed, *base))
    edited = with_edits(lines, policy, case.encounter.date_of_service or policy.on)
    return (*edited, *_later_sessions(edited, case)), (*not_reportable_items(case, policy), *refused)


def _later_sessions(lines: tuple[CodeLine, ...], case: Case) -> tuple[CodeLine, ...]:
    """The base studies once more for each further operative session of the day, held until the record says which were repeated.

    Source: FACTS 2.6, each study once per operative session; a second one needs a distinct-service modifier.
    """
    gap = "session-studies"
    return tuple(
        replace(
            line,
            status="query",
            gaps=(*line.gaps, gap),
            edit="modifier",
            edit_reason="the same code in another session of the day needs a distinct-service modifier",
            rationale=f"session {number} of the day: {line.rationale}. Query; still missing: {MISSING[gap]}",
        )
        for number in range(2, case.sessions + 1)
        for line in lines
        if line.kind == "base"
    )


def _base_line(study: Study, policy: Policy) -> CodeLine:
    code = policy.study_code(study.key)
    info = policy.code(code)
    return CodeLine(
        code=code,
        name=info.name if info else code,
        kind="base",
        units=study.units,
        modifiers=(),
        status="query" if study.gaps else "supported",
        professional=None,
        edit="none",
        rationale=study.why,
        gaps=study.gaps,
        evidence=study.evidence,
        units_least=study.units,
        units_most=study.units,
    )


def _finished(line: CodeLine, case: Case, policy: Policy, document: tuple[str, ...]) -> CodeLine:
    """The line with its modifier and with the gaps that the whole document has."""
    gaps = tuple(dict.fromkeys((*line.gaps, *document)))
    modifiers, why = _modifiers(line.code, case, policy)
    words = [line.rationale, why]
    if gaps:
        words.append(f"Query; still missing: {'; '.join(dict.fromkeys(MISSING[g] for g in gaps))}")
    rationale = ". ".join(word for word in words if word)
    return replace(line, gaps=gaps, status="query" if gaps else "supported", modifiers=modifiers, rationale=rationale)


def _modifiers(code: str, case: Case, policy: Policy) -> tuple[tuple[str, ...], str]:
    """Modifier 26 where the code takes it and the patient was in a facility, and why or why not.

    TC, 50 and 51 never stand. Source: contract, 'Modifiers'; FACTS 2.5.
    """
    if not policy.takes_26(code):
        return (), ""
    stated = case.encounter.place_of_service
    if stated is None:
        return (), f"No modifier {PROFESSIONAL_COMPONENT}: the place of service is not documented"
    place = policy.pos(stated)
    if place is None or not place.facility:
        return (), f"No modifier {PROFESSIONAL_COMPONENT}: place of service {stated} is no facility"
    return (PROFESSIONAL_COMPONENT,), f"Modifier {PROFESSIONAL_COMPONENT}: professional part, in a facility"
