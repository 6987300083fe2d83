"""Reads a short log entry word by word where no pattern knows it: one thing, one action, and not a word left unexplained.

'Baselines finalized', 'Montage complete', 'EP leads: start', 'Dr Hale drops off the case'. An entry with any word that
`patterns/composed.toml` does not list says nothing here: a row about retractors that also names monitoring is left alone.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

from ionm_notes.read.events.model import Hit
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 90
"""Characters of the longest entry that is taken word by word."""
Part = Literal["start", "end"]
_MEANING: dict[tuple[str, str], tuple[str, Part]] = {
    ("electrodes", "start"): ("setup", "start"), ("electrodes", "end"): ("setup", "end"),
    ("removal", "start"): ("removal", "start"), ("removal", "end"): ("removal", "end"),
    ("baseline", "start"): ("baseline", "start"), ("baseline", "end"): ("baseline", "end"),
    ("monitoring", "start"): ("monitoring", "start"), ("monitoring", "end"): ("monitoring", "end"),
    ("monitoring", "pause"): ("interruption", "start"), ("monitoring", "resume"): ("interruption", "end"),
    ("system", "pause"): ("interruption", "start"), ("system", "resume"): ("interruption", "end"),
    ("professional", "on"): ("professional", "start"), ("professional", "off"): ("professional", "end"),
}  # fmt: skip
_ORDER = ("removal", "baseline", "professional", "monitoring", "electrodes", "system")
"""The thing an entry is about, where it names two: 'removing electrodes' is removal, 'baseline recording' baseline."""
_HANDS_ON = frozenset({"electrodes", "removal"})
_GERUND = re.compile(r"[a-z-]+ing\b", re.I)
_DENIED = expression(
    r"\b(?:not|never|without|will|plan\w*|await\w*|waiting|until|before|ready|about to|pending|should|if|unable|to be|attempt\w*|\?)",
)


@functools.cache
def _pattern(name: str) -> Expression:
    return expression(vocabulary().patterns["composed." + name].source, r"(?<![\w'’])", r"(?![\w'’])")


def _spans(name: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _pattern(name).finditer(text)]


def composed(text: str, doctors: frozenset[str] = frozenset()) -> Hit | None:
    """What an entry says happened, or None if it has not exactly one meaning or holds a word that is not known.

    `doctors`: surnames, in small letters, of those in the document who could supervise; such a name alone is a professional.
    """
    if len(text) > _LONGEST or _DENIED.search(text) or re.search(r"\d{1,2}:\d\d", text):
        return None
    named = [word.span() for word in re.finditer(r"[^\W\d_][\w'’-]+", text) if word.group().lower() in doctors]
    things = {name: spans for name in _ORDER if (spans := _spans(f"thing.{name}", text))}
    if named:
        things["professional"] = things.get("professional", []) + named
    thing = next((name for name in _ORDER if name in things), None)
    if thing is None:
        return None
    own = {(meant[0], action) for (what, action), meant in _MEANING.items() if what == thing}
    looked = ((action, _outside(_spans(f"action.{action}", text), things[thing])) for _, action in own)
    actions = {action: spans for action, spans in looked if spans}
    bare = {name: _not_within(spans, name, actions) for name, spans in actions.items()}
    phase = _action(thing, {name: spans for name, spans in bare.items() if spans})
    if phase is None and not actions and thing in _HANDS_ON and _GERUND.match(text, things[thing][0][0]):
        phase, actions = "start", {"start": things[thing][:1]}  # 'Unhooking patient': at work on it
    if phase is None or not _explained(text, [*things.values(), *actions.values(), _spans("filler", text)]):
        return None
    kind, part = _MEANING[thing, phase]
    spans = things[thing] + actions[phase]
    return Hit(kind, part, min(a for a, _ in spans), max(b for _, b in spans))


def _outside(spans: list[tuple[int, int]], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(a, b) for a, b in spans if not any(a < high and low < b for low, high in taken)]


def _not_within(spans: list[tuple[int, int]], name: str, actions: dict[str, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The words of an action that are no part of a longer one: 'watching' in 'stops watching'."""
    others = [span for other, found in actions.items() if other != name for span in found]
    return [(a, b) for a, b in spans if not any(low <= a and b <= high and high - low > b - a for low, high in others)]


def _action(thing: str, actions: dict[str, list[tuple[int, int]]]) -> str | None:
    """The one action of an entry. Interruption words outweigh: 'recording stopped, system crash'."""
    if not actions:
        return None
    if "resume" in actions:
        return "resume"
    if "pause" in actions:
        return "pause"
    if len(actions) == 1:
        return next(iter(actions))
    first, second = ("off", "on") if thing == "professional" else ("end", "start")
    if min(actions[first])[0] == min(actions[second])[0]:
        return max(actions, key=lambda name: max(b - a for a, b in actions[name]))
    # 'setup finished, impedances running' has two meanings and is left to a person.
    strong = [name for name, spans in actions.items() if any(b - a > 3 for a, b in spans)]
    return strong[0] if len(strong) == 1 else None


def _explained(text: str, known: list[list[tuple[int, int]]]) -> bool:
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
