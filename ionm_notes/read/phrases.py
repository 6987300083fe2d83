"""Finds the phrases of the vocabulary in a text with spaCy, whatever case they are in: word for word, each mark a word of its own.

'T-d' is three words, 'extensor digitorum' two; between words stands one space or nothing, for a gap or an end of a line parts a
list of names and not a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ionm_notes.light_imports import without_spacy_command_line

_MARK = r"[^\w\s]|_"
"""English contractions and abbreviations mean nothing to a list of sites: every mark parts words, which is faster too."""


class Phrases:
    """Phrases with their ids, ready to be found."""

    def __init__(self, named: Iterable[tuple[str, Iterable[str]]]) -> None:
        """`named`: ids, each with its phrases."""
        with without_spacy_command_line():
            from spacy.attrs import LOWER
            from spacy.matcher import PhraseMatcher
            from spacy.tokenizer import Tokenizer
            from spacy.vocab import Vocab

        # Put together by hand, the tokenizer spares compiling the rules of a language.
        vocab = Vocab(lex_attr_getters={LOWER: str.lower})
        self._cut = Tokenizer(
            vocab,
            prefix_search=re.compile(rf"^(?:{_MARK})").search,
            suffix_search=re.compile(rf"(?:{_MARK})$").search,
            infix_finditer=re.compile(_MARK).finditer,
        )
        self._names = vocab.strings
        self._matcher = PhraseMatcher(vocab, attr="LOWER")
        for name, phrases in named:
            if cut := [self._cut(phrase) for phrase in phrases]:
                self._matcher.add(name, cut)

    def found(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The id, start and end of every phrase in a text, those within others too, by the place where they begin."""
        doc = self._cut(text)
        for key, first, last in sorted(self._matcher(doc), key=lambda hit: hit[1:]):
            yield self._names[key], doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
