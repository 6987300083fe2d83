"""The surgeon as the one to whom a letter goes, as a name in brackets, or in the small letters of a chat.

A letter to the surgeon has no label: it has a name with a surgical department below it, or it greets by the first name the one whom it
then tells of 'your operating room'. A chat says 'we have dr stannard in 5'. Who signs the record is never taken for the surgeon here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ionm_notes.read.names import Name, names_in, surname
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

_BELOW = 2
"""Lines below a name in which the department of an address stands."""
_HEAD = 40
"""Lines of a letter among which the address stands."""
_GREETING = re.compile(
    r"^\W*(?:Dear\s+)?(?:(?:Dr|Doctor|Prof|Professor|Mr|Mrs|Ms)\.?\s+)?(?P<who>[A-Z][\w'’-]+(?:\s[A-Z][\w'’.-]+){0,2})\s*[,:]\s*(?:$|(?=Thank|It\s|I\s|We\s|Many|With|Your|Here|This|Please))"
)
_OF_ADDRESS = re.compile(r"^[\s>]*(?:To|Attn|Attention|For|Send\s+to)\W*(?=[A-Z])", re.I)


def addressed(reading: Reading, signers: Sequence[Name]) -> Name | None:
    """The surgeon to whom a letter goes; None where nobody is addressed, or whoever is has no surgical part in it."""
    words = vocabulary()
    lines = list(islice(reading.printed(), _HEAD))
    greeted = {m["who"].split()[-1].lower() for _, line in lines if (m := _GREETING.match(line))}
    to_you = words.regex("addressee.your-operation").search(reading.text) is not None
    for number, (start, line) in enumerate(lines):
        lead = _OF_ADDRESS.match(line)
        low = start + (lead.end() if lead else len(line) - len(line.lstrip()))
        name = next(iter(names_in(reading.text, low, start + len(line))), None)
        if name is None or name.start != low or not _doctor(name) or any(surname(name.name) == surname(s.name) for s in signers):
            continue
        rest = reading.text[name.end : start + len(line)].strip(" ,.;")
        below = _address([text for _, text in lines[number + 1 : number + 1 + _BELOW]])
        if rest and not lead and words.regex("addressee.department").search(rest) is None:
            continue
        about = f"{rest}\n{below}"
        if words.regex("addressee.no-surgeon").search(about):
            continue
        first = re.split(r"[\s.]+", name.name)[0].lower()
        if words.regex("addressee.department").search(about) or (to_you and greeted & {first, surname(name.name)}):
            return name
    return None


def _address(lines: Sequence[str]) -> str:
    """Lines of an address as far as the greeting."""
    whole = "\n".join(line for line in lines if len(line) <= _LONGEST or _DEAR.search(line))
    dear = _DEAR.search(whole)
    return whole[: dear.start()] if dear else whole


_DEAR = re.compile(r"\bDear\b|\b(?:Re|RE)\s*:")
_LONGEST = 110
"""Characters of the longest line of an address."""


def _doctor(name: Name) -> bool:
    professional = vocabulary().regex("people.professional-credential")
    return bool(name.title) or any(professional.match(credential) for credential in name.credentials)


def bracketed(reading: Reading) -> Iterator[Name]:
    """Names without credentials behind which 'surgeon' stands in brackets: 'Holloway (surgeon), Dunleavy (reader)'."""
    for match in vocabulary().regex("addressee.surgeon-in-brackets").finditer(reading.text):
        line = reading.text.rfind("\n", 0, match.start()) + 1
        for name in names_in(reading.text, max(line, match.start() - 60), match.start())[-1:]:
            if not reading.text[name.end : match.start()].strip(" ,"):
                yield name


def in_small_letters(reading: Reading) -> Iterator[Name]:
    """Surgeons whom a chat calls 'dr' in small letters, with words that make the operation theirs."""
    for match in vocabulary().regex("addressee.chat").finditer(reading.text):
        group = "who" if match["who"] else "whose"
        low, high = match.span(group)
        name = match[group].removesuffix("'s").removesuffix("’s").title()
        yield Name(name, (), low, high, "dr")
