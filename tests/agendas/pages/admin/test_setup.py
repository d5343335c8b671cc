"""The checklist of admins: a line for each step that is still to be taken, and nothing once all is done."""

from dataclasses import replace

from agendas.facts.people import Function
from agendas.facts.program import OwnerlessAccount, SetupFacts, SetupStep
from agendas.pages.admin import setup_lines
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.access import MAY_BE_LEFT_OUT, open_steps
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.cases import cases

WORDS = Words()
NOTHING_SET_UP = SetupFacts(
    cadences=0,
    named=0,
    ownerless=tuple(OwnerlessAccount(number, f"Company {number}") for number in (7, 8, 9, 10)),
    without_function=3,
    empty_functions=(Function.PRODUCT, Function.FINANCE, Function.EXECUTIVE),
    admins=1,
    has_imported=False,
    missing_permissions=("im:write", "users:read"),
    without_lead=(Function.PRODUCT, Function.CUSTOMER_SUCCESS),
)
ONE_OF_EACH = replace(
    NOTHING_SET_UP,
    ownerless=NOTHING_SET_UP.ownerless[:1],
    without_function=1,
    empty_functions=(Function.FINANCE,),
    admins=0,
    missing_permissions=("im:write",),
    without_lead=(Function.FINANCE,),
)


def page(facts: SetupFacts) -> Page:
    return Page("To set up", setup_lines(facts, WORDS), key="setup")


def test_the_checklist_says_what_its_golden_file_says() -> None:
    pages = {"nothing is set up": page(NOTHING_SET_UP), "one of each": page(ONE_OF_EACH)}
    for each in pages.values():
        check_messages(messages(each))
    check_golden("pages/setup", "\n".join(drawn(name, each) for name, each in pages.items()))


@cases("step", SetupStep)
def test_a_step_can_be_left_out_only_where_a_company_may_do_without_it(step: SetupStep) -> None:
    assert step in open_steps(NOTHING_SET_UP)
    left = open_steps(replace(NOTHING_SET_UP, left_out=frozenset({step})))
    assert (step in left) is (step not in MAY_BE_LEFT_OUT)
