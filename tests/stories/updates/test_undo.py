from datetime import timedelta

from agendas.facts.account import Stage
from tests.stories.team import CHANNEL, Team


async def test_what_a_command_recorded_is_taken_back_with_one_click(team: Team) -> None:
    await team.begins_review_of("Initech")
    seen = await team.ann.types("/move initech to engaged The CFO joined https://notes.example/1", in_=CHANNEL)
    await team.quiet()
    assert "Engaged since today" in team.agenda("Initech").words
    await team.ann.clicks("Undo", on=seen)
    await team.ann.sees("Taken back", in_=CHANNEL)
    await team.quiet()
    assert team.state("Initech").stage is Stage.TARGET
    assert "Target since today" in team.agenda("Initech").words
    assert [event.kind for event in team.recorded()][-2:] == ["moved", "corrected"]
    thread = [line.words for line in team.agenda("Initech").thread]
    assert len(thread) == 2
    assert "took back" in thread[1] or "taken back" in thread[1]
    assert [each for each in team.private_words(team.ann) if "Undo" in each] == []


async def test_a_second_undo_and_a_late_one_change_nothing(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/blocker initech Legal is slow", in_=CHANNEL)
    payload_count = len(team.recorded())
    await team.ann.clicks("Undo", on=seen)
    await team.ann.sees("Taken back", in_=CHANNEL)
    again = team.sandbox.slack.delivery.log[-1].payload
    again["actions"][0]["action_ts"] = "1795532499.000100"
    await team.sandbox.slack.delivery.request("interactive", again)
    await team.ann.sees("taken back already", in_=CHANNEL)
    assert len(team.recorded()) == payload_count + 1
    late = await team.ann.types("/blocker initech Legal is slow", in_=CHANNEL)
    await team.passes(timedelta(minutes=10, seconds=1))
    await team.ann.clicks("Undo", on=late)
    refused = await team.ann.sees("more than ten minutes ago", in_=CHANNEL)
    assert len(team.state("Initech").open_blockers) == 1
    await team.ann.clicks("Correct an entry", on=refused)
    assert "Legal is slow" in (await team.form(team.ann)).words


async def test_a_nomination_by_mistake_is_answered_with_what_to_do_instead(team: Team) -> None:
    seen = await team.ann.types("/account nominate Foo because x", in_=CHANNEL)
    assert "If it should not be proposed, an editor rejects it: /account reject Foo because TEXT." in seen
    assert "Undo" not in seen
    assert [event.kind for event in team.recorded()] == ["nominated"]


async def test_an_earlier_step_that_is_taken_back_is_told_as_it_was_recorded(team: Team) -> None:
    await team.knows("Initech")
    first = await team.ann.types("/move initech to mqa great vibes", in_=CHANNEL)
    await team.ann.types("/move initech to opportunity it feels like it", in_=CHANNEL)
    await team.ann.clicks("Undo", on=first)
    await team.ann.sees("*Taken back* for Initech: moved target → MQA: great vibes.", in_=CHANNEL)
