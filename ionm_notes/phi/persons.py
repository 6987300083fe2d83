"""The people of a document: how a name becomes one person with parts and initials, and where the person is named in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ionm_notes.phi.lexicon import is_field_word, is_given, is_surname, is_word
from ionm_notes.phi.shapes import Kind, Mention

NOT_A_PART = frozenset((Path(__file__).parent / "words" / "not_a_part.txt").read_text().split())
"""Titles, particles and words of forms that stand beside names."""
_WHOLE_NAME = 3
"""Words of a name from which on a particle is none of its own: 'Anna de Vries', but 'Anna Le'."""
_CREDENTIAL = re.compile(r"(?:[A-Za-z]{1,2}\.){2,}[A-Za-z]?\.?|[A-Za-z]\.[A-Za-z]{1,2}\.?")
"""M.D., Ph.D. and the like, with what was cut off at the ends."""


@dataclass(slots=True)
class Person:
    """One person: the parts of the name in lower case, and whether a patient or relative, or staff, or a place of that name."""

    parts: set[str]
    kind: Kind
    initials: set[str] = field(default_factory=set)
    label: str = ""


def add(people: list[Person], name: str, kind: Kind) -> None:
    """Takes a name as written for one of the people, or for one more."""
    parts = parts_of(name)
    dotted = re.fullmatch(r"(?:[A-Z]\.?[ ]?){2,4}", name.strip())
    if dotted and name.replace(".", "").lower() in NOT_A_PART:
        return
    if dotted:
        parts = set()
    letters = {"".join(re.findall(r"[A-Z]", name))} if dotted else set()
    if not parts and not letters:
        return
    for person in people:
        # One surname in common is one person; two people of one name share a label, which hides more, not less.
        if (parts & person.parts and (parts <= person.parts or person.parts <= parts or surname_of(name) in person.parts)) or (
            letters & person.initials
        ):
            person.parts |= parts
            person.initials |= letters
            if kind == "name":
                person.kind = "name"
            return
    if not dotted and kind == "name" and "," not in name and len(parts) > 1:
        letters = {initials_of(name)}
    people.append(Person(parts, kind, {one for one in letters if len(one) > 1}))


def parts_of(name: str) -> set[str]:
    """The parts of a name in lower case, halves of a double name besides; none where it is made of words that name nobody."""
    words = [re.sub(r"['’]s$", "", word.strip(".,'’()[]:;_\"“”")) for word in re.split(r"[\s,/^]+", name)]
    particles = {"le", "de", "al", "el", "da", "van"} if len([word for word in words if len(word) > 1]) < _WHOLE_NAME else set()
    parts = {
        word.lower()
        for word in words
        if len(word) > 1
        and (word.lower() not in NOT_A_PART or (word.lower() in particles and word[0].isupper()))
        and not re.search(r"\d", word)
        and not _CREDENTIAL.fullmatch(word)
    }
    parts |= {half for part in parts for half in re.split(r"[-–]", part) if len(half) > 2}
    if all(_plain(part) for part in parts):
        return set()
    return {part for part in parts if not _of_field(part)}


def _of_field(part: str) -> bool:
    """Whether a part is a term of the field, which is masked with no name: 'Surgeon Halvorsen'."""
    halves = [half for half in part.split("-") if half]
    return all(is_field_word(half) and not is_given(half) and not is_surname(half) for half in halves)


def _plain(part: str) -> bool:
    """Whether a part is a word, or words with a hyphen, and no name that anybody has."""
    if "-" in part:
        return all(_plain(half) for half in part.split("-") if half)
    return is_field_word(part) or (is_word(part) and not is_given(part) and not is_surname(part))


def initials_of(name: str) -> str:
    """The first letters of a name in its order, the surname last."""
    last, comma, first = name.partition(",")
    words = f"{first} {last}".split() if comma else name.split()
    return "".join(word[0] for word in words if word[0].isupper() and word.strip(".,").lower() not in NOT_A_PART)


def surname_of(name: str) -> str:
    """The surname in lower case."""
    if "," in name:
        return name.split(",")[0].strip().lower()
    words = [word.strip(".,").lower() for word in name.split() if len(word.strip(".,")) > 1]
    words = [word for word in words if word not in NOT_A_PART]
    return words[-1] if words else ""


def people_in(text: str, people: Sequence[Person]) -> Iterator[tuple[Mention, str]]:
    """Where people are named, each with the label that stands for the person."""
    for person in people:
        strong = sorted(person.parts, key=len, reverse=True)
        if strong:
            one = rf"(?:{'|'.join(re.escape(part) for part in strong)})"
            run = re.compile(
                rf"(?<![^\W_])(?:[A-Z]\.?[ ]){{0,2}}{one}(?:(?:,[ ]?|[ ]|-|\^|\.[ ])(?:{one}|[A-Z](?:\.|(?=[ ,)|\n\t]|$))))*(?![^\W_])",
                re.I,
            )
            for match in run.finditer(text):
                found = match.group()
                if _is_name(found, strong):
                    start = match.start() + (len(found) - len(found.lstrip()))
                    yield Mention(person.kind, start, match.end()), person.label
        for letters in person.initials:
            dotted = r"\.?[ ]?".join(re.escape(letter) for letter in letters)
            for match in re.finditer(rf"(?<![\w.]){dotted}\.?(?![\w])", text):
                if "." in match.group():
                    yield Mention(person.kind, match.start(), match.end()), person.label


def _is_name(found: str, parts: Sequence[str]) -> bool:
    """Whether a match is a name and not a word of the same letters: that needs a capital, or another part beside it."""
    words = re.findall(r"[^\W\d_][\w'’-]*", found)
    known = [word for word in words if word.lower() in parts or any(word.lower() in part for part in parts)]
    everyday = [word for word in known if is_word(word.lower())]
    if len(known) == 1 and len(known[0]) < _WHOLE_NAME:
        return bool(known[0].istitle())  # not every LE of a record is Ms. Le
    if len(everyday) < len(known):
        return True
    return len(known) > 1 or (bool(known) and known[0][0].isupper())


def signs_in(text: str, signs: set[str]) -> Iterator[Mention]:
    """Where initials stand as a signature: a whole cell, or behind 'by', a dash or a bracket, or before a colon."""
    for sign in signs:
        v = rf"(?P<v>{re.escape(sign)})"
        for way in (
            rf"(?:(?<=\t)|(?<=\|)|^)[ ]*{v}[ ]*(?=[\t|]|$)",
            rf"(?:\b(?:by|per|init(?:ial)?s?|sign(?:ed|ature)?|sgd|tech|from|user)[ .:=]{{1,3}}|[-–—/][ ]?|[\[(]|\d[ ](?=[A-Z]{{2,3}}[ ]*$)){v}(?=[ ]*(?:[\])|,;:.]|[ ]{{2}}|\t|$))",
            rf"^(?:[\[(]?\d{{1,2}}:?\d\d(?::\d\d)?[\])]?[ -]*)?{v}(?=[ ]?[:>])",
        ):
            for match in re.finditer(way, text, re.M):
                yield Mention("staff", *match.span("v"))


def label_all(people: Sequence[Person]) -> None:
    """Gives each person what stands in its place."""
    number, others = 0, 0
    for person in people:
        if person.kind == "staff":
            number += 1
            person.label = f"Person {_in_words(number)}"
        else:
            others += 1
            person.label = "[PATIENT]" if others == 1 else f"[NAME {others}]"


def _in_words(number: int) -> str:
    """A number as one word in letters, so that 'Person Two' is read as a name is, and a copy audits as its original."""
    small = (
        "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen"
    )
    words = [*small.split(" "), "Nineteen"]
    tens = ("Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
    if number < len(words):
        return words[number]
    return tens[min(number, 99) // 10 - 2] + (words[min(number, 99) % 10].lower() if min(number, 99) % 10 else "")
