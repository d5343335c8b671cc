"""The pace of a channel: what everybody sees there counts, and nothing that one person sees."""

import shutil
from dataclasses import replace
from pathlib import Path

from storage.database import Store
from tests.builders import CHANNEL
from tests.handlers.acts import acts_in
from tests.handlers.local_bot import install, local_bot
from tests.program import stored_program


async def test_private_answers_to_clicks_count_in_no_channels_pace_and_a_shared_one_does(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    acts = acts_in(stored_program(store))
    install(store)
    async with local_bot(store) as at:
        for _ in range(26):
            await at.takes(replace(acts, number=at.number()).of(("button", "account.history")))
        assert len(at.slack.calls) >= 26
        assert at.posted == []
        await at.takes(replace(acts, number=at.number()).of(("button", "account.share")))
        assert at.posted == [(CHANNEL, 1)]
    store.close()
