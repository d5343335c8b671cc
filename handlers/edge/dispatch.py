"""The edge: takes what Bolt hands over, runs its handler, carries out the reply."""

import asyncio
import logging
import secrets
from collections.abc import Coroutine
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from agendas.errors import AmbiguousDate, CadenceError, Outdated, RecordedAlready, UnknownAccount
from agendas.facts.audience import Audience
from agendas.facts.people import PersonFacts
from agendas.facts.program import log_with
from agendas.pages.admin import failure_page
from agendas.rendering.page import sentence_page
from agendas.rules.access import PLAIN_NAME
from agendas.text.csv_cells import BECAUSE
from agendas.verbs.reads import colleagues
from handlers.edge.access import (
    Handler,
    NotIdentified,
    Routes,
    admit,
    complete_refusal,
    error_page,
    not_known,
    refusal,
    refuse_event,
    with_plain_names,
    workspace_of,
)
from handlers.edge.answers import AnswerSettler, Following, Responder, is_in_ack
from handlers.edge.deps import Deps, Repeated
from handlers.edge.incoming import INCOMING, Incoming, is_from_person, mapping, mark_of
from handlers.edge.replies import Nothing, Publish, Reply, RunCommand, Say, WithHome
from handlers.edge.request import Request, Written
from storage.database import problem_of

ANSWER_WITHIN_SECONDS = 2.0
"""Slack waits three seconds; after two an empty acknowledgement goes out and the answer follows by response URL."""

SLACK_WAITS_SECONDS = 3.0
"""An acknowledgement after this long is not shown any more."""

TELLING = ("/move", "/signal")
"""Commands about what happened: their words are not expected to name our own people."""

T = TypeVar("T")

log = logging.getLogger("cadence.edge")


class Edge:
    """Runs handlers for Bolt. Holds the tasks that are still running after their acknowledgement."""

    def __init__(self, deps: Deps, routes: Routes, *, answer_within_seconds: float) -> None:
        self._deps = deps
        self._routes = routes
        self._answer_within_seconds = answer_within_seconds
        self._tasks: set[asyncio.Task[Any]] = set()
        self._answered = AnswerSettler(deps, self._hold)

    async def act(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Serve an act that is answered: a command, click, form, shortcut, or a select that asks for options.

        The answer goes into the acknowledgement, or follows it when the handler takes too long.
        """
        incoming: Incoming = context[INCOMING]
        # the change of a field that is read when its form is submitted
        if incoming.kind == "button" and self._routes.known("button", incoming.word) in self._routes.choices:
            await self._acknowledge_choice(incoming, ack)
            return
        request_id = secrets.token_hex(4)
        log_with(request_id=request_id)
        answers = Responder(incoming, context, self._deps, home=mark_of(mapping(body.get("view"))))
        began_at, written = perf_counter(), Written()
        work = self._hold(self._answer(incoming, body, context, request_id, written=written))
        await asyncio.wait({work}, timeout=self._answer_within_seconds)
        if not work.done():
            await answers.ack_before(ack)
            self._hold(self._settled_after(answers.late(work), written))
            return
        following = await answers.in_ack(ack, work.result())
        is_in_time = perf_counter() - began_at < SLACK_WAITS_SECONDS
        if is_in_ack(incoming.kind, work.result()) and is_in_time:
            self._answered.after_ack(written.answers)
            # settled with the acknowledgement, and not again by what follows it
            written = Written()
        if following is not None:
            self._hold(self._settled_after(following, written))

    async def event(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Serve an event. Raises what its handler raises, so that Slack sends the event again."""
        incoming, request_id, began_at = context[INCOMING], secrets.token_hex(4), perf_counter()
        log_with(request_id=request_id)
        outcome = "failed"
        try:
            outcome = await self._serve_event(incoming, body, context, request_id)
        finally:
            self._report(incoming, outcome, began_at)

    async def drain(self, seconds: float) -> None:
        """Wait for the answers under way, `seconds` at most, then cancel the rest."""
        ends_at = asyncio.get_running_loop().time() + seconds
        # an answer that is done is settled by another task
        while self._tasks and (seconds_left := ends_at - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(set(self._tasks), timeout=seconds_left)
        for task in tuple(self._tasks):
            task.cancel()

    async def _acknowledge_choice(self, incoming: Incoming, ack: AsyncAck) -> None:
        """Acknowledge a choice and count it; it is not logged, as the form that is submitted has it."""
        began_at = perf_counter()
        await ack()
        self._deps.after_request(incoming.kind, "done", perf_counter() - began_at)

    async def _settled_after(self, following: Following, written: Written) -> None:
        """Do what follows the acknowledgement, and settle the answers if it reached the person."""
        if await following:
            self._answered.settle(written.answers)

    def _hold(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start the work and keep its task until it is done: the loop itself keeps no strong reference."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _serve_event(
        self, incoming: Incoming, body: dict[str, Any], context: AsyncBoltContext, request_id: str
    ) -> str:
        """Serve an event; return its outcome: done, unheard (no handler), passed (not for the bot), repeated, refused.

        A refusal reaches the person. Raises anything else that the handler raises, and NotIdentified if it may pass.
        """
        notice = self._routes.notices.get(incoming.word)
        if notice is not None:
            await notice(incoming, body, workspace_of(context), self._deps)
        handler = self._routes.find(incoming.kind, incoming.word)
        if handler is None or not incoming.user_id or not is_from_person(body["event"]):
            return "done" if notice is not None else "unheard"
        concern = self._routes.concerns.get(incoming.word)
        if concern is not None and not await concern(incoming, body, workspace_of(context), self._deps):
            return "passed"
        outcome = "done"
        try:
            reply = await self._handle(handler, incoming, body, context, request_id=request_id)
        except Repeated:
            return "repeated"
        except CadenceError as error:
            if isinstance(error, NotIdentified) and error.is_passing:
                raise
            outcome, workspace_id = "refused", workspace_of(context)
            reply = await refuse_event(incoming, body["event"], error, self._deps, workspace_id=workspace_id)
        reply = await with_plain_names(reply, self._deps, workspace_of(context), in_channel=incoming.channel_id)
        await Responder(incoming, context, self._deps).to_event(reply)
        return outcome

    async def _answer(
        self, incoming: Incoming, body: dict[str, Any], context: AsyncBoltContext, request_id: str, *, written: Written
    ) -> Reply:
        """Return the reply, or why there is none; nothing for a repeat, or a refusal of what asked nothing."""
        began_at, outcome = perf_counter(), "done"
        reply: Reply = Nothing()
        handler = self._routes.find(incoming.kind, incoming.word)
        try:
            if handler is None:
                outcome, reply = "unheard", not_known(incoming, self._deps.words)
            else:
                handled = partial(self._handle, request_id=request_id, written=written)
                reply = await handled(handler, incoming, body, context)
        except Repeated:
            outcome = "repeated"
        except CadenceError as error:
            outcome = "refused"
            view, words = body.get("view") or {}, self._deps.words
            reply = Nothing() if incoming.is_silent else refusal(incoming, error, view, words, routes=self._routes)
        except Exception as error:  # the last resort: the person must hear of it, and the log must show it
            outcome, reply = "failed", self._failed(incoming, error, request_id)
        try:
            # in every reply, a refusal or failure too, where Slack would show ids
            reply = await with_plain_names(reply, self._deps, workspace_of(context), in_channel=incoming.channel_id)
        except Exception as error:  # the last resort again: the database may be gone since
            outcome, reply = "failed", self._failed(incoming, error, request_id)
        if outcome in ("refused", "failed"):
            # what was recorded before the failure is confirmed later, as after a process that ended
            written.answers.clear()
        self._report(incoming, outcome, began_at)
        return reply

    def _failed(self, incoming: Incoming, error: Exception, request_id: str) -> Say:
        """Log the error that is being handled, and say that something went wrong."""
        word = self._routes.known(incoming.kind, incoming.word)
        log.exception("failed", extra={"request_id": request_id, "kind": incoming.kind, "word": word})
        return Say(failure_page(request_id, self._deps.words, problem_of(error) or ""))

    def _report(self, incoming: Incoming, outcome: str, began_at: float) -> None:
        """Log the request, by words of ours alone, and report how long it took."""
        seconds, word = perf_counter() - began_at, incoming.word
        known = self._routes.known(incoming.kind, word) or (word if word in self._routes.notices else "")
        facts = {"kind": incoming.kind, "word": known, "outcome": outcome, "milliseconds": round(seconds * 1000, 1)}
        # events that are not for the bot come in masses
        if outcome != "passed":
            log.info("served", extra=facts)
        self._deps.after_request(incoming.kind, outcome, seconds)

    async def _handle(
        self,
        handler: Handler,
        incoming: Incoming,
        body: dict[str, Any],
        context: AsyncBoltContext,
        *,
        request_id: str,
        written: Written | None = None,
    ) -> Reply:
        """Admit the person, run the handler, and the command that it may answer with.

        The reply carries the Home too where something was recorded on it or above it. A refusal gets what its sentence
        needs, such as who can help.
        """
        deps, now, workspace_id = self._deps, self._deps.now(), workspace_of(context)
        person: PersonFacts | None = None
        try:
            person = await admit(deps, context.client, incoming, workspace_id=workspace_id, now=now)
            deps = deps.for_readers(Audience(workspace_id, person.user_id))
            incoming = await _with_mentions(deps, incoming, workspace_id)
            request = Request(incoming, workspace_id, person, now, request_id, body, written or Written())
            reply = await handler(request, deps)
            reply = await self._run(request, reply, deps) if isinstance(reply, RunCommand) else reply
            mark, home = mark_of(request.view), self._routes.home
            if mark is None or home is None or not request.written.yes or isinstance(reply, Publish):
                return reply
            # something was recorded on Home or above it, which is shown as it is then
            return WithHome(reply, partial(home, request, deps, mark))
        except CadenceError as error:
            await complete_refusal(deps, error, workspace_id, person=person, now=now)
            raise

    async def _run(self, request: Request, wanted: RunCommand, deps: Deps) -> Reply:
        """Run the command instead of the request.

        An unknown account, an ambiguous date, a repeat, and a second press of one question are answered as pages.
        """
        handler = self._routes.find("command", wanted.word)
        if handler is None:
            raise Outdated("That command is not known any more. See /abm help.")
        # a key shared by the buttons of one question, so that one of them counts; else that of the click alone
        key = wanted.key or request.key
        typed = replace(request.incoming, kind="command", word=wanted.word, text=wanted.text, key=key)
        try:
            typed = await _with_mentions(deps, typed, request.workspace_id)
            running = replace(request, incoming=typed, is_repeat=wanted.is_repeat)
            reply = await handler(running, deps)
            reply = await self._run(running, reply, deps) if isinstance(reply, RunCommand) else reply
        except (UnknownAccount, AmbiguousDate, RecordedAlready) as error:
            return Say(error_page(typed, error, self._deps.words))
        except Repeated:
            if not wanted.key:
                raise
            return Say(sentence_page(self._deps.words.say("answers.chosen_already")))
        # the receipt takes the place of the question whose button was pressed
        is_receipt = bool(wanted.key) and request.written.yes and isinstance(reply, Say) and not reply.public
        return replace(reply, replace=True) if isinstance(reply, Say) and is_receipt else reply


async def _with_mentions(deps: Deps, incoming: Incoming, workspace_id: str) -> Incoming:
    """The command with each plain `@name` of one person as a mention. Raises Unclear for a name of several people.

    Words that are recorded stay as typed: the reason in /account, and all words of /move and /signal.
    """
    because = BECAUSE.search(incoming.text) if incoming.word == "/account" else None
    searched = incoming.text[: because.start()] if because else incoming.text
    if incoming.kind != "command" or incoming.word in TELLING or not PLAIN_NAME.search(searched):
        return incoming
    people, reason = await deps.read(colleagues, workspace_id), incoming.text[len(searched) :]
    return replace(incoming, text=people.with_mentions(incoming.word, searched, reason) + reason)
