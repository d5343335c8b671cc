"""Plays of the sample's accounts: one with an outcome, one without, one running, one overdue."""

from agendas.facts.plays import PlayEnd
from sandbox.seed.steps import DropAction, FinishAction, Proof, StepsByAccount
from sandbox.seed.subject_steps import EndPlay, StartPlay

PLAYS: StepsByAccount = {
    "Corvane Logistics": (
        StartPlay(
            "4 wed 10:00",
            "malik",
            "reference_call",
            (("dev", "5 wed"), ("nora", "5 fri"), ("malik", "6 wed")),
            "8 wed",
        ),
        FinishAction("5 tue 11:00", "dev", "reference_call 1"),
        FinishAction("5 thu 10:10", "nora", "reference_call 2"),
        FinishAction("6 tue 16:00", "malik", "reference_call 3"),
        EndPlay(
            "6 thu 15:10",
            "nora",
            "reference_call",
            PlayEnd.OUTCOME,
            "Their head of depots spoke with a parcel company for an hour",
            Proof("meeting", "Note of the reference call", "corvane/reference-call"),
        ),
    ),
    "Brightwater Rail": (
        StartPlay(
            "10 wed 12:00",
            "priya",
            "business_case",
            (("priya", "11 wed"), ("dev", "12 wed"), ("ines", "13 wed"), ("priya", "14 fri")),
            "16 wed",
        ),
    ),
    "Halden Pharma": (
        StartPlay(
            "7 mon 10:00",
            "priya",
            "second_thread",
            (("priya", "7 thu"), ("priya", "8 mon"), ("ines", "8 thu")),
            "10 thu",
        ),
        FinishAction("7 wed 15:00", "priya", "second_thread 1"),
        FinishAction("7 fri 15:00", "priya", "second_thread 2"),
        FinishAction("8 wed 15:00", "ines", "second_thread 3"),
    ),
    "Tallow & Pine": (
        StartPlay(
            "8 wed 10:00",
            "malik",
            "answer_signal",
            (("malik", "8 fri"), ("tomas", "9 mon"), ("tomas", "9 fri")),
            "10 wed",
        ),
        FinishAction("8 fri 10:00", "malik", "answer_signal 1", "Three shop managers compared roster tools"),
        FinishAction("9 mon 10:00", "tomas", "answer_signal 2"),
        DropAction("10 thu 10:00", "tomas", "answer_signal 3", "Called twice, no answer"),
        EndPlay("10 thu 17:30", "malik", "answer_signal", PlayEnd.NONE, "Nobody there wrote or called back"),
    ),
}
