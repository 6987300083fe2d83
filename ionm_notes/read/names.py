"""Names as records write them: titles, initials, particles, capitals, with the credentials behind them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.vocabulary import vocabulary

UPPER = "A-ZÀ-ÖØ-ÞĀ-ɏẠ-ỹ"
LOWER = "a-zß-öø-ÿĀ-ɏẠ-ỹ"
"""Letters that begin names and go on in them. Beyond Latin-1 great and small letters alternate, so both hold all of those ('Željko Marić')."""
_ELIDED = rf"(?:(?<![\w'’])(?:[Dd]ell|[Dd]all|[Nn]ell|[Ss]ant|[{UPPER}]|d|l)['’](?=[{UPPER}][{LOWER}]))"
"""What is joined to a name by an apostrophe: 'Dell'Orso', 'N'Diaye', 'd'Arcy'."""
_PART = (
    rf"(?:{_ELIDED}|Mc|Mac|(?<![a-z])(?:de|van|von|der|la) |el-|al-|Al-|El-|St\. )?"
    rf"[{UPPER}][{LOWER}'’]+(?:[-–](?:[{UPPER}][{LOWER}]{{0,3}}['’](?=[{UPPER}][{LOWER}]))?[{UPPER}]?[{LOWER}'’]+)*"
)
_CAPS = rf"(?:(?<![\w'’])[{UPPER}]['’](?=[{UPPER}]))?[{UPPER}]{{2,}}(?:['’-](?:[{UPPER}]['’])?[{UPPER}]{{2,}})*"
_INITIAL = rf"[{UPPER}]\.?(?:[- ]?[{UPPER}]\.)?"
_TITLE = r"(?:(?:Drs|Dr|Doctor|Professor|Prof|Mr|Mrs|Ms|Miss|Mx|DR|PROF|MR|MS|Col|Capt|Cpt|Maj|Lt|LTC|Cmdr|CDR|Sgt|Sister|Nurse)\.?[ ]+)+(?:dr\.?[ ]+|med\.?[ ]+)?"
_DEGREE = r",[ ]?(?:M\.?D|D\.?O|Ph\.?D|DABNM|MBBS|CNIM|CLTM|R\.)(?!\w)"
"""What may stand behind initials that follow a surname: 'VARGA E, MD'."""
NAME = (
    rf"(?:{_PART}|{_CAPS}),[ ]?(?:{_PART}|{_CAPS}|[{UPPER}]\.)(?:[ ]{_INITIAL}(?!\w))?(?=[ ]*(?:$|[\n\t(;|·]|DOB|MRN|,?[ ]*(?:M\.?D|D\.?O|Ph\.?D|DABNM|MBBS|CNIM|CLTM|R\.)(?!\w)))"
    rf"|(?:{_INITIAL}[ ]+){{0,2}}(?:{_PART}|{_CAPS})(?:[ ]+(?:{_INITIAL}(?=[ ]|{_DEGREE})|{_PART}|{_CAPS}|de|van|von|der|den|la|bin|al|el))*"
)
_NAME = expression(rf"(?P<title>{_TITLE})?(?P<name>{NAME})", cased=True)
DOCTOR = re.compile(
    rf"\b(?:Dr|DR|Prof|PROF)\.?[ ]+(?:dr\.?[ ]+)?(?P<name>(?:{_INITIAL}[ ]+){{0,2}}(?:{_PART}|{_CAPS})(?:[ ](?:{_INITIAL}(?=[ ])|{_PART}))*)"
)


BY_TITLE = re.compile(r"\b(?:Dr|Doctor|Prof)\b\.?\s+(?:[A-Z]\.\s*)*(?P<name>(?![a-z])[^\W\d_][\w'’-]{2,})")
"""A doctor by one word of the name, as running text has it: 'Dr. Brandt of anesthesia'."""
_LEAD = re.compile(r"\s*[,(/]?\s*(?:and\s)?")
_SPELLED_OUT = re.compile(r"[A-Z](?:-[A-Z]){2,},?\s")
"""'Winifred Stavros, S-T-A-V-R-O-S, MD'."""
_DOTTED = re.compile(r"\.(?:,|\s?\()")
_GIVEN = re.compile(
    rf",[ ](?P<name>[{UPPER}][{LOWER}'’-]+(?:[ ][{UPPER}]\b\.?)?)(?=[ ]*(?:$|[\n\t(]|[-–—|;][ ]|on\b|at\b|\d))", re.MULTILINE
)
"""The given name behind the degree, as programs of hospitals list people: 'Lindqvist, MD, Harald (02/18/2025)', 'Kerr, MD, Ana R'."""
_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"[A-Z]\.?")
_REGISTERED = re.compile(r"R\.?\s?(?:EEG|EP|NCS)\.?\s?T\b")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written with the credentials behind it; offsets cover both."""

    name: str
    credentials: tuple[str, ...]
    start: int
    end: int
    title: str


def _credentials(text: str, at: int) -> tuple[tuple[str, ...], int]:
    credential = expression(vocabulary().regex("people.credential").pattern, "", r"(?![\w'’])")
    out, end = [], at + bool(_DOTTED.match(text, at))  # 'Ridley, P., MD', 'Ridley, P. (CNIM)'
    while True:
        lead = _LEAD.match(text, end)
        low = lead.end() if lead else end
        match = credential.match(text, low) if text[low : low + 1].isupper() else None
        if match is None and (letters := _SPELLED_OUT.match(text, low)):
            low = letters.end()
            match = credential.match(text, low)
        if not match or (low == end and end == at and match.start() == at):
            break
        word = match.group()
        if "\n" in text[end:low] or "\t" in text[end:low]:
            break
        end = match.end()
        if text[end : end + 1] == "." and word.count(".") and not word.endswith("."):
            end += 1
        out.append(re.sub(r"[.\s-]", "", word).upper())
    return tuple(out), end


_OWN = re.compile(r"['’]s$")
"""'Dr. Lindgren's log-in' is about Lindgren."""


@functools.lru_cache(maxsize=8192)
def is_no_name(word: str) -> bool:
    """Whether a word opens, or is, something else than a name: a place, a verb, a heading (`people.not-a-name`)."""
    return vocabulary().regex("people.not-a-name").match(word) is not None


def names_in(text: str, low: int, high: int) -> list[Name]:
    """Names between two offsets, with their credentials; words that cannot be names are left out."""
    credential = expression(vocabulary().regex("people.credential").pattern, "^", "$")
    found: list[Name] = []
    # A stretch that begins inside a word would give half a name.
    while 0 < low < high and text[low - 1].isalpha() and text[low].isalpha():
        low += 1
    at = low
    while at < high:
        match = _NAME.search(text, at, high)
        if not match:
            break
        start, name = match.start("name"), match["name"]
        words = list(_WORD.finditer(name))
        keep = len(words)
        for index, word in enumerate(words):
            bare = word.group().strip(".,")
            if (
                is_no_name(bare) or (index and len(bare) <= 5 and bare.isupper() and credential.match(bare))
            ) and not _LETTER.fullmatch(word.group()):
                keep = index
                break
        if keep == 0 or (words and keep < len(words) and all(_LETTER.fullmatch(w.group()) for w in words[:keep])):
            at = start + (words[0].end() if words else 1)
            continue
        if keep > 2 and words[0].end() > 1 and words[0].group() == "".join(w.group()[0] for w in words[1:keep]):
            start, name = start + words[1].start(), name[words[1].start() :]  # 'TR Tom Reyes' in a legend of initials
            keep, words = keep - 1, list(_WORD.finditer(name))
        # 'Saoirse Flynn R. EEG T.': the R is no initial
        keep = next((n for n in range(1, keep) if _REGISTERED.match(text, start + words[n].start())), keep)
        end = start + words[keep - 1].end()
        name = _OWN.sub("", text[start:end].rstrip(" ,."))
        if name.isupper() and len(name.split()) == 1 and not match["title"] and (len(name) < 4 or credential.match(name)):
            at = end
            continue
        credentials, stop = _credentials(text, start + len(name))
        given = _GIVEN.match(text, stop, high) if credentials and " " not in name and not match["title"] else None
        if given is not None and not is_no_name(given["name"].split()[0]):
            name, stop = f"{name}, {given['name']}", given.end("name")
        found.append(Name(name, credentials, match.start() if match["title"] else start, stop, (match["title"] or "").strip()))
        at = max(stop, end)
    return found


@functools.lru_cache(maxsize=4096)
def surname(name: str) -> str:
    """The part of a name that others use for the person, lower case."""
    if "," in name:
        return name.split(",")[0].strip().lower()
    parts = [p for p in name.split() if len(p.strip(".")) > 1]
    return (parts[-1] if parts else name).lower()


@functools.lru_cache(maxsize=1024)
def given_name(name: str) -> str:
    """The first name by which colleagues speak of a person; '' where none is written or it is a word of every record ('Will', 'Mark')."""
    first = name.split(",")[1].split() if "," in name else name.split()[:-1]
    given = first[0].strip(".") if first else ""
    return "" if len(given) < _SHORTEST_GIVEN or vocabulary().regex("people.given-word").match(given) else given


_SHORTEST_GIVEN = 3
"""Letters of the shortest first name that is told from initials."""


@functools.lru_cache(maxsize=1024)
def standing(word: str, *, cased: bool = False) -> Expression:
    """Where a surname or initials stand as a word of their own."""
    return Expression(rf"(?<!\w){re.escape(word)}(?!\w)", cased=cased)


@functools.lru_cache(maxsize=1024)
def lettered(surname: str) -> Expression:
    """Where the letters of a surname stand, within other words too."""
    return Expression(re.escape(surname))


def places_of(name: str, text: str) -> list[int]:
    """Where a text names somebody by surname."""
    return [match.start() for match in standing(surname(name)).finditer(text)]


@functools.lru_cache(maxsize=256)
def titled(name: str) -> Expression:
    """The expression for a person of a document, by surname or in full, with or without a title."""
    last, full = re.escape(surname(name)), re.escape(name)
    return Expression(rf"\b(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.?\s+)?(?:{full}|{last})(?:['’]s)?(?!\w)")


@functools.lru_cache(maxsize=4096)
def initials_of(name: str) -> str:
    """The first letters of all parts of a name, those of a double surname too: 'RMT' of 'Rosalind Mbeki-Torres'."""
    parts = name.split(",")[1] + " " + name.split(",")[0] if "," in name else name
    return "".join(part[0] for part in re.split(r"[\s-]+", parts.strip()) if part[:1].isupper())


@functools.lru_cache(maxsize=4096)
def initials_written(name: str) -> tuple[str, ...]:
    """The ways in which people sign with their initials: 'RMT' and 'RM' of 'Rosalind Mbeki-Torres', 'AH' of 'Ada Hale'; none of one letter."""
    short = initials_of(re.sub(r"-\w+", "", name))
    return tuple(dict.fromkeys(letters for letters in (initials_of(name), short) if len(letters) > 1))


def same_person(a: str, b: str) -> bool:
    """Whether two written names can be one person (surname equal, initials not against it)."""
    if surname(a) != surname(b):
        return False
    first_a = [p[0].lower() for p in re.split(r"[\s,]+", a) if p and p.lower().strip(".") != surname(a)]
    first_b = [p[0].lower() for p in re.split(r"[\s,]+", b) if p and p.lower().strip(".") != surname(b)]
    return not first_a or not first_b or first_a[0] == first_b[0] or "," in a or "," in b
