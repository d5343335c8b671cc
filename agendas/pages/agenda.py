"""An account in a few lines: what its agenda and its card begin with."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from agendas.facts.account import ActionStatus, EventFacts, ListStatus, Movement, NextAction, Stage
from agendas.facts.deals import Phase
from agendas.facts.events import ActionAdded, BlockerChanged, Corrected, ListChanged, Moved, NothingMoved
from agendas.facts.evidence import EvidenceAdded
from agendas.facts.interventions import ExecutiveMet
from agendas.facts.plays import PlayEnd, PlayEnded
from agendas.facts.reviews import (
    AgendaItem,
    AgendaSection,
    Bucket,
    ItemPart,
    MovementFlag,
    MovementReason,
    QuestionCode,
    QuestionToDecide,
    ReasonCode,
)
from agendas.pages.sections import TO_COME, action_lines, claims, later_steps, open_lines, question_text, with_buttons
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Rows
from agendas.rendering.words import Words, labelled
from agendas.rules.account_list import pending
from agendas.rules.deals import furthest_deal, moved_deal, other_close_date, proposed_stage
from agendas.rules.entries import uncorrected
from agendas.rules.fold import subject_of
from agendas.rules.group import RoleState, buying_group, departures
from agendas.rules.history import AUTOMATIC, counted_news
from agendas.rules.movement import late_first_touch
from agendas.rules.narrative import narrative_gap
from agendas.rules.plays import RunningPlay, out_of_tier, running_plays, tier_worked
from agendas.rules.preparing import Gap, gaps_of
from agendas.rules.question_to_decide import has_decided, question_asked
from agendas.rules.signals import stage_hint
from agendas.text.dates import local_date

# The first lines of an account: its state and people, at most two reasons, and its numbers against their limits.

REASONS_SHOWN = 2
"""Reasons in the few lines; Details has all of them."""

SAYS = {
    "stage": {ReasonCode.STALLED_AGED, ReasonCode.FAR_OVER_AGED},
    "silent": {ReasonCode.STALLED_QUIET, ReasonCode.FAR_OVER_QUIET},
    "closes": {ReasonCode.CLOSE_DATE_PAST, ReasonCode.CLOSES_SOON},
    "engagement": {ReasonCode.ENGAGEMENT_FELL},
}
"""Numbers of an account, each with the reasons that say it already."""


def today_of(item: AgendaItem) -> date:
    return local_date(item.facts.now, item.facts.zone)


def first_lines(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The line of the account's state; for one that left the list, also how and when."""
    account = item.facts.account
    first = words.say("summary.first", account=account, placement=item.placement, tier_before=item.facts.tier_before)
    if not account.has_left_list:
        return (first,)
    return (first, words.say("summary.left", account=account, zone=item.facts.zone, today=today_of(item)))


def state_lines(item: AgendaItem, words: Words) -> tuple[str, ...]:
    return (*first_lines(item, words), *reasons_line(item, words), *numbers_line(item, words))


def shown_reasons(item: AgendaItem) -> set[ReasonCode]:
    """The codes of the reasons that its agenda's section WHY says; none for an account that is not named."""
    are_shown = item.facts.account.list_status is ListStatus.NAMED and AgendaSection.WHY in item.sections
    return {code for code, _, _ in item.placement.reasons[:REASONS_SHOWN]} if are_shown else set()


def reasons_line(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The line with the most important reasons for the account's place; none where its agenda leaves them out."""
    shown = shown_reasons(item)
    if not shown:
        return ()
    account = item.facts.account
    sentence = words.say(
        "summary.reasons",
        reasons=item.placement.reasons[:REASONS_SHOWN],
        needs_executive=ReasonCode.BLOCKER_NEEDS_EXECUTIVE in shown,
        account=account,
        deal=furthest_deal(account),
        stall=item.placement.stall,
    )
    return (sentence,)


def numbers_line(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The numbers that no reason says, against their limits, and the date that the account waits for.

    Nothing for an account that left the list.
    """
    facts, stall, today = item.facts, item.placement.stall, today_of(item)
    account, engagement, deal = facts.account, facts.engagement, furthest_deal(facts.account)
    if account.has_left_list:
        return ()
    waits = words.say("summary.waits", stall=stall, stage=account.stage, today=today) if stall.excuse else ""
    hint = stage_hint(account, engagement, facts.settings) if engagement else None
    is_known = {
        "stage": True,
        "silent": stall.quiet_days is not None,
        "closes": deal is not None and deal.profile.closes_on is not None,
        "engagement": engagement is not None and (engagement.is_any or hint is not None),
    }
    shown = shown_reasons(item)
    parts = [part for part, has_number in is_known.items() if has_number and not SAYS[part] & shown]
    if not parts:
        return (waits,) if waits else ()
    sentence: str = words.say(
        "summary.numbers",
        parts=parts,
        account=account,
        deal=deal,
        stall=stall,
        has_bought=any(each.profile.phase is Phase.WON for each in account.opportunities),
        found=engagement,
        hint=hint,
        today=today,
    )
    # the first of the parts may begin with a small letter
    if sentence[:1].islower():
        sentence = sentence[:1].upper() + sentence[1:]
    return (sentence, waits) if waits else (sentence,)


# Open next actions, blockers and plays of an account, each in a line.

ACTIONS_SHOWN = 4
BLOCKERS_SHOWN = 2
PLAYS_SHOWN = 2
"""Open items in the few lines; Details has all of them."""

CLOSED = {"kept": "done", "dropped": "dropped"}


def due_line(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """Open next actions in one line, the one due first in front, and how many were done or dropped since.

    None where there is neither, or the account left the list.
    """
    actions = open_actions(item)
    closed = _closed(item)
    if item.facts.account.has_left_list or not (actions or closed):
        return ()
    shown, more = actions[:ACTIONS_SHOWN], max(0, len(actions) - ACTIONS_SHOWN)
    has_open = bool(item.facts.account.open_actions)
    sentence = words.say("summary.due", actions=shown, more=more, tally=closed, today=today_of(item), has_open=has_open)
    return (sentence,)


def _closed(item: AgendaItem) -> list[tuple[str, int]]:
    """(`done` or `dropped`, number) of the actions that were closed, where there are some."""
    counts = Counter(line.state for part in action_lines(item.facts) for line in part)
    return [(name, counts[state]) for state, name in CLOSED.items() if counts[state]]


def open_actions(item: AgendaItem) -> tuple[NextAction, ...]:
    """The open next actions, the one due first in front.

    Without later steps of plays that are still to come, and the action of an open ask, which has a line of its own.
    """
    lines = [line for part in action_lines(item.facts) for line in part]
    account = item.facts.account
    # the action that an open ask made has the ask's words, and is owned by the person asked
    later, asks = later_steps(account), {(ask.text, ask.ask_of) for ask in account.open_asks}
    found = (
        line.action
        for line in lines
        if line.action.status is ActionStatus.OPEN
        and (line.action.text, line.action.owner) not in asks
        and (line.state not in TO_COME or line.action.id not in later)
    )
    return tuple(sorted(found, key=lambda action: (action.due_on, action.id)))


def blocked_line(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The first open blockers in a line each, and how many more there are; none once the account left the list."""
    lines = open_lines(item.facts)
    if item.facts.account.has_left_list:
        return ()
    sentence = tuple(words.say("summary.blocked", line=line) for line in lines[:BLOCKERS_SHOWN])
    more = len(lines) - BLOCKERS_SHOWN
    return (*sentence, words.say("summary.blocked_more", count=more)) if more > 0 else sentence


def play_lines(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The plays in trouble: their outcome is late, or the tier does not allow them.

    With them the first of the others, where no line of gaps says it.
    """
    troubled = _running_plays(item, is_in_trouble=True)
    in_trouble = [words.say("summary.play", play=_play_line(play, item, words)) for play in troubled]
    calm = "" if AgendaSection.GAPS in item.sections else calm_play(item, words)
    return (*in_trouble[:PLAYS_SHOWN], *((words.say("summary.play", play=calm),) if calm else ()))


def calm_play(item: AgendaItem, words: Words) -> str:
    """The play that runs in time, with its step that is due next, and how many more there are; '' without one."""
    found = _running_plays(item, is_in_trouble=False)
    if not found or AgendaSection.PLAYS not in item.sections:
        return ""
    return _play_line(found[0], item, words, more=len(found) - 1)


def _running_plays(item: AgendaItem, *, is_in_trouble: bool) -> list[RunningPlay]:
    """The running plays that are in trouble (late, or not allowed in the tier), or those that are not."""
    account = item.facts.account
    if account.has_left_list:
        return []
    outside = out_of_tier(account, item.facts.tiers_of_plays)
    running = running_plays(account, today_of(item))
    return [play for play in running if bool(play.days_overdue or play.run in outside) is is_in_trouble]


def _play_line(play: RunningPlay, item: AgendaItem, words: Words, *, more: int = 0) -> Mrkdwn:
    account = item.facts.account
    is_outside = play.run in out_of_tier(account, item.facts.tiers_of_plays)
    tier, today = tier_worked(account), today_of(item)
    return words.say("summary.play_stands", play=play, is_foreign=is_outside, tier=tier, today=today, more=more)


# Gaps of an account in one line: roles, people, next action, narrative, justification, updates.

REASON_OF = {Gap.NO_NEXT_ACTION: ReasonCode.NO_NEXT_ACTION, Gap.NO_EVIDENCE: ReasonCode.NO_EVIDENCE}
QUESTION_OF = {
    Gap.NO_NEXT_ACTION: QuestionCode.NO_NEXT_ACTION,
    Gap.NO_EVIDENCE: QuestionCode.NO_EVIDENCE,
    Gap.NO_OWNER: QuestionCode.NO_OWNER,
    Gap.NO_MOTION: QuestionCode.NEW_WITHOUT_MOTION,
}
"""Gaps with the reason, or the question, that says them already."""


def gap_lines(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """Every gap by name, and the play that runs; nothing where there is neither, or the account left the list."""
    if item.facts.account.has_left_list:
        return ()
    parts = (*_of_group(item, words), *_of_account(item, words), *_of_people(item, words))
    play = calm_play(item, words)
    if parts:
        return (words.say("summary.gaps", parts=parts, play=play),)
    return (words.say("summary.play", play=play),) if play else ()


def _of_group(item: AgendaItem, words: Words) -> Iterator[str]:
    """Yield roles that are missing, left and quiet, departed people of other roles, and a single thread."""
    facts, today = item.facts, today_of(item)
    group = buying_group(facts.account, facts.settings, today=today)
    for state in (RoleState.MISSING, RoleState.LEFT, RoleState.QUIET):
        for line in group.of(state):
            yield words.say("summary.role", line=line, days=group.engaged_days, today=today)
    named = {line.role for line in group.of(RoleState.LEFT)}
    for role, person in departures(facts):
        if role not in named:
            yield words.say("summary.departed", role=role, person=person, today=today)
    if group.is_single_threaded and ReasonCode.SINGLE_THREADED not in shown_reasons(item):
        yield words.say("summary.active", group=group)


def _of_account(item: AgendaItem, words: Words) -> Iterator[str]:
    """Yield what the account lacks, but for what its other lines say."""
    facts = item.facts
    account, reasons, question = facts.account, shown_reasons(item), question_asked(item)
    # a reason, the question, or the line of actions or of the claim says it
    elsewhere = {gap for gap, code in REASON_OF.items() if code in reasons}
    if question is not None and AgendaSection.TO_DECIDE in item.sections:
        elsewhere |= {gap for gap, code in QUESTION_OF.items() if question.code is code}
    if AgendaSection.DUE in item.sections and _closed(item):
        elsewhere.add(Gap.NO_NEXT_ACTION)
    if account.claimed_from is not None:
        elsewhere.add(Gap.NO_EVIDENCE)
    for code in gaps_of(account):
        if code not in elsewhere:
            yield words.say("summary.gap", code=code, stage=account.stage)
    narrative = narrative_gap(account, facts.settings, now=facts.now, zone=facts.zone)
    if narrative is not None:
        yield words.say("summary.narrative", gap=narrative)


def _of_people(item: AgendaItem, words: Words) -> Iterator[str]:
    """Lines about the people: an owner who left, whose word is missing, who is away, and a late first touch."""
    facts = item.facts
    if facts.owner_is_deactivated and facts.account.profile.owner:
        yield words.say("summary.deactivated", owner=facts.account.profile.owner)
    if facts.missing_updates_from:
        yield words.say("summary.unheard", people=facts.missing_updates_from)
    if facts.away:
        yield words.say("summary.away", who=facts.away)
    touch = late_first_touch(facts)
    if touch is not None:
        yield words.say("summary.touch", hours=touch[0], limit=touch[1])


# Movement in a few lines: what moved since the last held review, newest first, and whose act shows it.

LINES_SHOWN = 2
"""Lines of movement; Details has all of them."""

STEPPED = (Movement.ADVANCED, Movement.ADVANCED_UNVERIFIED, Movement.REGRESSED)

FLAGS_SHOWN = (MovementFlag.BOUNCED, MovementFlag.RECLASSIFIED, MovementFlag.CORRECTED, MovementFlag.RECORDED_LATE)
"""Remarks that change how the movement is to be read."""

MOMENTUM = {
    MovementReason.ROLE_ENGAGED: MovementFlag.ROLE_ENGAGED,
    MovementReason.MEETING_HELD: MovementFlag.MEETING_HELD,
}
"""Reasons that are all that moved, with their remarks."""


@dataclass(frozen=True, slots=True)
class MovementEntry:
    """An event about movement, with the stage that it led from, None for no step, and what it is about.

    It `is_late` where a person recorded it between the end of updates and the opening of its review.
    """

    event: EventFacts
    subject: str = ""
    from_stage: Stage | None = None
    is_claim: bool = False
    is_late: bool = False


def movement_items(item: AgendaItem, words: Words, *, evidence_action: str, value: str) -> tuple[Item, ...]:
    """The lines of movement, the first with a label; a step that is only claimed has the button `evidence_action`.

    A claim that none of these lines shows has one of its own. `evidence_action` is '' where nobody can act there,
    `value` what the button carries. Nothing where nothing moved, or the account left the list.
    """
    if item.facts.account.has_left_list:
        return ()
    # a step that waits for its evidence comes first, and news comes after every step and what shows one
    entries = tuple(
        sorted(
            movement_entries(item),
            key=lambda each: (
                not each.is_claim,
                each.from_stage is None and not isinstance(each.event.change, EvidenceAdded),
            ),
        )
    )
    head = _headline(item, entries[:LINES_SHOWN], words)
    lines: list[tuple[str, bool]] = [(head, False)] if head else []
    today = today_of(item)
    for each in entries[: LINES_SHOWN - len(lines)]:
        lines.append((words.say("summary.attributed", line=each, zone=item.facts.zone, today=today), each.is_claim))
    label = words.say("summary.moved_label")
    bulleted = [(f"{'•' if n else label} {line}", is_claim) for n, (line, is_claim) in enumerate(lines)]
    is_claimed = item.facts.account.claimed_from is not None
    if is_claimed and not any(is_claim for _, is_claim in bulleted):
        bulleted.append((words.say("summary.claim", account=item.facts.account), True))
    button = labelled(words, evidence_action, value) if is_claimed and evidence_action else None
    return tuple(Line(line, button) if is_claim and button else Rows((line,)) for line, is_claim in bulleted)


def movement_entries(item: AgendaItem) -> Iterator[MovementEntry]:
    """Yield the entries about movement, newest first; "nothing moved" only where there is nothing else."""
    facts, events = item.facts, uncorrected(item.facts.events)
    new_ids = {event.id for event in counted_news(events)}
    claimed, steps = claims(events, facts.counted_from), _steps(item)
    ended_at, opened_at = item.updates_ended_at, item.opened_at
    for event in sorted(events, key=lambda each: (each.happened_at, each.id), reverse=True):
        if event.id in new_ids or _is_progress(event) or (not new_ids and _is_silence(event, item)):
            # recorded after updates ended and before the review opened
            is_between = bool(ended_at and opened_at and ended_at < event.recorded_at <= opened_at)
            is_late, subject = is_between and event.source not in AUTOMATIC, subject_of(event, facts.account)
            yield MovementEntry(event, subject, steps.get(event.id), event.id in claimed, is_late)


def movement_in_order(item: AgendaItem) -> tuple[MovementEntry, ...]:
    """The entries about movement in the order in which they happened, without "nothing moved", for the recap."""
    entries = (each for each in movement_entries(item) if not isinstance(each.event.change, NothingMoved))
    return tuple(reversed(tuple(entries)))


def _is_progress(event: EventFacts) -> bool:
    """True for a resolved blocker, a play's outcome and a meeting of executives: progress without a movement entry."""
    change = event.change
    is_resolved = isinstance(change, BlockerChanged) and change.what == "resolved"
    is_outcome = isinstance(change, PlayEnded) and change.what is PlayEnd.OUTCOME
    return is_resolved or is_outcome or isinstance(change, ExecutiveMet)


def _is_silence(event: EventFacts, item: AgendaItem) -> bool:
    """True for "nothing moved" from before the review: entries of the review itself are receipts below the buttons."""
    is_of_review = item.opened_at is not None and event.recorded_at > item.opened_at
    return isinstance(event.change, NothingMoved) and not is_of_review


def _steps(item: AgendaItem) -> dict[int, Stage]:
    """The stage that the account had before each change of stage, by event id."""
    found: dict[int, Stage] = {}
    start = item.facts.counted_from
    stage = start.stage if start else Stage.TARGET
    for event in uncorrected(item.facts.events):
        if isinstance(event.change, Moved) and event.change.to_stage:
            to_stage = Stage(event.change.to_stage)
            if to_stage is not stage:
                found[event.id] = stage
            stage = to_stage
    return found


def _headline(item: AgendaItem, shown: tuple[MovementEntry, ...], words: Words) -> str:
    """Movement that no line of `shown` says: a step of a deal, else a stage, growth, remarks; '' for none."""
    facts, answer = item.facts, item.placement.movement
    deal = moved_deal(facts.account, answer, since=facts.since)
    if deal is not None:
        zone, today = facts.zone, today_of(item)
        return words.say("summary.deal_step", deal=deal, expansions=answer.expansions, zone=zone, today=today)
    is_step_shown = any(each.from_stage for each in shown)
    parts = [
        *(["stage"] if answer.movement in STEPPED and not is_step_shown else []),
        *(["grown"] if answer.expansions else []),
        *(flag.value for flag in FLAGS_SHOWN if flag in answer.flags),
        *([MOMENTUM[answer.reason].value] if answer.reason in MOMENTUM else []),
    ]
    if not parts:
        return ""
    return words.say("summary.movement", answer=answer, parts=parts, reviewed_on=facts.reviewed_on)


# Receipts under an agenda: things that people recorded in this review, newest first, for all to see.

RECEIPTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """An event, and the blocker, action or play that it is about. `is_rest`: some news was recorded before it."""

    event: EventFacts
    subject: str = ""
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Things that one person recorded at once, and the local day."""

    actor: str
    at: datetime
    on: date
    entries: tuple[AgendaEntry, ...]


def receipts(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The note of what was recorded in this review, newest first; nothing outside a review."""
    opened_at, zone = item.opened_at, item.facts.zone
    if opened_at is None:
        return ()
    found = tuple(_receipts(item, opened_at))[:RECEIPTS_SHOWN]
    if not found:
        return ()
    return (Note(words.say("summary.receipts", entries=found, zone=zone, on=local_date(opened_at, zone))),)


def _receipts(item: AgendaItem, opened_at: datetime) -> Iterator[Receipt]:
    """Yield a receipt for each person and minute of what was recorded since the review opened, newest first."""
    facts = item.facts
    first_news = min((event.id for event in counted_news(facts.events)), default=None)
    # leaves out corrections, and actions and list changes that a decision brought along
    own = (
        event
        for event in uncorrected(facts.events)
        if event.recorded_at > opened_at and event.source not in AUTOMATIC
        if not isinstance(event.change, Corrected)
        if not isinstance(event.change, ActionAdded | ListChanged) or event.change.decision_id is None
    )
    newest = sorted(own, key=lambda event: (event.recorded_at, event.id), reverse=True)
    for (_, actor), events in groupby(
        newest, key=lambda each: (each.recorded_at.replace(second=0, microsecond=0), each.actor)
    ):
        ordered = sorted(events, key=lambda event: event.id)
        at = max(event.recorded_at for event in ordered)
        entries = tuple(
            AgendaEntry(event, subject_of(event, facts.account), first_news is not None and event.id > first_news)
            for event in ordered
        )
        yield Receipt(actor, at, local_date(at, facts.zone), entries)


# The question to decide in one line; open asks, what fit and deals propose, and what this review decided.

ANSWER = "ask.answer"

OF_ASKS = (QuestionCode.ASK_OVERDUE, QuestionCode.ASK_OPEN)
"""Questions that the line of an open ask puts itself, with its button."""

OF_LINES = (*OF_ASKS, QuestionCode.STAGE_UNCONFIRMED)
"""Questions that need no line here: an open ask, or the stage that a deal proposes, has one already."""


def to_decide(item: AgendaItem, words: Words, *, can_act: bool) -> Iterator[Item]:
    """Yield what this review decided unless it is an open ask, asks, the question, and what fit and deals propose.

    For an account that left the list only the decision. `can_act` gives asks and the proposed stage their buttons.
    """
    account, question = item.facts.account, question_asked(item)
    last, asks = account.decision, {ask.event_id for ask in account.open_asks}
    if has_decided(item) and last is not None and last.event_id not in asks:
        yield Rows((words.say("summary.decided", last=last),))
    if account.has_left_list:
        return
    code = question.code if question else None
    for number, ask in enumerate(account.open_asks):
        # the question is about the ask that is due first
        is_to_decide = code in OF_ASKS and number == 0
        sentence = words.say("summary.ask", ask=ask, today=today_of(item), is_to_decide=is_to_decide)
        yield Line(sentence, labelled(words, ANSWER, str(ask.event_id))) if can_act else Rows((sentence,))
    yield from _question(item, question, words)
    yield from _stage(item, words, can_act=can_act, is_to_decide=code in (None, QuestionCode.STAGE_UNCONFIRMED))


def _question(item: AgendaItem, question: QuestionToDecide | None, words: Words) -> Iterator[Item]:
    """The question in one line with the proposal by fit; without a question, that an ask is wanted, and the proposal.

    An account that needs intervention lacks an ask while none is open and this review decided nothing about it.
    """
    proposal = pending(item.facts)
    needs_one = item.placement.bucket is Bucket.NEEDS_INTERVENTION and item.part is ItemPart.DISCUSSED
    lacks_ask = needs_one and not item.facts.account.open_asks and not has_decided(item)
    if question is not None and question.code not in OF_LINES:
        sentence = question_text(question, item, words)
        # the question about an unfit tier says the proposal itself
        other = None if question.code is QuestionCode.TIER_UNFIT else proposal
        yield Rows((words.say("agenda.question_to_decide", said=sentence, lacks_ask=lacks_ask, proposal=other),))
        return
    if question is None and lacks_ask:
        yield Rows((words.say("summary.ask_wanted"),))
    if proposal is not None:
        yield Rows((words.say("summary.proposal", proposal=proposal, is_to_decide=question is None),))


def _stage(item: AgendaItem, words: Words, *, can_act: bool, is_to_decide: bool) -> Iterator[Item]:
    """The stage that a deal of the CRM proposes, with buttons to decide on it for who may; nothing without one."""
    proposal = proposed_stage(item.facts.account)
    if proposal is None:
        return
    sentence = words.say(
        "summary.stage_proposed",
        proposal=proposal,
        zone=item.facts.zone,
        today=today_of(item),
        is_to_decide=is_to_decide,
        close_date=other_close_date(proposal.deal, item.facts.zone),
    )
    account_id = item.facts.account.account_id
    yield with_buttons(sentence, account_id, proposal, words) if can_act else Rows((sentence,))


# The agenda of one account in a review: a message of its own, with its buttons.

EVIDENCE = "agenda.evidence"
BUTTONS = ("agenda.update", "agenda.no_change", "agenda.decide")
MENU = ("agenda.move", "agenda.blocker", "agenda.next", "agenda.waiting", "agenda.details")


def agenda_page(item: AgendaItem, words: Words, *, is_open: bool) -> Page:
    """Return the agenda of one account, most important first, with what was recorded in the review below its buttons.

    Until something was recorded, a line there says that replies are read. `item`: the account on its review. `is_open`:
    false once the review is closed: Details is then the only button and a note says where updates go.
    """
    facts, placement, name = item.facts, item.placement, item.facts.account.name
    deal = moved_deal(facts.account, placement.movement, since=facts.since)
    value, foot = str(item.review_item_id), receipts(item, words)
    if is_open:
        act, rarer = (tuple(labelled(words, each, value) for each in actions) for actions in (BUTTONS, MENU))
        foot = (Buttons(act, rarer), *(foot or (Note(words.say("agenda.listens")),)))
    else:
        note = Note(words.say("agenda.closed_note", review_on=item.review_on))
        foot = (*foot, note, Buttons((labelled(words, "agenda.details", value),)))
    return Page(
        title=words.raw("agenda.title", name=name, placement=placement, deal=deal),
        items=(*account_summary(item, words, can_act=is_open), *foot),
        key=f"agenda-{item.review_item_id}",
        continued=words.say("agenda.continued", name=name),
    )


def account_summary(item: AgendaItem, words: Words, *, can_act: bool) -> tuple[Item, ...]:
    """The account in a few lines, its sections in their order.

    With `can_act`, open questions about its evidence, asks and deals have buttons.
    """
    sections = (each for section in item.sections for each in SECTIONS[section](item, words, can_act))
    return tuple(joined((Rows(first_lines(item, words)), *sections)))


def _due(item: AgendaItem, words: Words, can_act: bool) -> tuple[Item, ...]:
    """The open next actions with Edit: the form of the only one, of several the card, where each has its buttons.

    Without `can_act`, or where none is open, there is no button.
    """
    account_id = item.facts.account.account_id
    match [action.id for action in open_actions(item)] if can_act else ():
        case []:
            return (Rows(due_line(item, words)),)
        case [only]:
            button = labelled(words, "action.edit", f"{account_id} {only}")
        case _:
            button = labelled(words, "account.actions", str(account_id))
    return tuple(Line(line, button) for line in due_line(item, words))


def _section_of_lines(lines_of: Callable[[AgendaItem, Words], tuple[str, ...]]) -> Callable[..., tuple[Item, ...]]:
    """The section that shows these lines, without buttons."""
    return lambda item, words, _can_act: (Rows(lines_of(item, words)),)


SECTIONS: Mapping[AgendaSection, Callable[[AgendaItem, Words, bool], tuple[Item, ...]]] = {
    AgendaSection.WHY: _section_of_lines(reasons_line),
    AgendaSection.NUMBERS: _section_of_lines(numbers_line),
    AgendaSection.MOVED: lambda item, words, can_act: movement_items(
        item, words, evidence_action=EVIDENCE if can_act else "", value=str(item.review_item_id)
    ),
    AgendaSection.DUE: _due,
    AgendaSection.BLOCKED: _section_of_lines(blocked_line),
    AgendaSection.GAPS: _section_of_lines(gap_lines),
    AgendaSection.PLAYS: _section_of_lines(play_lines),
    AgendaSection.TO_DECIDE: lambda item, words, can_act: tuple(to_decide(item, words, can_act=can_act)),
}
"""What each section shows of an account; with the third argument true, what can be done there has its button."""


def joined(items: Iterable[Item]) -> Iterator[Item]:
    """Yield rows that follow each other as one item: every item is a block, and Slack puts space between blocks."""
    for is_rows, run in groupby(items, key=lambda item: isinstance(item, Rows)):
        if not is_rows:
            yield from run
            continue
        lines = tuple(line for item in run if isinstance(item, Rows) for line in item.lines)
        if lines:
            yield Rows(lines)
