"""Two clock times of one sentence that belong together though words stand between them: 'opened at 8:10 and was closed at 11:30'.

The first stands behind a word of beginning, the second behind one of ending, and between them nothing else is spoken of.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.events.model import STAGES, Event
from ionm_notes.read.expression import expression
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 90
"""Characters between two times that are told together."""
_AT = r"\W*(?:(?:at|by|on|around|about|as\s+of)\W+)?(?:about\s+|approximately\s+)?$"
_BEGUN = expression(
    r"\b(?:start(?:s|ed|ing)?|beg[aiu]n(?:ning)?|commenc(?:ed|es|ing)|initiated|opened|opens|opening|assumed|undertaken|taken\s+up|took\s+up|entered|switched\s+on)\b"
    + _AT
)
_HALTED = expression(
    r"\b(?:paused|suspended|halted|interrupted|stopped|ceased|discontinued|broken\s+off|on\s+hold(?:\s+starting)?|off|down|lost)\b"
    + _AT
)
_ASIDE = (
    r"^[\s,]*\(?(?:with|in|after|before|following|under|on|just|directly|immediately|shortly|right|soon|near|upon|prior|during|for|from|without|by)\b"
    r"(?:(?!\b(?:is|are|was|were|has|have|had|did|do|does|will|went|came|began|started|ran|took|got|gave|made|left|told|fell|rose|lost|said|until|till|to)\b)"
    r"[^.;:\d\n]){2,60}?[\s,)]+(?:(?:and|then|but|which|that|it|later)\s+)+"
)
"""What stands between two times that belong together and says no more than how things were at the first: 'with the head in pins, and'."""
_BETWEEN = (
    r"(?:" + _ASIDE + r"|^[\s,;]*)(?:(?:and|then|which|but|that|later)\s+)*(?:(?:it|this(?:\s+work)?|they|these|both)\s+)?"
    r"(?:(?:was|were|is|had|been|then|later|finally|not|all)\s+)*"
)
_ENDED = expression(
    _BETWEEN
    + r"(?:end(?:ed|s|ing)|stop(?:ped|s|ping)|conclud(?:ed|es|ing)|finish(?:ed|es|ing)|complet(?:e|ed|es|ing)|clos(?:ed|es|ing)|terminated|"
    r"discontinued|done|over|relinquished|given\s+up|gave\s+(?:it|this)\s+up|exited(?:\s+from\s+it)?|in\s+place|brought\s+to\s+an?\s+(?:end|close)|ceased|"
    r"switched\s+off|left(?:\s+it)?)(?:\s+(?:monitoring|to\s+monitor|it))?" + _AT
)
_RESUMED = expression(
    _BETWEEN
    + r"(?:resumed|back(?:\s+(?:on|up|online|on\s+line))?|reinstated|re-?established|re-?started|restored|(?:taken|took)\s+up\s+again|"
    r"on\s+again|running\s+again|lifted)\W*(?:(?:at|by|until|till)\W+)?(?:about\s+|approximately\s+)?$"
)
_OTHERS = expression(r"\W*(?:the\s+)?(?:surgeon|surgical\s+team|resident|an(?:a)?esth\w+|nurse)\b")
_IT = expression(r"\b(?:it|monitoring|ionm|recording)\b")


_IN = expression(r"\b(?:in|on|start(?:ed)?|began|begin)\s*[:@=]?\s*$")
_OUT = expression(r"[ \t,;/|]*(?:and\s+)?(?:out|off|stop(?:ped)?|end(?:ed)?)\s*[:@=]?\s*")
_AT_SIGN = expression(r"[a-z]\s*@\s*$")
_DONE = expression(r"[ \t,;/|]*(?:and\s+)?(?:done|finished|completed?|over|ended)\s*@\s*")
"""'Hook up @ 0715, done @ 0740'."""


def paired(before: str, between: str) -> bool:
    """Whether two times are the ends of one interval, as the words before the first and between the two tell."""
    if len(between) > _LONGEST:
        return False
    if _OUT.fullmatch(between) and _IN.search(before) and not vocabulary().regex("clause.worn").search(before):
        return True
    if _DONE.fullmatch(between) and _AT_SIGN.search(before):
        return True
    begun = _BEGUN.search(before) is not None and not vocabulary().regex("couple.of-operation").search(before)
    if begun and _ENDED.search(between):
        return True
    return (begun or _HALTED.search(before) is not None) and _RESUMED.search(between) is not None


def about_somebody(text: str) -> bool:
    """Whether a sentence is about somebody's doing, the professional's or the surgeon's, and not about what was spoken of before."""
    if _OTHERS.match(text) and not _IT.search(text):
        return True
    words = vocabulary()
    said = words.regex("interval.attends").search(text) or words.regex("whereabouts.comes").search(text)
    return said is not None and names_professional(text)


def goes(left: str) -> bool:
    """Whether the words between a professional's coming and the next time tell of his or her going."""
    return len(left) <= _LONGEST and vocabulary().regex("whereabouts.goes").search(left) is not None


def told_together(events: list[Event]) -> list[Event]:
    """What two times of one sentence mean together, where each alone would be the end of something."""
    out = list(events)
    for index, (event, after) in enumerate(pairwise(events)):
        same = event.kind == after.kind and event.kind in STAGES and event.kind != "monitoring" and event.unit is after.unit
        if same and event.phase == after.phase == "end" and event.first < after.first:
            out[index] = replace(event, phase="start")  # 'were recorded at 7:52 and completed at 8:05'
        if (
            event.kind == after.kind == "monitoring"
            and (event.phase, after.phase) == ("point", "end")
            and event.unit is after.unit
        ):
            out[index] = replace(event, phase="start")  # 'Surveillance: 08:02 until the last staple was in at 12:44'
        if (event.kind, event.phase) == ("monitoring", "end") and (after.kind, after.phase) == ("interruption", "end"):
            # 'Recording stopped at 15:12 when the cart lost power and was back at 15:22' ends no monitoring.
            out[index] = replace(event, kind="interruption", phase="start")
    return out
