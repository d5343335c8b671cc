from agendas.facts.deals import Phase
from agendas.facts.measures import Progression, TrendKind, TrendPoint
from agendas.facts.reviews import Bucket
from agendas.rules.measures import buckets, figures_of
from tests.agendas.rules.history.histories import named, nominated, shown
from tests.agendas.rules.measures.programs import NOW, of
from tests.cases import cases


def test_figures_of_an_empty_program_are_empty() -> None:
    figures = figures_of(of(), TrendKind.REVIEW)
    assert figures == TrendPoint(NOW.date(), TrendKind.REVIEW)


def test_figures_hold_buckets_progression_quality_and_coverage_of_one_account() -> None:
    moved = named(2, "engaged")
    moved.move("opportunity", 72, shown(72))
    moved.deal(Phase.EARLY, 72, amount_cents=50_000, currency="EUR")
    moved.deal(Phase.EARLY, 72, key="x:2", currency="EUR")
    figures = figures_of(of(moved))
    assert figures.buckets == {2: {Bucket.ADVANCED: 1}}
    assert figures.progression == {2: Progression(comparable=1, advanced=1)}
    assert (figures.quality["EUR"].value_cents, figures.quality["EUR"].deals) == (50_000, 1)
    assert figures.quality["EUR"].without_amount == 1
    # champion, economic buyer and technical evaluator from opportunity on; nobody is known
    assert figures.coverage == {2: (0, 3)}


@cases("tier", [1, 2, 3])
def test_paused_accounts_are_in_no_bucket(tier: int) -> None:
    paused, kept = named(tier, "engaged"), named(tier, "engaged")
    paused.put("paused", 72, tier)
    candidate = nominated()
    assert sum(buckets(of(paused, kept, candidate)).values()) == 1
