"""Rules about the record itself: signature and its date, whose record it is, sides, legibility, missing statements."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.gaps import gap_of
from ionm_notes.rules.people import completing_signature, professional_names, same_person, valid_signatures
from ionm_notes.rules.readings import weighty_readings
from ionm_notes.rules.registry import rule
from ionm_notes.rules.words import excerpt, listed


@rule("unsigned")
def unsigned(context: RuleContext) -> Iterator[Note]:
    """The report has no signature, or only a draft or preliminary mark.

    What it does: Looks for a signature, electronic signature or attestation of the professional that is not a draft's.
    Why it matters: An unsigned report supports no code at all.
    Remedy: Have the professional sign, with credentials and date; late, an attestation is the accepted way.
    Example: 'DRAFT - awaiting physician signature'.
    """
    if valid_signatures(context):
        return
    stated = context.case.signatures
    evidence = tuple(item for signature in stated for item in signature.evidence)
    if any(signature.draft for signature in stated):
        yield Note("The report is marked as a draft or preliminary and not signed", evidence)
    elif any(signature.signed for signature in stated):
        yield Note("Only the technologist signed; the professional's signature is missing", evidence)
    else:
        yield Note("The report carries no signature of the professional", evidence)


@rule("attending-unsigned")
def attending_unsigned(context: RuleContext) -> Iterator[Note]:
    """One of several professionals who attended did not sign.

    What it does: Looks for a signature of each attending professional where at least one of them signed by name.
    Why it matters: Each reports his or her own minutes, and an unsigned part supports none.
    Remedy: Have the missing professional sign or attest for his or her own hours.
    Example: Two physicians attended one after another; the second alone signed.
    """
    signatures = valid_signatures(context)
    names = professional_names(context)
    missing = [name for name in names if not any(s.by is None or same_person(s.by, name) for s in signatures)]
    if signatures and 0 < len(missing) < len(names):
        evidence = tuple(item for signature in signatures for item in signature.evidence)
        yield Note(f"{listed(missing)} attended, but did not sign", evidence)


@rule("late-signature")
def late_signature(context: RuleContext) -> Iterator[Note]:
    """The report was signed later after the service than the outer limit allows.

    What it does: Counts the days from the date of service to the day on which each attending professional had signed.
    Why it matters: A report signed weeks later counts as made after the fact, and reviewers discount it.
    Remedy: Keep the proof of when the report was written; use an attestation, and sign within days from now on.
    Example: Service on 2 January, signature on 16 February: 45 days.
    """
    found = completing_signature(context)
    limit = context.policy.limit("late-signature-days")
    if found is not None and (found[1] - facts.day(context)).days > limit:
        yield _signed_after(context, limit)


@rule("signature-delay")
def signature_delay(context: RuleContext) -> Iterator[Note]:
    """The report was signed later than a contractor expects.

    What it does: Notes a signature after more than the days that a Medicare contractor calls reasonable.
    Why it matters: Policies speak of days, not of the month that serves as the outer limit here.
    Remedy: Sign at the service or very soon after it.
    Example: Service on Monday, signature on the following Monday.
    """
    found = completing_signature(context)
    limit = context.policy.limit("signature-delay-days")
    if found is not None and limit < (found[1] - facts.day(context)).days <= context.policy.limit("late-signature-days"):
        yield _signed_after(context, limit)


def _signed_after(context: RuleContext, limit: int) -> Note:
    found = completing_signature(context)
    signature, at = found if found else (None, facts.day(context))
    service = facts.day(context)
    days = (at - service).days
    who = f" by {signature.by}" if signature and signature.by else ""
    message = f"Signed{who} on {at.isoformat()}, {days} days after the service of {service.isoformat()} (limit {limit})"
    return Note(message, signature.evidence if signature else (), values={"limit_days": str(limit), "days": str(days)})


@rule("low-text-quality")
def low_text_quality(context: RuleContext) -> Iterator[Note]:
    """The text is too poor to rely on.

    What it does: Reports a scan or a text layer of which too much could not be read with confidence, and each figure of
        a scan that may be misread and on which minutes, codes or charge lines rest, with the units at stake.
    Why it matters: A misread digit changes the units; every code stays open until someone has read the original.
    Remedy: Obtain the original or a better scan and audit that.
    Example: A fax of a fax in which clock times are partly illegible.
    """
    if context.case.poor_text:
        yield Note("Too much of the text could not be read with confidence", facts.field_proof(context, "date_of_service"))
    yield from weighty_readings(context)


@rule("mixed-patients")
def mixed_patients(context: RuleContext) -> Iterator[Note]:
    """The document carries more than one patient's identity.

    What it does: Reports each further identity (name, date of birth, record number) found in the document.
    Why it matters: Facts of two cases may be mixed, and one patient's data may reach another's claim.
    Remedy: Separate the pages by patient, audit each part alone, and report the misfiling as the privacy rules demand.
    Example: The footer of page 2 names another patient.
    """
    patients = context.case.patients
    if len(patients) > 1:
        seen = "; ".join(excerpt(proof[0]) for proof in patients if proof)
        message = f"The document carries {len(patients)} patients' identities" + (f": {seen}" if seen else "")
        yield Note(message, tuple(item for proof in patients for item in proof))


@rule("laterality-conflict")
def laterality_conflict(context: RuleContext) -> Iterator[Note]:
    """The side of the operation or of a modality contradicts itself.

    What it does: Reports statements about one thing that name different sides.
    Why it matters: Monitoring of the wrong side protects nothing, and the contradiction casts doubt on the record.
    Remedy: Have the author state the right side by a dated amendment; compare with the operative note.
    Example: Operation on the left arm, muscles of the right arm recorded.
    """
    for contradiction in context.case.laterality:
        places = " against ".join(excerpt(item) for item in contradiction)
        yield Note(f"Sides contradict each other: {places}", contradiction)


@rule("documentation-gap")
def documentation_gap(context: RuleContext) -> Iterator[Note]:
    """A statement that the record should hold was not found.

    What it does: Names each absent element with the pages that were searched and the nearest miss, if there was one.
    Why it matters: What the record does not state cannot be billed on, and a reviewer will ask for it.
    Remedy: Obtain the missing statement from the person who knows it; never write it in for them.
    Example: Nowhere is it said whether the reader watched one patient or several.
    """
    for element in context.case.elements.values():
        if element.state != "absent":
            continue
        gap = gap_of(element.id)
        pages = ", ".join(str(page) for page in element.pages_searched)
        searched = f" (searched: page {pages})" if pages else ""
        miss = element.nearest_miss
        near = f"; nearest: {excerpt(miss)}" if miss else ""
        values = {"element": element.id}
        yield Note(f"Not found: {gap.title}{searched}{near}", (miss,) if miss else (), gap.remedy, gap.severity, values)
