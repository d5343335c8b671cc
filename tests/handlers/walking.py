"""A walk over everything that can be pressed: what is shown is pressed, and so is what that shows, in a real bot.

It finds buttons by itself, in messages, forms, pages and letters, so that a new one is pressed without a new test.
"""

import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import Session, col, select

from agendas.rendering.blockkit import OVERFLOW
from agendas.rendering.words import Words
from agendas.verbs.compose import PAGES, compose
from sandbox.blocks import all_blocks, completed, elements_of, initial_state
from storage.models.delivery import Letter
from tests.builders import NOW
from tests.handlers import payloads
from tests.handlers.acts import Acts
from tests.handlers.forging import recorded
from tests.handlers.local_bot import LocalBot, last_letter
from tests.handlers.payloads import Payload

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
        """What the button or the choice carries."""
        carried = self.action or {}
        return str((carried.get("selected_option") or carried).get("value", ""))

    @property
    def kind(self) -> str:
        """The same for what one handler serves in one kind of place."""
        place = self.view.get("callback_id", self.view["type"]) if self.view else "message"
        return f"{'form' if self.action is None else 'button'} {self.word} in {place}"

    @property
    def mark(self) -> str:
        """The same for what does the same."""
        about = self.view.get("private_metadata", "") if self.view and self.action is None else self.value
        return f"{self.kind} {about}"

    def carrying(self, value: str) -> "Press":
        """The same with another value."""
        action = self.action or {}
        option = action.get("selected_option")
        carried = {"selected_option": option | {"value": value}} if option else {"value": value}
        return replace(self, action=action | carried)

    def payload(self, acts: Acts, number: str) -> Payload:
        """What Slack sends when the person does it."""
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
    """Records that are logged as errors."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
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

        Of each kind `most_of_a_kind` are pressed, spread over all that are shown, as these come account by account.
        """
        kinds: dict[str, dict[str, Press]] = {}
        for press in shown:
            kinds.setdefault(press.kind, {}).setdefault(press.mark, press)
        for of_kind in kinds.values():
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
        """All that is shown to anybody after this payload."""
        before = last_letter(self.at.store)
        answer = await self.at.takes(payload)
        assert answer.status == 200
        calls = [body for _, body in self.at.slack.calls]
        self.at.slack.calls.clear()
        for each in plain_texts([answer.body, *calls]):
            if RAW_ID.search(each):
                self.raw_ids.append(f"{payload.get('command', payload.get('type'))} {payload.get('text', '')}: {each}")
        return [answer.body, *calls, *self.letters(before)]

    def letters(self, after: int = 0) -> list[Any]:
        """The messages of the letters that were queued after this one, with whom each goes to."""

        def composed(session: Session) -> list[Any]:
            rows = session.exec(select(Letter).where(col(Letter.id) > after)).all()
            return [
                {"blocks": each.blocks, "to": row.user_id, "text": each.text}
                for row in rows
                if row.page in (*PAGES, "said")
                for each in compose(session, row, words=Words(), now=NOW)
            ]

        return self.at.store.read_now(composed)

    def begin(self) -> None:
        """The program is as it was first."""
        if self._is_changed:
            raw = self.at.store.engine.raw_connection()
            self._beginning.backup(raw.driver_connection)  # type: ignore[arg-type]
            raw.close()
        self._is_changed = False
