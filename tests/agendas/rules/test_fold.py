from dataclasses import replace
from datetime import date, datetime
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.facts import events
from agendas.facts.account import AccountState, ActionStatus, ListStatus, Source, Stage
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.events import ActionChanged, BlockerChanged, Change, Decided, DecisionKind, Moved, Nominated, Profile
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, EvidenceJudged
from agendas.facts.group import ContactAdded, ContactProfile
from agendas.facts.interventions import AskAnswered, AskTaken
from agendas.facts.narrative import Justification, Justified
from agendas.rules.deals import other_close_date, stall
from agendas.rules.entries import repeated_by_history
from agendas.rules.fold import edit_of, fold, state_after, without_closed
from tests.agendas.rules.histories import History, day, named, nominated, shown
from tests.cases import cases


def test_a_nominated_account_is_a_candidate_in_the_target_stage() -> None:
    state = nominated().state
    assert (state.name, state.list_status, state.tier) == ("Sample Acme", ListStatus.CANDIDATE, None)
    assert (state.stage, state.stage_since, state.stage_since_known) == (Stage.TARGET, day(0), True)
    assert (state.last_event_at, state.last_update_at, state.last_movement_at) == (day(0), None, None)


def test_there_is_no_account_without_a_standing_nomination() -> None:
    history = nominated()
    history.correct(1, 1)
    assert fold(history.events) is None
    assert fold([]) is None


def test_an_event_before_any_nomination_is_an_error() -> None:
    history = nominated()
    history.move("aware", 1)
    with pytest.raises(ValueError, match="before the nomination"):
        state_after(None, history.events[1])


def test_news_dated_before_the_nomination_counts() -> None:
    history = nominated(on_day=10)
    history.move("engaged", 4, recorded_on=11)
    assert (history.state.stage, history.state.stage_since) == (Stage.ENGAGED, day(4))
    assert history.state.last_event_at == day(10)


def test_trimming_keeps_what_is_open_and_what_was_closed_since() -> None:
    history = nominated()
    old, recent, still = history.block(1), history.block(1), history.block(1)
    history.add(BlockerChanged(old, "resolved"), 5)
    history.add(BlockerChanged(recent, "resolved"), 6)
    done, dropped, promised = history.promise(1), history.promise(1), history.promise(1)
    history.add(ActionChanged(done, "done"), 5)
    history.add(ActionChanged(dropped, "dropped"), 6)
    state = without_closed(history.state, day(5))
    assert [blocker.id for blocker in state.blockers] == [recent, still]
    assert [action.id for action in state.actions] == [dropped, promised]
    assert without_closed(history.state, None) == history.state


CHANGES: list[Change] = [
    Moved(to_stage="aware"),
    Moved(to_stage="mqa"),
    Moved("News", expansion=events.ExpansionKind.BREADTH),
    Moved(to_stage="engaged", since_known=False),
    events.NothingMoved(),
    events.Edited(Profile("Sample Initrode")),
    Decided(DecisionKind.INTERVENE, "Call", "U1"),
    BlockerChanged(2, "resolved"),
    ActionChanged(3, "done"),
]
steps = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 3), st.booleans()), max_size=15)


@given(steps)
def test_events_applied_one_by_one_in_order_give_the_fold(chosen: list[tuple[Change, int, bool]]) -> None:
    history = a_history(chosen)
    state: AccountState | None = None
    for event in history.events:
        state = state_after(state, event)
    assert state == fold(history.events)


@given(steps, st.randoms(), st.integers(1, 15))
def test_the_fold_does_not_depend_on_the_order_given(chosen, random, target):
    history = a_history(chosen)
    history.correct(target, 100)
    shuffled = list(history.events)
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(history.events)


@given(steps, st.sampled_from(CHANGES), st.integers(0, 20))
def test_a_change_and_its_correction_leave_no_trace(chosen, change, on_day):
    history = a_history(chosen)
    before = history.state
    history.correct(history.add(change, on_day, shown(on_day), recorded_on=100), 101)
    assert history.state == replace(before, last_event_at=day(101))


def a_history(chosen: list[tuple[Change, int, bool]]) -> History:
    """A nomination, a blocker (2), an action (3) and the chosen changes, each some days after the one before."""
    history = nominated()
    history.block(0)
    history.promise(0)
    on_day = 0
    for change, days_later, has_evidence in chosen:
        on_day += days_later
        evidence: tuple[Evidence, ...] = (shown(on_day),) if has_evidence else ()
        history.add(change, on_day, *evidence)
    return history


def test_updates_are_movements_nothing_blockers_actions_and_decisions() -> None:
    history = nominated()
    updates: list[Change] = [Moved("News"), events.NothingMoved(), Decided(DecisionKind.KEEP, "Go on")]
    for number, update in enumerate(updates, start=2):
        history.add(update, number)
        assert history.state.last_update_at == day(number)
    history.block(6)
    assert history.state.last_update_at == day(6)
    history.promise(7)
    assert history.state.last_update_at == day(7)
    history.put("paused", 8)
    assert history.state.last_update_at == day(7)


def test_a_change_of_no_known_kind_is_an_error() -> None:
    history = nominated()
    with pytest.raises(TypeError, match="holds a str"):
        state_after(history.state, replace(history.events[0], change="news"))  # type: ignore[arg-type]


# Folding nominations, edits and list changes into an account.
def test_a_second_nomination_brings_a_removed_account_back_as_a_candidate() -> None:
    history = nominated()
    history.put("removed", 1)
    history.add(Nominated(Profile("Sample Acme Group"), "New budget"), 2)
    assert (history.state.list_status, history.state.name) == (ListStatus.CANDIDATE, "Sample Acme Group")
    assert history.state.because == "New budget"


def test_a_second_nomination_leaves_a_named_account_named() -> None:
    history = named(tier=2)
    history.add(Nominated(Profile("Sample Acme")), 70)
    assert (history.state.list_status, history.state.tier) == (ListStatus.NAMED, 2)
    assert history.state.because == "Sample reason"


def test_an_edit_replaces_the_profile_and_is_no_update() -> None:
    history = nominated()
    history.add(events.Edited(Profile("Sample Acme", domain="acme.example", owner="U2")), 3)
    assert history.state.profile.owner == "U2"
    assert history.state.last_update_at is None
    assert history.state.last_event_at == day(3)


def test_the_written_reason_is_that_of_the_latest_naming_not_of_a_pause_a_restore_or_another_tier() -> None:
    history = nominated()
    changes = (
        ("named", 1, "They grew", "They grew"),
        ("paused", 1, "Merger", "They grew"),
        ("named", 1, "Merger done", "They grew"),
        ("named", 2, "Smaller than thought", "They grew"),
        ("removed", None, "Acquired", "They grew"),
        ("candidate", None, "Sold again", "They grew"),
        ("named", 2, "Their budget is back", "Their budget is back"),
    )
    for number, (status, tier, because, why_account) in enumerate(changes, 1):
        history.add(events.ListChanged(status, tier, because), number)
        assert (history.state.because, history.state.justification.why_account) == (because, why_account)


def test_a_naming_or_a_nomination_sets_the_parts_it_gives_and_keeps_the_others() -> None:
    history = History()
    history.add(Nominated(Profile("Sample Acme"), "400 seats", "Renews in April"), 0)
    assert history.state.justification == Justification("400 seats", "Renews in April")
    history.add(events.ListChanged("named", 1, "They grew", motion="Our CFO calls"), 1)
    assert history.state.justification == Justification("They grew", "Renews in April", "Our CFO calls")
    history.add(events.ListChanged("paused", 1, "Merger"), 2)
    history.add(Nominated(Profile("Sample Acme"), why_now="Renews in May"), 3)
    assert history.state.justification == Justification("They grew", "Renews in May", "Our CFO calls")


def test_a_change_of_the_justification_sets_the_parts_that_differ_also_to_nothing() -> None:
    history = History()
    history.add(Nominated(Profile("Sample Acme"), "400 seats", "Renews in April", "Our CFO calls"), 0)
    before = history.state.justification
    first = history.add(Justified(replace(before, why_now=""), before), 1)
    history.add(Justified(replace(before, motion="A pilot"), before), 2)
    assert history.state.justification == Justification("400 seats", "", "A pilot")
    history.add(events.Corrected(first), 3)
    assert history.state.justification == Justification("400 seats", "Renews in April", "A pilot")


def test_a_list_change_sets_status_tier_and_reason() -> None:
    history = nominated()
    history.put("named", 2, tier=2)
    state = history.state
    assert (state.list_status, state.tier, state.because) == (ListStatus.NAMED, 2, "Sample reason")
    assert (state.named_at, state.list_changed_at) == (day(2), day(2))


def test_a_pause_and_a_change_of_tier_keep_the_day_it_was_named() -> None:
    history = nominated()
    history.put("named", 2)
    history.put("named", 3, tier=2)
    history.put("paused", 5)
    history.put("named", 9)
    assert (history.state.named_at, history.state.list_changed_at) == (day(2), day(9))


def test_an_account_named_again_after_removal_is_named_from_that_day() -> None:
    history = nominated()
    history.put("named", 2)
    history.put("removed", 5)
    assert history.state.named_at == day(2)
    history.put("named", 9)
    assert history.state.named_at == day(9)


def test_a_paused_candidate_is_named_from_the_day_it_first_comes_on_the_list() -> None:
    history = nominated()
    history.put("paused", 2)
    history.put("named", 4)
    assert history.state.named_at == day(4)


# Folding moves into an account, and the evidence that ends a buyer's silence.
def test_a_move_sets_the_stage_and_its_day() -> None:
    history = nominated()
    history.move("aware", 3)
    state = history.state
    assert (state.stage, state.stage_since, state.last_movement_at) == (Stage.AWARE, day(3), day(3))
    assert not state.stage_has_evidence


def test_a_stage_found_by_an_import_starts_its_clock_at_the_import_and_is_no_movement() -> None:
    history = nominated()
    history.add(Moved(to_stage="mqa", since_known=False), 2, recorded_on=8)
    state = history.state
    assert (state.stage, state.stage_since, state.stage_since_known) == (Stage.MQA, day(8), False)
    assert state.last_movement_at is None
    history.move("opportunity", 10)
    assert history.state.stage_since_known


def test_evidence_may_come_after_the_step_and_ends_with_the_stage() -> None:
    history = nominated()
    history.move("aware", 3)
    history.move(None, 5, shown(4, step="aware"))
    assert history.state.stage_has_evidence
    history.move("engaged", 6)
    assert not history.state.stage_has_evidence


def test_the_buyers_touch_is_the_latest_believable_date_of_the_evidence() -> None:
    history = nominated()
    history.move(None, 10, shown(4), shown(8), shown(30))
    assert history.state.last_buyer_touch_at == day(8)
    history.move(None, 12, shown(5))
    assert history.state.last_buyer_touch_at == day(8)


def test_an_action_done_with_evidence_ends_the_buyers_silence() -> None:
    history = nominated()
    history.move("aware", 2)
    history.add(ActionChanged(history.promise(3), "done"), 5)
    assert history.state.last_buyer_touch_at is None
    history.add(ActionChanged(history.promise(3), "done"), 6, shown(6, step="aware"))
    assert history.state.last_buyer_touch_at == day(6)
    assert history.state.stage_has_evidence


def test_an_import_is_no_update_of_the_owners() -> None:
    history = nominated()
    history.find("aware", 3)
    history.add(Moved(to_stage="engaged"), 4, source=Source.IMPORT)
    assert history.state.stage is Stage.ENGAGED
    assert history.state.last_update_at is None


def test_a_note_is_no_movement_no_update_and_no_touch() -> None:
    history = nominated()
    history.move("engaged", 3, shown(3))
    before = history.state
    history.add(events.Noted("12,000 impressions and 40 MQLs"), 9)
    assert history.state == replace(before, last_event_at=day(9))


def test_an_account_remembers_when_it_left_customer_and_opportunity_last() -> None:
    def left(history: History) -> tuple[datetime | None, datetime | None]:
        return history.state.left_opportunity_at, history.state.left_customer_at

    history = nominated()
    history.move("customer", 3, shown(3))
    assert left(history) == (None, None)
    history.move("opportunity", 5)
    assert left(history) == (None, day(5))
    history.move("mqa", 7)
    history.move("aware", 8)
    assert left(history) == (day(7), day(5))
    history.move("customer", 9, shown(9))
    wrong = history.move("target", 11)
    assert left(history) == (day(11), day(11))
    history.correct(wrong, 12)
    assert left(history) == (day(7), day(5))


# Folding events into an account's blockers and next actions.
def test_a_blocker_is_opened_acknowledged_updated_and_resolved() -> None:
    history = nominated()
    blocker_id = history.block(2, needs="finance")
    history.add(BlockerChanged(blocker_id, "acknowledged"), 3)
    history.add(BlockerChanged(blocker_id, "acknowledged"), 4)
    history.add(BlockerChanged(blocker_id, "updated", "Two questions left"), 5)
    history.add(BlockerChanged(blocker_id, "updated"), 6)
    (blocker,) = history.state.open_blockers
    assert (blocker.id, blocker.needs, blocker.opened_at) == (blocker_id, "finance", day(2))
    assert (blocker.acknowledged_at, blocker.text) == (day(3), "Two questions left")
    history.add(BlockerChanged(blocker_id, "resolved", "Signed"), 7)
    history.add(BlockerChanged(blocker_id, "resolved", "Signed again"), 8)
    (blocker,) = history.state.blockers
    assert (blocker.resolved_at, blocker.resolution) == (day(7), "Signed")
    assert not history.state.open_blockers


def test_an_action_slips_and_is_done() -> None:
    history = nominated()
    action_id = history.promise(2)
    later = date(2026, 3, 1)
    history.add(ActionChanged(action_id, "slipped", later, "They were away"), 5)
    history.add(ActionChanged(action_id, "slipped"), 6)
    (action,) = history.state.open_actions
    assert (action.due_on, action.slips, action.slipped_at, action.outcome) == (later, 2, day(6), "They were away")
    history.add(ActionChanged(action_id, "done", text="Sent"), 7)
    history.add(ActionChanged(action_id, "dropped"), 8)
    (action,) = history.state.actions
    assert (action.status, action.closed_at, action.outcome) == (ActionStatus.DONE, day(7), "Sent")


def test_a_dropped_action_is_closed() -> None:
    history = nominated()
    history.add(ActionChanged(history.promise(2), "dropped", text="No need"), 3)
    (action,) = history.state.actions
    assert (action.status, action.closed_at, action.outcome) == (ActionStatus.DROPPED, day(3), "No need")


def test_changes_of_unknown_blockers_and_actions_are_ignored() -> None:
    history = nominated()
    wrong = history.block(2)
    history.add(BlockerChanged(wrong, "resolved"), 3)
    history.add(ActionChanged(99, "done"), 3)
    history.correct(wrong, 4)
    assert (history.state.blockers, history.state.actions) == ((), ())


# The last decision about an account, and when what was asked is done.

DUE_ON = date(2026, 2, 1)


def test_the_last_decision_is_kept() -> None:
    history = nominated()
    history.add(Decided(DecisionKind.KEEP, "Go on"), 2)
    event_id = history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5", date(2026, 2, 1)), 3)
    decision = history.state.decision
    assert decision is not None
    assert (decision.event_id, decision.decision, decision.ask_of) == (event_id, DecisionKind.INTERVENE, "U5")
    assert (decision.decided_at, decision.decided_by, decision.due_on) == (day(3), "U1", date(2026, 2, 1))


def asks(history: History, text: str = "Call their CFO", on_day: float = 3) -> tuple[int, int]:
    """Record an intervention with the next action that it makes; return the ids of both."""
    asked = history.add(Decided(DecisionKind.INTERVENE, text, "U5", DUE_ON), on_day)
    return asked, history.add(events.ActionAdded(text, "U5", DUE_ON), on_day)


@cases(("what", "is_done"), [("done", True), ("dropped", False)])
def test_an_intervention_is_done_with_the_action_that_it_made(what: Literal["done", "dropped"], is_done: bool) -> None:
    history = nominated()
    _, action_id = asks(history)
    history.add(ActionChanged(action_id, what), 6)
    decision = history.state.decision
    assert decision is not None
    assert decision.done_at == (day(6) if is_done else None)
    assert bool(history.state.open_asks) is not is_done


@cases("second", ["Sign the discount", "Call their CFO"])
def test_of_two_asks_of_a_person_the_action_of_one_answers_that_one(second: str) -> None:
    history = nominated()
    first, _ = asks(history)
    _, action_id = asks(history, second)
    history.add(ActionChanged(action_id, "done"), 6)
    assert [ask.event_id for ask in history.state.open_asks] == [first]


def test_a_later_decision_leaves_the_asks_before_it_open() -> None:
    history = nominated()
    history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5"), 3)
    history.add(Decided(DecisionKind.KEEP, "Go on"), 4)
    assert [ask.text for ask in history.state.open_asks] == ["Call their CFO"]
    history.correct(history.add(Moved("They wrote"), 5), 6)
    assert [ask.text for ask in history.state.open_asks] == ["Call their CFO"]


def test_an_ask_moves_with_its_action_and_keeps_its_first_day() -> None:
    history = nominated()
    _, action_id = asks(history)
    later = date(2026, 2, 10)
    history.add(ActionChanged(action_id, "slipped", later), 6)
    [ask] = history.state.open_asks
    assert (ask.due_on, ask.first_due_on) == (later, DUE_ON)
    assert history.state.decision == ask
    history.add(ActionChanged(action_id, "slipped", DUE_ON), 7)
    [ask] = history.state.open_asks
    assert (ask.due_on, ask.first_due_on) == (DUE_ON, None)


@cases("kind", [DecisionKind.KEEP, DecisionKind.PAUSE])
def test_only_an_intervention_can_be_done(kind: DecisionKind) -> None:
    history = nominated()
    history.add(Decided(kind, "Go on", "U1"), 3)
    history.add(ActionChanged(history.promise(4), "done"), 6)
    decision = history.state.decision
    assert decision is not None
    assert decision.done_at is None


# Asks that somebody takes: whose they and their actions are then, and whose again once that is taken back.

DUE = date(2026, 3, 20)


def asked(*, with_action: bool = True) -> tuple[History, int]:
    history = nominated()
    decision = history.add(Decided(DecisionKind.INTERVENE, "Call their COO", "U2", DUE), 10)
    if with_action:
        history.add(events.ActionAdded("Call their COO", "U2", DUE, decision_id=decision), 10)
    return history, decision


def owners(history: History) -> tuple[list[str | None], list[str]]:
    state = history.state
    return [ask.ask_of for ask in state.open_asks], [action.owner for action in state.actions]


def test_the_ask_and_the_action_it_made_are_of_whoever_takes_it_and_of_the_one_before_once_taken_back() -> None:
    history, decision = asked()
    first = history.add(AskTaken(decision, "Call their COO"), 12)
    assert owners(history) == (["U1"], ["U1"])
    state = history.state
    assert state.decision is not None
    assert state.decision.ask_of == "U1"
    assert state.last_update_at == day(12)
    history.correct(first, 13)
    assert owners(history) == (["U2"], ["U2"])


def test_of_two_who_take_it_the_later_has_it_and_its_day_stays() -> None:
    history, decision = asked()
    history.add(AskTaken(decision), 12)
    history.add(AskTaken(decision), 13, actor="U3")
    assert owners(history) == (["U3"], ["U3"])
    assert [ask.due_on for ask in history.state.open_asks] == [DUE]


def test_an_ask_follows_the_edit_of_its_action_until_that_is_taken_back() -> None:
    history, decision = asked()
    edit = edit_of(history.state, history.state.actions[0].id, owner="U3", text="Call their CFO", due_on=DUE)
    assert (edit.item_id, edit.what, edit.from_owner, edit.from_text) == (decision, "ask", "U2", "Call their COO")
    number = history.add(edit, 12)
    assert owners(history) == (["U3"], ["U3"])
    assert [each.text for each in history.state.open_asks] == ["Call their CFO"]
    assert history.state.last_update_at == day(10)
    history.correct(number, 13)
    assert owners(history) == (["U2"], ["U2"])


def test_an_ask_without_an_action_is_taken_and_one_that_is_answered_is_not() -> None:
    history, decision = asked(with_action=False)
    history.add(AskTaken(decision), 12)
    assert owners(history) == (["U1"], [])
    history.add(AskAnswered(decision), 13)
    history.add(AskTaken(decision), 14, actor="U3")
    assert owners(history) == ([], [])


def test_who_took_it_in_a_late_ask_still_answers_it_by_the_action() -> None:
    history, decision = asked()
    history.add(AskTaken(decision), 90)
    [action] = history.state.actions
    assert (action.owner, action.due_on) == ("U1", DUE)
    history.add(ActionChanged(action.id, "done"), 91)
    assert history.state.open_asks == ()
    assert history.state.decision is not None
    assert history.state.decision.done_at == day(91)


# People of the buyer's whom evidence names.


def with_rita() -> tuple[History, int]:
    history = nominated()
    history.put("named", 1)
    return history, history.add(ContactAdded(ContactProfile("Rita Sample", "CFO")), 1)


def act(contact_id: int | None, on_day: float, actor: EvidenceActor | None = EvidenceActor.BUYER) -> Evidence:
    return Evidence(
        "Their call",
        day(on_day),
        "https://example.com/call",
        "meeting",
        actor,
        BuyerAct.CALL,
        "",
        (contact_id,) if contact_id else (),
    )


def touched(history: History) -> list[date | None]:
    return [each.last_touch_on for each in history.state.contacts]


def test_an_act_of_the_buyer_is_the_touch_of_the_person_it_names() -> None:
    history, rita = with_rita()
    other = history.add(ContactAdded(ContactProfile("Tom Sample")), 2)
    history.move(None, 10, act(rita, 9), act(rita, 7))
    assert touched(history) == [day(9).date(), None]
    history.move(None, 12, act(other, 11), act(rita, 3))
    assert touched(history) == [day(9).date(), day(11).date()]
    assert stall(history.state, now=day(20), zone="UTC").heard_on == day(11).date()


def test_our_own_act_a_doubtful_one_and_one_of_nobody_known_touch_nobody() -> None:
    history, rita = with_rita()
    doubt = EvidenceActor.IN_DOUBT
    history.move(None, 10, act(rita, 9, EvidenceActor.US), act(rita, 9, doubt), act(rita, 9, None), act(None, 9))
    history.move(None, 10, act(rita + 1000, 9))
    assert touched(history) == [None]


def test_evidence_dated_after_it_was_recorded_is_not_believed() -> None:
    history, rita = with_rita()
    history.move(None, 10, act(rita, 11))
    assert touched(history) == [None]


def test_a_corrected_entry_touches_nobody_any_more() -> None:
    history, rita = with_rita()
    history.move(None, 5, act(rita, 5))
    history.correct(history.move(Stage.AWARE, 10, act(rita, 9)), 12)
    assert touched(history) == [day(5).date()]


def test_what_somebody_did_before_the_day_they_were_added_is_theirs() -> None:
    history, rita = with_rita()
    history.move(None, 0.5, act(rita, 0.5), recorded_on=10)
    assert touched(history) == [day(0.5).date()]


def test_a_judgment_says_who_of_them_acted_and_takes_it_away_again() -> None:
    history, rita = with_rita()
    news = history.move(None, 10, act(None, 9))
    history.add(EvidenceJudged(news, EvidenceActor.BUYER, contact_ids=(rita,)), 11)
    assert touched(history) == [day(9).date()]
    history.add(EvidenceJudged(news, EvidenceActor.BUYER, contact_ids=()), 12)
    assert touched(history) == [None]


# Folding deals.
def only_deal(history: History) -> Opportunity:
    [deal] = history.state.opportunities
    return deal


def test_a_deal_is_in_its_stage_since_the_last_step_whatever_else_changed() -> None:
    history = named()
    history.deal(Phase.EARLY, 10, amount_cents=100)
    history.deal(Phase.MIDDLE, 20, amount_cents=100)
    history.deal(Phase.MIDDLE, 30, amount_cents=200)
    deal = only_deal(history)
    assert (deal.opened_at, deal.stage_since, deal.profile.amount_cents) == (day(10), day(20), 200)


def test_a_close_date_is_pushed_by_a_later_one_and_not_by_an_earlier_one() -> None:
    history = named()
    for number, closes_on in enumerate((date(2026, 3, 1), date(2026, 4, 1), date(2026, 3, 15), date(2026, 5, 1))):
        history.deal(Phase.EARLY, 10 + number, closes_on=closes_on)
    assert only_deal(history).pushes == 2


def test_a_deal_is_closed_since_it_was_won_or_lost() -> None:
    history = named()
    history.deal(Phase.LATE, 10)
    history.deal(Phase.WON, 20)
    assert only_deal(history).closed_at == day(20)
    history.deal(Phase.LATE, 30)
    assert only_deal(history).closed_at is None


def test_a_lost_deal_that_is_won_is_closed_since_it_was_won_and_a_renamed_stage_changes_no_day() -> None:
    history = named()
    history.deal(Phase.LOST, 10)
    history.deal(Phase.WON, 20)
    history.deal(Phase.WON, 30, stage_name="Sample stage renamed")
    assert only_deal(history).closed_at == day(20)


def test_a_deal_found_closed_without_a_date_is_closed_since_an_unknown_day() -> None:
    history = named()
    history.deal(Phase.WON, 20, since_known=False)
    assert only_deal(history).closed_at is None


def test_history_that_comes_later_takes_its_place_before_what_was_known() -> None:
    history = named()
    history.deal(Phase.LATE, 40, since_known=False, opened_on=5)
    assert not only_deal(history).stage_since_known
    assert only_deal(history).opened_at == day(5)
    history.deal(Phase.EARLY, 5, recorded_on=50)
    history.deal(Phase.LATE, 30, recorded_on=50)
    deal = only_deal(history)
    assert (deal.opened_at, deal.stage_since, deal.stage_since_known) == (day(5), day(30), True)


def test_the_opening_of_a_deal_is_known_where_the_crm_tells_it() -> None:
    for opened_on, phase, is_history, is_known in (
        (5, Phase.WON, False, True),
        (20, Phase.WON, False, True),
        (None, Phase.WON, False, False),
        (21, Phase.WON, False, False),  # closed before it was opened: one of the two days is wrong
        (None, Phase.EARLY, True, True),  # its history begins with its opening
        (None, Phase.WON, True, False),
    ):
        history = named()
        history.deal(phase, 20, opened_on=opened_on, is_history=is_history)
        assert only_deal(history).opening_known is is_known


def test_an_opening_may_be_told_later() -> None:
    history = named()
    history.deal(Phase.LATE, 20)
    history.deal(Phase.LATE, 30, opened_on=5)
    assert (only_deal(history).opening_known, only_deal(history).opened_at) == (True, day(5))


def test_a_deal_dated_by_its_close_date_counts_since_its_history_has_its_stage() -> None:
    history = named()
    history.deal(Phase.WON, 4, amount_cents=300)
    history.deal(Phase.LATE, 20, recorded_on=50, is_history=True, amount_cents=200)
    history.deal(Phase.WON, 30, recorded_on=50, is_history=True, amount_cents=300)
    deal = only_deal(history)
    assert (deal.opened_at, deal.stage_since, deal.closed_at) == (day(20), day(30), day(30))
    assert deal.profile.amount_cents == 300


def test_a_deal_that_its_history_begins_with_as_won_stays_won_on_the_day_of_its_own_stage() -> None:
    history = named()
    history.deal(Phase.WON, 4)
    history.deal(Phase.WON, 30, recorded_on=50, is_history=True)
    assert only_deal(history).closed_at == day(4)


def test_a_deal_dated_by_its_close_date_counts_since_its_history_begins_with_it_and_both_dates_are_known() -> None:
    history, end = named(), (86_399 - 9 * 3_600) / 86_400
    closes_on = day(4).date()
    row = history.deal(Phase.WON, 4 + end, closes_on=closes_on)
    assert other_close_date(only_deal(history), "America/New_York") is None
    history.deal(Phase.WON, 5, recorded_on=50, is_history=True, closes_on=closes_on)
    assert (only_deal(history).closed_at, only_deal(history).stage_since) == (day(5), day(5))
    assert other_close_date(only_deal(history), "America/New_York") == closes_on
    assert repeated_by_history(history.events) == {row}
