from typing import Any

import pytest

from agendas.errors import FieldProblems, Outdated
from agendas.facts.deals import Phase
from agendas.rules.import_questions import CompanyQuestion, ImportQuestions, NamingQuestion, StageAsked
from agendas.rules.import_tables import Naming
from handlers import imports
from handlers.forms import Origin
from sandbox.blocks import completed, initial_state
from sandbox.limits import view_problems, view_too_large
from tests.cases import cases

STAGES = ImportQuestions((StageAsked("Legal Review", 12, None), StageAsked("Contract Sent", 1, Phase.LATE)), True)
DATES = ImportQuestions(unsaid="3/4/2026 can be read both ways.", asks_dates=True)
CURRENCY = ImportQuestions(unsaid="Some amounts name none.", lacks_currency=True)
MANY = ImportQuestions(tuple(StageAsked("🚀 <!channel> & " * 100, 9, None) for _ in range(150)), True)


def opened(view: dict[str, Any], **entered: dict[str, Any]) -> dict[str, Any]:
    """The form as it comes back, with this in the fields named; `stage_0` for `stage/0`."""
    assert view_problems(view, surface="modal") == []
    assert not view_too_large(view)
    blocks = completed(view["blocks"])
    state = initial_state(blocks)
    for name, value in entered.items():
        [action_id] = state[name.replace("_", "/")]
        state[name.replace("_", "/")][action_id] |= value
    return view | {"blocks": blocks, "state": {"values": state}}


def chosen(value: str) -> dict[str, Any]:
    return {"selected_option": {"value": value}}


def files(*names: str) -> dict[str, Any]:
    return {"files": [{"id": "F0FILE001", "name": name} for name in names]}


def answers(asked: ImportQuestions, **entered: dict[str, Any]) -> imports.Answers:
    return imports.read_answers(opened(imports.build_answers("7 2", "deals.csv", asked), **entered), asked)


def test_a_file_and_its_kind_are_read() -> None:
    view = opened(imports.build(Origin()), file=files("Accounts.CSV"))
    assert imports.read(view) == imports.GivenFile("", "F0FILE001", "Accounts.CSV")
    view = opened(imports.build(Origin()), file=files("a.csv"), what=chosen("signals"))
    assert imports.read(view).what == "signals"


@cases(
    ("entered", "field", "said"),
    [
        ({}, "file", "Add the file."),
        ({"file": files("a.csv", "b.csv")}, "file", "Add the file."),
        ({"file": files("a.xlsx")}, "file", "A workbook has to be saved as CSV UTF-8 first."),
        ({"file": {"files": "F0FILE001"}}, "file", "Add the file."),
        ({"file": {"files": [{"id": {"a": 1}, "name": "a.csv"}]}}, "file", "Add the file."),
        ({"file": files("a.csv"), "what": chosen("secrets")}, "what", "Choose one of those offered here."),
    ],
)
def test_what_is_no_file_to_import_is_refused_beside_the_field(entered: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        imports.read(opened(imports.build(Origin()), **entered))
    assert said in refused.value.fields[field]


def test_what_was_said_about_a_file_is_read() -> None:
    read = answers(STAGES, stage_0=chosen("middle"), currency={"value": " eur "})
    assert read == imports.Answers(
        (7, 2), "", "EUR", {"Legal Review": Phase.MIDDLE, "Contract Sent": Phase.LATE}, {}, ""
    )
    assert answers(DATES, dates=chosen("day-first")).dates == "day-first"
    assert answers(CURRENCY, currency={"value": "USD"}).currency == "USD"


@cases(
    ("asked", "entered", "field"),
    [
        (DATES, {}, "dates"),
        (DATES, {"dates": chosen("year-first")}, "dates"),
        (CURRENCY, {}, "currency"),
        (STAGES, {"currency": {"value": "€€€"}}, "currency"),
        (STAGES, {"stage_1": chosen("soon")}, "stage/1"),
    ],
)
def test_what_is_no_answer_is_refused_beside_the_field(asked: ImportQuestions, entered: dict[str, Any], field: str):
    with pytest.raises(FieldProblems) as refused:
        answers(asked, **entered)
    assert field in refused.value.fields


def test_what_was_said_about_companies_and_further_deals_is_read_if_it_was_offered() -> None:
    asked = ImportQuestions(
        companies=(
            CompanyQuestion("Acme Group", 3, ((7, "Acme"), (8, "Acme UK"))),
            CompanyQuestion("Hooli; Initech", 1, ((9, "Hooli"),)),
            CompanyQuestion("Globex", 1, ((10, "Globex"),)),
        ),
        untyped=2,
    )
    entered = {"company_0": chosen("8"), "company_1": chosen("none"), "company_2": chosen("7")}
    read = answers(asked, **entered, further=chosen("existing_business"))
    assert (read.companies, read.further) == ({"Acme Group": "8", "Hooli; Initech": "none"}, "existing_business")


def test_tier_and_reasons_are_asked_in_one_form_and_kept_as_they_were_where_nothing_is_entered() -> None:
    given = Naming(because="They grow")
    asked = ImportQuestions(naming=NamingQuestion(untiered=3, unreasoned=2, given=given))
    read = answers(asked, tier=chosen("2"), motion={"value": " Our CFO calls "})
    assert read.naming == Naming(2, "They grow", motion="Our CFO calls")
    with pytest.raises(Outdated, match="Nothing was said about the file"):
        answers(asked)


def test_a_form_without_any_answer_changes_nothing() -> None:
    with pytest.raises(Outdated, match="Nothing was said about the file"):
        answers(ImportQuestions((StageAsked("Legal Review", 12, None),)))


def test_a_form_asks_about_as_many_stages_as_fit() -> None:
    view = opened(imports.build_answers("7 2", "🚀" * 200, MANY), stage_89=chosen("early"))
    assert len(imports.read_answers(view, MANY).stages) == 1
