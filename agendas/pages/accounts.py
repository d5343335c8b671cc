"""Pages of one account: its card, history, fit, group, narrative, plays, deals, signals."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from agendas.errors import Outdated, UnknownAccount
from agendas.facts.account import AccountState, Blocker, EventFacts, ListStatus, NextAction, Stage
from agendas.facts.answered_items import OfAccount
from agendas.facts.events import BlockerOpened, Decided, Moved, NothingMoved
from agendas.facts.evidence import EvidenceAdded, WaitingSet
from agendas.facts.narrative import JustificationPart
from agendas.facts.people import PersonFacts
from agendas.facts.reviews import AgendaFacts, AgendaItem, ItemPart, Placement
from agendas.pages.agenda import (
    blocked_line,
    due_line,
    gap_lines,
    joined,
    movement_items,
    open_actions,
    play_lines,
    state_lines,
    to_decide,
    today_of,
)
from agendas.pages.narrative import narrative_parts
from agendas.pages.open_items import open_line
from agendas.pages.sections import (
    actions_section,
    asks,
    blockers_section,
    deal_stage,
    decision_section,
    evidence_section,
    group_section,
    header_section,
    missing_section,
    movement_section,
    plays_section,
    signals_section,
)
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import length, read
from agendas.rendering.page import Button, Buttons, Divider, Fold, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Permission, may
from agendas.rules.account_list import missing_parts
from agendas.rules.deals import furthest_deal, moved_deal
from agendas.rules.entries import uncorrected
from agendas.rules.fit import fit_of
from agendas.rules.group import buying_group
from agendas.rules.nudging import asks_reader, item_of
from agendas.rules.reviews import Explanation, explain
from agendas.text.dates import local_date

# The history of an account: newest first, page by page, whole texts, with what was taken back struck out.

CORRECT = "corrections.choose"
"""Action of the button that opens the form to correct an entry."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An event; its correction, if it has one; and the text of the blocker, action or entry that it is about.

    `judged_by` is the user id of the person who said later whose act its evidence is.
    """

    event: EventFacts
    correction: EventFacts | None = None
    subject: str = ""
    judged_by: str = ""


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """One page of an account's history, newest first.

    `more_value` is what the button for older entries carries; empty when there are none. `is_first` is false for a
    page that continues another. `correct_value` is what the button to correct one of these entries carries.
    """

    account_id: int
    name: str
    lines: tuple[HistoryLine, ...]
    zone: str
    today: date
    more_value: str = ""
    is_first: bool = True
    correct_value: str = ""


def history_page(facts: HistoryFacts, words: Words, *, can_correct: bool = False) -> Page:
    """A line for each entry, or that there is none; with a button for older entries when there are any.

    `can_correct`: the reader may correct one of those shown, and has a button for it.
    """
    shown = [
        line
        for entry in facts.lines
        for line in words.lines("history.line", entry_line=entry, zone=facts.zone, today=facts.today)
    ]
    items: list[Item] = [Heading(words.raw("history.heading", name=facts.name))]
    if shown:
        items += [Rows(tuple(shown)), Note(words.say("history.order"))]
    else:
        items.append(Text(words.say("history.nothing" if facts.is_first else "history.no_more", name=facts.name)))
    older = (labelled(words, "account.history_more", facts.more_value),) if facts.more_value else ()
    correct = (labelled(words, CORRECT, facts.correct_value),) if can_correct else ()
    if older or correct:
        items.append(Buttons((*older, *correct)))
    title = words.raw("history.title", name=facts.name, count=len(facts.lines))
    return Page(title, tuple(items), key=f"history-{facts.account_id}")


def choice_label(line: HistoryLine, words: Words, zone: str, people: Mapping[str, str]) -> str:
    """The entry as raw text, for a choice among entries; `people` are names by user id."""
    sentence = words.say("history.choice", event=line.event, subject=line.subject, zone=zone)
    return read(sentence, people).replace("\n", " ")


# The card of one account: its state, why it is on the list, what is open with its buttons, its last events.

LAST_EVENTS = 3
"""Events on the card; the History button shows the rest."""

OPEN_ITEMS = 5
"""Next actions and blockers with buttons of their own; Details has the rest."""

EVIDENCE = "evidence.add"
MENU = ("account.move", "account.blocker", "account.next", "account.waiting")


def account_card(
    item: AgendaItem,
    words: Words,
    *,
    next_review_at: datetime | None = None,
    last_events: Sequence[HistoryLine] = (),
    can_record: bool = True,
    can_decide: bool = False,
    can_correct: bool = False,
    has_unclear_acts: bool = False,
    away: Sequence[PersonFacts] = (),
    reader: PersonFacts | None = None,
) -> Page:
    """The few lines of its agenda, why it is on the list, its next review, and the last three events, newest first.

    Args:
        item: the account as if it were on a review now.
        next_review_at: when its next review meets.
        last_events: its newest events, newest first.
        can_record: false hides the buttons that record and share, for people who may only read and where all read it.
        can_decide: true adds the button that fills in what is missing of the justification, for who may change it.
        can_correct: the reader may correct one of the last events.
        has_unclear_acts: true where somebody has still to say whose act an entry was.
        away: its owner, partner or executive where they are away.
        reader: who alone reads it, None where many do: a blocker that needs their help has Acknowledge.
    """
    # only an account that is discussed has a question and may lack an ask: its card says neither
    account, item = item.facts.account, replace(item, part=ItemPart.LISTED)
    reviews = {"next_review_at": next_review_at, "open_review": item.open_review}
    items = (
        Rows(state_lines(item, words)),
        *_private(account, words, can_change=can_decide),
        _why(account, words, can_fill=can_decide),
        Rows(words.lines("account.reviews", account=account, zone=item.facts.zone, today=today_of(item), **reviews)),
        *((Rows((words.say("away.on_card", people=away),)),) if away else ()),
        *movement_items(item, words, evidence_action=EVIDENCE if can_record else "", value=str(account.account_id)),
        *(_open_items(item, words, reader) if can_record else _own_actions(item, words, reader)),
        Rows((*gap_lines(item, words), *play_lines(item, words))),
        *to_decide(item, words, can_act=can_record),
        *_last_recorded(item, last_events[:LAST_EVENTS], words, can_correct=can_correct),
        _card_buttons(account, words, can_record=can_record, has_unclear_acts=has_unclear_acts),
    )
    return Page(
        title=words.raw("account.title", name=account.name, stage=account.stage, tier=account.tier),
        items=tuple(joined(items)),
        key=f"card-{account.account_id}",
        continued=words.say("agenda.continued", name=account.name),
    )


def _private(account: AccountState, words: Words, *, can_change: bool) -> tuple[Item, ...]:
    """The line that only the members of a channel see the account; nothing for an account that all may see."""
    if not account.private_channel:
        return ()
    sentence = words.say("account.private", channel_id=account.private_channel)
    change = labelled(words, "account.private", str(account.account_id))
    return (Line(sentence, change) if can_change else Rows((sentence,)),)


def _why(account: AccountState, words: Words, *, can_fill: bool) -> Item:
    """Why it is on the list, with a button to fill in missing parts of the justification while it is on the list."""
    sentence = words.say("account.why", account=account)
    if can_fill and not account.has_left_list and missing_parts(account):
        return Line(sentence, labelled(words, "list.fill", str(account.account_id)))
    return Rows((sentence,))


def _open_items(item: AgendaItem, words: Words, reader: PersonFacts | None) -> Iterator[Item]:
    """Yield the open next actions and blockers with the buttons that settle them, and how many more there are."""
    if item.facts.account.list_status.is_closed:
        return
    open_ones: list[NextAction | Blocker] = [*open_actions(item), *item.facts.account.open_blockers]
    lines = [_open_line(item, each, words, reader) for each in open_ones]
    yield from lines[:OPEN_ITEMS]
    if len(lines) > OPEN_ITEMS:
        yield Note(words.say("account.more_open", count=len(lines) - OPEN_ITEMS))


def _own_actions(item: AgendaItem, words: Words, reader: PersonFacts | None) -> Iterator[Item]:
    """Yield what is open: the reader's own actions each with its buttons, if they may settle them; else plain lines."""
    account = item.facts.account
    may_settle = reader is not None and may(reader, Permission.NOMINATE) and not account.list_status.is_closed
    own = [action for action in open_actions(item) if may_settle and reader and action.owner == reader.user_id]
    for action in own:
        yield _open_line(item, action, words, reader)
    others = tuple(action for action in account.actions if action not in own)
    without_own = replace(item, facts=replace(item.facts, account=replace(account, actions=others)))
    yield Rows((*due_line(without_own, words), *blocked_line(without_own, words)))


def _open_line(item: AgendaItem, thing: NextAction | Blocker, words: Words, reader: PersonFacts | None) -> Line:
    """The line of an open action or blocker with its buttons; where the reader's help is asked, with theirs too."""
    facts, today = item.facts, today_of(item)
    # without the account's name, which stands at the top of the card
    found = item_of(replace(OfAccount.of(facts.account), name=""), thing, facts.leads)
    is_asked = asks_reader(found, reader)
    return open_line(found, words, today=today, zone=facts.zone, with_person=True, is_asked=is_asked)


def _card_buttons(account: AccountState, words: Words, *, can_record: bool, has_unclear_acts: bool) -> Buttons:
    """Details, History and Explain for everybody; for who may record also Update, and a menu of the rarer actions."""
    records = ("account.update", *(("whose_act.account",) if has_unclear_acts else ())) if can_record else ()
    actions = (*records, "account.details", "account.history", "account.explain")
    menu = (*MENU, "account.share") if can_record else ()
    shown, rarer = (tuple(labelled(words, each, str(account.account_id)) for each in row) for row in (actions, menu))
    return Buttons(shown, rarer)


def _last_recorded(
    item: AgendaItem, entries: Sequence[HistoryLine], words: Words, *, can_correct: bool
) -> tuple[Item, ...]:
    """A line for each entry, with a button to correct one of them for who may; nothing without entries.

    Lines that read the same are shown once: two entries of an import may differ in a field that no line shows.
    """
    if not entries:
        return ()
    lines = [
        line
        for entry in entries
        for line in words.lines(
            "history.brief",
            event=entry.event,
            subject=entry.subject,
            zone=item.facts.zone,
            today=today_of(item),
            judged_by=entry.judged_by,
        )
    ]
    label, once = words.say("account.last_label"), tuple(dict.fromkeys(lines))
    correct = labelled(words, CORRECT, f"{item.facts.account.account_id} 0")
    return (Line(label, correct), Rows(once)) if can_correct else (Rows((label, *once)),)


# Everything that the few lines of an account leave out, for the person who pressed Details.

SHOWN = (
    header_section,
    movement_section,
    evidence_section,
    blockers_section,
    actions_section,
    missing_section,
    decision_section,
)
FOLDED = (group_section, signals_section, plays_section)
SECTIONS = (*SHOWN, *FOLDED)


def details_page(item: AgendaItem, words: Words, *, can_act: bool = False, can_decide: bool = False) -> Page:
    """Return every reason, the movement with all evidence, deals; folded the group, signals, plays, why, the narrative.

    `can_act`: the reader may update the account, answer its asks and confirm what a deal implies; `can_decide`: also
    who may see it.
    """
    account = item.facts.account
    buttons = (
        *(("account.update",) if can_act and not account.has_left_list else ()),
        "account.history",
        *(("account.private",) if can_decide else ()),
        "account.terms",
    )
    items = (
        Heading(words.raw("details.heading", name=account.name)),
        *(part for section in SHOWN for part in section(item, words)),
        *asks(item, words, can_answer=can_act),
        *deal_stage(item, words, can_confirm=can_act),
        Fold(words.raw("details.group_title"), tuple(part for section in FOLDED for part in section(item, words))),
        Fold(words.raw("details.why_title"), tuple(_why_on_list(item, words))),
        Buttons(tuple(labelled(words, each, str(account.account_id)) for each in buttons)),
    )
    return Page(
        title=words.raw("details.heading", name=account.name),
        items=items,
        key=f"details-{account.account_id}",
        continued=words.say("agenda.continued", name=account.name),
    )


def _why_on_list(item: AgendaItem, words: Words) -> Iterator[Item]:
    """Since when and why it is on the list, the profile fields that nothing else shows, and the narrative."""
    current, facts = item.facts.account.narrative, item.facts
    if lines := words.lines("details.why", account=facts.account, zone=facts.zone):
        yield Rows(lines)
    if current is not None:
        today = local_date(facts.now, facts.zone)
        yield Text(words.say("details.narrative", current=current, zone=facts.zone, today=today))
        yield Rows(tuple(narrative_parts(current, words)))


# What each word, mark and figure of its details means.


def details_terms_page(item: AgendaItem, words: Words) -> Page:
    """Return a line for each word, mark and figure that the account's details show, its own state first."""
    facts = item.facts
    lines = tuple(words.say(f"terms.{term}", settings=facts.settings) for term in dict.fromkeys(_terms_shown(item)))
    title = words.raw("details.terms", name=facts.account.name)
    return Page(title, (Heading(title), Rows(lines)), key=f"terms-{facts.account.account_id}")


def _terms_shown(item: AgendaItem) -> Iterator[str]:
    """The codes of the terms that the account's details show, its own state first; some may come twice."""
    account, placement, deal = item.facts.account, item.placement, furthest_deal(item.facts.account)
    if account.list_status is ListStatus.NAMED:
        yield "claimed" if placement.is_claimed else placement.bucket
    else:
        yield account.list_status
    yield "tier"
    if account.profile.value_cents is not None:
        yield "value"
    yield "target_stage" if account.stage is Stage.TARGET else account.stage
    yield "days_in_stage"
    if placement.stall.excuse is not None:
        yield "waiting"
    if deal is not None:
        yield from ("phase", "pushed") if deal.pushes else ("phase",)
    yield from ("movement", "evidence", "blocker", "next_action")
    if account.open_asks:
        yield "ask"
    yield from ("buying_group", "engagement", "play", "justification", "narrative")


# An account that was not found: the nearest ones as buttons that run the same command again.

OUTDATED_PICK = "This comes from another version of Cadence and does nothing here. Write the name of the account anew."
LARGEST_ID = 10**18
"""Largest id in the databases."""


def nearest_page(error: UnknownAccount, words: Words, *, original: str, action: str = "account.pick") -> Page:
    """The nearest accounts, each a button whose value is JSON `{"account_id": 7, "text": original}`.

    Without any there is a button to the list instead; where the values are too long for buttons, the names alone.
    `error`: what was typed and the nearest accounts. `original`: the whole command or question, to be run again with
    the account that is picked. `action`: what the buttons send.
    """
    if not error.nearest:
        sentence = words.say("program.nearest_none", typed=error.typed)
        return Page(read(sentence), (Text(sentence), Buttons((labelled(words, "abm.list"),))), key="nearest")
    sentence = words.say("program.nearest_ambiguous" if error.ambiguous else "program.nearest", typed=error.typed)
    buttons = tuple(Button(name, action, pick_value(account_id, original)) for account_id, name in error.nearest)
    choices: Item = Buttons(buttons)
    if any(length(button.value) > BUTTON_VALUE_CHARACTERS for button in buttons):
        names = tuple(name for _, name in error.nearest)
        choices = Text(words.say("program.nearest_too_long", names=names))
    return Page(read(sentence), (Text(sentence), choices), key="nearest")


def pick_value(account_id: int, original: str) -> str:
    return as_json({"account_id": account_id, "text": original})


def as_json(value: Mapping[str, object]) -> str:
    # JSON can bring half of a character of two UTF-16 units, which cannot be sent
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()


def read_pick(value: str) -> tuple[int, str]:
    """The account id and the original text in a button's `pick_value`. Raises Outdated for a value of another form."""
    return read_json(value, "account_id", least=1)


def read_json(value: str, key: str, *, least: int) -> tuple[int, str]:
    """The id and text of `{"account_id": 7, "text": "…"}`. Raises Outdated for another form, or an id below `least`."""
    try:
        carried = json.loads(value)
        account_id, text = carried[key], carried["text"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Outdated(OUTDATED_PICK) from None
    if type(account_id) is not int or not least <= account_id < LARGEST_ID or not isinstance(text, str):
        raise Outdated(OUTDATED_PICK)
    return account_id, text


# Why an account is in its bucket, and how its scores come about: every rule, reason, limit and entry behind them.

ENTRIES_SHOWN = 8
"""Entries shown; the history has the rest."""

TELLING = (Moved, NothingMoved, EvidenceAdded, BlockerOpened, Decided, WaitingSet)
"""Changes by which an account is placed, and whose own words describe what happened."""


def explained_page(facts: AgendaFacts, placement: Placement, words: Words, *, month: str = "") -> Page:
    """The page of `explanation`. `month` is the one over which it was placed, '' where it is since its last review."""
    account = facts.account
    heading = words.raw("explained.heading", name=account.name, placement=placement)
    actions = ("account.open", "account.details", "account.history")
    buttons = tuple(labelled(words, action, str(account.account_id)) for action in actions)
    items = (Heading(heading), *explanation(facts, placement, words, month=month), Buttons(buttons))
    return Page(heading, items, key=f"explained-{account.account_id}")


def explanation(facts: AgendaFacts, placement: Placement, words: Words, *, month: str = "") -> tuple[Item, ...]:
    """Each bucket in turn with what decides it, the entries behind it, then the scores with their formulas.

    An account that is not named has no bucket: why not is said instead, above its scores.
    """
    if facts.account.list_status is not ListStatus.NAMED:
        return (Text(words.say("explained.off_list", account=facts.account)), *_scores(facts, words))
    today = local_date(facts.now, facts.zone)
    found = explain(facts, placement)
    since = words.say("explained.since", month=month, reviewed_on=facts.reviewed_on, today=today)
    return (Rows((since, *_tests(facts, found, words))), *_entry_lines(facts, words), *_scores(facts, words))


def _tests(facts: AgendaFacts, found: Explanation, words: Words) -> Iterator[str]:
    """Lines for each bucket, with the test that decides whether the account is in it."""
    account, stall, moved = facts.account, found.placement.stall, found.placement.movement
    today, deal = local_date(facts.now, facts.zone), furthest_deal(account)
    needs, stalled, expanded, advanced, new = found.tests
    yield from words.lines("explained.intervention", test=needs, account=account, today=today)
    yield from words.lines("explained.stalled", test=stalled, account=account, deal=deal, stall=stall, today=today)
    yield words.say("explained.expanded", test=expanded, expansions=moved.expansions)
    deal_moved = moved_deal(account, moved, since=facts.since)
    yield words.say("explained.advanced", test=advanced, answer_of_movement=moved, deal=deal_moved)
    yield words.say("explained.new", test=new)


def _entry_lines(facts: AgendaFacts, words: Words) -> tuple[Item, ...]:
    """The newest entries that place the account, and how many more there are; nothing without one."""
    entries = [event for event in reversed(uncorrected(facts.events)) if isinstance(event.change, TELLING)]
    if not entries:
        return ()
    shown, today = entries[:ENTRIES_SHOWN], local_date(facts.now, facts.zone)
    more = len(entries) - len(shown)
    return (Rows(words.lines("explained.entries", shown=shown, zone=facts.zone, today=today, more=more)),)


def _scores(facts: AgendaFacts, words: Words) -> tuple[Item, ...]:
    """How fit, engagement and coverage of the group come about; nothing where none of them is known."""
    lines: list[str] = []
    answer = fit_of(facts.account.fit, facts.settings)
    if known := [part for part in answer.criteria if part.score is not None]:
        weights = sum(part.weight for part in known)
        lines.append(words.say("explained.fit", known=known, answer=answer, weights=weights))
    engaged = facts.engagement
    if engaged is not None and engaged.last_signal_at is not None:
        lines.append(words.say("explained.engagement", engaged=engaged))
    group = buying_group(facts.account, facts.settings, today=local_date(facts.now, facts.zone))
    if group.lines:
        lines.append(words.say("explained.group", group=group))
    return (Rows(tuple(lines)),) if lines else ()


# Why an account is on the list, and in its bucket: its justification by parts, then each rule and score.


@dataclass(frozen=True, slots=True)
class WhyFacts:
    """An account as `item`, as if it were on a review now, and the parts of its justification in their order."""

    account: AccountState
    parts: tuple[JustificationPart, ...]
    zone: str
    item: AgendaItem | None = None


def why_page(facts: WhyFacts, words: Words, *, can_change: bool) -> Page:
    """Its place on the list with the latest reason, each part, then its bucket and scores explained.

    A part that nobody gave is named as missing.
    """
    account = facts.account
    items: list[Item] = [
        Heading(words.raw("narrative.why_heading", name=account.name)),
        Text(words.say("narrative.why_standing", account=account, zone=facts.zone)),
        *(Text(words.say("narrative.why_part", part=part, zone=facts.zone)) for part in facts.parts),
    ]
    if can_change:
        items.append(Buttons((labelled(words, "list.justify", str(account.account_id)),)))
    if (item := facts.item) is not None:
        heading = words.raw("explained.heading", name=account.name, placement=item.placement)
        items += [Divider(), *([Heading(heading)] if account.list_status is ListStatus.NAMED else [])]
        items += explanation(item.facts, item.placement, words)
    missing = [part.part for part in facts.parts if not part.text]
    title = words.raw("narrative.why_title", name=account.name, missing=missing)
    return Page(title, tuple(items), key=f"why-{account.account_id}")
