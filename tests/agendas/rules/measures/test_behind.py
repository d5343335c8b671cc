from agendas.facts.deals import Phase
from agendas.rules.measures import Figure, FigureCode, accounts_behind
from tests.agendas.rules.history.histories import named, shown
from tests.agendas.rules.measures.programs import of
from tests.cases import cases

BY_CURRENCY = {
    FigureCode.PIPELINE,
    FigureCode.PIPELINE_CLEAN,
    FigureCode.PIPELINE_FAILS,
    FigureCode.WITHOUT_AMOUNT,
}


@cases("code", FigureCode)
def test_every_figure_has_a_form_for_a_button_and_none_of_an_empty_program(code: FigureCode) -> None:
    for figure in (Figure(code), Figure(code, 2), Figure(code, 3, "EUR:fit"), Figure(code, None, "engaged>mqa")):
        assert Figure.read(figure.text) == figure
        assert accounts_behind(of(), figure) == ()


@cases("text", ["", "advanced", "advanced|4|", "budget|1|", "advanced|x|", "advanced|01|"])
def test_a_form_that_is_none_of_this_version_is_no_figure_or_one_of_all(text: str) -> None:
    assert Figure.read(text) == (Figure(FigureCode.ADVANCED) if text == "advanced" else None)


@cases(
    ("code", "of_", "ids"),
    [
        (FigureCode.NAMED, "", (1, 2)),
        (FigureCode.PAUSED, "", (3,)),
        (FigureCode.BUCKET, "advanced", (1,)),
        (FigureCode.BUCKET, "steady", (2,)),
        (FigureCode.BUCKET, "lost", ()),
        (FigureCode.COMPARABLE, "", (1, 2)),
        (FigureCode.ADVANCED, "", (1,)),
        (FigureCode.COVERED, "", (1,)),
        (FigureCode.COVERED_FULLY, "", ()),
        (FigureCode.ROLE_OPEN, "champion", (1,)),
        (FigureCode.ROLE_OPEN, "end_user", ()),
        (FigureCode.ENGAGEMENT, "", (1, 2)),
        (FigureCode.PIPELINE, "EUR", (1,)),
        (FigureCode.PIPELINE_CLEAN, "EUR", ()),
        (FigureCode.PIPELINE_FAILS, "EUR:fit", (1,)),
        (FigureCode.PIPELINE_FAILS, "USD:fit", ()),
        (FigureCode.WITHOUT_AMOUNT, "EUR", (1,)),
    ],
)
def test_a_figure_opens_to_its_accounts(code: FigureCode, of_: str, ids: tuple[int, ...]) -> None:
    moved, steady, paused = named(2, "engaged"), named(2, "aware"), named(2, "engaged")
    moved.move("opportunity", 72, shown(72))
    moved.deal(Phase.EARLY, 72, amount_cents=50_000, currency="EUR")
    moved.deal(Phase.EARLY, 72, key="x:2", currency="EUR")
    paused.put("paused", 72, 2)
    program = of(moved, steady, paused)
    assert accounts_behind(program, Figure(code, of=of_)) == ids
    # all of them are of tier 2; pipeline is told by currency and of no tier
    assert accounts_behind(program, Figure(code, 1, of_)) == (ids if code in BY_CURRENCY else ())
