from dataclasses import replace
from datetime import timedelta

import pytest

from agendas.errors import Outdated
from agendas.facts.people import Right
from agendas.facts.program import AccountChange, AuditFacts, TrailFilter
from agendas.pages.trail import trail_page
from agendas.rendering.words import Words
from agendas.verbs import account_list, updates
from agendas.verbs.corrections import correct
from agendas.verbs.reads import get_person
from agendas.verbs.trail_page import LINES_PER_PAGE, older_facts, trail_facts
from storage.database import hiding
from tests.agendas.golden import drawn
from tests.builders import ANN, BOB, EVE, HOUR, NOW, WORKSPACE, profile
from tests.cases import cases
from tests.program import Program

WORDS = Words()


def test_page_after_page_tells_every_entry_once(program: Program) -> None:
    eve = program.read(get_person, EVE, now=NOW)
    facts = program.read(trail_facts, TrailFilter(), reader=eve, now=NOW)
    told = list(facts.lines)
    while facts.more_value:
        facts = program.read(older_facts, facts.more_value, reader=eve, now=NOW)
        told = [*told, *facts.lines]
    assert len(told) > LINES_PER_PAGE
    assert len({(line.at, repr(line.change)) for line in told}) == len(told)
    assert [line.at for line in told] == sorted((line.at for line in told), reverse=True)


def test_an_edit_is_told_from_what_stood_before_it_without_what_was_corrected(program: Program) -> None:
    acme, eve = program.accounts["acme"], program.read(get_person, EVE, now=NOW)
    wrong = program.did(account_list.edit, ANN, NOW, acme, replace(profile("Acme Corp"), segment="Retial"))
    program.did(correct, ANN, NOW + HOUR, wrong.event.id, "A slip", is_editor=True)
    program.did(
        account_list.edit, ANN, NOW + 2 * HOUR, acme, replace(profile("Acme Corp"), segment="Retail", owner=BOB)
    )
    facts = program.read(trail_facts, TrailFilter(account_id=acme), reader=eve, now=NOW + 3 * HOUR)
    newest, correction, mistaken = (line.change for line in facts.lines[:3])
    assert isinstance(newest, AccountChange)
    assert newest.before is not None
    assert newest.before.segment != "Retial"
    assert isinstance(correction, AccountChange)
    assert correction.corrected == wrong.event
    assert isinstance(mistaken, AccountChange)
    page = drawn("acme", trail_page(facts, WORDS))
    assert "→ Retail" in page or "segment Retail" in page
    assert "corrected the edit of the profile of Tue 24 Nov by Ann on Acme Corp: A slip" in page


def test_an_editor_finds_only_what_is_about_accounts_whatever_is_asked(program: Program) -> None:
    ann = program.read(get_person, ANN, now=NOW)
    assert ann.right is Right.EDITOR
    for wanted in (TrailFilter(), TrailFilter(user_id=EVE), TrailFilter(first=(NOW - timedelta(days=200)).date())):
        facts = program.read(trail_facts, wanted, reader=ann, now=NOW)
        assert facts.lines
        assert all(not isinstance(line.change, AuditFacts) or line.change.account_id for line in facts.lines)
        assert facts.admins == (EVE,)


def test_what_is_of_a_private_account_is_not_told_to_who_may_not_see_it(program: Program) -> None:
    acme, eve = program.accounts["acme"], program.read(get_person, EVE, now=NOW)
    program.did(updates.move, ANN, NOW, acme, text="News", to_stage=None)
    with program.store.reading() as session, hiding(session, {acme}):
        facts = trail_facts(session, WORKSPACE, TrailFilter(), reader=eve, now=NOW)
        assert "Acme" not in drawn("all", trail_page(facts, WORDS))
        with pytest.raises(Outdated):
            trail_facts(session, WORKSPACE, TrailFilter(account_id=acme), reader=eve, now=NOW)


@cases(
    "value",
    ["", "1", "1 a 2 0 - - -x", "1 b 2 0 - - -", "9" * 18 + " a 1 0 - - -", "1 a 2 0 - 2026-13-01 -", "1 a 2 0 u - -"],
)
def test_a_value_that_no_button_carries_is_none(program: Program, value: str) -> None:
    assert program.read(older_facts, value, reader=program.read(get_person, EVE, now=NOW), now=NOW) is None
