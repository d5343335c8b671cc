"""The message that asks whose act older entries were, and the marks of what people said."""

from collections.abc import Iterable

from agendas.facts.account import EventFacts
from agendas.facts.events import Moved
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.pages.accounts.history import HistoryFacts, HistoryLine, history_page
from agendas.pages.accounts.whose_act import QuestionFacts, UndecidedEntry, whose_act_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.hostile import PIECES, check
from tests.builders import BOB, NOW, ZONE, event

WORDS = Words()


def asked_page(name: str, events: Iterable[EventFacts]) -> Page:
    """The message about these entries of an account."""
    return whose_act_page(QuestionFacts(tuple(UndecidedEntry(name, each) for each in events), NOW, ZONE), WORDS)


def entry(name: str, number: int) -> UndecidedEntry:
    shown = (Evidence("Minutes", NOW, "https://notes.example/1"),)
    return UndecidedEntry(name, event(Moved("Pilot agreement", "engaged"), id=number, evidence=shown))


def test_the_message_says_how_many_entries_of_which_accounts_and_what_they_count_until_then() -> None:
    one = QuestionFacts((entry("Acme Corp", 1),), NOW, ZONE)
    several = QuestionFacts((entry("Acme Corp", 1), entry("Acme Corp", 2), entry("Globex", 3)), NOW, ZONE)
    pages = {"one": whose_act_page(one, WORDS), "several": whose_act_page(several, WORDS)}
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/whose_act", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def test_a_message_about_hostile_names_does_no_harm() -> None:
    for text in (" ".join(PIECES), "".join(PIECES) * 8):
        check(asked_page(text, [event(id=number) for number in (1, 2)]))


def test_a_line_shows_its_evidence_as_judged_and_by_whom_if_a_person_did() -> None:
    def line(actor: EvidenceActor, judged_by: str = "") -> str:
        shown = (Evidence("Minutes", NOW, "https://notes.example/1", actor=actor),)
        told = HistoryLine(event(Moved("Pilot"), evidence=shown), judged_by=judged_by)
        page = history_page(HistoryFacts(1, "Acme", (told,), ZONE, NOW.date()), WORDS)
        return "\n".join(each.text + str(each.blocks) for each in messages(page))

    assert f"(ours, says <@{BOB}>)" in line(EvidenceActor.US, BOB)
    assert f"(the buyer's, says <@{BOB}>)" in line(EvidenceActor.BUYER, BOB).replace("\\'", "'")
    assert ", in doubt" in line(EvidenceActor.IN_DOUBT)
    assert "says" not in line(EvidenceActor.BUYER)
