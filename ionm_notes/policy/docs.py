"""Writes `docs/policy.md` from the policy data: `python -m ionm_notes.policy.docs [FILE]`; a test holds it in step."""

from __future__ import annotations

import sys
from pathlib import Path

from ionm_notes.policy import load_policy, payers
from ionm_notes.policy.diff import differences
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.policy.sheet import Sheet
from ionm_notes.policy.store import BASE
from ionm_notes.policy.views import CONFIDENCE, sheet, sheet_names

PAGE = Path("docs/policy.md")
FIRST = "medicare"
"""The payer whose tables are printed in full; the others by what differs."""
HEAD = """# The coding policy

Written by `python -m ionm_notes.policy.docs` from the files in `ionm_notes/policy/data`; change those, not this page.

The date of service picks the values: this page is as of {on}. Code names are our own short names. Letters and numbers in
the last column are sources, listed at the end with how far each can be trusted. Nothing was checked against a live page.

## Where things stand

| file | holds |
|---|---|
| `codes.toml`, `studies.toml`, `time_codes.toml` | codes with validity, the code of each study, units of the time codes |
| `limits.toml`, `items.toml`, `places.toml`, `primaries.toml` | numbers by name, bundled items, places, added primaries |
| `credentials.toml`, `necessity.toml`, `rules.toml` | whose attendance counts, operations, severity and sources of rules |
| `profiles/*.toml` | payers: what each says otherwise than the one it inherits from |
| `cms/*.csv` with `cms/layers.toml` | CMS's tables and the day from which each holds |
| `people/*.toml` | documentation, denials, supervision, open questions |
| `references.toml` | the sources |

Every entry names its sources (`refs`) and may have `from` and `to`, the first and the last day on which it holds.

## A payer of your own

One file in a folder that you name with `--policy-dir`; `ionm-notes policy check --policy-dir FOLDER` proves it. The file's
name is the payer's. A table of the same name as a shipped file replaces that file.

```toml
# my-payers/acme.toml
id = "acme"
title = "Acme Health"
inherits = "commercial"

[[route]]                      # minutes of these columns go to this code; code = "" takes none
columns = ["remote_shared", "in_room_shared"]
code = ""
from = 2024-01-01
refs = ["acme-policy"]

[[reference]]
id = "acme-policy"
title = "Acme payment policy 12 (2024-01)"
href = ""
retrieved = "2026-01-15"
locator = "section 3"
paraphrase = "One patient at a time."
confidence = "V"
```

A profile may hold `route`, `refuse`, `limit`, `item`, `credential`, `necessity`, `rule`, `place`, `place_type`, `primary`
and `reference`.
"""


def render() -> str:
    """The whole page."""
    policy = load_policy(FIRST)
    parts = [HEAD.format(on=policy.on), _payers(policy)]
    parts += [_table(sheet(name, policy), name) for name in sheet_names() if name != "rules"]
    parts.append(_sources(policy))
    return "\n".join(parts)


def _payers(policy: PayerPolicy) -> str:
    lines = ["## Payers", "", f"The tables below are those of {policy.title}. The others differ in this:", ""]
    for payer in payers():
        if payer == FIRST:
            continue
        profile = policy.data.profiles[payer]
        above = FIRST if profile.inherits == BASE else str(profile.inherits)
        lines += [f"### {payer}", "", f"{profile.title}, against {above}. {profile.note}".rstrip(), ""]
        lines += [f"- {line}" for line in differences(load_policy(payer), load_policy(above))]
        lines.append("")
    return "\n".join(lines)


def _table(shown: Sheet, name: str) -> str:
    rows = [(*row.cells, " ".join(row.refs)) for row in shown.rows]
    lines = [f"## {shown.title}", "", f"`ionm-notes policy table {name}`", ""]
    lines += [_line((*shown.headings, "Sources")), "|" + "---|" * (len(shown.headings) + 1)]
    lines += [_line(row) for row in rows]
    return "\n".join([*lines, "", *([shown.note, ""] if shown.note else [])])


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _sources(policy: PayerPolicy) -> str:
    lines = ["## Sources", "", *(f"- {letter}: {words}" for letter, words in CONFIDENCE.items()), ""]
    lines += [_line(("id", "confidence", "source", "says", "where")), "|---|---|---|---|---|"]
    for one in policy.data.references.values():
        lines.append(_line((one.id, one.confidence, one.title, one.paraphrase, one.href)))
    return "\n".join([*lines, ""])


def main() -> None:
    """Writes the page to the file named on the command line, or to its place under `docs/`."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    target.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
