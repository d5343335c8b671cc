"""The transcript: all that the demo sends while a script is played, to the letter, so that a rebuilding is held to it.

`python -m tests.transcript keep FILE` plays `script.txt` and keeps what was sent; without `keep` it compares with FILE.
The clock stands still while a line is played, so that nothing depends on how fast the computer is.

A line of the script is `WHO PLACE TEXT`: a command or a message in `#channel`, or to the bot in `@cadence`.
`next N` moves the clock to the next N due moments. `walk WHO PLACE N` presses every button of the last N messages
there (`home`: of that Home) and submits each form as it opens. `ask FILE N WHO` asks every Nth of those questions.
"""

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from sandbox.blocks import Value, elements_of
from sandbox.client import MessageTarget, Outcome, Target, ViewTarget
from sandbox.demo import Demo, demo
from sandbox.messages import Message
from sandbox.seed import members
from sandbox.workspace import PATIENCE_SECONDS
from storage.models.delivery import AnswerUnderWay

SCRIPT = Path(__file__).with_name("script.txt")
QUESTIONS = Path(__file__).parents[1] / "assistant" / "questions"
BEGINS_AT = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
"""Three hours before the review of the sample, a Monday at nine in New York."""
BETWEEN_LINES = timedelta(seconds=20)
READS = {"users.info", "conversations.info", "conversations.members", "conversations.history", "conversations.replies"}
READS |= {"auth.test", "apps.connections.open", "users.list", "conversations.open", "dnd.info", "files.info"}
READS |= {"dnd.teamInfo", "bots.info", "team.info", "usergroups.list"}
"""Methods that show nobody anything: how often they are called is no part of what people see."""


class StillClock:
    def now(self) -> datetime:
        return BEGINS_AT


@dataclass
class Player:
    """The demo being played, and what was sent so far: a heading and the normalised calls of each line."""

    shown: Demo
    sent: list[tuple[str, list[str]]] = field(default_factory=list)
    _calls: int = 0
    _answers: list[str] = field(default_factory=list)

    async def line(self, text: str) -> None:
        word, _, rest = text.partition(" ")
        if word == "next":
            for _ in range(int(rest)):
                self._answers.append(await self.shown.next_due.advance())
                await self._note(text)
        elif word == "walk":
            who, place, count = rest.split()
            if place == "home":
                await self.shown.sandbox.actions.open_home(self.person_id(who))
                await self._note(f"{who} opens Home")
            await self._walk(who, place, int(count))
        elif word == "ask":
            file, every, who = rest.split()
            for question in list(_questions(QUESTIONS / file))[:: int(every)]:
                await self._said(who, "@cadence", question)
        else:
            place, _, words = rest.partition(" ")
            await self._said(word, place, words)

    async def _said(self, who: str, place: str, text: str) -> None:
        await self._pass_time()
        channel = self._room(who, place)
        do = self.shown.sandbox.actions.type_command if text.startswith("/") else self.shown.sandbox.actions.post
        self._heard(await do(self.person_id(who), channel, text))
        await self._note(f"{who} {place} {text}")

    async def _walk(self, who: str, place: str, count: int) -> None:
        for target, message in self._targets(who, place, count):
            for block_id, action_id, label, value in _controls(message()):
                await self._pass_time()
                outcome = await self.shown.sandbox.actions.click(
                    self.person_id(who), target, block_id=block_id, action_id=action_id, value=value
                )
                self._heard(outcome)
                await self._note(f"{who} {place} presses {label} ({action_id})")
                await self._submit(who)

    async def _submit(self, who: str) -> None:
        views, person = self.shown.sandbox.workspace.views, self.person_id(who)
        if (view := views.top(person)) is None:
            return
        await self._pass_time()
        self._heard(await self.shown.sandbox.actions.submit(person, view.id))
        await self._note(f"{who} submits {view.given['callback_id']}")
        while (view := views.top(person)) is not None:
            await self.shown.sandbox.actions.close(person, view.id, clear=True)
        await self._note(f"{who} closes")

    def _targets(self, who: str, place: str, count: int) -> Iterator[tuple[Target, Callable[[], list[dict[str, Any]]]]]:
        workspace, person = self.shown.sandbox.workspace, self.person_id(who)
        if place == "home":
            yield ViewTarget(workspace.views.homes[person].id), lambda: workspace.views.homes[person].blocks
            return
        channel = workspace.channels[self._room(who, place)]
        with_buttons = [each for each in channel.visible_to(person) if list(_controls(each.blocks))]
        for each in with_buttons[-count:]:
            yield MessageTarget(each.channel_id, each.ts), lambda each=each: _blocks_now(channel.messages, each)

    async def _pass_time(self) -> None:
        clock = self.shown.next_due.clock
        clock.shift_to(clock.now() + BETWEEN_LINES)
        await self.shown.cadence.scheduler.tick_now()
        await self._quiet()

    def _heard(self, outcome: Outcome) -> None:
        if outcome.error or outcome.response:
            self._answers.append(_normal({"error": outcome.error, "response": outcome.response}))

    async def _note(self, heading: str) -> None:
        """Wait until all that follows was sent, and note it under this heading."""
        await self._quiet()
        calls = self.shown.sandbox.calls()
        new = [call for call in calls[self._calls :] if call.method not in READS]
        self._calls = len(calls)
        lines = sorted(f"{each.method} {_normal(each.arguments)}" for each in new)
        self.sent.append((heading, [*map(_normal_text, self._answers), *lines]))
        self._answers = []

    async def _quiet(self) -> None:
        sandbox, store = self.shown.sandbox, self.shown.cadence.store
        async with asyncio.timeout(PATIENCE_SECONDS):
            seen, still = -1, 0
            while still < 3:
                await sandbox.settled()
                await self.shown.next_due.all_sent()
                waiting = store.read_now(_is_answering)
                count = len(sandbox.calls())
                still = 0 if waiting or count != seen else still + 1
                seen = count
                await asyncio.sleep(0.01)

    def person_id(self, who: str) -> str:
        return self.shown.sandbox.person(who).id

    def _room(self, who: str, place: str) -> str:
        if place == "@cadence":
            return self.shown.sandbox.workspace.im(self.person_id(who)).id
        return self.shown.sandbox.channel_state(place).id


def _is_answering(session: Session) -> bool:
    return session.exec(select(AnswerUnderWay)).first() is not None


def _blocks_now(messages: list[Message], message: Message) -> list[dict[str, Any]]:
    return next((each.blocks for each in messages if each.ts == message.ts), message.blocks)


def _controls(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, str, str, Value]]:
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") not in ("button", "overflow") or element.get("url"):
                continue
            options = element.get("options") or [None]
            for option in options:
                label = (option or element)["text"]["text"]
                yield block["block_id"], element["action_id"], label, option and option["value"]


def _questions(path: Path) -> Iterator[str]:
    """The last line said of each labelled question that follows no other."""
    said: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            said = []
        elif line.startswith("= "):
            if len(said) == 1:
                yield said[0]
            said = []
        elif line and not line.startswith("#"):
            said.append(line)


CHANGING = (
    (re.compile(r"\b1\d{9}\.\d{6}\b"), "<ts>"),
    (re.compile(r"/p1\d{15}\b"), "/p<ts>"),
    (re.compile(r"127\.0\.0\.1:\d+"), "<host>"),
    (re.compile(r"\b[0-9a-f]{16,}\b"), "<token>"),
    (re.compile(r"\bV[0-9A-Z]{8,}\b"), "<view>"),
    (re.compile(r"[\w-]{40,}"), "<token>"),
    (re.compile(r"\b\d+\.\d+\.<token>"), "<trigger>"),
    (re.compile(r"(?<=<trigger>:)[0-9a-f]{8}\b"), "<token>"),
    (re.compile(r"\b1\d{9}\.[0-9a-f]{8}\b"), "<hash>"),
    (re.compile(r"answered in \d+ ms"), "answered in <ms>"),
    (re.compile(r'(?<="length": ")\d+'), "<length>"),
)


def _normal(value: Any) -> str:
    return _normal_text(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str))


def _normal_text(text: str) -> str:
    for pattern, name in CHANGING:
        text = pattern.sub(name, text)
    return text


async def play(folder: Path) -> AsyncIterator[tuple[str, list[str]]]:
    random.seed(0)
    async with demo(folder, StillClock(), port=0) as shown:
        player = Player(shown)
        await shown.sandbox.connected()
        for member in members():  # the ids of direct messages go by who is written to first
            await shown.sandbox.actions.open_im(player.person_id(member.handle))
        await player.line("next 2")
        for line in SCRIPT.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                await player.line(line)
            for entry in player.sent:
                yield entry
            player.sent = []
