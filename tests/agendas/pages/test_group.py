from dataclasses import replace
from datetime import date, timedelta

from agendas.facts.account import Stage
from agendas.facts.group import BuyingRole, Contact, ContactDepth, Support
from agendas.facts.interventions import ExecutiveTouch
from agendas.facts.program import DEFAULTS
from agendas.pages.group import ENTRIES_SHOWN, GroupFacts, group_page
from agendas.rendering.page import Button, Buttons, Line, Page
from agendas.rendering.words import Words
from agendas.rules.group import buying_group
from tests.agendas.golden import check_pages
from tests.agendas.pages.examples import HOSTILE, LONG
from tests.builders import account, contact
from tests.cases import cases
from tests.plain import plain

WORDS = Words()
TODAY = date(2026, 11, 24)
R = BuyingRole


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


PEOPLE = (
    contact(
        1, "Rita Sample", title="CFO", roles=(R.ECONOMIC_BUYER,), touched_on=days_ago(4), support=Support.SUPPORTER
    ),
    contact(2, "Tom Sample", title="Head of IT", roles=(R.TECHNICAL_EVALUATOR,), touched_on=days_ago(119)),
    contact(3, "Una Sample", title="Operations", roles=(R.CHAMPION,), left_on=days_ago(4), touched_on=days_ago(40)),
    contact(4, "Vera Sample", roles=(R.TECHNICAL_EVALUATOR, R.END_USER), depth=ContactDepth.IN_DEPTH),
    contact(5, "Walt Sample", title="Analyst", roles=(R.BLOCKER,), support=Support.ENEMY),
    contact(6, "Xenia Sample", title="Head of Procurement", suggested_roles=(R.PROCUREMENT,), email="x@acme.example"),
    contact(7, "Yuri Sample", title="Clerk"),
    contact(8, "Zoe Sample", left_on=date(2025, 12, 1)),
)

MET = (
    ExecutiveTouch(9, 1, days_ago(3), "U0ANN1", "Rita Sample, CFO", "agreed on a pilot"),
    ExecutiveTouch(8, 1, days_ago(40), "U0BOB1", "Rita Sample, CFO"),
)


def page(
    *contacts: Contact,
    stage: Stage = Stage.OPPORTUNITY,
    can_record: bool = True,
    start: int = 0,
    touches: tuple[ExecutiveTouch, ...] = (),
    **values,
) -> Page:
    state = account(stage=stage, contacts=contacts, **values)
    facts = GroupFacts(state, buying_group(state, DEFAULTS, today=TODAY), TODAY, touches)
    return group_page(facts, WORDS, can_record=can_record, start=start)


def named(text: str, copies: int) -> tuple[Contact, ...]:
    return tuple(
        replace(each, id=each.id + 10 * n, profile=replace(each.profile, name=text[:120], title=text[:120]))
        for n in range(copies)
        for each in PEOPLE
    )


def buttons(shown: Page) -> list[Button]:
    rows = [item for item in shown.items if isinstance(item, Buttons)]
    return [one.button for one in shown.items if isinstance(one, Line)] + [each for row in rows for each in row.items]


def test_the_page_says_what_its_golden_file_says() -> None:
    pages = {
        "normal": page(*PEOPLE),
        "for a viewer": page(*PEOPLE, can_record=False),
        "executives met": page(PEOPLE[0], touches=MET * 2),
        "empty": page(),
        "empty for a viewer": page(can_record=False),
        "no role required": page(PEOPLE[0], stage=Stage.TARGET, tier=3),
        "hostile": page(*named(HOSTILE, 1)),
        "too long": page(*named(LONG, 9)),
        "too long, further on": page(*named(LONG, 9), start=ENTRIES_SHOWN),
    }
    check_pages("pages/group", pages)


def test_everybody_is_on_one_of_the_pages_once_for_each_role_and_suggestion() -> None:
    seen: list[str] = []
    start = 0
    while True:
        shown = page(*named("Rita Sample", 9), start=start)
        seen += [each.value for each in buttons(shown) if each.action == "group.edit"]
        more = [each.value for each in buttons(shown) if each.action == "group.more"]
        if not more:
            break
        start = int(more[0].split()[1])
    assert {value.split()[1] for value in seen} == {str(each.id) for each in named("Rita Sample", 9)}


@cases("start", [0, 500])
def test_a_page_beyond_the_last_is_the_first(start: int) -> None:
    assert plain(page(*PEOPLE, start=start)) == plain(page(*PEOPLE))


def test_somebody_confirmed_of_whom_another_role_is_suggested_can_be_confirmed() -> None:
    both = contact(1, roles=(R.DECISION_MAKER,), suggested_roles=(R.ECONOMIC_BUYER,))
    assert [each.action for each in buttons(page(both))] == [
        "group.edit",
        "group.confirm",
        "group.edit",
        "group.add",
        "group.left",
        "executive.met",
    ]
