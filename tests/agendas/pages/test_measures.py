from dataclasses import replace

from agendas.facts.deals import Phase
from agendas.facts.measures import BehindFigure, PlannedReview, Program
from agendas.facts.people import Function
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaFacts
from agendas.facts.signals import Engagement, EngagementTrend
from agendas.pages.measures import ACCOUNTS_SHOWN, Section, behind_figure_page, entries_of, measures_page
from agendas.rendering.page import Line, Menu, Page
from agendas.rendering.words import Words
from agendas.rules.measures import Figure, FigureCode, Results, accounts_behind
from agendas.rules.pipeline import JudgedTest, QualityGap, QualityTest
from tests.agendas.golden import check_pages
from tests.agendas.rules.histories import day, named, shown
from tests.agendas.rules.measured_programs import PERIOD, deal, of
from tests.agendas.rules.test_money import won
from tests.agendas.rules.test_pipeline import of_states, stay, with_deals
from tests.cases import cases

WORDS = Words()
BOTH = frozenset({Function.SALES, Function.MARKETING})
SINCE = day(0).date()


def moving() -> Program:
    """Eleven accounts of tier 1 of which three advanced, one went back and one claims a step; two of tier 2."""
    histories = [named(1, "engaged", name=f"Sample {letter}") for letter in "ABCDEFGHIJK"]
    for history in histories[:3]:
        history.move("mqa", 72, shown(72))
    histories[3].move("aware", 72, shown(72))
    histories[4].move("mqa", 72)
    paused = named(2, "engaged", name="Sample P")
    paused.put("paused", 72, 2)
    return of(*histories, named(2, "aware", name="Sample L"), named(2, "customer", name="Sample M"), paused)


def full() -> Program:
    priced = with_deals(deal(Phase.MIDDLE, 40_000), deal(Phase.LATE, 9_000, pushes=2))
    unknown = with_deals(deal(Phase.EARLY, None), deal(Phase.MIDDLE, 5_000, currency="USD"), fit=())
    deals = of_states(priced, unknown)
    moved = moving()
    others = (replace(each, facts=_numbered(each.facts, number)) for number, each in enumerate(deals.accounts, 15))
    stays = (
        *(stay("engaged", 200 + n, 180 - n, id_=n) for n in range(1, 12)),
        *(stay("mqa", 180 - n, None, id_=n) for n in range(1, 4)),
        stay("aware", 40, None, id_=12, tier=2, known=False),
    )
    reviews = (
        PlannedReview(1, "C1", day(71), True, functions=BOTH),
        PlannedReview(2, "C1", day(73), True, late_minutes=9),
        PlannedReview(3, "C1", day(75), None, was_skipped=True),
    )
    settings = ProgramSettings((("measures.target", ("EUR 100000",)),))
    rising = Engagement(last_30=12.4, trend=EngagementTrend.INCREASING)
    first = replace(moved.accounts[0], facts=replace(moved.accounts[0].facts, engagement=rising))
    accounts = (first, *moved.accounts[1:], *others)
    return replace(
        moved,
        accounts=accounts,
        closed=(won(30_000, 10),),
        stays=stays,
        reviews=reviews,
        settings=settings,
        history_since=SINCE,
    )


def _numbered(facts: AgendaFacts, number: int) -> AgendaFacts:
    return replace(facts, account=replace(facts.account, account_id=number))


def figure_page(program: Program, figure: Figure, start: int = 0) -> Page:
    ids = accounts_behind(program, figure)
    accounts = tuple(each for each in program.accounts if each.account_id in ids)
    found = BehindFigure(figure.text, program.period, accounts, len(ids) - len(accounts))
    return behind_figure_page(found, figure, WORDS, start=start)


def menus(page: Page) -> list[str]:
    return [value for item in page.items if isinstance(item, Menu) for _, value in item.entries]


def test_the_pages_of_the_measures_are_as_they_were_read() -> None:
    program, past = full(), replace(PERIOD, is_running=False)
    paused = named(1, "engaged")
    paused.put("paused", 72)
    pages = {
        "full": measures_page(program, WORDS),
        "of a past month, without a target": measures_page(
            replace(program, period=past, settings=ProgramSettings()), WORDS
        ),
        "empty": measures_page(of(), WORDS),
        "all paused": measures_page(of(paused), WORDS),
        "one account": measures_page(of(named(3, "target")), WORDS),
        "before the history": measures_page(of(history_since=day(90).date()), WORDS),
        "behind a figure": figure_page(program, Figure(FigureCode.ADVANCED, 1)),
        "behind a test": figure_page(program, Figure(FigureCode.PIPELINE_FAILS, of="EUR:close_date")),
        "behind many": figure_page(program, Figure(FigureCode.COMPARABLE, 1)),
        "the rest of them": figure_page(program, Figure(FigureCode.COMPARABLE, 1), start=ACCOUNTS_SHOWN),
        "behind accounts that left": figure_page(
            replace(program, accounts=program.accounts[:2]), Figure(FigureCode.STAYED, 1, "engaged")
        ),
        "nobody": figure_page(of(), Figure(FigureCode.ADVANCED, 1)),
    }
    check_pages("pages/measures", pages)


def test_each_entry_of_a_menu_opens_as_many_accounts_as_it_says() -> None:
    program = full()
    opened = 0
    for section in Section:
        for figure, count in entries_of(Results(program), section):
            assert len(accounts_behind(program, figure)) == count
            assert f"2026-03 {figure.text}" in menus(measures_page(program, WORDS))
            shown_ = [item for item in figure_page(program, figure).items if isinstance(item, Line)]
            assert len(shown_) == min(count, ACCOUNTS_SHOWN)
            opened += 1
    assert opened > 30


def test_no_two_entries_of_a_menu_say_the_same() -> None:
    program = full()
    page = measures_page(replace(program, stays=(*program.stays, stay("target", 200, 150, id_=1))), WORDS)
    for menu in (item for item in page.items if isinstance(item, Menu)):
        said = [label for label, _ in menu.entries]
        assert len(said) == len(set(said))


@cases("gap", QualityGap)
def test_every_gap_of_a_deal_has_its_words(gap: QualityGap) -> None:
    said = WORDS.say("measures.gap", one=JudgedTest(QualityTest.FIT, gap, 3, 7))
    assert said.strip()
    assert "%" not in said


@cases("code", FigureCode)
def test_every_figure_is_an_entry_in_words(code: FigureCode) -> None:
    for of_ in ("", "engaged", "EUR", "EUR:fit", "engaged>mqa"):
        assert WORDS.raw("measures.figure_entry", figure=Figure(code, 1, of_), count=2).startswith("Tier 1: 2")
