"""Properties of the measures over random programs: buckets partition the list; what is unrelated changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.deals import Phase
from agendas.facts.events import Change, Edited, Noted, Profile
from agendas.facts.measures import Program
from agendas.facts.narrative import Narrative, NarrativeWritten, ProductField, ProductInputGiven
from agendas.facts.program import TIERS
from agendas.facts.reviews import Bucket
from agendas.rules.measures import Figure, FigureCode, accounts_behind, buckets, figures_of
from agendas.rules.pipeline import named_in, progression_of
from tests.agendas.rules.history.histories import History, named, shown
from tests.agendas.rules.measures.programs import of

DAYS = st.integers(2, 77)
STAGES = st.sampled_from(["target", "aware", "engaged", "mqa", "opportunity", "customer"])
UNRELATED: tuple[Change, ...] = (
    Edited(Profile("Sample Acme", segment="Banks")),
    NarrativeWritten(Narrative("pressure", "view", "proof", "ask")),
    ProductInputGiven(ProductField.USE_CASE, "Sample case"),
    Noted("Sample note"),
)
"""Changes that say nothing of where an account stands, moves or is stuck."""

STEPS = st.one_of(
    st.tuples(st.just("move"), STAGES, st.booleans()),
    st.tuples(st.just("deal"), st.sampled_from(list(Phase)), st.sampled_from([None, 1_000, 50_000])),
    st.tuples(st.just("block"), st.sampled_from([None, "executive"]), st.none()),
    st.tuples(st.just("put"), st.sampled_from(["named", "paused", "removed"]), st.sampled_from(TIERS)),
    st.tuples(st.just("promise"), st.integers(1, 40), st.none()),
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """An account that was named, with a few steps in the order of their days."""
    history = named(draw(st.sampled_from(TIERS)), draw(STAGES), since=draw(st.integers(2, 60)))
    for on_day in sorted(draw(st.lists(DAYS, max_size=5))):
        kind, first, second = draw(STEPS)
        if kind == "move":
            history.move(first, on_day, *((shown(on_day),) if second else ()))
        elif kind == "deal":
            history.deal(first, on_day, shown(on_day), amount_cents=second, currency="EUR")
        elif kind == "block":
            history.block(on_day, needs=first)
        elif kind == "put":
            history.put(first, on_day, second)
        else:
            history.promise(on_day, due_in_days=first)
    return history


PROGRAMS = st.lists(histories(), max_size=4)


def ids(program: Program, code: FigureCode, tier: int | None, of_: str = "") -> tuple[int, ...]:
    return accounts_behind(program, Figure(code, tier, of_))


@given(PROGRAMS)
def test_the_buckets_of_each_tier_partition_its_named_accounts(members: list[History]) -> None:
    program = of(*members)
    for tier in (None, *TIERS):
        on_list = ids(program, FigureCode.NAMED, tier)
        in_buckets = [id_ for bucket in Bucket for id_ in ids(program, FigureCode.BUCKET, tier, bucket)]
        assert sorted(in_buckets) == sorted(on_list)
        assert sum(buckets(program, tier).values()) == len(on_list)
        assert set(on_list).isdisjoint(ids(program, FigureCode.PAUSED, tier))
    assert sum(buckets(program).values()) == sum(sum(buckets(program, tier).values()) for tier in TIERS)


@given(PROGRAMS)
def test_who_moved_can_be_compared_and_moved_one_way_alone(members: list[History]) -> None:
    program = of(*members)
    found = progression_of(program)
    ways = (found.advanced, found.regressed, found.claimed)
    assert all(set(way) <= set(found.comparable) for way in (*ways, found.bounced, found.momentum, found.met))
    assert len({id_ for way in ways for id_ in way}) == sum(map(len, ways))
    assert set(found.comparable).isdisjoint(found.customers)
    assert {*found.comparable, *found.customers} == {e.account_id for e in named_in(program) if e.was_named}


@given(PROGRAMS, histories(), st.sampled_from(UNRELATED), DAYS)
def test_an_unrelated_event_changes_no_figure(
    members: list[History], last: History, change: Change, on_day: int
) -> None:
    before = figures_of(of(*members, last))
    last.add(change, on_day)
    assert figures_of(of(*members, last)) == before


@given(PROGRAMS, histories())
def test_another_account_changes_nothing_behind_the_figures_of_the_others(
    members: list[History], other: History
) -> None:
    alone, beside = of(*members), of(*members, other)
    new_id = len(members) + 1
    for code in FigureCode:
        found = ids(beside, code, None, "EUR")
        assert tuple(id_ for id_ in found if id_ != new_id) == ids(alone, code, None, "EUR")
