"""Notice about a deactivated person: the work that needs a new owner, and how to hand it over."""

from dataclasses import replace

from agendas.facts.people import LeftBehind, Promised
from agendas.pages.admin import NAMES_SHOWN, deactivated_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import HOSTILE, LONG
from tests.plain import plain

WORDS = Words()
MUCH = LeftBehind(
    "U0BOB1",
    "Bob",
    owned=("Acme Corp", "Globex"),
    partnered=("Initrode",),
    promised=(Promised("Globex", 2), Promised("Umber Foods", 1)),
    facilitates=("C0ABM1", "C0ABM2"),
)
EXAMPLES = {
    "normal": MUCH,
    "one thing": LeftBehind("U0BOB1", "Bob", promised=(Promised("Globex", 1),)),
    "hostile": replace(MUCH, name=HOSTILE, owned=(HOSTILE,), partnered=(), promised=(Promised(HOSTILE, 1),)),
    "too long": replace(
        MUCH, name=LONG, owned=(LONG,) * 60, partnered=(LONG,) * 60, promised=(Promised(LONG, 3),) * 60
    ),
}


def test_the_page_looks_like_this() -> None:
    pages = {kind: deactivated_page(left, WORDS) for kind, left in EXAMPLES.items()}
    check_golden("pages/deactivated", "\n".join(drawn(kind, page) for kind, page in pages.items()))
    for page in pages.values():
        check_messages(messages(page))


def test_of_many_accounts_some_are_named_and_all_are_counted() -> None:
    many = tuple(f"Sample {number}" for number in range(NAMES_SHOWN + 7))
    text = plain(deactivated_page(replace(MUCH, owned=many), WORDS))
    assert f"Owner of {NAMES_SHOWN + 7} accounts: Sample 0, Sample 1," in text
    assert f"Sample {NAMES_SHOWN - 1} and 7 more. Choose another owner" in text
