"""The upgrade of a database from before the actor of evidence was asked, with a claim, a closed review, an import."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import inspect

from agendas.facts.account import Stage
from agendas.verbs.reads.reviews.facts import review_facts
from storage.asked import evidence_questions
from storage.database.engine import Store
from storage.database.migrate import is_current, revisions, upgrade, upgrade_to
from tests.agendas.verbs.evidence.older import (
    DOUBTFUL,
    OURS,
    THEIRS,
    closes,
    judged,
    questions,
    reads,
    state,
    tells,
)
from tests.agendas.verbs.imports.importing import by_name, does_import, rows_of, undoes
from tests.builders import CLEO, HOUR, NOW
from tests.program import Program, stored_program
from tests.rebuilding import rebuild_review
from tests.rows import everything_in, put_into_earlier

WEEK = timedelta(days=7)


BEFORE = revisions()[revisions().index("0022") - 1]


@pytest.fixture
def program(store: Store, empty_database_url: str) -> Iterator[Program]:
    """A closed review that counted older evidence, an open one, an import, and claims: in the schema before."""
    program = stored_program(store)
    tells(program, 0.9, "umber", OURS, to_stage=Stage.MQA, who=CLEO)
    tells(program, 0.8, "acme", DOUBTFUL, to_stage=Stage.MQA)
    tells(program, 0.7, "initrode", THEIRS, to_stage=Stage.ENGAGED)
    closes(program, NOW + HOUR)
    program.opens_review(NOW + WEEK - timedelta(days=1))
    does_import(store, rows_of("hubspot_names.csv"))
    earlier = Store(empty_database_url)
    upgrade_to(earlier, BEFORE)
    put_into_earlier(earlier, everything_in(store))
    yield replace(program, store=earlier)
    earlier.close()


def test_an_upgrade_leaves_every_account_of_before_to_be_read_and_no_new_one(program: Program) -> None:
    upgrade(program.store)
    assert is_current(program.store)
    assert "evidence_question" in inspect(program.store.engine).get_table_names()
    unread = program.store.read_now(evidence_questions.unread_accounts, 10_000)
    assert set(program.accounts.values()) <= set(unread)
    reads(program, NOW + WEEK)
    does_import(program.store, rows_of("salesforce_names.csv"), 300)
    assert program.store.read_now(evidence_questions.unread_accounts, 10_000) == []


def test_claims_and_silence_are_read_after_an_upgrade_and_the_closed_review_stays_as_it_was(program: Program) -> None:
    upgrade(program.store)
    review_id = program.reviews[-2]
    before = program.read(review_facts, review_id, now=NOW + WEEK)
    reads(program, NOW + WEEK)
    assert {actor for _, actor, _ in judged(program)} == {"us", "buyer"}
    assert state(program, "umber").claimed_from is Stage.TARGET
    assert state(program, "initrode").stage_has_evidence
    assert state(program, "acme").stage_has_evidence
    assert len(questions(program)) == 1
    closes(program, NOW + WEEK)
    assert not state(program, "acme").stage_has_evidence
    assert program.read(review_facts, review_id, now=NOW + WEEK).items == before.items
    assert program.read(rebuild_review, review_id).items == before.items


def test_an_import_from_before_is_undone_after_an_upgrade(program: Program) -> None:
    upgrade(program.store)
    reads(program, NOW + WEEK)
    undone = undoes(program.store, 1, 300)
    assert undone.removed + undone.taken_back > 0
    assert by_name(program.store)["Umber Foods"].claimed_from is Stage.TARGET
