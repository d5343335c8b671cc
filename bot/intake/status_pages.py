"""The pages `/readyz` and `/metrics`."""

from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agendas.rules.reviews.lateness import ON_TIME_BELOW
from bot.clock import Clock
from bot.health.checks import DATABASE_SECONDS, Health
from bot.health.metrics import Metrics, Reading, Stored
from bot.health.single_flight import SingleFlight
from storage import diagnostics
from storage.database.engine import Store
from storage.delivery import outbox


class StatusPages:
    """Answers within seconds, even while the database hangs. `own_id` returns the workspace of SLACK_BOT_TOKEN."""

    def __init__(
        self, health: Health, metrics: Metrics, store: Store, clock: Clock, *, own_id: Callable[[], str]
    ) -> None:
        self.health = health
        self._metrics = metrics
        self._store = store
        self._clock = clock
        self._own_id = own_id
        self._stored = SingleFlight(self._read)

    @property
    def metrics_route(self) -> Route:
        """The route that Prometheus reads."""
        return Route("/metrics", self._metrics_page)

    async def ready(self) -> str:
        """Return what keeps the bot from its work, one sentence a line; "" when it is ready."""
        return "\n".join(await self.health.troubles())

    async def _metrics_page(self, _request: Request) -> Response:
        loops, socket, database = self.health.loops, self.health.slack.socket, self.health.database
        database.write_check.start()
        reading = Reading(
            now=self._clock.now(),
            stored=await self._stored.result(timeout_seconds=DATABASE_SECONDS),
            takes_writes=not database.write_trouble,
            tick_age_seconds=loops.schedule.age_seconds,
            delivery_age_seconds=loops.delivery.age_seconds,
            connected=None if socket is None else await socket.is_connected(),
        )
        return Response(self._metrics.page(reading), headers={"content-type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _read(self) -> Stored | None:
        """Return the figures in the database, None when it cannot be read."""

        def read(session: Session) -> Stored:
            now = self._clock.now()
            oldest = diagnostics.backlog(session, due_before=now).oldest_due_at
            slots = diagnostics.slots(session, now=now, allowed=ON_TIME_BELOW)
            found = diagnostics.installations(session, own_id=self._own_id())
            return Stored(outbox.count_pending(session), oldest, slots, found)

        try:
            return await self._store.read(read)
        except SQLAlchemyError:
            return None
