"""The form for everything about one account: what it shows, what it reads back, and its pages."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import Stage
from agendas.verbs.updates import AccountReport, PromiseReport
from handlers import update_forms
from handlers.forms import Origin, fields_of, origin_of
from handlers.update_forms import Series, begin
from tests.builders import ANN, BOB, NOW, account
from tests.cases import cases
from tests.handlers.filling import filled
from tests.handlers.form_samples import ORIGIN, TODAY, facts, full_account

DUE = date(2026, 12, 1)


def own(name: str) -> str:
    return update_forms.own_name(name, ORIGIN.account_id)


def built(of: Any, origin: Origin = ORIGIN, draft: dict[str, str] | None = None) -> dict[str, Any]:
    return update_forms.build_update_form(facts(of, origin, draft, asker=ANN, due_on=DUE))


def read(view: dict[str, Any], before: dict[str, str] | None = None, **values: Any) -> AccountReport:
    return update_forms.read_update_form(filled(view, **values), before or {}, TODAY, NOW)


def test_everything_of_one_account_reads_back_at_once() -> None:
    some = full_account("Call")
    few = replace(some, actions=some.actions[:3], blockers=some.blockers[:2])
    view = built(few)
    told = {
        "was/30": "done",
        "open/2": "resolved",
        own("text"): "Their board agreed",
        own("stage"): "engaged",
        own("evidence"): "https://a.example/1",
        own("next"): "Send the contract",
        own("owner"): BOB,
    }
    report = read(view, **told)
    assert report.movement is not None
    assert (report.movement.text, report.movement.to_stage) == ("Their board agreed", Stage.ENGAGED)
    assert [each.url for each in report.movement.evidence] == ["https://a.example/1"]
    assert report.actions.promises == (PromiseReport(30, "done", None),)
    assert (report.actions.text, report.actions.owner, report.actions.due_on) == ("Send the contract", BOB, DUE)
    assert report.changed_blockers == ((2, "resolved"),)
    assert not report.nothing_moved


def test_a_date_and_a_reason_are_asked_for_only_where_an_action_slipped_or_is_dropped() -> None:
    view = built(full_account("Call"))
    assert not [name for name in fields_of(view) if name.startswith(("later/", "why/"))]
    blocks = update_forms.with_details(
        view["blocks"], {"was/30": "slipped", "was/31": "dropped", "why/31": "Their fair"}
    )
    drawn = view | {"blocks": blocks}
    assert {name for name in fields_of(drawn) if name.startswith(("later/", "why/"))} == {
        "later/30",
        "why/30",
        "why/31",
    }
    why = next(block for block in blocks if block.get("block_id") == "why/31")
    assert why["element"]["initial_value"] == "Their fair"
    assert update_forms.with_details(blocks, {}) == view["blocks"]


@cases(
    ("told", "wrong"),
    [
        ({}, "nothing"),
        ({"nothing": ["nothing"], "text": "They called"}, "nothing"),
        ({"stage": "engaged"}, "text"),
        ({"next": "Call", "due_on": "2026-11-01"}, "due_on"),
    ],
)
def test_an_update_that_says_nothing_or_two_things_is_refused_beside_the_field(
    told: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(FieldProblems) as problems:
        read(built(account()), **{own(name): value for name, value in told.items()})
    assert list(problems.value.fields) == [own(wrong)]


def test_nothing_moved_is_recorded_only_where_the_person_says_so() -> None:
    report = read(built(account()), **{own("nothing"): ["nothing"]})
    assert report.nothing_moved
    assert report.movement is None


def test_more_than_ten_open_actions_come_on_pages_and_the_last_has_what_was_chosen_before() -> None:
    some = full_account("Call")
    many = replace(some, actions=some.actions[:23])
    first = built(many)
    assert first["submit"]["text"] == "Next"
    assert [name for name in sorted(fields_of(first)) if name.startswith("was/")] == [f"was/{n}" for n in range(30, 40)]
    assert not update_forms.is_last_page(first)
    assert read(first).is_empty
    second = built(many, replace(ORIGIN, page=update_forms.next_page(first, many)))
    third = built(many, replace(ORIGIN, page=update_forms.next_page(second, many)))
    assert sorted(name for name in fields_of(third) if name.startswith("was/")) == ["was/50", "was/51", "was/52"]
    assert update_forms.is_last_page(third)
    assert third["submit"]["text"] == "Record"
    report = read(third, {"was/31": "done"}, **{"was/50": "dropped"})
    assert report.actions.promises == (PromiseReport(31, "done", None), PromiseReport(50, "dropped", None))
    with pytest.raises(Outdated):
        built(many, replace(ORIGIN, page="tomorrow 7"))


def test_no_two_accounts_share_the_name_of_a_field() -> None:
    first = built(account())
    second = built(replace(account(), account_id=8), replace(ORIGIN, account_id=8))
    assert not fields_of(first) & fields_of(second)


def test_the_forms_of_a_series_say_which_they_are_and_what_follows() -> None:
    series = begin((5, 7, 9)).after(7)
    assert (series, series.title) == (Series(2, 3, (9,)), "Update 2 of 3")
    assert Series.of(series.written) == series
    view = built(account(), replace(ORIGIN, series=series.written))
    assert (view["title"]["text"], view["submit"]["text"]) == ("Update 2 of 3", "Next")
    assert view["blocks"][0]["accessory"]["text"]["text"] == "Skip"
    last = built(account(), replace(ORIGIN, series=series.after(9).written))
    assert last["submit"]["text"] == "Record"
    assert origin_of(last).series == "3 3"
    with pytest.raises(Outdated):
        Series.of("2")


def test_a_series_holds_as_many_accounts_as_a_form_carries() -> None:
    series = begin(tuple(range(10**5, 10**5 + 500)))
    assert series.total == len(series.rest) < 500
    view = built(account(), replace(ORIGIN, series=series.after(series.rest[0]).written, evidence_url="u" * 300))
    assert len(view["private_metadata"]) <= 3_000
