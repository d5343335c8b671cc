"""A sandbox for each test, apps by Socket Mode and HTTP, and the sample in a database."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.delivery import SHORT_RETRY_WAITS
from sandbox.server import Sandbox
from storage.database import Store
from tests.sandbox.http_app import Listener, listening_to
from tests.sandbox.stored_sample import Sample, seeded


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(
        manifest=Path(__file__).parent / "app.yaml", retry_waits=SHORT_RETRY_WAITS, has_rate_limits=False
    ) as running:
        ann = running.add_user("ann", real_name="Ann Sample", tz="Europe/London")
        running.add_channel("abm", members=[ann, running.add_user("ben", real_name="Ben Sample")])
        yield running


@pytest.fixture
async def app(sandbox: Sandbox) -> AsyncIterator[AsyncApp]:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, session=session)
        bolt = AsyncApp(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)
        handler = AsyncSocketModeHandler(bolt, sandbox.app_token, web_client=client)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await sandbox.connected()
        yield bolt
        await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.fixture
async def listener(sandbox: Sandbox) -> AsyncIterator[Listener]:
    """An app over HTTP that records requests; events are repeated without a pause."""
    sandbox.slack.delivery.retry_waits = (0.0, 0.0, 0.0)
    async with listening_to(sandbox) as heard:
        yield heard


@pytest.fixture(scope="session")
def written(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """The sample, written once, to read or to copy."""
    path = tmp_path_factory.mktemp("seeded") / "cadence.db"
    store = Store(f"sqlite:///{shutil.copy(migrated_sqlite, path)}")
    yield seeded(store)
    store.close()
