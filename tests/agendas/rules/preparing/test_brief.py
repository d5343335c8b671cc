"""Changes, promises and decisions that a brief names."""

from dataclasses import replace
from datetime import timedelta

from agendas.facts.reviews import AgendaItem, Change, ItemPart
from agendas.rules.history import is_updated
from agendas.rules.preparing import changes, matter_most, promised, silent_owners
from agendas.rules.reviews import fit, order, place
from tests.agendas.rules.history.histories import named, shown


def items(**values: int) -> tuple[AgendaItem, ...]:
    stuck = named(1, "engaged", name="Stuck", since=50)
    blocked = named(2, "engaged", name="Blocked")
    blocked.block(75, needs="executive")
    moved = named(3, "engaged", name="Moved")
    moved.move("mqa", 72, shown(72))
    steady = named(1, "engaged", name="Steady")
    placed = [
        AgendaItem(0, facts, place(facts), times_left_out=values.get(facts.account.name.lower(), 0))
        for facts in (each.facts() for each in (stuck, blocked, moved, steady))
    ]
    numbered = [
        replace(each, facts=replace(each.facts, account=replace(each.facts.account, account_id=number)))
        for number, each in enumerate(placed, start=1)
    ]
    return fit(order(numbered), 45)


def test_each_account_that_changed_is_named_once_under_its_kind() -> None:
    found = changes(items())
    assert found[Change.ADVANCED] == ("Moved",)
    assert found[Change.STALLED] == ("Stuck",)
    assert [name for names in found.values() for name in names if name == "Steady"] == []


def test_three_at_most_are_named_for_their_decision_those_in_need_first_and_steady_ones_never() -> None:
    found = [item.facts.account.name for item, _ in matter_most(items())]
    assert found[0] == "Blocked"
    assert "Steady" not in found
    assert len(found) <= 3
    again = [item.facts.account.name for item, _ in matter_most(items(moved=2))]
    assert again.index("Moved") < again.index("Stuck"), "what was left out before comes first among those of less need"


def test_a_promise_is_told_from_the_day_after_it_was_due_the_latest_first() -> None:
    told = items()
    dues = sorted(action.due_on for each in told for action in each.facts.account.open_actions)
    assert promised(told, min(dues, default=None) or told[0].facts.now.date() - timedelta(days=400)) == ()


def test_owners_of_accounts_without_a_word_since_the_last_review_are_silent_where_they_are_discussed() -> None:
    told = items()
    counted = dict(silent_owners(told))
    discussed = [each for each in told if each.part is ItemPart.DISCUSSED]
    assert sum(counted.values()) <= len(discussed)
    assert silent_owners([replace(each, part=ItemPart.LISTED) for each in told]) == []


def test_that_an_account_was_named_is_no_update_of_it_and_what_was_recorded_since_is_one() -> None:
    new = named(1, "engaged", name="New")
    facts = replace(new.facts(), before=None, since=None, events=tuple(new.events))
    assert facts.account.named_at is not None
    later = [event for event in facts.events if event.recorded_at > facts.account.named_at]
    assert is_updated(facts) is bool(later)
    assert not is_updated(replace(facts, events=tuple(each for each in facts.events if each not in later)))
    moved = named(1, "engaged", name="New")
    moved.move("mqa", 72, shown(72))
    assert is_updated(replace(moved.facts(), before=None, since=None, events=tuple(moved.events)))
