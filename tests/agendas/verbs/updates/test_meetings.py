"""Meetings of executives: whose they were, the day, and the silence that they end."""

from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import FieldProblems, NotAMember, Refused
from agendas.facts.group import ContactProfile
from agendas.rules.executive import MeetingTold
from agendas.verbs import account_list, corrections, group
from agendas.verbs.card import account_group
from agendas.verbs.measures import executive
from agendas.verbs.record import Recorded
from agendas.verbs.updates import record_meeting
from tests.builders import ANN, DAN, EVE, HOUR, NOW, ZONE, ago
from tests.program import Program

MET = MeetingTold("Dana Weber, CFO", "agreed on a pilot", DAN, date(2026, 11, 12))


def meets(program: Program, told: MeetingTold = MET, *, short: str = "globex", at=NOW) -> Recorded:
    done: Recorded = program.did(record_meeting, ANN, at, program.accounts[short], told)
    return done


def days_met(program: Program, at=NOW) -> dict[int, date]:
    report = program.read(executive, "", now=at)
    return {touch.account_id: touch.on for _, touch in reversed(report.touches)}


def touches(program: Program, short: str = "globex") -> list[tuple[str, str, date]]:
    facts = program.read(account_group, program.accounts[short], now=NOW, zone=ZONE)
    return [(touch.ours, touch.theirs, touch.on) for touch in facts.touches]


def test_a_correction_takes_it_out_of_the_figures_and_leaves_it_in_the_history(program: Program) -> None:
    done = meets(program)
    program.did(corrections.correct, ANN, NOW + HOUR, done.event.id, "It was a call", is_editor=True)
    assert (touches(program), days_met(program, NOW + HOUR)) == ([], {})


def test_a_person_of_the_group_is_meant_by_part_of_the_name_and_was_heard_that_day(program: Program) -> None:
    globex = program.accounts["globex"]
    for name in ("Dana Weber", "Otto Weber"):
        program.did(group.add_contact, ANN, ago(0.5), globex, ContactProfile(name, "CFO"))
    done = meets(program, replace(MET, theirs="dana"))
    assert done.event.change.theirs == "Dana Weber, CFO"
    heard = {each.profile.name: each.heard_on for each in done.after.contacts}
    assert heard == {"Dana Weber": date(2026, 11, 12), "Otto Weber": None}
    today = meets(program, replace(MET, theirs="Weber, Dana", on=None), at=NOW + HOUR)
    assert today.event.change.contact_id is None
    named = meets(program, replace(MET, theirs="Dana Weber", on=None), at=NOW + HOUR)
    assert {each.profile.name: each.heard_on for each in named.after.contacts}["Dana Weber"] == NOW.date()
    assert meets(program, replace(MET, theirs="Weber"), at=NOW + HOUR).event.change.contact_id is None


def test_a_day_to_come_a_stranger_and_an_account_off_the_list_record_nothing(program: Program) -> None:
    with pytest.raises(FieldProblems, match="has not come yet"):
        meets(program, replace(MET, on=date(2027, 1, 2)))
    with pytest.raises(NotAMember):
        meets(program, replace(MET, ours="U0NOBODY1"))
    program.did(account_list.remove, EVE, NOW, program.accounts["globex"], because="They were acquired")
    with pytest.raises(Refused, match="removed from the list"):
        meets(program, at=NOW + HOUR)
    assert touches(program) == []
