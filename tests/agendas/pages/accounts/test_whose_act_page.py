"""The marks of what people said whose act it was."""

from agendas.facts.events import Moved
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.pages.accounts import HistoryFacts, HistoryLine, history_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.builders import BOB, NOW, ZONE, event

WORDS = Words()


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
