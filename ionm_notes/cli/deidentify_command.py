"""`ionm-notes deidentify`: writes copies of documents without what would identify the patient."""

import base64
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.options import PhiKey
from ionm_notes.cli.safety import LimitsFile, PasswordFile, limits_of, passwords_of
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.phi.level import Minimum

if TYPE_CHECKING:
    pass

EXAMPLES = """Examples:\n
\b
  ionm-notes deidentify report.pdf --out shared/
  ionm-notes deidentify archive/ --out shared/ --phi-key study.key
  ionm-notes deidentify report.pdf --out shared/ --limited
"""
UNSEEN = (
    "Read the copy before you hand it on: names that nothing marks as names, and what only someone who knows the patient"
    " would recognise, are not found (docs/security.md has the measured recall)."
)


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("deidentify", epilog=EXAMPLES)(deidentify)


@dataclass(frozen=True, slots=True)
class CopyRequest:
    """A file of which a copy is wanted."""

    path: Path
    least: Minimum
    limits: Limits = LIMITS
    passwords: tuple[str, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name


def deidentify(
    documents: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders or patterns of documents.")],
    out: Annotated[Path, typer.Option("--out", file_okay=False, help="Folder for the copies; made if it is missing.")],
    limited: Annotated[
        bool, typer.Option("--limited", help="A limited data set: dates, ages, towns and clinicians stay.")
    ] = False,
    phi_key: PhiKey = None,
    password_file: PasswordFile = None,
    limits: LimitsFile = None,
) -> None:
    """Write de-identified copies: the text of each document, and of a PDF a new PDF.

    The 18 identifiers of Safe Harbor are masked, clinicians and facility besides; all dates of a patient move by the same
    number of days, so that every minute and interval stays as it was. The PDF is made anew: only words that were read and
    identify nobody are carried over, so nothing lies underneath. Each copy is read back before it is written. Give
    --phi-key to move a patient's dates by the same days in every run; without it nobody can say later by how many.
    """
    from ionm_notes.cli.inputs import found
    from ionm_notes.errors import IonmError
    from ionm_notes.phi.keys import private
    from ionm_notes.phi.level import minimum
    from ionm_notes.report.clean import for_terminal
    from ionm_notes.workers import Pool

    paths = found(documents).files
    if not paths:
        raise typer.BadParameter("no readable documents there", param_hint="PATH")
    private(Path(os.devnull), False, less=True)
    least = minimum("limited" if limited else "none", phi_key, None)
    bounds, passwords = limits_of(limits), passwords_of(password_file)
    pool: Pool[CopyRequest] = Pool(_work, _warm, 1, bounds)
    failed = 0
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IonmError("not-writable", str(out), error.strerror or "system error") from error
    with pool:
        for done in pool.run([CopyRequest(path, least, bounds, passwords) for path in paths]):
            answers = [{"error": str(done.error)}] if done.error else json.loads(done.answer)
            for answer in answers:
                failed += "error" in answer
                said = answer["error"] if "error" in answer else _written(answer, done.request.name, out)
                print(for_terminal(said), file=sys.stderr)
    print(UNSEEN, file=sys.stderr)
    if failed:
        raise typer.Exit(1)


def _written(answer: dict[str, Any], name: str, out: Path) -> str:
    """Writes the copies of a document; says which and what was masked."""
    from ionm_notes.cli.out_file import write_new

    made = []
    for ending, data in ((".txt", answer["text"].encode()), (".pdf", base64.b64decode(answer["pdf"]))):
        if not data:
            continue
        target = out / f"{answer['stem']}{ending}"
        write_new(target, data)
        made.append(str(target))
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(answer["masked"].items())) or "nothing"
    scan = "; a scan: words that were misread are not known as identifiers" if answer["scanned"] else ""
    return f"{name}: {' and '.join(made)}; masked: {kinds}{scan}"


def _warm() -> None:
    """Nothing is loaded before the file is known."""


def _work(request: CopyRequest) -> bytes:
    from ionm_notes.ingest import unpack_file

    answers = []
    for inner in unpack_file(request.path, request.limits, request.passwords):
        if inner.skipped:
            answers.append({"error": f"{inner.name}: skipped, {inner.skipped}"})
            continue
        answers.append(_answer(inner, request.least, request.limits, request.passwords))
    return json.dumps(answers).encode()


def _answer(inner: Any, least: Minimum, limits: Limits, passwords: Sequence[str]) -> dict[str, Any]:
    from ionm_notes.errors import IonmError
    from ionm_notes.phi.deidentify import deidentified

    try:
        if inner.error is not None:
            raise inner.error
        copy, _ = deidentified(inner.name, inner.data, least, limits, tuple(passwords))
    except IonmError as error:
        return {"error": str(error)}
    pdf = base64.b64encode(copy.pdf or b"").decode()
    return {"stem": copy.stem, "masked": copy.masked, "text": copy.text, "pdf": pdf, "scanned": copy.scanned}
