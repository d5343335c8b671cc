"""Stalled, expanded and advanced accounts on the executive page, each with why or with what worked."""

from collections.abc import Iterator

from agendas.facts.evidence import Evidence
from agendas.facts.measures.executive import ExecutiveReport
from agendas.facts.measures.program import ProgramAccount
from agendas.facts.reviews.review import Bucket
from agendas.pages.executive.shown import WHOLE, Shown, split
from agendas.rendering.words import Words
from agendas.rules.deals.moved_deal import moved_deal


def moved_lines(report: ExecutiveReport, words: Words, shown: Shown) -> Iterator[str]:
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


def _stalled(report: ExecutiveReport, words: Words, shown: Shown) -> Iterator[str]:
    if report.stalled:
        yield words.say("executive.stalled_label", count=sum(map(len, report.stalled.values())))
    for group, accounts in report.stalled.items():
        first, more = split(accounts, shown.names)
        yield words.say("executive.stalled", group=group, accounts=first, more=more)


def _expanded(report: ExecutiveReport, words: Words, shown: Shown) -> Iterator[str]:
    first, more = split(report.expanded, shown.expanded)
    for each in first:
        yield words.say("executive.expanded", item=each, piece=_piece(each))
    if more:
        yield words.say("executive.more", count=more, name=Bucket.EXPANDED)


def _advanced(report: ExecutiveReport, words: Words, shown: Shown) -> Iterator[str]:
    first, more = split(report.advanced, shown.advanced)
    for each in first:
        deal = moved_deal(each.facts.account, each.placement.movement, since=each.facts.since)
        yield words.say("executive.advanced", item=each, deal=deal, piece=_piece(each))
    if more:
        yield words.say("executive.more", count=more, name=Bucket.ADVANCED)


def _piece(account: ProgramAccount) -> Evidence | None:
    """Return the evidence that shows its movement best, None without one."""
    return next(iter(account.placement.movement.evidence), None)
