from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from agendas.errors import CannotBeNominated, FieldProblems, FieldRefused, UnknownAccount
from agendas.facts.account import Rhythm
from agendas.facts.audience import Audience
from agendas.facts.deals import Phase
from agendas.facts.events import Profile
from agendas.facts.people import Function, Right
from agendas.facts.program import OWN_WORDS, TrailFilter
from agendas.facts.reviews import CadenceWish, Plan
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.rendering.words import Words
from agendas.rules.import_accounts import ImportedAccount
from agendas.rules.import_deals import ImportedDeal
from agendas.rules.import_tables import ImportOptions, SkipCause
from agendas.verbs import account_list, closing, people, review_reads, reviews
from agendas.verbs.cadences import schedule
from agendas.verbs.compose import compose
from agendas.verbs.exports import contents, lines_of
from agendas.verbs.fit import ask_for_scores
from agendas.verbs.import_runs import begin_import
from agendas.verbs.imports import plan_deals, plan_import, write_deals
from agendas.verbs.privacy import WAITED_FOR, MembersUnread, as_seen_by, readers_of
from agendas.verbs.reads import get_person, named_by_need, next_reviews, split_account, suggest_names
from agendas.verbs.record import current_state
from agendas.verbs.review_reads import review_facts
from agendas.verbs.settings import change_settings
from agendas.verbs.signals import take_signals
from agendas.verbs.trail_page import trail_facts
from agendas.verbs.wordings import change_settings_seen, own_words, send_wording, settings_seen, teach
from assistant.wordings import wordings_seen
from storage import accounts, backups, privacy
from storage import reviews as stored_reviews
from storage.backups import ExportColumn
from storage.database import ReadsHiddenRows, Store, hiding, read_columns, showing_all
from storage.letter_subjects import WantedSubject, to_json
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind
from storage.models.events import Event, ImportRun
from storage.models.reviews import Cadence, ReviewItem
from storage.models.types import EnumText, Row, table_of
from storage.models.workspaces import AuditEntry
from storage.privacy import MEMBERS_KNOWN_FOR
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, ZONE, author
from tests.program import Program, stored_program
from tests.statements import statements

SECRET = "C0SECRET"


@pytest.fixture
def program(store: Store) -> Program:
    """The sample program, in which Acme Corp is private to a channel that Ann is in and Bob is not."""
    program = stored_program(store)

    def hide(session: Session) -> None:
        acme = program.accounts["acme"]
        session.exec(update(Account).where(col(Account.id) == acme).values(private_channel=SECRET))
        privacy.set_members(session, WORKSPACE, SECRET, [ANN], read_at=NOW)

    store.write_now(hide)
    return program


# Private accounts are found by the members of their channel alone, in every read.

INSIDE = Audience(WORKSPACE, ANN)
OUTSIDE = Audience(WORKSPACE, BOB)


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


def _lines(session: Session, workspace_id: str, name: str) -> list[list[str]]:
    return list(lines_of(session, name, workspace_id))


def test_what_was_sent_and_taught_names_no_private_account_and_no_segment_of_theirs_alone(program: Program) -> None:
    acme = col(Account.id) == program.accounts["acme"]
    program.store.write_now(lambda session: session.exec(update(Account).where(acme).values(segment="Shipyards")))
    asked = ("how is Acme Corp doing?", "blockers at acme's site, and at Globex")
    for text in asked:
        program.store.write_now(send_wording, WORKSPACE, ANN, text, NOW)
    seen = [{each.text for each in _seen(program, who, wordings_seen, NOW)} for who in (INSIDE, OUTSIDE)]
    assert seen[0] == set(asked)
    assert seen[1] == {"how is a private account doing?", "blockers at a private account site, and at Globex"}
    with pytest.raises(FieldProblems, match="Only private accounts are in"):
        program.store.write_now(teach, author(EVE), "yards", "Shipyards")
    taught = ("yards = Shipyards", "eval = engaged")
    program.store.write_now(change_settings, author(EVE), {OWN_WORDS: ((), taught)})
    assert [_seen(program, who, own_words) for who in (INSIDE, OUTSIDE)] == [taught, taught[1:]]
    shown = [_seen(program, who, settings_seen).value(OWN_WORDS) for who in (INSIDE, OUTSIDE)]
    assert shown == [taught, taught[1:]]
    change = as_seen_by(OUTSIDE, NOW, change_settings_seen)
    [changed] = program.store.write_now(change, author(EVE), {OWN_WORDS: (taught[1:], ("poc = engaged",))})
    assert (changed.before, changed.after) == (taught[1:], ("poc = engaged",))
    assert _seen(program, INSIDE, own_words) == ("poc = engaged", taught[0])
    eve, everything = program.read(get_person, EVE, now=NOW), TrailFilter()
    trails = [str(_seen(program, who, trail_facts, everything, reader=eve, now=NOW).lines) for who in (INSIDE, OUTSIDE)]
    exports = [
        [str(_seen(program, who, _lines, name)) for who in (INSIDE, OUTSIDE)] for name in ("workspace", "audit_entry")
    ]
    assert [["Shipyards" in each for each in of] for of in (trails, *exports)] == [[True, False]] * 3
    assert all("poc = engaged" in each for each in trails)
    many = tuple(f"word {number} = mqa" for number in range(50))
    for shown_then, entered, said in (
        (taught[1:], many, "Somebody made it poc = engaged while"),
        (("poc = engaged",), many, "no room"),
    ):
        with pytest.raises(FieldProblems, match=said) as wrong:
            program.store.write_now(change, author(EVE), {OWN_WORDS: (shown_then, entered)})
        assert "Shipyards" not in str(wrong.value)
    # a hidden word that is taught anew means one thing
    again = ("yards = engaged",)
    program.store.write_now(change, author(EVE), {OWN_WORDS: (("poc = engaged",), again)})
    assert _seen(program, INSIDE, own_words) == again


def test_a_word_is_taught_only_where_the_list_of_words_can_hold_it(program: Program) -> None:
    many, globex = tuple(f"word {number} = mqa" for number in range(50)), col(Account.id) == program.accounts["globex"]
    program.store.write_now(change_settings, author(EVE), {OWN_WORDS: ((), many)})
    program.store.write_now(lambda session: session.exec(update(Account).where(globex).values(segment="Food, drink")))
    for means, said in (("engaged", "no room for another word"), ("Food, drink", "has a comma")):
        with pytest.raises(FieldProblems, match=said):
            program.store.write_now(teach, author(EVE), "poc", means)
    with pytest.raises(FieldProblems, match="no room"):
        program.store.write_now(change_settings, author(EVE), {OWN_WORDS: (many, (*many, "poc = mqa"))})
    program.store.write_now(teach, author(EVE), "word 1", "engaged")
    assert _seen(program, INSIDE, own_words) == (many[0], *many[2:], "word 1 = engaged")


def test_lists_counts_and_reviews_tell_nobody_outside_that_something_was_left_out(program: Program) -> None:
    inside = _seen(program, INSIDE, named_by_need, now=NOW, zone=ZONE)
    outside = _seen(program, OUTSIDE, named_by_need, now=NOW, zone=ZONE)
    assert len(inside) == len(outside) + 1
    in_tier_1 = [_seen(program, each, accounts.counts)["named", 1] for each in (INSIDE, OUTSIDE)]
    assert in_tier_1[0] == in_tier_1[1] + 1
    page = [_seen(program, each, accounts.page, ("named",), skipped=0, limit=1) for each in (INSIDE, OUTSIDE)]
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


def test_a_read_of_columns_finds_what_was_just_changed_and_nothing_of_a_hidden_account(program: Program) -> None:
    acme, query = program.accounts["acme"], select(col(Account.name)).where(col(Account.id) == bindparam("account_id"))
    with program.store.writing() as session:
        session.get_one(Account, acme).name = "Renamed"
        assert read_columns(session, query, {"account_id": acme}).all() == [("Renamed",)]
        with hiding(session, [acme]):
            assert read_columns(session, query, {"account_id": acme}).all() == []


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


# Acts of people outside leave a private account whole: it is weighed, reviewed and frozen with the others.
def outside(program: Program, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
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
    domain = program.read(accounts.get, program.accounts["acme"]).domain
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


# An export by an admin outside the channel of a private account holds nothing of it, wherever that may stand.

SAID = "Rita wants out of their lease in spring"
"""What somebody inside told or asked of the private account, without its name."""

OF_NO_ACCOUNT = {
    *("workspace", "person", "function_lead", "preference", "days_away", "own_play", "mark"),
    *("mail_address", "mail", "model_use", "received", "program_month"),
}
"""Tables whose texts are of the program, its people and its plays."""

IDS = {"actor", "closed_by", "facilitator", "zone", "slot", "attended", "settings", "sections", "roster"}
"""Columns of a review and its dates that hold ids of people and codes."""

NUMBER = 900
BY_KIND: dict[str, object] = {
    "integer": NUMBER,
    "number": 1.0,
    "yes_no": True,
    "json": {"said": SAID},
    "instant": NOW,
    "date": NOW.date(),
    "time": NOW.time(),
}


def plant(session: Session, account_id: int) -> None:
    """Put into every table a row about the private account, in its channel, with what was said in each text."""
    about = {"workspace_id": WORKSPACE, "account_id": account_id, "channel_id": SECRET, "code": ""}
    for name, columns in backups.tables().items():
        if name not in ("account", "workspace"):
            table = SQLModel.metadata.tables[name]
            row = {each.name: planted(each, table.c[each.name].type) for each in columns}
            session.execute(insert(table), row | {key: value for key, value in about.items() if key in table.c})
    for subject in (f"cadence:{NUMBER}", f"import:{NUMBER}"):
        session.add(AuditEntry(workspace_id=WORKSPACE, at=NOW, actor=EVE, subject=subject, after={"said": SAID}))
    session.exec(update(Account).where(col(Account.id) == account_id).values(because=SAID, narrative={"said": SAID}))


def planted(column: ExportColumn, kind: Any) -> object:
    """What was said, in a column that has room for it."""
    if isinstance(kind, EnumText):
        return next(iter(kind.kind))
    if column.kind == "text":
        return SAID if column.name not in IDS and (kind.length or len(SAID)) >= len(SAID) else "x"
    return [] if column.name in IDS else BY_KIND[column.kind]


def found(session: Session, *, is_whole: bool = False) -> set[str]:
    names = [name for _, name, _ in contents(session, WORKSPACE, is_whole=is_whole)[1:]]
    return {name for name in names if SAID in str(list(lines_of(session, name, WORKSPACE)))}


def test_nothing_said_of_it_is_in_an_export_of_somebody_outside_wherever_it_was_put(program: Program) -> None:
    program.store.write_now(plant, program.accounts["acme"])
    for outside in (EVE, None):
        assert program.store.read_now(as_seen_by(Audience(WORKSPACE, outside), NOW, found)) <= OF_NO_ACCOUNT
    whole = program.store.read_now(lambda session: found(session, is_whole=True))
    assert whole - OF_NO_ACCOUNT >= {"account", "event", "channel", "review", "cadence_change", "import_run"}
    assert whole >= backups.MEMORY - {"answer_under_way"}


def test_what_people_asked_and_were_told_is_in_no_export_but_a_whole_one(program: Program) -> None:
    of_admin = program.store.read_now(contents, WORKSPACE)
    whole = program.store.read_now(lambda session: contents(session, WORKSPACE, is_whole=True))
    assert {name for _, name, _ in whole} - {name for _, name, _ in of_admin} == backups.MEMORY
    assert table_of(Account).name in {name for _, name, _ in of_admin}


def point_at_it(session: Session, acme: int, globex: int) -> None:
    """Let rows of others name the private account, its channel's review and items, and count what an import brought."""
    session.exec(update(Account).where(col(Account.id) == globex).values(held_item_id=NUMBER))
    session.exec(update(Event).where(col(Event.account_id) == globex).values(review_id=NUMBER))
    session.add(
        ImportRun(
            id=77,
            workspace_id=WORKSPACE,
            file_name="all.csv",
            what="accounts",
            actor=EVE,
            applied_at=NOW,
            counts={"create": 2},
        )
    )
    for account_id in (acme, globex):
        of_account = update(Event).where(col(Event.account_id) == account_id, col(Event.id) != NUMBER)
        session.exec(of_account.values(import_run_id=77))
    scope = {"tiers": [1], "account_ids": [acme, globex]}
    chosen = {"on": "2026-12-01", "discussed": {str(acme): EVE, str(globex): EVE}}
    cadence = session.exec(select_rows(Cadence).where(Cadence.channel_id != SECRET)).one()
    cadence.scope, cadence.chosen = scope, chosen
    session.add(
        AuditEntry(workspace_id=WORKSPACE, at=NOW, actor=EVE, subject=f"cadence:{cadence.id}", after={"scope": scope})
    )
    for subject in (f"channel:{SECRET}", f"calendar:{SECRET}", f"review:{NUMBER}"):
        session.add(AuditEntry(workspace_id=WORKSPACE, at=NOW, actor=EVE, subject=subject))


def exported(session: Session) -> dict[str, list[dict[str, str]]]:
    found = {}
    for _, name, _ in contents(session, WORKSPACE)[1:]:
        header, *lines = lines_of(session, name, WORKSPACE)
        found[name] = [dict(zip(header, line, strict=True)) for line in lines]
    return found


def test_no_number_id_or_channel_in_an_export_of_somebody_outside_tells_of_it(program: Program) -> None:
    acme, globex = program.accounts["acme"], program.accounts["globex"]
    program.store.write_now(plant, acme)
    program.store.write_now(point_at_it, acme, globex)
    tables = program.store.read_now(as_seen_by(Audience(WORKSPACE, EVE), NOW, exported))
    assert SECRET not in str(tables)
    rows = {name: found for name, found in tables.items() if name not in OF_NO_ACCOUNT}
    told = [
        (name, column, cell)
        for name, found in rows.items()
        for row in found
        for column, cell in row.items()
        if (column == "account_id" and cell == str(acme)) or cell.rpartition(":")[2] == str(NUMBER)
    ]
    assert told == []
    [run] = tables["import_run"]
    assert run["counts"] == "{}"
    for cell in (*(row["scope"] for row in tables["cadence"]), tables["audit_entry"][-1]["after"]):
        assert f'"account_ids": [{globex}]' in cell, cell
    assert f'"{acme}"' not in tables["cadence"][0]["chosen"]
