"""Which values of a case a reviewer may correct, and the case with one of them corrected; pure.

A value is named by its path in the stored facts ('segments.2.start'). A correction changes that value, and what was
derived from it word by word: the state of a documentation element whose time is now stated, or no longer, and the doubt
of a scanned word that the reviewer has settled. Everything else (minutes, codes, findings) is judged afresh.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from ionm_notes.errors import IonmError
from ionm_notes.handout.words import clock, plain, span_words
from ionm_notes.store.codec import case_from_json, in_full
from ionm_notes.types import Case

Kind = Literal["time", "date", "text", "number", "choice"]
NOT_STATED = ""
"""What a form gives for a value that the document does not state."""
REMOVED = "removed"
"""The value of a whole statement that the reviewer takes out, because the document does not make it."""
_TRI = (("", "not stated"), ("true", "yes"), ("false", "no"))
_MODES = (("in_room", "in the room"), ("remote", "remote"), ("nearby", "nearby"), ("unstated", "not stated"))
_SEGMENTS = tuple((kind, kind) for kind in ("setup", "baseline", "monitoring", "interruption", "removal"))
_STATUS = (("performed", "performed"), ("not_performed", "not performed"), ("unobtainable", "unobtainable"))
_SIDES = (("left", "left"), ("right", "right"), ("left right", "left and right"), ("", "not stated"))
_KEEP = (("kept", "stands in the record"), (REMOVED, "does not"))
_SURE = (("doubtful", "in doubt"), (REMOVED, "reads as shown"))
_MOST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that may be corrected: its path, words, kind of input, and the value as a form gives it.

    `group`, `anchor`: the statement it belongs to and its place in the page. `choices` as (value, words).
    """

    path: str
    words: str
    kind: Kind
    value: str
    group: str
    anchor: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The value in words."""
        if self.kind == "choice":
            return dict(self.choices).get(self.value, self.value)
        return (self.value.replace("T", " ") if self.kind == "time" else self.value) or "not stated"


def facts_of(case: Case) -> list[Fact]:
    """The values of a case that may be corrected, in the order in which they are shown."""
    plain_case: Mapping[str, Any] = in_full(case)
    return [*_encounter(plain_case["encounter"]), *_times(plain_case), *_rest(plain_case)]


def _encounter(encounter: Mapping[str, Any]) -> Iterator[Fact]:
    shown: tuple[tuple[str, Kind], ...] = (
        ("date_of_service", "date"),
        ("place_of_service", "text"),
        ("facility", "text"),
        ("procedure", "text"),
        ("indication", "text"),
        ("room_in", "time"),
        ("room_out", "time"),
    )
    for name, kind in shown:
        yield Fact(f"encounter.{name}", plain(name), kind, _text(encounter[name]), "Encounter", f"fact-{name}")
    if encounter["surgeon"]:
        yield Fact("encounter.surgeon.name", "surgeon", "text", encounter["surgeon"]["name"], "Encounter", "fact-surgeon")
    for role in ("professionals", "technologists"):
        for number, person in enumerate(encounter[role]):
            words, anchor = f"{role[:-1]} {number + 1}", f"fact-{role}"
            yield Fact(f"encounter.{role}.{number}.name", words, "text", person["name"], "Encounter", anchor)


def _times(case: Mapping[str, Any]) -> Iterator[Fact]:
    for number, segment in enumerate(case["segments"]):
        path, anchor, group = f"segments.{number}", f"segment-{number}", f"{segment['kind'].capitalize()} {span_words(segment)}"
        yield Fact(f"{path}.kind", "kind", "choice", segment["kind"], group, anchor, _SEGMENTS)
        for end in ("start", "end"):
            yield Fact(f"{path}.{end}", end, "time", _text(segment[end]), group, anchor)
        yield Fact(path, "this entry", "choice", "kept", group, anchor, _KEEP)
    for number, spell in enumerate(case["attendance"]):
        path, anchor = f"attendance.{number}", f"attendance-{number}"
        group = f"Attendance of {spell['professional'] or 'unnamed'} {span_words(spell)}"
        yield Fact(f"{path}.professional", "professional", "text", _text(spell["professional"]), group, anchor)
        yield Fact(f"{path}.mode", "place", "choice", spell["mode"], group, anchor, _MODES)
        if not spell["whole_case"]:
            for end in ("start", "end"):
                yield Fact(f"{path}.{end}", end, "time", _text(spell[end]), group, anchor)
        yield Fact(f"{path}.exclusive", "exclusive attention", "choice", _text(spell["exclusive"]), group, anchor, _TRI)
        yield Fact(path, "this entry", "choice", "kept", group, anchor, _KEEP)


def _rest(case: Mapping[str, Any]) -> Iterator[Fact]:
    group = "Supervision"
    for name, words, anchor in (
        ("exclusive", "exclusive attention or one case", "element-exclusivity"),
        ("real_time", "attended in real time", "element-real_time"),
        ("communication", "communication with the operating room", "element-communication"),
    ):
        yield Fact(name, words, "choice", _text(case[name]), group, anchor, _TRI)
    cases = _text(case["concurrent_count"])
    yield Fact("concurrent_count", "cases watched at once", "number", cases, group, "element-exclusivity")
    for number, modality in enumerate(case["modalities"]):
        path, anchor = f"modalities.{number}", f"modality-{number}"
        group = f"{plain(modality['modality'])} {plain(modality['region'] or '')}".strip()
        yield Fact(f"{path}.status", "status", "choice", modality["status"], group, anchor, _STATUS)
        yield Fact(f"{path}.sides", "sides", "choice", " ".join(modality["sides"]), group, anchor, _SIDES)
        yield Fact(path, "this entry", "choice", "kept", group, anchor, _KEEP)
    for number, signature in enumerate(case["signatures"]):
        path, anchor, group = f"signatures.{number}", f"signature-{number}", "Signature"
        yield Fact(f"{path}.signed", "signed", "choice", _text(signature["signed"]), group, anchor, _TRI[1:])
        yield Fact(f"{path}.by", "by", "text", _text(signature["by"]), group, anchor)
    for number, doubt in enumerate(case["doubtful"]):
        group = f"Doubtful reading {doubt['read']}"
        yield Fact(f"doubtful.{number}", f"the word {doubt['read']}", "choice", "doubtful", group, f"doubtful-{number}", _SURE)


def _text(value: object) -> str:
    """A plain value as a form gives it; times lose their seconds, which the program cuts off anyway."""
    if value is None:
        return NOT_STATED
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text[:16] if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", text) else text


@dataclass(frozen=True, slots=True)
class Change:
    """A case with one value corrected; `old` and `new` are plain values as they are stored."""

    case: Case
    path: str
    words: str
    old: Any
    new: Any


def corrected(case: Case, path: str, value: str) -> Change:
    """The case with the value at `path` as the form gives it. Raises `IonmError` `bad-correction`."""
    fact = next((fact for fact in facts_of(case) if fact.path == path), None)
    if fact is None:
        raise IonmError("bad-correction", "", "there is no such value")
    if value == fact.value:
        raise IonmError("bad-correction", "", "that is what stands there already")
    new = REMOVED if value == REMOVED else _plain(fact, value)
    return replaced(case, path, new, f"{fact.group}: {fact.words}")


def replaced(case: Case, path: str, new: Any, words: str) -> Change:
    """The case with a plain value put at `path`: `REMOVED` takes a statement out, a statement where none is puts it back."""
    data: dict[str, Any] = in_full(case)
    *way, last = path.split(".")
    holder: Any = data
    try:
        for step in way:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        if isinstance(holder, list):
            at = int(last)
            if new == REMOVED:
                old = holder.pop(at)
            else:
                old = REMOVED
                holder.insert(at, new)
        else:
            old, holder[last] = holder[last], new
        _derive(data, path)
        return Change(case_from_json(json.dumps(data)), path, words, old, new)
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise IonmError("bad-correction", "", "the value does not fit") from error


def _plain(fact: Fact, value: str) -> Any:
    """The form's value as it is stored."""
    text = " ".join(value.split())
    if fact.kind == "choice":
        if text not in dict(fact.choices):
            raise IonmError("bad-correction", "", "choose one of the values offered")
        if fact.path.endswith(".sides"):
            return text.split()
        return {"": None, "true": True, "false": False}.get(text, text) if fact.choices in (_TRI, _TRI[1:]) else text
    if text == NOT_STATED:
        if fact.path.endswith(".name"):
            raise IonmError("bad-correction", "", "a person needs a name")
        return None
    try:
        if fact.kind == "time":
            return datetime.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None).isoformat()
        if fact.kind == "date":
            return date.fromisoformat(text).isoformat()
        if fact.kind == "number":
            return int(text)
    except ValueError as error:
        raise IonmError("bad-correction", "", f"'{text[:40]}' is no {fact.kind}") from error
    if len(text) > _MOST_TEXT:
        raise IonmError("bad-correction", "", f"at most {_MOST_TEXT} characters")
    return text


_ELEMENT_OF = {
    ("monitoring", "start"): "monitoring_start",
    ("monitoring", "end"): "monitoring_stop",
    ("baseline", "end"): "baseline_time",
    ("setup", "end"): "setup_time",
}
_ELEMENT_OF_FACT = {
    "encounter.date_of_service": "date_of_service",
    "encounter.place_of_service": "place_of_service",
    "encounter.facility": "facility",
    "encounter.procedure": "procedure",
    "encounter.indication": "indication",
    "exclusive": "exclusivity",
    "real_time": "real_time",
    "communication": "communication",
}


def _derive(data: dict[str, Any], path: str) -> None:
    """Puts the states of documentation elements in step with the corrected value.

    An element becomes present only where the statement has evidence in the record; a correction alone proves nothing.
    """
    if path.startswith("segments."):
        for (kind, end), element in _ELEMENT_OF.items():
            stated = [s for s in data["segments"] if s["kind"] == kind and s[end] is not None]
            _set_element(data, element, bool(stated), [one for s in stated for one in s["evidence"]])
    elif (element := _ELEMENT_OF_FACT.get(path, "")) and path.startswith("encounter."):
        name = path.removeprefix("encounter.")
        _set_element(data, element, data["encounter"][name] is not None, data["encounter"]["evidence"].get(name, []))
    elif element and data[path] is None:
        _set_element(data, element, False, [])


def _set_element(data: dict[str, Any], name: str, stated: bool, evidence: list[Any]) -> None:
    element = data["elements"].get(name)
    if element is None or element["state"] == "not_applicable":
        return
    if not stated and element["state"] == "present":
        element.update(state="absent", evidence=[], pages_searched=[*range(1, data["pages"] + 1)])
    elif stated and evidence and element["state"] == "absent":
        element.update(state="present", evidence=evidence, nearest_miss=None)


def words_of(value: Any) -> str:
    """A stored plain value in words, for the list of corrections."""
    if isinstance(value, Mapping):
        return f"{plain(str(value.get('kind') or value.get('modality') or value.get('mode') or 'entry'))} " + (
            span_words(value) if "start" in value else ""
        )
    if isinstance(value, list):
        return " and ".join(map(str, value)) or "not stated"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", value):
        return f"{value[:10]} {clock(value)}"
    if value is None or isinstance(value, bool):
        return {None: "not stated", True: "yes", False: "no"}[value]
    return str(value)
