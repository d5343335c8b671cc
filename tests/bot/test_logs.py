import io
import json
import logging
import re
from contextvars import copy_context

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.logger import get_bolt_logger
from slack_sdk.errors import SlackApiError
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from agendas.facts.program import log_with
from bot.logs import set_up_logs
from storage.database import Store
from tests.cases import cases


def lines(style: str, *, secrets: tuple[str, ...] = ()) -> tuple[io.StringIO, logging.Logger]:
    stream = io.StringIO()
    set_up_logs(level="INFO", style="json" if style == "json" else "text", secrets=secrets, stream=stream)
    return stream, logging.getLogger("cadence.test")


def test_text_shows_the_event_and_its_facts_on_one_line() -> None:
    stream, log = lines("text")
    log.info("letter_sent", extra={"letter": 7})
    assert stream.getvalue().endswith("INFO cadence.test letter_sent letter=7\n")


def test_json_holds_the_same_facts_as_fields() -> None:
    stream, log = lines("json")
    log.info("letter_sent", extra={"letter": 7})
    line = json.loads(stream.getvalue())
    assert (line["event"], line["letter"], line["level"], line["logger"]) == ("letter_sent", 7, "INFO", "cadence.test")


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_traceback_is_kept_and_secrets_are_struck_out_of_it(style: str) -> None:
    stream, log = lines(style, secrets=("hidden-key",))
    try:
        raise RuntimeError("the key hidden-key is wrong, and so are xoxb-1-2 and xapp-1-A")
    except RuntimeError:
        log.exception("failed", extra={"key": "hidden-key"})
    assert "RuntimeError: the key *** is wrong, and so are *** and ***" in stream.getvalue()
    assert [part in stream.getvalue() for part in ("hidden-key", "xoxb", "xapp")] == [False] * 3


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("secret", ['pass"word', "pass\\word", "passwörd", "pass'\"word", "pass\tword"])
def test_secrets_are_struck_out_also_where_the_line_writes_their_characters_otherwise(style: str, secret: str) -> None:
    stream, log = lines(style, secrets=(secret,))
    try:
        raise OSError(f"cannot log in with {secret}")
    except OSError:
        log.exception(f"failed with {secret}", extra={"key": secret, "keys": [secret], "of": {"a": secret}})
    line = stream.getvalue()
    assert not re.search(r"w(o|ö|\\u00f6)rd", line)
    assert line.count("***") == 5


def test_tickets_and_response_urls_are_struck_out_whoever_logs_them() -> None:
    stream, _ = lines("text")
    for url in ("wss://wss.slack.com/link/?ticket=1a-2b&app_id=3", "https://hooks.slack.com/commands/T1/2/abc"):
        logging.getLogger("slack_sdk.web").error("failed at %s", url)
    said = [line.rpartition(" ")[2] for line in stream.getvalue().splitlines()]
    assert said == ["wss://wss.slack.com/link/?ticket=***&app_id=3", "https://hooks.slack.com/***"]


def test_a_line_carries_the_facts_of_the_work_that_logs_it() -> None:
    def work() -> None:
        log_with(request_id="1a2b3c4d")
        log.info("inside", extra={"letter": 7})

    stream, log = lines("text")
    copy_context().run(work)
    log.info("outside")
    assert [line.split(" ", 3)[3] for line in stream.getvalue().splitlines()] == [
        "inside request_id=1a2b3c4d letter=7",
        "outside",
    ]


def logged(error: Exception, *, logger: str = "cadence.test") -> str:
    """Return the log of an error that led to another one."""
    stream, _ = lines("text")
    try:
        try:
            raise error
        except Exception as cause:
            raise KeyError("Acme Corp") from cause
    except KeyError as failed:
        logging.getLogger(logger).exception(f"work failed ({failed})")
    return stream.getvalue()


@cases(
    ("error", "said"),
    [
        (ValueError("no number: Acme Corp"), "ValueError: (its text is left out"),
        (ValueError(), "ValueError\n"),
        (TypeError("an int is needed"), "TypeError: an int is needed"),
        (FileNotFoundError(2, "No such file", "cadence.db"), "FileNotFoundError: [Errno 2] No such file: 'cadence.db'"),
        (SlackApiError("refused", {"ok": False, "error": "not_in_channel", "text": "Acme Corp"}), "Slack said "),
        (ExceptionGroup("Acme Corp", [ValueError("Acme Corp"), TypeError("inside")]), "TypeError: inside"),
    ],
)
def test_an_error_tells_its_kind_and_place_and_nothing_that_people_wrote(error: Exception, said: str) -> None:
    shown = logged(error, logger="slack_bolt.app")
    assert said in shown
    assert "KeyError: (its text is left out" in shown
    assert shown.count("in logged") == 2
    assert "Acme Corp" not in shown.replace('raise KeyError("Acme Corp") from cause', "")


def test_an_error_of_the_database_tells_its_cause_without_values(store: Store) -> None:
    stream, log = lines("text")
    installation = text("insert into workspace (id, name) values (:id, :name)")
    for _ in range(2):
        try:
            store.write_now(lambda session: session.execute(installation, {"id": "T1", "name": "Acme Corp"}))
        except IntegrityError:
            log.exception("failed")
    assert "IntegrityError: " in stream.getvalue()
    assert "workspace" in stream.getvalue()
    assert "Acme Corp" not in stream.getvalue().replace('"name": "Acme Corp"', "")


def test_of_a_library_only_the_first_line_is_shown() -> None:
    stream, _ = lines("text")
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: ValueError('Acme Corp')")
    assert stream.getvalue().endswith("ERROR asyncio Task exception was never retrieved\n")


def test_libraries_are_heard_only_when_something_is_wrong() -> None:
    stream, _ = lines("text")
    logging.getLogger("slack_sdk.web").info("a payload")
    bolt = get_bolt_logger(AsyncApp)
    bolt.warning("a choice of ours")
    bolt.error("a listener failed")
    logging.getLogger("slack_sdkish").info("not one of these")
    said = [line.split(maxsplit=3)[3] for line in stream.getvalue().splitlines()]
    assert said == ["a listener failed", "not one of these"]
