"""What a stretch of words says happened: the patterns of `patterns/events.toml`, plans and denials left out."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from ionm_notes.read.events.composed import composed
from ionm_notes.read.events.entry_words import concept
from ionm_notes.read.events.model import PARTS, STAGES, Hit, Phase
from ionm_notes.read.expression import Expression, blank, expression
from ionm_notes.read.gates import number_of, opened
from ionm_notes.read.names import LOWER, UPPER
from ionm_notes.read.vocabulary import vocabulary

_LATER = expression(
    r"\b(?:before|prior to|will|to be|ready (?:to|for)|about to|await\w*|waiting(?: for)?|standing by(?: for)?|lmk when|let (?:me|us) know when|plan\w*|once|if|pending|should|can|not yet|preparing (?:to|for)|(?:tech\w*|cnim|monitorist|neuro)\s+(?:(?:is|was|told|asked|instructed|reminded)\s+)*to)\s+(?:\w+\s+){0,2}$"
)


_DEPARTURE = re.compile(r"\b(?:deviation|departure|change|drift|difference)s?\s+from\s+(?:the\s+)?$", re.I)
"""'No departure from the reference tracings was recorded' is a finding."""
_DOTTED = re.compile(r"\b(monitoring|recording|acquisition|baselines?|setup|electrodes?|impedance|amplifier)\.(?=[a-z]{4})", re.I)
"""The dot in the name of an event of the monitoring: 'monitoring.pause'; one of the reader ('presence.leave') has its own patterns."""
_COLUMN = re.compile(r"\t\W*b(?:ase)?l(?:ine)?s?$|\t\W*base$", re.I)
_WRITER = re.compile(r"[\w.’'-]{2,24}\t(?i:(?:neuro-?)?monitoring\s+on)$|[A-Z]{2,3}\t(?:on|off|in|out)$")
_UP_TO = re.compile(r"\b(?:until|till?|to|through|thru)\s+(?:the\s+)?(?:very\s+)?$", re.I)
_TIMED = re.compile(r"[\s(,@=:]*(?:(?:at\s+)?\d|(?:at|by|around)\s*$)")
"""'11:17 fell, and nothing happened to the end of monitoring' ends nothing at 11:17; 'to the end of monitoring (11:30)' does, then."""
_BEHIND = 24
"""Characters behind words in which it stands that they were only meant."""
_WORKED = STAGES - {"monitoring"}
_HANDLED = _WORKED | {"professional", "attend"}
_ATTENDED = frozenset({"professional", "attend", "attend-monitored"})
_THINGS_LEFT_OUT = expression(r"\b(?:excl|net|not|without|w/o|apart|other|less|minus|after|outside)")
_AFTER = re.compile(r"\b(?:after|following|since)\s+(?:the\s+)?$", re.I)
_NEGATED = re.compile(r"\b(?:not|never|no|without)\s+(?:\w+\s+){0,1}$", re.I)


@functools.cache
def _event_patterns() -> tuple[tuple[str, Phase, int | None, Expression], ...]:
    """Kind, phase, number of the gate and expression of every entry of events.toml, in order."""
    out = []
    for pattern in vocabulary().group("event"):
        kind = pattern.id.removeprefix("event.")
        if kind.rsplit(".", 1)[-1] in ("start", "end", "span", "on", "off"):
            kind = kind.rsplit(".", 1)[0]
        out.append(
            (
                kind,
                pattern.tags.get("phase", "point"),
                number_of(pattern.gate) if pattern.gate else None,
                expression(pattern.source),
            )
        )
    return tuple(out)


def _of_others(text: str, start: int, end: int) -> bool:
    """Whether words of set-up, baselines or removal speak of the room, the surgery or the anesthesia: 'art line set up'."""
    works = concept("foreign.work").finditer(text)
    return any(match.start() < end and start < match.end() for match in works)


def _unbroken(text: str, start: int, end: int) -> bool:
    """Whether words of a pause say that there was none."""
    denied = vocabulary().regex("halt.no-gap").finditer(text)
    return any(match.start() < end and start < match.end() for match in denied)


_MONITORED = frozenset({"monitoring", "attend-monitored"})


def _of_other_watch(text: str, start: int, end: int) -> bool:
    """Whether words of monitoring speak of no nerves: 'arterial line monitoring started', 'monitoring of vital signs ends'."""
    watches = concept("foreign.watch").finditer(text)
    return any(match.start() < end and start < match.end() for match in watches)


@functools.lru_cache(maxsize=4096)
def _classify(text: str) -> tuple[Hit, ...]:
    hits: list[Hit] = []
    text = text.replace("_", " ").replace("|", " ")
    text = _DOTTED.sub(r"\1 ", text) if "." in text else text
    if _THINGS_LEFT_OUT.search(text):
        text = vocabulary().regex("action.left-out").sub(blank, text)
    if "ime" in text or "IME" in text:
        text = (
            vocabulary()
            .regex("action.clocked")
            .sub(lambda m: ("start" if m["in"] or m["in_of"] else "stop").ljust(len(m.group())), text)
        )
    gates = opened(text)
    for kind, phase, gate, wanted in _event_patterns():
        if gate is not None and gate not in gates:
            continue
        for match in wanted.finditer(text):
            start, end = match.span()
            if end == start or any(h.start < end and start < h.end for h in hits):
                continue
            if kind == "interruption" and "\t" in match.group():
                continue  # 'MON OFF | Monitoring ended': words of two cells say nothing together
            if kind in STAGES and vocabulary().regex("clause.only-planned").search(text[end : end + _BEHIND]) is not None:
                continue  # 'monitoring end planned 10:30'
            if kind == "interruption" and phase == "start" and _unbroken(text, start, end):
                continue  # 'takes over the console, no gap in the recording'
            if kind == "baseline" and _COLUMN.search(match.group()):
                continue  # 'Monitoring begins | base | base': what a column holds began with nothing
            if kind == "professional" and _WRITER.match(match.group()):
                continue  # 'DA | on. monitoring', 'MD | MONITORING ON': who wrote it, and what was on
            before = text[max(0, start - 40) : start]
            if kind == "professional" and vocabulary().regex("clause.of-a-thing").search(before):
                continue  # 'leads stay connected'
            if kind in _HANDLED and _of_others(text, start, end):
                continue
            if kind in _MONITORED and _of_other_watch(text, start, end):
                continue
            if kind == "baseline" and _DEPARTURE.search(before):
                continue
            if kind != "ignore" and (_LATER.search(before) or (kind != "interruption" and _NEGATED.search(before))):
                continue
            if phase == "end" and kind in STAGES and _UP_TO.search(before) and not _TIMED.match(text, end):
                continue
            if kind == "anesthesia" and vocabulary().regex("action.during").search(before):
                continue
            closed = phase == "start" and kind in STAGES and vocabulary().regex("action.done-behind").match(text, end)
            hits.append(Hit(kind, "end" if closed else phase, start, end))
    if any((hit.kind, hit.phase) == ("professional", "end") for hit in hits):
        hits = [hit for hit in hits if hit.kind != "interruption" or not _of_readers_link(text, hit)]
    return tuple(sorted(hits, key=lambda hit: hit.start))


def _of_readers_link(text: str, hit: Hit) -> bool:
    """Whether what failed lay between the reader who went by it and the room: 'LOGOUT network fault', 'logged off, power cut at home'."""
    words = vocabulary()
    return (
        words.regex("halt.of-link").search(text[hit.start : hit.end]) is not None
        or words.regex("halt.at-readers").search(text[hit.start :]) is not None
    )


_SPEAKER = re.compile(rf"\W*(?:@(?P<user>[\w.'’-]+)[:>]?\s+|(?P<name>(?:Dr\.?\s+)?[{UPPER}][{LOWER}'’-]+)\s*[:>]\s+)(?=\S)")
"""'Granger: Dr. Holloway patched in': who wrote an entry of a chat is no part of what it says."""


def classify_entry(text: str, offset: int, doctors: frozenset[str]) -> list[Hit]:
    """`classify` for an entry of a log, and what it says word by word.

    Where the patterns find no beginning or end of anything, the words decide; where they find one, only if every word is understood
    and says the opposite: 'baseline acquisition was brought to a close'.
    """
    return _not_of_readers(_said_in(text, offset, doctors))


def _said_in(text: str, offset: int, doctors: frozenset[str]) -> list[Hit]:
    if (note := vocabulary().regex("turn.note").search(text)) is not None:
        text = text[: note.start()] + " " * (note.end() - note.start()) + text[note.end() :]
    if (nobody := vocabulary().regex("entry.nobody").search(text)) is not None:
        low, high = nobody.span()
        rest = classify_entry(text[:low] + " " * (high - low) + text[high:], offset, doctors)
        if any((hit.kind, hit.phase) == ("professional", "start") for hit in rest):
            return rest
        gone = Hit("nobody", "end", low + offset, high + offset)
        return sorted([*(hit for hit in rest if hit.kind not in _ATTENDED), gone], key=lambda hit: hit.start)
    if (other := concept("foreign.watch").search(text)) and not _NEURO.search(text[: other.start()] + text[other.end() :]):
        return [hit for hit in classify(text, offset) if hit.kind not in PARTS | _ATTENDED]  # 'monitoring of vital signs ends'
    hits = _without_dates(classify(text, offset), text, offset)
    if state := concept("reader-state").search(text):
        # 'Reader login (remote) | OFF - left for clinic': the name of a state and what it is now; 'login' is no coming here.
        now = Hit("professional", "end" if state["off"] else "start", offset + state.start(), offset + state.end())
        return sorted([now, *(hit for hit in hits if hit.kind not in _ATTENDED)], key=lambda hit: hit.start)
    ignored = any(h.kind == "ignore" for h in hits)
    speaker = _SPEAKER.match(text)
    begin = speaker.end() if speaker and not (speaker["name"] and _classify(speaker["name"])) else 0
    words = text[begin:].replace("_", " ").replace("|", " ")
    found = composed(words.replace("\t", ";"), doctors)
    if not found and _DOUBLED.search(words) and not any(hit.phase in ("start", "end") for hit in hits):
        found = composed(words.replace("\t", " "), doctors)  # 'removal of  electrodes concluded': a doubled blank
    if ignored:
        # 'Reference set filed' and 'impedance table saved to disk' are no notes about a report.
        found = tuple(hit for hit in found if hit.kind in ("setup", "baseline"))
        hits = [h for h in hits if h.kind != "ignore"] if found else hits
    if not found:
        both = " and " in text or "/" in text or "&" in text or " then " in text or "+" in text or "; " in text
        told = both and [hit for hit in hits if hit.kind in STAGES and hit.phase in ("start", "end")]
        return (_two_things(text, offset, doctors, hits) if told else []) or hits
    if {hit.kind for hit in found} <= _WORKED and not _names_anybody(text, doctors):
        hits = [hit for hit in hits if hit.kind not in _ATTENDED]  # 'patient being connected', 'patient handed over'
    moved = [replace(hit, start=hit.start + offset + begin, end=hit.end + offset + begin) for hit in found]
    moved = [hit for hit in moved if hit.kind not in _WORKED or not _SPAN_OF_STAY.search(text, 0, hit.end - offset)]
    told = [hit for hit in hits if hit.phase in ("start", "end")]
    if any(hit.kind == "monitoring" and _GOES.match(text, hit.start - offset) for hit in told):
        # 'DR B monitoring starts now': it starts, whoever writes so.
        return sorted(
            [*(hit for hit in hits if hit.kind not in _ATTENDED), *(hit for hit in moved if hit.kind == "professional")],
            key=lambda hit: hit.start,
        )
    said = {(hit.kind, hit.phase) for hit in told}
    said -= {("interruption", "end")} if ("interruption", "start") in said else set()  # 'suspension of monitoring lifted'
    if told and not any(_gainsays(hit, other) for hit in moved if (hit.kind, hit.phase) not in said for other in told):
        stages = [hit for hit in told if hit.kind in STAGES]
        beside = "; " in text and len(stages) == 1 and any(hit.kind in STAGES and hit.phase == "span" for hit in hits)
        each = _two_things(text, offset, doctors, hits) if beside else []
        return each or _with_who_came(text, offset, hits, told, moved)
    kinds = {hit.kind for hit in found} | {"attend", "attend-monitored"}
    kinds |= {other.kind for hit in moved for other in told if _gainsays(hit, other)}
    kept = [hit for hit in hits if hit.kind not in kinds]
    return sorted([*kept, *moved], key=lambda hit: hit.start)


def _not_of_readers(hits: list[Hit]) -> list[Hit]:
    """The hits without electrodes that are taken off by the very words of a reader's going: 'VIEWER disconnect'."""
    gone = [hit for hit in hits if hit.kind == "professional"]
    return [h for h in hits if h.kind != "removal" or not any(own.start <= h.start and h.end <= own.end for own in gone)]


def _two_things(text: str, offset: int, doctors: frozenset[str], hits: list[Hit]) -> list[Hit]:
    """What an entry of two things says of each: 'Completed baseline recordings and began continuous monitoring'; nothing where it is of one."""
    if (both := _AND.search(text)) is None or _AND.search(text, both.end()) is not None:
        return []
    first = [h for h in classify_entry(text[: both.start()], offset, doctors) if h.phase in ("start", "end")]
    second = [h for h in classify_entry(text[both.end() :], offset + both.end(), doctors) if h.phase in ("start", "end")]
    told = tuple((h.kind, h.phase) for h in (*first, *second))
    return [*first, *second] if told in _AT_ONCE and told != tuple((h.kind, h.phase) for h in hits) else []


_AND = re.compile(r"\s(?:and(?:\s+then)?|then|&|\+)\s|\s?/\s?(?=[A-Za-z]{3})|;\s")
_AT_ONCE = frozenset(
    {
        (("setup", "end"), ("baseline", "start")),
        (("baseline", "end"), ("monitoring", "start")),
        (("monitoring", "end"), ("removal", "start")),
        (("monitoring", "end"), ("removal", "end")),
    }
)


def _with_who_came(text: str, offset: int, hits: list[Hit], told: list[Hit], moved: list[Hit]) -> list[Hit]:
    """The hits, and who came by a clause of its own behind the beginning of monitoring: 'MONITORING ON | Hale here in OR 2'."""
    if {hit.kind for hit in told} != {"monitoring"} or any(hit.kind in _ATTENDED for hit in hits):
        return hits
    came = [hit for hit in moved if (hit.kind, hit.phase) == ("professional", "start") and told[-1].phase == "start"]
    return [*hits, *(hit for hit in came if "\t" in text[told[-1].end - offset : hit.start - offset])]


_NEURO = re.compile(r"monitor|surveil|ionm|iom|record|electrode|baseline", re.I)
_DOUBLED = re.compile(r"[a-z,]\t[a-z]")
_GOES = re.compile(
    r"(?:neuro-?)?monitoring\s+(?:now\s+)?(?:starts|begins|ends|stops|commences|is\s+(?:starting|ending|over|on|off))\b"
    r"|(?:neuro-?monitoring|monitoring|ionm|iom|recording)\s+(?:now\s+)?(?:start(?:ed)?|begun|on|end(?:ed)?|stop(?:ped)?|off|discontinued)\s+(?:as\s+)?(?:per|by|on\s+the\s+word\s+of|at\s+the\s+(?:word|request)\s+of)\b",
    re.I,
)
_SPAN_OF_STAY = re.compile(
    r"\b(?:in\s+(?:the\s+)?(?:room|or|theat\w+)|here|present|there|stayed)\s+(?:all\s+the\s+time\s+)?from\s+[\w -]+$", re.I
)
"""'I was in the room from set up to now': by what somebody's stay is dated."""


def _without_dates(hits: list[Hit], text: str, offset: int) -> list[Hit]:
    """What an entry says without that by which it dates something else: 'monitoring began after electrode placement'."""
    if not any(hit.phase in ("start", "end") for hit in hits):
        return hits
    return [
        hit for hit in hits if hit.phase != "span" or hit.kind not in _WORKED or not _AFTER.search(text[: hit.start - offset])
    ]


def _names_anybody(text: str, doctors: frozenset[str]) -> bool:
    """Whether an entry names somebody who could supervise."""
    return bool(concept("professional").search(text) or doctors.intersection(re.findall(r"[\w'’-]+", text.lower())))


def _gainsays(hit: Hit, told: Hit) -> bool:
    """Whether a clause whose every word is understood says something else than a pattern that knows some of its words."""
    if hit.kind == told.kind:
        return hit.phase != told.phase
    if (hit.kind, told.kind) == ("removal", "setup"):
        return hit.start < told.end and told.start < hit.end
    if told.kind == "monitoring":
        overlap = hit.start < told.end and told.start < hit.end
        return hit.kind == "interruption" or (hit.phase == told.phase and (hit.kind == "baseline" or overlap))
    return False


def classify(text: str, offset: int = 0) -> list[Hit]:
    """What a stretch of text says happened, in order of place; a higher pattern claims its text before a lower one."""
    return [Hit(h.kind, h.phase, h.start + offset, h.end + offset) for h in _classify(text)]
