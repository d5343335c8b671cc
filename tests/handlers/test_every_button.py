"""Everything that can be pressed is pressed, and found by walking: a new button is pressed without a new test.

Each answers, whatever kinds of entries an account has; and each that carries an id refuses one that is not there.
"""

import json
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlmodel import Session, col, select

import handlers
from agendas.facts.events import ActionAdded, BlockerOpened, Edited
from agendas.facts.evidence import EvidenceActor
from agendas.rendering.blockkit import OVERFLOW
from agendas.rendering.words import Words
from agendas.verbs import letters, record
from agendas.verbs.compose import PAGES, compose
from handlers.reviews import WORDS as REVIEW_WORDS
from sandbox.blocks import all_blocks, completed, elements_of, initial_state
from storage.models.delivery import Letter
from tests.agendas.pages.test_updates import CHANGES
from tests.builders import ANN, BOB, CHANNEL, CLEO, EVE, NOW, evidence
from tests.handlers import payloads
from tests.handlers.acts import FORM_OF, Acts, every_route
from tests.handlers.forging import recorded
from tests.handlers.local_bot import LocalBot, last_letter, local_bot
from tests.handlers.payloads import Payload
from tests.program import Program

RAW_ID = re.compile(r"<[@#]|\b[UC]0[A-Z0-9]{6,}\b")
CHOSEN = ("static_select", "radio_buttons", "overflow")


@dataclass(frozen=True)
class Press:
    """A button, choice or form as somebody was shown it; `view` is what it stands in, None for a message.

    `entered` are the blocks whose values a form is submitted with, where they are not the view's own; `way` is what
    has to be pressed before it is shown.
    """

    actor: str
    word: str
    action: Payload | None
    view: Payload | None = None
    entered: list[Payload] | None = None
    way: tuple["Press", ...] = ()

    @property
    def value(self) -> str:
        carried = self.action or {}
        return str((carried.get("selected_option") or carried).get("value", ""))

    @property
    def kind(self) -> str:
        """The same for what one handler serves in one kind of place."""
        place = self.view.get("callback_id", self.view["type"]) if self.view else "message"
        return f"{'form' if self.action is None else 'button'} {self.word} in {place}"

    @property
    def mark(self) -> str:
        about = self.view.get("private_metadata", "") if self.view and self.action is None else self.value
        return f"{self.kind} {about}"

    def carrying(self, value: str) -> "Press":
        action = self.action or {}
        option = action.get("selected_option")
        carried = {"selected_option": option | {"value": value}} if option else {"value": value}
        return replace(self, action=action | carried)

    def payload(self, acts: Acts, number: str) -> Payload:
        acts = replace(acts, actor=self.actor, number=number)
        if self.action is None:
            return acts.by(payloads.submission(view=self._echoed(number)))
        action = self.action | {"action_ts": f"{number}.0"}
        if self.view is None:
            return acts.by(payloads.click(action))
        return acts.by(payloads.click_in_view(action, view=self._echoed(number)))

    def _echoed(self, number: str) -> Payload:
        assert self.view is not None
        blocks = completed(self.view["blocks"])
        state = initial_state(completed(self.entered) if self.entered else blocks)
        # a form that a sample has filled in keeps what was entered there
        entered = (
            {"values": state | self.view.get("state", {}).get("values", {})} if not self.entered else {"values": state}
        )
        return payloads.view() | self.view | {"id": f"V{number}", "blocks": blocks, "state": entered}


def presses_in(shown: Any, actor: str, way: tuple[Press, ...] = (), view: Payload | None = None) -> Iterator[Press]:
    """All that can be pressed in what Slack was given, however deep it stands there."""
    if isinstance(shown, str) and shown[:1] in ("{", "["):
        try:
            shown = json.loads(shown)
        except ValueError:
            return
    if isinstance(shown, list):
        for each in shown:
            yield from presses_in(each, actor, way, view)
    if not isinstance(shown, dict):
        return
    if shown.get("type") in ("modal", "home"):
        view = shown
        if shown.get("submit"):
            yield Press(actor, shown["callback_id"], None, view, way=way)
    for name, each in shown.items():
        if name == "blocks" and isinstance(each, list):
            yield from _in_blocks(each, Press(actor, "", {}, view, way=way))
        else:
            yield from presses_in(each, actor, way, view)


def _in_blocks(blocks: list[Payload], there: Press) -> Iterator[Press]:
    for block in all_blocks(completed(blocks)):
        if block["type"] == "input" and not block.get("dispatch_action"):
            continue
        for element in elements_of(block):
            word = element.get("action_id", "")
            action = {"type": element["type"], "block_id": block["block_id"], "action_id": word}
            if element["type"] == "button" and not element.get("url"):
                yield replace(there, word=word, action=action | {"value": element.get("value", "")})
            for option in element.get("options", ()) if element["type"] in CHOSEN else ():
                chosen = option["value"].partition(" ")[0] if word == OVERFLOW else word
                yield replace(there, word=chosen, action=action | {"selected_option": option})


def plain_texts(shown: Any) -> Iterator[str]:
    """Labels, hints, choices, cells, typed texts and notifications in all that Slack was given."""
    if isinstance(shown, str) and shown[:1] in ("{", "["):
        with suppress(ValueError):
            yield from plain_texts(json.loads(shown))
    for each in shown.values() if isinstance(shown, dict) else shown if isinstance(shown, list) else ():
        yield from plain_texts(each)
    if isinstance(shown, dict):
        is_plain = shown.get("type") in ("plain_text", "raw_text") or "blocks" in shown
        yield str(shown.get("text", "")) if is_plain else ""
        yield str(shown.get("initial_value", ""))


class Failures(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(self.format(record))


@dataclass
class Walk:
    """Presses in one program; each press finds the program as it was first, so that none takes another's away."""

    at: LocalBot
    acts: Acts
    found: dict[str, Press] = field(default_factory=dict)
    """Everything that was pressed, by its mark."""
    failed: list[str] = field(default_factory=list)
    """What nothing came of, with the error."""
    raw_ids: list[str] = field(default_factory=list)
    """Texts in which Slack draws no mention, and which show an id in the place of a name."""

    def __post_init__(self) -> None:
        self._is_changed = False
        self._beginning = sqlite3.connect(":memory:")
        raw = self.at.store.engine.raw_connection()
        raw.driver_connection.backup(self._beginning)  # type: ignore[union-attr]
        raw.driver_connection.execute("pragma synchronous=off")  # type: ignore[union-attr]
        raw.close()
        self.at.store.after_write = self._changed
        self._failures = Failures()

    def _changed(self) -> None:
        self._is_changed = True

    def __enter__(self) -> "Walk":
        logging.getLogger().addHandler(self._failures)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self._failures)

    async def walk(self, shown: list[Press], most_of_a_kind: int | None = None) -> None:
        """Press all of these, and then what they show, once for each action and form that was not there before.

        Where a kind has a most, so many of it are pressed, spread over all that are shown, as these come account by
        account; and of the kinds of buttons every other one.
        """
        kinds: dict[str, dict[str, Press]] = {}
        for press in shown:
            kinds.setdefault(press.kind, {}).setdefault(press.mark, press)
        for number, (kind, of_kind) in enumerate(kinds.items()):
            if most_of_a_kind and number % 2 and kind.startswith("button"):
                continue
            step = max(1, len(of_kind) // (most_of_a_kind or len(of_kind)))
            self.found |= dict(list(of_kind.items())[::step][:most_of_a_kind])
        first, known = list(self.found.values()), set(kinds)
        for press in first:
            answer, _ = await self.press(press)
            for each in presses_in(answer, press.actor, (press,)):
                if each.kind not in known:
                    known.add(each.kind)
                    self.found[each.mark] = each
                    await self.press(each)

    async def press(self, press: Press) -> tuple[list[Any], str]:
        """All that is shown to anybody after it, and how the request ended: `kept` where it recorded something."""
        self.begin()
        for each in press.way:
            await self.takes(each.payload(self.acts, self.at.number()))
        self.at.outcomes.clear()
        before = recorded(self.at.store)
        shown = await self.takes(press.payload(self.acts, self.at.number()))
        [outcome] = self.at.outcomes
        if outcome not in ("done", "refused") or self._failures.found:
            self.failed.append(f"{press.mark}: {outcome} {self._failures.found}")
            self._failures.found.clear()
        return shown, outcome if recorded(self.at.store) == before else "kept"

    async def takes(self, payload: Payload) -> list[Any]:
        before = last_letter(self.at.store)
        answer = await self.at.takes(payload)
        assert answer.status == 200
        calls = [body for _, body in self.at.slack.calls]
        self.at.slack.calls.clear()
        for each in plain_texts([answer.body, *calls]):
            if RAW_ID.search(each):
                self.raw_ids.append(f"{payload.get('command', payload.get('type'))} {payload.get('text', '')}: {each}")
        return [answer.body, *calls, *self.letters(before)]

    def letters(self, after: int = 0, one_in: int = 1) -> list[Any]:
        """The messages of one in so many letters that were queued after this one, with whom each goes to."""

        def composed(session: Session) -> list[Any]:
            rows = session.exec(select(Letter).where(col(Letter.id) > after)).all()[::one_in]
            return [
                {"blocks": each.blocks, "to": row.user_id, "text": each.text}
                for row in rows
                if row.page in (*PAGES, "said")
                for each in compose(session, row, words=Words(), now=NOW)
            ]

        return self.at.store.read_now(composed)

    def begin(self) -> None:
        if self._is_changed:
            raw = self.at.store.engine.raw_connection()
            self._beginning.backup(raw.driver_connection)  # type: ignore[arg-type]
            raw.close()
        self._is_changed = False


pytestmark = pytest.mark.asyncio(loop_scope="module")

ACCOUNTS = {"acme": EvidenceActor.IN_DOUBT, "globex": None, "initrode": EvidenceActor.US, "umber": EvidenceActor.BUYER}
"""Accounts that get an entry of every kind, and whose act its evidence is: None where nobody was asked yet."""

NAMING = (
    ActionAdded(f"Call <@{BOB}> with {CLEO}", ANN, NOW.date()),
    BlockerOpened(f"<@{BOB}|bob> waits for <#{CHANNEL}|abm-weekly>"),
)
"""Entries whose words have people and a channel as Slack writes them."""

TYPED = (
    "/account",
    *(f"/account acme {word}".strip() for word in ("", *handlers.EVERYTHING.account_pages)),
    *(f"/account {name}" for name in ACCOUNTS),
    *(f"/review {word}" for word in REVIEW_WORDS),
    *(f"/abm {word}" for word in handlers.EVERYTHING.abm_words),
    *("/account acne", "/move acne they called", "/move acme", "/next acme done", "/blocker acme resolve"),
)


def entries_of_every_kind(program: Program, one_in: int) -> None:
    """On the first account an entry of every kind, with its receipt, and of these one in so many on each other.

    None gets another's name.
    """
    kinds = list(enumerate((*NAMING, *(each for each in CHANGES if not isinstance(each, Edited)))))
    for place, (name, actor) in enumerate(ACCOUNTS.items()):
        for number, change in kinds[place % one_in :: one_in] if place else kinds:
            shown = (replace(evidence(url=f"https://notes.example/{name}/{number}"), actor=actor),)
            at = NOW - timedelta(seconds=200 - number)
            event = program.did(record.record, ANN, at, program.accounts[name], change, evidence=shown).event
            program.did(letters.confirm_events, ANN, at, [event.id], channel_id=CHANNEL, place="")


@pytest_asyncio.fixture(
    scope="module",
    loop_scope="module",
    params=[pytest.param(1, id="one of every other kind"), pytest.param(None, id="all", marks=pytest.mark.proof)],
)
async def walk(program: Program, acts: Acts, request: pytest.FixtureRequest) -> AsyncIterator[Walk]:
    """The bot of a workspace where an account has everything, and all that was pressed there."""
    entries_of_every_kind(program, one_in=len(ACCOUNTS) - 1 if request.param else 1)
    async with local_bot(program.store) as at:
        with Walk(at, acts) as walk:
            await walk.walk(await shown_first(walk, 3 if request.param else 1), most_of_a_kind=request.param)
            yield walk


async def shown_first(walk: Walk, one_in: int) -> list[Press]:
    """What commands, pages and messages show to an editor, and to an admin what is more; and one of each kind."""
    found: list[Press] = []
    for actor in (ANN, EVE):
        acts = replace(walk.acts, actor=actor)
        for typed in TYPED:
            command, _, text = typed.partition(" ")
            payload = replace(acts, number=walk.at.number()).of(("command", command)) | {"text": text}
            found += presses_in(await walk.takes(payload), actor)
        for route in (("event", "app_home_opened"), ("shortcut", "account_update"), ("shortcut", "log_to_account")):
            found += presses_in(await walk.takes(replace(acts, number=walk.at.number()).of(route)), actor)
    for letter in walk.letters(one_in=one_in):
        found += presses_in(letter, letter["to"] or ANN)
    for kind, word in every_route():
        if kind == "form":
            found.append(Press(EVE, word, None, walk.acts.views[word]))
        elif kind == "button" and word not in FORM_OF:
            [action] = walk.acts.of((kind, word))["actions"]
            found.append(Press(EVE, word, action | {"value": walk.acts.values.get(word, "")}))
    return found


async def test_no_label_choice_cell_title_or_notification_shows_an_id_in_the_place_of_a_name(walk: Walk) -> None:
    assert walk.raw_ids == []


async def test_every_button_that_is_shown_answers_whatever_the_account_has(walk: Walk) -> None:
    assert walk.failed == []
    assert {each.word for each in walk.found.values()} >= {word for kind, word in every_route() if kind == "form"}


UNKNOWN = "987654321"
NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-])")
PLACES = ("more", "mine", "audit.behind", "past.older")
"""Ends of the actions whose number is a place in a list, which may have become shorter: nothing stands there."""

ANSWERED = {
    "deal.confirm_all": "Nothing was left to confirm.",
    "prepare.start": "Nothing is left to say for these reviews.",
    "reminder.update": "This reminder is over",
    "told.nominate": "Nominate an account",
}
"""Words that answer the question themselves, of which a number that is not there is only an aside."""


async def test_a_button_with_an_id_of_something_that_is_not_there_is_refused_with_a_sentence(walk: Walk) -> None:
    pressed = [each for each in walk.found.values() if each.action and each.action["type"] in ("button", "overflow")]
    numbered = {press.word: press for press in pressed if NUMBER.search(press.value)}
    ignored = []
    for press in numbered.values():
        shown, outcome = await walk.press(press.carrying(NUMBER.sub(UNKNOWN, press.value)))
        is_answered = press.word.endswith(PLACES) or ANSWERED.get(press.word, UNKNOWN) in json.dumps(shown)
        if outcome != "refused" and not (outcome == "done" and is_answered):
            ignored.append((press.word, press.value))
    assert ignored == []
    assert walk.failed == []


def forged_forms(press: Press) -> Iterator[tuple[str, Press]]:
    """The form with one id in it that is not there: of what it is about, in the name of a field, among its choices."""
    assert press.view is not None
    view, blocks = press.view, press.view["blocks"]
    kept = json.loads(view.get("private_metadata") or "{}")
    for name in ("account_id", "item_id", "subject"):
        if NUMBER.fullmatch(str(kept.get(name, ""))):
            forged = kept | {name: type(kept[name])(UNKNOWN)}
            yield name, replace(press, view=view | {"private_metadata": json.dumps(forged)})
    for place, block in enumerate(blocks):
        element = block.get("element", {})
        if element.get("type") != "static_select":
            continue
        around = (blocks[:place], blocks[place + 1 :])
        name, _, number = block["block_id"].rpartition("/")
        if number.isdecimal():
            told = element | {"initial_option": element["options"][-1]}
            other = block | {"block_id": f"{name}/{UNKNOWN}", "element": told}
            yield f"{name}/", replace(press, view=view | {"blocks": [*around[0], other, *around[1]]})
            yield f"{name}/ beside", replace(press, entered=[*around[0], other, *around[1]])
        option = {"text": element["options"][0]["text"], "value": UNKNOWN}
        other = block | {"element": element | {"initial_option": option}}
        yield f"{name or number} chosen", replace(press, entered=[*around[0], other, *around[1]])


async def test_a_form_with_an_id_of_something_that_is_not_there_is_refused_and_records_nothing(walk: Walk) -> None:
    forms = [press for press in walk.found.values() if press.action is None]
    forged = {(each.word, what): each for press in forms for what, each in forged_forms(press)}
    assert len(forged) > 90
    for (word, what), press in forged.items():
        shown, outcome = await walk.press(press)
        # a page of the update form tells of what was closed meanwhile, and keeps the rest
        assert outcome == "refused" or (outcome == "done" and "It is closed already" in str(shown[0])), (
            word,
            what,
            shown[0],
        )
    assert walk.failed == []
