"""Gives a document written without capitals the capitals that names, credentials and sentences would have, for reading only.

Names are known by their capitals; a chat or an old terminal writes none. The length of a text never changes, and evidence
quotes the line as it was written.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from ionm_notes.ingest.quality import letters_in
from ionm_notes.read.clock import LIKE_A_CLOCK
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Line

_FEW = 0.02
"""Share of capitals among letters up to which a document counts as written without them."""
_MOST = 0.4
"""Share of lines wholly in small letters from which on a document may be one typed as dictated."""
_SPELLED = re.compile(r"(?<!\w)[A-Z0-9][A-Z0-9/.-]*(?!\w)")
"""What is spelled in capitals in any text: 'CNIM', 'EMG', 'L2-L3'."""
_LINE = 8
"""Characters from which a line without capitals is one that was written in small letters."""
_ENOUGH = 120
"""Letters that a text must have before its share of capitals says anything."""
_NAMED = ("patient", "facility", "surgeon", "assistant", "anesthesia", "professional", "technologist", "order", "signature")
_CREDENTIAL = (
    r"(?:m\.?d\.?|d\.?o\.?|ph\.?d\.?|mbbs|mbchb|d\.?abnm|au\.?d\.?|cnim|cltm|r\.?\s?eeg\.?\s?t\.?|r\.?\s?ep\.?\s?t\.?|crna|caa|"
    r"aprn|pa-c|rn|np|facs|faan)(?![\w'’])"
)
_WORD = r"[a-zà-öø-ÿ][a-zà-öø-ÿ'’-]*\.?"
_BEFORE_CREDENTIAL = expression(
    rf"(?P<name>{_WORD}(?: {_WORD}){{0,3}}),? (?P<cred>{_CREDENTIAL}(?:,? ?{_CREDENTIAL})*)", cased=True
)
_TITLE = expression(rf"\b(?P<title>drs?|prof|mrs?|ms)(?P<dot>\.? )(?P<name>{_WORD})", cased=True)
_SENTENCE = re.compile(r"(?:^|[.!?][\"')\]]?\s+|\t|:\s+)(?P<first>[a-zà-öø-ÿ])")
_PLACE = re.compile(
    rf"(?P<name>(?:{_WORD} ){{1,4}})(?P<kind>hospitals?|medical cent(?:er|re)|surg\w+ cent(?:er|re)|clinic|university|infirmary|institute|"
    r"medical (?:group|associates)|health(?:care)?(?: system)?|cent(?:er|re))\b"
)
_SHORT = re.compile(
    r"(?<![\w'’.-])(?:[lrb](?![\w'’.-])|(?:dob|mrn|dos|or(?= \d)|(?:[a-z]{1,2})?(?:ssep|mep|emg|sep|baep|baer|aep|eeg|vep)s?|tof|map|"
    r"tiva)(?![\w'’-]))|(?<=[lr]/)[lr](?![\w'’-])"
)
_SMALL = frozenset(["of", "the", "and", "at", "for", "in", "was", "performed", "our"])
_WRITTEN = expression(
    rf"(?P<name>[A-Z][a-zà-öø-ÿ'’-]{{2,}}),? (?i:{_CREDENTIAL})|\b(?:Dr|Mr|Ms|Mrs|Prof)\.? (?P<other>[A-Z][a-z'’-]{{2,}})",
    cased=True,
)
_COMMON = frozenset(
    [
        "at",
        "be",
        "if",
        "in",
        "is",
        "it",
        "no",
        "of",
        "on",
        "or",
        "to",
        "up",
        "us",
        "we",
        "me",
        "my",
        "do",
        "go",
        "so",
        "as",
        "an",
        "am",
        "by",
        "he",
        "per",
        "the",
        "and",
        "ear",
        "hip",
    ]
)
_LINE_VALUE = re.compile(r"[^\t|;(\d]{2,60}")


def recased(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with capitals put in: all, if the document has next to none; else the names in lines that have none."""
    letters, capitals = letters_in("".join([line.text for line in lines]))
    written = [line for line in lines if not line.text.isupper()]
    if capitals > _FEW * letters and sum(line.text.islower() for line in written) > _MOST * len(written):
        # Typed as dictated: nothing has a capital but what is spelled in capitals, below a head in capitals.
        letters, capitals = letters_in(_SPELLED.sub(" ", "\n".join(line.text for line in written)))
    if letters >= _ENOUGH and capitals <= _FEW * letters:
        names = set().union(*(_names(line.text.lower()) for line in lines))
        together = "\n".join(line.text for line in lines).lower()
        names |= {word for match in vocabulary().regex("patient.dictated").finditer(together) for word in _words(match["name"])}
        return tuple(replace(line, text=_capitals(line.text, names)) for line in lines)
    low = [index for index, line in enumerate(lines) if line.text.islower() and len(line.text) >= _LINE]
    if not low:
        return lines
    names = {(match["name"] or match["other"]).lower() for line in lines for match in _WRITTEN.finditer(line.text)}
    names |= set().union(*(_names(lines[index].text) for index in low))
    out = list(lines)
    for index in low:
        out[index] = replace(lines[index], text=_with_names(lines[index].text, names))
    return tuple(out)


@functools.cache
def _label() -> Expression:
    sources = [p.source for p in vocabulary().group("label") if p.id.removeprefix("label.") in _NAMED]
    return expression("|".join(f"(?:{s})" for s in sources), r"(?<![\w'’/-])", r"\s*(?:[:\t=]\s*|$)")


@functools.cache
def _abbreviations() -> frozenset[str]:
    """Muscles and nerves that are written with two to four capitals, in small letters."""
    short = (phrase for p in vocabulary().group("site") for phrase in p.phrases if re.fullmatch(r"[A-Z]{2,4}", phrase))
    return frozenset(phrase.lower() for phrase in short) - _COMMON


def _words(text: str) -> list[str]:
    """The words of a stretch that can be parts of a name."""
    not_a_name, term = vocabulary().regex("people.not-a-name"), expression(rf"^{_CREDENTIAL}$", cased=True)
    words = [word.strip(".,'’") for word in re.findall(_WORD, text)]
    return [w for w in words if len(w) > 1 and not not_a_name.match(w) and not term.match(w)]


def _names(text: str) -> set[str]:
    """Words of a line that stand where a name stands: behind a label or a title, before a credential."""
    found: set[str] = set()
    for match in _label().finditer(text):
        if match.group().endswith("\t") and LIKE_A_CLOCK.search(text, 0, match.start()):
            continue  # '07:20 | mpelham | tech | electrode placement opened': a column of roles in a log
        value = _LINE_VALUE.match(text, match.end())
        words = _words(value.group().split(",")[0] if value else "")
        if len(words) <= 4:
            found.update(words)
            found.update(_words(value.group().split(",")[1])[:2] if value and value.group().count(",") == 1 else ())
    for match in _BEFORE_CREDENTIAL.finditer(text):
        words = []
        for word in reversed(match["name"].split(" ")):
            if not _words(word) and len(word.strip(".")) > 1:
                break
            words.append(word.strip(".,"))
        found.update(w for w in words[:3] if len(w) > 1)
    found.update(word for match in _TITLE.finditer(text) for word in _words(match["name"]))
    return found


def _upper(written: str, text: str, low: int, high: int) -> str:
    """`text` with capitals from `low` to `high`, where `written` has a letter with a capital of one character."""
    return text[:low] + "".join(c.upper() if len(c.upper()) == 1 else c for c in written[low:high]) + text[high:]


def _with_names(text: str, names: set[str]) -> str:
    """The text with capitals at names, initials before them, titles and credentials behind a name."""
    out = text
    for match in re.finditer(_WORD, text):
        if match.group().strip(".,'’") in names:
            for part in re.finditer(r"(?:^|[-–])\w", match.group()):
                out = _upper(text, out, match.start() + part.start(), match.start() + part.end())
            for initials in re.finditer(r"(?<![\w'’])[a-z]\.? (?=(?:[a-z]\.? )*$)", text[: match.start()]):
                out = _upper(text, out, initials.start(), initials.start() + 1)
    for match in expression(rf"(?<=[\w.][, ]){_CREDENTIAL}|(?<=, ){_CREDENTIAL}", cased=True).finditer(text):
        if out[match.start() - 2].isalpha() or out[match.start() - 2] in ",.":
            out = _upper(text, out, match.start(), match.end())
    for match in _TITLE.finditer(text):
        out = _upper(text, out, match.start(), match.start() + 1)
    return out


def _capitals(text: str, names: set[str]) -> str:
    """The text with capitals at names, places, abbreviations, sides and where sentences begin."""
    out = _with_names(text, names)
    for match in re.finditer(_WORD, text):
        word = match.group().strip(".,'’")
        if word in _abbreviations():
            out = _upper(text, out, match.start(), match.start() + len(word))
    for match in _PLACE.finditer(text):
        for part in re.finditer(r"[^\W\d_][\w'’-]+", match.group()):
            if part.group() not in _SMALL:
                out = _upper(text, out, match.start() + part.start(), match.start() + part.start() + 1)
    for match in _SHORT.finditer(text):
        out = _upper(text, out, match.start(), match.end())
    for match in _SENTENCE.finditer(text):
        out = _upper(text, out, match.start("first"), match.start("first") + 1)
    return out
