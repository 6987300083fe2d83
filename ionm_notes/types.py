"""The plain, frozen objects that flow from one stage to the next; read this to know what each stage hands over.

Nothing here has behaviour. Times are naive local `datetime`s cut to whole minutes; intervals are half-open; boxes are
`(x0, top, x1, bottom)` in points from the page's top left. Three values everywhere: a fact is stated, stated as not,
or not stated (`None`); the last is never turned into the second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

BBox = tuple[float, float, float, float]
Column = Literal["in_room", "in_room_shared", "remote_exclusive", "remote_shared", "remote_unstated"]
Tri = bool | None

# --- ingest -> Document -------------------------------------------------------------------------------------------


class Word(NamedTuple):
    """One word of a line: `start`/`end` are character offsets into `Line.text`; `bbox` is None without geometry.

    A tuple, since a page has hundreds, and a frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    bbox: BBox | None


WhyDoubtful = Literal["", "second-reading", "out-of-order", "impossible", "half-ticked", "box-lost"]
"""Why a recognised word is in doubt: read otherwise the second time, a time against the order of its log, a time that no
clock shows, a check box with too much ink for an empty one and too little for a tick, choices of a form without their boxes."""


@dataclass(frozen=True, slots=True)
class DoubtfulWord:
    """A word of a scanned line that may be misread: characters `start`..`end` of `Line.text`, what was read and why it is
    in doubt. `instead`: what it may be, most likely first; empty where nobody can tell."""

    start: int
    end: int
    read: str
    instead: tuple[str, ...]
    why: WhyDoubtful


LineKind = Literal["text", "row", "header", "footer"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, or one whole table row (wrapped cells joined), in reading order.

    `text` joins words by one space and cells by one tab. `cells` are character ranges into `text`, one for an ordinary
    line. `block` numbers the paragraph, table or text box within the page: lines of one paragraph share it and may be
    joined by a space to read sentences. `kind` is `row` for table rows (ruled or aligned), `header`/`footer` for lines
    repeated over pages.
    """

    page: int
    text: str
    words: tuple[Word, ...]
    cells: tuple[tuple[int, int], ...]
    kind: LineKind
    block: int
    confidence: float | None = None
    """Least confidence of a recognised word, 0 to 1; None where the text was not recognised but given."""
    doubts: tuple[DoubtfulWord, ...] = ()
    written: tuple[tuple[int, int, str], ...] = ()
    """Stretches of `text` that do not stand so on the page (a clock time brought to another zone), each with what does."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `number` counts from 1; `width`/`height` in points (0 where the format has no geometry)."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    recognized: bool = False
    """True where the text was recognised from a picture (OCR)."""
    turn: int = 0
    """Degrees clockwise by which a recognised page must be turned to be read."""
    file: str = ""
    """The file of a case of several files, whose pages are numbered on from file to file; empty where there is one."""
    own: int = 0
    """The page's number in that file."""


TextSource = Literal["text-layer", "ocr", "mixed", "native"]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file of a case of several files."""

    name: str
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its pages in order and what to know of the reading."""

    name: str
    sha256: str
    media_type: str
    text_source: TextSource
    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()
    poor_text: bool = False
    """True where the text (a scan, a broken text layer) is too poor to rely on."""
    files: tuple[CaseFile, ...] = ()
    """The files of a case that was read together; empty for an ordinary document."""


# --- read -> Case -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: page from 1, the text exactly as on that page (white space folded), and its box.

    `doubt`: what in it may be misread ('08:05 may be 06:05'), of scanned pages; empty where nothing is in doubt.
    `file`: the file of a case of several files, whose page `page` is; empty where there is one file.
    """

    page: int
    text: str
    bbox: BBox | None
    doubt: str = ""
    file: str = ""


Proof = tuple[Evidence, ...]
Role = Literal["professional", "technologist", "surgeon", "assistant", "anesthesia", "fellow", "other"]


@dataclass(frozen=True, slots=True)
class Person:
    """A named person in a role; `credentials` as written, upper case, dots removed ('MD', 'CNIM', 'R EP T')."""

    name: str
    credentials: tuple[str, ...]
    role: Role
    evidence: Proof


@dataclass(frozen=True, slots=True)
class Encounter:
    """Who, where, when and why. `evidence` maps field names to their proof."""

    date_of_service: date | None = None
    place_of_service: str | None = None
    procedure: str | None = None
    indication: str | None = None
    facility: str | None = None
    surgeon: Person | None = None
    assistants: tuple[Person, ...] = ()
    anesthesia_provider: Person | None = None
    professionals: tuple[Person, ...] = ()
    technologists: tuple[Person, ...] = ()
    room_in: datetime | None = None
    room_out: datetime | None = None
    anesthesia_start: datetime | None = None
    anesthesia_stop: datetime | None = None
    icd10: tuple[str, ...] = ()
    payer_named: str | None = None
    evidence: Mapping[str, Proof] = field(default_factory=dict)


ModalityStatus = Literal["performed", "not_performed", "unobtainable"]


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle recorded by EMG: canonical name, contract region and the sides stated (empty: not stated)."""

    name: str
    region: str
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Modality:
    """One modality and region of the contract. `intended`: the text shows a plan, order, offer or refusal.

    `technique` is 'needle' or 'surface' where stated (sphincter EMG). `studies` counts nerve conduction, NAP and
    H-reflex studies (per nerve and side).
    """

    modality: str
    region: str | None
    sides: tuple[str, ...]
    status: ModalityStatus
    evidence: Proof
    muscles: tuple[Muscle, ...] = ()
    sites_stated: bool = False
    intended: bool = False
    technique: str | None = None
    studies: int = 1


SegmentKind = Literal["setup", "baseline", "monitoring", "interruption", "removal"]
Origin = Literal["log", "header", "narrative"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the day as the document states it; either end may be None. `mapping` segments are kept apart."""

    kind: SegmentKind
    start: datetime | None
    end: datetime | None
    evidence: Proof
    origin: Origin = "narrative"
    repeated: bool = False
    """True for a baseline said to be repeated later in the case: that is monitoring, never an initial baseline."""
    seen_again: datetime | None = None
    """For an interruption whose end is not stated: the next time at which signals are told of, by which it was over."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stated interval with its evidence (functional mapping, time allocated to this patient alone)."""

    start: datetime
    end: datetime
    evidence: Proof


Mode = Literal["in_room", "remote", "nearby", "unstated"]


@dataclass(frozen=True, slots=True)
class Attendance:
    """When a qualified professional attended. `professional` is a name, or None where unnamed.

    `whole_case`: only a mode was stated; start and end are those of the counted monitoring (None until counted).
    """

    professional: str | None
    mode: Mode
    start: datetime | None
    end: datetime | None
    exclusive: Tri
    evidence: Proof
    whole_case: bool = False


@dataclass(frozen=True, slots=True)
class TimeConflict:
    """Two stated times that contradict each other: what was taken, what was set aside, and why."""

    subject: str
    chosen: str
    rejected: str
    why: str
    evidence: Proof


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total the document states. `kind` is 'minutes' or 'units'; `minutes` always in minutes when known.

    `includes` names parts (setup, baseline, removal, interruption) that the document itself says are inside the
    total; `excludes_minutes` is what it says to take off, in minutes.
    """

    kind: Literal["minutes", "units"]
    amount: int
    code: str | None
    includes: tuple[SegmentKind, ...]
    excludes_minutes: int
    evidence: Proof


@dataclass(frozen=True, slots=True)
class BillingLine:
    """A charge line found in the document. `units` None where not written."""

    code: str
    units: int | None
    modifiers: tuple[str, ...]
    place_of_service: str | None
    evidence: Proof


@dataclass(frozen=True, slots=True)
class Signature:
    """`signed` True: signature or attestation stands; False: a blank line or a draft mark; `at` date or time of it."""

    signed: bool
    by: str | None
    at: date | None
    evidence: Proof
    draft: bool = False


ElementState = Literal["present", "absent", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Element:
    """State of one documentation element. For an absent one: the pages searched and the nearest miss, if any."""

    id: str
    state: ElementState
    evidence: Proof = ()
    pages_searched: tuple[int, ...] = ()
    nearest_miss: Evidence | None = None


@dataclass(frozen=True, slots=True)
class DoubtfulReading:
    """A word of a scanned page that may be misread, and what hangs on it.

    `instead`: the other readings, most likely first. `changes`: what the audit would take otherwise under one of them:
    'minutes', 'date', 'codes' or 'billing'; empty where nothing does. `minutes`: the billable minutes by column under
    each other reading, in the order of `instead` (a column that cannot be told is left out).
    """

    read: str
    instead: tuple[str, ...]
    why: WhyDoubtful
    evidence: Proof
    changes: tuple[str, ...] = ()
    minutes: tuple[Mapping[Column, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """A time or statement whose meaning no pattern knows and only the trained model supplied; a person has to confirm it.

    `what` in words ('end of baselines', 'live attendance'), `confidence` the measured share of such guesses that were right,
    0 to 1. `weighty`: minutes or attendance would be others without the model's guesses, so that no time code of the case is
    supported.
    """

    what: str
    confidence: float
    evidence: Proof
    weighty: bool = False


PartUse = Literal["read", "copy", "superseded", "other-patient"]


@dataclass(frozen=True, slots=True)
class PartSeen:
    """One part of a packet: its kind in words, its pages, and whether it was read or why not.

    `read`: its facts count as far as its kind may state them; `copy`: the page stands elsewhere too; `superseded`: a later
    version of it counts; `other-patient`: it is another patient's.
    """

    kind: str
    pages: tuple[int, ...]
    title: str
    use: PartUse
    file: str = ""


@dataclass(frozen=True, slots=True)
class PacketNote:
    """What the make-up of a record has to say: the id of the rule that reports it, in words, and where it shows.

    `severity` None takes the policy's for the rule.
    """

    rule: str
    message: str
    evidence: Proof
    severity: Literal["error", "warning", "info"] | None = None


OperationSite = Literal["intracranial", "vascular_cardiac", "spine", "peripheral", "neck", "other"]


@dataclass(frozen=True, slots=True)
class Case:
    """Every fact read from one document, each with evidence. Rules see this and never the text."""

    document: str
    encounter: Encounter
    modalities: tuple[Modality, ...] = ()
    segments: tuple[Segment, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    mapping: tuple[Span, ...] = ()
    allocated: tuple[Span, ...] = ()
    """Intervals that the record itself gives to this patient alone within shared time."""
    conflicts: tuple[TimeConflict, ...] = ()
    mode_conflict: Proof = ()
    """Evidence that the same time is said to be both in the room and remote; empty if not."""
    attendance_unread: Proof = ()
    """Sentences about the professional with an interval whose meaning could not be read; the minutes may hang on them."""
    attended_length: StatedTotal | None = None
    """How long the professional attended, where no clock times say when and it is less than the monitoring."""
    handed_over: Proof = ()
    """Statements that one professional was followed by another, where attendance tells of one professional only."""
    times_unread: Proof = ()
    """Sentences on a pause, or on set-up, baselines or removal within the monitoring, whose times found no place in the day."""
    totals: tuple[StatedTotal, ...] = ()
    duration: StatedTotal | None = None
    """The stated duration to count from where no usable clock times of monitoring are given."""
    stop_before_start: bool = False
    last_report: datetime | None = None
    """Last timed entry that reports signals or the professional's presence (used where no end is stated)."""
    last_report_evidence: Proof = ()
    billing: tuple[BillingLine, ...] = ()
    signatures: tuple[Signature, ...] = ()
    elements: Mapping[str, Element] = field(default_factory=dict)
    real_time: Tri = None
    communication: Tri = None
    exclusive: Tri = None
    """True: exclusive attention or one case stated; False: concurrent cases stated."""
    concurrent_count: int | None = None
    """How many cases were watched at once, this one included."""
    read_afterwards: Proof = ()
    partly_afterwards: Proof = ()
    """Evidence that a stretch of the monitoring was read afterwards, where the rest was watched live."""
    operator_monitors: Proof = ()
    """Evidence that the monitoring professional is the surgeon, the assistant or the anesthesia provider."""
    only_operator_monitors: bool = False
    never_monitored: Proof = ()
    """That monitoring was never begun, where no time of it is stated."""
    change_described: Tri = None
    operation_site: OperationSite | None = None
    necessity_tags: tuple[str, ...] = ()
    """Ids of operations as `policy/data` names them (e.g. 'peripheral-nerve'), for the necessity look-up."""
    necessity_evidence: Proof = ()
    eeg_for_depth: bool = False
    mapping_in_room: Tri = None
    laterality: tuple[Proof, ...] = ()
    """Each contradiction of sides, with the places that contradict each other."""
    patients: tuple[Proof, ...] = ()
    """One entry per distinct patient identity found; more than one is `mixed-patients`."""
    poor_text: bool = False
    pages: int = 1
    doubtful: tuple[DoubtfulReading, ...] = ()
    """Words of scanned pages that may be misread, in reading order."""
    sessions: int = 1
    """Operative sessions of the day: the patient left the operating room and came back to be monitored again."""
    shared: tuple[Span, ...] = ()
    """Minutes in which another case was watched as well, where the record says so of a part of the time."""
    operative: tuple[BillingLine, ...] = ()
    """Charges of the operation or of anesthesia that the document holds, as far as their codes look like it."""
    parts: tuple[PartSeen, ...] = ()
    """The parts of a packet; empty for an ordinary document of one part."""
    notes: tuple[PacketNote, ...] = ()
    """What the make-up of the record gives rise to: copies, versions, parts that disagree, relief, clocks of two zones."""
    guesses: tuple[Guess, ...] = ()
    """Times and statements that only the trained model gave a meaning; empty where patterns read everything."""


# --- timeline -> Minutes ------------------------------------------------------------------------------------------

COLUMNS: tuple[Column, ...] = ("in_room", "in_room_shared", "remote_exclusive", "remote_shared", "remote_unstated")


@dataclass(frozen=True, slots=True)
class ProofLine:
    """The fate of one stretch of clock minutes: counted in a column, or cut for a reason.

    `reason` is an id: 'counted', 'setup', 'baseline', 'removal', 'interruption', 'unattended', 'mapping',
    'before-monitoring', 'after-monitoring', 'stated-exclusion', 'mode-unstated', 'assumed'.
    """

    start: datetime | None
    end: datetime | None
    minutes: int
    column: Column | None
    reason: str
    why: str
    professional: str | None
    evidence: Proof


@dataclass(frozen=True, slots=True)
class ProfessionalMinutes:
    """Whole billable minutes of one professional in one column."""

    professional: str | None
    column: Column
    minutes: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why minutes are less than proved.

    `id`: 'start-assumed', 'end-assumed', 'attendance-start-assumed',
    'attendance-end-assumed', 'attendance-unread' (an interval told of the professional could
    not be read), 'times-unread' (a pause or a part of the day told within
    the monitoring could not be placed), 'attendance-duration-only' (it is told how long the professional attended, and not
    when), 'part-open' (set-up, baselines or removal reach into the monitoring and lack
    a time), 'time-conflict', 'mode-conflict', 'duration-only', 'mapping-times-missing',
    'stop-before-start', 'mode-unstated', 'doubtful-reading' (a clock time of a scan may be misread), 'trained-guess' (the
    minutes rest on what only the trained model gave a meaning); and, where no
    minutes can be told, 'start-missing', 'end-missing', 'duration-split' (one stated duration for several ways of
    attending) or 'interruption-open' (no end stated).
    """

    id: str
    message: str
    evidence: Proof


@dataclass(frozen=True, slots=True)
class Minutes:
    """Billable minutes by column (None: cannot be computed) with the proof that an independent adder can confirm."""

    in_room: int | None
    in_room_shared: int | None
    remote_exclusive: int | None
    remote_shared: int | None
    remote_unstated: int | None
    by_professional: tuple[ProfessionalMinutes, ...]
    proof: tuple[ProofLine, ...]
    doubts: tuple[Doubt, ...]
    monitoring_start: datetime | None
    monitoring_end: datetime | None
    attendance: tuple[Attendance, ...]
    """Attendance with whole-case entries given the start and end of the counted monitoring."""
    unattended: int
    """Minutes of counted monitoring (interruptions aside) attended by no professional."""
    overlap: Mapping[SegmentKind, int] = field(default_factory=dict)
    """Minutes by which the document's own monitoring time includes setup, baseline or removal."""
    least: Mapping[Column, int] = field(default_factory=dict)
    most: Mapping[Column, int] = field(default_factory=dict)
    """Bounds in minutes where a time is missing or contested; equal to the count where nothing is open."""


# --- codes, rules -> Audit ----------------------------------------------------------------------------------------

Status = Literal["supported", "query"]
Edit = Literal["none", "modifier", "denied"]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One suggested line. `gaps` names each reason for `query` by id; empty when supported."""

    code: str
    name: str
    kind: Literal["time", "base"]
    units: int | None
    modifiers: tuple[str, ...]
    status: Status
    professional: str | None
    edit: Edit
    rationale: str
    gaps: tuple[str, ...]
    evidence: Proof
    edit_reason: str = ""
    units_least: int | None = None
    units_most: int | None = None


@dataclass(frozen=True, slots=True)
class NotReportable:
    """What someone may be tempted to bill for this document, and why not."""

    code: str | None
    item: str
    rule: str
    rationale: str
    evidence: Proof


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say: message, why it matters, what to do, sources, where, and the policy values used."""

    rule: str
    severity: Severity
    message: str
    why: str
    remedy: str
    citations: tuple[str, ...]
    evidence: Proof
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One question of the five-point review or the pre-submission steps; `answer` is 'yes', 'no' or 'unclear'."""

    id: str
    question: str
    answer: Literal["yes", "no", "unclear"]
    because: str


@dataclass(frozen=True, slots=True)
class WhatWouldChange:
    """The smallest missing statement that would turn a `query` line into `supported`; names what is missing only."""

    code: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """The judged case for one payer."""

    payer: str
    policy_version: str
    tool_version: str
    case: Case
    minutes: Minutes
    codes: tuple[CodeLine, ...]
    not_reportable: tuple[NotReportable, ...]
    findings: tuple[Finding, ...]
    checklist: tuple[ChecklistItem, ...]
    what_would_change: tuple[WhatWouldChange, ...] = ()
    verdict: str = ""
    """The answer in short, as `rules.verdict` gives it: 'ready', 'query first' or 'not billable'."""
    verdict_sentence: str = ""
    """Why, in one sentence."""
    policy_on: date | None = None
    """The day whose rules judged: the date of service, unless another was asked for."""
    policy_layers: Mapping[str, str] = field(default_factory=dict)
    """The CMS layers that judged: kind of table to the layer's first day."""
