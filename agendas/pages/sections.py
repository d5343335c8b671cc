"""Sections of an account's agenda, each with its examples."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from agendas.facts.account import AccountState, ActionStatus, Blocker, EventFacts, ListStatus, NextAction, Stage
from agendas.facts.deals import Phase
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Decided,
    Moved,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import Evidence, EvidenceAdded
from agendas.facts.plays import PlayEnded
from agendas.facts.reviews import AgendaFacts, AgendaItem, CorrectedEntry, QuestionToDecide
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Item, Line, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.access import lead_asked
from agendas.rules.account_list import pending
from agendas.rules.deals import (
    AccountProposal,
    StageProposal,
    furthest_deal,
    moved_deal,
    other_close_date,
    proposed_stage,
    sum_of,
)
from agendas.rules.entries import proofs, uncorrected
from agendas.rules.fold import subject_of
from agendas.rules.group import GroupAnswer, RoleState, buying_group, departures, newly_engaged
from agendas.rules.history import counted_news
from agendas.rules.movement import late_first_touch
from agendas.rules.narrative import narrative_gap
from agendas.rules.plays import out_of_tier, running_plays, tier_worked
from agendas.rules.preparing import gaps_of
from agendas.rules.question_to_decide import question_asked
from agendas.rules.signals import stage_hint
from agendas.text.dates import days_between, local_date
from agendas.text.limits import shortened

# Next actions: what was promised last time and what became of it, then what is new.

STATES = ("overdue", "slipped", "open", "kept", "dropped", "new")
TO_COME = ("open", "new")


@dataclass(frozen=True, slots=True)
class ActionLine:
    action: NextAction
    state: str
    days_overdue: int = 0


def actions_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Promises of the last held review first, with a count of what became of them; then the others.

    Of the steps of a play that are still to come only the next one; the section of plays says how many there are.
    Nothing where there is no action.
    """
    facts = item.facts
    promised, others = action_lines(facts)
    if not promised and not others:
        return ()
    counts = Counter(line.state for line in promised)
    later = later_steps(facts.account)
    lines = words.lines(
        "agenda.actions",
        lines=tuple(line for line in (*promised, *others) if line.state not in TO_COME or line.action.id not in later),
        tally=[(state, counts[state]) for state in STATES if counts[state]],
        zone=facts.zone,
    )
    return (Rows(lines),)


def action_lines(facts: AgendaFacts) -> tuple[list[ActionLine], list[ActionLine]]:
    """Two lists: the actions open at the last held review, in the order of STATES, and the others; each by due date.

    Actions that were closed before that review are left out.
    """
    before = {action.id: action for action in facts.before.open_actions} if facts.before else {}
    shown = sorted(facts.account.actions, key=lambda action: (action.due_on, action.id))
    promised = [_action_line(action, facts, before[action.id]) for action in shown if action.id in before]
    promised.sort(key=lambda line: STATES.index(line.state))
    others = [
        _action_line(action, facts, None)
        for action in shown
        if action.id not in before
        and (facts.since is None or action.closed_at is None or action.closed_at > facts.since)
    ]
    return promised, others


def later_steps(account: AccountState) -> frozenset[int]:
    """The ids of the open steps of running plays, except the next one due in each play."""
    running = {run.id for run in account.plays if run.end is None}
    steps = sorted(account.open_actions, key=lambda action: (action.due_on, action.id))
    of_plays = {play_id: [step.id for step in steps if step.play_id == play_id] for play_id in running}
    return frozenset(step_id for step_ids in of_plays.values() for step_id in step_ids[1:])


def _action_line(action: NextAction, facts: AgendaFacts, before: NextAction | None) -> ActionLine:
    """The action with what became of it; `before` is the action at the last held review, None for a new one."""
    if action.status is not ActionStatus.OPEN:
        return ActionLine(action, "kept" if action.status is ActionStatus.DONE else "dropped")
    days_overdue = (local_date(facts.now, facts.zone) - action.due_on).days
    if days_overdue > 0:
        return ActionLine(action, "overdue", days_overdue)
    if before is None:
        return ActionLine(action, "new")
    return ActionLine(action, "slipped" if action.slips > before.slips else "open")


# Open asks of interventions, each with the button that says that it is answered.


def asks(item: AgendaItem, words: Words, *, can_answer: bool) -> tuple[Item, ...]:
    """Each open ask with how late it is, and for who may answer it with its button; none once it left the list."""
    if item.facts.account.has_left_list:
        return ()
    facts, last, lines = item.facts, item.facts.account.decision, list[Item]()
    for ask in facts.account.open_asks:
        days_overdue = (local_date(facts.now, facts.zone) - ask.due_on).days if ask.due_on else 0
        is_last = last is not None and last.event_id == ask.event_id
        sentence = words.say("agenda.ask", ask=ask, days_overdue=max(0, days_overdue), is_last=is_last)
        lines.append(Line(sentence, labelled(words, "ask.answer", str(ask.event_id))) if can_answer else Text(sentence))
    return tuple(lines)


# Blockers with age, owner and need, and those resolved since the last held review.


@dataclass(frozen=True, slots=True)
class BlockerLine:
    """A blocker with its age in calendar days; `is_new` when it was opened since the last held review.

    `asked` is the lead of the function that it needs, where that is who is asked.
    """

    blocker: Blocker
    days_open: int
    is_new: bool = False
    asked: str | None = None


def blockers_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Open blockers, oldest first, then those resolved since; nothing where there are none."""
    facts = item.facts
    resolved = (
        blocker
        for blocker in facts.account.blockers
        if blocker.resolved_at is not None and (facts.since is None or blocker.resolved_at > facts.since)
    )
    lines = (*open_lines(facts), *(line_of(facts, blocker) for blocker in resolved))
    return (Rows(words.lines("agenda.blockers", lines=lines, zone=facts.zone)),) if lines else ()


def open_lines(facts: AgendaFacts) -> tuple[BlockerLine, ...]:
    open_ones = sorted(facts.account.open_blockers, key=lambda blocker: blocker.opened_at)
    return tuple(line_of(facts, blocker) for blocker in open_ones)


def line_of(facts: AgendaFacts, blocker: Blocker) -> BlockerLine:
    """The blocker with its age today; new only where there was a review before it was opened."""
    days_open = days_between(blocker.opened_at, facts.now, facts.zone)
    is_new = facts.since is not None and blocker.opened_at > facts.since
    return BlockerLine(blocker, days_open, is_new, lead_asked(blocker.needs, facts.account.profile, facts.leads))


# Entries that counted at the last held review, or in a closed one, and were corrected since.

MOST_SHOWN = 3
TEXT_CHARACTERS = 120
WITH_A_TEXT = (
    *(Moved, NothingMoved, Noted, EvidenceAdded, BlockerOpened, BlockerChanged),
    *(ActionAdded, ActionChanged, Decided, PlayEnded),
)


def corrected_lines(
    found: Sequence[tuple[AccountState, CorrectedEntry]],
    words: Words,
    zone: str,
    *,
    is_named: bool = False,
    most: int = MOST_SHOWN,
) -> tuple[str, ...]:
    """A line for each of the first entries, with who corrected it and why; and how many more there are.

    `is_named` puts the account's name first, where the line is read alone.
    """
    lines = [
        line
        for state, each in found[:most]
        for line in words.lines(
            "history.counts_no_more",
            each=_brief(each),
            subject=subject_of(each.entry, state),
            zone=zone,
            name=state.name if is_named else "",
        )
    ]
    others = len(found) - most
    return (*lines, *(words.lines("history.counts_no_more_others", count=others) if others > 0 else ()))


def _brief(each: CorrectedEntry) -> CorrectedEntry:
    change = each.entry.change
    if not isinstance(change, WITH_A_TEXT):
        return each
    brief_change = replace(change, text=shortened(change.text, TEXT_CHARACTERS))
    return replace(each, entry=replace(each.entry, change=brief_change))


# The stage that a deal of the CRM implies, with the buttons by which a person confirms or declines it.


def deal_stage(item: AgendaItem, words: Words, *, can_confirm: bool) -> tuple[Item, ...]:
    """The stage that the account's deals imply, if any, with buttons for readers who may confirm it.

    Everybody sees a message's buttons: people who may not record are refused at the click.
    """
    facts = item.facts
    proposal = proposed_stage(facts.account)
    if proposal is None:
        return ()
    sentence = words.say(
        "deals.proposed",
        proposal=proposal,
        zone=facts.zone,
        today=local_date(facts.now, facts.zone),
        close_date=other_close_date(proposal.deal, facts.zone),
    )
    return (with_buttons(sentence, facts.account.account_id, proposal, words) if can_confirm else Text(sentence),)


def confirm_line(found: AccountProposal, words: Words, *, zone: str, today: date) -> Line:
    close_date = other_close_date(found.proposal.deal, zone)
    sentence = words.say("deals.proposed_of", found=found, zone=zone, today=today, close_date=close_date)
    return with_buttons(sentence, found.account_id, found.proposal, words)


def with_buttons(sentence: str, account_id: int, proposal: StageProposal, words: Words) -> Line:
    value = f"{account_id} {proposal.stage.value} {proposal.deal.key}"
    return Line(sentence, labelled(words, "deal.confirm", value), (labelled(words, "deal.decline", value),))


# The last decision, and the question to decide now.


def decision_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The last decision, what the fit proposes, and what is to be decided; nothing where there is none of them."""
    facts, last, proposal, question = item.facts, item.facts.account.decision, pending(item.facts), question_asked(item)
    if last is None and proposal is None and question is None:
        return ()
    sentence = question_text(question, item, words) if question is not None else ""
    return (Text(words.say("agenda.decision", last=last, proposal=proposal, question=sentence, zone=facts.zone)),)


def question_text(question: QuestionToDecide, item: AgendaItem, words: Words) -> Mrkdwn:
    proposal = pending(item.facts)
    return words.say("agenda.question_sentence", question=question, account=item.facts.account, proposal=proposal)


# Evidence since the last held review.


def evidence_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Each piece of evidence once, newest first, with its kind and date; nothing where there is none."""
    facts, found = item.facts, evidence_of(item)
    if not found:
        return ()
    lines = words.lines("agenda.evidence", items=found, zone=facts.zone)
    return (Rows(lines),)


def evidence_of(item: AgendaItem) -> tuple[Evidence, ...]:
    """The evidence behind the movement and of everything recorded since, without repeats, newest first."""
    recorded = [piece for event in uncorrected(item.facts.events) for piece in event.evidence]
    once: dict[tuple[str, str, date], Evidence] = {}
    for piece in (*item.placement.movement.evidence, *recorded):
        # a row of the CRM is recorded once more when anything of its deal changes
        once.setdefault((piece.text, piece.url, local_date(piece.dated_at, item.facts.zone)), piece)
    return tuple(sorted(once.values(), key=lambda piece: piece.dated_at, reverse=True))


# Buying group: people missing, quiet or gone, by name, and whether everything hangs on one person.


def group_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Coverage in numbers, who is newly engaged, each gap, who left a deciding role; nothing once it left the list.

    Where no role is required there is nothing but who left since the last review.
    """
    facts = item.facts
    if facts.account.has_left_list:
        return ()
    group = buying_group(facts.account, facts.settings, today=local_date(facts.now, facts.zone))
    named = {line.role for line in group.of(RoleState.LEFT)}
    departed = tuple((role, person) for role, person in departures(facts) if role not in named)
    if not group.lines and not departed:
        return ()
    is_new = newly_engaged(facts)
    engaged = tuple(line for line in group.of(RoleState.ENGAGED) if line.role in is_new)
    return (Rows(words.lines("group.section", group=group, engaged=engaged, gaps=gaps(group), gone=departed)),)


def gaps(group: GroupAnswer) -> tuple[tuple[str, object], ...]:
    """(state, lines) of the roles whose people left, that are missing, or that are quiet."""
    kinds = (RoleState.LEFT, RoleState.MISSING, RoleState.QUIET)
    return tuple((kind.value, lines) for kind in kinds if (lines := group.of(kind)))


# The first lines of an account's agenda: where it stands on the list, and why it is on the agenda.


def header_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Why it is discussed; tier, owner, value; days in its stage and of silence against limits; deals."""
    deals = item.facts.account.opportunities
    sentence = words.say(
        "details.header",
        account=item.facts.account,
        stall=item.placement.stall,
        placement=item.placement,
        zone=item.facts.zone,
        deal=furthest_deal(item.facts.account),
        open=sum_of(deal for deal in deals if deal.is_open),
        won=sum_of(deal for deal in deals if deal.profile.phase is Phase.WON),
        today=local_date(item.facts.now, item.facts.zone),
        tier_before=item.facts.tier_before,
    )
    return (Text(sentence),)


# Gaps that keep an account from being discussed well, and people who have not written.


def missing_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """One line naming every gap; nothing when nothing is missing, or the account left the list."""
    account, silent = item.facts.account, item.facts.missing_updates_from
    gone = account.profile.owner if item.facts.owner_is_deactivated else None
    if account.has_left_list:
        return ()
    gaps = tuple(gaps_of(account))
    narrative = narrative_gap(account, item.facts.settings, now=item.facts.now, zone=item.facts.zone)
    touch = late_first_touch(item.facts)
    if not (gaps or gone or silent or narrative or touch):
        return ()
    found = {"gaps": gaps, "gone": gone, "silent": silent, "narrative": narrative, "touch": touch}
    return (Text(words.say("agenda.missing", account=account, zone=item.facts.zone, **found)),)


# Movement since the last held review; says plainly when nothing moved.


def movement_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The movement from stage to stage, the entries behind it with author and date, and later corrections.

    Claims are called claims. "Nothing moved" after news of the same review is read as "nothing else".
    """
    facts, answer = item.facts, item.placement.movement
    entries = uncorrected(facts.events)
    events = tuple(event for event in entries if isinstance(event.change, Moved | NothingMoved))
    # people whose "nothing moved" has a line of its own
    have_entry = {event.actor for event in events if isinstance(event.change, NothingMoved)}
    first_new_id = min((event.id for event in counted_news(facts.events)), default=None)
    lines = words.lines(
        "agenda.movement",
        answer=answer,
        deal=moved_deal(facts.account, answer, since=facts.since),
        events=[(event, first_new_id is not None and event.id > first_new_id) for event in events],
        claims=claims(entries, facts.counted_from),
        named_at=facts.account.named_at,
        reviewed_on=facts.reviewed_on,
        zone=facts.zone,
        is_named=facts.account.list_status is ListStatus.NAMED,
        no_change=tuple(person for person in item.no_change_reported_by if person not in have_entry),
    )
    corrected = corrected_lines([(facts.account, each) for each in facts.corrected], words, facts.zone)
    return (Rows((*lines, *corrected)),)


def claims(events: Sequence[EventFacts], before: AccountState | None) -> set[int]:
    """The ids of the steps up, from the state `before` them, that neither their own nor later evidence shows.

    Evidence of a stage also shows the claimed steps below it on the way there.
    """
    found, stage = set(), before.stage if before else Stage.TARGET
    for number, event in enumerate(events):
        if not isinstance(event.change, Moved) or not event.change.to_stage:
            continue
        to_stage = Stage(event.change.to_stage)
        if to_stage.rank > stage.rank and not _is_shown(to_stage, events[number:]):
            found.add(event.id)
        stage = to_stage
    return found


def _is_shown(claimed: Stage, later: Sequence[EventFacts]) -> bool:
    """True if one of these events proves the stage, or a higher one before the account went below it again.

    After that only evidence of the very stage counts.
    """
    shows = tuple(stage for stage in Stage if stage.rank >= claimed.rank)
    for event in later:
        change = event.change
        if isinstance(change, Moved) and change.to_stage and Stage(change.to_stage).rank < claimed.rank:
            shows = (claimed,)
        if proofs(event, *shows):
            return True
    return False


# The plays that run on an account: how many steps are open, and what the buyer is to do by when.


def plays_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """One line for each play that runs; nothing where none does, or the account left the list."""
    facts = item.facts
    today = local_date(facts.now, facts.zone)
    plays = running_plays(facts.account, today)
    if not plays or facts.account.has_left_list:
        return ()
    foreign = {run.id for run in out_of_tier(facts.account, facts.tiers_of_plays)}
    sentence = words.lines("plays.section", plays=plays, today=today, foreign=foreign, tier=tier_worked(facts.account))
    return (Rows(sentence),)


# Signals of an account: engagement points with their trend, and the stage that they hint at.


def signals_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """One line; nothing where no point is worth a line and no stage is hinted at."""
    facts = item.facts
    if facts.engagement is None or facts.account.has_left_list:
        return ()
    hint = stage_hint(facts.account, facts.engagement, facts.settings)
    if not facts.engagement.is_any and hint is None:
        return ()
    return (Text(words.say("signals.section", engagement=facts.engagement, hint=hint, zone=facts.zone)),)
