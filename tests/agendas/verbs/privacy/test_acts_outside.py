"""Acts of people outside leave a private account whole: it is weighed, reviewed and frozen with the others."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from agendas.errors import CannotBeNominated, FieldRefused
from agendas.facts.audience import Audience
from agendas.facts.deals import Phase
from agendas.facts.events import Profile
from agendas.facts.people import Function, Right
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.rules.import_accounts import ImportedAccount
from agendas.rules.import_deals import ImportedDeal
from agendas.rules.import_tables import ImportOptions, SkipCause
from agendas.verbs import account_list, closing, people, reviews
from agendas.verbs.fit import ask_for_scores
from agendas.verbs.import_runs import begin_import
from agendas.verbs.imports import plan_deals, plan_import, write_deals
from agendas.verbs.privacy import as_seen_by
from agendas.verbs.record import current_state
from agendas.verbs.signals import take_signals
from storage import accounts
from storage import reviews as stored_reviews
from storage.models.reviews import ReviewItem
from tests.agendas.verbs.privacy.conftest import SECRET
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, author
from tests.program import Program

OUTSIDE = Audience(WORKSPACE, BOB)


def outside(program: Program, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """Bob does it."""
    return program.store.write_now(as_seen_by(OUTSIDE, NOW, verb), author(BOB, NOW), *args, **values)


@pytest.mark.parametrize("taken", [Profile("acme corp"), Profile("Other", aliases=("Acme Corp",))])
def test_its_words_cannot_be_nominated_or_given(program: Program, taken: Profile) -> None:
    with pytest.raises(CannotBeNominated, match="cannot be nominated, ask an admin"):
        outside(program, account_list.nominate, taken, because="x")


def test_a_row_of_a_file_that_has_its_name_is_left_out_and_says_so(program: Program) -> None:
    rows = [ImportedAccount(2, "Acme Corp"), ImportedAccount(3, "Globex")]
    plan = program.store.read_now(as_seen_by(OUTSIDE, NOW, plan_import), WORKSPACE, rows)
    assert [(row.cause, row.account_id) for row in plan.rows] == [
        (SkipCause.ASK_ADMIN, None),
        (None, program.accounts["globex"]),
    ]


def test_a_deal_of_it_is_left_out_of_a_file_and_says_so(program: Program) -> None:
    def rows(account: str) -> list[ImportedDeal]:
        return [ImportedDeal(2, "hubspot:1", "Proposal", "Pilot", account_names=(account,), phase=Phase.LATE)]

    options = ImportOptions(NOW)
    plan = program.store.read_now(plan_deals, WORKSPACE, rows("Acme Corp"), options)
    run = program.store.write_now(begin_import, plan, author(ANN, NOW), file_name="deals.csv", what="opportunities")
    program.store.write_now(write_deals, run.row_id, author(ANN, NOW), plan.rows)
    plan = program.store.read_now(as_seen_by(OUTSIDE, NOW, plan_deals), WORKSPACE, rows("Globex"), options)
    assert [row.cause for row in plan.rows] == [SkipCause.ELSEWHERE]


def test_a_review_has_it_in_its_own_channel_alone_whoever_opens_and_closes_it(program: Program) -> None:
    acme = program.accounts["acme"]

    def items(session: Session, review_id: int) -> list[ReviewItem]:
        return stored_reviews.items(session, review_id)

    for channel, has_it in ((SECRET, True), ("C0OTHER", False)):
        opened = outside(program, reviews.open_now, channel, asked_by="x", today=NOW.date())
        outside(program, closing.close_by_person, opened.row_id)
        found = {each.account_id: each for each in program.store.read_now(items, opened.row_id)}
        assert (acme in found) is has_it
        assert all(each.closed_state for each in found.values())


def test_a_signal_of_it_counts_and_its_sender_is_told_what_is_told_of_no_account(program: Program) -> None:
    acme = program.accounts["acme"]
    domain = program.read(accounts.get, acme).domain
    given = SignalGiven(domain, SignalKind.EVENT, SignalStrength.HIGH, "They came", NOW, "s1")
    for _ in range(2):
        told = program.store.write_now(take_signals, author("webhook", NOW), [given])
        assert (told.taken, told.repeated, [each.id for each in told.unmatched]) == ((), (), ["s1"])
    elsewhere = replace(given, account="nobody.example")
    told = program.store.write_now(take_signals, author("webhook", NOW), [elsewhere])
    assert (told.refused, [each.id for each in told.unmatched]) == ((), ["s1"])


def test_only_people_inside_are_asked_for_scores(program: Program) -> None:
    for user_id in (ANN, BOB):
        program.did(people.give, EVE, NOW, user_id, function=Function.SALES, right=Right.EDITOR)
    asked = program.did(ask_for_scores, ANN, NOW, program.accounts["acme"])
    assert {*asked.now, *asked.before} == {ANN}


def test_a_channel_of_its_own_is_kept_from_others_while_it_is_on_the_list(program: Program) -> None:
    acme, globex = program.accounts["acme"], program.accounts["globex"]

    def profile(session: Session, account_id: int) -> Profile:
        row = accounts.get(session, WORKSPACE, account_id)
        assert row
        return replace(current_state(session, row).profile, channel_id="C0OWN")

    wanted = program.store.read_now(profile, globex)
    program.did(account_list.edit, ANN, NOW, acme, program.store.read_now(profile, acme))
    with pytest.raises(FieldRefused, match="ask an admin"):
        outside(program, account_list.edit, globex, wanted)
    program.did(account_list.remove, ANN, NOW, acme, because="They shrank")
    outside(program, account_list.edit, globex, wanted)
