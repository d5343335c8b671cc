"""The executive review: its page, and the accounts behind its numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from agendas.facts.account import Decision
from agendas.facts.events import DecisionKind
from agendas.facts.evidence import Evidence
from agendas.facts.measures import ProgramAccount
from agendas.facts.program import TIERS, ReportKind
from agendas.facts.reviews import Bucket, ReviewFacts
from agendas.pages.admin import file_buttons
from agendas.rendering.page import Button, Buttons, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.account_list import ListChangeKind, change_of
from agendas.rules.audit import WINDOW_DAYS
from agendas.rules.deals import furthest_deal, moved_deal, sum_of
from agendas.rules.executive import (
    DecisionState,
    ExecutiveReport,
    Intervention,
    Trends,
    ask_to_take,
    can_ask,
    can_be_met,
)
from agendas.rules.measures import is_whole, written_period
from agendas.rules.pipeline import LEAST_FOR_PERCENT
from agendas.text.dates import add_months, local_date

# Progression, pipeline quality and coverage of the executive page against the month before; foundations missing.


def figure_lines(trends: Trends | None, words: Words) -> tuple[str, ...]:
    """A line for each figure that has a value; pipeline quality has one for each currency."""
    if trends is None:
        return ()
    quality = [
        (currency, now, trends.quality_before.get(currency))
        for currency, now in sorted(trends.quality.items())
        if now.deals or now.without_amount
    ]
    coverage = words.lines("executive.coverage", trends=trends) if trends.coverage[1] else ()
    return (
        *words.lines("executive.progression", trends=trends, least=LEAST_FOR_PERCENT),
        *words.lines("executive.quality", lines=quality),
        *coverage,
        *(words.lines("audit.missing_briefly", foundations=trends.foundations) if trends.foundations else ()),
    )


# Most lines and names of each part of the executive page.

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageLimits:
    """Most decisions of the month before, interventions, accounts that grew or advanced, names, decisions, meetings."""

    past: int
    interventions: int
    expanded: int
    advanced: int
    names: int
    decided: int
    touches: int


SHORT = PageLimits(past=3, interventions=6, expanded=3, advanced=4, names=4, decided=8, touches=2)
"""So many fit forty lines, which are read in two minutes."""

WHOLE = PageLimits(*(10_000 for _ in range(7)))
"""Everything, for the details."""


def split(found: Sequence[T], most: int) -> tuple[Sequence[T], int]:
    return found[:most], max(0, len(found) - most)


# Stalled, expanded and advanced accounts on the executive page, each with why or with what worked.


def moved_lines(report: ExecutiveReport, words: Words, shown: PageLimits) -> Iterator[str]:
    """Stalled accounts by cause, those that expanded and advanced, and claims, which count nowhere."""
    yield from _stalled(report, words, shown)
    yield from _expanded(report, words, shown)
    yield from _advanced(report, words, shown)
    apart = {"claimed": report.claimed, "bounced": report.bounced}
    if shown is WHOLE:
        apart |= {"momentum": report.momentum, "passed_by": report.passed_by}
    for name, accounts in apart.items():
        if accounts:
            first, more = split(accounts, shown.names)
            yield words.say(f"executive.{name}", accounts=first, more=more)


def _stalled(report: ExecutiveReport, words: Words, shown: PageLimits) -> Iterator[str]:
    if report.stalled:
        yield words.say("executive.stalled_label", count=sum(map(len, report.stalled.values())))
    for group, accounts in report.stalled.items():
        first, more = split(accounts, shown.names)
        yield words.say("executive.stalled", group=group, accounts=first, more=more)


def _expanded(report: ExecutiveReport, words: Words, shown: PageLimits) -> Iterator[str]:
    first, more = split(report.expanded, shown.expanded)
    for each in first:
        yield words.say("executive.expanded", item=each, piece=_piece(each))
    if more:
        yield words.say("executive.more", count=more, name=Bucket.EXPANDED)


def _advanced(report: ExecutiveReport, words: Words, shown: PageLimits) -> Iterator[str]:
    first, more = split(report.advanced, shown.advanced)
    for each in first:
        deal = moved_deal(each.facts.account, each.placement.movement, since=each.facts.since)
        yield words.say("executive.advanced", item=each, deal=deal, piece=_piece(each))
    if more:
        yield words.say("executive.more", count=more, name=Bucket.ADVANCED)


def _piece(account: ProgramAccount) -> Evidence | None:
    return next(iter(account.placement.movement.evidence), None)


# Executive touches on the executive page: how many accounts of tier 1, the latest meetings, and who was not met.


def touch_lines(report: ExecutiveReport, today: date, words: Words, shown: PageLimits) -> tuple[str, ...]:
    """How many tier 1 accounts our executives met, and the latest meetings; empty if there is neither."""
    if not report.touches and not report.one_to_one:
        return ()
    first, more = split(report.touches, shown.touches)
    values = {"touches": first, "more": more, "days": WINDOW_DAYS, "is_list": shown is WHOLE}
    return words.lines("executive.touches", report=report, today=today, **values)


def untouched_items(report: ExecutiveReport, words: Words, *, can_act: bool) -> Iterator[Item]:
    for each in report.untouched:
        sentence = words.say("executive.untouched", account=each, days=WINDOW_DAYS)
        button = labelled(words, "executive.met", str(each.account_id))
        yield Line(sentence, button) if can_act and can_be_met(report, each.account_id) else Text(sentence)


# The executive review on one page: decisions of the month before, who needs intervention, what moved, and why.

LISTED = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED, Bucket.EXPANDED, Bucket.ADVANCED)
"""Buckets with a button for all their accounts."""


def executive_page(report: ExecutiveReport, words: Words, *, can_act: bool = True, reader: str = "") -> Page:
    """The executive review in at most forty lines, in the order of the meeting.

    An intervention has the button that takes its ask, answers it where `reader` (a user id) is asked, or asks where
    nobody did, as long as that can be done; what does not fit is behind the buttons at the end. Without `can_act`
    nothing can be taken: for files and for observers.
    """
    items = _page_items(report, words, SHORT, reader=reader if can_act else None)
    return Page(_title(report, words), (*items, *_foot(report, words)), key=f"executive-{_month(report)}")


def executive_details_page(report: ExecutiveReport, words: Words, *, can_act: bool = True, reader: str = "") -> Page:
    """The executive review with every account and decision, momentum, and accounts that reviews passed by."""
    items = [*_page_items(report, words, WHOLE, reader=reader if can_act else None)]
    if report.on_list:
        items.append(Buttons((labelled(words, "measures.all", _month(report)),)))
    return Page(_title(report, words), tuple(items), key=f"executive-details-{_month(report)}")


def _title(report: ExecutiveReport, words: Words) -> str:
    return words.raw("executive.title", report=report, stalled=sum(map(len, report.stalled.values())))


def _month(report: ExecutiveReport) -> str:
    return written_period(report.period)


def _page_items(report: ExecutiveReport, words: Words, shown: PageLimits, *, reader: str | None) -> Iterator[Item]:
    """The page's items for `reader`: a user id, '' where several read it, None where nobody can act."""
    period, today = report.period, report.period.last
    yield Rows(words.lines("executive.first", report=report, today=today, is_part=not is_whole(period)))
    if not report.on_list:
        yield Text(_empty_sentence(report, words))
        return
    if past := _past(report, today, words, shown):
        yield Rows(past)
    yield from _interventions(report, today, words, shown, reader=reader)
    yield Rows((*_counts(report, words, shown), *moved_lines(report, words, shown)))
    figures = figure_lines(report.trends, words)
    met = touch_lines(report, today, words, shown)
    if shown is WHOLE:
        figures = (*(words.say("executive.bridge", one=each, period=period) for each in report.bridges), *figures)
    yield Rows((*met, *_list(report, words, shown), *figures, *_decided(report, today, words, shown)))
    if shown is WHOLE:
        yield from untouched_items(report, words, can_act=reader is not None)
    if not period.is_running:
        values = {"later": report.later, "told_later": report.told_later, "today": today}
        yield Note(words.say("executive.as_of", until=period.ends_at, zone=period.zone, **values))


def _empty_sentence(report: ExecutiveReport, words: Words) -> str:
    if report.since is not None and report.since > report.period.last:
        return words.say("measures.before_history", since=report.since)
    return (
        words.say("executive.all_paused", count=len(report.paused)) if report.paused else words.say("executive.empty")
    )


def _past(report: ExecutiveReport, today: date, words: Words, shown: PageLimits) -> tuple[str, ...]:
    if not report.past:
        return ()
    waiting = [each for each in report.past if each.state is not DecisionState.DONE]
    first, more = split(waiting, shown.past)
    total = len(report.past)
    month = add_months(report.period.first, -1)
    done = total - len(waiting)
    return words.lines("executive.past", month=month, done=done, total=total, open=first, more=more, today=today)


def _counts(report: ExecutiveReport, words: Words, shown: PageLimits) -> Iterator[str]:
    """Counts by bucket against the month before; in the details also a line of each tier where there are several."""
    yield from words.lines("executive.counts", counts=report.counts, with_before=report.since is None)
    tiers = [tier for tier in TIERS if any(each.tiers.get(tier) for each in report.counts)]
    for tier in tiers if shown is WHOLE and len(tiers) > 1 else ():
        counts = [(each.bucket, each.tiers[tier]) for each in report.counts if each.tiers.get(tier)]
        yield words.say("executive.tiers", tier=tier, counts=counts)


def _interventions(
    report: ExecutiveReport, today: date, words: Words, shown: PageLimits, *, reader: str | None
) -> Iterator[Item]:
    if not report.interventions:
        return
    first, _ = split(report.interventions, shown.interventions)
    yield Text(words.say("executive.interventions_label", count=len(report.interventions), shown=len(first)))
    for each in first:
        deal = furthest_deal(each.account.facts.account)
        amounts = sum_of(each.account.facts.account.open_deals).amounts
        sentence = words.say("executive.intervention", each=each, deal=deal, amounts=amounts, today=today)
        button = None if reader is None else _button(report, each, words, reader)
        yield Line(sentence, button) if button else Text(sentence)


def _button(report: ExecutiveReport, each: Intervention, words: Words, reader: str) -> Button | None:
    """The button for what can still be done, None where nothing can."""
    if ask := ask_to_take(report, each):
        is_theirs = reader and ask.ask_of == reader
        return labelled(words, "ask.answer" if is_theirs else "executive.take", str(ask.event_id))
    return labelled(words, "executive.ask", str(each.account.account_id)) if can_ask(report, each) else None


def _list(report: ExecutiveReport, words: Words, shown: PageLimits) -> tuple[str, ...]:
    """The tiers against their caps, and the changes of the list by kind."""
    groups = []
    for kind in ListChangeKind:
        moves = [
            move
            for move in report.list_moves
            if change_of((move.from_status, move.from_tier), (move.to_status, move.to_tier)) is kind
        ]
        if moves:
            groups.append((kind, *split(moves, shown.names)))
    return words.lines("executive.list", groups=groups, sizes=[each for each in report.sizes if each.named])


def _decided(report: ExecutiveReport, today: date, words: Words, shown: PageLimits) -> tuple[str, ...]:
    """The decisions of the period read back; asks of somebody come first, then other interventions."""
    decisions = sorted(
        report.decided, key=lambda each: (each[1].ask_of is None, each[1].decision is not DecisionKind.INTERVENE)
    )
    first, more = split(decisions, shown.decided)
    return words.lines("executive.decided", decisions=first, more=more, today=today) if decisions else ()


def _foot(report: ExecutiveReport, words: Words) -> Iterator[Item]:
    """Details, and all accounts of each bucket that matters; as a file from the menu."""
    if not report.on_list:
        return
    filled = {each.bucket for each in report.counts if each.now}
    lists = (labelled(words, f"executive.{each}", _month(report)) for each in LISTED if each in filled)
    files = file_buttons(words, ReportKind.EXECUTIVE, _month(report))
    yield Buttons((labelled(words, "executive.opened", _month(report)), *lists), files)


# The executive review as a meeting: its page in the channel, the same page a day before, and its recap.


@dataclass(frozen=True, slots=True)
class ExecutiveMeeting:
    """An executive review that is planned: its channel, and when, in the zone of its reader."""

    channel_id: str
    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class ExecutiveOutcome:
    """Decisions of an executive review, and asks taken in it: (account's name, what was asked, user id)."""

    decided: Sequence[tuple[str, Decision]] = ()
    taken: Sequence[tuple[str, str, str]] = ()


def executive_review_page(
    report: ExecutiveReport, review: ReviewFacts, outcome: ExecutiveOutcome, words: Words
) -> Page:
    """The executive page as posted for a review, its outcome so far, who leads it, and the button to close it."""
    page, today = executive_page(report, words), local_date(review.planned_at, review.zone)
    items: list[Item] = [*page.items]
    if so_far := words.lines("executive.come_of_it", outcome=outcome, today=today):
        items.append(Rows((words.say("executive.so_far"), *so_far)))
    items.append(Note(words.say("executive.led", review=review)))
    if review.closed_at is None:
        items.append(Buttons((labelled(words, "review.close", str(review.id)),)))
    return replace(page, items=tuple(items), key=f"review-{review.id}")


def executive_before_page(
    report: ExecutiveReport, meeting: ExecutiveMeeting, words: Words, *, can_act: bool, reader: str
) -> Page:
    """The executive page a day before its review, for one person: `reader`, a user id."""
    page = executive_page(report, words, can_act=can_act, reader=reader)
    first = Note(words.say("executive.before", meeting=meeting))
    return replace(page, title=words.raw("executive.before_title", meeting=meeting), items=(first, *page.items))


def executive_recap_page(review: ReviewFacts, month: date, outcome: ExecutiveOutcome, words: Words) -> Page:
    """The recap: whether it was held and by whom, its decisions read back, the asks taken in it, and the next one."""
    today = local_date(review.closed_at or review.planned_at, review.zone)
    lines = words.lines("executive.recap", review=review, month=month, outcome=outcome, today=today)
    title = words.raw("executive.recap_title", review=review, month=month, count=len(outcome.decided))
    return Page(title, (Rows(lines),), key=f"recap-{review.id}")
