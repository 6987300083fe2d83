"""The facility and the towns that a record names, and the street of an address that stands in lines of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.phi.lexicon import is_field_word, is_word
from ionm_notes.phi.shapes import shapes_in
from ionm_notes.read.fields import Fields
from ionm_notes.read.identity import read_facility
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Case

_CAPITALISED = r"[A-Z][\w'’.-]+"
_TOWN = re.compile(rf"(?P<v>{_CAPITALISED}(?:[ ]{_CAPITALISED}){{0,2}}),?[ ]+[A-Z]{{2}}\.?(?:[ ]+\d{{5}}(?:-\d{{4}})?)?$")
_GENERIC = re.compile(
    r"the|an?|in|out|of|for|and|at|&|inpatient|outpatient|ambulatory|acute|care|teaching|community|university|hospitals?|medical|surgery|surgical|clinic|center|"
    r"centre|department|group|health|healthcare|associates|operating|room|spine|brain|heart|children(?:['’]s)?|women['’]s|general|regional|main|"
    r"north|south|east|west|campus|system|operations|services|sciences"
)
"""Words that name no facility by themselves, nor together."""
_DWELLS = re.compile(
    r"(?i:\b(?:liv(?:es|ed|ing)|resid(?:es|ed|ing)|resident|home|office|based|born|works?|clinic|town|moved|lab|native|travell?ed|drove|transferred|flown|returned|discharged|(?:dr|mr|mrs|ms)\.? [\w'’-]+(?= of))\b)(?:[ ][\w'’]+){0,5}?[ ](?:in|from|near|to|at|of)[ ](?P<v>[A-Z][a-z'’.-]+(?:[ ][A-Z][a-z'’.-]+){0,2})"
)
"""A town by what somebody does there."""
_LAND = re.compile(
    r"\b(?:in|of|from|near|at|to)[ ](?P<v>(?:(?:Saint|St\.|Mount|Mt\.|Fort|Ft\.|Port|Lake|New|Cape|Glen|Point|Grand|Los|Las|San|Santa|El|La)[ ][A-Z][a-z'’]+|[A-Z][a-z'’-]+[ ](?:Falls|Harbou?r|Beach|Springs|Valley|Heights|Grove|Creek|Hills?|Park|City|Island|County|Lakes?|Ridge|Point|Bay|River|Village|Township|Parish|Junction|Crossing|Landing))(?:[ ][A-Z][a-z'’]+)?)\b"
)
"""A town by a part that is a piece of land."""
_SOMEWHERE = re.compile(
    r"[a-z),][ ](?:from|in|near|to|at|of)[ ](?P<v>[A-Z][a-z'’]+(?:[ ][A-Z][a-z'’]+){0,2})(?=[ ]?[.,;)]|[ ][a-z]|\n|$)"
)
"""Names behind a preposition in a sentence."""
_BEHIND_STREET = re.compile(r",[ ]*(?P<v>[A-Z][\w'’.-]+(?:[ ][A-Z][\w'’.-]+){0,2})(?=[ ]*(?:[.,;]|\n|$))")
_CITY = re.compile(r"(?<![^\W_])(?i:city|town|village)[ \t]*[:;=][ \t]*(?P<v>[A-Z][\w'’.-]+(?:[ ][A-Z][\w'’.-]+){0,2})")
_ORGANISATION = re.compile(
    r"(?<![\w])(?:[A-Z][\w'’&.-]*[ ](?:(?:&|and|AND|of|OF|the|THE)[ ]){0,2}){1,6}(?:LLC|L\.L\.C\.|PLLC|Inc\.?|P\.C\.|LLP|Ltd\.?|(?i:health|healthcare|hospitals?|clinic|medical (?:center|centre|group)|health system|infirmary|associates|surgery center|surgicenter|surgical (?:center|hospital|institute)|memorial|institute|pavilion|sanatorium|university|(?:spine|cancer|heart|brain|trauma|neuroscience|specialty|orthop(?:a)?edic) (?:center|centre|institute|hospital)))(?![\w])(?:[ ](?i:center|centre|system|hospital|network|group|clinic|institute|campus)\b)*(?:[ ](?:of|at)[ ](?:the[ ])?[A-Z][\w'’.-]+(?:[ ][A-Z][\w'’.-]+)?)?"
)
_OF = re.compile(
    r"(?<![\w])(?:University|College|Hospital|Medical Center|Children['’]s Hospital|Sisters|Clinic)(?:[ ]Hospitals?)?[ ](?:of|at)[ ](?:the[ ])?[A-Z][\w'’.-]+(?:[ ][A-Z][\w'’.-]+){0,3}"
)
_LABELLED = re.compile(
    r"(?<![\w])(?i:facility|hospital|location|site|campus|institution|performed at|service location|location of service|place|center)(?:[ ]name)?[ \t]*(?:[:=]|\.{2,40})[ \t|]*(?P<v>[A-Z][^\n\t|;:,()/\d]{3,60}?)(?=[ ]{2,}|[\n\t|;,(/]|$)"
)
"""A facility by its label."""


def facilities(reading: Reading, fields: Fields, case: Case | None) -> set[str]:
    """What the record calls the places of the service and the employers and companies that it names."""
    found = {value.strip(" .,") for value in _facilities(reading, fields, case)}
    found |= {_own(value) for value in found}
    return {value for value in found if len(value) > 3 and not is_generic(value) and not is_word(value.lower())}


def towns(text: str) -> Iterator[str]:
    """Towns that an address or a sentence names; they are masked where they stand alone, too."""
    stop = vocabulary().regex("people.not-a-name")
    for pattern in (_DWELLS, _LAND):
        for match in pattern.finditer(text):
            if not stop.match(match["v"]) and not is_generic(match["v"]):
                yield match["v"]
    yield from (match["v"].strip("_") for match in _CITY.finditer(text))
    for match in _SOMEWHERE.finditer(text):
        words = [re.sub(r"['’]s$", "", word) for word in match["v"].lower().split()]
        if (
            not any(is_field_word(word) for word in words)
            and not is_generic(match["v"])
            and (len(words) > 1 or not is_word(words[0]))
        ):
            yield match["v"]
    for mention in shapes_in(text):
        if mention.kind == "address" and (behind := _BEHIND_STREET.match(text, mention.end)):
            yield behind["v"]
        if mention.kind == "place" and (town := _TOWN.search(text[mention.start : mention.end])):
            yield town["v"]


def streets(reading: Reading) -> Iterator[str]:
    """The line above one that begins with a town and its ZIP, where it may be a street's."""
    above = ""
    for line in reading.lines:
        text = line.text.strip()
        starts = [mention.start for mention in shapes_in(text) if mention.kind == "place" and re.search(r"\d{5}", text)]
        if above and any(not re.search(r"[^\W\d_]", text[:start]) for start in starts):
            value = re.split(r"[:\t|]|[ ]{3,}|\.{2,}", above)[-1].strip(" .,")
            if re.match(r"(?:\d|P\.?[ ]?O\b|One\b|Suite\b|[A-Z]\w+[ ](?:Road|Route|Street|Lane))", value) and 4 < len(value) < 70:
                yield value
        above = text


def is_generic(place: str) -> bool:
    """Whether what is said of a place names none: 'the outpatient hospital'."""
    words = [word.strip(".,'’").lower() for word in place.split()]
    return all(_GENERIC.fullmatch(word) or is_field_word(word) or len(word) < 2 for word in words)


def _own(place: str) -> str:
    """What comes before the words that any facility has: 'Hope Mills' of 'Hope Mills Brain and Spine Institute'."""
    words = place.split()
    cut = next((number for number, word in enumerate(words) if is_generic(word)), len(words))
    return " ".join(words[:cut]) if cut > 1 else ""


def _facilities(reading: Reading, fields: Fields, case: Case | None) -> Iterator[str]:
    if read := read_facility(reading, fields):
        yield read[0]
    if case is not None and case.encounter.facility:
        yield case.encounter.facility
    for match in _ORGANISATION.finditer(reading.text):
        value = match.group()
        yield value
        if "," in value:
            yield value.split(",")[0]
    yield from (match.group() for match in _OF.finditer(reading.text))
    yield from (match["v"] for match in _LABELLED.finditer(reading.text))
    for match in vocabulary().regex("statement.facility").finditer(reading.text):
        value = match.group().strip()
        if len(value.split()) > 1 and value.split()[0][0].isupper():
            yield value.removeprefix("The ").removeprefix("At ")
