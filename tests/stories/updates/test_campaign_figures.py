from tests.stories.team import CHANNEL, Team

WHY = "Kept as a note: impressions, MQLs, clicks and sends are not movement."


async def test_figures_typed_as_movement_are_a_note_in_the_history_and_move_nothing(team: Team) -> None:
    await team.begins_review_of("Initech")
    figures = "12,000 impressions and 40 MQLs https://dash.example/q4"
    said = await team.ann.types(f"/move initech to engaged {figures}", in_=CHANNEL)
    assert said.startswith(f"*Recorded* for Initech: note: {figures}.")
    assert f"{WHY} Initech stays at target." in said
    await team.quiet()
    state = team.state("Initech")
    assert (state.stage, state.last_buyer_touch_at, state.last_movement_at) == ("target", None, None)
    assert (team.recorded()[-1].kind, team.recorded()[-1].evidence) == ("noted", [])
    agenda = team.agenda("Initech")
    assert "impressions" not in agenda.words
    assert "note: 12,000 impressions" in agenda.thread[-1].words
    assert "(command): note: 12,000 impressions" in await team.ann.types("/account initech history", in_=CHANNEL)
    await team.ann.clicks("Undo", on=said)
    await team.ann.sees("*Taken back* for Initech: note: 12,000 impressions", in_=CHANNEL)


async def test_figures_entered_in_the_form_are_a_note_too(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/move initech", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, stage="engaged", text="Q4 campaign: 43 clicks", evidence="https://dash.example/q4")
    said = team.private_words(team.ann)[-1]
    assert WHY in said
    assert "https://dash.example/q4" in said
    assert team.state("Initech").stage == "target"
