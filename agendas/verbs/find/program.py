"""Look-ups of the program: how it stands, and its figures, over some days, of some accounts, and part by part."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.measures import ClosedDeal, Program, ProgramAccount
from agendas.facts.measures import Period as ProgramPeriod
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.facts.query import Form, Measure, Per, Query
from agendas.facts.reviews import Placement
from agendas.pages.measured import Part, measured_page, program_page
from agendas.pages.said_back import parts, said_back
from agendas.rendering.mrkdwn import escape, mention
from agendas.rendering.words import Words
from agendas.rules.account_list import fits
from agendas.rules.measures import days_of_program, month_of
from agendas.rules.money import targets_of
from agendas.rules.pipeline import tier_of
from agendas.text.dates import local_date
from agendas.verbs.find.accounts import Forms, Found, QuestionContext, back_of
from agendas.verbs.measures import load_program
from storage import workspaces

FIRST_DAY = date(2000, 1, 1)
"""No program began before."""

FILTERS = ("tiers", "stages", "states", "segments", "owners")
KEPT = (*FILTERS, "period", "per")
"""What figures keep to; other filters are said to be left out."""


def card(context: QuestionContext, query: Query) -> Found:
    """Tell how the program stands, or how each part of it does."""
    program = _narrowed(_whole(context, query), query)
    parts = tuple(_split(program, query.per, context.words))
    said, notes = _said(context, query), _notes(context, query)
    return Found(program_page(program, context.words, said=said, notes=notes, parts=parts))


def figures(context: QuestionContext, query: Query) -> Found:
    """Tell the figures that are asked for, of the accounts that fit, and part by part."""
    whole = _whole(context, query)
    measures = query.measures or tuple(Measure)
    page = measured_page(
        {each: list(_parts(each, whole, query, context.words)) for each in measures},
        context.words,
        whole=whole,
        said=_said(context, query),
        notes=_notes(context, query, whole.settings),
    )
    return Found(page)


def _said(context: QuestionContext, query: Query) -> str:
    """Return the filters, days and split that the figures keep to, in words; others of the query are left out."""
    kept = {each: getattr(query, each) for each in KEPT if each != "per" or query.per in LABELS}
    return said_back(replace(Query(query.subject, query.form), **kept), back_of(context, query, {}))


def _whole(context: QuestionContext, query: Query) -> Program:
    """Return the program over the days asked for, of the running month without any."""
    period = _period(context, query)
    return load_program(context.session, context.workspace_id, period, now=context.now)


def _period(context: QuestionContext, query: Query) -> ProgramPeriod:
    """The days asked for, up to today, from the month's begin if no first day is given; else the running month."""
    zone = workspaces.zone(context.session, context.workspace_id)
    today = local_date(context.now, zone)
    if query.period is None:
        return month_of(today, zone, now=context.now)
    last = min(query.period.last or today, today)
    first = max(query.period.first or last.replace(day=1), FIRST_DAY)
    if first > last:
        raise NotUnderstood("These days are still to come, or too long ago: the figures are of days that have begun.")
    return days_of_program(first, last, zone, now=context.now)


def _narrowed(program: Program, query: Query) -> Program:
    """The program of the accounts that fit the query and the deals that closed at such accounts."""
    # figures keep to `FILTERS` alone: the small print says that a status asked for is left out
    wanted = replace(query, statuses=())
    if wanted.is_empty and not query.of:
        return program
    of_any_status = replace(query, statuses=tuple(ListStatus))

    def is_wanted(account: AccountState, placement: Placement | None, asked: Query) -> bool:
        """True for an account named in the question, or any if none is, that fits the filters of `asked`."""
        return (not query.of or account.account_id in query.of) and fits(asked, account, placement)

    placements = {each.account_id: each.placement for each in program.accounts}
    accounts = (each for each in program.accounts if is_wanted(each.facts.account, each.placement, wanted))
    # deals of accounts that left the list since they closed count all the same
    closed = (
        each
        for each in program.closed
        if is_wanted(each.account, placements.get(each.account.account_id), of_any_status)
    )
    return _only_of(program, tuple(accounts), tuple(closed))


def _only_of(program: Program, accounts: tuple[ProgramAccount, ...], closed: tuple[ClosedDeal, ...]) -> Program:
    """Return the program of these accounts and of these closed deals alone."""
    ids = {each.account_id for each in accounts}
    stays = tuple(each for each in program.stays if each.account_id in ids)
    # a review is of all its accounts together, so some accounts alone have none
    return replace(program, accounts=accounts, closed=closed, stays=stays, reviews=())


def _parts(measure: Measure, program_of_all: Program, query: Query, words: Words) -> Iterator[Part]:
    """Yield the parts of the program for which the figure is told, those of most accounts first.

    They are split by `query.per`; without it, or by what figures are not split by, there is one part. Actions done on
    time are split by the people who have them. Where no target is set, the target has one part, the whole.
    """
    if measure is Measure.ON_TIME:
        # actions are kept by those who have them, not by the owners of the accounts
        program = _narrowed(program_of_all, replace(query, owners=()))
        actions = (action for each in program.accounts for action in each.facts.account.actions)
        people = Counter(each.owner for each in actions if not query.owners or each.owner in query.owners)
        if query.per is Per.OWNER:
            yield from (Part(program, mention(each), actions_of=(each,)) for each, _ in people.most_common())
        else:
            yield Part(program, actions_of=query.owners)
    elif measure is Measure.TARGET and not targets_of(program_of_all.settings):
        yield Part(program_of_all, is_whole=True)
    elif query.per not in LABELS:
        program = _narrowed(program_of_all, query)
        yield Part(program, is_whole=program is program_of_all)
    else:
        yield from _split(_narrowed(program_of_all, query), query.per, words)


def _split(program: Program, per: Per | None, words: Words) -> Iterator[Part]:
    """Yield the parts of the program by this property; nothing where figures are not split by it."""
    label_of = LABELS.get(per) if per else None
    if label_of is None:
        return
    placements = {each.account_id: each.placement for each in program.accounts}
    accounts: dict[str, list[ProgramAccount]] = defaultdict(list)
    closed: dict[str, list[ClosedDeal]] = defaultdict(list)
    for each in program.accounts:
        accounts[label_of(each.facts.account, each.placement, words)].append(each)
    for deal in program.closed:
        closed[label_of(deal.account, placements.get(deal.account.account_id), words)].append(deal)
    is_ranked = per is Per.TIER
    ordered = sorted(accounts | closed, key=lambda label: (0 if is_ranked else -len(accounts[label]), label))
    yield from (Part(_only_of(program, tuple(accounts[label]), tuple(closed[label])), label) for label in ordered)


def _owner(account: AccountState, _placement: Placement | None, words: Words) -> str:
    return mention(account.profile.owner) if account.profile.owner else words.say("scoreboard.split_nobody")


def _stage(account: AccountState, placement: Placement | None, words: Words) -> str:
    return (
        words.say("said_back.stages", values=(account.stage,)) if placement else words.say("scoreboard.split_left_list")
    )


def _state(_account: AccountState, placement: Placement | None, words: Words) -> str:
    if placement is None:
        return words.say("scoreboard.split_left_list")
    return words.say("said_back.states", values=(placement.bucket,), is_not=False)


LABELS: Mapping[Per, Callable[[AccountState, Placement | None, Words], str]] = {
    Per.TIER: lambda account, _, _words: f"Tier {tier_of(account)}",
    Per.SEGMENT: lambda account, _, words: escape(account.profile.segment) or words.say("scoreboard.split_no_segment"),
    Per.OWNER: _owner,
    Per.STAGE: _stage,
    Per.STATE: _state,
}
"""The label of an account's part, as mrkdwn, by the property that figures can be split by.

An account that left the list has no placement: its deals that closed before count with its owner, segment and tier.
"""


def _notes(context: QuestionContext, query: Query, settings: ProgramSettings = DEFAULTS) -> Iterator[str]:
    """Yield the small print: filters that are left out, a target that is of the whole, a split that is not made."""
    left_out = parts(query, back_of(context, query, {}), but=(*KEPT, "measures", "of"))
    if left_out:
        yield context.words.say("scoreboard.split_left_out", parts=left_out)
    is_narrowed = any(getattr(query, each) for each in FILTERS)
    if Measure.TARGET in query.measures and (is_narrowed or query.per in LABELS) and targets_of(settings):
        yield context.words.say("scoreboard.split_whole")
    if query.per is not None and query.per not in LABELS:
        yield context.words.say("scoreboard.split_not_split", value=query.per)


FORMS: Forms = {Form.CARD: card, Form.FIELD: figures}
