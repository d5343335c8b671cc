"""Plays on accounts of the sample: one that the buyer answered, one that runs, one whose outcome is overdue."""

from sandbox.seed.play_steps import Answer, Play
from sandbox.seed.steps import Diary, Keep, Proof

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
        Answer(
            "6 thu 15:10",
            "nora",
            "reference_call",
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
}
"""By account, as it happened."""
