"""The receipt of replies in an account's thread."""

from dataclasses import replace

from agendas.facts.events import ActionAdded, BlockerOpened, Corrected, Moved, NothingMoved
from agendas.pages.evidence import TEXT_CHARACTERS, ReceiptLine, thread_receipt_page
from agendas.pages.updates import RecordedFacts
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, drawn
from tests.agendas.pages.accounts.test_accounts import CLAIMED, TODAY, event
from tests.agendas.pages.reviews.sections.examples import ACCOUNT, BEFORE, ZONE

WORDS = Words()


def line(*changes: Moved | ActionAdded | BlockerOpened | NothingMoved) -> list[ReceiptLine]:
    return [ReceiptLine(RecordedFacts(event(each, 20 + n), ACCOUNT, ACCOUNT)) for n, each in enumerate(changes)]


def test_a_receipt_looks_like_this() -> None:
    action = ActionAdded("Send the offer", "U0BOB1", TODAY)
    claim = ReceiptLine(RecordedFacts(event(Moved("They asked for a price", "engaged"), 6), BEFORE, CLAIMED))
    by_another = replace(event(Corrected(5, "It was Globex"), 9), actor="U0BOB1")
    pages = {
        "replies": [*line(NothingMoved(), action, BlockerOpened("Legal is slow", "U0ANN1", "finance")), claim],
        "taken back": [replace(claim, correction=event(Corrected(6), 9))],
        "corrected, late": [replace(claim, correction=by_another, late_for=TODAY)],
        "long": line(NothingMoved("so " * 500)),
    }
    shown = {
        kind: thread_receipt_page(each, WORDS, earlier=kind == "replies", zone=ZONE) for kind, each in pages.items()
    }
    check_golden("pages/thread_receipt", "\n".join(drawn(kind, page) for kind, page in shown.items()))
    assert len(shown["long"].title) < TEXT_CHARACTERS + 80
