"""The preview of a file is drawn while reading, and the write that follows only queues it."""

from sqlmodel import select

from agendas.rendering.words import Words
from agendas.rules.imports.reading.dates import ImportOptions
from agendas.verbs.imports import jobs
from agendas.verbs.imports.preview import drawn_preview
from storage.database.engine import Store
from storage.tables import FileImport, Letter
from tests.builders import NOW, author
from tests.program import learn_people

CONTENT = b"name,domain\nAcme Corp,acme.example\n"


def test_the_preview_that_was_drawn_is_the_letter_that_is_queued(store: Store) -> None:
    learn_people(store)
    file = {"what": "", "file_id": "F0FILE001", "file_name": "accounts.csv"}
    number = store.write_now(lambda session: jobs.ask_for(session, author(), **file).row_id)
    job = jobs.Job(number, 1, author(), **file, options=ImportOptions(NOW), is_confirmed=False, run_id=None)
    preview, questions = store.read_now(drawn_preview, job, CONTENT, Words())
    assert store.read_now(lambda session: session.exec(select(Letter)).all()) == []
    store.write_now(jobs.show, job, preview, questions)
    [letter] = store.read_now(lambda session: session.exec(select(Letter)).all())
    assert letter.subject["messages"] == [
        {"text": each.text, "blocks": each.blocks, "plain": each.plain} for each in preview
    ]
    assert store.read_now(lambda session: session.exec(select(FileImport.state)).one()) == "shown"
