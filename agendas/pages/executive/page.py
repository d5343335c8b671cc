"""The executive review on one page: decisions of the month before, who needs intervention, what moved, and why."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from agendas.facts.account import ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.measures.executive import DecisionState, ExecutiveReport, Intervention
from agendas.facts.measures.program import ListMove, ProgramAccount
from agendas.facts.program.reports import ReportKind
from agendas.facts.program.settings import TIERS
from agendas.facts.review import Bucket
from agendas.pages.admin.report_buttons import file_buttons
from agendas.pages.executive.figures import figure_lines
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Buttons, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.deals.moved_deal import moved_deal
from agendas.rules.deals.stalled import furthest_deal
from agendas.text.date_forms import add_months
from agendas.text.days import local_date

PAST_SHOWN, INTERVENTIONS_SHOWN, GROWN_SHOWN, ADVANCED_SHOWN = 3, 6, 3, 4
"""Lines of a part that stand on the page, so that it can be read in two minutes; the rest is behind its button."""

NAMES_SHOWN = 4
"""Accounts named in one line."""

DECIDED_SHOWN = 8


def executive_page(report: ExecutiveReport, words: Words, *, can_act: bool = True) -> Page:
    """The executive review in at most forty lines, in the order of the meeting.

    An intervention has the button that takes its ask, or asks where nobody did; what does not fit is behind the
    buttons at the end. Without `can_act` nothing can be taken: for files and for observers.
    """
    stalled = sum(map(len, report.stalled.values()))
    title = words.raw("executive.title", report=report, stalled=stalled)
    return Page(title, tuple(_items(report, words, can_act=can_act)), key=f"executive-{report.period.first:%Y-%m}")


def _items(report: ExecutiveReport, words: Words, *, can_act: bool) -> Iterator[Item]:
    today = _today(report)
    yield Rows(words.lines("executive.first", report=report, today=today))
    if not report.on_list:
        empty = words.say("executive.all_paused", count=len(report.paused)) if report.paused else None
        yield Text(empty or words.say("executive.empty"))
        return
    yield Rows((*_past(report, today, words), *_counts(report, words)))
    yield from _interventions(report, today, words, can_act=can_act)
    if moved := (*_stalled(report, words), *_expanded(report, words), *_advanced(report, words)):
        yield Rows(moved)
    yield Rows((*_list(report, words), *figure_lines(report.trends, words), *_decided(report, today, words)))
    if not report.period.is_running:
        yield Note(words.say("executive.as_of", until=report.period.ends_at, zone=report.period.zone))
    yield from _foot(report, words)


def _today(report: ExecutiveReport) -> date:
    return local_date(report.period.ends_at, report.period.zone)


def _past(report: ExecutiveReport, today: date, words: Words) -> tuple[str, ...]:
    if not report.past:
        return ()
    open_ = [each for each in report.past if each.state is not DecisionState.DONE]
    total = len(report.past)
    return words.lines(
        "executive.past",
        month=add_months(report.period.first, -1),
        done=total - len(open_),
        total=total,
        open=open_[:PAST_SHOWN],
        more=max(0, len(open_) - PAST_SHOWN),
        today=today,
    )


def _counts(report: ExecutiveReport, words: Words) -> Iterator[str]:
    """Counts by bucket against the month before, and a line of each tier where there are several."""
    yield from words.lines("executive.counts", counts=report.counts, with_before=report.since is None)
    tiers = [tier for tier in TIERS if any(each.tiers.get(tier) for each in report.counts)]
    for tier in tiers if len(tiers) > 1 else ():
        counts = [(each.bucket, each.tiers[tier]) for each in report.counts if each.tiers.get(tier)]
        yield words.say("executive.tiers", tier=tier, counts=counts)


def _interventions(report: ExecutiveReport, today: date, words: Words, *, can_act: bool) -> Iterator[Item]:
    if not report.interventions:
        return
    shown = report.interventions[:INTERVENTIONS_SHOWN]
    yield Text(words.say("executive.interventions_label", count=len(report.interventions), shown=len(shown)))
    for each in shown:
        said = words.say(
            "executive.intervention", each=each, deal=furthest_deal(each.account.facts.account), today=today
        )
        yield Line(said, _button(each, words)) if can_act else Text(said)


def _button(each: Intervention, words: Words) -> Button:
    account_id = each.account.account_id
    if each.ask is None:
        return labelled(words, "executive.ask", str(account_id))
    return labelled(words, "executive.take", f"{account_id} {each.ask.event_id}")


def _stalled(report: ExecutiveReport, words: Words) -> Iterator[str]:
    if report.stalled:
        yield words.say("executive.stalled_label", count=sum(map(len, report.stalled.values())))
    for group, accounts in report.stalled.items():
        shown, more = _shown(accounts, NAMES_SHOWN)
        yield words.say("executive.stalled", group=group, accounts=shown, more=more)


def _expanded(report: ExecutiveReport, words: Words) -> Iterator[str]:
    shown, more = _shown(report.expanded, GROWN_SHOWN)
    for each in shown:
        yield words.say("executive.expanded", item=each, piece=_piece(each))
    if more:
        yield words.say("executive.more", count=more)


def _advanced(report: ExecutiveReport, words: Words) -> Iterator[str]:
    shown, more = _shown(report.advanced, ADVANCED_SHOWN)
    for each in shown:
        deal = moved_deal(each.facts.account, each.placement.movement, since=each.facts.since)
        yield words.say("executive.advanced", item=each, deal=deal, piece=_piece(each))
    if more:
        yield words.say("executive.more", count=more)
    for name, accounts in (("executive.claimed", report.claimed), ("executive.bounced", report.bounced)):
        if accounts:
            shown, more = _shown(accounts, NAMES_SHOWN)
            yield words.say(name, accounts=shown, more=more)


def _piece(account: ProgramAccount) -> object:
    """The evidence that shows its movement best, None without one."""
    return next(iter(account.placement.movement.evidence), None)


def _shown(accounts: Sequence[ProgramAccount], most: int) -> tuple[Sequence[ProgramAccount], int]:
    """Return the first ones, and how many there are beyond them."""
    return accounts[:most], max(0, len(accounts) - most)


def _list(report: ExecutiveReport, words: Words) -> tuple[str, ...]:
    """The tiers against their caps, and the changes of the list by kind."""
    groups = []
    for word in ("Added", "Tier changed", "Paused", "Removed", "Rejected"):
        moves = [move for move in report.list_moves if _kind(move) == word]
        if moves:
            groups.append((word, moves[:NAMES_SHOWN], max(0, len(moves) - NAMES_SHOWN)))
    sizes = [each for each in report.sizes if each.named]
    return words.lines("executive.list", groups=groups, sizes=sizes)


def _kind(move: ListMove) -> str:
    if move.to_status is ListStatus.NAMED:
        return "Tier changed" if move.from_status is ListStatus.NAMED else "Added"
    return move.to_status.value.capitalize()


def _decided(report: ExecutiveReport, today: date, words: Words) -> tuple[str, ...]:
    """The decisions of the period read back; of those that keep an account as it is only their number."""
    told = [each for each in report.decided if each[1].decision is not DecisionKind.KEEP]
    if not told:
        return ()
    more = len(told) - len(told[:DECIDED_SHOWN])
    return words.lines("executive.decided", decisions=told[:DECIDED_SHOWN], more=more, today=today)


def _foot(report: ExecutiveReport, words: Words) -> Iterator[Item]:
    counted = Counter({each.bucket: each.now for each in report.counts})
    month = f"{report.period.first:%Y-%m}"
    behind = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED, Bucket.EXPANDED, Bucket.ADVANCED)
    lists = [labelled(words, f"executive.{each}", month) for each in behind if counted[each]]
    files = file_buttons(words, ReportKind.EXECUTIVE, month)
    yield Buttons((labelled(words, "executive.opened", month), *lists[:4]), files)
