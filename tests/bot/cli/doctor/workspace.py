"""A workspace for the doctor to check, and its findings."""

import asyncio
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.__main__ import main
from bot.clock import SystemClock
from sandbox.server import Sandbox
from storage import people, workspaces
from storage.database import Store
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Cadence
from storage.models.workspaces import Channel
from storage.people import SlackUser
from storage.workspaces import Installation

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LINE = re.compile(r"(ok|look|wrong) +(.+?)  +(.*)")


class ExaminedWorkspace:
    """A workspace, its database, and the doctor's findings about them."""

    def __init__(self, sandbox: Sandbox, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.sandbox = sandbox
        self.path = path
        self.status = -1
        self.printed = self.said = ""
        self._capsys = capsys
        self.store = Store(f"sqlite:///{path}")

    @property
    def workspace_id(self) -> str:
        return self.sandbox.workspace.team.id

    async def says(self) -> dict[str, list[tuple[str, str]]]:
        """Return verdict and text of each finding, by subject."""
        self.status = await asyncio.to_thread(main, ["doctor"])
        output = self._capsys.readouterr()
        self.printed, self.said = output.out, output.out + output.err
        found: dict[str, list[tuple[str, str]]] = {}
        subject = ""
        for line in self.said.splitlines():
            started = LINE.fullmatch(line)
            if started:
                verdict, subject, text = started.groups()
                found.setdefault(subject, []).append((verdict, text))
            elif line.startswith("     ") and subject:
                verdict, text = found[subject].pop()
                found[subject].append((verdict, f"{text} {line.strip()}"))
        return found

    def printed_now(self) -> str:
        """Return the output of another command since."""
        return self._capsys.readouterr().out

    def installed(self, *admins: str) -> None:
        """Store the workspace as if the bot had run here, with these people as admins."""
        workspace = self.sandbox.workspace
        users = [SlackUser(self.sandbox.person(name).id, home_team_id=self.workspace_id, name=name) for name in admins]

        def install(session: Session) -> None:
            found = Installation(self.workspace_id, "Sandbox", "", workspace.bot.id, workspace.bot_id)
            workspaces.save_installation(session, found, time_zone="UTC", now=NOON)
            people.save_users(session, self.workspace_id, users, NOON)
            for user in users:
                person = people.find(session, self.workspace_id, user.user_id)
                assert person is not None
                person.right = "admin"

        self.store.write_now(install)

    def reviews_in(self, *channels: str) -> None:
        """Give these channels a weekly review."""
        rows = [
            Cadence(
                workspace_id=self.workspace_id,
                channel_id=self.sandbox.channel_state(name).id if not name.startswith("C0") else name,
                rhythm="weekly",
                anchor_on=date(2026, 11, 24),
                local_time=time(10),
                zone="UTC",
                created_at=NOON,
            )
            for name in channels
        ]
        self.stores(rows)

    def stores(self, rows: Iterable[Cadence | Channel | Letter]) -> None:
        self.store.write_now(lambda session: session.add_all(rows))

    def letter(self, state: str) -> Letter:
        """Return a letter queued an hour ago."""
        at = SystemClock().now() - timedelta(hours=1)
        key = f"sample:{state}"
        return Letter(
            workspace_id=self.workspace_id,
            key=key,
            kind=LetterKind.POST,
            page="recap",
            created_at=at,
            due_at=at,
            state=state,
        )


def verdicts(found: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    return {subject: " ".join(verdict for verdict, _ in findings) for subject, findings in found.items()}
