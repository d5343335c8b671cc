"""Accounts chosen and people asked before a review opens."""

from datetime import date

import pytest
from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.people import Choice, NoticeKind, Preferences
from agendas.facts.reviews import Away, ItemPart
from agendas.verbs import updates
from agendas.verbs.briefing import Asking, ask_before, choose, remind_before
from agendas.verbs.notices import change_preferences
from agendas.verbs.people import say_away
from storage import reviews as stored_reviews
from tests.agendas.verbs.briefing.briefing import BEFORE, MEETS, ON, letters, said
from tests.builders import ANN, BOB, EVE, NOW
from tests.program import Program


def part(program: Program, account: str, chosen: ItemPart, by: str = EVE) -> None:
    program.did(choose, by, BEFORE, program.cadence_id, ON, account_id=program.accounts[account], part=chosen)


def parts(program: Program, review_id: int) -> dict[str, str]:
    def read(session: Session) -> dict[int, str]:
        return {each.account_id: each.part for each in stored_reviews.items(session, review_id)}

    found = program.store.read_now(read)
    return {name: found[account_id] for name, account_id in program.accounts.items() if account_id in found}


def test_where_everything_is_left_out_the_first_is_discussed_still(program: Program) -> None:
    for name in ("acme", "globex", "initrode", "umber"):
        part(program, name, ItemPart.LEFT_OUT)
    assert list(parts(program, program.opens_review(MEETS)).values()).count("discussed") == 1


def test_what_is_not_planned_or_not_reviewed_is_refused_and_changes_nothing(program: Program) -> None:
    globex = program.accounts["globex"]
    for at, on, account_id in (
        (BEFORE, date(2026, 12, 7), globex),
        (MEETS, ON, globex),
        (BEFORE, ON, program.accounts["pinewood"]),
        (BEFORE, ON, program.accounts["larch"]),
        (BEFORE, ON, 987),
    ):
        with pytest.raises(Refused):
            program.did(choose, EVE, at, program.cadence_id, on, account_id=account_id, part=ItemPart.LEFT_OUT)
    with pytest.raises(Outdated):
        program.did(choose, EVE, BEFORE, 987, ON, account_id=globex, part=ItemPart.LEFT_OUT)
    assert parts(program, program.opens_review(MEETS))["globex"] == "discussed"


def test_a_reminder_says_nothing_once_everything_was_said(program: Program) -> None:
    program.did(remind_before, EVE, BEFORE, program.cadence_id, ON, whom=BOB)
    program.did(updates.say_nothing_moved, BOB, BEFORE, program.accounts["globex"])
    [letter] = letters(program, "asked_before")
    assert said(program, letter) == ""


def test_who_cannot_answer_or_wants_no_such_messages_is_not_asked_and_the_facilitator_is_told(
    program: Program,
) -> None:
    program.did(change_preferences, BOB, NOW, Preferences(choices=((NoticeKind.PREPARATION, Choice.OFF),)))
    for user_id in (BOB, "U0NOBODY1"):
        with pytest.raises(Refused):
            program.did(remind_before, EVE, BEFORE, program.cadence_id, ON, whom=user_id)
    assert letters(program, "asked_before") == []


def test_who_is_away_is_not_asked_and_the_facilitator_is_told_who_stands_in(program: Program) -> None:
    today = BEFORE.date()
    program.did(say_away, BOB, NOW, Away(BOB, today, today, stand_in=ANN))
    with pytest.raises(Refused, match=r"is away until .*, so nothing was sent. Ask .*, who stands in\."):
        program.did(ask_before, EVE, BEFORE, program.cadence_id, ON, asking=Asking(BOB, "Did they sign?", "ask:1"))
    assert letters(program, "asked_before") == []


def test_what_would_arrive_after_the_review_begins_is_refused_with_the_time_and_not_queued(program: Program) -> None:
    program.did(change_preferences, BOB, NOW, Preferences(choices=((NoticeKind.PREPARATION, Choice.DIGEST),)))
    for attempt in range(2):
        with pytest.raises(Refused, match=r"only on Tue 1 Dec .* after the review begins, so nothing was sent"):
            program.did(remind_before, EVE, BEFORE, program.cadence_id, ON, whom=BOB)
        asking = Asking(BOB, "Did they sign?", f"ask:{attempt}")
        with pytest.raises(Refused, match="after the review begins"):
            program.did(ask_before, EVE, BEFORE, program.cadence_id, ON, asking=asking)
    assert letters(program, "asked_before") == letters(program, "digest") == []
