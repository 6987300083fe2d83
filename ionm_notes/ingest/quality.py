"""Whether a text layer is fit to be relied on: glyph soup, replacement characters, or hardly any text at all."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ionm_notes.types import Page

LEAST_LETTERS = 40
"""A document with fewer letters states nothing that could be audited."""
_CID = re.compile(r"\(cid:\d+\)")
_NOT_LETTER = re.compile(r"[\W\d_]+")
_BROKEN = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08]")
_TOKEN = re.compile(r"[^\s|_=~]+")
_PLAIN = re.compile(r"[\W_]*(?:[^\W\d_][a-zà-ÿ'\u2019.-]*|[A-Z]+|[\d.,:;/%+-]+|[A-Za-z]+\d*)[\W_]*")
_GARBLED = re.compile(r"[A-Za-z][\d@#$|~^*\\{}<>][a-z]|[a-z][|~^\\{}@#$]|\w[!?~^|]\w")
"""Signs inside words, as recognition of a bad fax leaves them ('rec0rded', 'mon|tor')."""
_HOLED = re.compile(r"(?=\S*~)(?:~{1,8}|[^\s~]*[A-Za-z][^\s~]*~\S*|~+[^\s~]*[A-Za-z]\S*)")
"""A word with signs where letters were lost ('h~~p~t~l'); a rule drawn of many such signs is none."""
_WORDLIKE = re.compile(r"[^\W\d_]{2,}")
_VOWELLESS = re.compile(r"(?<![^\W\d_])[^\W\d_aeiouyAEIOUYà-öø-ÿ]{2,}(?![^\W\d_])")


_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_NO_CAPITALS = bytes(code for code in range(128) if not chr(code).isupper())


def letters_in(text: str) -> tuple[int, int]:
    """How many letters a text has, and how many of them are capitals."""
    plain = text.encode("ascii", "ignore")
    letters, capitals = len(plain.translate(None, _NO_LETTERS)), len(plain.translate(None, _NO_CAPITALS))
    for char in set(text) if len(plain) < len(text) else ():
        if char > "\x7f" and char.isalpha():
            letters += text.count(char)
            capitals += text.count(char) * char.isupper()
    return letters, capitals


class _Look(NamedTuple):
    """What is counted in a word: letters, broken characters, those of '(cid:12)', and of its tokens and runs of letters how many
    there are and how they look."""

    solid: int
    letters: int
    broken: int
    cids: int
    holed: int
    tokens: int
    garbled: int
    plain: int
    words: int
    vowelless: int


_BITS = 32
"""Of each count, where all counts of a word are written as one number: a page of words is added up ten times as fast."""


@functools.lru_cache(maxsize=16_384)
def _look(word: str) -> int:
    """The counts of a `_Look` as one number, the first ones highest.

    The same words come again and again; nothing that is counted holds white space or looks beyond it.
    """
    tokens = _TOKEN.findall(word)
    look = _Look(
        len(word),
        len(_NOT_LETTER.sub("", word)),
        len(_BROKEN.findall(word)),
        sum(map(len, _CID.findall(word))),
        int(_HOLED.fullmatch(word) is not None),
        len(tokens),
        sum(_GARBLED.search(token) is not None for token in tokens),
        sum(_PLAIN.fullmatch(token) is not None for token in tokens),
        len(_WORDLIKE.findall(word)),
        len(_VOWELLESS.findall(word)),
    )
    return functools.reduce(lambda whole, count: whole << _BITS | count, look, 0)


def _sum(words: Sequence[str]) -> _Look:
    """What is counted in all words."""
    whole = sum(map(_look, words))
    places = range(_BITS * (len(_Look._fields) - 1), -1, -_BITS)
    return _Look(*(whole >> place & (1 << _BITS) - 1 for place in places))


def is_poor(pages: Sequence[Page]) -> bool:
    """True where the text is mostly not language: too few letters, replacement or private characters, no vowels."""
    text = " ".join(line.text for page in pages for line in page.lines)
    return is_poor_text(text)


def is_poor_text(text: str) -> bool:
    """`is_poor` for plain text."""
    spaced = text.split()
    if not spaced:
        return True
    seen = _sum(spaced)
    if seen.letters < LEAST_LETTERS or seen.letters < 0.4 * seen.solid:
        return True
    if max(seen.broken, seen.cids) > 0.05 * seen.solid:
        return True
    if "~" in text and seen.holed > 0.15 * len(spaced):
        return True
    if seen.garbled > 0.12 * seen.tokens or seen.plain < 0.6 * seen.tokens:
        return True
    # Abbreviations (SSEP, TcMEP, EMG, BP) have few vowels too, but never most words of a document.
    return seen.vowelless > 0.6 * seen.words
