"""Whether log and messages show a professional there when monitoring ended or began, where no entry tells of going or coming."""

from __future__ import annotations

import pytest
from bare_report import audited

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.timeline import count_minutes

HEAD = """CASE CHAT EXPORT   room OR 6
Patient: Jane Roe   MRN: 123456   Date of surgery: 03/04/2025
Facility: Mercy Hospital, inpatient
Surgeon: Mark Holloway, MD
Reader: Gail Dunleavy, MD{place}
Tech: Gwen Ortiz, CNIM

"""
CHAT = """07:10 Ortiz: placing electrodes
07:40 Ortiz: electrodes on
07:45 Ortiz: baselines
08:05 Ortiz: baselines done
08:10 Ortiz: monitoring started
08:10 Dunleavy: on from home, I see your traces. only this room today
09:40 Dunleavy: all four limbs the same
10:30 Ortiz: screws in, no change
{rows}
12:10 Ortiz: all leads out
REPORT
Impression: stable SSEP and MEP.
Electronically signed Gail Dunleavy, MD 03/04/2025 15:20
"""
LOG = """TIME   EVENT
07:10  Electrode placement started
07:40  Electrode placement complete
07:45  Baselines started
08:05  Baselines complete
08:10  Monitoring started
08:10  Dr. Dunleavy connected
10:30  Screws, no change
{rows}
12:10  All electrodes removed

Impression: stable SSEP and MEP.
Electronically signed Gail Dunleavy, MD 03/04/2025 15:20
"""
STOPPED = "12:00 Ortiz: monitoring stopped"


def _attended(body: str, place: str = " (remote)") -> tuple[list[tuple[str, str]], set[str]]:
    """The rows of attendance as clock times, '' where open, and the doubts about the minutes."""
    case = read_case(read_bytes("case.txt", (HEAD.format(place=place) + body).encode()))
    rows = [(f"{a.start:%H:%M}" if a.start else "", f"{a.end:%H:%M}" if a.end else "") for a in case.attendance]
    return rows, {doubt.id for doubt in count_minutes(case).doubts}


OPEN = {"attendance-end-assumed", "attendance-start-assumed", "attendance-unread", "trained-guess"}


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        ("12:00 Dunleavy: last set fine. end monitoring", "12:00"),
        ("12:00 Dunleavy: monitoring off 12:00, thank you", "12:00"),
        ("12:00 Dunleavy: that's it, stop monitoring", "12:00"),
        ("12:00 Dunleavy: end of monitoring please, nice work", "12:00"),
        ("11:59 Dunleavy: ok to stop\n{T}", "12:00"),
        ("12:00 Dunleavy: you can stop\n{T}", "12:00"),
        ("11:59 Dunleavy: good to pull leads\n{T}", "12:00"),
        ("12:00 Dunleavy: agree, closing set same as opening. done\n{T}", "12:00"),
        ("11:58 Dunleavy: looks good, wrap it up\n{T}", "12:00"),
        ("12:00 Dunleavy: go ahead and disconnect the patient\n{T}", "12:00"),
        ("11:59 Dunleavy: fine by me, shut it down\n{T}", "12:00"),
        ("12:00 Dunleavy: that's a wrap then. great job Gwen\n{T}", "12:00"),
        ("11:59 Dunleavy: nothing more to watch, take them off\n{T}", "12:00"),
        ("12:00 Dunleavy: we are finished here I think, stop\n{T}", "12:00"),
        ("11:59 Dunleavy: call it\n{T}", "12:00"),
        ("12:00 Dunleavy: ok stop. thanks all\n{T}", "12:00"),
        ("{T}\n12:00 Dunleavy: thank you Gwen", "12:00"),
        ("{T}\n12:01 Dunleavy: thanks everyone, nice case", "12:00"),
        ("{T}\n12:00 Dunleavy: saw the last set, equal to baseline", "12:00"),
        ("{T}\n12:02 Dunleavy: ok. impression: no change from baseline", "12:00"),
        ("{T}\n12:00 Dunleavy: copy. good outcome", "12:00"),
        ("{T}\n12:01 Dunleavy: closing potentials same as opening, will write it up", "12:00"),
        ("{T}\n12:00 Dunleavy: great work. talk tomorrow", "12:00"),
        ("{T}\n12:00 Dunleavy: I was with you to the last sweep", "12:00"),
        ("{T}\n12:01 Dunleavy: logging out too", "12:01"),
        ("{T}\n12:00 Dunleavy: out", "12:00"),
        ("{T}, Dr. Dunleavy released", "12:00"),
        ("12:00 Ortiz: Dr. Dunleavy says stop. monitoring stopped", "12:00"),
        ("{T} per Dr Dunleavy", "12:00"),
        ("{T} on Dr. Dunleavy's word", "12:00"),
        ("{T} with Dr. Dunleavy still on the line", "12:00"),
        ("{T}, thank you Dr. Dunleavy for staying on", "12:00"),
        ("12:00 Dunleavy: nothing left to watch, you may end monitoring\n{T}", "12:00"),
        ("11:59 Dunleavy: I am satisfied. Conclude the recording please.\n{T}", "12:00"),
        ("12:00 Dunleavy: Closing run same as baseline. Terminate.\n{T}", "12:00"),
        ("{T}\n12:00 Dunleavy: much appreciated, Gwen", "12:00"),
        ("{T}\n12:01 Dunleavy: MEPs all back, job well done", "12:00"),
        ("{T}\n12:01 Dunleavy: great. Tell Dr Holloway final responses unchanged", "12:00"),
        ("{T}\n12:02 Dunleavy: thumbs up from me", "12:00"),
        ("{T}\n12:00 Dunleavy: have a good evening all", "12:00"),
        ("{T}\n12:00 Dunleavy: agreed", "12:00"),
        ("{T}\n12:00 Dunleavy: bye", "12:00"),
        ("{T}\n12:01 Dunleavy: disconnecting now", "12:01"),
        ("{T}, Dr. D happy", "12:00"),
        ("12:00 Ortiz: Dr Dunleavy wants to stop, end monitoring", "12:00"),
        ("{T} with Dr Dunleavy's blessing", "12:00"),
        ("{T}, neurologist let go", "12:00"),
        ("{T} as Dr Dunleavy told me to", "12:00"),
        ("{T}\n12:00 Ortiz: thanks for watching Dr Dunleavy", "12:00"),
    ],
)
def test_who_calls_the_monitoring_off_or_writes_at_its_end_was_there(rows: str, end: str) -> None:
    found, doubts = _attended(CHAT.format(rows=rows.replace("{T}", STOPPED)))
    assert found == [("08:10", end)]
    assert not doubts & OPEN


@pytest.mark.parametrize(
    "rows",
    [
        "{T}",
        "11:40 Dunleavy: closing now? all the same\n{T}",
        "{T}\n15:10 Dunleavy: report is in the chart",
        "{T}\n12:20 Ortiz: Dr. Dunleavy, the file is on the server",
        "{T}\n12:01 Dunleavy: sorry, just back, what did I miss",
        "{T}\n12:02 Dunleavy: did you stop? I lost my screen a while ago",
        "{T} per Dr. Holloway",
        "12:00 Ortiz: Dr. Holloway says stop. monitoring stopped",
        "{T}\n12:00 Ortiz: thank you all",
        "{T}. left a voicemail for Dr. Dunleavy",
        "{T}, Dr. Dunleavy not answering",
        "{T}. Dr. Dunleavy had left earlier",
        "{T}. will send final set to Dr. Dunleavy",
        "{T}. Dr. Dunleavy paged",
        "11:59 Dunleavy: don't stop yet\n{T}",
        "11:50 Dunleavy: tell him to stop drilling\n{T}",
        "{T}\n12:04 Dunleavy: I will look at the last hour tonight",
        "{T}\n12:03 Dunleavy: was in clinic since 11, how did it end?",
        "11:58 Dunleavy: any change at closure\n{T}",
        "11:59 Dunleavy: good amplitudes\n{T}",
        "{T}\n12:03 Dunleavy: hi, was on another call, all ok at the end?",
        "{T}\n12:04 Dunleavy: apologies, battery died at 4. how are the legs",
        "{T}\n13:15 Dunleavy: signed",
        "{T}\n12:02 Ortiz: Dr Dunleavy I will mail you the traces",
        "{T}, Dr Holloway happy",
        "12:00 Ortiz: Dr Holloway wants to stop, end monitoring",
        "{T}. could not reach Dr Dunleavy",
        "{T}. Dr Dunleavy's screen has been dark for an hour",
    ],
)
def test_messages_that_show_nobody_at_the_end_leave_it_open(rows: str) -> None:
    _, doubts = _attended(CHAT.format(rows=rows.replace("{T}", STOPPED)))
    assert doubts & OPEN


@pytest.mark.parametrize(
    "rows",
    [
        "12:00  Monitoring ended. Reader released",
        "12:00  Monitoring ended, Dr. Dunleavy released",
        "12:00  MONITORING CLOSED. Final SSEP and MEP unchanged. Physician released from session.",
        "12:00  Dr. Dunleavy: that's it. End of monitoring.",
        "12:00  End of monitoring at Dr. Dunleavy's request",
        "12:00  Monitoring ended by Dr. Dunleavy",
        "12:00  Monitoring stopped on instruction of Dr. Dunleavy",
        "12:00  Dr. Dunleavy calls end of monitoring",
        "12:00  Dr. Dunleavy asks to stop; monitoring ended",
        "12:00  Final set read by Dr. Dunleavy, monitoring ended",
        "12:00  Monitoring ended, reader agrees no change",
        "12:00  Monitoring ended. Dr. Dunleavy confirms final traces at baseline",
        "12:00  Monitoring ended with Dr. Dunleavy on line",
        "12:00  Monitoring stop; Dr. Dunleavy informed surgeon: no change",
        "12:00  Monitoring over, Dr. Dunleavy thanked and dismissed",
        "12:00  Monitoring terminated, Dr. Dunleavy concurs",
        "12:00  Monitoring ended\n12:00  Dr. Dunleavy logged off",
        "12:00  Monitoring ended, Dr. Dunleavy off line",
        "12:00  Monitoring ended. Remote session with Dr. Dunleavy closed",
        "12:00  MONITORING CONCLUDED. Neurologist thanked and let go.",
        "12:00  MONITORING CONCLUDED at word of neurologist",
        "12:00  Dr. Dunleavy declares monitoring finished. MONITORING CONCLUDED",
        "12:00  MONITORING CONCLUDED; Dr. Dunleavy agrees closing = opening",
        "12:00  MONITORING CONCLUDED, neurologist attending on line to this point",
        "12:00  MONITORING CONCLUDED. Dr. Dunleavy gives final verbal read to Dr. Holloway",
        "12:00  MONITORING CONCLUDED. Closing potentials reviewed live with Dr. Dunleavy",
        "12:00  MONITORING CONCLUDED, Dr. Dunleavy in agreement",
        '12:00  Dr. Dunleavy: "Stop here." MONITORING CONCLUDED',
        "12:00  MONITORING CONCLUDED, remote neurologist signed out",
        "12:00  MONITORING CONCLUDED (neurologist watching till here)",
        "12:00  MONITORING CONCLUDED. Case closed by Dr. Dunleavy",
    ],
)
def test_an_entry_at_the_end_that_says_what_the_professional_did(rows: str) -> None:
    found, doubts = _attended(LOG.format(rows=rows))
    assert found == [("08:10", "12:00")]
    assert not doubts & OPEN


@pytest.mark.parametrize(
    "rows",
    [
        "12:00  Monitoring ended",
        "12:00  Monitoring ended, surgeon informed",
        "12:00  Monitoring ended, Dr. Holloway thanked",
        "12:00  Monitoring ended by Dr. Holloway's order",
        "12:00  Monitoring ended. Voicemail left for Dr. Dunleavy",
        "12:00  Monitoring ended. Reader not on line",
        "12:00  Monitoring ended. Dr. Dunleavy to be informed by phone",
        "12:00  Monitoring ended. Report will be sent to Dr. Dunleavy",
        "12:00  Monitoring ended. Dr. Dunleavy was called away earlier",
        "12:00  Monitoring ended. Technologist released",
        "12:00  Monitoring ended; anesthesia confirms, patient waking",
        "12:00  Monitoring ended. Data saved for Dr. Dunleavy to read",
        "12:00  MONITORING CONCLUDED",
        "12:00  MONITORING CONCLUDED per surgeon",
        "12:00  MONITORING CONCLUDED. Neurologist will be told",
        "12:00  MONITORING CONCLUDED. Neurologist unavailable",
        "12:00  MONITORING CONCLUDED. Dr. Holloway released the tech",
        "12:00  MONITORING CONCLUDED. Message sent to Dr. Dunleavy",
        "12:00  MONITORING CONCLUDED. Traces uploaded for Dr. Dunleavy",
        "12:00  MONITORING CONCLUDED. Neurologist notified by pager",
    ],
)
def test_an_entry_at_the_end_that_shows_no_professional(rows: str) -> None:
    _, doubts = _attended(LOG.format(rows=rows))
    assert doubts & OPEN


@pytest.mark.parametrize(
    ("last", "end"),
    [
        ("11:52  SSEP and MEP at baseline values, reviewed by Dr. Dunleavy", "11:52"),
        ("11:52  SSEP and MEP at baseline values", ""),
    ],
)
def test_where_no_end_of_monitoring_is_stated_the_last_report_shows_how_far_the_watch_is_known(last: str, end: str) -> None:
    rows, doubts = _attended(LOG.format(rows=last))
    assert rows == [("08:10", end)]
    assert "end-assumed" in doubts


def test_words_of_a_later_entry_are_no_second_coming() -> None:
    rows = f"{STOPPED}\n12:01 Dunleavy: off\n12:04 Ortiz: electrodes off. been in here since hookup. Dr. Dunleavy was on for this"
    found, _ = _attended(CHAT.format(rows=rows))
    assert found == [("08:10", "12:01")]


def test_one_end_of_a_stay_that_is_stated_in_full_is_no_second_stay() -> None:
    log = LOG.replace("08:10  Dr. Dunleavy connected\n", "").format(rows="12:00  Recording stopped, Dr. Dunleavy signing off")
    found, _ = _attended(log.replace("Impression", "Logged in 08:10 - 12:00, remote\nImpression"))
    assert found == [("08:10", "12:00")]


def test_a_surgeon_whom_no_label_names_ends_nobody_s_watch() -> None:
    found, _ = _attended(
        LOG.format(
            rows="10:52  right AH down by half. I phoned it in, Dr. Pelletier stopped\n12:00  Monitoring ended, reader released"
        )
    )
    assert found == [("08:10", "12:00")]


def test_a_professional_who_writes_at_the_start_was_there_from_it() -> None:
    body = CHAT.replace(
        "08:10 Dunleavy: on from home, I see your traces. only this room today",
        "08:11 Dunleavy: here from the start, nothing else is up",
    )
    found, doubts = _attended(body.format(rows=f"{STOPPED}\n12:00 Dunleavy: logging off with you. thanks all"))
    assert found == [("08:10", "12:00")]
    assert not doubts & OPEN


def test_words_of_a_later_message_are_no_coming_of_one_who_wrote_at_the_start() -> None:
    body = CHAT.replace(
        "08:10 Dunleavy: on from home, I see your traces. only this room today",
        "08:10 Dunleavy: seeing it live. so you know I've got you and nobody else",
    ).replace("09:40 Dunleavy: all four limbs the same", "09:40 Dunleavy: ok here. free run quiet")
    found, doubts = _attended(body.format(rows=f"{STOPPED}\n12:00 Dunleavy: off. thanks all"))
    assert found == [("08:10", "12:00")]
    assert not doubts & OPEN


PROSE = """Technologist present in OR 6 throughout.
Set-up 07:10 to 07:40. Baselines 07:45 to 08:05. Monitoring 08:10 to 12:00. Leads off by 12:15.

{told}

Impression: stable SSEP and MEP.
Electronically signed Gail Dunleavy, MD 03/04/2025 15:20
"""


@pytest.mark.parametrize(
    "told",
    [
        "Real-time remote reading, 08:10 on 03/04 to 12:00 the same day.",
        "Remote attendance in real time 08:10 h through to 12:00 h the same day.",
        "Live remote supervision, 08:10 until 12:00.",
        "I kept watch over the traces from my desk, from 08:10, when she was in position, to 12:00, when we called it finished.",
        "I took my chair beside the machine in OR 6 at 08:10 and got out of it at 12:00.",
        "I settled at the console in OR 6 at 08:10 and rose from it at 12:00.",
        "I sat down at the screen in OR 6 at 08:10 and stood up from it at 12:00.",
        "I took up my watch from home at 08:10 and gave it up at 12:00.",
        "I picked up the remote feed at 08:10 and put it down again at 12:00.",
        "I opened the remote viewer at 08:10; I shut it at 12:00.",
        "My remote session ran from 08:10 h, right after baselines, to 12:00 h, when the skin was closed.",
        "I connected from home at 08:10 and disconnected at 12:00 when monitoring was stopped.",
        "I connected remotely at 08:10. I disconnected at 12:00.",
        "Dr. Dunleavy came on line from her office at 08:10; she went off line at 12:00.",
        "Dr. Dunleavy was in the OR from 08:10 (in person) until Ms. Ortiz ended monitoring at 12:00.",
        "Between 08:10 and 12:00 there were three patients on my monitors at the reading room.",
        "From 08:10 to 12:00 I had two cases side by side on my screens at home.",
        "From 08:10 to 12:00, with one case on the screen, I read remotely and live.",
        "I joined remotely at 08:10 and stayed until monitoring was over.",
        "I joined remotely at 08:10 and did not leave before monitoring was stopped.",
        "I joined remotely at 08:10. I stayed on until Ms. Ortiz stopped recording.",
        "I joined remotely at 08:10. From then on I watched live until the end of monitoring.",
        "Attended remotely from 08:10 (start of monitoring) up to and including the last run at 12:00.",
        "Gail Dunleavy, MD: watching from home, 08:10 until 12:00.",
        "Gail Dunleavy, MD: on from home at 08:10, off at 12:00.",
        "Watched remotely from 08:10 (eight ten) to 12:00 (noon).",
        "I was in the operating room from 08:10 in the morning until noon.",
        "I came into OR 6 at 08:10 and was let go at 12:00.",
    ],
)
def test_a_stay_told_with_words_between_its_times_or_without_the_second(told: str) -> None:
    found, doubts = _attended(PROSE.format(told=told), place="")
    assert found == [("08:10", "12:00")]
    assert not doubts & OPEN


@pytest.mark.parametrize(
    "told",
    [
        "I joined remotely at 08:10.",
        "I joined remotely at 08:10. Ms. Ortiz stayed on until recording was stopped.",
        "I joined remotely at 08:10. I will stay on call until the end of the week.",
        "I joined remotely at 08:10 and watched the decompression.",
        "I joined remotely at 08:10. Dr. Holloway worked until everything was done.",
    ],
)
def test_a_stay_whose_end_nothing_shows_is_left_open(told: str) -> None:
    _, doubts = _attended(PROSE.format(told=told), place="")
    assert doubts & OPEN


def test_a_watch_is_the_monitoring_where_a_record_tells_of_no_other() -> None:
    told = "I took up my watch in OR 6 at 08:10 and gave it up at 12:00."
    body = PROSE.replace(" Monitoring 08:10 to 12:00.", "").format(told=told)
    case = read_case(read_bytes("case.txt", (HEAD.format(place="") + body).encode()))
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == "monitoring" and s.start and s.end] == [
        ("08:10", "12:00")
    ]


def test_all_morning_says_of_no_time_which_half_of_the_day_it_is_in() -> None:
    body = PROSE.replace("12:00", "12:55").format(
        told="Ms. Ortiz was with you all morning. I watched remotely from 08:10 to 12:55."
    )
    found, _ = _attended(body, place="")
    assert found == [("08:10", "12:55")]


BEGUN = LOG.replace("08:10  Monitoring started\n08:10  Dr. Dunleavy connected", "08:10  {begun}").replace(
    "{rows}", "12:00  {over}"
)


@pytest.mark.parametrize(
    ("begun", "over", "place", "end"),
    [
        ("MONITORING BEGINS, Dr. Dunleavy watching live at the console", "MONITORING ENDS", ", in OR 6", "12:00"),
        ("Monitoring started; Dr. Dunleavy present", "Monitoring ended", " (in the operating room)", "12:00"),
        ("Monitoring started, Dr. Dunleavy is watching", "Monitoring ended", " (remote)", "12:00"),
        ("Monitoring started, Dr. Dunleavy watching", "Monitoring ended", "", ""),
        ("Monitoring started, Dr. Dunleavy connected", "Monitoring ended", " (remote)", ""),
        ("Monitoring started, Dr. Dunleavy logs in", "Monitoring ended, reader logged out", " (remote)", "12:00"),
        ("Monitoring started, Dr. Dunleavy logs in", "Monitoring ended, reader logged out at 11:20", " (remote)", ""),
        ("Monitoring started, Dr. Dunleavy logs in", "Monitoring ended, reader logged out earlier", " (remote)", ""),
    ],
)
def test_who_was_there_as_monitoring_began_and_has_one_place_attended_all_of_it(
    begun: str, over: str, place: str, end: str
) -> None:
    attended, doubts = _attended(BEGUN.format(begun=begun, over=over), place)
    if end:
        assert {last for _, last in attended} == {end}
        assert not OPEN & doubts
    else:
        assert OPEN & doubts or "mode-unstated" in doubts


ALONE = "One case only, with an open chat to the room."


@pytest.mark.parametrize(
    "said",
    [
        "I followed the tracings live from the reading room across town throughout; I disconnected at 10:02.",
        "I sat at a reading station in my office for all of that span, watching live; I signed off at 10:00.",
        "Dr. Hale followed the signals live from her office from the first minute to the last. She logged off at 10:00.",
    ],
)
def test_a_watch_of_all_of_the_monitoring_of_which_only_the_end_is_timed_began_with_it(said: str) -> None:
    audit = audited(f"{said} {ALONE}")
    assert [(row.start and row.start.hour, row.exclusive) for row in audit.case.attendance] == [(8, True)]
    assert [line.status for line in audit.codes if line.code == "G0453"] == ["supported"]


@pytest.mark.parametrize(
    "said",
    [
        "I came on late and followed live from home throughout; I disconnected at 10:00.",
        "I followed live from home for most of the monitoring and throughout the decompression; I disconnected at 10:00.",
        "I followed live from home throughout; I disconnected at 09:50.",
        "From my office I followed the signals live while Max Teck was in the room throughout. I signed off at 10:00.",
        "I followed live from home for all of that span except the first ten minutes; I disconnected at 10:00.",
        "In my cases I follow live from home from the first minute to the last; I disconnected at 10:00.",
        "I was to follow live from home from start to finish; I disconnected at 10:00.",
    ],
)
def test_a_watch_that_is_not_said_to_be_of_all_of_it_has_an_open_beginning(said: str) -> None:
    audit = audited(f"{said} {ALONE}")
    assert [line.status for line in audit.codes if line.code == "G0453"] == ["query"]
