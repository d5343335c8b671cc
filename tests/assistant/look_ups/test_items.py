"""Answers about things of accounts as a whole: rights, buttons, long lists, and how much is read."""

from agendas.facts.found import AccountStanding
from agendas.facts.people import Function
from agendas.rendering.page import Line
from assistant.query import Query, Subject
from storage.database import Store
from tests.assistant.asking import DM, found_by, told
from tests.assistant.look_ups.queries import (
    ACTIONS,
    ASKS,
    BLOCKERS,
    LIST,
    NORA,
    PAULA,
    of,
)


def test_only_who_is_in_its_channel_finds_a_private_account(world: Store) -> None:
    query = Query(BLOCKERS, LIST, states=(AccountStanding.NEEDS_INTERVENTION,))
    assert "Orrin Rail" in told(world, "paula", query)
    assert "Orrin Rail" not in told(world, "nora", query)
    assert "Orrin Rail" not in told(world, "nora", Query(Subject.DEALS, LIST))
    assert told(world, "nora", Query(BLOCKERS, LIST, of=of("orrin"))) == "No open blocker recorded."


def test_open_work_has_its_buttons_where_the_asker_alone_reads_and_may_record(world: Store) -> None:
    query = Query(ACTIONS, LIST, whose=(NORA,))
    items = found_by(world, "nora", query, DM).page.items
    labels = [[each.button.label, *(other.label for other in each.others)] for each in items if isinstance(each, Line)]
    assert labels[0] == ["Done", "Move to", "Edit", "Drop"]
    assert not [each for each in found_by(world, "nora", query).page.items if isinstance(each, Line)]
    # Paula is a viewer
    assert not [each for each in found_by(world, "paula", query, DM).page.items if isinstance(each, Line)]
    asks = found_by(world, "priya", Query(ASKS, LIST, whose=(PAULA,)), DM).page.items
    assert [each.button.label for each in asks if isinstance(each, Line)] == ["Answer", "Answer"]


def test_a_long_list_says_how_many_there_are_and_how_many_it_shows(world: Store) -> None:
    answer = told(world, "priya", Query(Subject.CHANGES, LIST))
    assert "15 of " in answer
    assert answer.count("\n• ") == 15 - answer.startswith("• ")


def test_the_answer_tells_its_accounts_and_its_events_for_what_is_asked_next(world: Store) -> None:
    found = found_by(world, "nora", Query(BLOCKERS, LIST, needs=(Function.FINANCE,)))
    assert found.listed == of("halden", "kestrel")
    assert len(found.items) == 2
    assert found_by(world, "nora", Query(Subject.DEALS, LIST)).items == ()
