"""The options that bound what is read and open what is locked: `--limits` and `--password-file`, once for all commands."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated

import typer

from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS, Limits

PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", help="Text file of passwords for locked PDF, DOCX and ZIP, one on each line.")
]
LimitsFile = Annotated[
    Path | None, typer.Option("--limits", envvar="IONM_NOTES_LIMITS", help="TOML file with limits of your own (docs/limits.md).")
]
_MOST_BYTES = 1 << 20
_MOST_PASSWORDS = 100
"""Each is tried on each locked file, and formats make that slow on purpose."""


def passwords_of(path: Path | None) -> tuple[str, ...]:
    """The passwords in a file, one on each line, as they stand. Raises `IonmError` `missing-file`, `bad-passwords`."""
    if path is None:
        return ()
    lines = _text(path, "bad-passwords").lstrip("\ufeff").splitlines()
    found = tuple(dict.fromkeys(line for line in lines if line))
    if not found or len(found) > _MOST_PASSWORDS:
        what = "it holds no password" if not found else f"{len(found)} passwords, at most {_MOST_PASSWORDS} are tried"
        raise IonmError("bad-passwords", path.name, what)
    return found


def limits_of(path: Path | None) -> Limits:
    """The program's limits with those of a TOML file in their place. Raises `IonmError` `missing-file`, `bad-limits`."""
    if path is None:
        return LIMITS
    try:
        values = tomllib.loads(_text(path, "bad-limits"))
    except tomllib.TOMLDecodeError as error:
        raise IonmError("bad-limits", path.name, f"it is not valid TOML: {error}") from error
    known = {one.name: getattr(LIMITS, one.name) for one in fields(Limits)}
    for name, value in values.items():
        if name not in known:
            raise IonmError("bad-limits", path.name, f"there is no limit called {name}")
        whole = isinstance(known[name], int)
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or value <= 0:
            raise IonmError("bad-limits", path.name, f"{name} must be a {'whole ' if whole else ''}number above 0")
    return replace(LIMITS, **values)


def _text(path: Path, code: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise IonmError(code, path.name, "it is far too long")
        return data.decode()
    except FileNotFoundError as error:
        raise IonmError("missing-file", path.name) from error
    except OSError as error:
        raise IonmError("unreadable", path.name, error.strerror or "system error") from error
    except UnicodeDecodeError as error:
        raise IonmError(code, path.name, "it is not UTF-8 text") from error
