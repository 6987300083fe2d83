"""Notes in a store's trail what a command did with it: read, audited, exported, deleted; one place says who it was."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from ionm_notes.store.database import Store

Action = Literal["read", "audited", "exported", "deleted", "held", "released", "restored", "copied", "encrypted"]


def who() -> str:
    """The person at the command line, as the system knows them: by the process, not by what the environment says."""
    if os.name == "posix":
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return f"uid {os.getuid()}"
    import getpass

    return getpass.getuser()


def note(store: Store, action: Action, subject: str, detail: Mapping[str, Any] | None = None) -> None:
    """Adds an entry to the trail of a store; `detail` holds numbers and names of commands, nothing of a record.

    Raises `IonmError` where it cannot be written: then the command has not done what it could not note.
    """
    from ionm_notes.store.trail import append

    append(store, who(), action, subject, detail or {}, datetime.now(UTC))


def note_read(store: Store, documents: Iterable[int]) -> None:
    """Notes that the running command reads these documents: 'exported' where it prints CSV or JSON or writes a file, which
    leaves the program. Few documents get an entry each, many one that lists them."""
    command, exported = _running()
    action: Action = "exported" if exported else "read"
    found = sorted(set(documents))
    if len(found) > MOST_SINGLE:
        note(store, action, "documents", {"command": command, "documents": found})
        return
    with store.transaction():
        for document in found:
            note(store, action, f"document {document}", {"command": command})


def note_list(store: Store, rows: int) -> None:
    """Notes that the running command lists rows of the whole store; what was searched for stays out of it."""
    command, exported = _running()
    note(store, "exported" if exported else "read", "store", {"command": command, "rows": rows})


def _running() -> tuple[str, bool]:
    """The command that runs, and whether what it prints or writes is for use outside."""
    from importlib import import_module
    from importlib.util import find_spec

    # Newer versions of Typer bring their own copy of click; older ones rest on the library.
    inner = find_spec("typer._click") is not None
    context = import_module("typer._click.globals" if inner else "click.globals").get_current_context(silent=True)
    if context is None:
        return "", False
    # Without the program's own name: 'report audit' is another command than 'audit'.
    return " ".join(context.command_path.split()[1:]), any(
        context.params.get(name) for name in ("csv", "jsonl", "out", "output", "memos")
    )


MOST_SINGLE = 20
"""Documents of one command that get an entry each; more are listed in one."""
