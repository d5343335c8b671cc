"""The executive review on one page: decisions of the month before, who needs intervention, what moved, and why."""

from collections.abc import Iterator
from datetime import date

from agendas.facts.events import DecisionKind
from agendas.facts.measures.executive import DecisionState, ExecutiveReport, Intervention
from agendas.facts.measures.program import ListMove
from agendas.facts.program.reports import ReportKind
from agendas.facts.program.settings import TIERS
from agendas.facts.reviews.review import Bucket
from agendas.pages.admin.report_buttons import file_buttons
from agendas.pages.executive.figures import figure_lines
from agendas.pages.executive.moved import moved_lines
from agendas.pages.executive.shown import SHORT, WHOLE, Shown, split
from agendas.pages.executive.touches import touch_lines, untouched_items
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Buttons, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.executive.possible import ask_to_take, can_ask
from agendas.rules.list.versions import Change, change_of
from agendas.rules.measures.periods import is_whole, written
from agendas.text.date_forms import add_months

LISTED = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED, Bucket.EXPANDED, Bucket.ADVANCED)
"""Buckets with a button for all their accounts."""


def executive_page(report: ExecutiveReport, words: Words, *, can_act: bool = True, reader: str = "") -> Page:
    """The executive review in at most forty lines, in the order of the meeting.

    An intervention has the button that takes its ask, answers it where `reader` (a user id) is asked, or asks where
    nobody did, as long as that can be done; what does not fit is behind the buttons at the end. Without `can_act`
    nothing can be taken: for files and for observers.
    """
    items = _items(report, words, SHORT, reader=reader if can_act else None)
    return Page(_title(report, words), (*items, *_foot(report, words)), key=f"executive-{_month(report)}")


def executive_details_page(report: ExecutiveReport, words: Words, *, can_act: bool = True, reader: str = "") -> Page:
    """The executive review with every account and decision, momentum, and accounts that reviews passed by."""
    items = [*_items(report, words, WHOLE, reader=reader if can_act else None)]
    if report.on_list:
        items.append(Buttons((labelled(words, "measures.all", _month(report)),)))
    return Page(_title(report, words), tuple(items), key=f"executive-details-{_month(report)}")


def _title(report: ExecutiveReport, words: Words) -> str:
    return words.raw("executive.title", report=report, stalled=sum(map(len, report.stalled.values())))


def _month(report: ExecutiveReport) -> str:
    return written(report.period)


def _items(report: ExecutiveReport, words: Words, shown: Shown, *, reader: str | None) -> Iterator[Item]:
    """The page for a reader; "" for several, None for whoever cannot act."""
    period, today = report.period, report.period.last
    yield Rows(words.lines("executive.first", report=report, today=today, is_part=not is_whole(period)))
    if not report.on_list:
        yield Text(_nothing(report, words))
        return
    yield Rows((*_past(report, today, words, shown), *_counts(report, words)))
    yield from _interventions(report, today, words, shown, reader=reader)
    if moved := tuple(moved_lines(report, words, shown)):
        yield Rows(moved)
    figures = figure_lines(report.trends, words)
    met = touch_lines(report, today, words, shown)
    yield Rows((*met, *_list(report, words, shown), *figures, *_decided(report, today, words, shown)))
    if shown is WHOLE:
        yield from untouched_items(report, words, can_act=reader is not None)
    if not period.is_running:
        yield Note(words.say("executive.as_of", until=period.ends_at, zone=period.zone, later=report.later))


def _nothing(report: ExecutiveReport, words: Words) -> str:
    if report.since is not None and report.since > report.period.last:
        return words.say("measures.before_history", since=report.since)
    return (
        words.say("executive.all_paused", count=len(report.paused)) if report.paused else words.say("executive.empty")
    )


def _past(report: ExecutiveReport, today: date, words: Words, shown: Shown) -> tuple[str, ...]:
    if not report.past:
        return ()
    waiting = [each for each in report.past if each.state is not DecisionState.DONE]
    first, more = split(waiting, shown.past)
    total = len(report.past)
    month = add_months(report.period.first, -1)
    done = total - len(waiting)
    return words.lines("executive.past", month=month, done=done, total=total, open=first, more=more, today=today)


def _counts(report: ExecutiveReport, words: Words) -> Iterator[str]:
    """Counts by bucket against the month before, and a line of each tier where there are several."""
    yield from words.lines("executive.counts", counts=report.counts, with_before=report.since is None)
    tiers = [tier for tier in TIERS if any(each.tiers.get(tier) for each in report.counts)]
    for tier in tiers if len(tiers) > 1 else ():
        counts = [(each.bucket, each.tiers[tier]) for each in report.counts if each.tiers.get(tier)]
        yield words.say("executive.tiers", tier=tier, counts=counts)


def _interventions(
    report: ExecutiveReport, today: date, words: Words, shown: Shown, *, reader: str | None
) -> Iterator[Item]:
    if not report.interventions:
        return
    first, _ = split(report.interventions, shown.interventions)
    yield Text(words.say("executive.interventions_label", count=len(report.interventions), shown=len(first)))
    for each in first:
        deal = furthest_deal(each.account.facts.account)
        said = words.say("executive.intervention", each=each, deal=deal, today=today)
        button = None if reader is None else _button(report, each, words, reader)
        yield Line(said, button) if button else Text(said)


def _button(report: ExecutiveReport, each: Intervention, words: Words, reader: str) -> Button | None:
    """The button for what can still be done, None where nothing can."""
    if ask := ask_to_take(report, each):
        is_theirs = reader and ask.ask_of == reader
        return labelled(words, "ask.answer" if is_theirs else "executive.take", str(ask.event_id))
    return labelled(words, "executive.ask", str(each.account.account_id)) if can_ask(report, each) else None


def _list(report: ExecutiveReport, words: Words, shown: Shown) -> tuple[str, ...]:
    """The tiers against their caps, and the changes of the list by kind."""
    groups = []
    for kind in Change:
        moves = [move for move in report.list_moves if _kind(move) is kind]
        if moves:
            groups.append((kind, *split(moves, shown.names)))
    return words.lines("executive.list", groups=groups, sizes=[each for each in report.sizes if each.named])


def _kind(move: ListMove) -> Change | None:
    return change_of((move.from_status, move.from_tier), (move.to_status, move.to_tier))


def _decided(report: ExecutiveReport, today: date, words: Words, shown: Shown) -> tuple[str, ...]:
    """The decisions of the period read back; asks of somebody come first, then other interventions."""
    told = sorted(
        report.decided, key=lambda each: (each[1].ask_of is None, each[1].decision is not DecisionKind.INTERVENE)
    )
    first, more = split(told, shown.decided)
    return words.lines("executive.decided", decisions=first, more=more, today=today) if told else ()


def _foot(report: ExecutiveReport, words: Words) -> Iterator[Item]:
    """Details, and all accounts of each bucket that matters; as a file from the menu."""
    if not report.on_list:
        return
    there = {each.bucket for each in report.counts if each.now}
    lists = (labelled(words, f"executive.{each}", _month(report)) for each in LISTED if each in there)
    files = file_buttons(words, ReportKind.EXECUTIVE, _month(report))
    yield Buttons((labelled(words, "executive.opened", _month(report)), *lists), files)
