"""OpenAI's library is loaded with a key alone, and PostgreSQL's driver not before such a database is used."""

import subprocess
import sys

import pytest

LOADED = """
import sys
import bot.__main__, bot.cli.doctor, handlers, assistant.answer
from bot.questions import model_server
from bot.settings import Settings
server = model_server(Settings(openai_api_key=sys.argv[1], openai_model="small"))
print(server is not None, sorted({"openai", "httpx2", "psycopg"} & sys.modules.keys()))
"""


@pytest.mark.parametrize(
    ("key", "printed"),
    [("", "False []"), pytest.param("any", "True ['httpx2', 'openai']", marks=pytest.mark.proof)],
)
def test_the_library_is_loaded_with_a_key_alone(key: str, printed: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, key], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == printed
