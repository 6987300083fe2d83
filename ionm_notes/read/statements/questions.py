"""Which things a clause must name, and in which order, to state an order, a change, an interpretation and so on.

`composed.py` asks these questions of a document. Letters stand for the entries of `patterns/stated.toml`; the rules are expressions over
them, so that one rule holds every wording. Source of what each element needs: the contract's list of documentation elements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ionm_notes.read.things import spelled

PROFESSIONAL, TECHNOLOGIST, SURGEON = "P", "K", "D"
"""Letters of the people whom the document names, in every question."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the letters of the things, the orders that answer it, and those that speak against it.

    `needs`: things of which every answer names one; a clause without them is not spelled.
    """

    needs: tuple[str, ...]
    letters: dict[str, str]
    answers: re.Pattern[str]
    against: re.Pattern[str]
    ticked: bool = False
    """Whether a form's ticked words may answer it."""
    logged: bool = False
    """Whether an entry of a log may answer it."""
    initials: bool = False
    """Whether a surgeon's initials name him in it: 'told CB'."""
    celled: bool = False
    """Whether each cell of a row, and each two beside each other, may answer it alone: 'Requested by | Dr. Hale'."""
    denied: str = ""
    """The entry of the vocabulary whose words in a clause take its answer away."""


def _question(
    needs: str,
    letters: dict[str, str],
    answers: tuple[str, ...],
    against: tuple[str, ...],
    *,
    ticked: bool = False,
    logged: bool = False,
    initials: bool = False,
    celled: bool = False,
    denied: str = "",
) -> Question:
    yes, no = ("|".join(f"(?:{rule})" for rule in rules) for rules in (answers, against))
    things = {f"stated.{name}": letter for name, letter in letters.items()}
    return Question(
        tuple(f"stated.{name}" for name in needs.split()),
        things,
        re.compile(yes),
        re.compile(no),
        ticked,
        logged,
        initials,
        celled,
        denied,
    )


ORDER = _question(
    "request asked-of referred",
    {
        "referred": "R",
        "asked-of": "Z",
        "question": "Q",
        "request": "A",
        "doctor": "D",
        "professional": "U",
        "technologist": "K",
        "us": "U",
        "none": "N",
        "other-order": "X",
        "service": "S",
        "asker": "h",
    },
    (
        r"h[.h]{0,4}A[^NXQKPhZ]{0,2}(?:[SU]|$)(?!.{0,3}[XQ])",  # 'it was she who has asked for our service', 'you had kindly solicited our watch'
        r"D[^NXQZKP:]{0,4}[AR][^NXQZKP]{0,6}?[SU]",  # 'Dr. Hale sought our services', 'the surgeon's order for this study'
        r"[AR][^NXQKP]{0,5}?D(?![^:]?Z)[^NXQKP]{0,9}?[SU]",  # 'at the behest of Dr. Hale the cord was monitored'
        r"[AR][^NXQKP]{0,5}?[SU][^NXQZKP]{0,8}?D",  # 'the requisition for surveillance bears the name of Dr. Hale'
        r"[SU][^NXQK]{0,8}?[AR][^NXQKP]{0,5}?D",  # 'surveillance was commissioned by Dr. Hale'
        r"[SU][^NXQKP]{0,8}?D[^NXQZKP]{0,5}?A(?!.{0,3}[XQ])",  # 'monitoring was done because Dr. Hale prescribed it'
        r"Z[^NXQKP]{0,3}?D[^NXQKP]{0,3}?S",  # 'we were asked by Dr. Hale to monitor'
    ),
    (r"[NQ].{0,4}A", r"A[^SU]{0,4}X", r"A[^SX]{0,2}X", r"A.{0,8}N", r"X.{0,5}[ZA]"),
    denied="statement.no-order",
)
ORDER_BY_NAME = _question(
    "ordering",
    {
        "ordering": "A",
        "doctor": "D",
        "none": "N",
        "other-order": "X",
        "service": "S",
        "professional": "P",
        "technologist": "K",
        "order-filler": "f",
    },
    (
        r"^[fS:=]{0,5}A[AfS:=,()]{0,6}D[f:=,()D]{0,6}(?:$|\(f{0,2}A[f.]{0,3}\)$)",  # 'Requested by the spine surgeon', 'ORD BY: Dr. Hale'
        r"^[f:=]{0,2}D[fD:=,]{0,6}A[fS:=,()D]{0,5}$",  # 'Dr. Hale ordered it', 'surgeon's written order attached'
        r"(?:^|[:,])[fD]{0,3}A[fS,()D]{0,4}[:=]f{0,3}D",  # a cell of a row: 'order=Bram Hale, MD', 'Surgeon / ordering'
        r"(?:^|[:,])DAf{1,5}(?=[,:]|$)",  # 'surgeon's request form on file'
    ),
    (r"[NXPK]",),
    ticked=True,
    initials=True,
    celled=True,
    denied="statement.no-order",
)
ORDER_BESIDE_SURGEON = _question(
    "ordering request",
    {
        "ordering": "A",
        "request": "A",
        "doctor": "D",
        "none": "N",
        "other-order": "X",
        "service": "S",
        "professional": "P",
        "technologist": "K",
        "us": "U",
        "order-filler": "f",
    },
    (
        r"D[.,:fD]{0,7}\([fS]{0,3}AS?f{0,3}[fSA.]{0,5}\)",  # 'Surgeon: Bram Hale, MD (ordering provider)', '(order on chart 03-07)'
        r"D[.,:fD]{0,6}(?:\([.f]{0,4}\))?,A(?=:|$)",  # 'Surgeon | Bram Hale, MD (neurosurgery), requesting | Operation'
        r"D[.,:fD]{0,6}(?:\([.f]{0,4}\))?,f{1,3}A(?:f{0,2}(?:[SPU]|$)|f{1,2}[,.;(])",  # '... Hale, MD, who ordered it', 'at whose request this service was given'
        r"D[.,:fD]{0,6}\([^NXK()]{0,3}A[^NXPK()]{0,4}S[^NX()]{0,5}\)",  # '(he placed the IONM consult 03/08)'
    ),
    (r"A[fSU.]{0,4}[NX]|N[fSU.]{0,3}A",),
    celled=True,
    denied="statement.no-order",
)
BASELINE = _question(
    "first-set",
    {
        "not-of-baselines": "X",
        "first-set": "B",
        "quality": "G",
        "course": "V",
        "none": "N",
    },
    (r"^[^VX]{0,6}?B[^VX]{0,9}?G", r"^[^VX]*G[^VX]{0,4}B[^VX]{0,3}$", r"N[^VX]{0,5}B"),
    (r"X", r"V", r"B[^G]*:.?N", r"^[.:]{0,2}N[.:]?B"),
    denied="baseline.in-general",
)
_OF_CALM = {
    "not-of-signals": "X",
    "technologist": "X",
    "room": "X",
    "unreal": "Q",
    "first-set": "B",
    "none": "N",
    "alarm": "C",
    "change": "c",
    "calm": "k",
    "reference": "F",
    "signal": "G",
    "told": "T",
}
"""The things of a statement that the signals stayed calm."""
_NO_CALM = (r"X", r"Q", r"^[.:]{0,4}B", r"N.{0,2}k")
"""Orders of them in which it is none."""
CALM = _question(
    "none calm reference",
    _OF_CALM,
    (
        r"N[^X:]{0,4}C",
        r"N[^X:]{0,4}c[^X]{0,4}[FBG]",
        r"N[^X]{0,3}G[^X]{0,5}[cC]",
        r"G[^X:]{0,5}N[^X]{0,3}c",  # 'no trace left its limits'
        r"N[^X]{0,3}[FB][^X]{0,4}c",
        r"G[^XcC]{0,6}k",
        r"G[^XNcC]{0,5}F[^XcC]{0,3}$",
        r"k[^X]{0,5}[FB]",  # 'the traces kept to the template'
        r"[cC][^X]{0,4}:.?N",  # 'Alarms: none'
        r"N[^X]{0,3}G.{0,3}\.C",
        r"N[^X]{0,4}T.{0,3}D",
    ),
    _NO_CALM,
    logged=True,
)
CALM_THROUGHOUT = _question(
    "none calm reference",
    _OF_CALM | {"throughout": "w"},
    (r"^(?=.*w)[^X]*(?:G[^XcC]{0,6}k|N[^X]{0,3}G[^X]{0,5}[cC]|G[^X:]{0,5}N[^X]{0,3}c)",),  # below a heading of studies
    _NO_CALM,
)
ALERT = _question(
    "told",
    {
        "not-of-signals": "X",
        "unreal": "Q",
        "told": "T",
        "alarm": "C",
        "doctor": "D",
        "room-people": "D",
        "change": "c",
        "none": "N",
        "reference": "G",
        "signal": "G",
    },
    (
        r"C.{0,14}?T[^T]{0,5}?D",
        r"C.{0,14}?D[^D]{0,5}?T",
        r"D.{0,5}?T.{0,8}?C",
        r"T.{0,4}?D.{0,8}?C",
        r"(?:G.{0,7}?c|c.{0,5}?G).{0,16}?(?:T[^T]{0,5}?D|D[^D]{0,5}?T)",
        r"(?:T.{0,4}?D|D.{0,4}?T).{0,6}?(?:G.{0,6}?c|c.{0,5}?G)",
        r"^[^NG]{0,3}c[^NG]{0,4}T.{0,2}D",  # 'a decline was reported to the surgeon'
    ),
    (r"X", r"Q", r"N.{0,4}[CcGT]", r"T.{0,3}K", r"T[:.=]?N", r"D[:=]N"),
    logged=True,
)
TOLD = _question(
    "told doctor reaction",
    {
        "unreal": "Q",
        "other-side": "A",
        "by-line": "L",
        "told": "T",
        "you": "D",
        "doctor": "D",
        "room-people": "D",
        "professional": "P",
        "technologist": "K",
        "reaction": "R",
        "toward": "o",
        "none": "N",
    },
    (
        r"T[^TNKPA:]{0,4}D",
        r"D[.,]{0,3}T(?![^:]?[PK])",
        r"T[^TNKPA]{0,1}:[.]{0,2}D",  # 'told Osterholm', 'Dr. Blix told, paused'
        r"^(?=.*[RL])[^N]*[PK][.)]{0,3}[oL]{1,3}[.]?D",  # 'Dr. Osei to Dr. Ferrante over the intercom', 'Strand by phone to the OR'
        r"^(?=.*R)[^N]*DL",
        r"Lo[.]?D:",
        r"D:[^:N]{0,3}R",
        r"T[,.:]{0,3}[.]?R",
        r"T[.]{0,2}L[,.:]{0,10}R",  # 'MD to OR by speaker, MAP to 100', 'on audio to Dr. Hale: ease it', 'told, he backed off'
        r"[PK]oD:",
        r"TP[^TKNR]{1,12}P[.]{0,3}R",  # 'Dr. Osei told me straight away, I took the retractor off': the surgeon writes
    ),
    (r"Q", r"N.{0,4}T", r"T[.,]{0,2}[KA](?!.{0,4}D)", r"A[.]{0,2}T(?!.{0,6}D)", r"T[:.=]?N", r"D[:=]N"),
    logged=True,
    ticked=True,
    initials=True,
)
SUMMING = _question(
    "outcome",
    {
        "purpose": "X",
        "first-set": "X",
        "summing": "H",
        "argues": "E",
        "findings": "F",
        "outcome": "O",
        "none": "N",
        "doctor": "D",
    },
    (r"H[^X]{0,14}?O", r"F[^X]{0,4}?E[^X]{0,9}?O", r"E[^X]{0,2}H[^X]{0,6}O", r"O[^X]{0,6}H$"),
    (r"X", r"N[^O]*$", r"D.{0,2}H"),
)
DANGER = _question(
    "danger",
    {
        "measured": "X",
        "danger": "R",
        "neural": "T",
        "none": "N",
    },
    (r"R[^X]{0,8}T", r"T[^X]{0,10}R"),
    (r"X", r"N.{0,5}[RT]"),
)
IN_ROOM = _question(
    "by-voice",
    {
        "by-voice": "V",
        "doctor": "D",
        "room-people": "D",
        "professional": "P",
        "speaks": "Y",
        "none": "N",
        "technologist": "K",
    },
    (r"^(?=.*P)(?=.*D)(?=.*V)(?=.*Y)", r"^(?=.*P)(?=.*D)(?=.*V.{0,2}(?:P|D))"),
    (r"K", r"N[^:]{0,4}Y"),
)

_FOR_ELSE = re.compile(r"[AZ][^SX]{0,2}X|[AZ]\.S\.X|^[^SU]*[AZ][^SU]{0,5}[XQ]|X[^SU]{0,4}A[^SU]*$|^[^SU]*AK")


def asks_for_else(text: str) -> bool:
    """Whether what a statement asks for is something else than monitoring: a scan, a pause, how things stand."""
    return _FOR_ELSE.search(spelled(text, ORDER.letters)[0]) is not None
