"""Share below the answer to `/abm ask`: everybody in the channel is shown what they may see, and no name beside it."""

from dataclasses import replace
from pathlib import Path

from tests.builders import ANN
from tests.handlers.acts import Acts
from tests.handlers.local_bot import LocalBot, local_bot
from tests.handlers.worlds import two_worlds


async def shares(at: LocalBot, acts: Acts, question: str) -> str:
    values = acts.values | {"ask.share": question}
    answer = await at.takes(replace(acts, actor=ANN, values=values, number=at.number()).of(("button", "ask.share")))
    return f"{answer.body} {at.slack.told()}"


async def test_a_question_about_an_account_that_not_everybody_sees_is_not_shared(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    private, twin = two_worlds(migrated_sqlite, tmp_path)
    async with local_bot(private.program.store) as at:
        for question in (
            "how is acme",
            "compare acme and globex",
            "what blocks Acme Corp",
            "pause acme",
            "How is Acme? Which accounts are stalled?",
            "How is Acme Corp? How is Globex?",
        ):
            said = await shares(at, private.acts, question)
            assert "nothing was shared" in said, question
            assert "in_channel" not in said, question
            assert f"asked: {question}" not in said, question
        assert "asked: how is globex" in await shares(at, private.acts, "how is globex")
    for each in (private, twin):
        each.program.store.close()
