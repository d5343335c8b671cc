"""Reads a page of the list: the groups counted, and no account loaded but those shown. Nothing here writes."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import ListStatus
from agendas.facts.list_filter import EVERYTHING, AccountFilter
from agendas.facts.program.settings import ProgramSettings
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.list.named import LIST_ACCOUNTS, ListFacts
from agendas.rules.commands.list_filter import read_filter
from agendas.rules.list.filters import fits, statuses_of
from agendas.rules.list.paging import Group, Span, on_view, spans
from agendas.rules.reviews.placement import place
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.load_facts_to_place import facts_to_place
from agendas.verbs.reads.people import list_people
from storage import account_list as stored
from storage import people
from storage.tables import Account


def filtered_list(
    session: Session, workspace_id: str, words: str, *, asker: str, now: datetime, zone: str, start: int = 0
) -> ListFacts:
    """The page of the accounts that fit the words of a filter, all without any, after the first `start`.

    Raises as `read_filter` does.
    """
    known = stored.segments(session, workspace_id) if words.strip() else ()
    names = {each.user_id: each.name for each in list_people(session, workspace_id, now=now)} if words.strip() else {}
    wanted = read_filter(words, asker=asker, segments=known, people=names)
    return account_list(session, workspace_id, now=now, zone=zone, wanted=wanted, start=start)


def account_list(
    session: Session,
    workspace_id: str,
    *,
    now: datetime,
    zone: str,
    wanted: AccountFilter = EVERYTHING,
    start: int = 0,
) -> ListFacts:
    """The page of the wanted accounts after the first `start` ones, or the first page when there are no more.

    Each tier's accounts come by name; candidates by their fit, the best first. Only a filter by states places more
    accounts than are shown.
    """
    settings = settings_of(session, workspace_id)
    if wanted.states:
        placed = _in_states(session, workspace_id, wanted, settings=settings, now=now, zone=zone)
        counts = on_view(Counter(_group_of(item) for item in placed), wanted)
        first = _start(counts, start)
        items = placed[first : first + LIST_ACCOUNTS]
    else:
        found = stored.counts(session, workspace_id, **_columns(wanted))
        counts = on_view({(ListStatus(status), tier): number for (status, tier), number in found.items()}, wanted)
        first = _start(counts, start)
        rows = list(_rows(session, workspace_id, wanted, spans(counts, first, LIST_ACCOUNTS)))
        items = place_rows(session, rows, settings=settings, now=now, zone=zone)
    return ListFacts(counts, items, first, settings, wanted, _names(session, workspace_id, wanted))


def _start(counts: Mapping[Group, int], start: int) -> int:
    return start if start < sum(counts.values()) else 0


def _in_states(
    session: Session, workspace_id: str, wanted: AccountFilter, *, settings: ProgramSettings, now: datetime, zone: str
) -> tuple[AgendaItem, ...]:
    """The accounts that are in one of the states wanted and fit the rest, in the list's order."""
    rows = rows_fitting(session, workspace_id, wanted)
    items = place_rows(session, rows, settings=settings, now=now, zone=zone)
    fitting = [item for item in items if fits(wanted, item.facts.account, item.placement)]
    return tuple(sorted(fitting, key=lambda item: _group_of(item)[1] or len(rows) + 1))


def place_rows(
    session: Session, rows: Sequence[Account], *, settings: ProgramSettings, now: datetime, zone: str
) -> tuple[AgendaItem, ...]:
    """The accounts of these rows with their places, in the order given, without what only an agenda shows."""
    facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings)
    shown = (facts[row.row_id] for row in rows)
    return tuple(AgendaItem(position=0, facts=one, placement=place(one)) for one in shown)


def _group_of(item: AgendaItem) -> Group:
    account = item.facts.account
    return account.list_status, account.tier


def _rows(session: Session, workspace_id: str, wanted: AccountFilter, shown: Iterable[Span]) -> Iterator[Account]:
    for span in shown:
        status, tier = span.group
        yield from stored.in_group(
            session,
            workspace_id,
            status.value,
            tier,
            skipped=span.skipped,
            limit=span.count,
            **_columns(wanted),
        )


def rows_fitting(
    session: Session, workspace_id: str, wanted: AccountFilter, *, ids: Collection[int] = (), any_status: bool = False
) -> list[Account]:
    """The stored accounts that fit the filter but for its states, by tier and name; among `ids` where any are given.

    With `any_status` also those that the list does not show unless they are asked for.
    """
    is_any = any_status and not wanted.statuses
    statuses = None if is_any else [status.value for status in statuses_of(wanted)]
    return stored.fitting(session, workspace_id, statuses, ids=ids, tiers=wanted.tiers, **_columns(wanted))


def _columns(wanted: AccountFilter) -> dict[str, Sequence[str]]:
    """The parts of the filter that columns of an account hold, beside its tier and status."""
    stages = [stage.value for stage in wanted.stages]
    return {"people": wanted.people, "segments": wanted.segments, "stages": stages}


def _names(session: Session, workspace_id: str, wanted: AccountFilter) -> dict[str, str]:
    """The names of the people that the filter asks for, by user id."""
    ids = [user_id for user_id in wanted.people if user_id]
    return {row.user_id: row.name for row in people.get_many(session, workspace_id, ids)} if ids else {}
