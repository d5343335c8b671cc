"""The facts of a brief: the planned review as it would open now, who owes updates, and what was promised."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.brief import Brief, Instead, NotUpdated, Promise
from agendas.facts.reviews.cadence import CadenceKind
from agendas.facts.reviews.preparing import Away, Part
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.preparing import brief as rules
from agendas.rules.preparing.chosen import chosen_of
from agendas.rules.reviews.placement import placed_items
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import away_on
from agendas.verbs.loading.load_facts import agenda_facts
from agendas.verbs.preparing.missing import missing
from storage import accounts, people, reviews
from storage.delivery import letter_keys, outbox
from storage.preparing import asked_people
from storage.tables import Cadence


def planned_items(session: Session, row: Cadence, now: datetime) -> Sequence[AgendaItem]:
    """Return the accounts of the cadence's next review, placed and fitted as if it opened now; none without any."""
    ids = accounts.in_scope(session, row.workspace_id, **row.scope)
    found = accounts.get_many(session, row.workspace_id, ids)
    rows = [each for each in found if each.private_channel in ("", row.channel_id)]
    if not rows:
        return ()
    facts = agenda_facts(session, rows, now=now, zone=row.zone)
    left_out = reviews.times_left_out(session, row.workspace_id, row.channel_id, list(facts))
    parts = {account_id: each.part for account_id, each in chosen_of(row.chosen, row.next_on).items()}
    return placed_items(facts, left_out, row.minutes, parts)


def brief_facts(
    session: Session, cadence_id: int, planned_on: date, instead: Instead | None, *, zone: str, now: datetime
) -> Brief | None:
    """Return the brief of the review of that planned date, at its time now; None where it has begun or is not next."""
    row = reviews.cadence(session, cadence_id)
    if row is None or row.next_at is None or row.next_on != planned_on or row.kind != CadenceKind.ACCOUNTS:
        return None
    at = row.next_at
    if at <= now:
        return None
    channel = people.find_channel(session, row.workspace_id, row.channel_id)
    if channel is not None and channel.trouble:
        return None
    items = planned_items(session, row, now)
    not_updated, away = _owing(session, row, items, now)
    return Brief(
        cadence_id=row.row_id,
        channel_id=row.channel_id,
        planned_on=planned_on,
        at=at,
        zone=zone,
        minutes=row.minutes,
        items=tuple(items),
        changes=rules.changes(items),
        not_updated=not_updated,
        away=away,
        promised=_promised(session, row, items, now),
        matters=rules.matter_most(items),
        chosen_by={account_id: each.by for account_id, each in chosen_of(row.chosen, row.next_on).items()},
        facilitator=row.facilitator,
        instead=instead,
    )


def _promised(session: Session, row: Cadence, items: Sequence[AgendaItem], now: datetime) -> tuple[Promise, ...]:
    """The promises that are late, each with the last day away of whoever made it and is away."""
    today = local_date(now, row.zone)
    found = rules.promised(items, today)
    away = away_on(session, row.workspace_id, {each.who for each in found if each.who}, today)
    return tuple(replace(each, away_until=away[each.who].until_on) if each.who in away else each for each in found)


def _owing(
    session: Session, row: Cadence, items: Sequence[AgendaItem], now: datetime
) -> tuple[tuple[NotUpdated, ...], tuple[Away, ...]]:
    """Those who owe updates, most first, and those waited for who are away; silent owners where nobody was asked."""
    asked = asked_people.of_occurrence(session, row.row_id, row.next_on) if row.next_on else []
    meets_on = local_date(row.next_at or now, row.zone)
    if asked:
        # a stand-in is asked by a row for each whom they stand in for
        owed: dict[str, set[int]] = defaultdict(set)
        of_row = missing(session, asked, now=now)
        for each in asked:
            owed[each.user_id].update(one.account_id for one in of_row.get(each.row_id, ()))
        counts = [(user_id, len(ids)) for user_id, ids in owed.items() if ids]
        waited_for = {each.for_user_id or each.user_id for each in asked if each.part == Part.MANDATORY}
    else:
        counts = list(rules.silent_owners(items))
        waited_for = {user_id for user_id, _ in counts}
    owners = {item.facts.account.profile.owner for item in items if item.part is ItemPart.DISCUSSED}
    everybody = waited_for | {owner for owner in owners if owner}
    away = away_on(session, row.workspace_id, everybody, meets_on)
    reminded = _reminded(session, row, [user_id for user_id, _ in counts], meets_on)
    not_updated = [NotUpdated(user, count, user in reminded) for user, count in counts if user not in away]
    gone = [away[user_id] for user_id in sorted(everybody) if user_id in away]
    return tuple(sorted(not_updated, key=lambda each: (-each.accounts, each.user_id))), tuple(gone)


def _reminded(session: Session, row: Cadence, user_ids: Sequence[str], meets_on: date) -> set[str]:
    """Those of these people whom the facilitator reminded."""
    keys = {letter_keys.of_brief(row.row_id, meets_on, f"remind:{user_id}"): user_id for user_id in user_ids}
    found = outbox.by_keys(session, row.workspace_id, list(keys)) if keys else {}
    return {keys[key] for key in found}
