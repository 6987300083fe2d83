"""Scenes about charges, studies, edits, necessity and the record itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builders import (
    COMMERCIAL,
    FakePolicy,
    Pair,
    absent,
    billed,
    case,
    doubtful,
    line,
    minutes,
    person,
    present,
    refused,
    scene,
    seen,
    signed,
    study,
    timed,
)

from ionm_notes.policy.api import Necessity
from ionm_notes.types import Guess, PacketNote

TOF = (study("TOF"),)
SSEP_LOWER = (study("SSEP", "lower"),)
BOTH_LIMBS = FakePolicy(edits={("95938", "95926"): "0"})
PAIRED = FakePolicy(edits={("95861", "95870"): "1", ("95938", "95926"): "0", ("95955", "G0453"): "1"})
HARD_EMG = FakePolicy(edits={("95861", "95907"): "0"})
FUSED = FakePolicy(operative={("22551", "95940"): "0"})
FUSION = (billed("22551"),)
EMG_AND_REFLEX = (study("EMG", "lower"), study("H_REFLEX"))
NERVE = FakePolicy(positions={"nerve": Necessity("nerve", "not_necessary", "no benefit shown", ("p20",))})
LUMBAR = FakePolicy(positions={"nerve": Necessity("nerve", "doubtful", "two policies differ", ("p16", "p17"))})
CAREFUL = {"necessity_tags": ("nerve",), "necessity_evidence": seen("carpal tunnel release")}
TWO_SIGN = (person("Ada Reed", "MD"), person("Ben Stone", "MD"))


PAIRS = (
    Pair("bundled-tof", "train of four is in the log", scene(case(modalities=TOF)), scene(), ("Train of four",), "info"),
    Pair(
        "bundled-tof",
        "train of four is charged",
        scene(case(modalities=TOF, billing=(billed("95937", 1, "59"),))),
        scene(case(modalities=(study("TOF", status="not_performed"),))),
        ("95937-59",),
        "error",
    ),
    Pair(
        "bundled-pedicle-screw",
        "screws were stimulated",
        scene(case(modalities=(study("PEDICLE_SCREW"),))),
        scene(case(modalities=(study("TRIGGERED_EMG", "lower"),))),
        ("screw",),
        "info",
    ),
    Pair(
        "code-not-valid-for-payer",
        "the hourly remote code goes to Medicare",
        scene(case(billing=(billed("95941", 5),))),
        scene(case(billing=(billed("95941", 5),)), policy=COMMERCIAL),
        ("95941 x 5", "Medicare"),
    ),
    Pair(
        "code-not-valid-for-payer",
        "G0453 goes on a commercial claim",
        scene(case(billing=(billed("G0453", 7),)), policy=COMMERCIAL),
        scene(case(billing=(billed("95920", 2), billed("99999", 1))), policy=COMMERCIAL),
        ("G0453",),
    ),
    Pair(
        "deleted-code",
        "the hourly code of 2012 is charged",
        scene(case(billing=(billed("95920", 2, "26"),))),
        scene(case(billing=(billed("G0453", 2),))),
        ("2012-12-31", "95940 and G0453"),
    ),
    Pair(
        "billed-units-exceed",
        "14 units are charged, 10 are there",
        scene(case(billing=(billed("G0453", 14, "26"),)), codes=(timed("G0453", 10),)),
        scene(case(billing=(billed("G0453", 10),)), codes=(timed("G0453", 7), timed("G0453", 3))),
        ("G0453 x 14", "10 units"),
    ),
    Pair(
        "billed-units-exceed",
        "time is charged that nobody attended",
        scene(case(billing=(billed("G0453", 7),), attendance=()), minutes(remote_exclusive=0)),
        scene(case(billing=(billed("G0453", 7),), attendance=()), minutes(remote_exclusive=0), policy=COMMERCIAL),
        ("0 units",),
    ),
    Pair(
        "billed-units-exceed",
        "more limbs are charged than were recorded, over two lines",
        scene(case(billing=(billed("95870", 2), billed("95870", 1, "59"))), codes=(line("95870", 2),)),
        scene(case(billing=(billed("95870", 1), billed("95870", 1, "59"))), codes=(line("95870", 2),)),
        ("95870 x 3",),
    ),
    Pair(
        "billed-units-exceed",
        "units are compared only where the minutes can be told",
        scene(case(billing=(billed("G0453", 7),))),
        scene(case(billing=(billed("G0453", 7),)), minutes(unknown=True)),
    ),
    Pair(
        "unsupported-study",
        "four limbs are charged, the legs alone documented",
        scene(case(billing=(billed("95938"),), modalities=SSEP_LOWER), codes=(line("95926"),), policy=BOTH_LIMBS),
        scene(case(billing=(billed("95926"),), modalities=SSEP_LOWER), codes=(line("95926"),), policy=BOTH_LIMBS),
        ("95938", "95926"),
    ),
    Pair(
        "unsupported-study",
        "a charged part of a documented study is documented too",
        scene(case(billing=(billed("95861"),)), codes=(line("95870", 2),), policy=PAIRED),
        scene(case(billing=(billed("95926"),)), codes=(line("95938"),), policy=PAIRED),
        ("95861", "95870"),
    ),
    Pair(
        "unsupported-study",
        "EEG is charged and was not done",
        scene(case(billing=(billed("95955", 1, "26"),)), codes=(line("95938"),)),
        scene(case(billing=(billed("95955", 1, "26"),), modalities=(study("EEG"),)), codes=(line("95822"),)),
        ("95955-26",),
    ),
    Pair(
        "unsupported-study",
        "the code of train of four is charged without any train of four",
        scene(case(billing=(billed("95937"),))),
        scene(case(billing=(billed("95937"),), modalities=TOF)),
        ("no study",),
    ),
    Pair(
        "not-reportable-billed",
        "EEG for the depth of anesthesia is charged",
        scene(case(billing=(billed("95955"),)), not_reportable=(refused("95955", "EEG for depth"),)),
        scene(case(billing=(billed("95955"),)), codes=(line("95955"),), not_reportable=(refused("95955", "EEG for depth"),)),
        ("EEG for depth",),
    ),
    Pair(
        "modifier-misuse",
        "26 stands on a time code",
        scene(case(billing=(billed("G0453", 14, "26"),))),
        scene(case(billing=(billed("95938", 1, "26"), billed("95920", 2, "26")))),
        ("26", "G0453"),
    ),
    Pair(
        "modifier-misuse",
        "the facility's part is charged",
        scene(case(billing=(billed("95938", 1, "TC"),))),
        scene(case(billing=(billed("99999", 1, "TC"),))),
        ("TC",),
    ),
    Pair("modifier-misuse", "50 stands on a study", scene(case(billing=(billed("95938", 1, "50"),))), scene(), ("50",)),
    Pair(
        "modifier-misuse",
        "59 stands where no edit is",
        scene(case(billing=(billed("95870", 2, "59"), billed("95938"))), policy=PAIRED),
        scene(case(billing=(billed("95870", 2, "59"), billed("95861"))), policy=PAIRED),
        ("59",),
    ),
    Pair(
        "modifier-misuse",
        "59 stands on a pair that allows none",
        scene(case(billing=(billed("95926", 1, "XS"), billed("95938"))), policy=PAIRED),
        scene(case(billing=(billed("95870", 1), billed("95870", 1, "XS"))), policy=PAIRED),
        ("allows no modifier", "not verified"),
    ),
    Pair(
        "modifier-misuse",
        "59 is to rescue train of four",
        scene(case(billing=(billed("95937", 1, "59"),), modalities=TOF)),
        scene(case(billing=(billed("95937", 1),), modalities=TOF)),
        ("train of four",),
    ),
    Pair(
        "modifier-missing",
        "a study is charged whole in a hospital",
        scene(case(billing=(billed("95938"),))),
        scene(case(billing=(billed("95938", 1, "26"), billed("92653"), billed("G0453", 2)))),
        ("95938", "21"),
    ),
    Pair(
        "modifier-missing",
        "only facilities demand it",
        scene(case(billing=(billed("95938", pos="24"),), pos=None)),
        scene(case(billing=(billed("95938"),), pos="11")),
    ),
    Pair("pos-not-accepted", "the office is documented", scene(case(pos="11")), scene(case(pos=None)), ("11",), severity="error"),
    Pair(
        "pos-not-accepted",
        "an emergency room is unusual",
        scene(case(pos="23")),
        scene(case(pos="24")),
        ("23",),
        severity="warning",
    ),
    Pair(
        "pos-not-accepted",
        "the charge has the reader's office",
        scene(case(billing=(billed("95938", pos="11"),))),
        scene(case(billing=(billed("95938", pos="21"),))),
        ("11",),
        severity="error",
    ),
    Pair(
        "planned-not-performed",
        "EEG was planned and left out",
        scene(case(modalities=(study("EEG", status="not_performed", intended=True),))),
        scene(case(modalities=(study("EEG", status="not_performed"), study("VEP", intended=True)))),
        ("EEG",),
    ),
    Pair(
        "region-not-stated",
        "nobody says which limbs",
        scene(case(modalities=(study("SSEP"),))),
        scene(case(modalities=(study("SSEP", "upper"), study("BAEP"), study("EMG", status="not_performed")))),
        ("SSEP",),
    ),
    Pair(
        "eeg-code-choice",
        "EEG during a spine operation",
        scene(case(modalities=(study("EEG"),), operation_site="spine"), codes=(line("95955", gaps=("eeg-site-unsettled",)),)),
        scene(case(modalities=(study("EEG"),), operation_site="intracranial"), codes=(line("95822"),)),
        ("spine", "95822 and 95955"),
    ),
    Pair(
        "eeg-code-choice",
        "the other EEG code is charged",
        scene(
            case(modalities=(study("EEG"),), operation_site="intracranial", billing=(billed("95955"),)), codes=(line("95822"),)
        ),
        scene(
            case(modalities=(study("EEG"),), operation_site="intracranial", billing=(billed("95822"),)), codes=(line("95822"),)
        ),
        ("95955", "95822"),
    ),
    Pair(
        "eeg-code-choice",
        "EEG of an operation, not of anesthesia",
        scene(case(modalities=(study("EEG"),))),
        scene(case(modalities=(study("EEG"),), eeg_for_depth=True)),
    ),
    Pair(
        "addon-without-primary",
        "carotid EEG is the only study",
        scene(codes=(timed("G0453", 6), line("95955")), policy=FakePolicy(listed=frozenset({"95938"}))),
        scene(codes=(timed("G0453", 6), line("95938")), policy=FakePolicy(listed=frozenset({"95938"}))),
        ("G0453", "95955"),
    ),
    Pair(
        "ncci-conflict",
        "two suggested codes have an edit",
        scene(codes=(timed("G0453", 6), line("95955")), policy=PAIRED),
        scene(codes=(timed("G0453", 6), line("95938")), policy=PAIRED),
        ("G0453 falls beside 95955", "2024-07-01", "not verified"),
    ),
    Pair(
        "ncci-conflict",
        "two charges exclude each other",
        scene(case(billing=(billed("95938"), billed("95926"))), codes=(line("95938"),), policy=PAIRED),
        scene(case(billing=(billed("95938"), billed("95939"))), codes=(line("95938"),), policy=PAIRED),
        ("Among the charges", "no modifier"),
        severity="error",
    ),
    Pair(
        "ncci-conflict",
        "a part is charged instead of the whole",
        scene(case(billing=(billed("95926"),)), codes=(line("95938"),), policy=PAIRED),
        scene(case(billing=(billed("95926"),)), codes=(line("95926"),), policy=PAIRED),
        ("95938", "part"),
    ),
    Pair(
        "same-practitioner",
        "the surgeon who monitored charges the fusion too",
        scene(case(billing=(billed("95940", 8),), operator_monitors=seen("by the surgeon"), operative=FUSION), policy=FUSED),
        scene(case(billing=(billed("95940", 8),), operator_monitors=seen("by the surgeon")), policy=FUSED),
        ("95940 falls beside 22551", "indicator 0", "no modifier helps", "2024-07-01", "not verified"),
        "error",
    ),
    Pair(
        "same-practitioner",
        "the fusion stands on the charge list of another's monitoring",
        scene(case(billing=(billed("95940", 8),), operative=FUSION), policy=FUSED),
        scene(case(operative=FUSION), codes=(timed("95940", 8),), policy=FUSED),
        ("95940 falls beside 22551", "if one practitioner"),
        "info",
    ),
    Pair(
        "emg-with-ncs",
        "EMG stands beside an H-reflex",
        scene(case(modalities=EMG_AND_REFLEX), codes=(line("95861"), line("95907")), policy=HARD_EMG),
        scene(case(modalities=EMG_AND_REFLEX), codes=(line("95861"), line("95907"))),
        ("95907 falls beside 95861",),
    ),
    Pair(
        "ncci-conflict",
        "EMG with nerve conduction is told once, by its own rule",
        scene(codes=(line("95861"), line("95907")), policy=HARD_EMG),
        scene(case(modalities=EMG_AND_REFLEX), codes=(line("95861"), line("95907")), policy=HARD_EMG),
    ),
    Pair(
        "mue-exceeded",
        "33 units stand against 32",
        scene(codes=(timed("95940", 30), timed("95940", 3)), policy=FakePolicy(most={"95940": 32})),
        scene(codes=(timed("95940", 32), timed("95941", 8)), policy=FakePolicy(most={"95940": 32, "95941": 0})),
        ("95940 x 33", "32"),
    ),
    Pair(
        "necessity-doubtful",
        "the payer lists the operation",
        scene(case(**CAREFUL), policy=NERVE),
        scene(case(**CAREFUL), policy=LUMBAR),
        ("Medicare", "no benefit"),
    ),
    Pair(
        "necessity-doubtful",
        "no indication is stated",
        scene(case(elements=absent("indication"))),
        scene(case(elements=present("indication"))),
        ("No diagnosis",),
    ),
    Pair(
        "necessity-disagreement",
        "two policies differ on the operation",
        scene(case(**CAREFUL), policy=LUMBAR),
        scene(case(**CAREFUL), policy=NERVE),
        ("differ",),
    ),
    Pair(
        "unsigned",
        "only a draft is there",
        scene(case(signatures=(signed(draft=True, stands=False),))),
        scene(case(signatures=(signed(after=None), signed(draft=True, stands=False)))),
        ("draft",),
    ),
    Pair(
        "unsigned",
        "the technologist alone signed",
        scene(case(signatures=(signed("K. Soto CNIM"),))),
        scene(case(signatures=(signed(None),))),
        ("technologist",),
    ),
    Pair("unsigned", "no signature is found", scene(case(signatures=())), scene(), ("no signature",), bare=True),
    Pair(
        "late-signature",
        "signed 45 days later",
        scene(case(signatures=(signed(after=45),))),
        scene(case(signatures=(signed(after=30), signed(after=45)))),
        ("45 days", "limit 30"),
    ),
    Pair(
        "late-signature",
        "the second of two physicians signed late",
        scene(case(professionals=TWO_SIGN, attendance=(), signatures=(signed(after=1), signed("Ben Stone", 40)))),
        scene(case(signatures=(signed(after=1), signed("Kim Soto", 40)))),
        ("Ben Stone", "40 days"),
    ),
    Pair(
        "signature-delay",
        "signed after a week",
        scene(case(signatures=(signed(after=7),))),
        scene(case(signatures=(signed(after=2),))),
        ("7 days", "limit 2"),
    ),
    Pair(
        "signature-delay",
        "a signature beyond the outer limit is told once",
        scene(case(signatures=(signed(after=30),))),
        scene(case(signatures=(signed(after=31),))),
    ),
    Pair("low-text-quality", "the scan is poor", scene(case(poor_text=True)), scene()),
    Pair(
        "low-text-quality",
        "units rest on a doubtful time of a scan",
        scene(
            case(doubtful=(doubtful("08:05", "06:05", "minutes", remote_exclusive=180),)), counted=minutes(remote_exclusive=195)
        ),
        scene(case(doubtful=(doubtful("08:05", "06:05"),))),
        ("08:05", "1 of 13 units of G0453 rests on reading 08:05, not 06:05"),
    ),
    Pair(
        "doubtful-reading",
        "nothing rests on the doubtful time",
        scene(case(doubtful=(doubtful("11:12", "11:17"),))),
        scene(case(doubtful=(doubtful("11:12", "11:17", "minutes"),))),
        ("11:12", "11:17", "the second time"),
    ),
    Pair(
        "please-confirm",
        "a time that only the model gave a meaning",
        scene(case(guesses=(Guess("end of baselines", 0.9, seen("0752 reference set in the bag")),))),
        scene(),
        ("0752 reference set in the bag", "end of baselines", "90%", "please confirm"),
    ),
    Pair(
        "duplicate-page",
        "a page stands twice",
        scene(case(notes=(PacketNote("duplicate-page", "Page 4 repeats page 2; it was read once", seen("as it stands", 2)),))),
        scene(case(notes=(PacketNote("time-zones", "Page 4 repeats page 2; it was read once", seen("as it stands", 2)),))),
        ("Page 4 repeats page 2; it was read once",),
    ),
    Pair(
        "amended-after-signing",
        "an amended report counts in place of the signed one",
        scene(
            case(
                notes=(PacketNote("amended-after-signing", "changed: end of monitoring 11:05 to 11:35", seen("as it stands", 2)),)
            )
        ),
        scene(case(notes=(PacketNote("duplicate-page", "changed: end of monitoring 11:05 to 11:35", seen("as it stands", 2)),))),
        ("changed: end of monitoring 11:05 to 11:35",),
    ),
    Pair(
        "parts-disagree",
        "the face sheet gives another place",
        scene(
            case(
                notes=(
                    PacketNote(
                        "parts-disagree", "The place of service is 21 in one part and 22 in another", seen("as it stands", 2)
                    ),
                )
            )
        ),
        scene(
            case(
                notes=(
                    PacketNote(
                        "duplicate-page", "The place of service is 21 in one part and 22 in another", seen("as it stands", 2)
                    ),
                )
            )
        ),
        ("The place of service is 21 in one part and 22 in another",),
    ),
    Pair(
        "technologist-relief",
        "a technologist hands over",
        scene(
            case(
                notes=(PacketNote("technologist-relief", "The technologist changed at 09:40: Kim Soto", seen("as it stands", 2)),)
            )
        ),
        scene(case(notes=(PacketNote("handoff", "The technologist changed at 09:40: Kim Soto", seen("as it stands", 2)),))),
        ("The technologist changed at 09:40: Kim Soto",),
    ),
    Pair(
        "time-zones",
        "a reader's clock shows Central time",
        scene(case(notes=(PacketNote("time-zones", "Times in CST on page 3 were taken 1 h later", seen("as it stands", 2)),))),
        scene(
            case(notes=(PacketNote("duplicate-page", "Times in CST on page 3 were taken 1 h later", seen("as it stands", 2)),))
        ),
        ("Times in CST on page 3 were taken 1 h later",),
    ),
    Pair(
        "mixed-patients",
        "page 2 names someone else",
        scene(case(patients=(seen("Ann Ash"), seen("Bob Birch", 2)))),
        scene(case(patients=(seen("Ann Ash"),))),
        ("2 patients", "Bob Birch", "page 2"),
    ),
    Pair(
        "laterality-conflict",
        "left operation, right muscles",
        scene(case(laterality=(seen("left arm") + seen("right APB", 2),))),
        scene(),
        ("left arm", "right APB"),
    ),
    Pair("reflex-code-choice", "the reflex was recorded", scene(case(modalities=(study("BCR"),))), scene(), ("no code",), "info"),
    Pair(
        "attending-unsigned",
        "the first of two physicians did not sign",
        scene(case(professionals=TWO_SIGN, attendance=(), signatures=(signed("Ben Stone"),))),
        scene(case(professionals=TWO_SIGN, attendance=(), signatures=(signed("Ben Stone"), signed("A. Reed, MD")))),
        ("Ada Reed attended",),
    ),
    Pair(
        "attending-unsigned",
        "a signature that names nobody may be either's",
        scene(case(professionals=TWO_SIGN, attendance=(), signatures=(signed("Ada Reed"),))),
        scene(case(professionals=TWO_SIGN, attendance=(), signatures=(signed(None),))),
        ("Ben Stone",),
    ),
    Pair(
        "bundled-pedicle-screw",
        "a code that the payer's data name for screws is charged",
        scene(case(billing=(billed("95870"),)), policy=FakePolicy(items={"PEDICLE_SCREW": "95870"})),
        scene(case(billing=(billed("95870"),))),
        ("95870",),
        "error",
    ),
    Pair(
        "code-not-valid-for-payer",
        "the code is charged before it existed",
        scene(case(service=date(2012, 12, 31), billing=(billed("G0453", 2),))),
        scene(case(service=date(2013, 1, 1), billing=(billed("G0453", 2),))),
        ("2013-01-01",),
    ),
    Pair(
        "deleted-code",
        "the policy's own date stands in where no date of service is stated",
        scene(case(service=None, billing=(billed("95920"),))),
        scene(case(service=None, billing=(billed("95920"),)), policy=FakePolicy(on=date(2012, 12, 31))),
    ),
    Pair(
        "billed-units-exceed",
        "in-room time is charged, the open column is remote",
        scene(case(billing=(billed("95940", 3),)), replace(minutes(), remote_exclusive=None)),
        scene(case(billing=(billed("G0453", 3),)), replace(minutes(), remote_exclusive=None)),
        ("95940 x 3",),
    ),
    Pair(
        "billed-units-exceed",
        "the reckoning stands in the message",
        scene(case(billing=(billed("G0453", 14),)), codes=(timed("G0453", 10), line("95938"))),
        scene(case(billing=(billed("G0453", 14),)), codes=(replace(timed("G0453", None), units_most=14), line("95938"))),
        ("(G0453 by the record)",),
    ),
    Pair(
        "unsupported-study",
        "what is documented but not reportable has a rule of its own",
        scene(case(billing=(billed("95955"),)), not_reportable=(refused(None, "phase reversal"),)),
        scene(case(billing=(billed("95955"),)), not_reportable=(refused("95955", "EEG for depth"),)),
    ),
    Pair(
        "modifier-misuse",
        "59 on an EMG pair is right beside documented train of four",
        scene(case(billing=(billed("95870", 2, "59"),), modalities=TOF), policy=PAIRED),
        scene(case(billing=(billed("95870", 2, "59"), billed("95861")), modalities=TOF), policy=PAIRED),
    ),
    Pair(
        "ncci-conflict",
        "suggested and charged alike are told once",
        scene(case(billing=(billed("G0453", 6), billed("95955"))), codes=(timed("G0453", 6),), policy=PAIRED),
        scene(case(billing=(billed("95938"), billed("95955"))), codes=(timed("G0453", 6), line("95938")), policy=PAIRED),
        ("Among the charges",),
    ),
    Pair(
        "ncci-conflict",
        "an edit that a modifier resolves is no mere part",
        scene(codes=(line("95861"), line("95870")), policy=PAIRED),
        scene(case(billing=(billed("95870"),)), codes=(line("95861"),), policy=PAIRED),
        ("may help",),
    ),
    Pair(
        "emg-with-ncs",
        "only an edit without a modifier is meant",
        scene(case(modalities=EMG_AND_REFLEX), codes=(line("95861"), line("95907")), policy=HARD_EMG),
        scene(case(modalities=EMG_AND_REFLEX), codes=(line("95861"), line("95870")), policy=PAIRED),
    ),
    Pair(
        "addon-without-primary",
        "the only primary is denied itself",
        scene(codes=(timed("G0453", 6), replace(line("95938"), edit="denied"))),
        scene(codes=(timed("G0453", 6), line("95938"))),
        ("without any study",),
    ),
    Pair(
        "late-signature",
        "the first of one physician's signatures counts, also on the day itself",
        scene(case(signatures=(signed(after=31),))),
        scene(case(signatures=(signed(after=0), signed(after=45)))),
    ),
    Pair(
        "ncci-conflict",
        "charges that equal the suggestion are told once",
        scene(case(billing=(billed("G0453", 6), billed("95955"))), codes=(line("95955"),), policy=PAIRED),
        scene(case(billing=(billed("95938"), billed("95939"))), codes=(line("95938"), line("95939")), policy=PAIRED),
        ("Among the charges",),
    ),
)
