"""Identifiers that are known by their shape or by the label before them: numbers, addresses, telephones, ages over 89.

Kinds are those of Safe Harbor, 45 CFR 164.514(b)(2)(i), by short names; `known.py` finds people, places and dates. What
has a check digit is held against it, so that a threshold or a code is not taken for an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "name",
    "staff",
    "address",
    "place",
    "date",
    "birth",
    "age",
    "phone",
    "fax",
    "email",
    "ssn",
    "mrn",
    "beneficiary",
    "account",
    "licence",
    "vehicle",
    "device",
    "url",
    "ip",
    "number",
]
"""`name`: patient and relatives; `staff`: clinicians; `place`: facility, town, state, ZIP; `number`: any other unique one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An identifier at `start`..`end` of a text."""

    kind: Kind
    start: int
    end: int


_SEP = r"(?:[\s_]{0,3}(?:#|no\.?|num(?:ber)?\.?|nr\.?|id)(?![a-z]))?(?:[ \t]*\.{2,40}|[ \t]*[:;#=|.(]{0,2})[ \t|]*"
_SURE_SEP = r"(?:(?:[\s_]{0,3}(?:#|no\.?|num(?:ber)?\.?|nr\.?|id)(?![a-z]))[ \t]*(?:\.{2,40}|[:;#=|.(]{0,2})|[ \t]*(?:\.{2,40}|[:;#=|]))[ \t|]*"
_VALUE = (
    r"(?P<v>(?:[A-Z]{1,3}[ ](?=\d))?(?=[\w.*-]*\d)[A-Z0-9*][A-Z0-9*]*(?:[-./_][A-Z0-9*]+)*(?:[ -]\d{2,}[A-Z0-9-]*){0,3})(?![\w@])"
)


def _labelled(labels: str, sep: str = _SEP) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?<!')(?:{labels}){sep}{_VALUE}", re.I)


_LABELLED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "ssn",
        re.compile(
            r"\b(?:SSN|S\.S\.N\.?|social security(?: (?:number|no\.?|#))?|SS ?#)[ \t:#.|]*(?P<v>[\dXx*]{3}[- ]?[\dXx*]{2}[- ]?\d{4})",
            re.I,
        ),
    ),
    ("ssn", re.compile(r"\b(?:SSN|social security)[^\n\d]{0,24}(?:last (?:four|4)|ending(?: in)?)[ \t:]*(?P<v>\d{4})\b", re.I)),
    (
        "beneficiary",
        _labelled(
            r"medicare(?: (?:beneficiary|claim))?|MBI|HICN?|medicaid|(?:member|subscriber|policy(?:holder)?|insurance|beneficiary|plan|group|grp\.?|payer|certificate)",
            _SURE_SEP,
        ),
    ),
    (
        "licence",
        _labelled(
            r"NPI|DEA|UPIN|(?:medical |state |nursing |professional |driver'?s )?licen[cs]e(?!\s*plate)|lic\.?|certificat(?:e|ion)|cert\.?|registration|badge|employee|CNIM(?=\s*#)|taxonomy"
        ),
    ),
    ("vehicle", _labelled(r"VIN|(?:licen[cs]e |number )?plates?|tag(?= no)|vehicle(?: id\w*)?")),
    (
        "device",
        _labelled(
            r"(?:device |implant |generator |machine |amplifier |unit )?serial|s/n|SN(?=\s*[:#])|UDI(?:-?[DP]I)?|(?:device|implant|machine|amplifier|asset|equipment|lead|pulse generator|catalog(?:ue)?|lot|ref)(?= ?(?:#|no\b|num|id\b|tag|:))(?: tag)?"
        ),
    ),
    (
        "mrn",
        _labelled(
            r"MRN?|M\.R\.N\.?|med(?:ical)?\.? rec(?:ord)?s?\.?|(?:unit|trauma|hospital|hosp\.?|chart|patient|pt|record|register|registration|person)(?= ?(?:#|no\b|num|id\b|record|rec\b))(?: rec(?:ord)?)?|PID|MPI|EMPI|EPI|subject\.mrn|h ?#"
        ),
    ),
    (
        "account",
        _labelled(
            r"acc(?:oun)?t\.?|CSN|FIN|HAR|guarantor|(?:visit|encounter|invoice|claim|bill|statement|authori[sz]ation|auth|pre-?cert(?:ification)?|referral)(?= ?(?:#|no\b|num|id\b|acc))(?: acc(?:oun)?t)?|ICN|DCN|PCN"
        ),
    ),
    (
        "number",
        _labelled(
            r"accession|acc(?=\s*#)|(?:case|study|order|report|document|doc|job|dictation|session|specimen|request|requisition|transcription|tracking|confirmation|file|message|batch|scan|image|recording|exam)(?= ?(?:#|no\b|num|id\b))|(?:job|dictation|document|accession|request|specimen|confirmation|session)(?=[ \t]*:)|control(?= ?(?:#|no|num|id))|identifier|ID(?=\s*[:#])|uid"
        ),
    ),
)
"""Label and value; a label that is an everyday word must say that a number follows."""

_GROUP = re.compile(r"\b(?:group|grp)\.?[ ]?(?:no\.?|number|#|id)?[ ]*(?P<v>\d{4,})(?![\w-])", re.I)

_BARE = re.compile(
    r"\b(?:job|dictation|accession|document|confirmation|tracking|transcription|session|requisition|visit|encounter|dictator|case|claim|policy|authorization|invoice|referral)[ \t]+(?P<v>\d{5,})(?![\w-])",
    re.I,
)

_CODED = re.compile(
    r"\b(?:case|exam|study|accession|order|encounter|session|log)\b(?:[ ](?:log|id|file))?[ \t:#|]+(?P<v>[A-Z]{1,5}-?\d{2,}(?:-[A-Z\d]+)+)(?![\w-])",
    re.I,
)
"""A number such as SR25-0311-06 straight behind what it is the number of."""

_TOKEN = re.compile(r"(?<![\w.,/:$+-])[A-Z\d]+(?:-[A-Z\d]+){0,5}(?![\w%]|[-./:]\d)")
_NO_NUMBER = re.compile(
    r"(?:[01]\d|2[0-3])[0-5]\d[0-5]\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?|[A-Z]?\d{4,5}-[A-Z\d]{2}|(?:[CTLS]\d{1,2}-?)+|\d{1,4}(?:-\d{1,4}){1,2}|[A-Z]\d{4}|(?:[CTLS]\d{1,2}-?[A-Z]{2,}-?)+"
)
"""Times with seconds, stamps, codes with modifiers, levels of the spine, ranges."""
_FEWEST_ALONE, _FEWEST_WITH_LETTERS = 6, 5
"""Digits from which on a value that nothing labels is taken for somebody's number."""
_HASHED = re.compile(r"(?<![\w])#[ ]?(?P<v>(?=[\w-]*\d{3})[A-Z\d]+(?:-[A-Z\d]+)*)(?![\w])")
"""A number behind '#' that is no step or level."""
_ROADS = r"Boulevard|Mews|Commons?|Trace|Path|Walk|Bend|Glen|Green|Heights|Landing|Estates|Village|Extension|Bypass|Freeway|Expressway|Causeway|Quay|Wharf|Rise|View|Vista|Passage|Grove|Pass|Street|St|Avenue|Ave|Av|Road|Rd|Boulevard|Blvd|Drive|Dr(?=\.?[ ]*(?:[,;|\n\t]|$|Apt|Unit|Ste|Suite|#))|Lane|Ln|Court|Ct|Way|Place|Pl|Circle|Cir|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Trail|Trl|Square|Sq|Loop|Alley|Crescent|Close|Row|Run|Pike|Turnpike|Plaza|Crossing|Ridge|Hollow|STREET|ST|AVENUE|AVE|ROAD|RD|BLVD|DRIVE|LANE|LN|COURT|CT|WAY|PLACE|CIRCLE"

_SHAPES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[^\W_][\w.+'’-]*[ ]?@[ ]?[\w-]+(?:\.[\w-]+)+")),
    ("url", re.compile(r"\b(?:https?|ftp)://[^\s|)>\]]+|\bwww\.[^\s|)>\]]+", re.I)),
    (
        "url",
        re.compile(
            r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|health|info|io|us|care|clinic|hospital)(?:/[^\s|)>\]]*)?(?![\w@.])",
            re.I,
        ),
    ),
    ("ip", re.compile(r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d{2,5})?(?![\w.]*\d)")),
    (
        "ip",
        re.compile(
            r"(?<![\w:])(?:[0-9A-F]{1,4}:){7}[0-9A-F]{1,4}(?![\w:])|(?<![\w:])(?:[0-9A-F]{1,4}:){1,6}(?::[0-9A-F]{1,4}){1,6}(?![\w:])",
            re.I,
        ),
    ),
    ("device", re.compile(r"(?<![\w:-])(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}(?![\w:-])", re.I)),
    ("device", re.compile(r"\(01\)\d{14}(?:\(\d{2}\)[\w-]+)*")),
    (
        "ssn",
        re.compile(
            r"(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])|(?<![\w-])(?:XXX|\*{3}|xxx)-?(?:XX|\*\*|xx)-?\d{4}(?![\w-])"
        ),
    ),
    (
        "fax",
        re.compile(
            r"\b(?:e-?fax|fax|facsimile|f)(?: (?:no\.?|number|#|to|at))?[ \t:.#|]{1,4}(?P<v>(?:\+?1[-. ]?)?(?:\(\d{3}\)[ -]?|\d{3}[-. ]?)?\d{3}[-. ]?\d{4})(?![\w-])",
            re.I,
        ),
    ),
    (
        "phone",
        re.compile(
            r"(?<![\w.+-])(?:\+?1[-. ]?)?(?:\(\d{3}\)[ -]?\d{3}[-. ]\d{4}|\d{3}-\d{3}-\d{4}|\d{3}\.\d{3}\.\d{4}|\d{3} \d{3}[ -]\d{4}|\d{3}/\d{3}-\d{4})(?:,?[ ]*(?:x|ext\.?|extension)[ .:]*\d{1,6})?(?![\w-])",
            re.I,
        ),
    ),
    ("phone", re.compile(r"(?<![\w.])\+(?:[2-9]\d{0,2})(?:[-. ]\(?\d{1,4}\)?){2,5}(?![\w-])")),
    (
        "phone",
        re.compile(
            r"\b(?:phone|ph|tel|telephone|cell|mobile|call(?:ed)?(?: back)?(?: at)?|callback|pager|beeper|paged(?: at)?|contact|voice|text|t|c|p|o|h|w)\b(?: (?:no\.?|number|#))?[ \t:.#|]{1,4}(?P<v>(?:\+?1[-. ]?)?(?:\(?\d{3}\)?[-. ]?)?\d{3}[-. ]?\d{4})(?![\w-])",
            re.I,
        ),
    ),
    ("phone", re.compile(r"\b(?:ext(?:ension)?|pager|beeper)\b[ .:#|]{0,3}(?:no\.?|number|#)?[ ]?(?P<v>\d{3,6})(?![\w-])", re.I)),
    ("phone", re.compile(r"(?<![\w.])x[. ]?\d{4,5}(?![\w-])")),
    (
        "age",
        re.compile(
            r"\b(?P<v>(?:9\d|1[0-2]\d))(?=[ -]?(?:years?|yrs?|y)[ ./-]?(?:olds?\b|o\b|of age|/o)|[ -]?y\.?[ ]?/?o\.?\b|[ -]?(?:y|yr|years?|yrs)[ -](?:male|female|man|woman|m|f)\b)",
            re.I,
        ),
    ),
    (
        "age",
        re.compile(
            r"\b(?:age[d]?|years of age)(?:[ ]?\(?(?:in )?(?:years|yrs?)\)?|[ ]at[ ]\w+(?:[ ]of[ ]\w+)?|[ ]?/[ ]?(?:sex|gender))?(?:[ \t]*\.{2,40}|[ \t:=|.]{1,6})[ \t]*(?:is[ ]|of[ ]|was[ ])?(?P<v>(?:9\d|1[0-2]\d))(?!\d|[.]\d|%)",
            re.I,
        ),
    ),
    (
        "age",
        re.compile(
            r"(?:\b(?:an?|this|the|our|your|my|is|was|at|now|turned)[ ](?:\w+[ ])?)(?P<v>(?:9\d|1[0-2]\d))[ \t]*-?$", re.I | re.M
        ),
    ),  # the line ends before 'year old'
    (
        "age",
        re.compile(
            r"(?<=[/|,;(\t])[ ]?(?P<v>(?:9\d|1[0-2]\d))[ ]?(?:y|yo|yrs?)?[ ]?(?=[/|,;)\t][ ]?(?:M|F|male|female|man|woman|X)\b|[MF]\b|[ ]?(?:male|female)\b)",
            re.I,
        ),
    ),
    ("age", re.compile(r"(?<=[MF]/|[MF] )(?P<v>(?:9\d|1[01]\d))(?=[ ]?(?:y|yo|yrs?)?[ ]*(?:[,;)|\t]|$))", re.M)),
    ("age", re.compile(r"(?<![\w.])(?P<v>(?:9\d|1[01]\d))(?=[MF](?:[ ,;.)]|$))", re.M)),
    (
        "age",
        re.compile(
            r"\b(?P<v>(?:ninety|(?:one |a )?hundred(?: and)?)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)(?=[- ]*(?:years?|yrs?)[- ](?:olds?\b|of age))",
            re.I,
        ),
    ),
    ("age", re.compile(r"\b(?P<v>nonagenarian|centenarian)s?\b", re.I)),
    ("age", re.compile(r"\bin (?:his|her|their) (?:early |mid-?|late )?(?P<v>nineties|90s|90's)", re.I)),
    ("address", re.compile(r"\bP\.?[ ]?O\.?[ ]?Box[ ]+\w+", re.I)),
    (
        "address",
        re.compile(
            r"(?<![\w.-])\d{1,6}[A-Z]?(?:-\d+)?[ ]+(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?[ ]+)?(?:(?:[A-Z][\w'’.-]*|\d+(?:st|nd|rd|th)|of|the|de|la)[ ]+){1,4}?"
            rf"(?:(?:(?:County|State|Rural|US|U\.S\.|Old|Farm(?: to Market)?)[ ])?(?:Road|Route|Rd|Rte|Highway|Hwy|FM|RR)[ ]\d+|(?:{_ROADS})\b\.?(?:[ ](?:{_ROADS})\b\.?)?(?:[ ]\d+\b)?)"
            r"(?:[ ]+(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\b\.?)?(?:,?[ ]*(?:Apt|Apartment|Suite|Ste|Unit|Room|Rm|Floor|Fl|#)\.?[ ]*#?[\w-]+)?"
        ),
    ),
    (
        "address",
        re.compile(
            r"(?<![^\W_])(?:home |mailing |street |patient |residence |office )?(?:address|addr\.?|street(?=[ \t]*:)|residence(?=[ \t]*:))(?:[ ]+line ?\d)?[ \t]*(?:[:=|]|\.{2,40})[ \t|]*(?P<v>[^\n\t|]{4,80})",
            re.I,
        ),
    ),
    (
        "address",
        re.compile(r"(?<![\w.-])\d{2,6}[ ](?:State |County |Rural |Old )?(?:Route|Rte|Hwy|Highway|FM|Farm Road)[ ]\d+\b", re.I),
    ),
    ("address", re.compile(r"(?:(?<=\bat )|(?<=\bto )|(?<=, ))\d{1,5}[ ](?:[A-Z][a-z'’]+[ ]){1,3}[A-Z][a-z'’]+(?=[,.;\n]|$)")),
    ("address", re.compile(r"\b(?:resid(?:es|ing)|lives?|living) at[ ]+(?P<v>\d[^\n\t|;.]{4,60})", re.I)),
    (
        "place",
        re.compile(
            r"(?P<v>(?:[A-Z][A-Za-z'’.-]+[ ]){0,2}[A-Z][A-Za-z'’.-]+,?[ ]+(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])\.?[ ]+\d{5}(?:-\d{4})?)(?!\d)"
        ),
    ),
    (
        "place",
        re.compile(
            r"(?P<v>(?:[A-Z][a-z'’.-]+[ ]){0,2}[A-Z][a-z'’.-]+,[ ]+(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[AEINOST]|N[CDEHJMVY]|O[HKR]|PR|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]))(?![\w,])(?!,? \d)"
        ),
    ),
    (
        "place",
        re.compile(
            r"\b(?:in|of|from|to|near)[ ](?P<v>(?:[A-Z][a-z'’.-]+[ ]){0,2}[A-Z][a-z'’.-]+,[ ]+(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]))(?!\w)"
        ),
    ),
    ("place", re.compile(r"\^(?P<v>[A-Z][^\^|\n]*\^[A-Z]{2}\^\d{5}(?:-\d{4})?)")),
    ("mrn", re.compile(r"(?<![\w])(?P<v>[A-Z\d-]*\d{3,}[A-Z\d-]*)(?=\^\^\^)")),
    ("number", re.compile(r"(?<=\|)(?P<v>\w{4,})(?=\|[PTD]\|2\.\d)")),
    ("place", re.compile(r"(?<![^\W_])(?:zip|zip[ _]?code|postal[ _]code|plz)[ \t:;=|]{1,3}(?P<v>\d{5}(?:-\d{4})?)(?!\d)", re.I)),
    ("place", re.compile(r"(?<![^\W_])state[ \t]*[:;=][ \t]*(?P<v>[A-Z]{2})\b")),
    (
        "place",
        re.compile(
            r"\b(?:city|town|county|state|birthplace|place of birth|hometown|city ?/ ?state(?: ?/ ?zip)?)[ \t]*(?:[:=|]|\.{2,40})[ \t|]*(?P<v>[A-Z][^\n\t|:;]{1,40})",
            re.I,
        ),
    ),
)

_MBI = re.compile(
    r"(?<!\w)[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d\d(?!\w)"
)
_NPI = re.compile(r"(?<![\w.-])[12]\d{9}(?![\w.-]*\d)")
_DEA = re.compile(r"(?<!\w)[A-Z][A-Z9]\d{7}(?!\w)")
_VIN = re.compile(r"(?<!\w)(?=[A-Z\d]*\d)(?=[A-Z\d]*[A-Z])[A-HJ-NPR-Z\d]{17}(?!\w)")
_FEWEST_DIGITS = 3
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[:.]?[0-5]\d(?:\s?[ap]m?)?", re.I)


def shapes_in(text: str) -> Iterator[Mention]:
    """Mentions by shape and label, which may overlap."""
    for kind, pattern in _SHAPES:
        for match in pattern.finditer(text):
            yield _mention(kind, match)
    for kind, pattern, valid in _CHECKED:
        for match in pattern.finditer(text):
            if valid(match.group()):
                yield Mention(kind, match.start(), match.end())
    yield from (_mention("beneficiary", match) for match in _GROUP.finditer(text))
    for bare in (_BARE, _CODED):
        yield from (_mention("number", match) for match in bare.finditer(text))
    for kind, pattern in _LABELLED:
        for match in pattern.finditer(text):
            value = match["v"]
            numbered = text[: match.start("v")].rstrip().endswith(("#", "no.", "No."))  # no clock time then
            digits = sum(c.isdigit() or c == "*" for c in value)
            if kind == "ssn" or (digits >= _FEWEST_DIGITS and (numbered or kind == "licence" or not _CLOCK.fullmatch(value))):
                yield _mention(kind, match)
    yield from (_mention("number", match) for match in _HASHED.finditer(text))
    for match in _TOKEN.finditer(text):
        value = match.group()
        digits = sum(c.isdigit() for c in value)
        least = _FEWEST_ALONE if digits == len(value.replace("-", "")) else _FEWEST_WITH_LETTERS
        if digits >= least and not _NO_NUMBER.fullmatch(value):
            yield Mention("number", *match.span())


def _mention(kind: Kind, match: re.Match[str]) -> Mention:
    group = "v" if "v" in match.re.groupindex else 0
    start, end = match.span(group)
    while end > start and match.string[end - 1] in " .,;:":
        end -= 1
    return Mention(kind, start, end)


def is_npi(number: str) -> bool:
    """Whether ten digits are a National Provider Identifier: Luhn over 80840 and the number (45 CFR 162.406)."""
    total = 24  # what the prefix 80840 adds
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_dea(number: str) -> bool:
    """Whether two letters and seven digits are a DEA registration: the last digit checks the others."""
    d = [int(digit) for digit in number[2:]]
    return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6]


def is_vin(number: str) -> bool:
    """Whether 17 characters are a vehicle identification number: the ninth checks the others (49 CFR 565.15)."""
    values = dict(
        zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
    )
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum((int(c) if c.isdigit() else values[c]) * weight for c, weight in zip(number, weights, strict=True))
    return number[8] == ("X" if total % 11 == 10 else str(total % 11))


_CHECKED: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("beneficiary", _MBI, lambda text: any(c.isalpha() for c in text)),
    ("licence", _NPI, is_npi),
    ("licence", _DEA, is_dea),
    ("vehicle", _VIN, is_vin),
)
