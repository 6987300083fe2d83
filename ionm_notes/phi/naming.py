"""What in a record says that a name follows: labels, titles, relations, credentials, signatures; `strangers.py` needs none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.phi.persons import NOT_A_PART
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import names_in
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Case

_STAFF_FIELDS = ("surgeon", "assistant", "anesthesia", "professional", "technologist", "order")
_WORD = r"[A-ZÀ-Ö][\w'’.-]*"
NAME = rf"(?:{_WORD}(?:,[ ]?|[ ])){{0,3}}{_WORD}"
_RELATION = r"(?:wife|husband|spouse|partner|mother|father|parents?|daughter|son|sister|brother|guardian|caregiver|next of kin|NOK|emergency contact|guarantor|subscriber|insured|policy ?holder|responsible party|employer|employed by|works (?:at|for)|contact person|escort|interpreter for|relative)"
_RELATIVE = re.compile(
    rf"(?i:\b{_RELATION}(?:'s)?(?: name)?(?:[ \t]*\.{{2,40}}[ \t]*|[ \t]*[:=|(][ \t|]*|[ \t]*,[ ]|[ ]+(?:is[ ]|of[ ]|named[ ])?|\t))(?P<v>{NAME})"
)
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Master|MR|MRS|MS|Baby(?: boy| girl)?)\b\.?[ ]+(?P<v>{NAME})")
_BY = re.compile(
    r"\b(?:signed|authenticated|attested|dictated|transcribed|reviewed|verified|entered|printed|performed|prepared|approved|co-?signed|recorded|relieved|covered|faxed|scanned|sent|received|documented|completed|edited|created|finali[sz]ed|countersigned)"
    r"(?: electronically| off)?(?:[ ]by|[ ]to|[ ]from)?[ \t]*[:=|]?[ \t]*(?:/s/)?[ ]*",
    re.I,
)
_INTRODUCED = ("by", "to", "om", "d:", "d=", "d|", "y:", "s/", "f:")
"""How what stands before the name of someone who signed ends, where it says that a name follows."""
_LABELS_OF_NAMES = re.compile(
    r"(?<![\w])(?i:(?:(?:patient|pt|last|first|middle|maiden|full|legal|subject|client|member)[ ]?(?:'s)?[ ]?name|(?:last|first|given|family)(?=[ ]?[:;=])|surname|given name|family name|forename|alias|aka|a\.k\.a\.|name)[ \t]*(?:[:=|\t][ \t|]*|\.{2,40}[ \t]*))(?P<v>"
    + NAME
    + ")"
)

_CARETS = re.compile(r"(?<![\w^])(?P<v>[A-Z][A-Za-z'’-]+\^[A-Z][A-Za-z'’-]+(?:\^[A-Z][A-Za-z'’-]*)?)(?![\w])")
"""A name of an HL7 message."""
_CONTACT = re.compile(rf"\b(?i:contact|attention|attn|c/o|care of|cc|via)\b[ \t]*[:.]?[ ]+(?P<v>{NAME})")
_PT = re.compile(
    r"\b(?:pt|patient|Pt|PT|Patient)\b\.?[ \t]*[:=|]?[ \t]*(?P<v>[A-Z]\.?[ ]?[A-Z]\.(?:[A-Z]\.?)?|[A-Z]{2,3}(?=[,;\n\t]))"
)
"""A patient by initials."""
_ONE_NAME = re.compile(
    r"\b(?:tech|Tech|technologist|reader|neurologist|scrub|circulator|CRNA|nurse)[ \t]*[:=]?[ ](?P<v>[A-Z][a-z]+)(?=[ ]*(?:[,;.(\n\t]|$|\bin\b|\bwas\b))",
    re.M,
)
"""Staff by one name: 'tech Ingrid'."""


_STAFF_BEFORE = re.compile(
    r"(?:\b(?:Dr|DR|Drs|Prof|Nurse)\.?|\b(?i:surgeons?|assistants?|technologists?|techs?|neurologists?|readers?|an(?:a)?esth\w*|crna|physicians?|professionals?|providers?|residents?|fellows?|attendings?|nurses?|circulat\w+|scrub|monitorist|oversight|supervis\w+|interpret\w+|author|md|do|by|staff|team|operator|recorded|rep)(?:[ ](?:md|do|name))?[ \t]*[:=|/(]?)[ \t|]*$"
)
_STAFF_AFTER = re.compile(
    r"[ ]?[,/(-]{0,2}[ ]?\b(?:(?:[A-Z][.]?[ ]?)?(?:M\.?D|D\.?O|Ph\.?D|CNIM|CLTM|CRNA|RN|R\.? ?EE?G|R\.? ?EPT?|REPT|REEGT|DABNM|FAAN|FACS|PA-?C?|NP|CAA|CST|Au\.?D)\b|(?i:tech|technologist|md|surgeon|neuro\w*|reader|reading|an(?:a)?esth\w*|nurse|circulator|resident|fellow|attending|scrub|rep|remote|oversight|monitorist|ionm|iom)\b)"
)


def is_staff(text: str, start: int, end: int) -> bool:
    """Whether what stands beside a name says that a clinician bears it."""
    return _STAFF_BEFORE.search(text, max(0, start - 40), start) is not None or _STAFF_AFTER.match(text, end) is not None


_GREETED = re.compile(
    rf"(?:(?:^|\n)[ >]*(?:Dear|Hi|Hello|Hey|Good (?:morning|afternoon|evening)|Thanks|Thank you)|(?:^|\n)[ >]*(?i:best|(?:kind |best |warm )?regards|sincerely|thanks|cheers|yours(?: \w+)?|respectfully|cordially)[ ]*,\s*\n)\s+(?P<v>{NAME})(?=[ ]*(?:[,:\n-]|$))"
)
"""Who is greeted in a letter, and who signs it."""
_LETTERS = re.compile(r"(?<![\w.])(?P<v>[A-Z]\.[ ]?[A-Z]\.(?:[ ]?[A-Z]\.)?)(?![ ]?[A-Z][a-z]|\w)")
"""Initials with dots and no name behind them."""
_NO_LETTERS = re.compile(
    r"(?:MD|DO|PHD|RN|NP|PA|PC|OR|AM|PM|US|USA|IV|PO|EP|EEG|EMG|BP|DC|NY|LA|BS|BA|MS|MA|RT|NA|OD|SS|SSN|MRN|DOB|CNIM|TIVA|MAC|ET|ED|ER|ICU|EPT|AUD|IP|OP|VA|UE|LE|CSF|CT|MR|CP|IC|CO|ST|NO|IE|EG|II|III)"
)


_INITIALLED = re.compile(
    r"\b(?i:entered|initial(?:l?ed)?|logged|keyed|checked|verified|scanned|reviewed|posted)\b[^\n]{0,24}[ ](?P<v>[A-Z]{2,3})[ ]*$",
    re.M,
)


_SPEAKS = re.compile(
    r"^[\[(]?\d{1,2}:?\d\d(?::\d\d)?(?:[ ]?[AaPp]\.?[Mm]\.?)?[\])]?[ \t;|-]*(?P<v>[A-Z]{2,3})(?=[ ]?[:>])|\b(?i:user|operator|by|tech|init(?:ial)?s?|author)[ ]?[:=][ ]?(?P<w>[A-Z]{2,3})(?=[ ]*(?:[,;)\t]|[ ]{2}|$))",
    re.M,
)
_NO_SPEAKER = re.compile(
    r"BP|HR|MAP|EMG|EEG|SEP|SSEP|MEP|TOF|OR|MD|RN|TA|AH|APB|ADM|FDI|EHL|GAS|TIB|UE|LE|BL|BIS|CO|SAT|DOB|MRN|IOM|ID|NO|PM|AM"
)


def initialled(text: str) -> Iterator[str]:
    """Initials at the end of a line that says what somebody did, and of who speaks in a log."""
    yield from (match["v"] for match in _INITIALLED.finditer(text))
    spoken = [match["v"] or match["w"] for match in _SPEAKS.finditer(text)]
    yield from (sign for sign in spoken if not _NO_SPEAKER.fullmatch(sign))


def greeted(text: str) -> Iterator[str]:
    """Names behind 'Dear' and below 'Sincerely'."""
    for match in _GREETED.finditer(text):
        yield from cut_name(match["v"])


def labelled(text: str) -> Iterator[str]:
    """Names of patients and those around them by label, relation or field of a message, and initials of patients."""
    for pattern in (_RELATIVE, _LABELS_OF_NAMES, _PT):
        for match in pattern.finditer(text):
            yield from cut_name(match["v"])
    for match in _LETTERS.finditer(text):
        if not _NO_LETTERS.fullmatch(re.sub(r"\W", "", match["v"])):
            yield match["v"]
    yield from (" ".join(match["v"].split("^")) for match in _CARETS.finditer(text))


def titled(text: str) -> Iterator[str]:
    """Names behind Mr., Mrs. and the like."""
    for match in _TITLED.finditer(text):
        yield from cut_name(match["v"])


def with_credentials(name: str, text: str) -> bool:
    """Whether a name stands somewhere with a clinician's letters behind it."""
    return re.search(rf"{re.escape(name)},?[ ](?:CNIM|MD|M\.D\.|DO|PhD|RN|CRNA|REPT|R\.? ?EP|DABNM|Au\.?D)\b", text) is not None


def cut_name(value: str) -> list[str]:
    """A value that is a name, ending where it is one no more."""
    stop = vocabulary().regex("people.not-a-name")
    kept: list[str] = []
    for word in value.split():
        bare = word.strip(".,")
        if not bare or (stop.match(bare) and len(bare) > 1) or (bare.lower() in NOT_A_PART and kept and bare.isupper()):
            break
        kept.append(word)
    name = " ".join(kept).strip(" ,")
    return [name] if name and len(name) > 1 else []


def staff_named(reading: Reading, fields: Fields, case: Case | None) -> Iterator[str]:
    """Names of clinicians by label, title, credentials, signature, and as the reading of the case has them."""
    text = reading.text
    for item in fields.of(*_STAFF_FIELDS):
        for found in names_in(text, item.low, min(item.high, item.low + 120))[:2]:
            if found.credentials or found.title or found.start - item.low <= 4:
                yield found.name
    for found in names_in(text, 0, len(text)):
        if found.credentials or re.match(r"(?:Dr|DR|Prof)", found.title):
            yield found.name
    for match in _BY.finditer(text):
        for found in names_in(text, match.end(), min(len(text), match.end() + 60))[:1]:
            if found.start - match.end() <= 2 and (found.credentials or match.group().strip(" \t")[-2:].lower() in _INTRODUCED):
                yield found.name
    for match in _CONTACT.finditer(text):
        yield from (name for name in cut_name(match["v"]) if " " in name)
    for match in _ONE_NAME.finditer(text):
        if not vocabulary().regex("people.not-a-name").match(match["v"]):
            yield match["v"]
    if case is None:
        return
    seen = case.encounter
    for person in (seen.surgeon, seen.anesthesia_provider, *seen.assistants, *seen.professionals, *seen.technologists):
        if person is not None:
            yield person.name
    yield from (mark.by for mark in case.signatures if mark.by)
    yield from (spell.professional for spell in case.attendance if spell.professional)
