"""The program as a whole, asked for: how it stands, and each of its figures."""

from datetime import date

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.account import Stage
from agendas.facts.query import Form, Having, Measure, Per, Period, Query, Subject
from storage.database import Store
from tests.agendas.golden import check_golden
from tests.assistant.asking import told
from tests.assistant.world import PEOPLE

TOMAS = PEOPLE["tomas"].user_id


def figures(*measures: Measure, **asked: object) -> Query:
    return Query(Subject.PROGRAM, Form.FIELD, measures=measures, **asked)  # type: ignore[arg-type]


QUERIES = {
    "card": Query(Subject.PROGRAM, Form.CARD),
    "card of tier 1": Query(Subject.PROGRAM, Form.CARD, tiers=(1,)),
    "card per segment": Query(Subject.PROGRAM, Form.CARD, per=Per.SEGMENT),
    **{each.value: figures(each) for each in Measure},
    **{
        f"{each} per owner": figures(each, per=Per.OWNER)
        for each in (Measure.TARGET, Measure.ON_TIME, Measure.PIPELINE)
    },
    "coverage per tier": figures(Measure.COVERAGE, per=Per.TIER),
    "fit per segment": figures(Measure.FIT, per=Per.SEGMENT),
    "velocity per stage": figures(Measure.VELOCITY, per=Per.STAGE),
    "momentum per state": figures(Measure.MOMENTUM, per=Per.STATE),
    "two of a person": figures(Measure.WIN_RATE, Measure.ON_TIME, owners=(TOMAS,)),
    "of a segment and a stage": figures(Measure.COVERAGE, segments=("Healthcare",), stages=(Stage.OPPORTUNITY,)),
    "of october": figures(Measure.BOUNCES, period=Period(date(2026, 10, 1), date(2026, 10, 31))),
    "of the quarter": figures(Measure.TARGET, period=Period(date(2026, 10, 1), date(2026, 12, 31))),
    "what figures can't keep to": figures(Measure.FIT, having=(Having.BLOCKER,), per=Per.CURRENCY),
}


def test_the_program_is_told_as_its_golden_file_says(world: Store) -> None:
    said = {name: told(world, "paula", query) for name, query in QUERIES.items()}
    check_golden("pages/asked_program", "\n".join(f"=== {name}\n{text}\n" for name, text in said.items()))


def test_days_to_come_have_no_figures(world: Store) -> None:
    with pytest.raises(NotUnderstood):
        told(world, "paula", figures(Measure.TARGET, period=Period(date(2027, 1, 1), date(2027, 3, 31))))
