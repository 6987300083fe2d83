"""Names that nothing marks as names: capitalised words that are no words of English or of the field, with what stands beside.

This is the net below labels, titles and credentials (`known.py`): a name of an unseen layout falls into it because nobody
knows it, not because somebody foresaw how it would be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ionm_notes.phi.lexicon import is_field_word, is_given, is_surname, is_word

_TOKEN = re.compile(
    r"(?:(?<![\w@/.\\'’-])|(?<=S[tT]\.-))[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’-][^\W\d_]+)*(?![^\W_]|@)(?![.-]\w+\.\w|\.\w{2,})"
)
_JOINT = re.compile(
    r"[ ]{1,2}|,[ ]?|-|\^|[ ](?:de|van|von|der|den|la|del|da|di|bin|ibn|al|el|y)[ ](?:(?:der|den|la)[ ])?|[ ][\"“(']"
)
_DOTTED = ("St", "ST", "Mt", "Ft", "N", "S", "E", "W", "Jr", "Sr")
"""Short forms within a name, after which a dot ends no sentence."""
_EPONYM = re.compile(
    r"(?:['’]s)?[ ](?:table|frame|clamp|pins?|tongs|head ?holder|catheter|retractors?|rods?|malformation|disease|syndrome|palsy|rongeurs?|curettes?|"
    r"forceps|criteria|classification|fissure|ganglion|triangle|stimulator|Stimulator|Table|Frame|Disease|Syndrome|Palsy|probes?|reflex(?:es)?|signs?|headholder|pinion|angle|software|Software|system|System)\b"
)
"""What follows a name that is a thing's and nobody's: 'Jackson table'."""
_INITIAL = re.compile(r"[A-Z]\.?")
_LANDS = re.compile(
    r"falls|harbou?r|beach|springs|valley|heights|grove|creek|hills?|park|city|town|island|county|lakes?|ridge|point|port|new|"
    r"north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|saint|st|mount|fort|bay|rivers?|village|township|parish|borough|"
    r"memorial|general|regional|community|lower|upper|grand|prairie|plains?|mesa|canyon|woods?|glen|oaks?|pines?|"
    r"meadows?|crossing|junction|landing|shores?|coast|cove|sound|cape|isle|rock|wells|high|green|red|white|black|big|little|"
    r"rio|villa|vista|del|los|las|san|santa|el|la"
)
"""Words that are a part of a place's name beside one that nobody knows."""
_SHORT = re.compile(r"[A-Z][a-z]")
"""Ng, Xu, Li: names beside another name."""
_FEWEST_CAPITALS = 5
"""Letters of a word in capitals from which on it is no short form."""
_FEWEST_LETTERS = 3
_WORDS_OF_CAPITALS = 4
"""Words of a line from which on capitals are its way of writing."""
_SPEAKER = re.compile(
    r"(?:^|\n)[ \t\[(]*(?:\d{4}-\d\d-\d\d[ T]+|\d{1,2}/\d{1,2}(?:/\d{2,4})?[ ]+)?\d{1,2}:?\d\d(?::\d\d)?(?:[ ]?[ap]m?)?[\])]?[ \t;|-]*$"
)
"""What stands before who speaks: the time of a line."""
_HARDLY = frozenset(
    ("a", "an", "in", "the", "will", "an", "many", "else", "so", "my", "so", "per", "to", "be", "do", "no", "yes", "been")
)


def strangers_in(text: str) -> Iterator[tuple[int, int]]:
    """Where runs of capitalised words stand of which at least one is no word, or that read as a given name and a surname."""
    capitals = _in_capitals(text)
    for run in _runs(text):
        kept = _named(run, any(low <= run[0].start() < high for low, high in capitals)) or _in_sentence(run)
        if kept and not (len(kept) == 1 and _EPONYM.match(text, kept[0].end())):
            yield kept[0].start(), kept[-1].end()


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Capitalised words that stand beside one another."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if run and not _beside(run[-1].group(), text[run[-1].end() : token.start()]):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _beside(before: str, between: str) -> bool:
    if before in _DOTTED or len(before) == 1:
        between = between.removeprefix(".") or " "
    return _JOINT.fullmatch(between) is not None


def _in_capitals(text: str) -> list[tuple[int, int]]:
    """Lines that are written in capitals throughout, where capitals say nothing of short forms."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    return [(low, high) for low, high in lines if text[low:high].isupper() and len(text[low:high].split()) >= _WORDS_OF_CAPITALS]


def _in_sentence(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """A word that may be a name and stands with a capital in the middle of a sentence, or as who speaks in a log."""
    text, first, last = run[0].string, run[0], run[-1]
    if any(not _may_be_name(token.group()) for token in run):
        return []
    within = re.search(r"(?:[a-z]{2,},?|\b(?:I|a)) $", text[max(0, first.start() - 20) : first.start()])
    speaks = _SPEAKER.search(text[max(0, first.start() - 40) : first.start()]) and text[last.end() : last.end() + 1] in (":", ">")
    aside = text[: first.start()].endswith(", ") and re.match(r" [a-z]{2}", text[last.end() : last.end() + 3])
    owns = re.search(r"['’]s$", last.group()) and re.match(r" [a-z]", text[last.end() : last.end() + 2])
    return run if within or speaks or aside or owns else []


def _may_be_name(word: str) -> bool:
    low = re.sub(r"['’]s$", "", word).lower()
    return not is_field_word(low) and (is_given(low) or is_surname(low)) and not word.isupper() and low not in _HARDLY


def _named(run: list[re.Match[str]], capitals: bool) -> list[re.Match[str]]:
    """The part of a run that is a name; nothing where none is."""
    while len(run) > 1 and _of_form(run[0].group()):
        run = run[1:]
    while len(run) > 1 and _of_form(run[-1].group()):
        run = run[:-1]
    words = [token.group() for token in run]
    odd = [number for number, word in enumerate(words) if is_stranger(word.title() if capitals else word)]
    if len(run) > 1:
        odd = sorted(
            {
                *odd,
                *(
                    number
                    for number, word in enumerate(words)
                    if _SHORT.fullmatch(word.title() if capitals else word) and not is_word(word.lower())
                ),
            }
        )
    if odd:
        low, high = odd[0], odd[-1]
        while low and _may_belong(words[low - 1]):
            low -= 1
        while high + 1 < len(words) and _may_belong(words[high + 1]):
            high += 1
        return run[low : high + 1]
    whole = [word.lower() for word in words if not _INITIAL.fullmatch(word)]
    if len(whole) == 2 and _reads_as_name(whole[0], whole[1], comma="," in _gap(run)):
        return run
    return []


def _of_form(word: str) -> bool:
    low = word.lower()
    return is_field_word(low) and not is_given(low) and not is_surname(low)


def _gap(run: list[re.Match[str]]) -> str:
    return run[0].string[run[0].end() : run[-1].start()]


def _reads_as_name(first: str, second: str, comma: bool) -> bool:
    """Two words that are a given name and a surname as well: 'Miles Green', 'Green, Miles'."""
    given, last = (second, first) if comma else (first, second)
    return (
        any(is_given(half) for half in given.split("-"))
        and is_surname(last)
        and not is_field_word(given)
        and not is_field_word(last)
    )


@cache
def is_stranger(word: str) -> bool:
    """Whether a capitalised word is no word; short ones in capitals are taken for short forms."""
    bare = re.sub(r"['’]s$", "", word)
    parts = [part for part in re.split(r"[-–]", bare) if part]
    return any(_odd(part) for part in parts)


def _odd(part: str) -> bool:
    plain = re.sub(r"['’]", "", part)
    if (
        len(plain) < _FEWEST_LETTERS
        or (plain.isupper() and plain.isascii() and len(plain) < _FEWEST_CAPITALS)
        or not part[0].isupper()
    ):
        return False
    if re.match(r"(?:O|D|L)['’][A-Z]|Mc[A-Z]|Mac[A-Z]", part):
        return True
    return not is_word(plain.lower()) and not is_word(part.partition("’")[0].partition("'")[0].lower())


def _may_belong(word: str) -> bool:
    """Whether a word beside a name is a part of it."""
    low = re.sub(r"['’]s$", "", word).lower()
    if _INITIAL.fullmatch(word) or _LANDS.fullmatch(low):
        return True
    if is_field_word(low):
        return False
    return is_given(low.partition("-")[0]) or is_surname(low) or not is_word(low)
