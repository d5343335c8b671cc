from dataclasses import replace
from datetime import date
from typing import Any

from agendas.facts.account import ActionStatus, Blocker, Decision, EventFacts, ListStatus, NextAction, Source
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Change,
    Decided,
    DecisionKind,
    ListChanged,
)
from agendas.facts.interventions import AskAnswered
from agendas.facts.people import Leads
from agendas.rules.notices import people_to_tell, still_told
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, account, event, profile
from tests.cases import cases

DAY = date(2026, 11, 27)
ACCOUNT = account(profile=profile(owner=BOB, our_executive=DAN, marketing_partner=EVE))
ASK = Decided(DecisionKind.INTERVENE, "Call their COO", ask_of=DAN, due_on=DAY)


@cases(
    ("change", "told"),
    [
        (ActionAdded("Call them", CLEO, DAY), (CLEO,)),
        (ActionAdded("Call them", ANN, DAY), ()),
        (ActionAdded("Call them", DAN, DAY, decision_id=7), ()),
        (ActionChanged(7, "done"), ()),
        (BlockerOpened("No budget", CLEO), (CLEO, BOB)),
        (BlockerOpened("No budget", ANN, "executive"), (DAN, BOB)),
        (BlockerOpened("No budget", ANN, "marketing"), (EVE, BOB)),
        (BlockerOpened("No budget", ANN, "finance"), (BOB,)),
        (ASK, (DAN, BOB)),
        (Decided(DecisionKind.KEEP, ""), (BOB,)),
        (ListChanged("paused", 1, "Reorganised", "named", 1), (BOB,)),
        (ListChanged("paused", 1, "Reorganised", "named", 1, decision_id=7), ()),
        (ListChanged("named", 1, "Fits", "candidate"), ()),
    ],
)
def test_who_is_asked_and_the_owner_are_told_but_never_the_author(change: Change, told: tuple[str, ...]) -> None:
    assert people_to_tell(event(change), ACCOUNT) == told


OPENED = event(BlockerOpened("No budget", CLEO, "executive"), id=7, actor=EVE)
DECIDED = event(ASK, id=7, actor=EVE)


@cases(
    ("change", "begun", "told"),
    [
        (BlockerChanged(7, "resolved", "They signed"), OPENED, (EVE, CLEO, DAN)),
        (BlockerChanged(7, "answered", "On Friday"), OPENED, (EVE, CLEO)),
        (BlockerChanged(7, "resolved", "They signed"), replace(OPENED, source=Source.IMPORT), (CLEO, DAN)),
        (BlockerChanged(7, "resolved"), replace(OPENED, actor=ANN), (CLEO, DAN)),
        (AskAnswered(7, "Call their COO", "She calls"), DECIDED, (EVE, BOB)),
        (ActionChanged(8, "done"), DECIDED, (EVE, BOB)),
    ],
)
def test_who_waited_is_told_of_what_was_answered_or_resolved(
    change: Change, begun: EventFacts, told: tuple[str, ...]
) -> None:
    assert people_to_tell(event(change), ACCOUNT, begun=begun) == told
    for reader in told:
        found = still_told(event(change), ACCOUNT, reader, begun=begun)
        assert found is not None
        assert (found.open, found.subject) == (None, begun.change.text)


@cases("source", [Source.IMPORT, Source.SYSTEM, Source.WEBHOOK])
def test_what_a_file_or_a_program_brings_asks_nobody(source: Source) -> None:
    assert people_to_tell(event(ASK, source=source), ACCOUNT) == ()


def action(**values: Any) -> NextAction:
    return replace(NextAction(1, "Call them", CLEO, DAY, NOW), **values)


def test_an_action_is_told_while_it_is_open() -> None:
    added = event(ActionAdded("Call them", CLEO, DAY))
    waiting = still_told(added, replace(ACCOUNT, actions=(action(),)), CLEO)
    assert waiting is not None
    assert waiting.open is not None
    done = replace(ACCOUNT, actions=(action(status=ActionStatus.DONE),))
    gone = replace(ACCOUNT, actions=(action(),), list_status=ListStatus.REMOVED)
    assert [still_told(added, each, CLEO) for each in (done, gone, ACCOUNT)] == [None, None, None]


def test_a_blocker_is_told_until_it_is_resolved_and_to_the_owner_that_the_account_has_now() -> None:
    opened = event(BlockerOpened("No budget", CLEO))
    blocker = Blocker(1, "No budget", CLEO, None, NOW)
    waits = replace(ACCOUNT, blockers=(blocker,))
    assert still_told(opened, waits, CLEO)
    assert still_told(opened, waits, BOB)
    assert still_told(opened, replace(waits, profile=profile(owner=EVE)), BOB) is None
    assert still_told(opened, replace(ACCOUNT, blockers=(replace(blocker, resolved_at=NOW),)), BOB) is None


def test_an_ask_is_told_until_it_is_answered_and_the_decision_to_the_owner_in_any_case() -> None:
    ask = Decision(1, DecisionKind.INTERVENE, "Call their COO", NOW, ANN, ask_of=DAN, due_on=DAY)
    asked = still_told(event(ASK), replace(ACCOUNT, asks=(ask,)), DAN)
    assert asked is not None
    assert asked.open == ask
    assert still_told(event(ASK), ACCOUNT, DAN) is None
    decided = still_told(event(ASK), ACCOUNT, BOB)
    assert decided is not None
    assert decided.open is None


@cases(
    ("needs", "told"),
    [("product", (CLEO, BOB)), ("executive", (DAN, BOB)), ("finance", (BOB,)), (None, (BOB,))],
)
def test_a_blocker_asks_the_accounts_own_person_for_a_function_else_its_lead(
    needs: str | None, told: tuple[str, ...]
) -> None:
    leads = Leads({"product": CLEO, "executive": CLEO})
    opened = event(BlockerOpened("No connector", ANN, needs))
    assert people_to_tell(opened, ACCOUNT, leads) == told
    waits = replace(ACCOUNT, blockers=(Blocker(1, "No connector", ANN, needs, NOW),))
    assert bool(still_told(opened, waits, CLEO, leads)) is (CLEO in told)
    assert people_to_tell(replace(opened, actor=CLEO), ACCOUNT, Leads({"product": CLEO}))[-1] == BOB
