import re

from agendas.verbs import updates
from sandbox.faults import Fault
from tests.stories.team import Team

UPDATES = 14
WORDS = [f"w{number:04}&<" for number in range(5_040)]
"""All the text typed, with characters that Slack wants escaped; no word is like another."""
TROUBLE = (
    Fault(status=429, error="ratelimited", retry_after=2),
    Fault(cut="after"),
    Fault(),
    Fault(cut="before"),
    Fault(status=503, carried_out=True),
    Fault(),
    Fault(error="internal_error"),
    Fault(error="internal_error", carried_out=True),
)


def typed() -> list[str]:
    each = len(WORDS) // UPDATES
    return [" ".join(WORDS[number * each : (number + 1) * each]) for number in range(UPDATES)]


async def test_no_word_of_forty_thousand_characters_is_lost_or_doubled_though_slack_is_in_trouble(team: Team) -> None:
    team.expects_trouble = True
    number = await team.knows("Initech")
    await team.posts_review()
    for fault in TROUBLE:
        team.sandbox.faults.add("chat.postMessage", fault)
    for text in typed():
        await team.did(updates.move, number, text=text, evidence=())
    await team.quiet()
    assert team.letters("refused", "unsure", "dropped") == []
    assert_all_is_there_in_order(team)


def assert_all_is_there_in_order(team: Team) -> None:
    assert sum(map(len, typed())) >= 40_000
    lines = [reply.words for reply in team.agenda("Initech").thread]
    assert len(lines) == UPDATES
    assert re.findall(r"w\d{4}&<", " ".join(lines)) == WORDS
