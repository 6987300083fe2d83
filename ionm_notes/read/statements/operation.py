"""What the operation was on: its site and kind, its side, its diagnosis codes, and who pays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.read.dates import find_dates
from ionm_notes.read.expression import expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading
from ionm_notes.read.sides import sides_of
from ionm_notes.read.statements.model import HISTORY, clip
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence, OperationSite, Proof


def operation_site(reading: Reading, procedure: str, scope: str) -> OperationSite | None:
    """Where the operation was (spine, cranial, neck ...), from the procedure, then the indication, then the whole record."""
    words = vocabulary()
    for text in (procedure, scope, reading.text):
        for name in _SITES:
            if words.regex(f"operation.site.{name}").search(text):
                if (
                    name == "neck"
                    and words.regex("operation.site.spine").search(text)
                    and not re.search(r"thyroid|parotid|neck dissection", text, re.I)
                ):
                    continue
                return name
    return "other" if procedure else None


_SITES: tuple[OperationSite, ...] = ("intracranial", "vascular_cardiac", "neck", "spine", "peripheral")


def operation_tags(procedure: str, proof: Proof, scope: str, scope_proof: Proof) -> tuple[tuple[str, ...], Proof]:
    """Kinds of operation that policies speak of, with their evidence: the procedure, or where it names no site the indication."""
    if not any(vocabulary().regex(f"operation.site.{name}").search(procedure) for name in _SITES):
        procedure, proof = scope, proof + scope_proof
    tags = []
    for pattern in vocabulary().group("operation.tag"):
        assert pattern.regex is not None
        if pattern.regex.search(procedure):
            tags.append(pattern.id.removeprefix("operation.tag."))
    return tuple(tags), proof if tags else ()


_ICD10 = expression(r"(?<![\w.-])[A-TV-Z]\d{2}\.[0-9A-Z]{1,4}(?![\w.-])", cased=True)


def read_icd10(reading: Reading, fields: Fields) -> tuple[str, ...]:
    """Diagnosis codes of the record in ICD-10-CM form, in order of place."""
    found = [match.group() for match in _ICD10.finditer(reading.text)]
    for item in fields.of("indication"):
        found += re.findall(r"(?<![\w.-])[MGCDISTQRJ]\d{2}(?![\w.-])", item.value(reading))
    return tuple(dict.fromkeys(found))


def payer_named(reading: Reading, fields: Fields) -> str | None:
    """The payer that the record names, in the words of the record."""
    for item in fields.of("payer"):
        value = item.value(reading).split("\n")[0].strip()
        if value:
            return value[:80]
    return None


_SIDED = expression(
    r"\b(?P<side>left|right)(?:[\s-]sided)?\s+(?:(?:middle|anterior|posterior|internal|superior)\s+(?:cerebral|communicating|inferior|carotid|cerebellar)\s+(?:artery\s+)?)?(?:\w+\s+){0,2}?(?P<what>carotid(?:\s+endarterectomy)?|CEA|craniotomy|craniectomy|retrosigmoid|retromastoid|suboccipital|schwannoma|vestibular|acoustic|parotid\w*|thyroid\w*|hemithyroid\w*|ulnar|median|peroneal|sciatic|brachial|hemifacial|facial|MVD|microvascular|microdiscectomy|discectomy|hemilaminectomy|foraminotomy|TLIF|aneurysm|MCA|frontal|temporal|parietal|temporal\s+lobectomy|acetabul\w+|hip|nephrectomy|laminotomy)\b",
)


_CRANIAL = frozenset(
    [
        "mvd",
        "microvascular",
        "hemifacial",
        "facial",
        "retrosigmoid",
        "craniotomy",
        "craniectomy",
        "retromastoid",
        "suboccipital",
        "schwannoma",
        "vestibular",
        "acoustic",
    ]
)


_BOTH_DISEASED = re.compile(r"\b(?:and|but|while|whereas),?\s+(?:the\s+)?(?:left|right)\s+(?:one\s+)?(?:is|was|has|at)\b", re.I)
_NERVES = frozenset(("ulnar", "median", "peroneal", "sciatic"))


def _site(what: str) -> str:
    """One word for the same site: 'cranial' for every way into the head."""
    word = re.sub(r"\W.*", "", what.lower())
    return "cranial" if word in _CRANIAL else {"cea": "carotid"}.get(word, word)


def read_laterality(
    reading: Reading, procedure: str, proof: Proof, emg_sides: tuple[str, ...], indication: tuple[str, Proof] = ("", ())
) -> Iterator[Proof]:
    """Sides that contradict each other: of the operation in two places, of a root and what was done for it, or of the operation and all its muscles."""
    seen: dict[str, dict[str, Evidence]] = {}
    for match in _SIDED.finditer(reading.text):
        unit = reading.unit_at(match.start())
        if unit is None:
            continue
        around = reading.text[max(unit.start, match.start() - 60) : min(unit.end, match.end() + 40)]
        if HISTORY.search(around) or expression(
            r"contralateral|opposite|control|MEP|SSEP|EMG|response|wave|nerve at|amplitude|stimulat"
        ).search(around):
            continue
        if find_dates(around) and re.search(r"\b20[01]\d\b", around) and not re.search(r"DOS|date", around, re.I):
            continue
        if _BOTH_DISEASED.search(around):  # 'the right carotid is shut and the left is ninety'
            continue
        what = _site(match["what"])
        if what in _NERVES and what not in procedure.lower():
            continue  # a nerve that was stimulated
        sided = {m["side"].lower() for m in _SIDED.finditer(reading.text, unit.start, unit.end) if _site(m["what"]) == what}
        if len(sided) > 1:  # 'left carotid stenosis of 85 %, right carotid occluded' is disease of both
            continue
        seen.setdefault(what, {}).setdefault(match["side"].lower(), clip(reading, unit, match.start(), match.end(), 30, 30))
    for places in seen.values():
        if len(places) > 1:
            yield tuple(places.values())
            return
    own = sides_of(procedure)
    if len(own) == 1 and (other := _other_side(reading, own)):
        yield (*proof, other)
        return
    if len(own) == 1 and _other_root(procedure, indication[0], own):
        yield (*proof, *indication[1])
        return
    if vocabulary().regex("operation.crossed").search(procedure):
        return  # a hemisphere moves the other side's muscles
    if len(own) == 1 and emg_sides and own[0] not in emg_sides and not re.search(r"\b(?:bilateral|both)\b", procedure, re.I):
        yield proof


def _other_root(procedure: str, indication: str, own: tuple[str, ...]) -> bool:
    """Whether a root was freed on one side for what it does on the other: 'right C6-7 foraminotomy' for 'left C7 radiculopathy'."""
    words = vocabulary()
    if not words.regex("operation.of-a-root").search(procedure) or not words.regex("operation.root-disease").search(indication):
        return False
    sides = sides_of(indication)
    return len(sides) == 1 and sides != own and not HISTORY.search(indication) and not _NOT_THE_SITE.search(indication)


def _other_side(reading: Reading, own: tuple[str, ...]) -> Evidence | None:
    """Where the record says that the operation was on the side that its own name does not have; None where nowhere."""
    words = vocabulary()
    for name in ("operation.side-stated", "operation.side-worked-on"):
        for match in reading.matches(words.patterns[name]):
            unit = reading.unit_at(match.start())
            sides = sides_of(match.group())
            if unit is None or len(sides) != 1 or sides == own or HISTORY.search(reading.unit_text(unit)):
                continue
            if not _NOT_THE_SITE.search(reading.unit_text(unit)):
                return reading.evidence(match.start(), match.end())
    return None


_NOT_THE_SITE = re.compile(
    r"\b(?:contralateral|opposite|position\w*|decubitus|tilt\w*|lateral\s+(?:side\s+)?up|graft\w*|harvest\w*|donor|control)\b",
    re.I,
)
"""Words beside which a side is not that of the operation."""
