"""Writes `docs/cli.md` from the commands: `python -m ionm_notes.cli.docs [FILE]`; a test holds the page in step."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from ionm_notes.cli.main import app

PAGE = Path("docs/cli.md")
HEAD = """# The command line

Written by `python -m ionm_notes.cli.docs` from the commands themselves; change those, not this page.

Results go to stdout, messages and progress to stderr. Colors show only on a terminal, and not where `NO_COLOR` is set.
Exit codes: 0 done; 1 some document could not be audited; 2 wrong usage; the rest stands in [errors.md](errors.md).
"""


def render() -> str:
    """The whole page: every command with its help, arguments, options and examples."""
    parts = [HEAD]
    _describe(typer.main.get_command(app), "ionm-notes", parts)
    return "\n".join(parts)


def _describe(command: Any, path: str, parts: list[str]) -> None:
    words = _paragraphs(command.help)
    usage = " ".join([path, *(_usage(param) for param in command.params if param.param_type_name == "argument")])
    parts.append(f"## {path}\n\n{words}\n\n    {usage} [OPTIONS]\n")
    rows = [_row(param) for param in command.params if param.param_type_name == "option" and param.name != "help"]
    if rows:
        parts.append("\n".join(["| option | meaning |", "|---|---|", *rows]) + "\n")
    if command.epilog and getattr(command, "commands", None) is None:
        lines = [line.strip() for line in command.epilog.splitlines() if line.strip() not in ("", "\b")]
        parts.append(f"{lines[0]}\n\n" + "\n".join(f"    {line}" for line in lines[1:]) + "\n")
    for name, child in getattr(command, "commands", {}).items():
        if not child.hidden:
            _describe(child, f"{path} {name}", parts)


def _paragraphs(text: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))


def _usage(param: Any) -> str:
    name = str(param.metavar or param.name.upper()) + ("..." if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _row(param: Any) -> str:
    names = ", ".join(f"`{name}`" for name in param.opts)
    default = f" (default `{param.default}`)" if param.show_default and isinstance(param.default, (Path, int, str)) else ""
    flag = isinstance(param.default, bool)
    return f"| {names} | {(param.help or '').strip()}{'' if flag else default} |"


def main() -> None:
    """Writes the page to the file named on the command line, or to its place under `docs/`."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    target.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
