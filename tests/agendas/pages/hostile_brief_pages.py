"""The pages before a review, of facts that hold a hostile text."""

from agendas.facts.reviews import Brief, Change, Promise, QuestionCode, QuestionToDecide
from agendas.pages.reviews import asked_before_page, brief_page, leads_now_page
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from tests.agendas.pages.examples import NOW, ZONE
from tests.agendas.pages.hostile_facts import TODAY, an_item

WORDS = Words()


def brief_pages(text: str) -> list[Page]:
    """A brief, a question, a reminder and the notice to a new facilitator."""
    found = an_item(text)
    brief = Brief(
        *(1, "C0ABM1", TODAY, NOW, ZONE, 45, (found,)),
        changes={Change.ADVANCED: (text,) * 5},
        promised=(Promise(text, text, "U0ANN1", 3),) * 3,
        matters=((found, QuestionToDecide(QuestionCode.ASK_OVERDUE, 4, about=text)),),
    )
    asked = {"by": "U0ANN1", "channel_id": "C0ABM1", "at": NOW, "zone": ZONE, "words": WORDS}
    return [
        brief_page(brief, WORDS),
        asked_before_page(text=text, accounts=(), **asked),
        asked_before_page(text="", accounts=[(7, text)] * 7, **asked),
        leads_now_page(**asked),
    ]


BRIEF_PAGES = {"brief": brief_pages}
