"""The scope of a cadence as it stands now: how many accounts it has, how long they take, and what of it is gone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypedDict

from sqlmodel import Session

from agendas.facts.account import ListStatus
from agendas.facts.program.settings import of_tier
from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.cadence import CadenceFacts, CadenceKind, CadenceWish, ScopeNow
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.reviews.placement import fit, place
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.load_facts_to_place import facts_to_place
from storage import accounts, people
from storage.tables import Account


class Scope(TypedDict, total=False):
    """Accounts that fit every part; a part that is empty or missing lets every account through."""

    tiers: tuple[int, ...]
    owners: tuple[str, ...]
    segments: tuple[str, ...]
    account_ids: tuple[int, ...]


WHOLE_DAY_MINUTES = 100_000
"""A slot that everything fits."""
PLACED_AT_MOST = 200
"""Accounts looked at while a form opens, for which Slack gives three seconds. Ours; no slot holds as many."""
SEGMENTS_OFFERED = 100

OF_NO_ACCOUNT: dict[str, object] = {"tiers": [], "owners": [], "segments": [], "account_ids": [0]}
"""The stored scope of a review of executives: no account has that number, so it reviews none and passes none by."""


def scope_of(cadence: CadenceFacts) -> Scope:
    """Return the scope of a cadence."""
    return Scope(tiers=cadence.tiers, owners=cadence.owners, segments=cadence.segments, account_ids=cadence.account_ids)


def with_scope(session: Session, workspace_id: str, cadence: CadenceFacts, *, now: datetime) -> CadenceFacts:
    """Return the cadence with what its scope has now; one of executives takes no accounts."""
    if cadence.kind is CadenceKind.EXECUTIVE:
        return cadence
    place = {"channel_id": cadence.channel_id, "zone": cadence.plan.zone}
    found = scope_now(session, workspace_id, scope_of(cadence), **place, now=now)
    return replace(cadence, scope_now=found)


def scope_now(
    session: Session, workspace_id: str, scope: Scope, *, channel_id: str, zone: str, now: datetime
) -> ScopeNow:
    """Return the accounts of a scope, the minutes that those with news would take, and what of the scope is gone.

    An account that is private to another channel is not reviewed in this one, whoever asks.
    """
    found = accounts.get_many(session, workspace_id, accounts.in_scope(session, workspace_id, **scope))
    rows = [row for row in found if row.private_channel in ("", channel_id)]
    to_discuss, minutes = _needed(session, rows, zone=zone, now=now)
    chosen = accounts.get_many(session, workspace_id, scope.get("account_ids", ()))
    owners, segments = scope.get("owners", ()), scope.get("segments", ())
    known = accounts.segments(session, workspace_id) if segments else ()
    left = people.get_many(session, workspace_id, owners) if owners else ()
    return ScopeNow(
        accounts=len(rows),
        to_discuss=to_discuss,
        minutes=minutes,
        chosen=tuple(row.name for row in chosen if row.list_status == ListStatus.NAMED),
        gone=tuple(row.name for row in chosen if row.list_status != ListStatus.NAMED),
        deactivated=tuple(person.user_id for person in left if person.is_deleted),
        empty_segments=tuple(segment for segment in segments if segment not in known),
    )


def _needed(session: Session, rows: Sequence[Account], *, zone: str, now: datetime) -> tuple[int | None, int]:
    """Return how many of the accounts have something to discuss, None of too many to look, and their minutes."""
    if not rows:
        return 0, 0
    settings = settings_of(session, rows[0].workspace_id)
    if len(rows) > PLACED_AT_MOST:
        return None, sum(settings.number(of_tier(row.tier, "minutes")) for row in rows)
    facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings)
    items = [AgendaItem(position=0, facts=each, placement=place(each)) for each in facts.values()]
    discussed = [item for item in fit(items, WHOLE_DAY_MINUTES) if item.part is ItemPart.DISCUSSED]
    return len(discussed), sum(item.minutes for item in discussed)


def segments_like(session: Session, workspace_id: str, typed: str) -> tuple[str, ...]:
    """Return the segments of named accounts that have what was typed, at most 100."""
    wanted = typed.casefold().strip()
    found = (segment for segment in accounts.segments(session, workspace_id) if wanted in segment.casefold())
    return tuple(list(found)[:SEGMENTS_OFFERED])


def chosen_names(session: Session, workspace_id: str, account_ids: Collection[int]) -> tuple[tuple[str, str], ...]:
    """Return (name, id as text) of these accounts."""
    rows = accounts.get_many(session, workspace_id, account_ids) if account_ids else ()
    return tuple((row.name, str(row.row_id)) for row in rows)


def scope_to_store(
    session: Session, workspace_id: str, wish: CadenceWish, had: Mapping[str, Any] | None
) -> dict[str, object]:
    """Return the scope wished for as it is stored, with those chosen before, in `had`, that the author cannot see."""
    before = [number for number in (had or {}).get("account_ids", ()) if number]
    return {
        "tiers": list(wish.tiers),
        "owners": list(wish.owners),
        "segments": list(wish.segments),
        "account_ids": [*wish.account_ids, *_out_of_sight(session, workspace_id, before)],
    }


def _out_of_sight(session: Session, workspace_id: str, had: Collection[int]) -> list[int]:
    """Return the ids chosen before that the author cannot see: a form of theirs does not hold them, and they stay."""
    seen = {row.row_id for row in accounts.get_many(session, workspace_id, had)} if had else set()
    return [account_id for account_id in had if account_id not in seen]
