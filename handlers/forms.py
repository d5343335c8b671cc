"""The kit for forms: fields, parsers, origin, drafts, merged edits, opening and submitting."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, time
from enum import StrEnum
from hashlib import blake2s
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import AccountState, Source
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.facts.group import RoleStatus
from agendas.facts.people import Author
from agendas.pages.evidence import WordsQuestion, question_page, read_entered
from agendas.rendering.mrkdwn import escape, length
from agendas.rendering.page import Page
from agendas.rules.access import Permission, nearest_people
from agendas.rules.commands import CHOSEN, UnclearPart, WordChoice
from agendas.rules.threads import in_thread, marked, typed_in_thread
from agendas.text.evidence import host_of, readable, take_links
from agendas.text.limits import beginning
from agendas.text.who_acted import Sides, read_act, read_actor
from agendas.text.words import without_marks
from agendas.verbs.drafts import draft_of, forget_draft, keep_draft
from agendas.verbs.evidence import sides_of
from agendas.verbs.letters import confirm
from agendas.verbs.loading import names
from agendas.verbs.reads import get_account, list_people
from agendas.verbs.record import Recorded
from agendas.verbs.review_reads import account_of_item
from agendas.verbs.updates import account_to_update, answerable_blockers, due_by_default
from handlers.edge.access import NAME_HERE, Handler
from handlers.edge.deps import Deps
from handlers.edge.incoming import (
    METADATA_CHARACTERS,
    Field,
    Values,
    chosen,
    form_key,
    inputs_of,
    mapping,
    option,
    sequence,
    slack_id,
    stamp,
    values_of,
)
from handlers.edge.incoming import text as values_text
from handlers.edge.replies import Close, Nothing, OpenModal, Reply, Say, View
from handlers.edge.request import NUMBER_DIGITS, OTHER_VERSION, Request, number_in

# Parsers of entered values: choices, numbers, dates and times. Errors stand beside their field.

NOT_OFFERED = "Choose one of those offered here."
NO_DATE = "Choose a date."
NO_TIME = "Choose a time."
FIRST_YEAR, LAST_YEAR = 1970, 2999

Choice = TypeVar("Choice", bound=StrEnum)


def option_values(pairs: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The values of the (label, value) pairs of a select."""
    return frozenset(value for _, value in pairs)


def choice_in(entered: Values, name: str, choices: type[Choice]) -> Choice | None:
    """The choice, None where none was made. Raises FieldProblems for one that is not offered."""
    written = entered.get(name, "")
    if not written:
        return None
    try:
        return choices(written)
    except ValueError:
        raise FieldProblems({name: NOT_OFFERED}) from None


def number_entered(entered: Values, name: str, *, most: int) -> int | None:
    """The number chosen, None where none was. Raises FieldProblems for one that is not between 1 and `most`."""
    written = entered.get(name, "")
    try:
        chosen = number_in(written) if written else None
    except Outdated:
        chosen = 0
    if chosen is not None and not 0 < chosen <= most:
        raise FieldProblems({name: NOT_OFFERED})
    return chosen


def day_in(entered: Values, name: str) -> date | None:
    """The date, None where none was chosen. Raises FieldProblems for anything else, and for years far away."""
    written = entered.get(name, "")
    try:
        chosen = date.fromisoformat(written) if written else None
    except ValueError:
        raise FieldProblems({name: NO_DATE}) from None
    if chosen is not None and not FIRST_YEAR <= chosen.year <= LAST_YEAR:
        raise FieldProblems({name: f"Choose a date between {FIRST_YEAR} and {LAST_YEAR}."})
    return chosen


def time_in(entered: Values, name: str) -> time | None:
    """The wall time, None where none was chosen. Raises FieldProblems for anything else."""
    written = entered.get(name, "")
    try:
        chosen = time.fromisoformat(written) if written else None
    except ValueError:
        raise FieldProblems({name: NO_TIME}) from None
    return chosen.replace(second=0, microsecond=0, tzinfo=None) if chosen else None


def several_in(entered: Values, name: str, offered: Collection[str]) -> tuple[str, ...]:
    """The choices made. Raises FieldProblems for one that is not offered."""
    written = tuple(each for each in entered.get(name, "").split(",") if each)
    if not set(written) <= set(offered):
        raise FieldProblems({name: NOT_OFFERED})
    return written


def field_number(name: str) -> int:
    """The number in a field's name, after the slash. Raises Outdated when there is none."""
    return number_in(name.partition("/")[2])


# The origin of a form: where it was opened and about what, carried in the form's private metadata.


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened and about what.

    Args:
        account_id: the account, 0 for none.
        channel_id, place: the channel and thread of the confirmation.
        item_id: the review item whose button was clicked, or the request after which a form of scores goes on.
        subject: what else the form is about, as each form says.
        source: the source of what is recorded, where the form's own is not meant.
        evidence_url, evidence_at, text: address, instant and text of the message the form was opened on.
        seen: marks of what stood in the fields, see `merge_edits.marks_of`.
        message_ts, block_id: the direct message and the block in it that hold the line whose button opened the form.
        response_url: the address by which a message that the person alone sees is replaced, with the block in it.
        series: the accounts that follow, where forms come one after the other.
        page: the last action on the page before, where the open actions fill several.
    """

    account_id: int = 0
    channel_id: str = ""
    place: str = ""
    item_id: int = 0
    subject: str = ""
    source: str = ""
    evidence_url: str = ""
    evidence_at: str = ""
    text: str = ""
    seen: str = ""
    message_ts: str = ""
    block_id: str = ""
    response_url: str = ""
    series: str = ""
    page: str = ""


def origin_here(
    request: Request, account_id: int = 0, *, subject: str = "", text: str = "", place: str = "", item_id: int = 0
) -> Origin:
    """The origin of a form that is opened in this channel."""
    return Origin(account_id, request.channel_id, place, item_id, subject, text=text)


async def of_item(request: Request, deps: Deps) -> Origin:
    """The origin of a form about the account of the review item whose button was clicked."""
    account_id = await deps.read(account_of_item, request.workspace_id, request.number)
    return origin_here(request, account_id, place=request.place, item_id=request.number)


def to_metadata(origin: Origin) -> str:
    """The origin as JSON, with as much of a long message's text as fits."""
    stored = json.dumps({name: value for name, value in asdict(origin).items() if value}, ensure_ascii=False)
    excess = length(stored) - METADATA_CHARACTERS
    if excess <= 0 or not origin.text:
        return stored
    # two units of Slack's are one character at least
    return to_metadata(replace(origin, text=origin.text[: -max(1, excess // 2)]))


def origin_of(view: Mapping[str, Any]) -> Origin:
    """The origin that a view carries; unknown names are left out. Raises Outdated for a form of another version."""
    try:
        found = mapping(json.loads(values_text(view.get("private_metadata")) or "{}"))
    except (ValueError, RecursionError):
        raise Outdated(OTHER_VERSION) from None
    defaults = {each.name: each.default for each in fields(Origin)}
    known = {name: value for name, value in found.items() if name in defaults}
    if not all(_is_whole(name, value, defaults[name]) for name, value in known.items()):
        raise Outdated(OTHER_VERSION)
    values: dict[str, Any] = {
        name: values_text(value) if isinstance(value, str) else value for name, value in known.items()
    }
    return Origin(**values)


def _is_whole(name: str, value: object, default: object) -> bool:
    if isinstance(default, int):
        return type(value) is int and 0 <= value < 10**NUMBER_DIGITS
    return isinstance(value, str) and (not value or bool(CHECKS.get(name, str)(value)))


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


CHECKS: dict[str, Callable[[str], object]] = {
    "channel_id": slack_id,
    "place": stamp,
    "message_ts": stamp,
    "response_url": lambda url: url.startswith(("https://", "http://127.0.0.1:")),
    "source": lambda value: value in set(Source),
    "evidence_at": _is_instant,
}


# Forms: their ids and words, the view around their fields, and the table entry of each.

DRAFT, FIELD = "draft", "field"
"""First parts of the action ids of fields: kept in a draft while the form is open, or read when it is submitted."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A form's id and words, and the fields that a draft keeps, by their names without a suffix."""

    callback_id: str
    title: str
    submit: str
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """Everything that a form about an account is built of.

    Args:
        account: the account as it is.
        origin: the place where the form is opened.
        draft: the values typed before and not submitted, and those that a button fills in.
        asker: the user id of the person.
        today: the date in the person's zone.
        due_on: when a next action is due unless the person says otherwise.
        sides: the names and domains by which the buyer and we are known.
        state: the account's state as mrkdwn, where the form tells it.
        names: the names of those who own an open action of the account, by user id, without the asker.
        asking: the ids of the open blockers that wait for the asker.
    """

    account: AccountState
    origin: Origin
    draft: Values
    asker: str
    today: date
    due_on: date
    sides: Sides
    state: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    asking: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its subject's table has it: ids and kept fields, and the handler of its submission."""

    frame: Frame
    submit: Handler


@dataclass(frozen=True, slots=True)
class AccountForm(Form):
    """A form about one account, which `open_form` can open.

    `takes_closed` forms open for an account that left the list, too.
    """

    build: Callable[[AccountFacts], View]
    takes_closed: bool = False


def form(frame: Frame, origin: Origin, blocks: Sequence[Field]) -> View:
    """The view of a form. Fields that a draft keeps report what is typed while the form is open."""
    return {
        "type": "modal",
        "callback_id": frame.callback_id,
        "title": _plain(frame.title),
        "submit": _plain(frame.submit),
        "close": _plain("Cancel"),
        "private_metadata": to_metadata(origin),
        "notify_on_close": bool(frame.keeps),
        "blocks": [
            _keeping_draft(block) if block["type"] == "input" and _plain_name(block) in frame.keeps else block
            for block in blocks
        ],
    }


def _plain_name(block: Field) -> str:
    """The name of a field without its suffix."""
    return str(block["block_id"]).split("/", 1)[0]


def _keeping_draft(block: Field) -> Field:
    """The field, with an action id that marks it as kept; a text field reports each character typed.

    A field that reports its changes to a handler of its own keeps its id: that handler keeps the draft.
    """
    if block.get("dispatch_action"):
        return block
    element = block["element"] | {"action_id": f"{DRAFT}/{block['block_id']}"}
    if element["type"] != "plain_text_input":
        return block | {"element": element}
    element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    return block | {"element": element, "dispatch_action": True}


def _plain(words: str) -> Field:
    return {"type": "plain_text", "text": words}


# Fields of forms.

TEXT_CHARACTERS = 3_000
OPTIONS = 100
"""Most choices of a select."""

LAST_TIER = 3
TIERS = (("Tier 1, one-to-one", "1"), ("Tier 2, one-to-few", "2"), ("Tier 3, one-to-many", "3"))


def text(
    name: str,
    label: str,
    *,
    initial: str = "",
    hint: str = "",
    multiline: bool = False,
    optional: bool = False,
    most: int = TEXT_CHARACTERS,
) -> Field:
    shown = initial if length(initial) <= most else beginning(initial, most, length)
    element = _element(name, "plain_text_input") | {"multiline": multiline, "max_length": most}
    return _input(name, label, element | _initial("initial_value", shown), optional=optional, hint=hint)


def select(
    name: str,
    label: str,
    pairs: Sequence[tuple[str, str]],
    *,
    initial: str = "",
    optional: bool = False,
    action: str = "",
    hint: str = "",
) -> Field:
    """A choice of one among (label, value) pairs; `action` is the handler of a change while the form is open."""
    options = [option(label_of, value) for label_of, value in pairs[:OPTIONS]]
    element = _element(name, "static_select", action) | {"options": options}
    found = next((each for each in options if each["value"] == initial), None)
    if found:
        element["initial_option"] = found
    return _reporting(_input(name, label, element, optional=optional, hint=hint), action)


def several(
    name: str,
    label: str,
    pairs: Sequence[tuple[str, str]],
    *,
    initial: Sequence[str] = (),
    hint: str = "",
    action: str = "",
) -> Field:
    """A choice of any number among (label, value) pairs; may be left empty. `action` as in `select`."""
    options = [option(label_of, value) for label_of, value in pairs[:OPTIONS]]
    element = _element(name, "multi_static_select", action) | {"options": options}
    found = [each for each in options if each["value"] in initial]
    if found:
        element["initial_options"] = found
    return _reporting(_input(name, label, element, optional=True, hint=hint), action)


def person(name: str, label: str, *, initial: str = "", optional: bool = False, hint: str = "") -> Field:
    element = _element(name, "users_select")
    return _input(name, label, element | _initial("initial_user", initial), optional=optional, hint=hint)


def persons(name: str, label: str, *, initial: Sequence[str] = (), hint: str = "", action: str = "") -> Field:
    """A choice of any number of people; may be left empty. `action` as in `select`."""
    element = _element(name, "multi_users_select", action)
    if initial:
        element["initial_users"] = list(initial)
    return _reporting(_input(name, label, element, optional=True, hint=hint), action)


def day(name: str, label: str, *, initial: str = "", optional: bool = False, hint: str = "", action: str = "") -> Field:
    """A date, `YYYY-MM-DD`."""
    element = _element(name, "datepicker", action) | _initial("initial_date", initial)
    return _reporting(_input(name, label, element, optional=optional, hint=hint), action)


def clock(name: str, label: str, *, initial: str = "", action: str = "", hint: str = "") -> Field:
    """A wall time, `HH:MM`."""
    element = _element(name, "timepicker", action) | _initial("initial_time", initial)
    return _reporting(_input(name, label, element, optional=False, hint=hint), action)


def searched(
    name: str,
    label: str,
    *,
    action: str,
    initial: tuple[str, str] | None = None,
    optional: bool = False,
    hint: str = "",
    letters: int = 1,
    is_reporting: bool = False,
) -> Field:
    """A choice of one among the options that the handler `action` finds for the letters typed.

    With `is_reporting` a change is reported while the form is open.
    """
    element = _element(name, "external_select", action) | {"min_query_length": letters}
    if initial:
        element["initial_option"] = option(*initial)
    return _reporting(_input(name, label, element, optional=optional, hint=hint), action if is_reporting else "")


def several_searched(name: str, label: str, *, action: str, initial: Sequence[tuple[str, str]] = ()) -> Field:
    """A choice of any number among the options that `action` finds; each change is reported to it."""
    element = _element(name, "multi_external_select", action) | {"min_query_length": 0}
    if initial:
        element["initial_options"] = [option(*each) for each in initial[:OPTIONS]]
    return _reporting(_input(name, label, element, optional=True, hint=""), action)


def file(name: str, label: str, endings: Sequence[str], *, hint: str = "") -> Field:
    element = _element(name, "file_input") | {"filetypes": list(endings), "max_files": 1}
    return _input(name, label, element, optional=False, hint=hint)


def line(mrkdwn: str) -> Field:
    return {"type": "section", "text": _mrkdwn(mrkdwn)}


def small(mrkdwn: str, block_id: str = "") -> Field:
    block: Field = {"type": "context", "elements": [_mrkdwn(mrkdwn)]}
    return block | ({"block_id": block_id} if block_id else {})


def channel(
    name: str, label: str, *, initial: str = "", hint: str = "", kinds: Sequence[str] = ("public", "private")
) -> Field:
    """A choice of one channel of these kinds that the person can see; may be left empty."""
    element = _element(name, "conversations_select") | {"filter": {"include": list(kinds)}}
    return _input(name, label, element | _initial("initial_conversation", initial), optional=True, hint=hint)


def box(name: str, label: str, words: str, value: str, *, is_ticked: bool = False) -> Field:
    choice = option(words, value)
    element = _element(name, "checkboxes") | {"options": [choice]}
    ticked = {"initial_options": [choice]} if is_ticked else {}
    return _input(name, label, element | ticked, optional=True, hint="")


def boxes(
    name: str, label: str, pairs: Sequence[tuple[str, str]], *, initial: Sequence[str] = (), action: str = ""
) -> Field:
    """Boxes to tick, at least one; each change is reported to `action`."""
    options = [option(label_of, value) for label_of, value in pairs]
    element = _element(name, "checkboxes", action) | {"options": options}
    ticked = [each for each in options if each["value"] in initial]
    return _reporting(
        _input(name, label, element | ({"initial_options": ticked} if ticked else {}), optional=False, hint=""), action
    )


def pressed(name: str, mrkdwn: str, given: tuple[str, str, str] | None) -> Field:
    """A line of text with a button beside it: (label, action id, value); None for no button."""
    block = line(mrkdwn) | {"block_id": name}
    if given is None:
        return block
    label, action, value = given
    return block | {"accessory": {"type": "button", "action_id": action, "text": _plain(label), "value": value}}


def buttons(name: str, given: Sequence[tuple[str, str, str]]) -> Field:
    """A row of buttons: (label, action id, value), each action id once."""
    elements = [
        {"type": "button", "action_id": action, "text": _plain(label)} | _initial("value", value)
        for label, action, value in given
    ]
    return {"type": "actions", "block_id": name, "elements": elements}


def account_line(account: AccountState, state: str = "") -> Field:
    """The account a form is about, and below it its state as mrkdwn."""
    tier = f"  Tier {account.tier}" if account.tier else f"  {account.list_status.value}"
    return line(f"*{escape(account.name)}*{tier}" + (f"\n{state}" if state else ""))


def _element(name: str, kind: str, action: str = "") -> Field:
    return {"type": kind, "action_id": action or f"{FIELD}/{name}"}


def _reporting(block: Field, action: str) -> Field:
    return block | ({"dispatch_action": True} if action else {})


def _initial(name: str, value: str) -> Field:
    return {name: value} if value else {}


def _input(name: str, label: str, element: Field, *, optional: bool, hint: str) -> Field:
    block: Field = {"type": "input", "block_id": name, "label": _plain(label), "element": element, "optional": optional}
    return block | ({"hint": _plain(hint)} if hint else {})


def _mrkdwn(text: str) -> Field:
    # verbatim: Slack is not to make links or mentions of its own out of what people typed
    return {"type": "mrkdwn", "text": text, "verbatim": True}


# The fields that ask who acted in a piece of evidence, and who of the buying group it was.

BY_WORDS = "words"
BUYER = EvidenceActor.BUYER.value
ACTORS = (
    ("As the words say", BY_WORDS),
    ("The buyer, by mail", f"{BUYER}/{BuyerAct.MAIL}"),
    ("The buyer, in a call", f"{BUYER}/{BuyerAct.CALL}"),
    ("The buyer, in a meeting", f"{BUYER}/{BuyerAct.MEETING}"),
    ("The buyer, by a message", f"{BUYER}/{BuyerAct.MESSAGE}"),
    ("The buyer, with a document", f"{BUYER}/{BuyerAct.DOCUMENT}"),
    ("The buyer, with a form", f"{BUYER}/{BuyerAct.FORM}"),
    ("The buyer, by a visit", f"{BUYER}/{BuyerAct.VISIT}"),
    ("The buyer, by a deal", f"{BUYER}/{BuyerAct.DEAL}"),
    ("The buyer, otherwise", BUYER),
    ("We did", EvidenceActor.US.value),
    ("A third party", EvidenceActor.THIRD_PARTY.value),
)
"""Choices of an actor with the kind of the act."""


def actor_fields(account: AccountState, draft: Values, told: str, sides: Sides) -> list[Field]:
    """A choice of the actor, with a guess by the words that the form was opened with, and of the person who acted."""
    fields = [
        select(
            "actor",
            "Who acted",
            ACTORS,
            initial=draft.get("actor") or guess(told, sides),
            hint="Only the buyer's act, or a third party's proof of it, shows a step or ends silence.",
        )
    ]
    people = [(each.profile.name, str(each.id)) for each in account.contacts if each.status is not RoleStatus.LEFT]
    if people:
        fields.append(select("contact", "Who of them", people[:OPTIONS], optional=True))
    return fields


def guess(told: str, sides: Sides) -> str:
    """The choice by the words and the links among them, `BY_WORDS` where they do not tell."""
    actor = read_actor(told, [word for word in told.split() if host_of(word)], sides)
    if actor is EvidenceActor.IN_DOUBT:
        return BY_WORDS
    act = read_act(told) if actor is EvidenceActor.BUYER else None
    return f"{actor.value}/{act.value}" if act else actor.value


def with_choice(pieces: Sequence[Evidence], entered: Values) -> tuple[Evidence, ...]:
    """The evidence with the actor and the person chosen. Raises FieldProblems for a choice that was not offered."""
    chosen, person = entered.get("actor") or BY_WORDS, entered.get("contact", "")
    if chosen not in option_values(ACTORS):
        raise FieldProblems({"actor": NOT_OFFERED})
    if person and not person.isdecimal():
        raise FieldProblems({"contact": NOT_OFFERED})
    actor, _, act = chosen.partition("/")
    return tuple(
        replace(
            piece,
            actor=None if chosen == BY_WORDS else EvidenceActor(actor),
            act=BuyerAct(act) if act else None,
            contact_ids=(int(person),) if person else (),
        )
        for piece in pieces
    )


# Drafts: keep what is typed into a form until it is submitted, so that a stray Escape loses nothing.


def draft_name(callback_id: str, account_id: int = 0) -> str:
    """The name under which a draft of the form about this account is kept."""
    return f"{callback_id}:{account_id}"


def with_note(view: View) -> View:
    """The form with a line above its fields that says that a draft is in it."""
    note = small("What you typed earlier is still here; it was not recorded yet.")
    return view | {"blocks": [note, *view["blocks"]]}


class Drafts:
    """Handlers of key presses in forms and of forms closed. `keeps` has each form's kept fields by callback id."""

    def __init__(self, keeps: Mapping[str, tuple[str, ...]]) -> None:
        self._keeps = keeps

    async def keep(self, request: Request, deps: Deps) -> Reply:
        """Save the texts of the open form that differ from what it opened with."""
        names = self._keeps.get(values_text(request.view.get("callback_id")), ())
        if names:
            await keep(request, deps, names)
        return Nothing()

    async def closed(self, request: Request, deps: Deps) -> Reply:
        """Keep what was in a form closed without submitting."""
        await self.keep(request, deps)
        return Close()


async def keep(request: Request, deps: Deps, names: tuple[str, ...]) -> None:
    """Save what is entered in these fields of the open form, if it differs from what they opened with."""
    view = request.view
    name = draft_name(view["callback_id"], origin_of(view).account_id)
    entered, opened_with = values_of(view), _opened_with(view, names)

    def differing(had: Values) -> Values:
        changed = {each for each, initial in opened_with.items() if entered.get(each, "") != initial}
        return had | {each: entered.get(each, "") for each in opened_with if each in changed or each in had}

    # a last key press may arrive after the form was submitted
    await deps.note(keep_draft, request.author, name, differing, submission=form_key(view))


def _opened_with(view: View, names: tuple[str, ...]) -> Values:
    """The values that the kept fields opened with."""
    return {
        block["block_id"]: values_text(block["element"].get("initial_value"))
        or values_text(mapping(block["element"].get("initial_option")).get("value"))
        for block in inputs_of(view)
        if _plain_name(block) in names
    }


# A form redrawn while it is open: Slack keeps the input of each field whose block and action ids stay.

KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close")
"""Parts of a view that Slack takes back as it sent them."""

TOLD = "told"
"""The block with sentences about what changed meanwhile."""


def redrawn(view: View, blocks: Sequence[Field], told: str = "") -> View:
    """The open form with these blocks instead of its own, below a notice in mrkdwn."""
    shown = [block for block in blocks if block.get("block_id") != TOLD]
    above = [small(told, TOLD)] if told else []
    return {name: view[name] for name in KEPT if view.get(name) is not None} | {"blocks": [*above, *shown]}


def fields_of(view: View) -> set[str]:
    return {str(block["block_id"]) for block in inputs_of(view)}


# Opening a form about an account: from indexed reads only, with the draft of what was typed before.


async def open_form(
    request: Request, deps: Deps, form: AccountForm, origin: Origin, *, prefilled: Values | None = None
) -> OpenModal:
    """Open the form about `origin.account_id`.

    Args:
        request: the click, command or form that asks for it.
        deps: the database.
        form: the form to open.
        origin: the place where it is opened.
        prefilled: values for its fields, unless something else was typed there and not submitted.

    Raises:
        Refused, Outdated: when the account takes no updates.
    """
    facts = await deps.read(account_facts, request, form.frame, origin, closed_too=form.takes_closed)
    draft = facts.draft
    if prefilled:
        facts = replace(facts, draft=prefilled | facts.draft)
    view = form.build(facts)
    return OpenModal(with_note(view) if fields_of(view) & draft.keys() else view)


async def open_about(
    request: Request, deps: Deps, *, form: AccountForm, permission: Permission = Permission.RECORD
) -> Reply:
    request.require(permission)
    return await open_form(request, deps, form, origin_here(request, request.number))


async def open_on_agenda(request: Request, deps: Deps, *, form: AccountForm) -> Reply:
    """The form about the account of the review item that the button carries."""
    request.require(Permission.RECORD)
    return await open_form(request, deps, form, await of_item(request, deps))


async def kept_draft(request: Request, deps: Deps, callback_id: str, account_id: int = 0) -> Values:
    name = draft_name(callback_id, account_id)
    return await deps.read(draft_of, request.workspace_id, request.person.user_id, name)


def account_facts(
    session: Session, request: Request, frame: Frame, origin: Origin, *, closed_too: bool = False
) -> AccountFacts:
    """Everything that a form about `origin.account_id` is built of. Raises Refused, Outdated as `open_form`."""
    author = request.author
    account = account_to_update(session, author, origin.account_id, closed_too=closed_too)
    name = draft_name(frame.callback_id, origin.account_id)
    # a draft about another message must not be taken for words about this one
    is_about_message = bool(origin.evidence_url or origin.text)
    return AccountFacts(
        account=account,
        origin=origin,
        draft={} if is_about_message else draft_of(session, author.workspace_id, author.user_id, name),
        asker=author.user_id,
        today=request.today,
        sides=sides_of(session, author.workspace_id, account),
        names=names(session, author.workspace_id, {each.owner for each in account.open_actions} - {author.user_id}),
        asking=answerable_blockers(session, author, account),
        due_on=due_by_default(
            session, author.workspace_id, origin.channel_id or request.channel_id, today=request.today
        ),
    )


# Questions about the words of a command: buttons that run it again, or its form filled in with what was typed.


async def ask_about_part(
    request: Request, deps: Deps, account_id: int, error: UnclearPart, *, form: AccountForm, word: str = ""
) -> Reply:
    """The question about an unclear part of the words, with a button for each answer, "Keep as text" and the form.

    `word` is what stands between the account and these words.
    """
    choices = [*error.choices, *await _people(request, deps, error)]
    question = replace(
        question_about(request, account_id, str(error), word=word),
        choices=tuple((choice.label, choice.rest) for choice in choices),
        as_text=error.as_text,
        form=form.frame.callback_id,
        entered={name: value for name, value in error.entered.items() if value},
    )
    page = question_page(question, deps.words)
    return await page_or_form(request, deps, question, page, form=form)


def question_about(request: Request, account_id: int, sentence: str, *, word: str = "") -> WordsQuestion:
    """A question about the request's command, without its answers yet; `word` as in `asked`."""
    command, text = request.incoming.word, request.text
    typed, reply = f"{command} {text}", request.thread_message
    if reply is not None:
        typed = typed_in_thread(command, text.partition(marked(reply.ts, reply.thread_ts))[2].strip())
        sentence, word = in_thread(sentence), f"{marked(reply.ts, reply.thread_ts)} {word}"
    typed = without_marks(readable(CHOSEN.sub("", typed)))
    return WordsQuestion(account_id, f"{command} {NAME_HERE} {word}".rstrip(), sentence, typed)


async def page_or_form(
    request: Request, deps: Deps, question: WordsQuestion, page: Page | None, *, form: AccountForm
) -> Reply:
    """The page; where the words are too long for its buttons, the form with them in it and the question above."""
    if page is not None:
        return Say(page)
    opened = await _filled(request, deps, form, question.account_id, entered=dict(question.entered))
    return OpenModal(opened.view | {"blocks": [small(escape(question.sentence)), *opened.view["blocks"]]})


async def fill_in(request: Request, deps: Deps, *, form: AccountForm) -> Reply:
    request.require(Permission.RECORD)
    account_id, entered = read_entered(request.value)
    return await _filled(request, deps, form, account_id, entered=entered)


async def _filled(request: Request, deps: Deps, form: AccountForm, account_id: int, *, entered: Values) -> OpenModal:
    origin = origin_here(request, account_id, text=entered.get("text", ""))
    return await open_form(request, deps, form, origin, prefilled=entered)


async def _people(request: Request, deps: Deps, error: UnclearPart) -> Sequence[WordChoice]:
    """The people whose names are nearest to one that nobody has."""
    unknown = error.person
    if unknown is None:
        return ()
    everybody = await deps.read(list_people, request.workspace_id, now=request.now)
    near = nearest_people(unknown.typed, everybody)
    return [WordChoice(f"@{each.name}", f"{unknown.before}<@{each.user_id}>{unknown.after}") for each in near]


# The form that asks which account, and what to record: of the shortcuts, and of commands without words.

FRAME = Frame("choose", "Account update", "Continue")
ACCOUNTS = "accounts.like"
HINT = "Yours come first. Type the first letters for any other."
KINDS = (
    ("Update of everything", "update"),
    ("Movement", "movement"),
    ("Blocker", "blocker"),
    ("Next action", "next_action"),
    ("Signal", "signal"),
)


def build(origin: Origin, *, kind: str = "movement", account: tuple[str, str] | None = None, note: str = "") -> View:
    """The form; `note` says what the update is about, such as the message it was opened on."""
    blocks = [
        searched("account", "Account", action=ACCOUNTS, initial=account, hint=HINT, letters=0),
        select("kind", "What to record", KINDS, initial=kind),
    ]
    return form(FRAME, origin, [*blocks, small(note)] if note else blocks)


def read(view: dict[str, Any]) -> tuple[int, str]:
    """The account's id and the kind of update. Raises FieldProblems when no account was chosen."""
    entered = values_of(view)
    if not entered.get("account"):
        raise FieldProblems({"account": "Choose an account: type the first letters of its name."})
    return number_in(entered["account"]), entered.get("kind") or "movement"


# The evidence field that several forms share.


def evidence_field(draft: Values, origin: Origin, *, consequence: str, optional: bool = True) -> Field:
    """A field for links and notes, one a line, holding the message the form was opened on.

    Args:
        draft: the values typed before.
        origin: where the form was opened.
        consequence: a sentence about the use of the evidence, or about an update without any.
        optional: false where nothing can be recorded without it.
    """
    return text(
        "evidence",
        "What shows it",
        initial=draft.get("evidence") or origin.evidence_url,
        multiline=True,
        optional=optional,
        hint=f"A link to the message, the meeting or the CRM record, or a sentence; one a line. {consequence}",
    )


def read_evidence(entered: Values, origin: Origin, now: datetime) -> tuple[Evidence, ...]:
    """A piece of evidence for each line that says something; the message the form was opened on keeps its time."""
    found: list[Evidence] = []
    for line in entered.get("evidence", "").splitlines():
        words, links = take_links(line, now)
        if links:
            found.extend(_of_message(each, origin) for each in links)
        elif words.strip():
            found.append(Evidence(words.strip(), now, kind="note"))
    return tuple(found)


def _of_message(evidence: Evidence, origin: Origin) -> Evidence:
    if evidence.url != origin.evidence_url or not origin.evidence_at:
        return evidence
    return Evidence("message", datetime.fromisoformat(origin.evidence_at), evidence.url, kind="message")


# Merging of edits: a change that somebody else made while a form was open stays, unless both changed one field.

CHANGED = "Somebody changed this while the form was open, so nothing was saved. Close the form and open it again."
MARK_BYTES = 4


def marks_of(shown: Values) -> str:
    """Short marks of the values that a form opens with, which travel with it: `name:mark name:mark`."""
    return " ".join(f"{name}:{_mark(value)}" for name, value in shown.items())


def merge_entered(entered: Values, marks: str, standing: Values) -> Values:
    """Merge the values entered with the present ones in the fields that the person left as they were.

    Args:
        entered: the values by field, as submitted.
        marks: the result of `marks_of` when the form was opened; empty for a form of an older version.
        standing: the values that the form would open with now.

    Raises:
        FieldProblems: for each field that the person and somebody else both changed, to different things.
    """
    opened_with = dict(each.split(":", 1) for each in marks.split() if ":" in each)
    values, problems = dict(entered), {}
    for name, now in standing.items():
        before, written = opened_with.get(name), _mark(entered.get(name, ""))
        if before is None or _mark(now) in (before, written):
            continue
        if written == before:
            values[name] = now
        else:
            problems[name] = CHANGED
    if problems:
        raise FieldProblems(problems)
    return values


def merged_over(entered: Values, marks: str, standing: Values) -> Values:
    """Merge as `merged` does; a field that did not come back at all was emptied by nobody and stays as it is.

    For a form whose fields are always the same ones. Raises FieldProblems as `merged` does.
    """
    return {**standing, **merge_entered(entered, marks, standing)}


def _mark(value: str) -> str:
    # several choices come back in any order
    parts = sorted(part.strip() for part in value.split(","))
    return blake2s(",".join(parts).encode("utf-8", "surrogatepass"), digest_size=MARK_BYTES).hexdigest()


# Submitting a form: what it names has to be there, then what is entered is recorded.

Entered = ParamSpec("Entered")

CHOICES = ("static_select", "radio_buttons", "multi_static_select", "checkboxes")
"""Elements whose choices stand in the form itself."""


def checked_form(submitted: Handler) -> Handler:
    """The handler of a form that comes as it was opened, about an account and a review that are there.

    Slack sends nothing else; but a form may have been opened by another version, or what it is about be gone by now.

    Raises:
        FieldProblems: for a choice that its field does not offer.
        Outdated: for a field that the form does not have, and an account or account of a review that is not there.
    """

    async def checked(request: Request, deps: Deps) -> Reply:
        _require_offered(request.view)
        origin = origin_of(request.view)
        if origin.account_id:
            await deps.read(_require_there, request.workspace_id, origin)
        return await submitted(request, deps)

    return checked


def _require_offered(view: View) -> None:
    fields = {values_text(block.get("block_id")): mapping(block.get("element")) for block in inputs_of(view)}
    problems = {}
    for name, entered in mapping(mapping(view.get("state")).get("values")).items():
        if name not in fields:
            raise Outdated(OTHER_VERSION)
        if fields[name].get("type") in CHOICES:
            values = {each for element in mapping(entered).values() for each in chosen(element).split(",") if each}
            offers = {values_text(mapping(each).get("value")) for each in sequence(fields[name].get("options"))}
            if not values <= offers:
                problems[name] = NOT_OFFERED
    if problems:
        raise FieldProblems(problems)


def _require_there(session: Session, workspace_id: str, origin: Origin) -> None:
    get_account(session, workspace_id, origin.account_id)
    if origin.item_id and account_of_item(session, workspace_id, origin.item_id) != origin.account_id:
        raise Outdated(OTHER_VERSION)


def require_about(origin: Origin, recorded: Sequence[Recorded]) -> None:
    """Raise Outdated where all that was recorded is about another account than the form."""
    if origin.account_id and all(each.event.account_id != origin.account_id for each in recorded):
        raise Outdated(OTHER_VERSION)


async def submit(
    request: Request,
    deps: Deps,
    verb: Callable[Concatenate[Session, Author, int, Entered], Recorded | Sequence[Recorded]],
    *args: Entered.args,
    **kwargs: Entered.kwargs,
) -> Reply:
    """Run the verb about the form's account, forget the draft and queue the confirmation, in one transaction."""
    origin = origin_of(request.view)
    author = author_of(request, origin)
    name = draft_name(request.incoming.word, origin.account_id)

    def record_all(session: Session) -> None:
        found = verb(session, author, origin.account_id, *args, **kwargs)
        recorded = [found] if isinstance(found, Recorded) else found
        require_about(origin, recorded)
        forget_draft(session, author, name)
        confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)

    await deps.write(request, record_all)
    return Close(all_views=True)


def author_of(request: Request, origin: Origin) -> Author:
    """The person as author, with the source that the form was opened from where it names one."""
    return replace(request.author, source=Source(origin.source)) if origin.source else request.author
