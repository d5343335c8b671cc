"""Compose the letters that nudge somebody, from what is open when they are sent."""

from collections.abc import Callable

from agendas.facts.nudging import Escalated, Morning
from agendas.pages.notices.nudges import escalated_page, morning_page, not_held_page
from agendas.rendering.page import Page
from agendas.rules.nudging.follow_ups import limit_days
from agendas.text.days import local_date
from agendas.verbs.delivery.composing import Composing, reader_can_settle, reader_zone
from agendas.verbs.loading.days_away import away_on
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.notices.kinds import ACTIONS, ESCALATED, MORNING, NOT_HELD, PREPARATION
from agendas.verbs.nudging.owed import account_blockers, asked_now, owed_by, shown_states
from agendas.verbs.nudging.shown_today import shown_today
from agendas.verbs.reviews.not_held import not_held_facts
from storage.delivery.nudge_subjects import EscalatedSubject, MorningSubject, NotHeldSubject
from storage.nudging import follow_ups


def morning(composing: Composing) -> Page | None:
    """Everything that waits for the person and that they owe, as it stands now; None where nothing does any more.

    What another message of this day showed them is left out.
    """
    subject, zone = composing.subject(MorningSubject), reader_zone(composing)
    session, workspace_id, reader = composing.session, composing.letter.workspace_id, composing.letter.user_id
    of = subject.of_user_id
    asks, blockers = asked_now(session, workspace_id, subject.event_ids, of=of)
    owed = owed_by(session, workspace_id, of, now=composing.now, zone=zone)
    away = away_on(session, workspace_id, (of,), local_date(composing.now, zone)).get(of) if of != reader else None
    shown = shown_today(session, composing.letter, (ACTIONS, PREPARATION), now=composing.now, zone=zone)
    facts = Morning(
        asks=asks,
        blockers=blockers,
        overdue=tuple(each for each in owed.overdue if each.action.id not in shown),
        old_blockers=owed.old_blockers,
        away_of=of if of != reader else "",
        away_until=away.until_on if away is not None else None,
        reader=reader,
    )
    can_record = reader_can_settle(composing)
    return morning_page(facts, composing.words, now=composing.now, zone=zone, can_record=can_record)


def escalated(composing: Composing) -> Page | None:
    """The blocker past its limit; None where it was resolved or taken back, or its account is not shown any more."""
    subject, session = composing.subject(EscalatedSubject), composing.session
    workspace_id = composing.letter.workspace_id
    rows = follow_ups.of_events(session, workspace_id, (subject.event_id,))
    states = shown_states(session, workspace_id, [row.account_id for row in rows])
    found = [(state, each) for state in states.values() for each in state.open_blockers if each.id == subject.event_id]
    blockers = account_blockers(session, workspace_id, found)
    if not blockers:
        return None
    facts = Escalated(
        blockers[0],
        limit_days(settings_of(session, workspace_id), found[0][0].tier),
        has_it=subject.has_it,
        nudges=rows[0].nudges,
        to_admins=subject.to_admins,
        reader=composing.letter.user_id,
        away_of=subject.of_user_id,
    )
    zone, can_record = reader_zone(composing), reader_can_settle(composing)
    return escalated_page(facts, composing.words, now=composing.now, zone=zone, can_record=can_record)


def not_held(composing: Composing) -> Page | None:
    """How many reviews in a row were not held and what the last lacked; None where one of them is not kept."""
    subject = composing.subject(NotHeldSubject)
    facts = not_held_facts(composing.session, composing.letter.workspace_id, subject)
    return not_held_page(facts, composing.words) if facts is not None else None


NUDGE_PAGES: dict[str, Callable[[Composing], Page | None]] = {
    MORNING: morning,
    ESCALATED: escalated,
    NOT_HELD: not_held,
}
