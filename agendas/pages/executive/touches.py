"""Executive touches on the executive page: how many accounts of tier 1, the latest meetings, and who was not met."""

from collections.abc import Iterator
from datetime import date

from agendas.facts.measures.executive import ExecutiveReport
from agendas.pages.executive.shown import WHOLE, Shown, split
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Item, Line, Text
from agendas.rendering.words import Words
from agendas.rules.audit.judging import WINDOW_DAYS
from agendas.rules.executive.possible import can_be_met


def touch_lines(report: ExecutiveReport, today: date, words: Words, shown: Shown) -> tuple[str, ...]:
    """How many accounts of tier 1 an executive of ours met, and the latest meetings; none where there are neither."""
    if not report.touches and not report.one_to_one:
        return ()
    first, more = split(report.touches, shown.touches)
    said = {"touches": first, "more": more, "days": WINDOW_DAYS, "is_list": shown is WHOLE}
    return words.lines("executive.touches", report=report, today=today, **said)


def untouched_items(report: ExecutiveReport, words: Words, *, can_act: bool) -> Iterator[Item]:
    """Each account of tier 1 without a meeting, with the form to add one where it is still on the list."""
    for each in report.untouched:
        said = words.say("executive.untouched", account=each, days=WINDOW_DAYS)
        button = labelled(words, "executive.met", str(each.account_id))
        yield Line(said, button) if can_act and can_be_met(report, each.account_id) else Text(said)
