"""The published shape of an audit line as pydantic models; read this to know what `--jsonl` prints.

`docs/audit.schema.json` is generated from these, and every line that leaves the program has passed them. Field names
and meanings follow the audit contract, version "1"; fields beyond it are named as extras in their model.
"""

from __future__ import annotations

from datetime import date, datetime
from operator import not_
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from ionm_notes.limitation import STATEMENT
from ionm_notes.types import BBox, Person

SCHEMA_VERSION: Literal["1"] = "1"


def _stamp(value: object) -> object:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value


def _date_or_time(value: object) -> object:
    return _stamp(value) if isinstance(value, datetime) else value.isoformat() if isinstance(value, date) else value


def _name(value: object) -> object:
    return value.name if isinstance(value, Person) else value


def _rounded(box: BBox) -> BBox:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


Stamp = Annotated[str, BeforeValidator(_stamp), Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d$")]
"""A local time, `YYYY-MM-DDTHH:MM`."""
Name = Annotated[str, BeforeValidator(_name)]
Minute = int
"""Whole minutes."""


class _Model(BaseModel):
    """Models are filled from the core's objects by attribute, so a field of the same name needs no code."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class EvidenceModel(_Model):
    """Where a fact stands: page from 1, text as on the page, box in points from the page's top left or null.

    `doubt` (an extra): what in the text of a scanned page may be misread; left out where nothing is.
    `file` (an extra): the file whose page it is, in a case of several files; left out where there is one.
    """

    page: int = Field(ge=1)
    text: str
    bbox: Annotated[BBox, AfterValidator(_rounded)] | None
    doubt: str = Field(default="", exclude_if=not_)
    file: str = Field(default="", exclude_if=not_)


Shown = list[EvidenceModel]


class CaseFileModel(_Model):
    """One file of a case of several files (an extra)."""

    name: str
    sha256: str
    pages: int


class DocumentModel(_Model):
    """The file that was read. `warnings`, `poor_text` and, for a case of several files, `files` are extras."""

    name: str
    sha256: str
    pages: int
    media_type: str
    text_source: Literal["text-layer", "ocr", "mixed", "native"]
    warnings: list[str]
    poor_text: bool
    files: list[CaseFileModel] = Field(default=[], exclude_if=not_)


class PersonModel(_Model):
    """A person's name and credentials as the document gives them."""

    name: str
    credentials: list[str]


class EncounterModel(_Model):
    """Who, where, when and why; null where the document does not say."""

    date_of_service: date | None
    place_of_service: str | None
    procedure: str | None
    indication: str | None
    facility: str | None
    surgeon: Name | None
    assistants: list[PersonModel]
    anesthesia_provider: Name | None
    professionals: list[PersonModel]
    technologists: list[PersonModel]
    room_in: Stamp | None
    room_out: Stamp | None
    anesthesia_start: Stamp | None
    anesthesia_stop: Stamp | None
    icd10: list[str]
    payer_named: str | None


class MuscleModel(_Model):
    """A muscle recorded by EMG."""

    name: str
    region: str
    sides: list[str]


class ModalityModel(_Model):
    """A modality of the contract. From `muscles` on: extras."""

    modality: str
    region: str | None
    sides: list[Literal["left", "right"]]
    status: Literal["performed", "not_performed", "unobtainable"]
    evidence: Shown
    muscles: list[MuscleModel]
    sites_stated: bool
    intended: bool
    technique: str | None
    studies: int


class PartModel(_Model):
    """A part of a packet (an extra): what it is, on which pages, and whether it was read or why not."""

    kind: str
    pages: list[int]
    title: str
    use: Literal["read", "copy", "superseded", "other-patient"]
    file: str = Field(default="", exclude_if=not_)


class SegmentModel(_Model):
    """A part of the day as the document states it. `origin` and `repeated` are extras."""

    kind: Literal["setup", "baseline", "monitoring", "interruption", "removal"]
    start: Stamp | None
    end: Stamp | None
    evidence: Shown
    origin: Literal["log", "header", "narrative"]
    repeated: bool


class AttendanceModel(_Model):
    """When a qualified professional attended. `whole_case` (extra): only a mode was stated."""

    professional: str | None
    mode: Literal["in_room", "remote", "nearby", "unstated"]
    start: Stamp | None
    end: Stamp | None
    exclusive: bool | None
    evidence: Shown
    whole_case: bool


class MinutesModel(_Model):
    """Whole billable minutes after all exclusions; null where the document lets no one compute them."""

    in_room: Minute | None
    in_room_shared: Minute | None
    remote_exclusive: Minute | None
    remote_shared: Minute | None
    remote_unstated: Minute | None


class ProofLineModel(_Model):
    """The fate of one stretch of minutes: counted in a column, or cut and why."""

    start: Stamp | None
    end: Stamp | None
    minutes: Minute
    column: str | None
    reason: str
    why: str
    professional: str | None
    evidence: Shown


class DoubtModel(_Model):
    """Why minutes are less than proved."""

    id: str
    message: str
    evidence: Shown


class CountedModel(_Model):
    """The counted monitoring: its start and end, and the minutes of it that nobody attended."""

    start: Stamp | None
    end: Stamp | None
    unattended: Minute
    overlap: dict[str, Minute]
    doubts: list[DoubtModel]


class BoundsModel(_Model):
    """The fewest and the most minutes of a column that the document allows; `most` null: nothing bounds it."""

    least: Minute
    most: Minute | None


class SpanModel(_Model):
    """A stated interval: mapping, or time allocated to this patient alone."""

    start: Stamp
    end: Stamp
    evidence: Shown


class CodeModel(_Model):
    """A suggested line before claim edits. `name`, `kind`, `gaps`, `edit_reason` and the bounds of units are extras."""

    code: str
    name: str
    kind: Literal["time", "base"]
    units: int | None
    units_least: int | None
    units_most: int | None
    modifiers: list[str]
    status: Literal["supported", "query"]
    professional: str | None
    edit: Literal["none", "modifier", "denied"]
    edit_reason: str
    rationale: str
    gaps: list[str]
    evidence: Shown


class NotReportableModel(_Model):
    """What someone may be tempted to bill for this document, and why not."""

    code: str | None
    item: str
    rule: str
    rationale: str
    evidence: Shown


class SearchModel(_Model):
    """For an absent element: the pages that were searched, and the nearest miss if there is one."""

    pages_searched: list[int]
    nearest_miss: EvidenceModel | None


class FindingModel(_Model):
    """What a rule has to say. `why` and `values` (the policy values used) are extras."""

    rule: str
    severity: Literal["error", "warning", "info"]
    message: str
    why: str
    remedy: str
    citations: list[str]
    evidence: Shown
    values: dict[str, str]


class ChecklistModel(_Model):
    """One question of the five-point review or of the pre-submission steps."""

    id: str
    question: str
    answer: Literal["yes", "no", "unclear"]
    because: str


class ChangeModel(_Model):
    """What is missing for a `query` line to become `supported`."""

    code: str
    missing: list[str]


class ConflictModel(_Model):
    """Two stated times that contradict each other: what was taken and what was set aside."""

    subject: str
    chosen: str
    rejected: str
    why: str
    evidence: Shown


class TotalModel(_Model):
    """A total that the document states."""

    kind: Literal["minutes", "units"]
    amount: int
    code: str | None
    includes: list[str]
    excludes_minutes: Minute
    evidence: Shown


class BillingModel(_Model):
    """A charge line that stands in the document."""

    code: str
    units: int | None
    modifiers: list[str]
    place_of_service: str | None
    evidence: Shown


class SignatureModel(_Model):
    """A signature, a blank signature line or a draft mark."""

    signed: bool
    by: str | None
    at: Annotated[str, BeforeValidator(_date_or_time)] | None
    draft: bool
    evidence: Shown


class VerdictModel(_Model):
    """The answer in short and in one sentence (extra)."""

    id: str
    sentence: str


class DoubtfulModel(_Model):
    """A word of a scanned page that may be misread: the other readings, why, and what would be taken otherwise."""

    read: str
    instead: list[str]
    why: str
    changes: list[str]
    minutes: list[dict[str, int]]
    evidence: Shown


class PolicyModel(_Model):
    """The policy that judged (extra): the day of its rules, and the CMS layers by kind of table, each by its first day."""

    on: Annotated[str, BeforeValidator(_date_or_time)] | None
    layers: dict[str, str]


class AuditLine(_Model):
    """One document judged for one payer: one line of `audit --jsonl`. From `tool_version` on: extras."""

    schema_version: Literal["1"]
    payer: str
    document: DocumentModel
    encounter: EncounterModel
    encounter_evidence: dict[str, Shown]
    modalities: list[ModalityModel]
    segments: list[SegmentModel]
    attendance: list[AttendanceModel]
    minutes: MinutesModel
    codes: list[CodeModel]
    not_reportable: list[NotReportableModel]
    elements: dict[str, Literal["present", "absent", "not_applicable"]]
    element_evidence: dict[str, Shown]
    findings: list[FindingModel]
    checklist: list[ChecklistModel]
    tool_version: str
    policy_version: str
    limitation: str = STATEMENT
    """What a result is and is not."""
    verdict: VerdictModel
    element_search: dict[str, SearchModel]
    counted_monitoring: CountedModel
    minutes_proof: list[ProofLineModel]
    bounds: dict[str, BoundsModel]
    mapping: list[SpanModel]
    allocated: list[SpanModel]
    what_would_change: list[ChangeModel]
    conflicts: list[ConflictModel]
    totals: list[TotalModel]
    billing: list[BillingModel]
    signatures: list[SignatureModel]
    doubtful: list[DoubtfulModel]
    parts: list[PartModel]
    policy: PolicyModel


class ErrorModel(_Model):
    """Why a document could not be audited."""

    code: str
    message: str


class FailedDocument(_Model):
    """What is known of a file that could not be read."""

    name: str


class ErrorLine(_Model):
    """The line that stands for a document that could not be audited, one per payer."""

    document: FailedDocument
    payer: str
    error: ErrorModel
