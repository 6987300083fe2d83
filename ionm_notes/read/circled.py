"""Choices of which one is marked otherwise than by a box: 'on-site  >> REMOTE <<  none', 'in OR / (remote) / nearby', 'Y / (N)'.

What is not chosen says nothing, and is blanked out for reading; the length of a line never changes. A line counts where it asks for a
circle, or where what it offers are different answers to one question (`patterns/choices.toml`), and exactly one has a mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ionm_notes.read.boxes import BOX
from ionm_notes.read.expression import blank
from ionm_notes.read.vocabulary import vocabulary

_WORDS = r"[^<>()*_{}=\[\]\t/|]{1,32}?"
_FORMS = (
    rf">{{1,3}}\s*(?P<w1>{_WORDS})\s*<{{1,3}}",
    rf"<{{1,2}}\s*(?P<w2>{_WORDS})\s*>{{1,2}}",
    rf"\({{1,2}}\s*(?P<w3>{_WORDS})\s*\){{1,2}}",
    rf"\*{{1,3}}\s*(?P<w4>{_WORDS})\s*\*{{1,3}}",
    rf"_{{1,2}}(?P<w5>{_WORDS})_{{1,2}}",
    rf"\{{\s*(?P<w6>{_WORDS})\s*\}}",
    rf"\[\s*(?P<w7>{_WORDS})\s*\]",
    rf"(?:-{{1,2}}>|=>|→)\s*(?P<w8>{_WORDS})",
    rf"(?P<w9>{_WORDS})\s*(?:<-{{1,2}}|<=|←|\((?:circled|selected|chosen|marked|underlined)\))",
)
_MARKED = re.compile("|".join(_FORMS), re.I)
_ASKING = re.compile(r"\([^()]*\b(?:circle|underline|select|choose|mark|pick|highlight)\b[^()]*\)", re.I)
_CHOSEN = re.compile(
    r"(?:[\t/|:?]|\s\s|\s/)[ \t]*(?:>{1,3}|<{1,2}|\({1,2}|\*{1,3}|_{1,2}|\{|\[(?![ xX✓]\]))[ ]?[A-Za-z][^()\[\]{}<>*\t\n/|]{0,32}[)\]}<>*_]{1,3}[ ]*(?:$|[\t/|]|\s\s)"
    r"|(?:->|=>|→)[ ]?[A-Za-z]|(?:<-|<=|←|\((?:circled|selected|chosen|marked|underlined)\))[ ]*(?:$|[\t/|]|\s\s)",
    re.I | re.M,
)
"""What stands somewhere on the pages where a choice is marked: without it no line is looked at."""
_HINT = re.compile(r"[<>(*{\[→←_]")
_LEAD = re.compile(r"(?P<label>[^\t:?]{2,80}[:?])(?=\s)")
_BETWEEN = re.compile(r"\s*(?:\t|\s/\s|(?<=\w)/(?=[\w(>*])|(?<=[)<*])/|\||\s{2,})\s*")
_LONGEST = 34


@dataclass(frozen=True, slots=True)
class _Choice:
    low: int
    high: int
    words: str
    marked: bool


def any_circled(lines: Sequence[str]) -> bool:
    """Whether a choice may be marked on any of these lines."""
    return _CHOSEN.search("\n".join(lines)) is not None


def uncircled(text: str) -> str:
    """A line with the choices that are not marked blanked out, and the mark too.

    >>> uncircled("Mode (circle one): on-site / (REMOTE) / none").split()
    ['Mode', ':', 'REMOTE']
    """
    lead = _LEAD.match(text) if _HINT.search(text) else None
    if lead is None or BOX.search(text):
        return text
    offered = _offered(text, lead.end())
    chosen = [choice for choice in offered if choice.marked]
    if len(offered) < 2 or len(chosen) != 1 or any(len(choice.words) > _LONGEST for choice in offered):
        return text
    if not (vocabulary().regex("choices.asks-mark").search(lead["label"]) or _of_one_question(offered)):
        return text
    kept = chosen[0]
    begin = text.index(kept.words, kept.low)
    # What asked for the mark is answered: a template's open choice is another thing.
    label = _ASKING.sub(blank, text[: lead.end()])
    return (label.ljust(begin) + kept.words).ljust(len(text))


def _offered(text: str, low: int) -> list[_Choice]:
    cuts = [low, *(edge for gap in _BETWEEN.finditer(text, low) for edge in gap.span()), len(text)]
    out: list[_Choice] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        part = text[start:end].strip()
        marked = _MARKED.fullmatch(part)
        words = next((found for found in marked.groups() if found), "") if marked else part
        if part:
            out.append(_Choice(start, end, words.strip(), marked is not None))
    return out


def _of_one_question(offered: list[_Choice]) -> bool:
    """Whether choices are different answers to one question."""
    words = vocabulary()
    for group in ("place", "cases", "time", "answer"):
        found = [words.regex(f"choices.{group}").fullmatch(choice.words) for choice in offered]
        answers = {next(name for name, said in match.groupdict().items() if said) for match in found if match}
        rest = [choice for choice, match in zip(offered, found, strict=True) if match is None]
        if len(answers) > 1 and all(words.regex("choices.neither").fullmatch(choice.words) for choice in rest):
            return True
    return False
