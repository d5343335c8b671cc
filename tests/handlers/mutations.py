"""Payloads made wrong: a whole one, and what is dropped, nulled, retyped, swapped, lengthened, forged or added in it.

Sixteen bytes decide everything about one payload, so that a run can be repeated, and a payload that fails be named.
"""

import copy
import json
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from handlers.edge.incoming import READERS
from tests.builders import ANN, BOB, CHANNEL, CLEO, EVE, WORKSPACE
from tests.handlers import payloads, slack_events
from tests.handlers.acts import Acts, Route, every_route
from tests.handlers.local_bot import ELI, GUS, VIC, ZED
from tests.handlers.odd_values import ODD_TEXTS, ODD_VALUES, WORDS
from tests.handlers.payloads import Payload

Path = tuple[Any, ...]
"""The names and positions on the way to a place in a payload."""

BLOCKS_DEPTH = 5
BYTES = 16
MOST_MUTATIONS = 3


@dataclass(frozen=True)
class Foreign:
    """Numbers of rows of another workspace, and ids of people and places that may not be given."""

    numbers: tuple[int, ...]
    account_id: int
    item_id: int
    review_id: int
    event_id: int
    ids: tuple[str, ...] = (ZED, GUS, ELI, VIC, CLEO, BOB, "U0NOBODY1", "C0ELSE001", "T0NOWHERE")


class Bytes:
    """Choices, one byte or two each, the same for the same bytes."""

    def __init__(self, given: bytes) -> None:
        self._rest: Iterator[int] = iter(given)

    def below(self, count: int) -> int:
        """A number below `count`; 0 once the bytes are used up."""
        number = next(self._rest, 0)
        if count > 256:
            number = number * 256 + next(self._rest, 0)
        return number % count

    def one_of(self, choices: Any) -> Any:
        return choices[self.below(len(choices))]


@dataclass(frozen=True)
class Whole:
    """A payload that is whole, and where in it what is: everything, numbers and ids, what was entered."""

    route: Route
    stored: bytes
    places: list[Path]
    numbers: list[Path]
    fields: list[Path]

    def copy(self) -> Payload:
        payload: Payload = pickle.loads(self.stored)
        return payload


def whole_payloads(acts: Acts) -> list[Whole]:
    """One of each route, and of what comes beside them: notices, events of assistants, Slack's look at the address."""
    found = []
    beside = {("event", kind): payloads.event({"type": kind} | inner) for kind, inner in BESIDE.items()}
    beside[("address", "")] = {"type": "url_verification", "token": "verification", "challenge": "3eZbrw1a"}
    for route, payload in ({route: acts.of(route) for route in every_route()} | beside).items():
        # of the blocks that a view echoes little is read, and there are many
        places = [path for path in _places(payload) if "blocks" not in path or len(path) < BLOCKS_DEPTH]
        numbers = [path for path in places if _is_number_or_id(_at(payload, path))]
        fields = [path for path in places if path[-1] in ENTERED and "blocks" not in path]
        found.append(Whole(route, pickle.dumps(payload), places, numbers, fields))
    return found


def payload_of(given: bytes, wholes: list[Whole], foreign: Foreign) -> tuple[Payload, str]:
    """A payload that is wrong in up to three places, and what was done to it."""
    choose = Bytes(given)
    whole: Whole = choose.one_of(wholes)
    payload, told = whole.copy(), [str(whole.route)]
    for _ in range(choose.below(MOST_MUTATIONS) + 1):
        mutate: Mutation = choose.one_of(MUTATIONS)
        try:
            told.append(f"{mutate.__name__} {mutate(payload, whole, choose, foreign)}")
        except (KeyError, IndexError, TypeError, AttributeError, ValueError, ZeroDivisionError):
            # there is no such place, or what was done before took it away
            continue
    return payload, "; ".join(told)


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in the payload, as the names and positions on the way to it."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from _places(inner, (*path, step))


def _drop(payload: Payload, whole: Whole, choose: Bytes, _foreign: Foreign) -> str:
    path = choose.one_of(whole.places)
    del _at(payload, path[:-1])[path[-1]]
    return str(path)


def _retype(payload: Payload, whole: Whole, choose: Bytes, _foreign: Foreign) -> str:
    path, new = choose.one_of(whole.places), copy.deepcopy(choose.one_of(ODD_VALUES))
    _at(payload, path[:-1])[path[-1]] = new
    return f"{path} to {new!r:.40}"


def _say(payload: Payload, whole: Whole, choose: Bytes, _foreign: Foreign) -> str:
    path, new = choose.one_of(whole.places), choose.one_of(ODD_TEXTS)
    _at(payload, path[:-1])[path[-1]] = new
    return f"{path} to {new!r:.40}"


def _lengthen(payload: Payload, whole: Whole, choose: Bytes, _foreign: Foreign) -> str:
    path = choose.one_of(whole.places)
    holder = _at(payload, path[:-1])
    if isinstance(holder[path[-1]], str | list):
        holder[path[-1]] = holder[path[-1]] * 70
    return str(path)


def _swap(payload: Payload, whole: Whole, choose: Bytes, _foreign: Foreign) -> str:
    one, other = choose.one_of(whole.places), choose.one_of(whole.places)
    if one != other[: len(one)] and other != one[: len(other)]:
        # copies: a part that is there twice could be made to hold itself
        of_one, of_other = copy.deepcopy((_at(payload, one), _at(payload, other)))
        _at(payload, one[:-1])[one[-1]], _at(payload, other[:-1])[other[-1]] = of_other, of_one
    return f"{one} and {other}"


def _forge(payload: Payload, whole: Whole, choose: Bytes, foreign: Foreign) -> str:
    """Another workspace's number or id, where a number or an id was."""
    path = choose.one_of(whole.numbers)
    holder = _at(payload, path[:-1])
    is_number = str(holder[path[-1]]).isdecimal()
    holder[path[-1]] = str(choose.one_of(foreign.numbers)) if is_number else choose.one_of(foreign.ids)
    return f"{path} to {holder[path[-1]]}"


def _enter(payload: Payload, whole: Whole, choose: Bytes, foreign: Foreign) -> str:
    """Enter, carry or type another value: of the forms' choices, of other buttons, of commands."""
    if "command" in payload:
        payload["text"] = " ".join(choose.one_of(WORDS) for _ in range(choose.below(6) + 1))
        return f"text {payload['text']}"
    values = (*ODD_TEXTS, *WORDS, *map(str, foreign.numbers), *foreign.ids, ANN, EVE, CHANNEL, WORKSPACE)
    path, new = choose.one_of(whole.fields), choose.one_of(values)
    _at(payload, path[:-1])[path[-1]] = {"value": new} if path[-1] == "selected_option" else new
    return f"{path} to {new!r:.40}"


def _add(payload: Payload, whole: Whole, choose: Bytes, _foreign: Foreign) -> str:
    """A field that is not there, which Slack or Bolt knows in another place or kind of payload."""
    # most is looked for at the top and in the event
    path = choose.one_of(((), (), ("event",) if "event" in payload else (), choose.one_of(whole.places)))
    name, new = choose.one_of(ADDED), copy.deepcopy(choose.one_of((*ADDED_VALUES, *ODD_VALUES)))
    _at(payload, path)[name] = new
    return f"{(*path, name)} as {new!r:.40}"


def _stale(payload: Payload, _whole: Whole, choose: Bytes, foreign: Foreign) -> str:
    """A form of another time: where it was opened, or the number in the name of a field."""
    view = payload["view"]
    opened, name = json.loads(view["private_metadata"]), choose.one_of(ORIGIN)
    opened[name] = choose.one_of((*foreign.numbers, *foreign.ids, *ODD_TEXTS, *ODD_VALUES))
    view["private_metadata"] = json.dumps(opened)
    entered, number = view["state"]["values"], choose.one_of(foreign.numbers)
    view["state"]["values"] = {
        f"{at.split('/')[0]}/{number}" if "/" in at else at: value for at, value in entered.items()
    }
    return f"{name} to {opened[name]!r:.40}"


ENTERED = {
    *("value", "selected_option", "selected_date", "selected_time", "selected_user", "selected_users", "callback_id"),
    *("action_id", "text", "tab", "channel_type", "type"),
}
ORIGIN = ("account_id", "channel_id", "place", "item_id", "subject", "source", "evidence_url", "evidence_at", "text")
ADDED = (
    *("event", "payload", "authorizations", "assistant_thread", "type", "command", "view", "views", "actions"),
    *("message", "team", "team_id", "user", "user_id", "channel", "channel_id", "enterprise", "enterprise_id"),
    *("response_url", "response_urls", "is_ext_shared_channel", "is_enterprise_install", "ssl_check", "challenge"),
    *("bot_id", "subtype", "thread_ts", "ts", "item", "previous_message", "function_data", "function_execution_id"),
    *("bot_access_token", "inputs", "callback_id", "action_id", "action", "container", "state", "channel_type"),
    *("tab", "tokens", "files", "user_team", "source_team", "context_team_id", "context_enterprise_id"),
    *("workflow_step", "app_installed_team_id"),
)
ADDED_VALUES: tuple[Any, ...] = (
    *("x", "1", "1795532400.000100", WORKSPACE, ANN, CHANNEL, "im", "home", "/account", "draft", "channel_archive"),
    *READERS,
    *("url_verification", "interactive_message", "dialog_submission", "dialog_suggestion", "workflow_step_edit"),
    *({"type": kind} for kind in ("message", "app_mention", "assistant_thread_started", "function_executed")),
    *([{"team_id": WORKSPACE}], [{"response_url": 7}], {"channel_id": "D0ANN0001"}, {"thread_ts": []}, "E0GRID001"),
)
BESIDE = (
    {kind: slack_events.EVENTS[kind] for kind in slack_events.EVENTS if kind.startswith("assistant_thread")}
    | {kind: slack_events.TOLD[kind] for kind in slack_events.TOLD}
    | {"message": slack_events.DIRECT | {"user": ANN, "text": "How is Acme?", "thread_ts": slack_events.THREAD}}
)

Mutation = Callable[[Payload, Whole, Bytes, Foreign], str]
MUTATIONS: tuple[Mutation, ...] = (
    *(_drop, _retype, _say, _lengthen, _swap, _forge, _forge, _enter, _enter, _stale, _add, _add),
)


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def _is_number_or_id(value: Any) -> bool:
    text = str(value)
    return isinstance(value, str | int) and (
        text.isdecimal() or (text[:1] in "UTCW" and text.isalnum() and len(text) == 9)
    )
