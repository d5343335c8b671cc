from pathlib import Path

import pytest
from sqlmodel import select

from agendas.rules.deals import DealSum, sum_of
from agendas.verbs.loading import opportunity_facts
from storage.database import Store
from storage.models.subjects import OpportunityRow
from tests.bot.cli.imports.terminal import SAMPLES, Terminal
from tests.cases import cases
from tests.program import learn_people

DEALS = str(SAMPLES / "hubspot_deals.csv")
PHASES = ("--stage", "Contract Sent=late", "--stage", "Qualified To Buy=early", "--stage", "Closed Won=won")


def deals(store: Store) -> dict[str, OpportunityRow]:
    return {row.key: row for row in store.read_now(lambda session: session.exec(select(OpportunityRow)).all())}


@pytest.fixture
def accounts(store: Store, terminal: Terminal, tmp_path: Path) -> None:
    """Three accounts of two CRMs."""
    learn_people(store)
    path = tmp_path / "accounts.csv"
    path.write_text(
        "name,crm_system,crm_id\nSample Acme,hubspot,9000000001\nSample Globex,,\n"
        "Sample Initech,salesforce,001D000000IRFmaIAH\n"
    )
    assert terminal.imports(str(path), "--apply") == 0


@pytest.mark.usefixtures("accounts")
def test_stages_without_a_phase_are_asked_for_and_nothing_is_guessed(store: Store, terminal: Terminal) -> None:
    assert terminal.imports(DEALS, "--apply") == 0
    assert terminal.out.startswith("hubspot_deals.csv: HubSpot deals, 5 rows")
    assert "Contract Sent (1 row), Qualified To Buy (1 row), Closed Won (1 row), Waiting room (1 row)." in terminal.out
    assert (
        "--stage 'Contract Sent=late' --stage 'Qualified To Buy=early' --stage 'Closed Won=won' "
        "--stage 'Waiting room=PHASE'"
    ) in terminal.out
    assert terminal.line(5) == '5 Sample Hooli search skip is of "Sample Hooli", which is not in Cadence'
    assert deals(store) == {}


@pytest.mark.usefixtures("accounts")
def test_deals_go_in_once_their_stages_are_said_and_the_phases_are_kept(store: Store, terminal: Terminal) -> None:
    assert terminal.imports(DEALS, *PHASES) == 0
    assert f"cadence import {DEALS} --stage 'Contract Sent=late' --stage" in terminal.out
    assert terminal.line(2) == (
        "2 Sample Acme pilot create Sample Acme; stage Contract Sent (late); amount EUR 120,000; closes 31 Dec 2020; "
        "since 10 Nov 2020"
    )
    assert terminal.imports(DEALS, *PHASES, "--apply") == 0
    assert "3 to create, 0 to update, 0 unchanged, 2 skipped." in terminal.out
    assert "Undo with: cadence import --undo 2" in terminal.out
    assert {key: row.phase for key, row in deals(store).items()} == {
        "hubspot:8000000001": "late",
        "hubspot:8000000002": "early",
        "hubspot:8000000003": "won",
    }
    assert terminal.imports(DEALS, "--apply") == 0
    assert "0 to create, 0 to update, 3 unchanged, 2 skipped." in terminal.out
    assert "Nothing to import before you say what is asked above." in terminal.out


@cases(
    ("words", "said"),
    [
        (("--stage", "Contract Sent"), '--stage takes the stage\'s name, = and its phase, as "Contract Sent=late"'),
        (("--stage", "Contract Sent=soon"), "Phases are early, middle, late, won, lost."),
        (("--stage", "Contract Snt=late"), 'No row of the file has the stage "Contract Snt".'),
        (("--currency", "euros"), '--currency takes three letters, such as EUR or USD, not "euros".'),
        (("--what", "accounts"), "This is an export of deals. Import it as opportunities (--what opportunities)"),
        (("--what", "history"), "not those of Salesforce's OpportunityHistory"),
    ],
)
@pytest.mark.usefixtures("accounts")
def test_options_that_do_not_fit_are_refused_in_one_sentence(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    assert terminal.imports(DEALS, *words) == 1
    assert said in " ".join(terminal.error.split())


@pytest.mark.usefixtures("accounts")
def test_amounts_of_several_currencies_and_some_of_none_are_asked_about_and_never_added(
    store: Store, terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(
        "Record ID,Deal Name,Deal Stage,Amount,Currency,Associated Company\n"
        "1,Pilot,Closed Won,100,EUR,Sample Acme\n2,Support,Closed Won,200,USD,Sample Acme\n"
        "3,Seats,Closed Won,400,,Sample Acme\n4,Later,Closed Won,,,Sample Acme\n"
    )
    words = (str(path), "--stage", "Closed Won=won", "--apply")
    assert terminal.imports(*words) == 1
    assert terminal.error == (
        "Some amounts are in EUR, USD and others name no currency, as in line 4. Say which one those are in: add "
        "--currency and its three letters.\n"
    )
    assert deals(store) == {}
    assert terminal.imports(*words, "--currency", "usd") == 0
    assert "3 deals of accounts that have bought before name no type, so their rows are left out." in terminal.out
    assert "Undo with: cadence import --undo 2" in terminal.out
    assert terminal.imports(*words, "--currency", "usd", "--further", "existing") == 0
    assert {(row.name, row.amount_cents, row.currency) for row in deals(store).values()} == {
        ("Pilot", 10_000, "EUR"),
        ("Support", 20_000, "USD"),
        ("Seats", 40_000, "USD"),
        ("Later", None, ""),
    }
    rows = [opportunity_facts(row) for row in deals(store).values()]
    assert sum_of(rows) == DealSum(4, (("EUR", 10_000), ("USD", 60_000)), unknown=1)


@pytest.mark.usefixtures("accounts")
def test_the_stages_that_deals_imply_are_named_with_where_to_confirm_them(terminal: Terminal) -> None:
    assert terminal.imports(DEALS, *PHASES, "--apply") == 0
    assert "imply a later stage: Sample Acme (opportunity), Sample Globex (customer)" in terminal.out
    assert ". Confirm on the card or agenda in Slack." in terminal.out
    assert terminal.imports(DEALS, *PHASES, "--apply") == 0
    assert "imply a later stage" not in terminal.out
