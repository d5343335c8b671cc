from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from agendas.errors import NotUnderstood, Outdated, Refused, UnknownAccount
from agendas.facts.account import ListStatus
from agendas.facts.answered_items import AccountFilter
from agendas.facts.events import ListChanged, Profile
from agendas.facts.people import Function, Right
from agendas.facts.program import OwnerlessAccount, SetupFacts, SetupStep, SlotEnd
from agendas.facts.reviews import Bucket
from agendas.rules.access import NOT_IN_TIME, SLACK_SCOPES
from agendas.verbs import account_list, cadences, people, reads, updates
from agendas.verbs import reads as read_verbs
from agendas.verbs.reads import account_list as listed_accounts
from agendas.verbs.record import record
from agendas.verbs.trail import leave_out
from storage import diagnostics, outbox, reviews, trail, workspaces
from storage import people as stored_people
from storage.database import Store
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Cadence, Review
from storage.models.workspaces import Channel
from storage.people import SlackUser
from storage.workspaces import Installation
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE, ZONE, ago, author, profile
from tests.program import Program, people_alone, stored_program

WHEN = {"now": NOW, "zone": ZONE}


def names(items) -> list[str]:
    return [item.facts.account.name for item in items]


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("acme", "acme"),
        ("ACME corp", "acme"),
        ("acme.example", "acme"),
        ("https://www.acme.example/about", "acme"),
        ("uf", "umber"),
        ("larch &amp; sons", "larch"),
        ("Pinewood", "pinewood"),
    ],
)
def test_an_account_is_found_by_name_alias_domain_or_beginning(store: Store, typed: str, short: str) -> None:
    program = stored_program(store)
    assert program.read(reads.split_account, typed) == (program.accounts[short], "")


@pytest.mark.parametrize(
    ("text", "short", "rest"),
    [
        ("acme corp legal is stuck", "acme", "legal is stuck"),
        ("acme legal is stuck", "acme", "legal is stuck"),
        ('"Umber Foods": keen', "umber", "keen"),
        ("Larch &amp; Sons   two\nlines", "larch", "two\nlines"),
        ("globex", "globex", ""),
    ],
)
def test_the_account_is_split_from_the_words_after_it(store: Store, text: str, short: str, rest: str) -> None:
    program = stored_program(store)
    assert program.read(reads.split_account, text) == (program.accounts[short], rest)


def test_this_is_the_account_whose_own_channel_it_is_typed_in(program: Program) -> None:
    initrode = program.accounts["initrode"]
    program.did(account_list.edit, ANN, NOW, initrode, profile("Initrode", channel_id="C0INITROD"))
    assert program.read(reads.split_account, "This", channel_id="C0INITROD") == (initrode, "")
    assert program.read(reads.split_account, "this is stuck", channel_id="C0INITROD") == (initrode, "is stuck")
    for channel_id in ("", "C0WEEKLY1"):
        with pytest.raises(NotUnderstood, match="write the account's name"):
            program.read(reads.split_account, "this", channel_id=channel_id)
        with pytest.raises(NotUnderstood):
            program.read(reads.split_account, "this is stuck", channel_id=channel_id)


def test_an_account_in_the_possessive_is_found_with_any_apostrophe_and_one_called_so_by_its_own_name(program: Program):
    named = {
        name: program.did(account_list.nominate, ANN, NOW, Profile(name), because="Fits").event.account_id
        for name in ("Acme Ltd", "O'Neill Freight", "Macy's", "Levi's Jeans", "Levi Works", "Zax Rail")
    }
    for text, name in (
        ("Acme Ltd's lawyer signed", "Acme Ltd"),
        ("the CFO of Acme Ltd\u2019s parent wrote", "Acme Ltd"),
        ("O'Neill's CFO replied", "O'Neill Freight"),
        ("O\u2019Neill\u2019s CFO replied", "O'Neill Freight"),
        ("O\u2019Neill Freight\u02bcs CFO", "O'Neill Freight"),
        ("Macy\u2019s signed", "Macy's"),
        ("Levi's Jeans's plan", "Levi's Jeans"),
        ("Levi Works' plan", "Levi Works"),
        ("Zax's CFO replied", "Zax Rail"),
    ):
        assert program.read(reads.find_in_text, text) == named[name], text
    with pytest.raises(UnknownAccount):
        program.read(reads.find_in_text, "Acme's lawyer signed")
    assert program.read(reads.find_in_text, "Initrode's lawyer signed") == program.accounts["initrode"]
    with pytest.raises(UnknownAccount):
        program.read(reads.find_in_text, "Macy's and Initrode's lawyers met")


def test_a_card_shows_the_account_against_its_last_held_review(program: Program) -> None:
    item = program.read(reads.account_card, program.accounts["initrode"], **WHEN)
    assert item.placement.bucket is Bucket.NEEDS_INTERVENTION
    assert item.facts.since is not None
    assert item.facts.before is not None
    with pytest.raises(Outdated):
        program.read(reads.account_card, 999, **WHEN)


def test_an_account_of_another_workspace_is_never_shown(program: Program) -> None:
    with pytest.raises(Outdated):
        program.store.read_now(reads.account_card, "T0OTHER01", program.accounts["acme"], **WHEN)
    with pytest.raises(UnknownAccount):
        program.store.read_now(reads.split_account, "T0OTHER01", "acme")
    assert program.store.read_now(listed_accounts, "T0OTHER01", **WHEN).items == ()


def test_the_list_goes_by_tier_and_name_with_candidates_last(program: Program) -> None:
    items = program.read(listed_accounts, **WHEN).items
    assert names(items) == ["Acme Corp", "Globex", "Initrode", "Umber Foods", "Larch & Sons", "Pinewood"]
    assert [item.facts.account.list_status for item in items][-2:] == [ListStatus.PAUSED, ListStatus.CANDIDATE]
    assert names(program.read(listed_accounts, wanted=AccountFilter(tiers=(2,)), **WHEN).items) == [
        "Initrode",
        "Umber Foods",
    ]


def test_removed_and_rejected_accounts_leave_the_list_but_can_be_found(program: Program) -> None:
    program.did(account_list.remove, ANN, NOW, program.accounts["acme"], because="Acquired")
    assert "Acme Corp" not in names(program.read(listed_accounts, **WHEN).items)
    assert program.read(reads.split_account, "acme") == (program.accounts["acme"], "")


# Versions of the list.

TODAY = date(2026, 11, 24)


def names_by_place(program: Program, on: date) -> dict[tuple[str, int | None], set[str]]:
    facts = program.read(read_verbs.list_version, on, zone=ZONE)
    return {
        (status.value, tier): {facts.names[number] for number in facts.version.at(status, tier)}
        for status, tier in facts.version.counts()
    }


def test_a_day_ends_at_midnight_of_the_persons_zone(program: Program) -> None:
    facts = program.read(read_verbs.list_version, date(2026, 10, 24), zone="Pacific/Auckland")
    assert facts.version.counts()[(ListStatus.NAMED, 3)] == 1
    facts = program.read(read_verbs.list_version, date(2026, 10, 25), zone=ZONE)
    assert facts.version.counts()[(ListStatus.NAMED, 3)] == 0


def test_what_is_recorded_later_changes_the_version_of_the_day_it_happened(program: Program) -> None:
    program.did(record, ANN, NOW, program.accounts["pinewood"], ListChanged("named", 2, "Agreed"), happened_at=ago(20))
    assert "Pinewood" in names_by_place(program, date(2026, 11, 5))[("named", 2)]


def test_without_a_first_date_the_last_thirty_days_are_told_or_all_of_a_younger_list(store: Store) -> None:
    program = people_alone(store)
    with pytest.raises(Refused, match="Nothing is on the list yet"):
        program.read(read_verbs.list_changes, None, TODAY, zone=ZONE)
    program.did(account_list.nominate, ANN, ago(10), profile("Acme"), because="x")
    facts = program.read(read_verbs.list_changes, None, TODAY, zone=ZONE)
    assert (facts.first, facts.second) == (date(2026, 11, 13), TODAY)


def test_a_date_before_the_first_entry_is_refused_in_a_sentence(program: Program) -> None:
    for verb, dates in (
        (read_verbs.list_version, (date(2026, 9, 14),)),
        (read_verbs.list_changes, (date(2026, 9, 14), TODAY)),
    ):
        with pytest.raises(Refused, match="The history of the list begins on 15 Sep 2026; give that date or a later"):
            program.read(verb, *dates, zone=ZONE)
    assert program.read(read_verbs.list_changes, None, TODAY, zone=ZONE).first == date(2026, 10, 25)


# News of reviews.
def test_what_moved_is_every_step_up_or_down_and_every_claim(program: Program) -> None:
    moved = filter(read_verbs.has_moved, program.read(reads.named_by_need, **WHEN))
    assert names(moved) == ["Umber Foods", "Initrode", "Acme Corp"]


def test_the_next_review_of_an_account_is_that_of_a_cadence_with_it_in_scope(program: Program) -> None:
    [found] = program.read(read_verbs.next_reviews)
    assert (found.channel_id, found.next_at, found.zone) == (CHANNEL, NOW + timedelta(days=6), ZONE)
    by_account = program.read(read_verbs.next_review_at, program.read(reads.named_by_need, **WHEN))
    assert by_account.keys() == {program.accounts[short] for short in ("acme", "globex", "initrode", "umber")}
    assert set(by_account.values()) == {NOW + timedelta(days=6)}


def test_a_paused_cadence_has_no_next_review(program: Program) -> None:
    program.did(cadences.pause, EVE, NOW, CHANNEL)
    [found] = program.read(read_verbs.next_reviews)
    assert (found.next_at, found.is_paused) == (None, True)
    assert program.read(read_verbs.next_review_at, program.read(reads.named_by_need, **WHEN)) == {}


# Open work.
def texts(found) -> list[str]:
    return [each.text for each in found]


def test_actions_are_those_of_a_person_soonest_first(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(updates.add_action, ANN, NOW, acme, text="Today", due_on=date(2026, 11, 24))
    program.did(updates.add_action, ANN, NOW, acme, text="In a week", due_on=date(2026, 12, 1))
    assert texts(program.read(read_verbs.actions_of, ANN)) == ["Today", "Draft the pilot plan", "In a week"]


def test_actions_of_a_removed_account_are_left_out(program: Program) -> None:
    program.did(account_list.remove, EVE, NOW, program.accounts["globex"], because="Lost")
    assert program.read(read_verbs.actions_of, BOB) == ()


# The state of the program's set-up, as its admins are told.

NEW = "U0NEW0001"


def facts(program: Program) -> SetupFacts:
    found: SetupFacts = program.read(read_verbs.setup_facts)
    return found


def test_a_program_at_work_lacks_only_what_nobody_did(program: Program) -> None:
    assert facts(program) == SetupFacts(
        cadences=1,
        named=4,
        ownerless=(),
        without_function=1,
        empty_functions=(Function.PRODUCT, Function.FINANCE),
        admins=1,
        has_imported=False,
        without_lead=tuple(Function),
    )
    program.did(people.give, EVE, NOW, BOB, function=None, right=Right.EDITOR, leads=(Function.SALES, Function.PRODUCT))
    assert set(Function) - set(facts(program).without_lead) == {Function.SALES, Function.PRODUCT}
    program.did(people.give, EVE, NOW, BOB, function=None, right=Right.OBSERVER)
    assert facts(program).without_lead == tuple(Function)


def test_people_take_part_who_have_work_or_may_record_and_others_need_no_function(program: Program) -> None:
    learned = [SlackUser(NEW, WORKSPACE, "Newcomer"), SlackUser("U0GUEST01", WORKSPACE, "Guest", is_guest=True)]
    program.store.write_now(stored_people.save_users, WORKSPACE, learned, NOW)
    assert facts(program).without_function == 1
    nominated = program.did(account_list.nominate, EVE, NOW, Profile(name="Newfield", owner=NEW), because="Fits")
    assert facts(program).without_function == 2
    program.did(account_list.reject, EVE, NOW, nominated.event.account_id, because="Too small")
    assert facts(program).without_function == 1
    program.did(people.give, EVE, NOW, NEW, function=None, right=Right.EDITOR)
    assert facts(program).without_function == 2
    program.did(people.give, EVE, NOW, NEW, function=Function.FINANCE, right=Right.ADMIN)
    after = facts(program)
    assert (after.without_function, after.empty_functions, after.admins) == (1, (Function.PRODUCT,), 2)


def test_named_accounts_without_an_owner_are_known_and_candidates_need_none(program: Program) -> None:
    program.did(account_list.nominate, EVE, NOW, Profile(name="Newfield"), because="Fits")
    assert facts(program).ownerless == ()
    other = program.did(account_list.nominate, EVE, NOW, Profile(name="Oakfield"), because="Fits").event.account_id
    program.did(account_list.put_on_list, EVE, NOW, other, tier=3, because="Renews in spring")
    assert facts(program).ownerless == (OwnerlessAccount(other, "Oakfield"),)


def test_a_permission_that_slack_did_not_give_is_known_once_slack_said_which_it_gave(program: Program) -> None:
    def give(session: Session) -> None:
        workspace = workspaces.get(session, WORKSPACE)
        assert workspace is not None
        workspace.scopes = "chat:write"

    assert facts(program).missing_permissions == ()
    program.store.write_now(give)
    assert "im:write" in facts(program).missing_permissions


def test_a_step_is_left_out_once_and_only_where_it_may_be(program: Program) -> None:
    before = facts(program)
    for _ in range(2):
        program.did(leave_out, EVE, NOW, SetupStep.IMPORT)
    assert facts(program) == replace(before, left_out=frozenset({SetupStep.IMPORT}))
    assert [each.actor for each in program.read(trail.of_subject, "setup:import")] == [EVE]
    with pytest.raises(Outdated, match="cannot be left out"):
        program.store.write_now(leave_out, author(BOB, NOW), SetupStep.ADMINS)


# How the bot is in a workspace, from what is stored.

HOUR = timedelta(hours=1)


@pytest.fixture
def in_trouble(store: Store) -> Store:
    """The sample program, installed without some permissions, with letters in every state and a channel in trouble."""
    stored_program(store)
    installation = Installation(WORKSPACE, "Sample", "", "U1", "B1", scopes=",".join([*SLACK_SCOPES][1:]))

    def trouble(session: Session) -> None:
        workspaces.save_installation(session, installation, time_zone="UTC", now=NOW)
        for letter in session.exec(select(Letter)).all():
            session.delete(letter)
        session.add(Channel(workspace_id=WORKSPACE, channel_id="C0OLD", trouble="is_archived", trouble_at=NOW - HOUR))
        for number, (state, channel_id, age) in enumerate(LETTERS):
            session.add(letter_of(f"sample:{number}", state, channel_id, age))
        session.add(letter_of("sample:elsewhere", "waiting", CHANNEL, HOUR, workspace_id="T0OTHER"))

    store.write_now(trouble)
    return store


LETTERS = (
    *(("waiting", CHANNEL, 2 * HOUR), ("leased", CHANNEL, HOUR), ("waiting", CHANNEL, timedelta(minutes=1))),
    *(("waiting", "C0OLD", 3 * HOUR), ("waiting", "C0OLD", timedelta(days=9)), ("waiting", CHANNEL, -HOUR)),
    *(("refused", CHANNEL, HOUR), ("refused", CHANNEL, timedelta(days=8)), ("unsure", CHANNEL, HOUR)),
    ("sent", CHANNEL, HOUR),
)


def letter_of(key: str, state: str, channel_id: str, age: timedelta, workspace_id: str = WORKSPACE) -> Letter:
    at = NOW - age
    return Letter(
        workspace_id=workspace_id,
        key=key,
        kind=LetterKind.POST,
        page="recap",
        channel_id=channel_id,
        created_at=at,
        due_at=at,
        state=state,
    )


def test_what_waits_is_late_refused_or_held_back_is_told(in_trouble: Store) -> None:
    facts = in_trouble.read_now(read_verbs.workspace_health, WORKSPACE, now=NOW)
    assert facts.database == ("SQLite" if in_trouble.is_sqlite else "PostgreSQL")
    assert (facts.waiting, facts.overdue, facts.refused, facts.unsure.count) == (6, 2, 1, 1)
    assert facts.overdue_since == NOW - 2 * HOUR
    assert facts.waiting_since == NOW - timedelta(days=9)
    assert [(each.channel_id, each.since) for each in facts.paused] == [("C0OLD", NOW - HOUR)]
    assert facts.missing_permissions == (next(iter(SLACK_SCOPES)),)
    assert facts.admins == 1


def test_what_could_not_be_sent_in_time_is_counted_for_a_week(in_trouble: Store) -> None:
    def drop(session: Session) -> None:
        for number, age in enumerate((HOUR, timedelta(days=8), 2 * HOUR)):
            letter = letter_of(f"late:{number}", "dropped", CHANNEL, age)
            letter.last_error = NOT_IN_TIME if number < 2 else "a later review followed"
            session.add(letter)

    in_trouble.write_now(drop)
    assert in_trouble.read_now(read_verbs.workspace_health, WORKSPACE, now=NOW).dropped == 1


def test_the_last_review_posted_is_the_one_whose_header_was_sent_last(store: Store) -> None:
    program = stored_program(store)

    def posted(review_id: int, at: datetime) -> None:
        with store.writing() as session:
            header = next(each for each in outbox.of_review(session, review_id) if each.page == "review_header")
            outbox.record_sent(session, header, channel_id=CHANNEL, ts="17.1", at=at)

    def told() -> tuple[datetime | None, str]:
        facts = store.read_now(read_verbs.workspace_health, WORKSPACE, now=NOW)
        return facts.last_posted_at, facts.last_posted_in

    assert told() == (None, "")
    posted(program.reviews[1], NOW - HOUR)
    assert told() == (NOW - HOUR, CHANNEL)
    posted(program.reviews[0], NOW)
    assert told() == (NOW, CHANNEL)


def test_each_cadence_is_told_with_its_last_and_next_date_and_how_many_accounts_are_reviewed_on_time(store: Store):
    program = stored_program(store)
    found = store.read_now(read_verbs.workspace_health, WORKSPACE, now=NOW)
    last = store.read_now(reviews.by_id, program.reviews[-1])
    assert last is not None
    (cadence,) = found.cadences
    assert (cadence.channel_id, cadence.last_at, cadence.last_end) == (CHANNEL, last.planned_at, SlotEnd.OPEN)
    assert cadence.next_at is not None
    assert cadence.next_at > NOW
    tiers = {each.tier: (each.on_time, each.accounts) for each in found.coverage}
    much_later = store.read_now(read_verbs.workspace_health, WORKSPACE, now=NOW + timedelta(days=60))
    assert sum(accounts for _, accounts in tiers.values()) > 0
    assert {each.tier: (each.on_time, each.accounts) for each in much_later.coverage} == {
        tier: (0, accounts) for tier, (_, accounts) in tiers.items()
    }
    assert any(on_time for on_time, _ in tiers.values())


def test_work_that_stopped_is_told(in_trouble: Store) -> None:
    assert not in_trouble.read_now(read_verbs.workspace_health, WORKSPACE, now=NOW).has_stopped
    in_trouble.write_now(workspaces.deactivate, WORKSPACE, gone_at=NOW)
    assert in_trouble.read_now(read_verbs.workspace_health, WORKSPACE, now=NOW).has_stopped


def test_a_workspace_of_which_nothing_is_known_has_nothing_wrong_but_its_admins(store: Store) -> None:
    facts = store.read_now(read_verbs.workspace_health, WORKSPACE, now=NOW)
    assert (facts.last_posted_at, facts.waiting, facts.missing_permissions, facts.admins) == (None, 0, (), 0)


def test_what_is_not_meant_to_go_is_not_late(in_trouble: Store) -> None:
    """Messages behind an unconfirmed one, and those of a workspace that has stopped, are held on purpose."""

    def more(session: Session) -> None:
        doubtful = session.exec(select(Letter).where(Letter.state == "unsure")).one()
        for number, (kind, hangs_on) in enumerate((("post", "parent"), ("edit", "target"))):
            letter = letter_of(f"sample:hangs:{number}", "waiting", CHANNEL, 5 * HOUR)
            letter.kind = kind
            setattr(letter, hangs_on, doubtful.id)
            session.add(letter)
        session.add(letter_of("sample:stopped", "waiting", CHANNEL, 6 * HOUR, workspace_id="T0STOPPED"))
        stopped = Installation("T0STOPPED", "Stopped", "", "U1", "B1", "sealed")
        workspaces.save_installation(session, stopped, time_zone="UTC", now=NOW)
        workspaces.deactivate(session, "T0STOPPED", gone_at=NOW)

    before = in_trouble.read_now(diagnostics.backlog, due_before=NOW)
    in_trouble.write_now(more)
    assert in_trouble.read_now(diagnostics.backlog, due_before=NOW) == before
    assert in_trouble.read_now(diagnostics.backlog, due_before=NOW, workspace_id="T0STOPPED").count == 0


def test_of_all_workspaces_together_slots_and_letters_are_counted(in_trouble: Store) -> None:
    patience = timedelta(minutes=2)
    before = in_trouble.read_now(diagnostics.slots, now=NOW, allowed=patience)

    def more(session: Session) -> None:
        for number, (state, late_minutes) in enumerate((("missed", 0), ("closed", 7))):
            session.add(
                Review(
                    workspace_id=WORKSPACE,
                    channel_id=CHANNEL,
                    slot=f"sample:{number}",
                    planned_on=date(2026, 11, 1),
                    planned_at=NOW,
                    opened_at=NOW,
                    state=state,
                    late_minutes=late_minutes,
                )
            )
        for cadence in session.exec(select(Cadence)).all():
            cadence.next_at = NOW - HOUR

    in_trouble.write_now(more)
    after = in_trouble.read_now(diagnostics.slots, now=NOW, allowed=patience)
    assert (after.late - before.late, after.missed - before.missed, after.overdue) == (1, 1, 1)
    backlog = in_trouble.read_now(diagnostics.backlog, due_before=NOW)
    assert (backlog.count, backlog.oldest_due_at) == (4, NOW - 2 * HOUR)
