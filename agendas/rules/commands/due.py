"""The date that ends the words of /next, or the question about it."""

from datetime import date

from agendas.rules.commands.unclear import Choice, UnclearPart
from agendas.text.days import weekday_said
from agendas.text.evidence import readable
from agendas.text.trailing_date import date_at_end
from agendas.text.word_stream import TypedWords, kept


def take_due(words: TypedWords, today: date) -> date | None:
    """The date that ends the words, which is left out unless they say more than it; None where they end otherwise.

    Raises:
        UnclearPart: where a date is expected or meant, and it cannot be told which.
    """
    found = date_at_end(words.words, today)
    if found is None:
        return None
    if found.on is not None:
        if not found.stays:
            words.drop_last(found.count)
        return found.on
    typed = kept(words.last_words(found.count))
    before = f"{typed} by" if found.stays else "by"
    choices = tuple(
        Choice(weekday_said(on, today), words.last_again(found.count, f"{before} {on.isoformat()}"))
        for on in found.readings
    )
    entered = {"text": readable(words.text)}
    raise UnclearPart(found.problem, choices, as_text=words.last_again(found.count, typed), entered=entered)
