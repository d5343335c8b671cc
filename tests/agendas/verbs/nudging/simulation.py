"""The clock put forward over a program: follow-ups, mornings and letters, each served when it is due."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from agendas.rendering.words import Words
from agendas.verbs import updates
from agendas.verbs.compose import compose
from agendas.verbs.nudging import look_after, look_at_morning
from storage import nudging
from storage.models.delivery import Letter, LetterKind, LetterState
from tests.agendas.golden import said_by
from tests.builders import ANN, ZONE
from tests.program import Program

WORDS = Words()
FAR = datetime(2100, 1, 1, tzinfo=UTC)
TUESDAY, WEDNESDAY = date(2026, 10, 6), date(2026, 10, 7)


@dataclass(frozen=True, slots=True)
class Got:
    """A direct message that somebody got, with the instant and its words."""

    user_id: str
    page: str
    at: datetime
    words: str

    def day(self, zone: str) -> str:
        """The local day and time."""
        return f"{self.at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"


@dataclass
class Simulation:
    """A program and its clock; `crashes` is called between the read and the write of each look."""

    program: Program
    now: datetime
    got: list[Got] = field(default_factory=list)
    crashes: Callable[[], bool] = lambda: False

    def runs_until(self, until: datetime) -> None:
        """Serve what falls due, in its order."""
        while (due_at := self._next_at()) <= until:
            self.now = max(self.now, due_at)
            self.looks()
            self._deliver()
        self.now = until

    def runs(self, **after: float) -> None:
        """Serve what falls due in that time."""
        self.runs_until(self.now + timedelta(**after))

    def to(self, user_id: str, page: str = "") -> list[Got]:
        """The messages that the person got."""
        return [each for each in self.got if each.user_id == user_id and page in ("", each.page)]

    def letters(self, page: str) -> list[Letter]:
        """All letters with that page."""
        query = select(Letter).where(Letter.page == page).order_by(col(Letter.id))
        return self.program.store.read_now(lambda session: list(session.exec(query)))

    def _next_at(self) -> datetime:
        def read(session: Session) -> datetime:
            letters = select(Letter.due_at).where(*_waiting()).order_by(col(Letter.due_at)).limit(1)
            found = (
                nudging.next_morning_at(session),
                nudging.next_follow_up_at(session),
                session.exec(letters).first(),
            )
            return min((each for each in found if each is not None), default=FAR)

        return self.program.store.read_now(read)

    def looks(self) -> None:
        """Serve the looks that are due."""
        store = self.program.store
        for find, look in ((nudging.due_follow_ups, look_after), (nudging.due_mornings, look_at_morning)):
            for number in store.read_now(find, self.now, 200):
                write = store.read_now(look, number, self.now)
                if not self.crashes():
                    store.write_now(write)

    def _deliver(self) -> None:
        def send(session: Session) -> None:
            for letter in session.exec(select(Letter).where(*_waiting(), col(Letter.due_at) <= self.now)):
                sent = compose(session, letter, words=WORDS, now=self.now)
                letter.state, letter.sent_at = LetterState.SENT if sent else LetterState.DROPPED, self.now
                session.add(letter)
                if sent:
                    self.got.append(Got(letter.user_id, letter.page, self.now, said_by(sent)))

        self.program.store.write_now(send)


def _waiting() -> tuple[object, ...]:
    return (Letter.state == LetterState.WAITING, Letter.kind == LetterKind.DIRECT)


def opens(simulation: Simulation, by: str = ANN, **values: str) -> int:
    """The event of a blocker that needs an executive, opened now."""
    wanted = {"text": "Liability cap", "needs": "executive"} | values
    acme = simulation.program.accounts["acme"]
    return simulation.program.did(updates.open_blocker, by, simulation.now, acme, **wanted).event.id


def did(simulation: Simulation, verb: Callable[..., object], who: str, blocker_id: int, **values: str) -> None:
    """Let the person settle the blocker now by the verb."""
    simulation.program.did(verb, who, simulation.now, simulation.program.accounts["acme"], blocker_id, **values)


def days(simulation: Simulation, user_id: str, page: str = "digest") -> list[date]:
    """The days on which the person got a message with that page."""
    return [each.at.astimezone(ZoneInfo(ZONE)).date() for each in simulation.to(user_id, page)]
