"""The things that a query asks for, by subject, in the order in which they are told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agendas.facts.account import ListStatus
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.found.items import Among, FoundItem, Moving, Span
from agendas.facts.plays import PlayEnd
from agendas.verbs.reads.found import happened, moves, subjects, work
from assistant.context import QuestionContext
from assistant.look_ups.days import Days
from assistant.look_ups.scope import Scope, is_within, lately, scope_of
from assistant.query import Having, Progress, Query, Subject, Way

LEFT_TOO = frozenset(
    {
        Subject.DECISIONS,
        Subject.LIST_CHANGES,
        Subject.CHANGES,
        Subject.EVIDENCE,
        Subject.MOVEMENT,
    }
)
"""Subjects that happened, so that accounts that left the list meanwhile have them too."""

PHASES: Mapping[Progress, tuple[Phase, ...]] = {
    Progress.OPEN: (Phase.EARLY, Phase.MIDDLE, Phase.LATE),
    Progress.DONE: (Phase.WON, Phase.LOST),
    Progress.WON: (Phase.WON,),
    Progress.LOST: (Phase.LOST,),
    Progress.DROPPED: (Phase.LOST,),
    Progress.SLIPPED: (Phase.EARLY, Phase.MIDDLE, Phase.LATE),
}

ENDS: Mapping[Progress, tuple[PlayEnd | None, ...]] = {
    Progress.OPEN: (None,),
    Progress.DONE: (PlayEnd.OUTCOME, PlayEnd.NONE),
    Progress.WON: (PlayEnd.OUTCOME,),
    Progress.LOST: (PlayEnd.NONE,),
    Progress.DROPPED: (PlayEnd.STOPPED,),
    Progress.SLIPPED: (None,),
}

WAYS: Mapping[Way, tuple[Moving, ...]] = {
    Way.ADVANCED: (Moving.ADVANCED, Moving.SHOWN),
    Way.REGRESSED: (Moving.REGRESSED,),
    Way.EXPANDED: (Moving.EXPANDED,),
    Way.CLAIMED: (Moving.CLAIMED,),
}


ACTION_PROGRESS = (Progress.OPEN, Progress.DONE, Progress.DROPPED, Progress.SLIPPED)


@dataclass(frozen=True, slots=True)
class Asking:
    """A query while it is answered: among which accounts, on which days."""

    context: QuestionContext
    query: Query
    among: Among
    span: Span
    scope: Scope | None = None

    @property
    def progress(self) -> tuple[Progress, ...]:
        """The progress of the things asked for, open where the query does not say."""
        return self.query.progress or (Progress.OPEN,)


def asking(context: QuestionContext, query: Query) -> Asking:
    """Return the query with the accounts that fit its filters and its days in the asker's zone."""
    query = lately(context, query)
    left_too = query.subject in LEFT_TOO
    scope = scope_of(context, query, left_too=left_too)
    statuses = tuple(ListStatus) if left_too else ()
    among = Among(context.workspace_id, scope.ids if scope else None, statuses)
    return Asking(context, query, among, span_of(context, query), scope)


def span_of(context: QuestionContext, query: Query) -> Span:
    """Return the query's days in the asker's zone."""
    days = Days.of(query.period, context.zone)
    return Span(days.period.first, days.period.last, days.begin, days.end)


def find(asked: Asking) -> list[FoundItem]:
    """Return the things that the query asks for, in the order in which they are told."""
    return FINDERS[asked.query.subject](asked)


def _actions(asked: Asking) -> list[FoundItem]:
    session, query = asked.context.session, asked.query
    if query.is_overdue:
        return work.overdue_actions(
            session,
            asked.among,
            today=asked.context.today,
            owners=query.whose,
            words=query.about,
            span=asked.span,
        )
    progress = [each.value for each in asked.progress if each in ACTION_PROGRESS] or [Progress.OPEN.value]
    return work.actions(session, asked.among, progress=progress, owners=query.whose, words=query.about, span=asked.span)


def _blockers(asked: Asking) -> list[FoundItem]:
    query = asked.query
    needs = [each.value for each in query.needs]
    return [
        each
        for is_resolved in sorted({_is_over(progress) for progress in asked.progress})
        for each in work.blockers(
            asked.context.session,
            asked.among,
            is_resolved=is_resolved,
            needs=needs,
            whose=query.whose,
            words=query.about,
            span=asked.span,
        )
    ]


def _asks(asked: Asking) -> list[FoundItem]:
    session, query = asked.context.session, asked.query
    if all(_is_over(each) for each in asked.progress):
        return work.answered_asks(session, asked.among, whose=query.whose, words=query.about, span=asked.span)
    found = work.open_asks(session, asked.among, whose=query.whose, words=query.about)
    today = asked.context.today
    due = [each for each in found if asked.span.has_day(work.due_day(each))]
    return [each for each in due if not query.is_overdue or (work.due_day(each) or today) < today]


def _is_over(progress: Progress) -> bool:
    return progress in (Progress.DONE, Progress.DROPPED, Progress.WON, Progress.LOST)


def _decisions(asked: Asking) -> list[FoundItem]:
    query = asked.query
    return happened.decisions(
        asked.context.session,
        asked.among,
        kinds=query.decisions,
        words=query.about,
        span=asked.span,
        actors=query.whose,
    )


def _movement(asked: Asking) -> list[FoundItem]:
    """Without a period since each account's last held review, with one the steps of its days."""
    context, query = asked.context, asked.query
    ways = tuple(way for each in query.ways for way in WAYS[each])
    if query.period is not None or is_of_all_time(query):
        return moves.steps(context.session, asked.among, span=asked.span, ways=ways)
    return moves.since_review(context.session, asked.among, ways=ways, now=context.now, zone=context.zone)


def is_of_all_time(query: Query) -> bool:
    """Return true for the movement of one account that is asked when, who and why of: the last one, whenever it was."""
    return query.form.value in ("when", "who", "why")


def _evidence(asked: Asking) -> list[FoundItem]:
    query = asked.query
    return happened.acts(asked.context.session, asked.among, words=query.about, span=asked.span, actors=query.whose)


def _changes(asked: Asking) -> list[FoundItem]:
    query = asked.query
    return happened.changes(asked.context.session, asked.among, words=query.about, span=asked.span, actors=query.whose)


def _list_changes(asked: Asking) -> list[FoundItem]:
    query = asked.query
    return happened.list_changes(
        asked.context.session,
        asked.among,
        statuses=query.statuses,
        tiers=query.tiers,
        span=asked.span,
        actors=query.whose,
    )


def _signals(asked: Asking) -> list[FoundItem]:
    query = asked.query
    return subjects.signals(asked.context.session, asked.among, kinds=query.signals, words=query.about, span=asked.span)


def _people(asked: Asking) -> list[FoundItem]:
    context, query = asked.context, asked.query
    if Having.ROLE in query.without:
        return subjects.missing_roles(
            context.session, asked.among, roles=query.roles, now=context.now, zone=context.zone
        )
    has_left = Progress.LOST in query.progress
    left_too = has_left or bool(query.about or query.of)
    found = subjects.people(context.session, asked.among, roles=query.roles, words=query.about, left_too=left_too)
    return subjects.those_who_left(found, asked.span) if has_left else found


def _deals(asked: Asking) -> list[FoundItem]:
    query = asked.query
    phases = {phase for each in asked.progress for phase in PHASES[each]}
    found = subjects.deals(
        asked.context.session,
        asked.among,
        phases=phases,
        zone=asked.context.zone,
        words=query.about,
        span=asked.span,
    )
    found = [each for each in found if _is_of_amount(query, each)]
    return [each for each in found if Progress.SLIPPED not in query.progress or subjects.is_pushed(each)]


def _is_of_amount(query: Query, found: FoundItem) -> bool:
    profile = found.thing.profile if isinstance(found.thing, Opportunity) else None
    return profile is not None and is_within(query, profile.amount_cents, profile.currency)


def _plays(asked: Asking) -> list[FoundItem]:
    query = asked.query
    ends = {end for each in asked.progress for end in ENDS[each]}
    return subjects.plays(
        asked.context.session, asked.among, ends=ends, whose=query.whose, words=query.about, span=asked.span
    )


FINDERS: Mapping[Subject, Callable[[Asking], list[FoundItem]]] = {
    Subject.ACTIONS: _actions,
    Subject.BLOCKERS: _blockers,
    Subject.ASKS: _asks,
    Subject.DECISIONS: _decisions,
    Subject.MOVEMENT: _movement,
    Subject.EVIDENCE: _evidence,
    Subject.CHANGES: _changes,
    Subject.LIST_CHANGES: _list_changes,
    Subject.SIGNALS: _signals,
    Subject.PEOPLE: _people,
    Subject.DEALS: _deals,
    Subject.PLAYS: _plays,
}
