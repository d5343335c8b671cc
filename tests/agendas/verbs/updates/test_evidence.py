"""Evidence of updates: the actors read, and links and days that are refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agendas.errors import Refused
from agendas.facts.account import Stage
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.verbs.updates import updates
from storage.database.engine import Store
from tests.builders import ANN, HOUR, NOW
from tests.program import Program, stored_program

SECOND = timedelta(seconds=1)


@pytest.fixture
def program(store: Store) -> Program:
    """The sample program, with its third review open."""
    return stored_program(store)


def link(url: str, actor: EvidenceActor | None = None) -> Evidence:
    """A link to what shows something, by default without a chosen actor."""
    return Evidence("Minutes", NOW, url, actor=actor)


def test_a_link_to_a_page_of_a_bigger_site_than_an_accounts_is_taken(program: Program) -> None:
    docs = link("https://docs.globex.example/d/1", EvidenceActor.BUYER)
    moved = program.did(
        updates.move, ANN, NOW, program.accounts["acme"], text="x", to_stage=Stage.MQA, evidence=(docs,)
    )
    assert moved.event.evidence == (replace(docs, step="mqa"),)


def test_a_link_to_another_accounts_site_is_taken_for_news_and_blockers_and_for_no_step(program: Program) -> None:
    acme, site = program.accounts["acme"], link("https://www.globex.example/news")
    with pytest.raises(Refused, match="globex.example is the site of Globex"):
        program.did(updates.move, ANN, NOW, acme, text="x", to_stage=Stage.MQA, evidence=(site,))
    assert program.did(updates.move, ANN, NOW, acme, text="x", evidence=(site,)).event.evidence
    assert program.did(updates.open_blocker, ANN, NOW, acme, text="x", evidence=(site,)).event.evidence


def test_the_evidence_of_a_next_action_says_who_acted(program: Program) -> None:
    mail, acme = link("https://notes.example/mail"), program.accounts["acme"]
    due = date(2026, 11, 27)
    theirs = program.did(updates.add_action, ANN, NOW, acme, text="They asked for a date", due_on=due, evidence=(mail,))
    assert [piece.actor for piece in theirs.event.evidence] == [EvidenceActor.BUYER]
    unclear = program.did(updates.add_action, ANN, NOW, acme, text="Minutes", due_on=due, evidence=(mail,))
    assert [piece.actor for piece in unclear.event.evidence] == [EvidenceActor.IN_DOUBT]


def test_a_message_of_a_clock_a_little_ahead_is_of_today_and_one_of_tomorrow_is_refused(program: Program) -> None:
    acme, message = program.accounts["acme"], replace(link("https://sample.example/p1"), kind="message")
    ahead = replace(message, dated_at=NOW + SECOND)
    assert program.did(updates.move, ANN, NOW, acme, text="x", evidence=(ahead,)).event.evidence
    with pytest.raises(Refused, match="has not come yet"):
        program.did(updates.move, ANN, NOW, acme, text="x", evidence=(replace(message, dated_at=NOW + 24 * HOUR),))
