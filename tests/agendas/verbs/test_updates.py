from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from agendas.errors import FieldProblems, NotAMember, Outdated, Refused
from agendas.facts.account import Stage
from agendas.facts.events import Decided, DecisionKind, ExpansionKind
from agendas.facts.evidence import WaitingSet
from agendas.facts.group import ContactProfile
from agendas.facts.measures import Mark
from agendas.facts.people import Function
from agendas.rules.executive import MeetingReport
from agendas.rules.update_words import ActionUpdate, ActionWords, SettledWords
from agendas.verbs import account_list, corrections, group, updates
from agendas.verbs import updates as update_verbs
from agendas.verbs.card import account_group
from agendas.verbs.closing import EnteredDecision, decide
from agendas.verbs.corrections import correct
from agendas.verbs.measures import executive, program_of_month
from agendas.verbs.people import lead
from agendas.verbs.record import Recorded
from storage import account_items, events, people
from storage.database import Store
from storage.models.accounts import BlockerRow
from storage.people import SlackUser
from tests.agendas.verbs.test_fit import state
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, HOUR, NOW, WORKSPACE, ago, author, evidence
from tests.program import Program, stored_program
from tests.statements import statements

# Recording of updates that people report, and refusals.

FRIDAY = date(2026, 11, 27)


def test_a_step_to_the_stage_it_is_at_is_refused_and_news_is_taken(program: Program) -> None:
    acme = program.accounts["acme"]
    with pytest.raises(Refused, match="Acme Corp is at Engaged already"):
        program.did(updates.move, ANN, NOW, acme, text="x", to_stage=Stage.ENGAGED)
    moved = program.did(updates.move, ANN, NOW, acme, text="x", expansion=ExpansionKind.DEPTH)
    assert moved.after.stage is Stage.ENGAGED


def test_nothing_moved_is_said_once_in_a_row_by_each(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(updates.say_nothing_moved, CLEO, NOW, acme)
    with pytest.raises(Refused, match="You said already"):
        program.did(updates.say_nothing_moved, CLEO, NOW, acme)
    program.did(updates.say_nothing_moved, CLEO, NOW, acme, text="Their budget is frozen")
    program.did(updates.say_nothing_moved, BOB, NOW, acme)


@pytest.mark.parametrize("traits", [{"is_guest": True}, {"is_external": True}, {"is_bot": True}, {"is_deleted": True}])
def test_only_active_full_members_can_own_anything(program: Program, traits: dict[str, bool]) -> None:
    user = SlackUser("U0OUT0001", WORKSPACE, "Otto", **traits)
    program.store.write_now(people.save_users, WORKSPACE, [user], NOW)
    acme = program.accounts["acme"]
    for user_id, name in (("U0OUT0001", "Otto"), ("U0NOBODY1", "That person")):
        with pytest.raises(NotAMember, match=f"^{name} is not an active full member") as refusal:
            program.did(updates.open_blocker, ANN, NOW, acme, text="x", owner=user_id)
        assert refusal.value.user_id == user_id
        with pytest.raises(NotAMember):
            program.did(updates.add_action, ANN, NOW, acme, text="x", due_on=FRIDAY, owner=user_id)


def test_a_blocker_is_resolved_once_and_only_on_its_account(program: Program) -> None:
    globex, acme = program.accounts["globex"], program.accounts["acme"]
    [blocker] = program.store.write_now(updates.open_account, author(ANN), globex).open_blockers
    with pytest.raises(Outdated):
        program.did(updates.resolve_blocker, ANN, NOW, acme, blocker.id)
    resolved = program.did(updates.resolve_blocker, ANN, NOW, globex, blocker.id, text="Signed off")
    assert resolved.after.open_blockers == ()
    with pytest.raises(Outdated, match=r"^You resolved it at 10:00\.$"):
        program.did(updates.resolve_blocker, ANN, NOW, globex, blocker.id)


def test_accounts_that_left_the_list_take_no_updates(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(account_list.remove, EVE, NOW, acme, because="They closed")
    decided = Decided(DecisionKind.KEEP, "x")
    for verb, arguments, values in (
        (updates.move, (), {"text": "x"}),
        (updates.say_nothing_moved, (), {}),
        (updates.open_blocker, (), {"text": "x"}),
        (updates.add_action, (), {"text": "x", "due_on": FRIDAY}),
        (updates.decide, (decided,), {}),
    ):
        with pytest.raises(Refused, match="was removed from the list on 24 Nov"):
            program.did(verb, ANN, NOW, acme, *arguments, **values)


def test_paused_accounts_and_candidates_take_updates(program: Program) -> None:
    for name in ("larch", "pinewood"):
        assert program.did(updates.move, ANN, NOW, program.accounts[name], text="x").event.id


def test_people_writing_at_once_lose_nothing(program: Program) -> None:
    acme = program.accounts["acme"]
    before = len(program.read(_blockers_of, acme))
    with ThreadPoolExecutor(6) as threads:
        done = [
            threads.submit(program.did, updates.open_blocker, ANN, NOW, acme, text=f"Blocker {number}")
            for number in range(12)
        ]
        assert len({each.result().event.id for each in done}) == 12
    assert len(program.read(_blockers_of, acme)) == before + 12


def _blockers_of(session: Session, _workspace_id: str, account_id: int) -> list[BlockerRow]:
    return account_items.blockers(session, [account_id])


@pytest.mark.database("postgres")
def test_a_form_locks_no_account_and_what_it_records_does(program: Program) -> None:
    acme = program.accounts["acme"]
    with program.store.reading() as session, statements(session) as sent:
        shown = updates.account_to_update(session, author(), acme)
    assert not [each for each in sent if "FOR UPDATE" in each]
    with program.store.writing() as session, statements(session) as sent:
        assert updates.open_account(session, author(), acme) == shown
    assert [each for each in sent if "FOR UPDATE" in each]


# Updates as typed: recorded, or asked about where several open actions or blockers may be meant.

TODAY = NOW.date()
LATER = date(2026, 12, 20)


def settled(change: ActionUpdate, action_id: int | None = None, due_on: date | None = None) -> SettledWords:
    return SettledWords(change, action_id, due_on, "told", (), change.value, "told")


def test_a_next_action_typed_without_a_date_is_due_at_the_next_review_else_in_a_week(program: Program) -> None:
    assert program.read(update_verbs.due_by_default, CHANNEL, today=TODAY) == date(2026, 11, 30)
    assert program.read(update_verbs.due_by_default, "C0OTHER01", today=TODAY) == date(2026, 12, 1)
    words = ActionWords("Call them", None, None, ())
    done = program.did(updates.next_action, ANN, NOW, program.accounts["acme"], words, channel_id=CHANNEL, today=TODAY)
    assert done.after.open_actions[-1].due_on == date(2026, 11, 30)


def test_an_action_closed_meanwhile_and_a_date_that_is_not_later_are_refused(program: Program) -> None:
    acme = program.accounts["acme"]
    [action] = state(program, "acme").open_actions
    with pytest.raises(Refused, match="give a later date"):
        program.did(updates.settle_typed, ANN, NOW, acme, settled(ActionUpdate.SLIPPED, action.id, action.due_on))
    program.did(updates.settle_typed, ANN, NOW, acme, settled(ActionUpdate.DONE, action.id))
    with pytest.raises(Outdated, match="You marked it as done at"):
        program.did(updates.settle_typed, ANN, NOW, acme, settled(ActionUpdate.DONE, action.id))


def test_an_own_action_is_named_by_its_text_or_how_that_begins_and_somebody_elses_is_asked_about(program: Program):
    umber = program.accounts["umber"]

    def adds(author: Any, text: str) -> int:
        return program.did(updates.add_action, author, NOW, umber, text=text, due_on=LATER).event.id

    def called(text: str) -> SettledWords:
        return SettledWords(ActionUpdate.DONE, None, None, text, (), f"done {text}", text)

    by_start, by_text, theirs = adds(ANN, "Send the third round to them"), adds(ANN, "Call"), adds(BOB, "Ask their CFO")
    recorded = program.did(updates.settle_typed, ANN, NOW, umber, called("send the third round"))
    assert recorded.event.change.text == "", "words that only name it say nothing more of it"
    program.did(updates.settle_typed, ANN, NOW, umber, called("call."))
    assert {each.id for each in state(program, "umber").open_actions}.isdisjoint((by_start, by_text))
    for unclear in ("Ask their CFO", "Send", ""):
        with pytest.raises(updates.WhichAction):
            program.did(updates.settle_typed, ANN, NOW, umber, called(unclear))
    assert theirs in {each.id for each in state(program, "umber").open_actions}


# Several things reported at once are recorded together or not at all.
def test_open_blockers_are_acknowledged_or_resolved_and_a_new_one_is_the_authors_unless_said(program: Program) -> None:
    [blocker] = state(program, "globex").open_blockers
    number = program.accounts["globex"]
    report = update_verbs.BlockerReport(((blocker.id, "acknowledged"),), "No budget", "", "", ())
    recorded = program.did(update_verbs.report_blockers, BOB, NOW, number, report)
    assert [type(each.event.change).__name__ for each in recorded] == ["BlockerChanged", "BlockerOpened"]
    assert {each.text: each.owner for each in state(program, "globex").open_blockers}["No budget"] == BOB
    program.did(
        update_verbs.report_blockers,
        ANN,
        NOW,
        number,
        update_verbs.BlockerReport(((blocker.id, "resolved"),), "", "", "", ()),
    )
    assert [each.text for each in state(program, "globex").open_blockers] == ["No budget"]


def test_a_blocker_resolved_meanwhile_takes_the_whole_report_back(program: Program) -> None:
    before = state(program, "globex")
    report = update_verbs.BlockerReport(
        ((before.open_blockers[0].id, "acknowledged"), (999_999, "resolved")), "New", "", "", ()
    )
    with pytest.raises(Outdated):
        program.did(update_verbs.report_blockers, BOB, NOW, program.accounts["globex"], report)
    assert state(program, "globex") == before


@pytest.mark.parametrize(("change", "left"), [("done", 0), ("dropped", 0), ("slipped", 1)])
def test_promises_are_done_dropped_or_slip_and_a_new_one_follows(program: Program, change: str, left: int) -> None:
    [action] = state(program, "acme").open_actions
    promise = update_verbs.PromiseReport(action.id, change, date(2026, 12, 20))
    report = update_verbs.ActionReport((promise,), "Call them", BOB, date(2026, 12, 1), "They sign")
    program.did(update_verbs.report_actions, ANN, NOW, program.accounts["acme"], report)
    found = {each.id: each for each in state(program, "acme").open_actions}
    assert len(found) == left + 1
    assert all(found[action.id].due_on == date(2026, 12, 20) for _ in range(left))
    new = next(each for each in found.values() if each.text == "Call them")
    assert (new.owner, new.due_on, new.outcome_expected) == (BOB, date(2026, 12, 1), "They sign")


# Dates that the buyer confirmed, each shown by something of its own.

MAIL = "https://mail.example/1"


def waits(program: Program, on: date, *links: str) -> Recorded:
    pieces = [evidence("Their board decides", NOW, link) for link in links]
    wanted = WaitingSet(on, "Their board decides")
    done: Recorded = program.did(update_verbs.wait_for, ANN, NOW, program.accounts["acme"], wanted, evidence=pieces)
    return done


def test_a_link_that_showed_a_date_shows_no_other_one(program: Program) -> None:
    waits(program, date(2026, 12, 4), MAIL)
    with pytest.raises(FieldProblems) as refused:
        waits(program, date(2026, 12, 18), "https://mail.example/2", MAIL)
    assert refused.value.fields == {
        "evidence": "That link was given for Fri 4 Dec already. "
        "Give one that shows that the buyer confirmed Fri 18 Dec."
    }
    assert waits(program, date(2026, 12, 18), "https://mail.example/2").after.waiting is not None


def test_the_link_of_a_date_that_was_taken_back_may_be_given_again(program: Program) -> None:
    done = waits(program, date(2026, 12, 4), MAIL)
    program.did(correct, ANN, NOW + HOUR, done.event.id, "Wrong day", is_editor=True)
    waiting = waits(program, date(2026, 12, 5), MAIL).after.waiting
    assert waiting is not None
    assert waiting.until == date(2026, 12, 5)


# Meetings of executives: whose they were, the day, and the silence that they end.

MET = MeetingReport("Dana Weber, CFO", "agreed on a pilot", DAN, date(2026, 11, 12))


def meets(program: Program, told: MeetingReport = MET, *, short: str = "globex", at=NOW) -> Recorded:
    done: Recorded = program.did(update_verbs.record_meeting, ANN, at, program.accounts[short], told)
    return done


def days_met(program: Program, at=NOW) -> dict[int, date]:
    return {touch.account_id: touch.on for _, touch in reversed(program.read(executive, "", now=at).touches)}


def touches(program: Program, short: str = "globex") -> list[tuple[str, str, date]]:
    facts = program.read(account_group, program.accounts[short], now=NOW, zone="Pacific/Auckland")
    return [(touch.ours, touch.theirs, touch.on) for touch in facts.touches]


def test_its_day_is_the_same_on_the_accounts_page_and_the_executive_one_wherever_the_reader_is(program: Program):
    meets(program, replace(MET, on=None))
    assert [on for *_, on in touches(program)] == [*days_met(program).values()]


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


# An ask of an intervention taken with one click.
def asks(program: Program, short: str = "initrode") -> int:
    """The event of a decision that asks Bob to call their COO, with the action it makes."""
    entered = EnteredDecision(DecisionKind.INTERVENE, "Call their COO", ask_of=BOB, due_on=date(2026, 12, 4))
    recorded = program.did(decide, EVE, NOW, program.accounts[short], entered)
    return next(each.event.id for each in recorded if isinstance(each.event.change, Decided))


def test_whoever_takes_it_has_the_ask_and_its_action_and_a_sign_that_the_page_is_used(program: Program) -> None:
    decision = asks(program)
    taken = program.did(update_verbs.take_ask, DAN, NOW + HOUR, decision)
    assert [ask.ask_of for ask in taken.after.open_asks] == [DAN]
    assert [each.owner for each in taken.after.open_actions] == [DAN]
    marks = program.read(program_of_month, "", now=NOW + HOUR).practice.marks
    assert [(each.kind, each.user_id) for each in marks] == [(Mark.ASK_TAKEN, DAN)]
    with pytest.raises(Refused, match="is yours already"):
        program.did(update_verbs.take_ask, DAN, NOW + HOUR, decision)
    back = program.did(corrections.take_back, DAN, NOW + HOUR, taken.event.id)
    assert [ask.ask_of for ask in back.after.open_asks] == [BOB]


def test_an_ask_that_nobody_was_asked_by_name_is_taken(program: Program) -> None:
    decided = Decided(DecisionKind.INTERVENE, "Call their COO", due_on=date(2026, 12, 4))
    recorded = program.did(updates.decide, EVE, NOW, program.accounts["initrode"], decided)
    taken = program.did(update_verbs.take_ask, ANN, NOW, recorded.event.id)
    assert [ask.ask_of for ask in taken.after.open_asks] == [ANN]


def test_what_is_answered_already_unknown_or_off_the_list_is_refused(program: Program) -> None:
    decision, other = asks(program), asks(program, "umber")
    program.did(update_verbs.answer_ask, BOB, NOW, decision, answer="They call back")
    with pytest.raises(update_verbs.AlreadySettled):
        program.did(update_verbs.take_ask, DAN, NOW + HOUR, decision)
    with pytest.raises(Outdated, match="not in the history"):
        program.did(update_verbs.take_ask, DAN, NOW, 99_999)
    program.did(account_list.remove, EVE, NOW, program.accounts["umber"], because="They were acquired")
    with pytest.raises(Refused, match="removed from the list"):
        program.did(update_verbs.take_ask, DAN, NOW + HOUR, other)


# Open items that wait for a person: their own, those that ask them, and those escalated to them.
def test_an_item_waits_for_its_owner_and_for_whose_help_it_needs(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    program.did(lead, EVE, NOW, DAN, [Function.EXECUTIVE])
    blocker = program.did(updates.open_blocker, ANN, NOW, acme, text="Liability cap", needs="executive").event.id
    action = program.did(updates.add_action, ANN, NOW, acme, text="Call", due_on=date(2026, 12, 4), owner=CLEO).event.id

    def waits(user_id: str, number: int) -> bool:
        return program.store.read_now(update_verbs.waits_for, author(user_id, NOW), acme, number)

    assert waits(DAN, blocker)
    assert waits(CLEO, action)
    assert not waits(BOB, blocker)
    assert not waits(BOB, action)
    assert not waits(DAN, action)
    assert not waits(DAN, 0)


# The button of one thing pressed by two people: it is recorded once, and the second is told who did it.

Press = Callable[[Program, str, int], Any]
NEXT_WEEK = date(2026, 12, 1)


def asks_cleo(program: Program) -> int:
    decided = Decided(DecisionKind.INTERVENE, "Call their COO", ask_of=CLEO, due_on=NEXT_WEEK)
    return program.did(updates.decide, EVE, NOW, program.accounts["acme"], decided).event.id


def promises(program: Program) -> int:
    return program.did(
        updates.add_action, EVE, NOW, program.accounts["acme"], text="Call them", owner=ANN, due_on=NEXT_WEEK
    ).event.id


def is_blocked(program: Program) -> int:
    opened = program.did(updates.open_blocker, EVE, NOW, program.accounts["acme"], text="Liability cap", owner=ANN)
    return opened.event.id


def of_account(verb: Callable[..., Any], **values: Any) -> Press:
    return lambda program, who, number: program.did(verb, who, NOW + HOUR, program.accounts["acme"], number, **values)


def of_ask(verb: Callable[..., Any]) -> Press:
    return lambda program, who, number: program.did(verb, who, NOW + HOUR, number)


@pytest.mark.parametrize(
    ("begin", "press", "told"),
    [
        (is_blocked, of_account(updates.acknowledge_blocker), "Ann acknowledged it at"),
        (is_blocked, of_account(updates.resolve_blocker, text="Signed"), "Ann resolved it at"),
        (promises, of_account(updates.close_action, done=True), "Ann marked it as done at"),
        (promises, of_account(updates.close_action, done=False, text="He left"), "Ann dropped it at"),
        (asks_cleo, of_ask(update_verbs.answer_ask), "Ann answered it at"),
    ],
)
def test_what_two_people_press_is_recorded_once_and_the_second_is_told_who_did_it(store: Store, begin, press, told):
    program = stored_program(store)
    number = begin(program)
    press(program, ANN, number)
    recorded = len(program.store.read_now(events.of_account, program.accounts["acme"]))
    with pytest.raises(update_verbs.AlreadySettled, match=told):
        press(program, BOB, number)
    assert len(program.store.read_now(events.of_account, program.accounts["acme"])) == recorded


def test_of_two_who_take_an_ask_the_later_has_it(store: Store) -> None:
    program = stored_program(store)
    number = asks_cleo(program)
    take = of_ask(update_verbs.take_ask)
    take(program, ANN, number)
    take(program, BOB, number)
    ask = program.store.read_now(events.of_account, program.accounts["acme"])[-1]
    assert (ask.kind, ask.actor) == ("ask_taken", BOB)
