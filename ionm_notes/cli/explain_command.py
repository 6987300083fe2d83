"""`ionm-notes explain`: what a rule, a code, a place of service or another policy topic means, with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ionm_notes.cli.options import PolicyDir
from ionm_notes.cli.payers import DEFAULT_PAYER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ionm_notes.policy.api import Reference
    from ionm_notes.policy.explain import Explanation
    from ionm_notes.policy.payer import PayerPolicy

On = Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Date of service; by default the newest rules.")]
EXAMPLES = """Examples:\n
\b
  ionm-notes explain 95940
  ionm-notes explain concurrent-cases
  ionm-notes explain POS 11
  ionm-notes explain 92585 --on 2020-06-01
"""


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("explain", epilog=EXAMPLES)(explain)


def explain(
    topic: Annotated[list[str], typer.Argument(metavar="TOPIC", help="A rule, code, 'POS 11', item, study or operation.")],
    payer: Annotated[str, typer.Option("--payer", "-p", help="Payer whose policy answers.")] = DEFAULT_PAYER,
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Date of service; by default the newest rules.")
    ] = None,
    policy_dir: PolicyDir = None,
) -> None:
    """Explain a rule, a code, a place of service or another topic, with the sources and how far each can be trusted."""
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.policy import load_policy

    policy = load_policy(payer, parse_date(on), policy_dir)
    found = _found(" ".join(topic).strip(), policy)
    typer.echo(found.title)
    said, cited = _known_besides(" ".join(topic).strip(), policy)
    for line in (*found.lines, *said):
        typer.echo(f"  {line}")
    for line in source_lines({source.id: source for source in (*found.sources, *cited)}.values()):
        typer.echo(line)
    typer.echo(f"Policy: {policy.title}, {policy.on}, version {policy.version}")


def source_lines(sources: Iterable[Reference]) -> list[str]:
    """A line per source: what it is, what it says, how far it was seen, where it is."""
    from ionm_notes.policy.views import CONFIDENCE

    return [
        f"Source {one.id} [{one.confidence}: {CONFIDENCE[one.confidence]}]: {one.title}. {one.paraphrase}"
        + (f" {one.href}" if one.href else "")
        for one in sources
    ] or ["Sources: none."]


def _found(topic: str, policy: PayerPolicy) -> Explanation:
    """The explanation of a topic. Raises `IonmError` (usage) naming what comes nearest."""
    from ionm_notes.policy.explain import explain_topic

    found = _rule(topic.lower(), policy) or explain_topic(topic, policy)
    if found is None:
        raise _not_found(topic, policy)
    return found


def _known_besides(topic: str, policy: PayerPolicy) -> tuple[list[str], list[Reference]]:
    """What stands on a topic beside the rules' own data: who denies for it, and what the sources leave open."""
    from ionm_notes.policy.people import people_tables

    tables = people_tables()
    denials, questions = tables.denials_of(topic.lower()), tables.questions_about(topic)
    lines = [f"Denial trigger: {denial.trigger} ({denial.who})." for denial in denials]
    for question in questions:
        sides = "; ".join(f"{side.says} [{', '.join(side.refs)}]" for side in question.sides)
        lines.append(f"Not settled: {question.row.title} {sides}. Done here: {question.row.taken}")
    rows = (*denials, *(question.row for question in questions), *(side for question in questions for side in question.sides))
    return lines, [policy.data.references[ref] for row in rows for ref in row.refs]


def _rule(rule_id: str, policy: PayerPolicy) -> Explanation | None:
    from ionm_notes.policy.explain import Explanation
    from ionm_notes.rules import RULES

    spec = RULES.get(rule_id)
    if spec is None:
        return None
    doc = spec.doc
    lines = (
        doc.summary,
        f"Severity for {policy.title}: {spec.severity(policy)}.",
        f"What it does: {doc.what}",
        f"Why it matters: {doc.why}",
        f"Remedy: {doc.remedy}",
        f"Example: {doc.example}",
        f"Code: {spec.source}",
    )
    return Explanation(spec.id, lines, policy.refs(spec.id))


def _not_found(topic: str, policy: PayerPolicy) -> Exception:
    from difflib import get_close_matches

    from ionm_notes.errors import IonmError
    from ionm_notes.rules import RULES

    near = get_close_matches(topic.lower(), [*RULES, *policy.topics()], n=3)
    hint = f"; near it: {', '.join(near)}" if near else ""
    return IonmError("usage", detail=f"nothing is known of '{topic}'{hint}")
