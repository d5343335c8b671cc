"""The benchmarks' own sums: what passes, what is refused, and what a load of requests is found to be."""

import asyncio
import json
from pathlib import Path

import pytest

from bench import payloads
from bench.__main__ import main
from bench.harness import Figure, in_turn, report, write
from bench.load import Load, send


def test_a_figure_passes_up_to_its_reach_or_from_it() -> None:
    assert Figure("card", 3.5, 10.0, "ms", 0.35).passed
    assert not Figure("card", 3.6, 10.0, "ms", 0.35).passed
    assert Figure("cards", 4.0, 10.0, "1/s", 0.4, is_more_better=True).passed
    assert not Figure("cards", 3.9, 10.0, "1/s", 0.4, is_more_better=True).passed
    assert not Figure("nothing to compare with", 1.0, 0.0, "ms", 2.0).passed


def test_the_sides_of_a_comparison_take_turns() -> None:
    order: list[str] = []
    found = in_turn({side: lambda side=side: order.append(side) or len(order) for side in "ab"}, rounds=2)
    assert order == ["a", "b", "a", "b"]
    assert found == {"a": [1, 3], "b": [2, 4]}


def test_the_report_names_what_was_missed_and_the_file_tells_nothing_of_the_machine(tmp_path: Path) -> None:
    figures = [Figure("card", 5.0, 10.0, "ms", 0.35), Figure("move", 1.0, 10.0, "ms", 0.5)]
    assert [line.endswith("MISSED") for line in report(figures).splitlines()] == [False, True, False]
    write(figures, tmp_path / "latest.json")
    told = json.loads((tmp_path / "latest.json").read_text())
    assert set(told) == {"python", "libraries", "cores", "passed", "figures"}
    assert (told["passed"], told["figures"][0]["ratio"]) == (False, 0.5)


def test_a_word_that_is_no_group_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["everything"]) == 2
    assert "everything is no group of benchmarks" in capsys.readouterr().err


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Refuses every tenth request, by the number in its body."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]))
            status = b"500 No" if body.endswith(b"0") else b"200 OK"
            writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 2\r\n\r\nok")
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def test_a_load_counts_its_answers_and_its_errors() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    found = await send(Load(port, "number=@N@", "secret", seconds=0.05, connections=4, warm_up=20, first_number=1))
    server.close()
    assert found.answered_in_all >= found.answered + 20
    assert found.errors == pytest.approx(found.answered_in_all / 10, abs=2)
    assert found.shortest_body == 2
    assert found.per_second > 0


def test_a_payload_keeps_the_places_for_its_numbers() -> None:
    body = payloads.command("/move", "account-@M@ moved, call @N@")
    assert "command=%2Fmove" in body
    assert "@M@" in body
    assert body.count("@N@") == 2
    assert payloads.choice_in_form().count("@N@") == 2
