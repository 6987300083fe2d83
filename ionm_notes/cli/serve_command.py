"""`ionm-notes serve`: the auditor's desk, a web page on this machine; and `users`, who may sign in where it is shared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ionm_notes.cli.options import DEFAULT_DB, Db, Encrypt, Payers, PolicyDir

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EXAMPLES = """Examples:\n
\b
  ionm-notes serve
  ionm-notes serve --db march.db --payer medicare --payer commercial
  ionm-notes users add ann --role auditor
  ionm-notes serve --users
"""


def mount(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("serve", epilog=EXAMPLES)(serve)
    users = typer.Typer(help="Name the users of a shared desk (`serve --users`).", no_args_is_help=True, rich_markup_mode=None)
    users.command("list", epilog="Example:\n\n  ionm-notes users list")(list_users)
    users.command("add", epilog="Example:\n\n  ionm-notes users add ann --role auditor")(add_user)
    users.command("remove", epilog="Example:\n\n  ionm-notes users remove ann")(remove_user)
    app.add_typer(users, name="users")


def serve(
    payer: Payers = None,
    db: Db = DEFAULT_DB,
    policy_dir: PolicyDir = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8765,
    host: Annotated[str, typer.Option(help="Address to listen on; any other than this machine's own needs --users.")] = LOOPBACK[
        0
    ],
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST:PORT", help="A further name under which browsers reach it.")
    ] = None,
    users: Annotated[bool, typer.Option("--users", help="Ask for name and password; see `ionm-notes users`.")] = False,
    certificate: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="TLS certificate (PEM).")] = None,
    certificate_key: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Its private key (PEM).")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Files to read at once; by default one for each processor core.")
    ] = None,
    encrypt: Encrypt = False,
) -> None:
    """Open the auditor's desk: drop reports in, trace every code, minute and gap to the page, review and correct.

    Prints an address that works once; open it in a browser on this machine. Nothing leaves the machine. The dropped files
    are kept in the database, so that their pages can be shown.
    """
    from ionm_notes.cli.payers import chosen_payers
    from ionm_notes.desk.serving import Serving, run
    from ionm_notes.errors import IonmError
    from ionm_notes.phi.keys import private

    if host not in LOOPBACK and not users:
        raise IonmError("serve-unsafe", host)
    if (certificate is None) != (certificate_key is None):
        raise typer.BadParameter("give both --certificate and --certificate-key", param_hint="--certificate")
    private(db, encrypt)
    tls = (certificate, certificate_key) if certificate and certificate_key else None
    run(Serving(db, chosen_payers(payer, policy_dir), policy_dir, host, port, tuple(name or ()), users, tls, workers))


def list_users(db: Db = DEFAULT_DB) -> None:
    """List the users with their roles."""
    import sys

    from ionm_notes.report.tables import write_rows
    from ionm_notes.store.database import Store
    from ionm_notes.store.users import users

    with Store(db, create=False) as store:
        rows = [{"name": user.name, "role": user.role, "created": user.created} for user in users(store)]
    write_rows(rows, ("name", "role", "created"), "table", sys.stdout)


def add_user(
    name: Annotated[str, typer.Argument(help="Name to sign in with.")],
    role: Annotated[str, typer.Option(help="viewer, coder, auditor or admin.")] = "auditor",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")] = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Add a user, or give a known one another role and password; the password is asked for.

    A viewer looks; a coder also adds documents and makes hand-outs; an auditor also decides and corrects; an admin also
    sees the whole trail.
    """
    import getpass
    import sys
    from datetime import UTC, datetime

    from ionm_notes.store.database import Store
    from ionm_notes.store.users import keep_user

    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != password:
            raise typer.BadParameter("the two passwords differ", param_hint="password")
    with Store(db) as store:
        keep_user(store, name, role, password, getpass.getuser(), datetime.now(UTC))


def remove_user(name: Annotated[str, typer.Argument(help="Name of the user.")], db: Db = DEFAULT_DB) -> None:
    """Remove a user; what they did stays in the trail."""
    import getpass
    from datetime import UTC, datetime

    from ionm_notes.store.database import Store
    from ionm_notes.store.users import remove_user as remove

    with Store(db, create=False) as store:
        remove(store, name, getpass.getuser(), datetime.now(UTC))
