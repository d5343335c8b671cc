"""Why an account is in its bucket, as people read it."""

from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import ListStatus, Stage
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.program import CalibratedLimit, Calibration, ProgramSettings
from agendas.facts.reviews import AgendaItem, Bucket, ReasonCode
from agendas.facts.signals import Engagement, EngagementTrend
from agendas.pages.accounts import explained_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.movement import source_of
from agendas.rules.reviews import explain, place
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import EXAMPLES, NOW
from tests.builders import account, agenda_facts, agenda_item, ago
from tests.plain import plain

WORDS = Words()
SCORES = (
    FitScore(Criterion.ACV, 3, "Large", "finance", "U0ANN1", NOW),
    FitScore(Criterion.URGENCY, 2, "Soon", "sales", "U0ANN1", NOW),
)


def page(item: AgendaItem, month: str = "") -> Page:
    return explained_page(item.facts, item.placement, WORDS, month=month)


def scored() -> AgendaItem:
    """An account that is steady, with a fit and an engagement."""
    engaged = Engagement(60.0, 31.0, (25.0, 20.0, 30.0), 9.2, 6.2, EngagementTrend.INCREASING, ago(1))
    return agenda_item(agenda_facts(account=account(fit=SCORES), engagement=engaged))


def test_the_page_says_what_its_golden_file_says() -> None:
    paused = replace(account(), list_status=ListStatus.PAUSED)
    pages = {
        **{kind: page(item) for kind, item in EXAMPLES.items()},
        "with scores": page(scored()),
        "over a month": page(scored(), "October 2026"),
        "paused": page(agenda_item(agenda_facts(account=paused))),
    }
    for each in pages.values():
        check_messages(messages(each))
    check_golden("pages/explained", "\n".join(drawn(kind, each) for kind, each in pages.items()))


def test_the_first_bucket_that_holds_is_the_accounts_own() -> None:
    for item in (*EXAMPLES.values(), agenda_item(), scored()):
        if item.facts.account.list_status is not ListStatus.NAMED:
            continue
        placement = place(item.facts)
        held = [each.bucket for each in explain(item.facts, placement).tests if each.holds]
        assert (held or [Bucket.STEADY])[0] is placement.bucket


def stalled(settings: ProgramSettings) -> str:
    """The page of an account of tier 2 that is engaged for 50 days."""
    state = account(tier=2, stage_since=ago(50))
    return plain(page(agenda_item(agenda_facts(account=state, settings=settings))))


def test_a_limit_is_told_with_where_it_comes_from() -> None:
    key = "tier.2.aged.engaged"
    calibrated = Calibration((CalibratedLimit(key, 40, 12),), NOW.date())
    assert "limit 45 (default limit) · since 5 Oct" in stalled(ProgramSettings())
    assert "limit 40 (limit from 12 completed stays)" in stalled(ProgramSettings(calibration=calibrated))
    assert "limit 20 (limit of your own)" in stalled(ProgramSettings(((key, 20),)))


def test_the_fit_is_told_by_its_formula_and_what_is_not_recorded_is_left_out() -> None:
    # 25 x 3/4 + 15 x 2/4 = 26.25 of 40
    said = plain(page(scored())).replace("\N{MULTIPLICATION SIGN}", "x")
    assert "Fit 65.6 = 100 x (ACV 25 x 3/4 + Urgency 15 x 2/4) / 40, 40% of the weights known" in said
    assert "Fit" not in plain(page(agenda_item()))


def test_every_reason_finds_what_it_rests_on_or_nothing_in_every_example() -> None:
    for item in EXAMPLES.values():
        for code in ReasonCode:
            source_of(code, item.facts)
    gone = agenda_facts(account=account(stage=Stage.AWARE, stage_since=ago(10), named_at=ago(12)))
    found = source_of(ReasonCode.NO_EVIDENCE, gone)
    assert found is not None
    assert found.on == (ago(10) - timedelta(hours=5)).date()
