"""Finds the phrases of the vocabulary in a text, whatever case they are in: word for word, each mark a word of its own.

'T-d' is three words, 'extensor digitorum' two; between words stands one space or nothing, for a gap or an end of a line parts a
list of names and not a name. spaCy's PhraseMatcher finds the same, after a third of a second of start-up.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import cast

_WORD = re.compile(r" (?!\s)|[^\W_]+|[^\w\s]|_|\s+")
"""A space between words, a word, a mark, or a larger gap: together all of a text."""
_SPACE, _END = " ", ""
_Tree = dict[str, "_Tree | list[str]"]
"""What may follow a word; under `_END`, the ids of the phrases that end here."""


class Phrases:
    """Phrases with their ids, ready to be found."""

    def __init__(self, named: Iterable[tuple[str, Iterable[str]]]) -> None:
        """`named`: ids, each with its phrases."""
        self._tree: _Tree = {}
        for name, phrases in named:
            for phrase in phrases:
                place = self._tree
                for word in _WORD.findall(phrase.lower()):
                    if word != _SPACE:
                        place = cast(_Tree, place.setdefault(word, {}))
                ends = cast("list[str]", place.setdefault(_END, []))
                if name not in ends:
                    ends.append(name)

    def found(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The id, start and end of every phrase in a text, those within others too, by the place where they begin."""
        words = _WORD.findall(text)
        places = list(itertools.accumulate(map(len, words), initial=0))
        words = [word.lower() for word in words]
        words.append(_END)
        tree = self._tree
        for first in [index for index, word in enumerate(words) if word in tree]:
            place = cast(_Tree, tree[words[first]])
            at = first
            while place:
                at += 1
                for name in place.get(_END, ()):
                    yield name, places[first], places[at]
                at += words[at] == _SPACE
                place = cast(_Tree, place.get(words[at], {})) if words[at] else {}
