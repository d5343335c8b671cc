"""Months and reviews of the sample as the executive page, the audit and the charts tell them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agendas.facts.measures.audit import PracticeLine, Row, Verdict
from agendas.facts.measures.executive import ExecutiveReport
from agendas.facts.measures.trend import TrendKind
from agendas.facts.reviews.review import Bucket
from agendas.rules.audit.audit import audit
from agendas.verbs.measures.executive import executive
from agendas.verbs.measures.load import program
from agendas.verbs.measures.of_month import program_of_month
from agendas.verbs.measures.periods import month_asked
from sandbox.seed.calendar import Calendar
from sandbox.seed.program import SeededProgram
from storage.database.engine import Store
from storage.database.hidden_rows import hiding
from tests.agendas.verbs.measures.kept import keep_all
from tests.sandbox.seed.sample import WORKSPACE, Sample

MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")
CHARTED = 12
"""Reviews that a chart shows."""


@pytest.fixture(scope="module")
def kept(
    seeded_file: tuple[Path, SeededProgram, Calendar], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    """The sample, a while after the demo's start: all months and reviews of the past are kept."""
    path, seeded, calendar = seeded_file
    store = Store(f"sqlite:///{shutil.copy(path, tmp_path_factory.mktemp('kept') / 'cadence.db')}")
    sample = Sample(store, seeded, calendar)
    keep_all(store, sample.opens_at)
    yield sample
    store.close()


def report(kept: Sample, month: str) -> ExecutiveReport:
    return kept.store.read_now(executive, WORKSPACE, month, now=kept.opens_at)


def test_each_month_has_a_mix_of_accounts_of_its_own(kept: Sample) -> None:
    found = {month: {each.bucket: each.now for each in report(kept, month).counts if each.now} for month in MONTHS}
    assert found["2026-06"] == {Bucket.NEW: 9}
    assert found["2026-10"] == {
        Bucket.NEEDS_INTERVENTION: 3,
        Bucket.STALLED: 2,
        Bucket.EXPANDED: 1,
        Bucket.ADVANCED: 8,
        Bucket.STEADY: 4,
    }
    assert all(len(buckets) >= 3 for month, buckets in found.items() if month != "2026-06")
    assert len({tuple(sorted(buckets.items())) for buckets in found.values()}) == len(MONTHS)


def test_an_ask_of_an_account_that_left_the_list_since_is_done_if_it_was_done(kept: Sample) -> None:
    decisions = [each.decision for each in report(kept, "2026-11").past if each.decision.ask_of]
    assert len(decisions) == 4
    assert all(decision.done_at for decision in decisions)


def test_the_audit_changes_from_month_to_month(kept: Sample) -> None:
    verdicts: dict[Row, list[Verdict]] = {row: [] for row in Row}
    executives = []
    for month in MONTHS:
        found = audit(kept.store.read_now(program_of_month, WORKSPACE, month, now=kept.opens_at))
        for row in found.rows:
            verdicts[row.row].append(row.verdict)
        executives += [each.holds for each in found.practice if each.line is PracticeLine.EXECUTIVES]
    weak, mixed, strong = Verdict.WEAK, Verdict.MIXED, Verdict.STRONG
    assert verdicts[Row.MARKETING] == [weak, weak, weak, mixed, mixed, mixed]
    assert verdicts[Row.SALES] == [weak, weak, weak, weak, weak, mixed]
    assert verdicts[Row.PRODUCT] == [weak, weak, weak, weak, mixed, strong]
    assert executives == [False, False, True, False, False, True]


def test_the_executive_page_misses_the_foundations_that_the_audit_misses(kept: Sample) -> None:
    for month in MONTHS:
        found = audit(kept.store.read_now(program_of_month, WORKSPACE, month, now=kept.opens_at))
        trends = report(kept, month).trends
        assert trends
        assert trends.foundations == tuple(each.foundation for each in found.foundations)


def test_charts_have_twelve_reviews_for_those_too_who_may_not_see_the_private_account(kept: Sample) -> None:
    def charted(*hidden: str) -> int:
        ids = [kept.program.accounts[name] for name in hidden]
        with kept.store.reading() as session, hiding(session, ids):
            running = month_asked(session, WORKSPACE, "", now=kept.opens_at)
            trend = program(session, WORKSPACE, running, now=kept.opens_at).trend
        return sum(point.kind is TrendKind.REVIEW for point in trend)

    assert charted() == charted("Orrin Rail") == len(kept.program.reviews)
    assert charted() >= CHARTED
