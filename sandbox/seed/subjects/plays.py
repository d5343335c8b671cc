"""Plays on accounts of the sample: one that the buyer answered, one that brought nothing, one running, one overdue."""

from agendas.facts.plays import PlayEnd
from sandbox.seed.play_steps import End, Play
from sandbox.seed.steps import Diary, Drop, Keep, Proof

PLAYS: Diary = {
    "Corvane Logistics": (
        Play(
            "4 wed 10:00",
            "malik",
            "reference_call",
            (("dev", "5 wed"), ("nora", "5 fri"), ("malik", "6 wed")),
            "8 wed",
        ),
        Keep("5 tue 11:00", "dev", "reference_call 1"),
        Keep("5 thu 10:10", "nora", "reference_call 2"),
        Keep("6 tue 16:00", "malik", "reference_call 3"),
        End(
            "6 thu 15:10",
            "nora",
            "reference_call",
            PlayEnd.OUTCOME,
            "Their head of depots spoke with a parcel company for an hour",
            Proof("meeting", "Note of the reference call", "corvane/reference-call"),
        ),
    ),
    "Brightwater Rail": (
        Play(
            "10 wed 12:00",
            "priya",
            "business_case",
            (("priya", "11 wed"), ("dev", "12 wed"), ("ines", "13 wed"), ("priya", "14 fri")),
            "16 wed",
        ),
    ),
    "Halden Pharma": (
        Play(
            "7 mon 10:00",
            "priya",
            "second_thread",
            (("priya", "7 thu"), ("priya", "8 mon"), ("ines", "8 thu")),
            "10 thu",
        ),
        Keep("7 wed 15:00", "priya", "second_thread 1"),
        Keep("7 fri 15:00", "priya", "second_thread 2"),
        Keep("8 wed 15:00", "ines", "second_thread 3"),
    ),
    "Tallow & Pine": (
        Play(
            "8 wed 10:00",
            "malik",
            "answer_signal",
            (("malik", "8 fri"), ("tomas", "9 mon"), ("tomas", "9 fri")),
            "10 wed",
        ),
        Keep("8 fri 10:00", "malik", "answer_signal 1", "Three shop managers compared roster tools"),
        Keep("9 mon 10:00", "tomas", "answer_signal 2"),
        Drop("10 thu 10:00", "tomas", "answer_signal 3", "Called twice, no answer"),
        End("10 thu 17:30", "malik", "answer_signal", PlayEnd.NONE, "Nobody there wrote or called back"),
    ),
}
"""By account, as it happened."""
