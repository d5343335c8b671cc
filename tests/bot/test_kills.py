"""A process killed again and again, each time right after Slack took a message, posts everything once."""

from pathlib import Path

import pytest

from sandbox.server import Sandbox
from storage import outbox
from storage.engine import Store
from tests.bot.processes import MANIFEST, started
from tests.storage.letters import letter

CHANNELS = [f"c{number}" for number in range(4)]
LETTERS = 12
KILLED_AT = (1, 4, 7)
"""How many messages are there when the process is killed, before it heard that the last one was taken."""


def texts(sandbox: Sandbox) -> list[str]:
    return [message.text for name in CHANNELS for message in sandbox.channel_state(name).messages]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_process_killed_after_each_post_loses_and_doubles_nothing(
    database_url: str, store: Store, tmp_path: Path
) -> None:
    async with Sandbox(manifest=MANIFEST) as sandbox:
        for name in CHANNELS:
            sandbox.add_channel(name)
        with store.writing() as session:
            for number in range(LETTERS):
                now = sandbox.workspace.now()
                queued = letter(
                    f"k{number}",
                    workspace_id=sandbox.workspace.team.id,
                    channel_id=sandbox.channel_state(CHANNELS[number % 4]).id,
                    page="said",
                    subject={"messages": [{"text": str(number), "blocks": []}]},
                    created_at=now,
                    due_at=now,
                )
                outbox.queue(session, queued)
        for count in KILLED_AT:
            process = await started(sandbox, database_url=database_url, folder=tmp_path)
            assert await sandbox.changed.until(lambda count=count: len(texts(sandbox)) >= count, seconds=30)
            process.kill()
            await process.communicate()
        process = await started(sandbox, database_url=database_url, folder=tmp_path)
        assert await sandbox.changed.until(lambda: len(texts(sandbox)) >= LETTERS, seconds=30)
        process.terminate()
        await process.communicate()
        assert sorted(texts(sandbox), key=int) == [str(number) for number in range(LETTERS)]
        assert store.read_now(outbox.depth) == 0
