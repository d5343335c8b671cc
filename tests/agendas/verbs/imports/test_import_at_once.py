"""Imports and nominations at the same moment: one account of each name."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from agendas.errors import Refused
from agendas.facts.events import Profile
from agendas.verbs import account_list
from agendas.verbs.imports import known_accounts
from storage import imports
from storage.database import Store
from tests.agendas.verbs.imports.importing import by_name, does_import, rows_of
from tests.builders import WORKSPACE, author

pytestmark = pytest.mark.database("sqlite", "postgres")


def created(store: Store) -> int:
    """How many accounts the imports say they added."""
    return sum(run.counts["create"] for run in store.read_now(imports.runs, WORKSPACE))


def test_two_imports_of_one_file_at_once_make_each_account_once(team: Store) -> None:
    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(does_import, team, rows_of("hubspot_labels.csv")) for _ in range(2)]
        for each in both:
            each.result()
    assert len(by_name(team)) == 4
    assert created(team) == 4


def test_an_import_and_a_nomination_at_once_make_one_account_of_a_name(team: Store) -> None:
    def nominates() -> str:
        try:
            team.write_now(account_list.nominate, author(), Profile("Sample Acme"), because="x")
        except Refused:
            return "refused"
        return "nominated"

    with ThreadPoolExecutor(2) as threads:
        imported = threads.submit(does_import, team, rows_of("hubspot_labels.csv"))
        nominated = threads.submit(nominates)
        imported.result()
    assert (created(team), nominated.result()) in {(4, "refused"), (3, "nominated")}
    assert len(by_name(team)) == 4


def test_what_is_known_while_somebody_nominates_has_no_words_of_an_account_it_has_not(team: Store) -> None:
    nominated: list[str] = []
    with team.reading() as session:

        @event.listens_for(session.connection(), "after_cursor_execute")
        def meanwhile(*_told: object) -> None:
            if not nominated:
                nominated.append("Sample Acme")
                team.write_now(account_list.nominate, author(), Profile("Sample Acme"), because="x")

        known = known_accounts(session, WORKSPACE)
    assert nominated
    assert {number for numbers in known.by_key.values() for number in numbers} <= set(known.states)
