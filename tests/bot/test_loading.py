"""What is loaded to run the bot."""

import subprocess
import sys

NOT_NEEDED = (
    "agendas.verbs.imports.preview",
    "alembic",
    "cryptography",
    "mako",
    "rapidfuzz",
    "rich",
    "slack_sdk.socket_mode",
    "sqlalchemy.dialects.postgresql",
    "statistics",
)
"""Each takes time at the start, and memory for as long as the bot runs."""


def test_running_the_bot_loads_nothing_that_only_some_starts_or_commands_need() -> None:
    asked = "import sys, bot.__main__, bot.cli.run; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "sqlalchemy" in loaded
    assert [name for name in NOT_NEEDED if name in loaded] == []
