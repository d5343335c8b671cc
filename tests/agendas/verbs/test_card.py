from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from agendas.errors import Outdated, UnknownAccount
from agendas.facts.account import Source
from agendas.facts.events import Moved, Profile
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.facts.signals import NotedSignal, SignalGiven, SignalKind, SignalsTaken, SignalStrength
from agendas.rules.commands import CommandReading, Vocabulary
from agendas.rules.import_tables import ImportOptions, read_table
from agendas.verbs import account_list, corrections, group, reads, updates
from agendas.verbs import card as card_verbs
from agendas.verbs.import_runs import begin_import, begin_undo
from agendas.verbs.imports import KINDS
from agendas.verbs.reads import next_review_at
from agendas.verbs.record import record_and_show
from agendas.verbs.signals import store_matched, take_signals
from storage import accounts
from storage.database import Store
from storage.models.accounts import AccountKey
from storage.models.delivery import Letter
from tests.builders import ANN, EVE, NOW, WORKSPACE, ZONE, ago, author, profile
from tests.cases import cases, texts
from tests.program import Program, people_alone, stored_program
from tests.statements import statements

WHEN = {"now": NOW, "zone": ZONE}
WORDS = Vocabulary(("history",))


def assert_drawn_from_the_same_facts(program: Program, account_id: int) -> None:
    """The card says what the reads of its item, its history and its next review say."""
    found = program.read(card_verbs.full_card, account_id, **WHEN)
    item = program.read(reads.account_card, account_id, **WHEN)
    assert found.item == item
    told = program.read(card_verbs.account_history, account_id, **WHEN).lines
    counted = [line for line in told if line.correction is None and line.event.change.kind != "corrected"]
    assert list(found.last_events) == counted[: card_verbs.LAST_EVENTS]
    assert found.next_review_at == program.read(next_review_at, [item]).get(account_id)


def test_a_card_says_of_every_account_what_its_agenda_and_history_say(program: Program) -> None:
    for account_id in program.accounts.values():
        assert_drawn_from_the_same_facts(program, account_id)


def test_a_card_shows_what_counts_and_not_what_was_just_taken_back(program: Program) -> None:
    acme = program.accounts["acme"]
    recorded = program.did(updates.open_blocker, ANN, NOW, acme, text="Mistaken")
    program.did(record_and_show, ANN, NOW, acme, Moved("They wrote"))
    program.did(corrections.take_back, ANN, NOW, recorded.event.id)
    assert_drawn_from_the_same_facts(program, acme)
    lines = program.read(card_verbs.full_card, acme, **WHEN).last_events
    assert [line.event.change.kind for line in lines] == ["moved", "blocker_opened", "action_added"]
    assert recorded.event.id not in [line.event.id for line in lines]


def test_a_card_takes_a_handful_of_statements(program: Program) -> None:
    acme = program.accounts["acme"]
    opened = program.did(updates.open_blocker, ANN, NOW, acme, text="Legal has it").event
    program.did(updates.acknowledge_blocker, ANN, NOW, acme, opened.id)
    with program.store.reading() as session, statements(session) as made:
        card_verbs.find_asked(session, WORKSPACE, "acme", WORDS, channel_id="", **WHEN)
    assert 0 < len(made) <= 23
    assert program.read(card_verbs.find_asked, "acme history", WORDS, channel_id="", **WHEN) == (
        CommandReading("history", "", acme),
        None,
    )


@cases("typed", ["acme", "ACME.", '"acme"', "<http://acme.example|acme.example>", "glob", "Umber"])
def test_one_word_finds_the_account_that_a_sentence_beginning_with_it_finds(program: Program, typed: str) -> None:
    whole, _ = program.read(reads.split_account, f"{typed} history")
    asked, found = program.read(card_verbs.find_asked, typed, WORDS, channel_id="", **WHEN)
    assert asked == CommandReading("", "", whole)
    assert found == program.read(card_verbs.full_card, whole, **WHEN)


def test_one_word_that_two_accounts_answer_to_names_both(program: Program) -> None:
    with program.store.writing() as session:
        for name in ("acme", "globex"):
            account_id = program.accounts[name]
            session.add(AccountKey(workspace_id=WORKSPACE, account_id=account_id, key="twin", kind="alias"))
    with pytest.raises(UnknownAccount) as refused:
        program.read(card_verbs.find_asked, "twin", WORDS, channel_id="", **WHEN)
    assert refused.value.ambiguous


def test_a_card_shows_people_and_signals_by_as_many_statements_as_without_them(program: Program) -> None:
    globex = program.accounts["globex"]
    with program.store.reading() as session, statements(session) as before:
        card_verbs.full_card(session, WORKSPACE, globex, **WHEN)
    person = ContactProfile("Sample Person", roles=(BuyingRole.CHAMPION,), left_on=NOW.date())
    program.did(group.add_contact, ANN, NOW, globex, person)
    given = SignalGiven("globex.example", SignalKind.EVENT, SignalStrength.HIGH, "Came to our booth", NOW, "s-1")
    program.store.write_now(store_matched, author(), [(given, globex)])
    assert_drawn_from_the_same_facts(program, globex)
    with program.store.reading() as session, statements(session) as after:
        card = card_verbs.full_card(session, WORKSPACE, globex, **WHEN)
    assert len(after) == len(before)
    assert [each.profile.name for each in card.item.facts.account.contacts] == ["Sample Person"]
    assert card.item.facts.engagement is not None


def test_the_card_of_an_account_that_does_not_exist_is_refused(program: Program) -> None:
    with pytest.raises(Outdated):
        program.read(card_verbs.full_card, 999, **WHEN)


# Both orders of words after /account, and accounts whose names begin with such a word.

WORDS_OF_SEVERAL = Vocabulary(("history", "fit", "group", "plays"), ("group add", "plays start"))
NAMES = (
    *("Fit Labs", "Labs", "Lab Supplies", "History Channel", "Tier One", "Listo", "List", "Nominate Labs"),
    "Fitters Hall",
)


@pytest.fixture
def many_accounts(store: Store) -> Program:
    found = stored_program(store)
    for name in NAMES:
        found.did(account_list.nominate, ANN, NOW, Profile(name=name), because="Fits")
    return found


def asked(program: Program, text: str) -> tuple[str, str, str]:
    """(name of the account, word, rest), the word in brackets where a word has no meaning."""
    found: CommandReading = program.read(card_verbs.account_asked, text, WORDS_OF_SEVERAL, channel_id="")
    name = program.read(accounts.names).get(found.account_id, "")
    return name, found.word if found.is_whole else f"[{found.word}]", found.rest


@texts("text", "name", "word", "rest")
def test_words_mean_the_same_before_the_account_and_after_it(many_accounts, text, name, word, rest):
    assert asked(many_accounts, text) == (name, word, rest)


@texts("text", "name", "word", "rest")
def test_an_account_named_like_a_word_is_found_and_quotation_marks_say_which(many_accounts, text, name, word, rest):
    assert asked(many_accounts, text) == (name, word, rest)


@cases("text", ["fit nosuch", "histroy acme", "group add nosuch"])
def test_an_account_that_is_none_is_refused(many_accounts: Program, text: str) -> None:
    with pytest.raises(UnknownAccount):
        asked(many_accounts, text)


# The signals of an account come page by page, those that happened last first.

INTENT = SignalGiven("acme.example", SignalKind.INTENT, SignalStrength.HIGH, "", ago(1), "s-1")


@pytest.fixture
def listed_program(store: Store) -> Program:
    return listed(store)


def listed(store: Store) -> Program:
    program = people_alone(store)
    acme = program.did(account_list.nominate, ANN, ago(9), Profile("Acme", domain="acme.example")).event.account_id
    program.did(account_list.put_on_list, EVE, ago(8), acme, tier=1, because="Fits")
    program.accounts["acme"] = acme
    return program


def takes(program: Program, *sent: SignalGiven) -> None:
    program.store.write_now(take_signals, author(source=Source.WEBHOOK), sent)


def every_page(program: Program) -> list[list[NotedSignal]]:
    pages, before_id = [], None
    while True:
        acme = program.accounts["acme"]
        found = program.read(card_verbs.account_signals, acme, now=NOW, zone=ZONE, before_id=before_id)
        pages.append(list(found.signals))
        if not found.more_value:
            return pages
        account_id, _, last = found.more_value.partition(" ")
        assert int(account_id) == acme
        before_id = int(last)


def test_signals_whose_ids_run_against_their_dates_come_by_date_also_when_a_month_is_filled_in(listed_program: Program):
    takes(listed_program, *(replace(INTENT, id=f"a{number:02}", occurred_at=ago(number)) for number in range(1, 16)))
    takes(
        listed_program, *(replace(INTENT, id=f"b{number:02}", occurred_at=ago(30 + number)) for number in range(1, 16))
    )
    takes(listed_program, replace(INTENT, id="c", occurred_at=ago(20)))
    pages = every_page(listed_program)
    assert [len(page) for page in pages] == [card_verbs.SIGNALS_PER_PAGE] * 3 + [1]
    told = [each.signal.happened_at for page in pages for each in page]
    assert told == [*(ago(day) for day in range(1, 16)), ago(20), *(ago(30 + day) for day in range(1, 16))]


def test_signals_of_one_moment_are_each_on_one_page(listed_program: Program) -> None:
    takes(listed_program, *(replace(INTENT, id=str(number)) for number in range(25)))
    ids = [each.signal.id for page in every_page(listed_program) for each in page]
    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) == 25


# Signals from programs and files appear on the account's message in the open review, in one edit.

MINUTE = timedelta(minutes=1)
BOTH = [("agenda", NOW + MINUTE), ("review_header", NOW + MINUTE)]
CONTENT = SignalGiven("acme.example", SignalKind.CONTENT, SignalStrength.HIGH, "Read", ago(1), "s-1")


@pytest.fixture
def posted_program(store: Store) -> Program:
    program = stored_program(store)
    known = profile("Acme Corp", domain="acme.example")
    program.did(account_list.edit, ANN, ago(0.1), program.accounts["acme"], known)
    edits(program)
    return program


def edits(program: Program) -> list[tuple[str, datetime]]:
    """The edits that wait, by page and when they are due; from now on they are sent, and so is anything else."""
    with program.store.writing() as session:
        letters = session.exec(select(Letter).where(Letter.state == "waiting").order_by(Letter.page)).all()
        for letter in letters:
            letter.state = "sent"
            session.add(letter)
        return [(letter.page, letter.due_at) for letter in letters if letter.kind == "edit"]


def taken(program: Program, *sent: SignalGiven) -> SignalsTaken:
    found: SignalsTaken = program.store.write_now(take_signals, author(source=Source.WEBHOOK), sent)
    return found


def test_a_batch_edits_the_message_and_the_header_once_and_writes_into_no_thread(posted_program: Program) -> None:
    assert len(taken(posted_program, *(replace(CONTENT, id=str(number)) for number in range(30))).taken) == 30
    assert edits(posted_program) == BOTH


def test_what_is_only_repeated_edits_nothing(posted_program: Program) -> None:
    taken(posted_program, CONTENT)
    edits(posted_program)
    assert taken(posted_program, CONTENT).repeated == ("s-1",)
    assert edits(posted_program) == []


def test_a_file_of_signals_edits_them_too_also_when_it_is_taken_back_and_imported_again(posted_program: Program):
    asked, kind = ImportOptions(NOW), KINDS["signals"]
    table = read_table(b"account,kind,occurred_at,id\nacme.example,event,2026-11-20,v1\n")

    def imports() -> int:
        plan = posted_program.store.read_now(kind.plan, WORKSPACE, kind.read(table, asked).rows, asked)
        run = posted_program.store.write_now(begin_import, plan, author(), file_name="s.csv", what="signals")
        for part in kind.parts(plan):
            posted_program.store.write_now(kind.write, run.row_id, author(), part)
        return int(run.row_id)

    number = imports()
    assert edits(posted_program) == BOTH
    for part in posted_program.store.write_now(begin_undo, number, author(), ids_of=kind.ids_of_run):
        posted_program.store.write_now(kind.undo, number, author(), part)
    assert edits(posted_program) == BOTH
    imports()
    assert edits(posted_program) == BOTH
