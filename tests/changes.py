"""Changes of a report's text that change nothing of its meaning, and edits that change one thing; used by test_robustness."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

Change = Callable[[str], str]


def _lines(text: str, change: Callable[[str], str]) -> str:
    return "".join(change(line.rstrip("\n")) + "\n" for line in text.splitlines(keepends=True))


def _wrapped(line: str) -> str:
    """A paragraph of prose, set on one line, in lines of at most 88 characters."""
    if len(line) < 240 or "\t" in line or "|" in line:
        return line
    return textwrap.fill(line, 88, break_long_words=False, break_on_hyphens=False)


def _synonyms(text: str) -> str:
    for one, other in (
        ("Electronically signed by", "Digitally signed by"),
        ("bilateral", "both sides"),
        ("Medical record number", "MRN"),
        ("operating room", "operating theatre"),
        ("Date of birth", "DOB"),
    ):
        text = text.replace(one, other)
    return text


_LABEL = "Facility|Hospital|Surgeon|Procedure|Operation|Diagnosis|Indication|Anesthesia|Technologist"
_FIELD = rf"(?:{_LABEL})\b[^\n]{{0,24}}?[:.\t|][^\n]{{3,70}}"


def _fields_swapped(text: str) -> str:
    """The first two neighbouring lines of a head such as 'Facility: …' and 'Procedure: …' change places."""
    found = re.search(rf"^({_FIELD})\n({_FIELD})$", text, re.M)
    return text if found is None else text[: found.start()] + f"{found[2]}\n{found[1]}" + text[found.end() :]


MEANINGLESS: dict[str, Change] = {
    "blanks doubled": lambda text: text.replace(" ", "  "),
    "set double spaced": lambda text: text.replace("\n", "\n\n"),
    "two blanks after a sentence": lambda text: re.sub(r"\. (?=[A-Z])", ".  ", text),
    "indented": lambda text: "".join("    " + line for line in text.splitlines(keepends=True)),
    "ends of lines of another system": lambda text: text.replace("\n", "\r\n"),
    "plain hyphens": lambda text: text.replace("–", "-").replace("—", "-"),
    "blanks at the ends of lines": lambda text: _lines(text, lambda line: f"{line}   "),
    "a mark of byte order": lambda text: f"\ufeff{text}",
    "blanks that do not break": lambda text: text.replace(" ", "\u00a0"),
    "typographic apostrophes": lambda text: re.sub(r"(?<=\w)'(?=\w)", "’", text),
    "typographic quotes": lambda text: re.sub(r'"([^"\n]*)"', r"“\1”", text),
    "dashes in intervals": lambda text: re.sub(r"(\d)-(?=\d{1,2}[:.]\d\d)", r"\1–", text),
    "a stamp above": lambda text: f"CONFIDENTIAL - PROTECTED HEALTH INFORMATION\n\n{text}",
    "a fax line above": lambda text: f"FAX  P. 01/01\n\n{text}",
    "a foot below": lambda text: f"{text}\n\nPage 1 of 1\n",
    "empty lines at both ends": lambda text: f"\n\n\n{text}\n\n\n",
    "lines wrapped": lambda text: _lines(text, _wrapped),
    "synonyms": _synonyms,
    "two fields in the other order": _fields_swapped,
    "soft hyphens": lambda text: re.sub(r"(?<=neuro)(?=physiolog)", "\u00ad", text),
    "small letters": str.lower,
    "capitals": str.upper,
}
"""By name; 'small letters' and 'capitals' take names their looks, so that a few reports do change under them."""
CASE = ("small letters", "capitals")
