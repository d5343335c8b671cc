"""The one place that touches ack, respond and client: takes what arrives, runs its handler, carries out the reply."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from time import perf_counter
from typing import Any, TypeVar

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from sqlmodel import Session

from agendas.errors import CadenceError
from agendas.facts.account import PersonFacts
from agendas.facts.log import log_with
from agendas.pages.admin.trouble import failure_page
from handlers import incoming
from handlers.access import NotIdentified, admit, name_admins
from handlers.answers import Answers, workspace_of
from handlers.deps import Deps, Repeated
from handlers.replies import Nothing, Reply, Say
from handlers.request import Request
from handlers.routes import Handler, Looking, Routes
from handlers.trouble import not_known, refusal
from handlers.unknown import CAME
from storage.database.errors import problem_of

ANSWER_WITHIN_SECONDS = 2.0
"""Slack waits three seconds; after two an empty acknowledgement goes out and the answer follows by response URL."""

T = TypeVar("T")

log = logging.getLogger("cadence.edge")


class Edge:
    """Between Bolt and the handlers. Holds the tasks that are still running after their acknowledgement."""

    def __init__(self, deps: Deps, routes: Routes, *, answer_within_seconds: float = ANSWER_WITHIN_SECONDS) -> None:
        self._deps = deps
        self._routes = routes
        self._patience = answer_within_seconds
        self._tasks: set[asyncio.Task[Any]] = set()

    async def act(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """What a person does and is answered: a command, click, form, shortcut, or a select that asks for options."""
        await self._serve(context[CAME], body, ack, context)

    async def event(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """An event. Raises what its handler raises, so that Slack sends the event again."""
        came, request_id, began_at = context[CAME], secrets.token_hex(4), perf_counter()
        log_with(request_id=request_id)
        outcome = "failed"
        try:
            outcome = await self._take_in(came, body, context, request_id)
        finally:
            self._tell(came, outcome, began_at)

    async def drain(self, seconds: float) -> None:
        """Waits for the answers under way, `seconds` at most; what is left then is cancelled."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()

    async def _serve(
        self, came: incoming.Incoming, body: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext
    ) -> None:
        """Runs the handler and answers in the acknowledgement, or after it when the handler takes too long."""
        if self._routes.is_choice(came.kind, came.word):
            await self._acknowledge_choice(came, ack)
            return
        request_id = secrets.token_hex(4)
        log_with(request_id=request_id)
        answers = Answers(came, context, self._deps)
        work = self._hold(self._work_out(came, body, context, request_id))
        await asyncio.wait({work}, timeout=self._patience)
        if work.done():
            following = await answers.in_ack(ack, work.result())
            if following is not None:
                self._hold(following)
        else:
            await answers.ack_before(ack)
            self._hold(answers.late(work))

    async def _acknowledge_choice(self, came: incoming.Incoming, ack: AsyncAck) -> None:
        """Nothing is done about a choice, so it is counted and not logged: the form that is submitted has it."""
        began_at = perf_counter()
        await ack()
        self._deps.after_request(came.kind, "done", perf_counter() - began_at)

    def _hold(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """The task of this work, kept until it is done: the loop itself keeps no strong reference."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _take_in(
        self, came: incoming.Incoming, body: dict[str, Any], context: AsyncBoltContext, request_id: str
    ) -> str:
        """Serves an event; its outcome. Raises what its handler raises."""
        notice = self._routes.notices.get(came.word)
        if notice is not None:
            await notice(came, body, workspace_of(context), self._deps)
        handler = self._routes.find(came.kind, came.word)
        if handler is None or not came.user_id or not incoming.is_from_person(body["event"]):
            return "done" if notice is not None else "unheard"
        outcome = "done"
        try:
            reply = await self._handle(handler, came, body, context, request_id=request_id)
        except Repeated:
            return "repeated"
        except CadenceError as error:
            if isinstance(error, NotIdentified) and error.is_passing:
                raise
            outcome = "refused"
            reply = await self._routes.refuse_event(came, body, error, self._deps, workspace_id=workspace_of(context))
        await Answers(came, context, self._deps).to_event(reply)
        return outcome

    async def _work_out(
        self, came: incoming.Incoming, body: dict[str, Any], context: AsyncBoltContext, request_id: str
    ) -> Reply:
        """The handler's reply, or the sentence that says why there is none."""
        began_at, outcome = perf_counter(), "done"
        reply: Reply = Nothing()
        handler = self._routes.find(came.kind, came.word)
        try:
            if handler is None:
                outcome, reply = "unheard", not_known(came, self._deps.words)
            else:
                reply = await self._handle(handler, came, body, context, request_id=request_id)
        except Repeated:
            outcome = "repeated"
        except CadenceError as error:
            outcome = "refused"
            reply = Nothing() if came.is_silent else refusal(came, error, body, self._deps.words)
        except Exception as error:  # the last resort: the person must hear of it, and the log must show it
            outcome = "failed"
            facts = {"request_id": request_id, "kind": came.kind, "word": self._routes.known(came.kind, came.word)}
            log.exception("failed", extra=facts)
            reply = Say(failure_page(request_id, self._deps.words, problem_of(error) or ""))
        self._tell(came, outcome, began_at)
        return reply

    def _tell(self, came: incoming.Incoming, outcome: str, began_at: float) -> None:
        """Logs the request, by words of ours alone, and reports how long it took."""
        seconds = perf_counter() - began_at
        known = self._routes.known(came.kind, came.word) or (came.word if came.word in self._routes.notices else "")
        facts = {"kind": came.kind, "word": known, "outcome": outcome, "milliseconds": round(seconds * 1000, 1)}
        log.info("served", extra=facts)
        self._deps.after_request(came.kind, outcome, seconds)

    async def _handle(
        self,
        handler: Handler,
        came: incoming.Incoming,
        body: dict[str, Any],
        context: AsyncBoltContext,
        *,
        request_id: str,
    ) -> Reply:
        """The handler's reply. Raises what it raises; a refusal then knows the admins who can help."""
        looking = handler if isinstance(handler, Looking) else None
        try:
            request, found = await self._admitted(
                came, body, context, request_id, look=looking.look if looking else None
            )
            return await (looking.show(request, self._deps, found) if looking else handler(request, self._deps))
        except CadenceError as error:
            await name_admins(self._deps, error, workspace_of(context))
            raise

    async def _admitted(
        self,
        came: incoming.Incoming,
        body: dict[str, Any],
        context: AsyncBoltContext,
        request_id: str,
        *,
        look: Callable[[Session, Request], Any] | None,
    ) -> tuple[Request, Any]:
        """The request of somebody who may ask, and what `look` finds for it. Raises what either raises."""
        now, workspace_id = self._deps.now(), workspace_of(context)

        def then(session: Session, person: PersonFacts) -> tuple[Request, Any]:
            request = Request(
                kind=came.kind,
                word=came.word,
                workspace_id=workspace_id,
                person=person,
                now=now,
                request_id=request_id,
                key=came.key,
                channel_id=came.channel_id,
                text=came.text,
                value=came.value,
                place=came.place,
                trigger_id=came.trigger_id,
                message_ts=came.message_ts,
                payload=body,
            )
            return request, look and look(session, request)

        return await admit(
            self._deps,
            context.client,
            workspace_id=workspace_id,
            user_id=came.user_id,
            home_team_id=came.home_team_id,
            now=now,
            then=then,
        )
