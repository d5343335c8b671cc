"""Hand-worked cases of accounts that are new: on the list at the end of the period (day 70, day 77], not before it.

New stands after needs intervention, stalled, expanded and advanced: a reason to step in, or a stall, comes before it.
"""

from collections.abc import Callable

from agendas.rules.reviews import place
from tests.agendas.rules.history.histories import NOW_DAY, REVIEW_DAY, History, named, nominated, shown
from tests.cases import cases


def named_on(on_day: float, *earlier: tuple[str, float], tier: int = 1) -> History:
    """An account with an action to come that is named on a day, after these statuses."""
    history = nominated()
    history.promise(69, due_in_days=30)
    for status, earlier_on in earlier:
        history.put(status, earlier_on, tier)
    history.put("named", on_day, tier)
    return history


def after(history: History, *statuses: tuple[str, float]) -> History:
    for status, on_day in statuses:
        history.put(status, on_day)
    return history


def stepped() -> History:
    history = named_on(72)
    history.move("engaged", 73, shown(73))
    return history


def silent() -> History:
    """Engaged since day 20 as a candidate, and silent for 57 days where 21 are the limit, when it is named."""
    history = nominated()
    history.move("engaged", 20, shown(20))
    history.promise(69, due_in_days=30)
    history.put("named", 72, 2)
    return history


def blocked() -> History:
    history = named_on(72)
    history.block(73, needs="executive")
    return history


CASES: list[tuple[str, Callable[[], History], str]] = [
    # the period does not hold its first instant: it was on the list at both ends
    ("named at the beginning", lambda: named_on(REVIEW_DAY), "steady"),
    # a quarter of an hour later it is within
    ("named just after the beginning", lambda: named_on(REVIEW_DAY + 0.01), "new"),
    ("named in the middle", lambda: named_on(73), "new"),
    # the period holds its last instant
    ("named at the very end", lambda: named_on(NOW_DAY), "new"),
    # on the list at both ends, whatever its tier was in between
    ("of another tier", lambda: after(named(1, "engaged"), ("named", 72)), "steady"),
    # turned down before, and named now
    ("rejected before", lambda: named_on(72, ("rejected", 60)), "new"),
    # left before the period, and came back in it
    ("removed before", lambda: named_on(72, ("named", 5), ("removed", 60)), "new"),
    ("paused before", lambda: named_on(72, ("named", 60), ("paused", 66)), "new"),
    # its days on the list go on from day 5 in a pause: 72 at a target, where tier 1 has 60
    ("paused before, and too long at a target", lambda: named_on(72, ("named", 5), ("paused", 60)), "stalled"),
    # left and came back within the period: on the list at both ends
    ("removed and back", lambda: after(named(1, "engaged"), ("removed", 72), ("named", 74)), "steady"),
    # a step since it was named counts from there, and that it is new stands beside it
    ("with a step", stepped, "advanced"),
    # named while it is silent for too long: the stall is told
    ("already stalled", silent, "stalled"),
    # a blocker that needs an executive does so from the first day
    ("with a reason to step in", blocked, "needs_intervention"),
    # named and paused within the period: it is not on the list at the end
    ("paused at the end", lambda: after(named_on(72), ("paused", 74)), "steady"),
]


@cases(("history", "bucket"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_new_is_as_worked_out_by_hand(history: Callable[[], History], bucket: str) -> None:
    assert place(history().facts()).bucket == bucket
