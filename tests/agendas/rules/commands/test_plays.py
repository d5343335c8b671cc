from dataclasses import replace

import pytest

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.plays import Play, PlayMotion, PlayStep, StepOwner
from agendas.rules.plays import LIBRARY, library_with
from agendas.rules.update_words import mark_of_steps, read_days, read_steps, refuse_wrong, written_steps
from tests.cases import cases

OWN = Play(
    "own-1", "Site visit", (1,), "They came", 20, (PlayStep("Invite them", StepOwner.SALES, 7),), PlayMotion.OUTBOUND
)


@cases(
    ("written", "step"),
    [
        ("sales, 7: Invite them", PlayStep("Invite them", StepOwner.SALES, 7)),
        ("  • Marketing in 0 days: Write: one page ", PlayStep("Write: one page", StepOwner.MARKETING, 0)),
        ("executive, day 365 : Call", PlayStep("Call", StepOwner.EXECUTIVE, 365)),
        ("PRODUCT 3:Measure", PlayStep("Measure", StepOwner.PRODUCT, 3)),
    ],
)
def test_a_step_is_read_from_its_line(written: str, step: PlayStep) -> None:
    assert read_steps(f"\n{written}\n\n") == (step,)


@cases(
    ("written", "said"),
    [
        ("Invite them", 'Line 1, "Invite them", is no step. Write FUNCTION, DAYS: TEXT, as in "marketing, 7: Write'),
        ("sales, 7: Invite\nsales: Call", 'Line 2, "sales: Call", is no step'),
        ("legal, 7: Sign", 'Line 1: "legal" is none of sales, marketing, product, executive.'),
        ("sales, 366: Call", "Line 1: 366 days is too late; a step is due within 365."),
        ("sales, 1: " + "x" * 301, "Line 1 has 301 characters; write at most 300."),
    ],
)
def test_a_line_that_is_no_step_is_named_with_what_is_wrong(written: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_steps(written)
    assert str(refused.value).startswith(said)


def test_every_play_that_comes_with_the_program_is_one_that_could_be_added_and_is_written_as_it_is_read() -> None:
    known = library_with(())
    for play in LIBRARY:
        refuse_wrong(play, known)
        assert read_steps(written_steps(play)) == play.steps


@cases("changed", [{"text": "Call them"}, {"owner": StepOwner.EXECUTIVE}, {"due_in_days": 8}])
def test_the_mark_of_steps_differs_where_one_of_as_many_does(changed) -> None:
    [step] = OWN.steps
    assert mark_of_steps(replace(OWN, name="Plant tour")) == mark_of_steps(OWN)
    assert mark_of_steps(replace(OWN, steps=(replace(step, **changed),))) != mark_of_steps(OWN)


@cases(
    ("changes", "field", "said"),
    [
        ({"name": "!!"}, "name", "Give it a name with letters"),
        ({"name": "x" * 121}, "name", "The name has 121 characters; write at most 120."),
        ({"name": "pilot WITH a measure"}, "name", "The library has a play"),
        ({"tiers": ()}, "tiers", "Choose at least one tier."),
        ({"motion": None}, "motion", "Choose the motion."),
        ({"outcome": ""}, "outcome", "Say what the buyer will have done"),
        ({"outcome": "x" * 301}, "outcome", "It has 301 characters; write at most 300."),
        ({"outcome_in_days": 0}, "days", "Write a number of days from 1 to 365."),
        ({"outcome_in_days": 366}, "days", "Write a number of days from 1 to 365."),
        ({"outcome_in_days": 6}, "steps", '"Invite them" is due in 7 days, after the outcome, which is due within 6.'),
        ({"steps": ()}, "steps", "Write at least one step on a line of its own"),
        ({"steps": OWN.steps * 11}, "steps", "There are 11 steps; write at most 10."),
    ],
)
def test_what_is_wrong_with_a_play_is_said_beside_its_field(changes, field: str, said: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        refuse_wrong(replace(OWN, **changes), library_with(()))
    assert list(refused.value.fields) == [field]
    assert refused.value.fields[field].startswith(said)


@cases(("written", "days"), [("9", 9), (" 9 Days", 9), ("1 day", 1), ("", None), ("nine", None), ("²", None)])
def test_days_are_read_with_or_without_the_word(written: str, days: int | None) -> None:
    assert read_days(written) == days
