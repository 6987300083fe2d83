"""Which words are words: English ones and those of the field; a capitalised word that is none is taken for somebody's name.

`words/english.txt` comes from SCOWL, `given.txt` and `surnames.txt` hold the names of the US Census that are English words as
well, `no_words.txt` those that only look like a form of one (`tools/make_words.py` made them, docs/licenses.md has their terms); `field.txt` is ours: studies, muscles, drugs, makers,
eponyms, short forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"
_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("es", "e"),
    ("s", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("ness", ""),
    ("er", ""),
    ("er", "e"),
)
_SHORTEST_STEM = 3
_PREFIX = re.compile(
    r"(?:intra|peri|pre|post|supra|infra|trans|retro|para|neuro|electro|cortico|hemi|micro|macro|hyper|hypo|endo|non|somato|tele|multi|cardio|thoraco|lumbo|cervico|occipito|fronto|temporo|cranio|spino)(?P<rest>[a-z]{5,})"
)
"""Before a word, a word again."""
_MEDICAL = re.compile(
    r"[a-z]{4,}(?:itis|ectom(?:y|ies)|otom(?:y|ies)|ostom(?:y|ies)|plast(?:y|ies)|desis|lysis|scop(?:y|ic)|pexy|rrhaphy|oma|omas|osis|otic|algia|path(?:y|ic)|plegi[ac]|pares(?:is|es)|esthe(?:sia|tic|tics|siologist|siology)|"
    r"uria|[ae]mi[ac]|graph(?:y|ic|ically)|gram|grams|metry|metric|log(?:y|ic|ical|ist|ists)|trop(?:y|ic|hy|hic)|listhesis|"
    r"cranial|spinal|vertebral|lumbar|sacral|thoracic|cervical|occipital|temporal|frontal|parietal|condylar|clavicular|scapular|costal|"
    r"physeal|ligament(?:s|ous)?|caine|curonium|fentan[iy]l|azepam|azolam|flurane|epam|olol|pril|sartan|statin|mycin|cillin|azole|phrine|amine|idine|opine)"
)
"""Words that medicine builds out of known parts."""


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset((_FOLDER / name).read_text(encoding="utf-8").split())


def stems(word: str) -> Iterator[str]:
    """What a word may be a form of: 'studies' of 'study'."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            yield word[: len(word) - len(ending)] + instead


@cache
def is_word(word: str) -> bool:
    """Whether lower-case letters are a word of English or of the field."""
    if word in _listed("no_words.txt"):
        return False
    forms = {word, *stems(word), *(further for stem in stems(word) for further in stems(stem))}
    if not forms.isdisjoint(_listed("english.txt")) or not forms.isdisjoint(_listed("field.txt")):
        return True
    if (american := re.sub(r"is(?=e[ds]?$|ing$|ations?$)", "iz", word)) != word:
        return is_word(american)
    prefix = _PREFIX.fullmatch(word)
    return _MEDICAL.fullmatch(word) is not None or (prefix is not None and is_word(prefix["rest"]))


def is_field_word(word: str) -> bool:
    """Whether lower-case letters are a term of the field."""
    return word in _listed("field.txt")


def is_given(word: str) -> bool:
    """Whether an English word is a given name, too: 'grace'."""
    return word in _listed("given.txt")


def is_surname(word: str) -> bool:
    """Whether an English word is a surname, too: 'banks'."""
    return word in _listed("surnames.txt")
