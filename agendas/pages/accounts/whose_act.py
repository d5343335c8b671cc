"""The question to one person whose act the evidence of older entries is."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import EventFacts
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Page, Rows, Text
from agendas.rendering.words import Words


@dataclass(frozen=True, slots=True)
class UndecidedEntry:
    """An entry of an account with evidence that is undecided."""

    account_name: str
    event: EventFacts

    @property
    def place(self) -> tuple[int, int]:
        """Its place among those of all accounts: account by account, in the order recorded."""
        return self.event.account_id, self.event.id


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """The question to one person: entries from before `asked_at` whose evidence is undecided."""

    entries: tuple[UndecidedEntry, ...]
    asked_at: datetime
    zone: str


def whose_act_page(facts: QuestionFacts, words: Words) -> Page:
    """Return how many entries are asked about, by account, with the button that opens the form."""
    count = len(facts.entries)
    counts = Counter(entry.account_name for entry in facts.entries)
    asked = words.say("whose_act.question", count=count, asked_at=facts.asked_at, zone=facts.zone)
    lines = [line for name in counts for line in words.lines("whose_act.of_account", name=name, count=counts[name])]
    buttons = Buttons((labelled(words, "whose_act.open", style="primary"),))
    return Page(words.raw("whose_act.title", count=count), (Text(asked), Rows(tuple(lines)), buttons), key="whose-act")
