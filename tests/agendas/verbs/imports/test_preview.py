"""The preview of a file is drawn while reading, and the write that follows only queues it."""

from sqlmodel import select

from agendas.rendering.words import Words
from agendas.rules.import_tables import ImportOptions
from agendas.verbs import import_runs
from agendas.verbs.imports import drawn_preview
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.events import FileImport
from tests.builders import NOW, author
from tests.program import learn_people

CONTENT = b"name,domain\nAcme Corp,acme.example\n"


def test_the_preview_that_was_drawn_is_the_letter_that_is_queued(store: Store) -> None:
    learn_people(store)
    file = {"what": "", "file_id": "F0FILE001", "file_name": "accounts.csv"}
    number = store.write_now(lambda session: import_runs.ask_for(session, author(), **file).row_id)
    job = import_runs.Job(number, 1, author(), **file, options=ImportOptions(NOW), is_confirmed=False, run_id=None)
    preview, questions = store.read_now(drawn_preview, job, CONTENT, Words())
    assert store.read_now(lambda session: session.exec(select(Letter)).all()) == []
    store.write_now(import_runs.show, job, preview, questions)
    [letter] = store.read_now(lambda session: session.exec(select(Letter)).all())
    assert letter.subject["messages"] == [
        {"text": each.text, "blocks": each.blocks, "plain": each.plain} for each in preview
    ]
    assert store.read_now(lambda session: session.exec(select(FileImport.state)).one()) == "shown"
