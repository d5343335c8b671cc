"""The forms of movement, blockers, next actions and decisions read back what was entered, and where."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from agendas.errors import FieldProblems
from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind
from agendas.verbs.closing import EnteredDecision
from agendas.verbs.updates import PromiseReport
from handlers import update_forms
from handlers.forms import Origin, fields_of, origin_of
from tests.builders import ANN, BOB, NOW, account, profile
from tests.cases import cases
from tests.handlers.filling import filled
from tests.handlers.form_samples import ORIGIN, TODAY, facts, full_account


def test_where_a_form_was_opened_comes_back_and_unknown_words_do_not_matter() -> None:
    view = update_forms.build_movement_form(facts(account()))
    assert origin_of(view) == ORIGIN
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
