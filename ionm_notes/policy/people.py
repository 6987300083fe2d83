"""Tables that people look up and no rule runs on: documentation, denials, supervision, coverage, questions, queries.

They stand in `data/people/` and are read only when asked for, so that an audit does not pay for them. Every row has its
sources, like the rows of `tables.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ionm_notes.policy.reading import bad, read_toml, rows
from ionm_notes.policy.sheet import Sheet, SheetRow
from ionm_notes.policy.tables import Row

FOLDER = Path(__file__).parent / "data" / "people"
FILES = ("documentation", "denials", "supervision", "questions", "coverage", "queries")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow(Row):
    """A source of the documentation matrix: one column of it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementRow(Row):
    """What has to be documented, the elements of an audit that show it, and the sources that ask for it."""

    id: str
    text: str
    elements: tuple[str, ...]
    required: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialRow(Row):
    """What is refused or audited, by whom, and the rule that looks for it ('' where none can).

    `shown_by`: what in an audit answers it: documentation elements, 'minutes' and 'codes'.
    """

    id: str
    trigger: str
    who: str
    rule: str
    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRow(Row):
    """A question to whoever knows what a record does not state.

    `about`: the rules, gaps of code lines and elements that give rise to it; `whom`: whom it is for.
    """

    id: str
    whom: str
    about: tuple[str, ...]
    ask: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow(Row):
    """A supervision level of the fee schedule."""

    level: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Row):
    """Who may report, who may not, and what the levels mean for monitoring."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLimitRow(Row):
    """The most cases at once for somebody; 0 where a source names no number."""

    who: str
    most: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow(Row):
    """Something that no source settles, and what this policy does meanwhile."""

    id: str
    title: str
    topics: tuple[str, ...]
    taken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRow(Row):
    """What one side says of a question."""

    question: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow(Row):
    """A position on monitoring in some operations, in general words."""

    operations: str
    position: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow(Row):
    """Something that changed on a day."""

    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with all of its sides."""

    row: QuestionRow
    sides: tuple[SideRow, ...]


@dataclass(frozen=True, slots=True)
class PeopleTables:
    """Everything in `data/people/`."""

    sources: tuple[SourceRow, ...]
    requirements: tuple[RequirementRow, ...]
    denials: tuple[DenialRow, ...]
    levels: tuple[LevelRow, ...]
    statements: tuple[StatementRow, ...]
    case_limits: tuple[CaseLimitRow, ...]
    questions: tuple[Question, ...]
    coverage: tuple[CoverageRow, ...]
    changes: tuple[ChangeRow, ...]
    queries: tuple[QueryRow, ...]

    def all_rows(self) -> tuple[Row, ...]:
        """Every row, for checks of sources."""
        asked = (*(question.row for question in self.questions), *(side for q in self.questions for side in q.sides))
        levels = (*self.levels, *self.statements, *self.case_limits)
        kept = (*self.sources, *self.requirements, *self.denials, *self.queries, *self.coverage, *self.changes)
        return (*kept, *levels, *asked)

    def questions_about(self, topic: str) -> tuple[Question, ...]:
        """Open questions under a rule id, code, item or word; upper and lower case alike."""
        wanted = topic.casefold()
        return tuple(q for q in self.questions if wanted == q.row.id or wanted in {word.casefold() for word in q.row.topics})

    def denials_of(self, rule: str) -> tuple[DenialRow, ...]:
        """Denial triggers that a rule looks for."""
        return tuple(row for row in self.denials if row.rule == rule)


@cache
def people_tables(folder: Path = FOLDER) -> PeopleTables:
    """The tables of a folder, read once. Raises `IonmError` 'bad-policy' naming file, line and field."""
    files = {name: read_toml(folder / f"{name}.toml") for name in FILES}
    sources = rows(files["documentation"], "source", SourceRow)
    requirements = rows(files["documentation"], "requirement", RequirementRow)
    known = {source.id for source in sources}
    for requirement in requirements:
        for source in (*requirement.required, *requirement.expected):
            if source not in known:
                raise bad(
                    "documentation.toml", f"[[requirement]] '{requirement.id}' names no source '{source}'", requirement.line
                )
    return PeopleTables(
        sources=sources,
        requirements=requirements,
        denials=rows(files["denials"], "denial", DenialRow),
        levels=rows(files["supervision"], "level", LevelRow),
        statements=rows(files["supervision"], "statement", StatementRow),
        case_limits=rows(files["supervision"], "case_limit", CaseLimitRow),
        questions=_questions(rows(files["questions"], "question", QuestionRow), rows(files["questions"], "side", SideRow)),
        coverage=rows(files["coverage"], "coverage", CoverageRow),
        changes=rows(files["coverage"], "change", ChangeRow),
        queries=rows(files["queries"], "query", QueryRow),
    )


def _questions(asked: Iterable[QuestionRow], sides: Iterable[SideRow]) -> tuple[Question, ...]:
    by_question: dict[str, list[SideRow]] = {}
    for side in sides:
        by_question.setdefault(side.question, []).append(side)
    found = tuple(Question(row, tuple(by_question.pop(row.id, ()))) for row in asked)
    for name, left in by_question.items():
        raise bad("questions.toml", f"[[side]] of '{name}', which is no question", left[0].line)
    return found


def documentation_sheet(tables: PeopleTables) -> Sheet:
    """The matrix: a row per requirement, a column per source; R required, r expected."""
    found = []
    for row in tables.requirements:
        marks = ("R" if s.id in row.required else "r" if s.id in row.expected else "-" for s in tables.sources)
        found.append(SheetRow((row.text, *marks, row.note), row.refs))
    headings = ("What", *(source.title for source in tables.sources), "Note")
    note = "R required, r recommended or expected, - not seen in the part of the text that could be read."
    return Sheet("Documentation, by source", headings, tuple(found), note)


def denials_sheet(tables: PeopleTables) -> Sheet:
    """Denial triggers and audit patterns."""
    found = tuple(SheetRow((row.id, row.trigger, row.who, row.rule or "-"), row.refs) for row in tables.denials)
    return Sheet("Denial triggers and audit patterns", ("Id", "Trigger", "Who", "Rule that looks for it"), found)


def queries_sheet(tables: PeopleTables) -> Sheet:
    """What is asked of the people who know, and what gives rise to it."""
    found = []
    for row in tables.queries:
        ask = row.ask + (f" ({' / '.join(row.choices)})" if row.choices else "")
        found.append(SheetRow((row.whom, ask, ", ".join(row.about)), row.refs))
    note = "'Other' is added to choices, and 'Cannot be determined' always stands."
    return Sheet("Questions of the query letter", ("To", "Question (choices)", "Asked because of"), tuple(found), note)


def levels_sheet(tables: PeopleTables) -> Sheet:
    """Supervision levels and what they mean."""
    found = tuple(SheetRow((row.level, row.meaning), row.refs) for row in tables.levels)
    return Sheet("Supervision levels of the fee schedule", ("Level", "Meaning"), found)


def eligibility_sheet(tables: PeopleTables) -> Sheet:
    """Who may report and who may not."""
    found = tuple(SheetRow((row.topic, _dated(row.text, row)), row.refs) for row in tables.statements)
    return Sheet("Who may report, and supervision", ("About", "What sources say"), found)


def cases_sheet(tables: PeopleTables) -> Sheet:
    """Most cases at once."""
    found = tuple(
        SheetRow((row.who, str(row.most) if row.most else "no number", row.text), row.refs) for row in tables.case_limits
    )
    return Sheet("Cases at once", ("Who", "Most", "Rule"), found)


def coverage_sheet(tables: PeopleTables) -> Sheet:
    """Positions on operations, in general words."""
    found = tuple(SheetRow((row.operations, _dated(row.position, row), row.who), row.refs) for row in tables.coverage)
    return Sheet("Medical necessity: what policies say", ("Operations", "Position", "Who"), found)


def questions_sheet(tables: PeopleTables) -> Sheet:
    """What is not settled: both sides, and what is done meanwhile."""
    found = []
    for question in tables.questions:
        sides = " / ".join(f"{side.says} [{', '.join(side.refs)}]" for side in question.sides)
        found.append(SheetRow((question.row.title, sides, question.row.taken), question.row.refs))
    return Sheet("Not settled", ("Question", "What sources say", "What is done here"), tuple(found))


def changes_sheet(tables: PeopleTables) -> Sheet:
    """What changed lately."""
    ordered = sorted(tables.changes, key=lambda row: str(row.from_))
    found = tuple(SheetRow((row.from_.isoformat() if row.from_ else "", row.text), row.refs) for row in ordered)
    return Sheet("Recent changes", ("From", "What"), found)


SHEETS: Mapping[str, Callable[[PeopleTables], Sheet]] = {
    "documentation": documentation_sheet,
    "denials": denials_sheet,
    "queries": queries_sheet,
    "levels": levels_sheet,
    "eligibility": eligibility_sheet,
    "cases": cases_sheet,
    "coverage": coverage_sheet,
    "questions": questions_sheet,
    "changes": changes_sheet,
}
"""The tables of this module by the name under which `policy table` shows them."""


def _dated(text: str, row: Row) -> str:
    return f"{text} (from {row.from_.isoformat()})" if row.from_ else text
