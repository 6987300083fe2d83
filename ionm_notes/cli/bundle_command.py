"""`ionm-notes bundle`: a signed file of one audit, for someone who has no ionm-notes."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ionm_notes.cli.options import DEFAULT_DB, Db, Payer, Phi, PhiKey, PhiLevel, PolicyDir

EXAMPLES = """Examples:\n
\b
  ionm-notes bundle report.pdf --out report.bundle.json
  ionm-notes bundle 17 --phi limited --out case.bundle.json
  python check_bundle.py report.bundle.json --document report.pdf
"""


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("bundle", epilog=EXAMPLES)(bundle)


def bundle(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A stored document's name, or an audit's number.")],
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="The file to make; nothing is overwritten.")],
    payer: Payer = None,
    sign_key: Annotated[
        Path | None,
        typer.Option("--sign-key", help="Private key that signs (PEM); made if it is missing; else beside the database."),
    ] = None,
    phi: Phi = PhiLevel.full,
    phi_key: PhiKey = None,
    policy_dir: PolicyDir = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Write a signed, self-contained file of one audit: the document's hash, the result, the proof of its minutes, the policy.

    Whoever gets it can check with tools/check_bundle.py (plain Python, no ionm-notes) that nothing was changed since, that
    the document is the one that was read, and that the minutes add up. Tell them your public key by another way.
    """
    from datetime import UTC, datetime

    from ionm_notes.cli.lookup import only, stored
    from ionm_notes.cli.out_file import refuse_existing, write_new
    from ionm_notes.phi.bundle import content_of, policy_excerpt, signed, signing_key
    from ionm_notes.phi.level import dates_moved, minimum
    from ionm_notes.store.database import Store
    from ionm_notes.store.trail import verify

    refuse_existing(out)
    line = only(stored(case, [payer] if payer else None, db, least=minimum(phi, phi_key, db)), case)
    excerpt = [] if dates_moved(line) else policy_excerpt(line, policy_dir)
    with Store(db, create=False) as store:
        head = verify(store).head
    key_file = sign_key or db.with_name(f"{db.name}.sign-key")
    write_new(out, signed(content_of(line, excerpt, head, datetime.now(UTC)), signing_key(key_file)).encode())
    print(f"{out}: signed with {key_file}; its public half is in {key_file}.pub", file=sys.stderr)
