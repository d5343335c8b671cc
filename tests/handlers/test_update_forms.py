from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind
from agendas.verbs.closing import EnteredDecision
from agendas.verbs.updates import AccountReport, PromiseReport
from handlers import update_forms
from handlers.forms import Origin, fields_of, origin_of
from handlers.update_forms import Series, begin_series
from tests.builders import ANN, BOB, NOW, account, profile
from tests.cases import cases
from tests.handlers.filling import filled
from tests.handlers.form_samples import ORIGIN, TODAY, facts, full_account


# The forms of movement, blockers, next actions and decisions read back what was entered, and where.
def test_where_a_form_was_opened_comes_back_and_unknown_words_do_not_matter() -> None:
    assert origin_of(update_forms.build_movement_form(facts(account()))) == ORIGIN
    assert origin_of({"private_metadata": '{"account_id": 7, "of_the_future": 1}'}) == Origin(account_id=7)
    assert origin_of({}) == Origin()


def test_movement_reads_back() -> None:
    view = update_forms.build_movement_form(facts(account(stage=Stage.AWARE)))
    with pytest.raises(FieldProblems) as problems:
        update_forms.read_movement_form(filled(view), NOW)
    assert list(problems.value.fields) == ["text"]
    entry = update_forms.read_movement_form(
        filled(view, text=" It moved \n", stage="engaged", evidence="https://a.example/1\n\nnotes"), NOW
    )
    assert (entry.text, entry.to_stage, entry.expansion) == ("It moved", Stage.ENGAGED, None)
    assert [(each.text, each.kind) for each in entry.evidence] == [("a.example/1", "link"), ("notes", "note")]
    assert update_forms.read_movement_form(filled(view, text="News"), NOW).to_stage is None


def test_the_message_a_form_was_opened_on_keeps_its_time_as_evidence() -> None:
    at = datetime.fromisoformat("2026-11-20T10:00:00+00:00")
    origin = replace(ORIGIN, evidence_url="https://sample.example/p1", evidence_at=at.isoformat(), text="They said yes")
    view = update_forms.build_movement_form(facts(account(), origin, {}))
    [evidence] = update_forms.read_movement_form(filled(view), NOW).evidence
    assert (evidence.kind, evidence.dated_at, evidence.url) == ("message", at, "https://sample.example/p1")


def test_blockers_read_back() -> None:
    view = update_forms.build_blocker_form(facts(full_account("Legal"), ORIGIN, {}, asker=ANN))
    with pytest.raises(FieldProblems):
        update_forms.read_blocker_form(filled(view), NOW)
    entry = update_forms.read_blocker_form(filled(view, **{"open/3": "resolved", "open/4": "acknowledged"}), NOW)
    assert entry.changed == ((3, "resolved"), (4, "acknowledged"))
    entry = update_forms.read_blocker_form(filled(view, text="Money", owner=BOB, needs="finance"), NOW)
    assert (entry.changed, entry.text, entry.owner, entry.needs) == ((), "Money", BOB, "finance")


def test_next_actions_read_back() -> None:
    due_on = date(2026, 12, 1)
    chosen = {"was/30": "slipped", "was/31": "slipped", "later/31": "2026-11-01", "was/32": "done"}
    view = update_forms.build_next_action_form(facts(full_account("Call"), ORIGIN, chosen, asker=ANN, due_on=due_on))
    with pytest.raises(FieldProblems) as problems:
        update_forms.read_next_action_form(filled(view), TODAY)
    assert list(problems.value.fields) == ["later/30", "later/31"]
    later = {"later/30": "2026-12-04", "why/30": " Their fair ", "was/31": "dropped", "why/31": "They went elsewhere"}
    entry = update_forms.read_next_action_form(filled(view, **later), TODAY)
    assert entry.promises == (
        PromiseReport(30, "slipped", date(2026, 12, 4), "Their fair"),
        PromiseReport(31, "dropped", None, "They went elsewhere"),
        PromiseReport(32, "done", None),
    )
    view = update_forms.build_next_action_form(facts(full_account("Call"), ORIGIN, {}, asker=ANN, due_on=due_on))
    entry = update_forms.read_next_action_form(filled(view, text="Write", owner=BOB, outcome="They reply"), TODAY)
    assert (entry.text, entry.owner, entry.due_on) == ("Write", BOB, date(2026, 12, 1))
    assert update_forms.read_next_action_form(filled(view, text="Write", due_on=None), TODAY).due_on == date(
        2026, 12, 1
    )
    with pytest.raises(FieldProblems, match="has passed"):
        update_forms.read_next_action_form(filled(view, text="Write", due_on="2026-11-23"), TODAY)


@cases(
    ("values", "wrong"),
    [
        ({"text": ""}, {"text"}),
        ({"decision": "change_tier", "text": "x"}, {"tier"}),
        ({"decision": "change_tier", "text": "x", "tier": "1"}, {"tier"}),
        ({"decision": "change_motion", "text": "x"}, {"motion"}),
        ({"decision": "change_motion", "text": "x", "motion": "one_to_one"}, {"motion"}),
        ({"decision": "intervene", "text": "x"}, {"ask_of", "due_on"}),
        ({"decision": "intervene", "text": "x", "ask_of": BOB, "due_on": "2026-11-23"}, {"due_on"}),
    ],
)
def test_a_decision_without_what_it_needs_is_refused_beside_the_fields(values: dict[str, str], wrong: set[str]) -> None:
    view = update_forms.build_decision_form(facts(account(), draft={"decision": values.get("decision", "")}))
    with pytest.raises(FieldProblems) as problems:
        update_forms.read_decision_form(
            filled(view, **{"due_on": None} | values if "due_on" in wrong else values), account(), TODAY
        )
    assert set(problems.value.fields) == wrong


@cases("tier", ["4", "0", "9" * 30])
def test_a_tier_or_date_that_is_not_offered_is_refused_beside_its_field(tier: str) -> None:
    view = update_forms.build_decision_form(facts(account(), draft={"decision": "change_tier"}))
    with pytest.raises(FieldProblems) as problems:
        update_forms.read_decision_form(filled(view, text="x", tier=tier), account(), TODAY)
    assert list(problems.value.fields) == ["tier"]
    view = update_forms.build_decision_form(facts(account(), draft={"decision": "intervene"}))
    with pytest.raises(FieldProblems) as problems:
        update_forms.read_decision_form(filled(view, text="x", ask_of=BOB, due_on="0001-01-01"), account(), TODAY)
    assert list(problems.value.fields) == ["due_on"]


def test_a_decision_shows_and_reads_back_only_what_belongs_to_it() -> None:
    of = account(profile=profile(our_executive=BOB))
    view = update_forms.build_decision_form(facts(of, due_on=date(2026, 12, 1)))
    assert fields_of(view) == {"decision", "text"}
    asked = filled(view, decision="intervene", text=" Call them ")
    asked["blocks"] = update_forms.with_chosen(asked, update_forms.suggestions(facts(of, due_on=date(2026, 12, 1))))
    assert fields_of(asked) == {"decision", "text", "ask_of", "due_on"}
    # Slack keeps the input by the ids of block and element
    assert _ids(asked, "text") == _ids(view, "text")
    entry = update_forms.read_decision_form(filled(asked, decision="intervene", text=" Call them "), of, TODAY)
    assert entry == EnteredDecision(DecisionKind.INTERVENE, "Call them", None, BOB, date(2026, 12, 1))
    kept = filled(asked, decision="keep", text="Call them")
    assert update_forms.read_decision_form(kept, of, TODAY) == EnteredDecision(
        DecisionKind.KEEP, "Call them", None, "", None
    )
    moved = filled(asked, decision="change_tier")
    moved["blocks"] = update_forms.with_chosen(moved, {})
    assert fields_of(moved) == {"decision", "tier", "text"}


def _ids(view: dict[str, Any], name: str) -> tuple[str, str]:
    block = next(block for block in view["blocks"] if block.get("block_id") == name)
    return block["block_id"], block["element"]["action_id"]


def test_the_hint_of_the_evidence_speaks_of_the_form_it_stands_in() -> None:
    of_movement = str(update_forms.build_movement_form(facts(account())))
    of_blocker = str(update_forms.build_blocker_form(facts(account(), ORIGIN, {}, asker=ANN)))
    assert "shown as claimed" in of_movement
    assert "shown as claimed" not in of_blocker
    assert "beside the blocker" in of_blocker


# The form for everything about one account: what it shows, what it reads back, and its pages.

DUE = date(2026, 12, 1)


def own(name: str) -> str:
    return update_forms.own_name(name, ORIGIN.account_id)


def built(of: Any, origin: Origin = ORIGIN, draft: dict[str, str] | None = None) -> dict[str, Any]:
    return update_forms.build_update_form(facts(of, origin, draft, asker=ANN, due_on=DUE))


def read(view: dict[str, Any], before: dict[str, str] | None = None, **values: Any) -> AccountReport:
    return update_forms.read_update_form(filled(view, **values), before or {}, TODAY, NOW)


def test_everything_of_one_account_reads_back_at_once() -> None:
    some = full_account("Call")
    view = built(replace(some, actions=some.actions[:3], blockers=some.blockers[:2]))
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
def test_an_update_that_says_nothing_or_two_things_is_refused_beside_the_field(told: dict[str, Any], wrong: str):
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
    series = begin_series((5, 7, 9)).after(7)
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
    series = begin_series(tuple(range(10**5, 10**5 + 500)))
    assert series.total == len(series.rest) < 500
    view = built(account(), replace(ORIGIN, series=series.after(series.rest[0]).written, evidence_url="u" * 300))
    assert len(view["private_metadata"]) <= 3_000
