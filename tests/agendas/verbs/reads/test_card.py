import pytest

from agendas.errors import Outdated, UnknownAccount
from agendas.facts.events import Moved
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.rules.commands import Asked, Vocabulary
from agendas.verbs import corrections, group, reads, updates
from agendas.verbs.card import LAST_EVENTS, account_history, find_asked, full_card
from agendas.verbs.reads import next_review_at
from agendas.verbs.record import tell
from agendas.verbs.signals import store_matched
from storage.models.accounts import AccountKey
from tests.builders import ANN, NOW, WORKSPACE, ZONE, author
from tests.cases import cases
from tests.program import Program
from tests.statements import statements

WHEN = {"now": NOW, "zone": ZONE}
WORDS = Vocabulary(("history",))


def assert_drawn_from_the_same_facts(program: Program, account_id: int) -> None:
    """The card says what the reads of its item, its history and its next review say."""
    found = program.read(full_card, account_id, **WHEN)
    item = program.read(reads.account_card, account_id, **WHEN)
    assert found.item == item
    told = program.read(account_history, account_id, **WHEN).lines
    counted = [line for line in told if line.correction is None and line.event.change.kind != "corrected"]
    assert list(found.last_events) == counted[:LAST_EVENTS]
    assert found.next_review_at == program.read(next_review_at, [item]).get(account_id)


def test_a_card_says_of_every_account_what_its_agenda_and_history_say(program: Program) -> None:
    for account_id in program.accounts.values():
        assert_drawn_from_the_same_facts(program, account_id)


def test_a_card_shows_what_counts_and_not_what_was_just_taken_back(program: Program) -> None:
    acme = program.accounts["acme"]
    recorded = program.did(updates.open_blocker, ANN, NOW, acme, text="Mistaken")
    program.did(tell, ANN, NOW, acme, Moved("They wrote"))
    program.did(corrections.take_back, ANN, NOW, recorded.event.id)
    assert_drawn_from_the_same_facts(program, acme)
    lines = program.read(full_card, acme, **WHEN).last_events
    assert [line.event.change.kind for line in lines] == ["moved", "blocker_opened", "action_added"]
    assert recorded.event.id not in [line.event.id for line in lines]


def test_a_card_takes_a_handful_of_statements(program: Program) -> None:
    acme = program.accounts["acme"]
    with program.store.reading() as session, statements(session) as made:
        find_asked(session, WORKSPACE, "acme", WORDS, channel_id="", **WHEN)
    assert 0 < len(made) <= 23
    assert program.read(find_asked, "acme history", WORDS, channel_id="", **WHEN) == (Asked("history", "", acme), None)


@cases("typed", ["acme", "ACME.", '"acme"', "<http://acme.example|acme.example>", "glob", "Umber"])
def test_one_word_finds_the_account_that_a_sentence_beginning_with_it_finds(program: Program, typed: str) -> None:
    whole, _ = program.read(reads.split_account, f"{typed} history")
    asked, found = program.read(find_asked, typed, WORDS, channel_id="", **WHEN)
    assert asked == Asked("", "", whole)
    assert found == program.read(full_card, whole, **WHEN)


def test_one_word_that_two_accounts_answer_to_names_both(program: Program) -> None:
    with program.store.writing() as session:
        for name in ("acme", "globex"):
            account_id = program.accounts[name]
            session.add(AccountKey(workspace_id=WORKSPACE, account_id=account_id, key="twin", kind="alias"))
    with pytest.raises(UnknownAccount) as refused:
        program.read(find_asked, "twin", WORDS, channel_id="", **WHEN)
    assert refused.value.ambiguous


def test_a_card_shows_people_and_signals_by_as_many_statements_as_without_them(program: Program) -> None:
    globex = program.accounts["globex"]
    with program.store.reading() as session, statements(session) as before:
        full_card(session, WORKSPACE, globex, **WHEN)
    person = ContactProfile("Sample Person", roles=(BuyingRole.CHAMPION,), left_on=NOW.date())
    program.did(group.add_contact, ANN, NOW, globex, person)
    given = SignalGiven("globex.example", SignalKind.EVENT, SignalStrength.HIGH, "Came to our booth", NOW, "s-1")
    program.store.write_now(store_matched, author(), [(given, globex)])
    assert_drawn_from_the_same_facts(program, globex)
    with program.store.reading() as session, statements(session) as after:
        card = full_card(session, WORKSPACE, globex, **WHEN)
    assert len(after) == len(before)
    assert [each.profile.name for each in card.item.facts.account.contacts] == ["Sample Person"]
    assert card.item.facts.engagement is not None


def test_the_card_of_an_account_that_does_not_exist_is_refused(program: Program) -> None:
    with pytest.raises(Outdated):
        program.read(full_card, 999, **WHEN)
