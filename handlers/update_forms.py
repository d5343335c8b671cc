"""Forms of updates: movement, blocker, next action, customer's date, decision, and all of them in one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import AccountState, Blocker, NextAction, Stage
from agendas.facts.events import DecisionKind, ExpansionKind
from agendas.facts.evidence import Evidence, WaitingSet
from agendas.facts.people import Function
from agendas.facts.plays import Motion, motion_of
from agendas.rendering.mrkdwn import escape
from agendas.rendering.words import short_day
from agendas.text.vocabulary import STAGE_LABELS
from agendas.verbs.closing import EnteredDecision
from agendas.verbs.updates import (
    DEFAULT_DAYS,
    AccountReport,
    ActionReport,
    BlockerReport,
    MovementReport,
    PromiseReport,
)
from handlers import forms
from handlers.edge.incoming import Field, Values, values_of
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION, number_in

# The form for movement: the account's present stage, what moved, and the evidence.

MOVEMENT_FRAME = forms.Frame("movement", "Movement", "Record", keeps=("text", "evidence"))
SAME = "same"
EXPANSIONS = (
    ("More seats or usage", ExpansionKind.DEPTH.value),
    ("A higher plan", ExpansionKind.HEIGHT.value),
    ("A second product or unit", ExpansionKind.BREADTH.value),
)


def build_movement_form(facts: forms.AccountFacts) -> View:
    return forms.form(MOVEMENT_FRAME, facts.origin, [forms.account_line(facts.account), *movement_fields(facts)])


def movement_fields(facts: forms.AccountFacts, *, optional: bool = False) -> list[Field]:
    """The fields of movement, with the draft's texts in them; `optional` where other updates may be entered alone."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    text = draft.get("text") or origin.text
    stages = [(f"Stays {STAGE_LABELS[account.stage]}", SAME)]
    stages += [(STAGE_LABELS[stage], stage.value) for stage in Stage if stage is not account.stage]
    found = [forms.select("stage", "Stage now", stages, initial=draft.get("stage") or SAME)]
    if account.stage is Stage.CUSTOMER:
        found.append(forms.select("expansion", "Expanded by", EXPANSIONS, optional=True))
    hint = "What the buyer did, not what we sent."
    return [
        *found,
        forms.text("text", "What moved", initial=text, multiline=True, hint=hint, optional=optional),
        forms.evidence_field(draft, origin, consequence="A step up without it is shown as claimed."),
        *forms.actor_fields(account, draft, text, facts.sides),
    ]


def read_movement_form(view: dict[str, Any], now: datetime) -> MovementReport:
    """The values entered. Raises FieldProblems for the field that is wrong."""
    return read_movement(values_of(view), forms.origin_of(view), now)


def read_movement(entered: Values, origin: forms.Origin, now: datetime) -> MovementReport:
    """The movement entered. Raises FieldProblems for a wrong field, or if the text that says what moved is empty."""
    if not entered.get("text", "").strip():
        raise FieldProblems({"text": "Say in a sentence what moved."})
    # None is no change of the stage
    stage = None if entered.get("stage") == SAME else forms.choice_in(entered, "stage", Stage)
    return MovementReport(
        text=entered["text"].strip(),
        to_stage=stage,
        expansion=forms.choice_in(entered, "expansion", ExpansionKind),
        evidence=forms.with_choice(forms.read_evidence(entered, origin, now), entered),
    )


# The form for blockers: the state of the open ones, and a new one.

BLOCKER_FRAME = forms.Frame("blocker", "Blocker", "Record", keeps=("text", "evidence"))
BLOCKERS_IN_FORM = 8
BLOCKER_STATE = "open"
"""The first part of the name of a row; the blocker's id follows after a slash."""

STILL = "still"
ACKNOWLEDGED = "acknowledged"
BLOCKER_STATES = (("Still there", STILL), ("Acknowledged", ACKNOWLEDGED), ("Resolved", "resolved"))
NEEDS = tuple((function.value.replace("_", " ").capitalize(), function.value) for function in Function)


def build_blocker_form(facts: forms.AccountFacts) -> View:
    """The form: the account's open blockers first, then a new one."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    shown = account.open_blockers[:BLOCKERS_IN_FORM]
    label = "Another blocker" if shown else "What blocks it"
    blocks = [
        forms.account_line(account),
        *blocker_rows(shown, facts.asking),
        forms.text("text", label, initial=draft.get("text") or origin.text, multiline=True, optional=bool(shown)),
        forms.person("owner", "Who sees to it", initial=draft.get("owner") or facts.asker, optional=True),
        forms.select("needs", "Needed from", NEEDS, initial=draft.get("needs", ""), optional=True),
        forms.evidence_field(draft, origin, consequence="It stands on the agenda beside the blocker."),
        *forms.actor_fields(account, draft, draft.get("text") or origin.text, facts.sides),
    ]
    return forms.form(BLOCKER_FRAME, origin, blocks)


def blocker_rows(
    blockers: Sequence[Blocker], asking: Collection[int], entered: Values | None = None, *, before: str = ""
) -> list[Field]:
    """A row for each open blocker, with the state that `entered` has for it; `before` begins each label.

    Only blockers whose ids are in `asking` ask the person for something, so only those offer Acknowledged.
    """
    had = entered or {}
    return [
        forms.select(
            f"{BLOCKER_STATE}/{blocker.id}",
            f"{before}{blocker.text[:200]}",
            [each for each in BLOCKER_STATES if each[1] != ACKNOWLEDGED or blocker.id in asking],
            initial=had.get(f"{BLOCKER_STATE}/{blocker.id}", STILL),
        )
        for blocker in blockers
    ]


def read_blocker_form(view: dict[str, Any], now: datetime) -> BlockerReport:
    """The new states and the new blocker entered; one of the two may be missing. Raises FieldProblems without both."""
    entered = values_of(view)
    changed = read_blocker_rows(entered)
    words = entered.get("text", "").strip()
    if not changed and not words:
        raise FieldProblems({"text": "Say in a sentence what blocks the account, or press Cancel."})
    return BlockerReport(
        changed=changed,
        text=words,
        owner=entered.get("owner", ""),
        needs=forms.choice_in(entered, "needs", Function) or "",
        evidence=forms.with_choice(forms.read_evidence(entered, forms.origin_of(view), now), entered),
    )


def read_blocker_rows(entered: Values) -> tuple[tuple[int, str], ...]:
    """(blocker id, new state) of each row in which another state than Still there is chosen."""
    states = ((name, state) for name, state in entered.items() if name.startswith(f"{BLOCKER_STATE}/"))
    return tuple((forms.field_number(name), state) for name, state in states if state not in ("", STILL))


# Rows of open next actions in a form: the state of each, and the date and the reason only where the state asks.

CHANGED = "update.changed"
"""The action of a choice that shows or hides fields of its form."""

STATE, LATER, WHY = "was", "later", "why"
"""First parts of the names of a row's fields; the action's id follows after a slash."""

KEPT = (STATE, LATER, WHY)
STILL_OPEN, DONE, SLIPPED, DROPPED = "open", "done", "slipped", "dropped"
ACTION_STATES = (("Still open", STILL_OPEN), ("Done", DONE), ("Slipped to a later date", SLIPPED), ("Dropped", DROPPED))
ACTION_LABEL_CHARACTERS = 150
REASON_CHARACTERS = 500


def action_rows(actions: Sequence[NextAction], entered: Values, today: date, names: Mapping[str, str]) -> list[Field]:
    """A row for each action, with state, date and reason as in `entered`; `names` are other owners', by user id."""
    found: list[Field] = []
    for action in actions:
        owner = f" · {names[action.owner]}" if action.owner in names else ""
        label = f"{action.text[:ACTION_LABEL_CHARACTERS]}{owner} · {_due_text(action.due_on, today)}"
        chosen = entered.get(f"{STATE}/{action.id}", STILL_OPEN)
        found.append(forms.select(f"{STATE}/{action.id}", label, ACTION_STATES, initial=chosen, action=CHANGED))
        found += _details(action.id, chosen, entered)
    return found


def with_details(blocks: Sequence[Field], entered: Values, later: Mapping[int, date] | None = None) -> list[Field]:
    """The blocks of an open form, with the fields for date and reason of each action drawn again for its state.

    `later` is the day to propose for each action that slips, by its id; a day in `entered` goes before it.
    """
    found: list[Field] = []
    for block in blocks:
        part, _, action_id = str(block.get("block_id", "")).partition("/")
        if part in (LATER, WHY):
            continue
        found.append(block)
        if part == STATE:
            found += _details(
                forms.field_number(block["block_id"]), entered.get(f"{STATE}/{action_id}", ""), entered, later
            )
    return found


def redraw(view: View, entered: Values, *, note: str = "", later: Mapping[int, date] | None = None) -> View:
    """The open form under `note`, with the fields of its states; `later` has days to propose by action id."""
    states = {name: value for name, value in values_of(view).items() if name.startswith(f"{STATE}/")}
    return forms.redrawn(view, with_details(view["blocks"], entered | states, later), escape(note))


def read_action_rows(entered: Values, problems: dict[str, str], today: date) -> list[PromiseReport]:
    """What rows say, except those left at Still open; `problems` gets a sentence for each wrong field."""
    found = []
    for name, change in entered.items():
        if not name.startswith(f"{STATE}/"):
            continue
        action_id = forms.field_number(name)
        later, why = f"{LATER}/{action_id}", f"{WHY}/{action_id}"
        if change in ("", STILL_OPEN):
            if entered.get(later):
                problems[later] = "Choose Slipped to a later date above, or clear this date."
            continue
        due_on = forms.day_in(entered, later) if change == SLIPPED else None
        if change == SLIPPED and (due_on is None or due_on < today):
            problems[later] = "Choose the later date, today or after."
        reason = entered.get(why, "").strip() if change in (SLIPPED, DROPPED) else ""
        found.append(PromiseReport(action_id, change, due_on, reason))
    return found


def later_days(actions: Sequence[NextAction], due_on: date, today: date) -> dict[int, date]:
    """The day that each action may slip to: that of the next review, `due_on`, or a week after its own."""
    week = timedelta(days=DEFAULT_DAYS)
    return {each.id: due_on if due_on > each.due_on else max(each.due_on, today) + week for each in actions}


def _details(
    action_id: int, state: str, entered: Values, suggested_days: Mapping[int, date] | None = None
) -> list[Field]:
    """The fields that the state of an action asks for: date and reason for Slipped, reason for Dropped, else none."""
    later, why = f"{LATER}/{action_id}", f"{WHY}/{action_id}"
    label = {SLIPPED: "Why it slipped", DROPPED: "Why it is dropped"}.get(state)
    if label is None:
        return []
    reason = forms.text(why, label, initial=entered.get(why, ""), optional=True, most=REASON_CHARACTERS)
    if state != SLIPPED:
        return [reason]
    suggested = (suggested_days or {}).get(action_id)
    return [
        forms.day(later, "Slipped to", initial=entered.get(later) or (suggested.isoformat() if suggested else "")),
        reason,
    ]


def _due_text(due_on: date, today: date) -> str:
    """When the action is due: `3 d late`, `due today`, or `due` with the day."""
    late = (today - due_on).days
    if late > 0:
        return f"{late} d late"
    return "due today" if late == 0 else f"due {short_day(due_on, today)}"


# The form for next actions: the state of the promises, and a new one.

NEXT_ACTION_FRAME = forms.Frame("next_action", "Next action", "Record", keeps=("text", "outcome", *KEPT))
ACTIONS_SHOWN = 6


def build_next_action_form(facts: forms.AccountFacts) -> View:
    """The form: open promises first, then a new one."""
    account, draft = facts.account, facts.draft
    shown = account.open_actions[:ACTIONS_SHOWN]
    label = "Another next action" if shown else "Next action"
    blocks: list[Field] = [
        forms.account_line(account),
        *action_rows(shown, draft, facts.today, facts.names),
        *new_action(facts, label, initial=draft.get("text") or facts.origin.text, optional=bool(shown)),
        forms.text(
            "outcome",
            "What the buyer will have done",
            initial=draft.get("outcome", ""),
            optional=True,
            hint="The outcome you expect on their side.",
        ),
    ]
    return forms.form(NEXT_ACTION_FRAME, facts.origin, blocks)


def new_action(
    facts: forms.AccountFacts, label: str, *, initial: str, optional: bool, name: str = "text"
) -> list[Field]:
    """The fields of a new next action, with the asker as owner and the next review as date; `name` is its words'."""
    hint = "Begin with a verb: book, send, ask."
    return [
        forms.text(name, label, initial=initial, optional=optional, hint=hint),
        forms.person("owner", "Owner", initial=facts.draft.get("owner") or facts.asker, optional=True),
        forms.day("due_on", "Due", initial=facts.draft.get("due_on") or facts.due_on.isoformat(), optional=optional),
    ]


def read_next_action_form(view: dict[str, Any], today: date) -> ActionReport:
    """The states and the new action entered. Raises FieldProblems for wrong fields, or without both."""
    report = read_entered(values_of(view), today)
    if not report.text and not report.promises:
        raise FieldProblems({"text": "Say in a few words what happens next, or press Cancel."})
    return report


def read_entered(entered: Values, today: date) -> ActionReport:
    """The states and the new action entered; both may be missing. Raises FieldProblems for fields that are wrong."""
    problems: dict[str, str] = {}
    changed = tuple(read_action_rows(entered, problems, today))
    words = entered.get("text", "").strip()
    due_on = forms.day_in(entered, "due_on") or today + timedelta(days=DEFAULT_DAYS)
    if words and due_on < today:
        problems["due_on"] = f"{due_on:%-d %b %Y} has passed. Choose today or a later date."
    if problems:
        raise FieldProblems(problems)
    return ActionReport(changed, words, entered.get("owner", ""), due_on, entered.get("outcome", "").strip())


# The form for a date that the buyer confirmed: a meeting, a board, a budget.

WAITING_FRAME = forms.Frame("waiting", "Customer's date", "Record", keeps=("text", "evidence"))
PROBLEM = "problem"
"""The name under which the form gets, among its draft, the sentences on why a command could not be recorded."""


def build_waiting_form(facts: forms.AccountFacts) -> View:
    """The form, with the draft's texts in it, below why a command could not be recorded if it opens instead of one."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    text = draft.get("text") or origin.text
    blocks: list[Field] = [forms.account_line(account)]
    if problem := draft.get(PROBLEM):
        blocks.append(forms.small(escape(problem)))
    blocks += [
        forms.day("until", "Their date", initial=draft.get("until", ""), hint="Today or up to 30 days ahead."),
        forms.text(
            "text",
            "What happens then",
            initial=text,
            multiline=True,
            hint="Their meeting, board or budget. Until then the account is not stalled, for two reviews at most.",
        ),
        forms.evidence_field(draft, origin, consequence="Without it the date excuses nothing.", optional=False),
        *forms.actor_fields(account, draft, text, facts.sides),
    ]
    return forms.form(WAITING_FRAME, origin, blocks)


def read_waiting_form(view: dict[str, Any], now: datetime) -> tuple[WaitingSet, tuple[Evidence, ...]]:
    """The date to wait for, and what shows it. Raises FieldProblems for the fields that are wrong."""
    entered = values_of(view)
    until, words = forms.day_in(entered, "until"), entered.get("text", "").strip()
    if until is None:
        raise FieldProblems({"until": forms.NO_DATE})
    if not words:
        raise FieldProblems({"text": "Say in a sentence what they decide or meet about."})
    pieces = forms.with_choice(forms.read_evidence(entered, forms.origin_of(view), now), entered)
    return WaitingSet(until, words), pieces


# The form for a review's decision: keep, change tier or motion, intervene, pause or remove.

DECISION_FRAME = forms.Frame("decision", "Decide", "Record", keeps=("text",))
DECISION_CHANGED = "decision.changed"
"""The action of a choice of another decision."""

QUESTION = "question"
"""The name by which the form is given the question that the agenda asks, as mrkdwn."""

DETAILS = ("text", "tier", "motion", "ask_of", "due_on")
"""The fields that depend on the decision."""

DECISIONS = (
    ("Keep going", DecisionKind.KEEP.value),
    ("Change tier", DecisionKind.CHANGE_TIER.value),
    ("Change motion", DecisionKind.CHANGE_MOTION.value),
    ("Intervene: ask for help", DecisionKind.INTERVENE.value),
    ("Pause", DecisionKind.PAUSE.value),
    ("Remove from the list", DecisionKind.REMOVE.value),
)

MOTIONS = (
    ("One-to-one: its own plan and people", Motion.ONE_TO_ONE.value),
    ("One-to-few: with others like it", Motion.ONE_TO_FEW.value),
    ("One-to-many: by the program", Motion.ONE_TO_MANY.value),
)


def build_decision_form(facts: forms.AccountFacts) -> View:
    """The form, with the fields of the decision that it opens with, below the question that the agenda asks, if any."""
    chosen = facts.draft.get("decision") or DecisionKind.KEEP.value
    entered = {name: facts.draft.get(name, "") for name in ("text", "tier", "motion")}
    decision = forms.select("decision", "Decision", DECISIONS, initial=chosen, action=DECISION_CHANGED)
    question = facts.draft.get(QUESTION, "")
    asked = [forms.small(question, QUESTION)] if question else []
    blocks = [forms.account_line(facts.account), *asked, decision, *_fields_of(chosen, suggestions(facts) | entered)]
    return forms.form(DECISION_FRAME, facts.origin, blocks)


def suggestions(facts: forms.AccountFacts) -> Values:
    """Values for an ask: of our executive for the account, until the next review."""
    return {"ask_of": facts.account.profile.our_executive or "", "due_on": facts.due_on.isoformat()}


def with_chosen(view: View, suggested: Values) -> list[Field]:
    """The form's blocks with the chosen decision's fields: those there before as entered, new ones as suggested."""
    kept = [block for block in view["blocks"] if block.get("block_id") not in DETAILS]
    shown = {str(block.get("block_id")): block for block in view["blocks"]}
    chosen = _fields_of(values_of(view).get("decision", ""), suggested)
    # a field that stays is drawn as it was, but for its label: the reason becomes what is asked
    return [*kept, *(shown.get(each["block_id"], each) | {"label": each["label"]} for each in chosen)]


def _fields_of(decision: str, suggested: Values) -> list[Field]:
    """The fields that a decision of this kind needs."""
    why = _text_field("Why", suggested)
    if decision == DecisionKind.CHANGE_TIER:
        return [forms.select("tier", "New tier", forms.TIERS, initial=suggested.get("tier", "")), why]
    if decision == DecisionKind.CHANGE_MOTION:
        return [forms.select("motion", "New motion", MOTIONS, initial=suggested.get("motion", "")), why]
    if decision == DecisionKind.INTERVENE:
        return [
            _text_field("What is asked", suggested),
            forms.person("ask_of", "Asked of", initial=suggested.get("ask_of", "")),
            forms.day("due_on", "By", initial=suggested.get("due_on", "")),
        ]
    return [why]


def _text_field(label: str, suggested: Values) -> Field:
    return forms.text("text", label, initial=suggested.get("text", ""), multiline=True)


def read_decision_form(view: dict[str, Any], account: AccountState, today: date) -> EnteredDecision:
    """The decision entered. Raises FieldProblems for each field that is missing for this decision."""
    entered = values_of(view)
    decision = forms.choice_in(entered, "decision", DecisionKind) or DecisionKind.KEEP
    tier = forms.number_entered(entered, "tier", most=forms.LAST_TIER)
    motion = forms.choice_in(entered, "motion", Motion)
    due_on = forms.day_in(entered, "due_on")
    problems: dict[str, str] = {}
    if not entered.get("text", "").strip():
        problems["text"] = "Give the reason in a sentence."
    if decision is DecisionKind.CHANGE_TIER and (tier is None or tier == account.tier):
        problems["tier"] = "Choose the new tier."
    if decision is DecisionKind.CHANGE_MOTION and motion in (None, motion_of(account.tier, account.motion_decided)):
        problems["motion"] = "Choose a motion other than the one it has."
    if decision is DecisionKind.INTERVENE and not entered.get("ask_of"):
        problems["ask_of"] = "Choose who is asked."
    if decision is DecisionKind.INTERVENE and (due_on is None or due_on < today):
        problems["due_on"] = "Choose until when, today or later."
    if problems:
        raise FieldProblems(problems)
    is_ask = decision is DecisionKind.INTERVENE
    return EnteredDecision(
        decision,
        entered["text"].strip(),
        tier if decision is DecisionKind.CHANGE_TIER else None,
        entered.get("ask_of", "") if is_ask else "",
        due_on if is_ask else None,
        motion if decision is DecisionKind.CHANGE_MOTION else None,
    )


# Forms one after the other: which account is in hand, and which follow.

SKIP = "updates.skip"
"""The button that leaves an account as it is and goes on."""

SERIES_CHARACTERS = 2_000
"""Longest list of accounts that follow: a form carries it in 3,000 characters with everything else."""

COUNTS = 2
"""The two numbers that a written series begins with: `1 3 17 25` is the first of three accounts, before 17 and 25."""


@dataclass(frozen=True, slots=True)
class Series:
    """The account in hand is number `number` of `total`; `rest` are the ids of those that follow."""

    number: int
    total: int
    rest: tuple[int, ...]

    @classmethod
    def of(cls, written: str) -> "Series | None":
        """The series written as `1 3 17 25`, None for '', a form of no series. Raises Outdated for anything else."""
        if not written:
            return None
        numbers = [number_in(each) for each in written.split(" ")]
        if len(numbers) < COUNTS:
            raise Outdated(OTHER_VERSION)
        return cls(numbers[0], numbers[1], tuple(numbers[COUNTS:]))

    @property
    def written(self) -> str:
        """The series as a form carries it."""
        return " ".join(map(str, (self.number, self.total, *self.rest)))

    def after(self, account_id: int) -> "Series":
        """The series moved on to this account; the accounts before it are skipped."""
        position = self.rest.index(account_id) + 1
        return Series(self.number + position, self.total, self.rest[position:])

    @property
    def title(self) -> str:
        return f"Update {self.number} of {self.total}"


def begin_series(account_ids: tuple[int, ...]) -> Series:
    """The series of these accounts before its first one, cut where a form cannot carry more."""
    kept = account_ids
    while len(" ".join(map(str, kept))) > SERIES_CHARACTERS:
        kept = kept[:-1]
    return Series(0, len(kept), kept)


# The form for everything about one account at once: its open actions and blockers, what moved, what is next.

UPDATE_FRAME = forms.Frame("update", "Update", "Record", keeps=("text", "evidence", "next", BLOCKER_STATE, *KEPT))
ON_A_PAGE = 10
BLOCKERS_SHOWN = 12
NOTHING = "nothing"
MANY = (*KEPT, BLOCKER_STATE)
"""First parts of names that have the number of their own item, of which no two accounts have the same."""


def build_update_form(facts: forms.AccountFacts) -> View:
    """The form; of many open actions the page after `origin.page`, and the other fields on the last page only."""
    account, origin = facts.account, facts.origin
    # the builders of the fields know their names without the account's id
    plain_facts = replace(facts, draft=without_account(facts.draft, origin.account_id))
    shown, has_more = page_of(account.open_actions, origin.page)
    series = Series.of(origin.series)
    blocks: list[Field] = [_account_head(account, series, facts.state)]
    if origin.page or has_more:
        every = account.open_actions
        first = every.index(shown[0]) + 1 if shown else len(every)
        last = first + max(len(shown) - 1, 0)
        blocks.append(
            forms.small(
                f"Open actions {first} to {last} of {len(every)}. What you choose on one page is kept on the next."
            )
        )
    blocks += action_rows(shown, plain_facts.draft, facts.today, facts.names)
    if not has_more:
        blocks += _fields_after_actions(plain_facts)
    goes_on = has_more or bool(series and series.rest)
    frame = replace(
        UPDATE_FRAME,
        title=series.title if series else UPDATE_FRAME.title,
        submit="Next" if goes_on else UPDATE_FRAME.submit,
    )
    return forms.form(frame, origin, [_with_account(block, origin.account_id) for block in blocks])


def read_update_form(view: dict[str, Any], before: Values, today: date, now: datetime) -> AccountReport:
    """Everything entered on this page, with `before`, the values of rows on earlier pages.

    Raises FieldProblems for each field that is wrong, by the names of this account's fields.
    """
    origin = forms.origin_of(view)
    entered = without_account(before | values_of(view), origin.account_id)
    try:
        report = _read_report(entered, origin, today, now)
    except FieldProblems as wrong:
        raise problems_of_account(wrong, origin.account_id) from None
    if is_last_page(view) and report.is_empty:
        leave = "press Skip" if origin.series else "press Cancel"
        raise FieldProblems({own_name(NOTHING, origin.account_id): f"Nothing is entered. Tick this box, or {leave}."})
    return report


def problems_of_account(wrong: FieldProblems, account_id: int) -> FieldProblems:
    """The problems by the names of this account's fields."""
    return FieldProblems({own_name(name, account_id): sentence for name, sentence in wrong.fields.items()})


def own_name(name: str, account_id: int) -> str:
    """The field's name with the account's id, `text/account-7`, unless it has the id of an item already (`was/12`)."""
    return name if name.split("/", 1)[0] in MANY else f"{name}{_account_suffix(account_id)}"


def without_account(values: Mapping[str, str], account_id: int) -> Values:
    """The values by field names without the account's id."""
    return {name.removesuffix(_account_suffix(account_id)): value for name, value in values.items()}


def is_last_page(view: View) -> bool:
    """True for the page that has the fields besides those of actions: the last one, and the only one of few actions."""
    return own_name(NOTHING, forms.origin_of(view).account_id) in forms.fields_of(view)


def page_of(actions: Sequence[NextAction], after: str) -> tuple[Sequence[NextAction], bool]:
    """The actions of the page after `2026-03-01 12` (day and id of the last one before), and true if more follow."""
    if after:
        due_on, _, action_id = after.partition(" ")
        try:
            # the order of open actions: by day, then by id
            last = (date.fromisoformat(due_on), number_in(action_id))
        except ValueError:
            raise Outdated(OTHER_VERSION) from None
        actions = [each for each in actions if (each.due_on, each.id) > last]
    return actions[:ON_A_PAGE], len(actions) > ON_A_PAGE


def next_page(view: View, account: AccountState) -> str:
    """The `origin.page` of the next page: `2026-03-01 12`, day and id of the last action here that is still open."""
    fields = forms.fields_of(view)
    shown = [each for each in account.open_actions if f"{STATE}/{each.id}" in fields]
    return f"{shown[-1].due_on.isoformat()} {shown[-1].id}" if shown else forms.origin_of(view).page


def _read_report(entered: Values, origin: forms.Origin, today: date, now: datetime) -> AccountReport:
    """Everything entered, by field names without the account's id. Raises FieldProblems for what is wrong."""
    actions = read_entered(entered | {"text": entered.get("next", "")}, today)
    movement = _movement(entered, origin, now)
    is_nothing = bool(entered.get(NOTHING))
    if movement is not None and is_nothing:
        raise FieldProblems({NOTHING: "You also say what moved. Clear this box, or the text."})
    return AccountReport(movement, is_nothing, actions, read_blocker_rows(entered))


def _movement(entered: Values, origin: forms.Origin, now: datetime) -> MovementReport | None:
    """The movement, None where nothing of it is entered."""
    has_words = any(entered.get(name, "").strip() for name in ("text", "evidence", "expansion"))
    is_moved = entered.get("stage", SAME) not in ("", SAME)
    return read_movement(entered, origin, now) if has_words or is_moved else None


def _account_head(account: AccountState, series: Series | None, state: str) -> Field:
    """The account with its state, and in a series the button that leaves it as it is."""
    head = forms.account_line(account, state)
    if series is None:
        return head
    button = {"type": "button", "action_id": SKIP, "text": {"type": "plain_text", "text": "Skip"}}
    return head | {"accessory": button}


def _fields_after_actions(facts: forms.AccountFacts) -> list[Field]:
    """The fields besides those of open actions: blockers, whether anything moved, movement, and a new action."""
    blockers, draft = facts.account.open_blockers, facts.draft
    found = blocker_rows(blockers[:BLOCKERS_SHOWN], facts.asking, draft, before="Blocker: ")
    hidden = max(0, len(blockers) - BLOCKERS_SHOWN)
    if hidden:
        found.append(forms.small(f"{hidden} more open blockers: see the account's card."))
    return [
        *found,
        forms.box(NOTHING, "Did anything move?", "Nothing moved", NOTHING),
        *movement_fields(facts, optional=True),
        *new_action(facts, "What is next", initial=draft.get("next", ""), optional=True, name="next"),
    ]


def _with_account(block: Field, account_id: int) -> Field:
    """The block with the account's id in the name of its field and its action; a block that is no field as it is."""
    if block["type"] != "input":
        return block
    name, element = block["block_id"], block["element"]
    own = own_name(name, account_id)
    action_id = element["action_id"]
    # the action of a choice that redraws the form is looked up by its name alone
    marked = action_id if action_id == CHANGED else f"{action_id.split('/', 1)[0]}/{own}"
    return block | {"block_id": own, "element": element | {"action_id": marked}}


def _account_suffix(account_id: int) -> str:
    return f"/account-{account_id}"
