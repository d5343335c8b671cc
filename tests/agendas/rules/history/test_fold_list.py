"""Folding nominations, edits and list changes into an account."""

from agendas.facts.account import ListStatus
from agendas.facts.events import Edited, ListChanged, Nominated, Profile
from tests.agendas.rules.history.histories import day, named, nominated


def test_a_second_nomination_brings_a_removed_account_back_as_a_candidate() -> None:
    history = nominated()
    history.put("removed", 1)
    history.add(Nominated(Profile("Sample Acme Group"), "New budget"), 2)
    assert (history.state.list_status, history.state.name) == (ListStatus.CANDIDATE, "Sample Acme Group")
    assert history.state.because == "New budget"


def test_a_second_nomination_leaves_a_named_account_named() -> None:
    history = named(tier=2)
    history.add(Nominated(Profile("Sample Acme")), 70)
    assert (history.state.list_status, history.state.tier) == (ListStatus.NAMED, 2)
    assert history.state.because == "Sample reason"


def test_an_edit_replaces_the_profile_and_is_no_update() -> None:
    history = nominated()
    history.add(Edited(Profile("Sample Acme", domain="acme.example", owner="U2")), 3)
    assert history.state.profile.owner == "U2"
    assert history.state.last_update_at is None
    assert history.state.last_event_at == day(3)


def test_the_written_reason_is_that_of_the_latest_naming_not_of_a_pause_or_a_restore() -> None:
    history = nominated()
    changes = (
        ("named", 1, "They grew", "They grew"),
        ("paused", 1, "Merger", "They grew"),
        ("named", 1, "Merger done", "They grew"),
        ("named", 2, "Smaller than thought", "Smaller than thought"),
        ("removed", None, "Acquired", "Smaller than thought"),
        ("candidate", None, "Sold again", "Smaller than thought"),
        ("named", 2, "Their budget is back", "Their budget is back"),
    )
    for number, (status, tier, because, justification) in enumerate(changes, 1):
        history.add(ListChanged(status, tier, because), number)
        assert (history.state.because, history.state.justification) == (because, justification)


def test_a_list_change_sets_status_tier_and_reason() -> None:
    history = nominated()
    history.put("named", 2, tier=2)
    state = history.state
    assert (state.list_status, state.tier, state.because) == (ListStatus.NAMED, 2, "Sample reason")
    assert (state.named_at, state.list_changed_at) == (day(2), day(2))


def test_a_pause_and_a_change_of_tier_keep_the_day_it_was_named() -> None:
    history = nominated()
    history.put("named", 2)
    history.put("named", 3, tier=2)
    history.put("paused", 5)
    history.put("named", 9)
    assert (history.state.named_at, history.state.list_changed_at) == (day(2), day(9))


def test_an_account_named_again_after_removal_is_named_from_that_day() -> None:
    history = nominated()
    history.put("named", 2)
    history.put("removed", 5)
    assert history.state.named_at == day(2)
    history.put("named", 9)
    assert history.state.named_at == day(9)


def test_a_paused_candidate_is_named_from_the_day_it_first_comes_on_the_list() -> None:
    history = nominated()
    history.put("paused", 2)
    history.put("named", 4)
    assert history.state.named_at == day(4)
