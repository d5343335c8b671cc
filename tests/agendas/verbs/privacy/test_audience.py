"""Private accounts are found by the members of their channel alone, in every read."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from agendas.errors import UnknownAccount
from agendas.facts.account import Rhythm
from agendas.facts.audience import Audience
from agendas.facts.reviews import CadenceWish, Plan
from agendas.rendering.words import Words
from agendas.verbs import review_reads, reviews
from agendas.verbs.cadences import schedule
from agendas.verbs.compose import compose
from agendas.verbs.privacy import WAITED_FOR, MembersUnread, as_seen_by, readers_of
from agendas.verbs.reads import named_by_need, next_reviews, split_account, suggest_names
from agendas.verbs.review_reads import review_facts
from storage import accounts, privacy
from storage.database import ReadsHiddenRows, Store, hiding, showing_all
from storage.letter_subjects import WantedSubject, to_json
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind
from storage.models.types import Row, table_of
from storage.privacy import MEMBERS_KNOWN_FOR
from tests.agendas.verbs.privacy.conftest import SECRET
from tests.builders import ANN, BOB, NOW, WORKSPACE, ZONE
from tests.program import Program
from tests.statements import statements

INSIDE, OUTSIDE = Audience(WORKSPACE, ANN), Audience(WORKSPACE, BOB)


def _seen(program: Program, audience: Audience, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
    return program.read(as_seen_by(audience, values.pop("at", NOW), verb), *args, **values)


def _names(program: Program, audience: Audience, **values: Any) -> set[str]:
    return set(_seen(program, audience, accounts.names, **values).values())


def test_only_members_of_the_channel_find_a_private_account(program: Program) -> None:
    assert _names(program, INSIDE) - _names(program, OUTSIDE) == {"Acme Corp"}
    assert _seen(program, INSIDE, split_account, "acme") == (program.accounts["acme"], "")
    with pytest.raises(UnknownAccount) as refused:
        _seen(program, OUTSIDE, split_account, "acme corp")
    assert program.accounts["acme"] not in {number for number, _ in refused.value.nearest}
    assert "Acme Corp" not in dict(_seen(program, OUTSIDE, suggest_names, ""))


def test_lists_counts_and_reviews_tell_nobody_outside_that_something_was_left_out(program: Program) -> None:
    inside = _seen(program, INSIDE, named_by_need, now=NOW, zone=ZONE)
    outside = _seen(program, OUTSIDE, named_by_need, now=NOW, zone=ZONE)
    assert len(inside) == len(outside) + 1
    in_tier_1 = [_seen(program, each, accounts.counts)["named", 1] for each in (INSIDE, OUTSIDE)]
    assert in_tier_1[0] == in_tier_1[1] + 1
    page = [_seen(program, each, accounts.in_group, "named", 1, skipped=0, limit=1) for each in (INSIDE, OUTSIDE)]
    assert [len(each) for each in page] == [1, 1]
    assert page[0][0].name == "Acme Corp" != page[1][0].name
    review = [_seen(program, each, review_facts, program.reviews[0], now=NOW) for each in (INSIDE, OUTSIDE)]
    assert len(review[0].items) == len(review[1].items) + 1


def test_a_channel_is_shown_the_accounts_that_are_private_to_it_and_a_report_none(program: Program) -> None:
    assert "Acme Corp" in _names(program, Audience(WORKSPACE, channel_id=SECRET))
    assert "Acme Corp" not in _names(program, Audience(WORKSPACE, channel_id="C0OTHER"))
    assert "Acme Corp" not in _names(program, Audience(WORKSPACE, ANN, "C0OTHER"))
    assert "Acme Corp" in _names(program, Audience(WORKSPACE, ANN, SECRET))
    assert "Acme Corp" not in _names(program, Audience(WORKSPACE))


def test_members_count_for_ten_minutes_after_slack_told_them(program: Program) -> None:
    assert "Acme Corp" in _names(program, INSIDE, at=NOW + MEMBERS_KNOWN_FOR)
    assert "Acme Corp" not in _names(program, INSIDE, at=NOW + MEMBERS_KNOWN_FOR + timedelta(seconds=1))


def test_rows_of_a_hidden_account_are_found_in_no_table(store: Store, program: Program) -> None:
    acme = program.accounts["acme"]
    kinds = [kind for kind in Row.__subclasses__() if "account_id" in table_of(kind).c]
    assert len(kinds) >= 10
    with store.reading() as session:
        found = {kind.__name__: _accounts_in(session, kind) for kind in kinds}
        assert any(acme in ids for ids in found.values())
        with hiding(session, [acme]):
            hidden = {kind.__name__: _accounts_in(session, kind) for kind in kinds}
            assert hidden == {name: ids - {acme} for name, ids in found.items()}
            assert session.get(Account, acme) is None
            with showing_all(session):
                assert session.get(Account, acme) is not None
        assert {kind.__name__: _accounts_in(session, kind) for kind in kinds} == found


@pytest.mark.database("sqlite", "postgres")
def test_tens_of_thousands_of_accounts_can_be_hidden(store: Store, program: Program) -> None:
    acme = program.accounts["acme"]
    with store.reading() as session, hiding(session, range(acme, acme + 40_000)):
        assert accounts.names(session, WORKSPACE) == {}
        assert accounts.get_many(session, WORKSPACE, [acme]) == []


def test_a_statement_is_the_same_however_many_accounts_are_hidden(store: Store, program: Program) -> None:
    sent = []
    for count in (1, 1_000):
        with store.reading() as session, hiding(session, range(1, count + 1)), statements(session) as these:
            accounts.names(session, WORKSPACE)
        sent.append(these)
    assert sent[0] == sent[1]


def test_a_read_of_plain_tables_is_refused_while_accounts_are_hidden(store: Store) -> None:
    with store.reading() as session, hiding(session, [1]), pytest.raises(ReadsHiddenRows):
        session.execute(select(table_of(Account).c.name))


def test_a_letter_is_read_by_its_person_or_by_everybody_in_its_channel() -> None:
    def letter(kind: LetterKind, channel_id: str, user_id: str = "") -> Letter:
        return Letter(workspace_id=WORKSPACE, key="k", kind=kind, page="said", channel_id=channel_id, user_id=user_id)

    assert readers_of(letter(LetterKind.POST, "C0SALES")) == Audience(WORKSPACE, channel_id="C0SALES")
    assert readers_of(letter(LetterKind.POST, "C0SALES", ANN)) == Audience(WORKSPACE, channel_id="C0SALES")
    assert readers_of(letter(LetterKind.DIRECT, "", ANN)) == Audience(WORKSPACE, ANN)
    assert readers_of(letter(LetterKind.EPHEMERAL, "C0SALES", ANN)) == Audience(WORKSPACE, ANN)
    assert readers_of(letter(LetterKind.EDIT, "D0ANN", ANN)) == Audience(WORKSPACE, ANN)
    assert readers_of(letter(LetterKind.POST, "D0ANN")) == Audience(WORKSPACE)


def _accounts_in(session: Session, kind: type[SQLModel]) -> set[int]:
    column = kind.account_id  # type: ignore[attr-defined]
    return set(session.execute(select(column)).scalars()) - {None}


def test_a_letter_about_a_private_account_waits_while_slack_may_still_say_who_is_inside(program: Program) -> None:
    subject = to_json(WantedSubject(program.accounts["acme"], BOB, "Acme"))
    wanted = Letter(workspace_id=WORKSPACE, kind=LetterKind.DIRECT, page="wanted", subject=subject, user_id=ANN)
    wanted.created_at, later = NOW, NOW + MEMBERS_KNOWN_FOR + timedelta(minutes=1)

    def said(session: Session, now: datetime, problem: str = "") -> bool:
        if problem:
            privacy.note_failure(session, WORKSPACE, SECRET, problem, at=now, passes=problem == "no_answer")
            session.flush()
        return bool(compose(session, wanted, words=Words(), now=now))

    assert program.store.read_now(said, NOW)
    for problem in ("", "no_answer"):
        with pytest.raises(MembersUnread):
            program.store.write_now(said, later, problem)
    assert not program.store.write_now(said, later, "archived")
    wanted.failing_since = later
    assert not program.store.read_now(said, later + WAITED_FOR)


def test_an_open_review_of_private_accounts_alone_is_told_to_nobody_outside(program: Program) -> None:
    acme = program.accounts["acme"]
    opened = program.did(reviews.open_now, ANN, NOW, SECRET, asked_by="x", today=NOW.date(), account_ids=(acme,))
    for audience, is_told in ((INSIDE, True), (OUTSIDE, False)):
        found = _seen(program, audience, review_reads.in_workspace)
        assert (opened.row_id in {each.id for each in found}) is is_told


def test_a_private_cadence_is_told_as_a_next_review_to_nobody_outside(program: Program) -> None:
    plan = Plan(Rhythm.WEEKLY, date(2026, 11, 30), time(10), ZONE)
    wish = CadenceWish(plan, 45, ANN, account_ids=(program.accounts["acme"],), is_private=True)
    program.did(schedule, ANN, NOW, SECRET, wish)
    for audience, is_told in ((INSIDE, True), (OUTSIDE, False)):
        assert (SECRET in {each.channel_id for each in _seen(program, audience, next_reviews)}) is is_told
