"""Folding nominations, edits and list changes into an account."""

from dataclasses import replace

from agendas.facts.account import ListStatus
from agendas.facts.events import Corrected, Edited, ListChanged, Nominated, Profile
from agendas.facts.narrative import Justification, Justified
from tests.agendas.rules.history.histories import History, day, named, nominated


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


def test_the_written_reason_is_that_of_the_latest_naming_not_of_a_pause_a_restore_or_another_tier() -> None:
    history = nominated()
    changes = (
        ("named", 1, "They grew", "They grew"),
        ("paused", 1, "Merger", "They grew"),
        ("named", 1, "Merger done", "They grew"),
        ("named", 2, "Smaller than thought", "They grew"),
        ("removed", None, "Acquired", "They grew"),
        ("candidate", None, "Sold again", "They grew"),
        ("named", 2, "Their budget is back", "Their budget is back"),
    )
    for number, (status, tier, because, why_account) in enumerate(changes, 1):
        history.add(ListChanged(status, tier, because), number)
        assert (history.state.because, history.state.justification.why_account) == (because, why_account)


def test_a_naming_or_a_nomination_sets_the_parts_it_gives_and_keeps_the_others() -> None:
    history = History()
    history.add(Nominated(Profile("Sample Acme"), "400 seats", "Renews in April"), 0)
    assert history.state.justification == Justification("400 seats", "Renews in April")
    history.add(ListChanged("named", 1, "They grew", motion="Our CFO calls"), 1)
    assert history.state.justification == Justification("They grew", "Renews in April", "Our CFO calls")
    history.add(ListChanged("paused", 1, "Merger"), 2)
    history.add(Nominated(Profile("Sample Acme"), why_now="Renews in May"), 3)
    assert history.state.justification == Justification("They grew", "Renews in May", "Our CFO calls")


def test_a_change_of_the_justification_sets_the_parts_that_differ_also_to_nothing() -> None:
    history = History()
    history.add(Nominated(Profile("Sample Acme"), "400 seats", "Renews in April", "Our CFO calls"), 0)
    before = history.state.justification
    first = history.add(Justified(replace(before, why_now=""), before), 1)
    history.add(Justified(replace(before, motion="A pilot"), before), 2)
    assert history.state.justification == Justification("400 seats", "", "A pilot")
    history.add(Corrected(first), 3)
    assert history.state.justification == Justification("400 seats", "Renews in April", "A pilot")


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
