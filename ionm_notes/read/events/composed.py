"""Reads a short log entry word by word where no pattern knows it: a thing, what was done with it, and not a word left unexplained.

'Baselines finalized', 'Montage complete', 'Elec appl: start', 'Dr Hale drops off the case'. An entry is taken clause by clause; one
with a word that `patterns/entries.toml` does not list says nothing here, so that a row about retractors is left alone.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ionm_notes.read.events.model import Hit
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 110
"""Characters of the longest entry that is taken word by word."""
_SHORT = 60
"""Characters of the longest entry that is taken as a whole where none of its clauses has a meaning."""
Part = Literal["start", "end"]
Spans = list[tuple[int, int]]
_NEVER = expression(
    r"\b(?:not(?!\s+recording)|never|if|unable|plan\w*|await\w*|waiting|pending|should|attempt\w*|unless)\b|\?|\d{1,2}:\d\d"
)
"""Words by which nothing that an entry says happened at its time."""
_DENIED = expression(r"\b(?:without|will|until|before|ready|about\s+to|to\s+be|yet|can)\b")
"""Words by which a clause says nothing of what has happened."""
_CLAUSE = re.compile(r"[;,:()>]|\s[-–—/]+\s|(?<!\bDr)(?<!\b[A-Z])\.\s")
_KEYED = re.compile(r"\b(?:state|status|phase|stage|mode|step|event|type)=", re.I)
"""'state=BASELINE entered' is no finding that equals the baseline."""
_BARE = re.compile(r"\W*(?:start\w*|beg[aiu]n\w*|end(?:ed|s)?|stop(?:ped|s)?|done|complete\w*|finish\w*)(?:\W*$|(?=[.;,]))", re.I)
"""'Patient instrumented - start': a beginning or end that belongs to the clause before."""
_TAIL = expression(r"\b(?:after|following|per|ok\s+w/?|ok\s+with)\b.*")
"""Words behind what was done with the monitoring that tell when or at whose wish."""
_GONE_ONLY = frozenset({"off", "out", "clear", "free", "gone"})
_TOGETHER = frozenset({
    (("setup", "end"), ("baseline", "start")), (("baseline", "end"), ("monitoring", "start")),
    (("monitoring", "end"), ("removal", "start")), (("monitoring", "end"), ("removal", "end")),
})  # fmt: skip
"""What one entry may say at once: the end of one part of the day, and the beginning of the next."""


_WORD = re.compile(r"[^\W\d_][\w'’-]+")


@functools.cache
def _pattern(name: str) -> Expression:
    return expression(vocabulary().patterns["entry." + name].source, r"(?<![\w'’])", r"(?![\w'’])")


@functools.cache
def _things() -> Expression:
    names = ("object", "attach.noun", "remove.noun", "impedance", "baseline", "monitoring", "system", "gap", "professional")
    return expression("|".join(f"(?:{vocabulary().patterns['entry.' + name].source})" for name in names) + r"|\bunhooked\b")


def _spans(name: str, text: str) -> Spans:
    return [match.span() for match in _pattern(name).finditer(text)]


@functools.lru_cache(maxsize=2048)
def composed(text: str, doctors: frozenset[str] = frozenset()) -> tuple[Hit, ...]:
    """What an entry says happened; empty if it has no meaning, more than fit together, or holds a word that is not known.

    `doctors`: surnames, in small letters, of those in the document who could supervise; such a name alone is a professional.
    """
    if len(text) > _LONGEST or _NEVER.search(text):
        return ()
    text = _KEYED.sub(lambda match: match.group()[:-1] + " ", text)
    if handed := _handed(text, doctors):
        return handed
    edges = [0, *(match.end() for match in _CLAUSE.finditer(text) if not _BARE.match(text, match.end())), len(text) + 1]
    parts = [(low, text[low : high - 1]) for low, high in pairwise(edges)]
    named = [part for part in parts if len(part[1]) > 2 and _names(part[1], doctors)]
    found = [hit for low, part in named if (hit := _meaning(part, low, doctors))]
    if named and not found and len(parts) > 1 and len(text) <= _SHORT and (whole := _meaning(text, 0, doctors)):
        found = [whole]
    return _fitting(found)


_HANDED = expression(
    r"\b(?:h/o|hand(?:s|ed|ing)?[\s-]*(?:off|over)|transfer\w*|relie(?:f|ves|ved)|tak(?:es|ing)\s+over|took\s+over|taken\s+over|shift\s+change|switch(?:ed)?|"
    r"replac(?:es|ed)|succe(?:eds|eded)|(?:moved|passed|given)(?=\s+from)|sign(?:s|ed)\s+(?:out|over)|gives\s+report)\b"
)
_BACKWARD = expression(
    r"\b(?:relieves|replac(?:es|ed)|succe(?:eds|eded)|tak(?:es|ing)\s+over|took\s+over|taken\s+over)\b(?!\s+by\b)|\b(?:for|from)\s+(?:dr\.?\s*)?$"
)
"""Words between two names by which the first is the one who comes."""


def _handed(text: str, doctors: frozenset[str]) -> tuple[Hit, ...]:
    """One reader's going and the other's coming, where an entry names two and the words of a hand-over."""
    if not doctors or not _HANDED.search(text):
        return ()
    first: dict[str, tuple[int, int]] = {}
    for word in _WORD.finditer(text):
        if word.group().lower() in doctors:
            first.setdefault(word.group().lower(), word.span())
    if len(first) != 2 or _DENIED.search(text):
        return ()
    one, two = first.values()
    back = _BACKWARD.search(text[one[1] : two[0]]) is not None
    return Hit("professional", "start" if back else "end", *one), Hit("professional", "end" if back else "start", *two)


def _names(text: str, doctors: frozenset[str]) -> bool:
    """Whether a clause names anything that is looked for."""
    low = text.lower()
    return _things().search(text) is not None or any(name in low for name in doctors)


def _fitting(hits: list[Hit]) -> tuple[Hit, ...]:
    """The meanings of the clauses of an entry, each once, if they can be true together."""
    once: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        once.setdefault((hit.kind, hit.phase), hit)
    if any(kind == "interruption" for kind, _ in once):
        once = {meant: hit for meant, hit in once.items() if meant[0] != "monitoring"}
    parts = [meant for meant in once if meant[0] != "professional"]
    if len({kind for kind, _ in once}) < len(once) or (len(parts) > 1 and tuple(parts) not in _TOGETHER):
        return ()
    return tuple(once.values())


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause says happened, the words that say it, and all words of it that are understood."""

    kind: str
    phase: Part
    proof: Spans
    known: list[Spans]


def _meaning(text: str, offset: int, doctors: frozenset[str]) -> Hit | None:
    """What one clause says happened, if every word of it is explained."""
    if _DENIED.search(text):
        return None
    people = _spans("professional", text)
    if any(name in text.lower() for name in doctors):
        people += [word.span() for word in _WORD.finditer(text) if word.group().lower() in doctors]
    for of in (_staged, _removed, _baselines, _present, _monitored, _attached, _stood):
        if (said := of(text, people)) is None:
            continue
        filler = "filler.professional" if said.kind == "professional" else "filler"
        if not _explained(text, [*said.known, _spans(filler, text)]):
            return None
        low, high = min(a for a, _ in said.proof), max(b for _, b in said.proof)
        return Hit(said.kind, said.phase, offset + low, offset + high)
    return None


_STAGES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("removal", ("remove.noun",), ("remove.been", "remove.being")),
    ("baseline", ("baseline",), ()),
    ("setup", ("attach.noun",), ("attach.been", "attach.being")),
    ("monitoring", ("monitoring",), ()),
)
"""Kinds of a stage of the day, with the names that say it and the words that say it of electrodes."""


def _staged(text: str, people: Spans) -> _Said | None:
    """A stage of the day entered or left: 'state=ELECTRODE_APPLICATION entered', 'Surveillance phase: status RUNNING'."""
    if not (frame := _spans("stage", text)) or people:
        return None
    on, off, objects = _spans("stage.on", text), _spans("stage.off", text), _spans("object", text)
    for kind, names, doings in _STAGES:
        things = [span for name in names for span in _spans(name, text)]
        if not things and objects:
            things = [
                span for name in doings for span in _spans(name, text) if span[0] < max((b for _, b in on + off), default=0)
            ]
            last = max(on + off, default=(0, 0))
            things = [span for span in things if span != last]
        if not things:
            continue
        on, off = _outside(on, things), _outside(off, things)
        if bool(on) == bool(off):
            return None
        return _Said(
            kind, "start" if on else "end", [*things, *on, *off], [frame, things, objects, on, off, _spans("impedance", text)]
        )
    return None


def _phase(text: str, taken: Spans) -> tuple[Part | None, Spans, Spans]:
    """Beginning or end as words of their own say it, and where they stand."""
    start, end = _outside(_spans("start", text), taken), _outside(_spans("end", text), taken)
    return (None if bool(start) == bool(end) else "start" if start else "end"), start, end


def _hands_on(text: str, family: str, kind: str, objects: Spans) -> _Said | None:
    """Electrodes and a word for putting them on, or for taking them off: begun, or done."""
    noun, being = _spans(f"{family}.noun", text), _spans(f"{family}.being", text)
    been = _outside(_spans(f"{family}.been", text), [*being, *_spans("start", text)])
    words = noun + being + been
    phase, start, end = _phase(text, words + objects)
    if start and end:
        return None
    first = _spans("first", text)
    if phase is None and first and objects and been:
        phase, words = "start", [*words, *first]  # 'scalp measured, first lead on'
    if phase is None and noun and not objects and (switch := _SWITCH.search(text)):
        phase = "start" if switch.group().lower() == "on" else "end"  # 'set-up on' begins, 'take-down off' is over
        words = [*words, switch.span()]
    elif phase is None and (being or been):
        phase = "start" if being else "end"
    settled = _outside(_spans("settled", text), words + objects)
    if phase is None and settled and (noun or kind == "setup"):
        phase = "end"
    if phase is None:
        return None
    counted = [match.span() for match in _COUNTED.finditer(text)] if kind == "removal" else []
    known = [objects, words, start, end, settled, counted, _spans("impedance", text)]
    return _Said(kind, phase, [*objects, *words, *start, *end], known)


_COUNTED = expression(r"\b(?:counts?|counted|correct|reconciled|accounted)\b")
_SWITCH = expression(r"\b(?:on|off)\b")


def _removed(text: str, people: Spans) -> _Said | None:
    objects, stands_alone = _spans("object", text), _STANDS_ALONE.search(text)
    if not objects and stands_alone is None:
        return None
    words = [span for name in ("noun", "being", "been") for span in _spans(f"remove.{name}", text)]
    mere = all(text[a:b].lower() in _GONE_ONLY for a, b in words)
    other = mere and (_spans("attach.noun", text) or _spans("impedance", text))
    if not words or (not objects and (stands_alone is None or mere)) or other:
        return None
    return _hands_on(text, "remove", "removal", objects)


_STANDS_ALONE = expression(
    r"\b(?:t/d|take-?\s?downs?|tear-?\s?downs?|de-?instrumentation|unhook(?:ing|ed))\b|^\W*(?:start\w*\s+|begin\w*\s+|began\s+)?removal(?=\s+phase|\W*\w+\W*$|\W*$)"
)
_SETUP_ALONE = expression(
    r"\b(?:s/u|set-?\s?up|setting\s+up|hook-?\s?up|hooking\s+up|lead-?on|wiring|wire-?up|instrumentation|montage)\b"
)


def _attached(text: str, people: Spans) -> _Said | None:
    objects, impedance = _spans("object", text), _spans("impedance", text)
    if objects and _spans("remove.noun", text):
        return None
    words = [span for name in ("noun", "being", "been") for span in _spans(f"attach.{name}", text)] if objects else []
    if words or _SETUP_ALONE.search(text):
        return _hands_on(text, "attach", "setup", objects)
    if impedance and (settled := _outside(_spans("settled", text), impedance)):
        return _Said("setup", "end", impedance + settled, [impedance, settled, objects])
    phase, start, end = _phase(text, objects) if objects else (None, [], [])
    return _Said("setup", phase, objects + start + end, [objects, start, end, impedance]) if phase else None


def _baselines(text: str, people: Spans) -> _Said | None:
    things = _spans("baseline", text)
    if not things or (_spans("object", text) and not people):
        return None
    if first := _spans("baseline.first", text):
        return _Said("baseline", "start", first, [things, first, people])
    phase, start, end = _phase(text, things)
    if start and end:
        return None
    taking = _outside(_spans("taking", text), things)
    settled = _outside(_spans("settled", text), [*things, *end, *taking])
    switch = _outside(_spans("live", text), [*things, *taking, *start]) + _outside(_spans("gone", text), things)
    if phase is None and settled:
        phase = "end"
    if phase is None and taking:
        phase = "start"
    if phase is None and switch:
        phase = "end" if text[slice(*switch[-1])].lower() == "off" else "start"
    if phase is None or (phase == "start" and start and settled):
        return None
    words = [*start, *end, *settled, *taking, *switch]
    return _Said("baseline", phase, things + (start or end or settled or taking or switch), [things, words, people, _tail(text)])


def _monitored(text: str, people: Spans) -> _Said | None:
    things = _spans("monitoring", text)
    if not things:
        return None
    reason, tail = _spans("reason", text), _tail(text)
    beside = [reason, tail, _spans("system", text), _spans("gap", text), _spans("end", text)]
    phase, start, end = _phase(text, things)
    longer = [(a, b) for a, b in end if " " in text[a:b] or "-" in text[a:b]]
    for name, part in _HALTED:
        spans = [(a, b) for a, b in _spans(name, text) if not any(low <= a and b <= high for low, high in longer)]
        if words := _outside(spans, things + reason):
            return _Said("interruption", part, things + words, [things, words, *beside])
    live, gone = _outside(_spans("live", text), things + end), _outside(_spans("gone", text), things + end)
    if (start and end) or (live and gone) or (start and gone):
        return None
    words = start + end + live + gone
    if phase is None and (live or gone):
        phase = "start" if live else "end"
    if phase is None:
        return None
    if phase == "end" and reason:
        return _Said("interruption", "start", things + words, [things, words, reason, tail])
    return _Said("monitoring", phase, things + words, [things, words, tail])


_HALTED: tuple[tuple[str, Part], ...] = (("resume", "end"), ("pause", "start"))
_SIGNALS = frozenset({"signal", "signals", "traces", "tracings", "channels", "channel", "ch"})


def _stood(text: str, people: Spans) -> _Said | None:
    """The recording or the machine stood still, or went on; what is said of signals alone is a finding."""
    if gap := _spans("gap", text):
        phase, start, end = _phase(text, gap)
        return _Said("interruption", phase, gap + start + end, [gap, start, end]) if phase else None
    things = _spans("system", text)
    if all(text[a:b].lower() in _SIGNALS for a, b in things):
        return None
    reason, ended = _spans("reason", text), _outside(_spans("end", text), things)
    for name, part in _HALTED:
        if words := _outside(_spans(name, text), things + reason):
            return _Said("interruption", part, things + words, [things, words, reason, _tail(text)])
    return _Said("interruption", "start", things + ended, [things, ended, reason]) if ended and reason else None


def _present(text: str, people: Spans) -> _Said | None:
    if not people:
        return None
    come, go = _outside(_spans("comes", text), people), _outside(_spans("goes", text), people)
    here, gone = _outside(_spans("here", text), people), _outside(_spans("gone", text), people)
    known = [people, come, go, here, gone]
    if go and not (come and not _watching(text, go, come)):
        return _Said("professional", "end", people + go, known)
    if come and not go:
        return _Said("professional", "start", people + come, known)
    if go or come or bool(here) == bool(gone):
        return None
    return _Said("professional", "start" if here else "end", people + (here or gone), known)


def _watching(text: str, go: Spans, come: Spans) -> bool:
    """Whether the words of coming are what somebody stopped doing: 'stops watching'."""
    return all(text[a:b].lower().endswith("ing") for a, b in come)


def _tail(text: str) -> Spans:
    return [match.span() for match in _TAIL.finditer(text)]


def _outside(spans: Spans, taken: Spans) -> Spans:
    return [(a, b) for a, b in spans if not any(a < high and low < b for low, high in taken)]


def _explained(text: str, known: list[Spans]) -> bool:
    covered = sorted(span for spans in known for span in spans)
    for word in re.finditer(r"[^\W_]+", text):
        if not any(a <= word.start() and word.end() <= b for a, b in covered) and not word.group().isdigit():
            return False
    return True


_DOCTOR = expression(
    r"\b(?P<name>[A-Z][a-zà-öø-ÿ'’]+(?:-[A-Z][a-zà-öø-ÿ'’]+)?),?\s(?:M\.?D|D\.?O|Ph\.?D)\b|\bDr\.?\s(?:[A-Z][a-z]*\.?\s)?(?P<other>[A-Z][\w'’-]{2,})",
    cased=True,
)


@functools.lru_cache(maxsize=64)
def doctors_of(text: str) -> frozenset[str]:
    """Surnames, in small letters, that stand with a doctor's title or degree anywhere in a document.

    The surgeon is among them; whose attendance counts is settled where the people are known.
    """
    return frozenset((match["name"] or match["other"]).lower() for match in _DOCTOR.finditer(text))
