"""Hand-worked cases of calibrated limits, and of the stays that they follow from."""

from datetime import date, timedelta

from agendas.facts.account import Stage
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.measures import Stay
from agendas.facts.program import CalibratedLimit, Calibration
from agendas.rules.entries import standing
from agendas.rules.measures import calibrated, days_by_limit, deal_stays
from tests.agendas.rules.history.histories import History, nominated
from tests.agendas.rules.measures.programs import NOW
from tests.cases import cases

ON = date(2026, 3, 23)
ENGAGED = "tier.1.aged.engaged"
"""Its default is 30 days, so that it is calibrated between 15 and 90."""

# (days of the completed stays, limit in days; None where the default stands)
CASES: list[tuple[str, list[int], int | None]] = [
    ("no stays", [], None),
    # nine are too few
    ("nine stays", [20] * 9, None),
    # ten of 20 days: 1.5 x 20
    ("ten stays", [20] * 10, 30),
    # the mean of the two in the middle: 1.5 x 25 = 37.5, half up
    ("half a day", [20] * 5 + [30] * 5, 38),
    # 1.5 x 21 = 31.5, half up too
    ("half a day more", [21] * 11, 32),
    # one of 700 days moves the median not at all
    ("one that took long", [20] * 10 + [700], 30),
    # 1.5 x 9 = 13.5 is below half of the default
    ("short stays", [9] * 10, 15),
    # 1.5 x 10 = 15 is just half of it
    ("as short as may be", [10] * 10, 15),
    # stays of no day
    ("no days at all", [0] * 10, 15),
    # 1.5 x 60 = 90 is three times the default
    ("as long as may be", [60] * 10, 90),
    # 1.5 x 61 = 91.5 is beyond it
    ("long stays", [61] * 10, 90),
    # the order does not matter: 10, 20 and so on to 110 have 60 in the middle
    ("in any order", [110, 20, 90, 40, 70, 60, 50, 80, 30, 100, 10], 90),
]


@cases(("days", "limit"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_limit_is_calibrated_as_worked_out_by_hand(days: list[int], limit: int | None) -> None:
    limits = () if limit is None else (CalibratedLimit(ENGAGED, limit, len(days)),)
    assert calibrated({ENGAGED: days}, ON) == Calibration(limits, ON)


@cases(
    ("key", "days", "limit"),
    [
        # 0.5 x 21 = 10.5 days, half up
        ("tier.2.aged.mqa", 1, 11),
        ("tier.2.aged.mqa", 60, 63),
        ("tier.3.aged.opportunity_late", 10, 15),
        # an account of tier 3 that is aware times out by a limit of its own; at a target it has none
        ("tier.3.aged.aware", 10, None),
        ("tier.3.aged.target", 10, None),
        # silence is not calibrated, nor what is no limit
        ("tier.1.quiet.engaged", 10, None),
        ("tier.1.cap", 10, None),
    ],
)
def test_each_limit_of_a_stage_is_held_within_its_own_default(key: str, days: int, limit: int | None) -> None:
    assert calibrated({key: [days] * 10}, ON).days(key) == limit


def stay(stage: str, began: float, ended: float | None, to: str | None = "mqa", **values: bool) -> Stay:
    ended_at = None if ended is None else NOW - timedelta(days=ended)
    to_stage = Stage(to) if to else None
    return Stay(1, Stage(stage), 1, NOW - timedelta(days=began), ended_at, to_stage, **values)


# (stay, days that it gives the limit of engaged in tier 1)
STAYS: list[tuple[Stay, tuple[int, ...]]] = [
    (stay("engaged", 30, 20), (10,)),
    # down as well as up
    (stay("engaged", 30, 20, "aware"), (10,)),
    # still there
    (stay("engaged", 30, None, None), ()),
    # left the list
    (stay("engaged", 30, 20, None), ()),
    # found by an import
    (stay("engaged", 30, 20, is_known=False), ()),
    # ended a year ago, and a day before that
    (stay("engaged", 400, 365), (35,)),
    (stay("engaged", 400, 366), ()),
    # an opportunity and a customer age by their deals
    (stay("opportunity", 30, 20, "customer"), ()),
    (stay("customer", 30, 20, "engaged"), ()),
]


@cases(("given", "days"), STAYS)
def test_stays_of_accounts_count_for_the_limit_of_their_stage(given: Stay, days: tuple[int, ...]) -> None:
    assert days_by_limit([given], (), now=NOW, zone="UTC") == ({ENGAGED: days} if days else {})


def history(*phases: tuple[Phase, float], **values: object) -> History:
    """A deal of an account of tier 2 that was in these phases from these days on."""
    found = nominated()
    found.put("named", 1, 2)
    for phase, on_day in phases:
        found.deal(phase, on_day, **values)
    return found


EARLY, MIDDLE, LATE, WON = Phase.EARLY, Phase.MIDDLE, Phase.LATE, Phase.WON

# (history, days by limit)
DEALS: list[tuple[str, History, dict[str, tuple[int, ...]]]] = [
    # it is in its first stage still
    ("one stage", history((EARLY, 10)), {}),
    ("two stages", history((EARLY, 10), (MIDDLE, 24)), {"tier.2.aged.opportunity_early": (14,)}),
    (
        "won",
        history((EARLY, 10), (MIDDLE, 24), (LATE, 30), (WON, 51)),
        {
            "tier.2.aged.opportunity_early": (14,),
            "tier.2.aged.opportunity_middle": (6,),
            "tier.2.aged.opportunity_late": (21,),
        },
    ),
    # nothing changed but the amount
    ("told twice", history((EARLY, 10), (EARLY, 12), (MIDDLE, 24)), {"tier.2.aged.opportunity_early": (14,)}),
    # back and forth: each stay counts
    (
        "back",
        history((MIDDLE, 10), (EARLY, 15), (MIDDLE, 22)),
        {"tier.2.aged.opportunity_middle": (5,), "tier.2.aged.opportunity_early": (7,)},
    ),
    # days of a closed deal are no stay
    ("opened again", history((EARLY, 10), (Phase.LOST, 15), (EARLY, 30)), {"tier.2.aged.opportunity_early": (5,)}),
    # an import found it without a day: nothing begins and nothing ends
    ("found", history((EARLY, 10), (MIDDLE, 24), since_known=False), {}),
    # a deal for more has the limits of customers
    (
        "for more",
        history((EARLY, 10), (WON, 40), type=OpportunityType.EXISTING_BUSINESS),
        {"tier.2.aged.customer": (30,)},
    ),
    # a renewal stalls nobody
    ("renewal", history((EARLY, 10), (WON, 40), type=OpportunityType.EXISTING_BUSINESS, adds_value=False), {}),
    # no deal at all
    ("none", history(), {}),
]


@cases(("given", "days"), [case[1:] for case in DEALS], ids=[case[0] for case in DEALS])
def test_stays_of_deals_count_for_the_limit_of_their_phase(given: History, days: dict[str, tuple[int, ...]]) -> None:
    stays = deal_stays(standing(given.events))
    assert days_by_limit((), stays, now=NOW, zone="UTC") == days


def test_two_stages_of_one_phase_are_two_stays_and_a_stay_has_the_tier_of_its_end() -> None:
    given = history()
    for name, on_day in (("Discovery", 10), ("Demo", 14), ("Offer", 20)):
        given.deal(EARLY, on_day, stage_name=name)
    given.put("named", 17, 1)
    days = days_by_limit((), deal_stays(standing(given.events)), now=NOW, zone="UTC")
    assert days == {"tier.2.aged.opportunity_early": (4,), "tier.1.aged.opportunity_early": (6,)}


def test_a_corrected_step_of_a_deal_counts_nowhere() -> None:
    given = history((EARLY, 10))
    wrong = given.deal(MIDDLE, 24)
    given.correct(wrong, 25)
    assert deal_stays(standing(given.events)) == ()
