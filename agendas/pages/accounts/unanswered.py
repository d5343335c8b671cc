"""Entries that were recorded without an answer, because the bot was interrupted: each with Undo."""

from dataclasses import dataclass

from agendas.facts.signals import NotedSignal
from agendas.pages.accounts.recorded import RecordedFacts, update_lines
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Item, Line, Page, Text
from agendas.rendering.words import Words


@dataclass(frozen=True, slots=True)
class UnansweredFacts:
    """The entries that still count, those that the person took back, and their signals; the reader's zone."""

    recorded: tuple[RecordedFacts, ...]
    taken_back: tuple[RecordedFacts, ...]
    signals: tuple[NotedSignal, ...]
    zone: str

    @property
    def is_any(self) -> bool:
        """True when there is something to tell."""
        return bool(self.recorded or self.taken_back or self.signals)


def unanswered_page(facts: UnansweredFacts, words: Words) -> Page:
    """Return the sentence that it is recorded all the same, and a line for each with its own Undo."""
    recorded_at = [*(each.event.recorded_at for each in facts.recorded), *(s.signal.recorded_at for s in facts.signals)]
    said = words.say("answers.unanswered", at=min(recorded_at, default=None), zone=facts.zone)
    items: list[Item] = [Text(said), *update_lines(facts.recorded, words)]
    for noted in facts.signals:
        undo = labelled(words, "signals.undo", str(noted.signal.id))
        items.append(Line(words.say("signals.noted", noted=noted), undo))
    items += [_taken_back(each, words) for each in facts.taken_back]
    return Page(read(said), tuple(items), key="unanswered")


def _taken_back(facts: RecordedFacts, words: Words) -> Text:
    said = words.say("history.undone", event=facts.event, before=facts.before, after=facts.after, subject=facts.subject)
    return Text(said)
