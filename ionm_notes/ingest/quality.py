"""Whether a text layer is fit to be relied on: glyph soup, replacement characters, or hardly any text at all."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

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


@functools.lru_cache(maxsize=8192)
def _look(token: str) -> tuple[bool, bool]:
    """Whether a word looks garbled, and whether it looks like one of a language; the same words come again and again."""
    return bool(_GARBLED.search(token)), bool(_PLAIN.fullmatch(token))


def is_poor(pages: Sequence[Page]) -> bool:
    """True where the text is mostly not language: too few letters, replacement or private characters, no vowels."""
    text = " ".join(line.text for page in pages for line in page.lines)
    return is_poor_text(text)


def is_poor_text(text: str) -> bool:
    """`is_poor` for plain text."""
    solid = len("".join(text.split()))
    letters = len(_NOT_LETTER.sub("", text))
    if letters < LEAST_LETTERS or letters < 0.4 * solid:
        return True
    if len(_BROKEN.findall(text)) > 0.05 * solid:
        return True
    if sum(map(len, _CID.findall(text))) > 0.05 * solid:
        return True
    spaced = text.split()
    if "~" in text and sum(bool(_HOLED.fullmatch(token)) for token in spaced) > 0.15 * len(spaced):
        return True
    looks = [_look(token) for token in _TOKEN.findall(text)]
    if sum(garbled for garbled, _ in looks) > 0.12 * len(looks) or sum(plain for _, plain in looks) < 0.6 * len(looks):
        return True
    words = _WORDLIKE.findall(text)
    # Abbreviations (SSEP, TcMEP, EMG, BP) have few vowels too, but never most words of a document.
    return len(_VOWELLESS.findall(text)) > 0.6 * len(words)
