from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.events import ExpansionKind, Moved
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaFacts, AgendaItem, Bucket
from agendas.facts.signals import Engagement
from agendas.rules.reviews import fit, order, place
from tests.agendas.rules.history.histories import History, day, named, nominated, shown
from tests.cases import cases


def intervention(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    history = named(tier, "engaged", name=name)
    history.block(75, needs="executive")
    return history.facts()


def stalled(tier: int | None = 1, name: str = "Sample Acme", since: float = 50) -> AgendaFacts:
    return named(tier, "engaged", name=name, since=since).facts()


def expanded(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    history = named(tier, "customer", name=name)
    history.add(Moved(expansion=ExpansionKind.BREADTH), 72)
    return history.facts()


def advanced(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    return moved("mqa", tier, name).facts()


def claimed(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    history = named(tier, "engaged", name=name)
    history.move("mqa", 72)
    return history.facts()


def new(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    history = nominated(name)
    history.move("engaged", 63, shown(63))
    history.put("named", 65, tier)
    history.promise(65, due_in_days=30)
    return history.facts(reviewed=False)


def steady(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    return named(tier, "engaged", name=name).facts()


def moved(stage: str, tier: int | None, name: str = "Sample Acme") -> History:
    history = named(tier, "engaged", name=name)
    history.move(stage, 72, shown(72))
    return history


def item(facts: AgendaFacts) -> AgendaItem:
    return AgendaItem(position=0, facts=facts, placement=place(facts))


def agenda(*facts: AgendaFacts) -> tuple[AgendaItem, ...]:
    return order(item(each) for each in facts)


def names(items: tuple[AgendaItem, ...]) -> list[str]:
    return [each.facts.account.name for each in items]


@cases(
    ("facts", "bucket"),
    [
        (intervention(), Bucket.NEEDS_INTERVENTION),
        (stalled(2, since=40), Bucket.STALLED),
        (expanded(), Bucket.EXPANDED),
        (advanced(), Bucket.ADVANCED),
        (new(), Bucket.NEW),
        (steady(), Bucket.STEADY),
    ],
)
def test_each_account_stands_in_the_bucket_of_its_need(facts: AgendaFacts, bucket: Bucket) -> None:
    assert place(facts).bucket is bucket


def test_the_reasons_of_an_intervention_come_before_those_of_the_stall() -> None:
    history = named(1, "engaged", since=50)
    history.block(75, needs="executive")
    placement = place(history.facts())
    assert placement.reasons == (("blocker_needs_executive", 2, 0), ("stalled_quiet", 27, 21))


def test_an_account_that_advanced_after_a_stall_is_stalled_only_while_the_stall_lasts() -> None:
    history = named(2, "engaged", since=30)
    history.move("mqa", 72, shown(72))
    assert place(history.facts()).bucket is Bucket.ADVANCED


def test_the_agenda_goes_by_bucket_then_tier() -> None:
    items = agenda(
        steady(1, "A"), new(1, "B"), advanced(2, "C"), advanced(1, "D"), expanded(3, "E"), stalled(1, "F"),
        intervention(2, "G"), intervention(1, "H"), new(None, "I"),
    )  # fmt: skip
    assert names(items) == ["H", "G", "F", "E", "D", "C", "B", "I", "A"]
    assert [each.position for each in items] == list(range(1, 10))


def test_within_a_tier_more_days_over_the_limit_come_first_and_then_the_name() -> None:
    items = agenda(stalled(1, "beta", 50), stalled(1, "Alpha", 50), stalled(1, "Zeta", 45))
    assert names(items) == ["Zeta", "Alpha", "beta"]


def test_new_accounts_of_a_tier_come_by_fit_then_by_the_points_of_their_signals_and_then_by_name() -> None:
    score = FitScore(Criterion.URGENCY, 3, "They sign in spring", "sales", "U0ANN1", day(66))
    fits = replace(new(2, "Zeta"), account=replace(new(2, "Zeta").account, fit=(score,)))
    heard = replace(new(2, "Yota"), engagement=Engagement(last_90=4.0))
    assert names(agenda(new(2, "beta"), new(2, "Alpha"), heard, fits)) == ["Zeta", "Yota", "Alpha", "beta"]
    assert names(agenda(fits, new(1, "Gamma"))) == ["Gamma", "Zeta"]


def test_tier_1_takes_8_minutes_tier_2_takes_3_and_tier_3_takes_2() -> None:
    fitted = fit(agenda(new(1), new(2), new(3), new(None)), 45)
    assert [each.minutes for each in fitted] == [8, 3, 2, 2]
    assert {each.part for each in fitted} == {"discussed"}


def test_the_minutes_and_limits_of_an_account_are_those_of_its_settings() -> None:
    settings = ProgramSettings((("tier.1.aged.engaged", 100), ("tier.1.minutes", 20), ("tier.1.quiet.engaged", 20)))
    facts = replace(stalled(1, since=41), settings=settings)
    (fitted,) = fit(agenda(facts), 45)
    assert (fitted.minutes, fitted.placement.reasons) == (20, (("stalled_quiet", 36, 20),))


def test_what_does_not_fit_is_left_out_with_its_minutes_and_a_shorter_one_takes_the_rest() -> None:
    fitted = fit(agenda(intervention(1, "A"), intervention(1, "B"), new(2, "C"), new(2, "D")), 12)
    assert [(each.part, each.minutes) for each in fitted] == [
        ("discussed", 8),
        ("left_out", 8),
        ("discussed", 3),
        ("left_out", 3),
    ]


def test_a_45_minute_slot_holds_five_tier_1_accounts() -> None:
    fitted = fit(agenda(*(new(1, f"Sample {number}") for number in range(7))), 45)
    assert [each.part for each in fitted] == ["discussed"] * 5 + ["left_out"] * 2


def test_at_least_one_account_is_discussed_however_short_the_slot() -> None:
    fitted = fit(agenda(steady(1, "A"), new(1, "B"), intervention(1, "C")), 0)
    assert [(each.facts.account.name, each.part, each.minutes) for each in fitted] == [
        ("C", "discussed", 8),
        ("B", "left_out", 8),
        ("A", "listed", 0),
    ]


def test_of_steady_accounts_alone_the_first_is_discussed() -> None:
    fitted = fit(agenda(steady(2, "A"), steady(1, "B")), 30)
    assert [(each.facts.account.name, each.part, each.minutes) for each in fitted] == [
        ("B", "discussed", 8),
        ("A", "listed", 0),
    ]


def test_an_agenda_of_nothing_is_empty() -> None:
    assert fit(order([]), 45) == ()


KINDS = [intervention, stalled, expanded, advanced, claimed, new, steady]
ALL = [item(kind(tier)) for kind in KINDS for tier in (1, 2, 3, None)]
many = st.lists(st.sampled_from(ALL), min_size=1, max_size=12)


@given(many, st.integers(0, 60))
def test_the_minutes_always_fit_and_nothing_that_would_fit_is_left_out(chosen: list[AgendaItem], minutes: int) -> None:
    fitted = fit(order(chosen), minutes)
    discussed = [each for each in fitted if each.part == "discussed"]
    used = sum(each.minutes for each in discussed)
    assert discussed
    assert used <= minutes or len(discussed) == 1
    assert all(each.minutes > minutes - used for each in fitted if each.part == "left_out")
    assert all(
        each.minutes == {1: 8, 2: 3}.get(each.facts.account.tier or 3, 2) for each in fitted if each.part != "listed"
    )


@given(many, st.randoms())
def test_the_order_does_not_depend_on_the_order_given_and_loses_nobody(
    chosen: list[AgendaItem], random: Random
) -> None:
    numbered = [
        replace(each, facts=replace(each.facts, account=replace(each.facts.account, account_id=number)))
        for number, each in enumerate(chosen)
    ]
    shuffled = list(numbered)
    random.shuffle(shuffled)
    assert order(shuffled) == order(numbered)
    assert [each.position for each in order(numbered)] == list(range(1, len(chosen) + 1))
    assert sorted(e.facts.account.account_id for e in order(shuffled)) == list(range(len(chosen)))


def test_a_cause_far_over_its_limit_is_told_once() -> None:
    codes = [code for code, _, _ in place(stalled(since=30)).reasons]
    assert "far_over_quiet" in codes
    assert "stalled_quiet" not in codes
    assert "stalled_aged" in codes
