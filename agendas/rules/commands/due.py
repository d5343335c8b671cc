"""The date that ends the words of /next, or the question about it."""

from datetime import date

from agendas.rules.commands.unclear import Choice, UnclearPart
from agendas.text.days import weekday_said
from agendas.text.evidence import readable
from agendas.text.trailing_date import date_at_end, date_in_front
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


def ask_about_first(words: TypedWords, today: date) -> None:
    """Raise UnclearPart for a date that begins the words, where no date ends them."""
    found = date_in_front(words.words, today)
    if found is None:
        return
    typed = " ".join(words.words[: found.count])
    later = words.first_again(found.count, "").strip()
    choices = tuple(Choice(weekday_said(on, today), f"{later} by {on.isoformat()}") for on in found.readings)
    as_text = words.first_again(found.count, kept(typed))
    raise UnclearPart(found.problem, choices, as_text=as_text, entered={"text": readable(words.text)})
