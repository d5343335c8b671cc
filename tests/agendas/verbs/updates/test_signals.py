"""Signals that people note: what two clicks at once on Undo do."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from agendas.errors import Outdated
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.update_words import SignalEntry
from agendas.verbs.signals import note_signal, take_back_signal
from storage.database import Store
from tests.builders import ANN, ago, author
from tests.program import stored_program
from tests.storage.waiting import until_it_waits


@pytest.mark.database("sqlite", "postgres")
def test_of_two_clicks_at_once_on_undo_the_second_finds_the_signal_taken_back(store: Store) -> None:
    program = stored_program(store)
    entry = SignalEntry(SignalKind.CONTENT, SignalStrength.HIGH, "Read the price list")
    noted = program.did(note_signal, ANN, ago(0.1), program.accounts["acme"], entry)
    with ThreadPoolExecutor(1) as threads:
        with store.writing() as session:
            take_back_signal(session, author(ANN, ago(0.099)), noted.signal.id)
            second = threads.submit(program.did, take_back_signal, ANN, ago(0.098), noted.signal.id)
            until_it_waits(store, second)
        with pytest.raises(Outdated, match="taken back already"):
            second.result()
