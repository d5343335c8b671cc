"""Compare the two computations over random cases; say the smallest case in which they differ."""

from collections.abc import Callable

from hypothesis import Phase, assume, settings

from tests.naive.cases import Case, number
from tests.naive.histories import random_case
from tests.naive.undefined import is_any

IS_FULL = settings.get_current_profile_name() == "full"
HISTORIES = settings(max_examples=500 if IS_FULL else 30, phases=(Phase.generate,), deadline=None)
"""30 histories in each run, 500 in the full profile. What fails is made small here: a seed cannot be."""

Answer = Callable[[Case], object]
Shapes = tuple[Callable[[Case], bool], ...]


def assert_equal(seed: int, naive: Answer, program: Answer, *, without: Shapes = ()) -> None:
    """Fail with the smallest history in which the answers differ, at a held review or now.

    Instants at which the case has one of the shapes are left out.
    """
    case = random_case(seed)
    looks = [look for look in map(case.at, (*case.reviews, case.now)) if not is_any(look, *without)]
    assume(looks)

    def differ(each: Case) -> bool:
        return not is_any(each, *without) and naive(each) != program(each)

    for look in looks:
        if differ(look):
            small = smallest(look, differ)
            raise AssertionError(f"naive: {naive(small)}\nprogram: {program(small)}\n{told(small)}")


def smallest(case: Case, fails: Callable[[Case], bool]) -> Case:
    """The case without every event that it does not need to fail."""
    shrunk = True
    while shrunk:
        shrunk = False
        for event in reversed(case.events):
            if event.change.kind != "nominated" and fails(case.without(event)):
                case, shrunk = case.without(event), True
    return case


def told(case: Case) -> str:
    lines = [f"now day {number(case.now)}, reviews on {[number(at) for at in case.reviews]}, {case.zone}"]
    for event in case.known:
        lines.append(f"#{event.id} day {number(event.happened_at)} told {number(event.recorded_at)} {event.change}")
        for piece in event.evidence:
            what = f"{piece.actor} step={piece.step!r} {piece.kind} {piece.act} by {piece.contact_ids}"
            lines.append(f"    {what} dated {number(piece.dated_at)}")
    return "\n".join(lines)
