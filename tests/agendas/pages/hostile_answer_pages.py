"""Pages of answers about accounts, of facts that hold a hostile text."""

from collections.abc import Callable, Iterator

from sqlmodel import Session

from agendas.facts.group import BuyingRole
from agendas.facts.query import Field, Having
from agendas.facts.reviews import AgendaItem
from agendas.pages import accounts, admin, answers, briefs
from agendas.pages.account_list import ListReader
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.verbs.find.account_facts import Loaded, code_of, fact_of, held_roles
from agendas.verbs.find.accounts import QuestionContext
from tests.agendas.pages.examples import NOW
from tests.agendas.pages.hostile_facts import an_item, events
from tests.builders import WORKSPACE, person

WORDS = Words()
CODES = sorted({code_of(each) for each in (*Field, *Having)} | {"stalled"})
READER = ListReader("U0ANN1", can_record=True)


def loaded(item: AgendaItem, text: str) -> Loaded:
    number = item.facts.account.account_id
    context = QuestionContext(Session(), person(), WORKSPACE, "D0ANN1", "D0ANN1", NOW, WORDS)
    dated = {number: NOW}
    return Loaded(context, (item,), events={number: events(text)}, next_reviews=dated, signalled=dated)


def told(text: str) -> Iterator[answers.AccountLine]:
    item = an_item(text)
    facts = [*(fact_of(code, loaded(item, text), item) for code in CODES), held_roles(item, tuple(BuyingRole))]
    for fact in facts:
        yield from ((item, answers.fact_line(item, fact, WORDS, telling)) for telling in answers.Telling)
    yield item, answers.list_line(item, WORDS)


def compared(text: str) -> Page:
    item = an_item(text)
    rows = [
        (code, [answers.fact_line(item, fact_of(code, loaded(item, text), item), WORDS, answers.Telling.CELL)] * 2)
        for code in CODES
    ]
    first = WORDS.say("fields.ahead", code="value", is_lowest=False, name=text, said=text, others=[text])
    return answers.compared_page(first, [text, text], rows, WORDS, people={"U0ANN1": text}, opens=[(7, text)])


def briefed(text: str) -> list[Page]:
    line = WORDS.say("brief.sentence", text=text)
    part = briefs.Part("moved", 9, (line,), (text,) * 6, (7,))
    days = [briefs.days_page(line, [part], WORDS, most=most) for most in (0, 3)]
    plain = briefs.lines_page([line], WORDS)
    return [*days, plain, briefs.prose_page(plain, [text], [text], WORDS)]


ANSWER_PAGES: dict[str, Callable[[str], list[Page]]] = {
    "told facts": lambda text: [answers.answer_page("", list(told(text)), WORDS)],
    "acting facts": lambda text: [
        answers.answer_page(
            WORDS.say("fields.premise", label="", wanted=text, said=text), list(told(text))[:12], WORDS, reader=READER
        )
    ],
    "asked card": lambda text: [answers.asked_card(an_item(text), WORDS, can_act=True)],
    "compared": lambda text: [compared(text)],
    "terms": lambda text: [accounts.details_terms_page(an_item(text), WORDS)],
    "outside": lambda text: [
        answers.outside_page(WORDS, what, samples=[text]) for what in ("world", "text", "verdict", "language")
    ],
    "briefs": briefed,
    "wordings": lambda text: [
        admin.send_page(text, WORDS),
        admin.wordings_page([admin.SentWording(text, 2, NOW)], [text], WORDS, zone="UTC", today=NOW.date()),
        admin.taught_page(text, text, WORDS),
    ],
}
