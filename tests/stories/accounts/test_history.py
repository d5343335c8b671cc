from datetime import timedelta

import pytest

from agendas.facts.events import evidences
from tests.stories.beginning import START
from tests.stories.team import CHANNEL, Team


@pytest.mark.proof
async def test_every_way_of_recording_says_where_it_came_from(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.ann.types("/move initech by command", in_=CHANNEL)
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.submits(team.ann, text="by form")
    await team.bob.clicks("No change", on=team.agenda("Initech"))
    await team.ann.runs("log_to_account", on=await team.ann.says("The CFO said yes", in_=CHANNEL))
    await team.form(team.ann)
    await team.picks_account(team.ann, "Initech")
    await team.submits(team.ann)
    await team.submits(team.ann)
    assert [event.source for event in team.recorded()[2:]] == ["command", "modal", "button", "shortcut"]
    assert [event.actor for event in team.recorded()[2:]] == [team.ann.id, team.ann.id, team.bob.id, team.ann.id]
    history = await team.ann.types("/account initech history", in_=CHANNEL)
    for source in ("(command)", "(form)", "(button)", "(shortcut)"):
        assert source in history, source


async def test_the_history_keeps_what_was_undone_struck_out_and_the_card_leaves_it_out(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.clicks("Undo", on=await team.ann.types("/move initech hello there", in_=CHANNEL))
    await team.ann.sees("Taken back", in_=CHANNEL)
    card = await team.ann.types("/account initech", in_=CHANNEL)
    assert "Last recorded" in card
    assert "hello there" not in card
    assert "took back" not in card
    history = await team.ann.types("/account initech history", in_=CHANNEL)
    assert "• ~Tue 24 Nov @ann (command): news: hello there~ taken back Tue 24 Nov by @ann" in history
    assert [event.kind for event in team.recorded()] == ["nominated", "list_changed", "moved", "corrected"]


async def test_each_event_has_both_its_times_and_its_evidence(team: Team) -> None:
    await team.knows("Initech")
    await team.passes(timedelta(hours=5))
    await team.ann.types("/move initech to engaged The CFO joined https://notes.example/1", in_=CHANNEL)
    event = team.recorded()[-1]
    assert event.happened_at == event.recorded_at
    assert event.recorded_at - START > timedelta(hours=5)
    [evidence] = evidences.validate_python(event.evidence)
    assert (evidence.url, evidence.dated_at) == ("https://notes.example/1", event.recorded_at)
