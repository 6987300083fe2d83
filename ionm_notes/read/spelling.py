"""Sets right words of the trade with two letters swapped ('recoridng', 'opertaing'), for reading only; figures stay as written.

Swaps are mended, and a letter written twice ('monitorring'), whose place a blank behind the word takes: one letter replaced makes
too many other words ('retained', 'remained'), one left out changes the length. The length of a text never changes, so that evidence
still quotes what is written.
"""

from __future__ import annotations

import functools
import re

from ionm_notes.read.vocabulary import vocabulary

_FROM = 7
"""Letters from which a word is set right: shorter ones are too often names ('Medina', 'median')."""
_WORD = re.compile(rf"(?<![^\W_])(?:[A-Za-z][a-z]{{{_FROM - 1},}}|[a-z]{{5,{_FROM - 1}}})(?![^\W_])")
_SHORTEST = 5
"""Letters from which a word in small letters is set right to one of the few short ones that an entry hangs on."""


@functools.cache
def _known() -> frozenset[str]:
    """Words of the phrases and examples of `patterns/`, in small letters: the vocabulary that the reader knows."""
    patterns = vocabulary().patterns.values()
    said = " ".join(words for pattern in patterns for words in (*pattern.phrases, *pattern.yes, *pattern.no))
    return frozenset(word.lower() for word in re.findall(r"(?<![^\W_])[A-Za-z]{4,}(?![^\W_])", said))


@functools.cache
def _targets() -> frozenset[str]:
    """Words that others are set right to: those that stand in small letters somewhere, which names do not."""
    patterns = vocabulary().patterns.values()
    said = " ".join(words for pattern in patterns for words in (*pattern.phrases, *pattern.yes))
    return frozenset(re.findall(rf"(?<![^\W_])[a-z]{{{_FROM},}}(?![^\W_])", said))


@functools.lru_cache(maxsize=16_384)
def _right(word: str) -> str:
    """The word of the vocabulary that a word in small letters must be; the word itself where none or several fit."""
    if word in _known():
        return word
    targets = _targets() if len(word) >= _FROM else frozenset(vocabulary().patterns["spelling.short"].phrases)
    near = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} & targets
    if len(word) > _FROM:
        near |= {word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1]} & targets
    return near.pop() if len(near) == 1 else word


@functools.lru_cache(maxsize=16_384)
def _is_wrong(token: str) -> bool:
    """Whether what stands between two blanks holds a word to set right."""
    return any(_right(word.lower()) != word.lower() for word in _WORD.findall(token))


def respelled(text: str) -> str:
    """The text with swapped letters in words of the trade set right, each word in its place and length."""
    if not any(map(_is_wrong, [token for token in set(text.split()) if len(token) >= _SHORTEST])):
        return text
    wrong = {word: right for word in set(_WORD.findall(text)) if (right := _right(word.lower())) != word.lower()}
    in_place = {word: (right.capitalize() if word[0].isupper() else right).ljust(len(word)) for word, right in wrong.items()}
    return _WORD.sub(lambda match: in_place.get(match.group(), match.group()), text)
