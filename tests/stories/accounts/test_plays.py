"""Plays: one that the tier does not allow is refused, one starts with its steps, is overdue, and gets its outcome.

Editors change and retire what is in the library, and do not undo each other's changes.
"""

from datetime import timedelta

from agendas.facts.plays import PlayEnd
from tests.stories.team import CHANNEL, Team


async def test_a_play_starts_with_its_steps_is_overdue_on_the_agenda_and_ends_with_what_the_buyer_did(team: Team):
    ann, bob = team.ann, team.bob
    await team.knows("Acme Corp", tier=1, marketing_partner=bob.id)
    await team.posts_review("acme")
    refused = await ann.types("/account acme plays start segment round table", in_=CHANNEL)
    assert "Segment round table is no play of tier 1, where Acme Corp is. Allowed there: Executive meeting, " in refused
    await ann.clicks("Start a play", on=await ann.types("/account acme plays", in_=CHANNEL))
    await team.form(ann)
    await team.submits(ann, play="second_thread")
    form = await team.form(ann)
    assert "3. Send that person something about their own part of the problem (marketing)" in form.words
    assert (await team.submits(ann, outcome_due_on="2026-12-04")).ok
    assert (
        "started the play Second thread (outbound motion) with 3 next actions · expected by 4 Dec"
        in team.private_words(ann)[-1]
    )
    assert [step.owner for step in team.state("Acme Corp").open_actions] == [ann.id, ann.id, bob.id]
    assert "*Play*" not in team.agenda("Acme Corp").words
    details = await team.details("Acme Corp")
    assert (
        "Second thread · outbound motion: 3 of 3 steps open, outcome due 4 Dec: Somebody in another required role"
        in details
    )
    assert "runs on Acme Corp already" in await bob.types("/account acme plays start second", in_=CHANNEL)

    await team.passes(timedelta(days=12))
    overdue = "*Play* Second thread: outcome 2 d late"
    assert overdue in await bob.types("/account acme", in_=CHANNEL)
    await bob.clicks("Record the outcome", on=await bob.types("/account acme plays", in_=CHANNEL))
    await team.form(bob)
    [run] = team.state("Acme Corp").plays
    assert not (await team.submits(bob, what="outcome", **{f"text/{run.id}": "Their COO took a call"})).ok
    assert (await team.submits(bob, what_shows_it="https://notes.example/call")).ok
    assert overdue not in await bob.types("/account acme", in_=CHANNEL)
    [run] = team.state("Acme Corp").plays
    assert (run.end, run.outcome) == (PlayEnd.OUTCOME, "Their COO took a call")


async def test_editors_add_a_play_of_their_own_and_undo_takes_a_started_one_back_with_its_steps(team: Team) -> None:
    ann, _ = team.ann, await team.knows("Acme Corp", tier=3)
    await ann.clicks("Add a play", on=await ann.types("/abm plays 3", in_=CHANNEL))
    form = await team.form(ann)
    own = {"name": "Site visit", "tiers": ["3"], "motion": "product", "outcome": "They came", "days": "20"}
    assert not (await team.submits(ann, **own, steps="Invite them")).ok
    assert form.errors["Steps"].startswith('Line 1, "Invite them", is no step. Write FUNCTION, DAYS: TEXT')
    await team.submits(ann, steps="sales, 7: Invite them")
    await ann.closes()
    assert "*Site visit* · tier 3 · product motion, your own" in await ann.types("/abm plays 3", in_=CHANNEL)

    await ann.types("/account acme plays start site", in_=CHANNEL)
    await team.form(ann)
    await team.submits(ann)
    assert [step.text for step in team.state("Acme Corp").open_actions] == ["Invite them"]
    await ann.clicks("Undo", on=await ann.sees("started the play Site visit", in_=CHANNEL))
    await team.quiet()
    state = team.state("Acme Corp")
    assert (state.plays, state.open_actions) == ((), ())


async def test_two_editors_change_one_play_and_neither_undoes_what_the_other_changed(team: Team) -> None:
    ann, bob, dan = team.ann, team.bob, team.dan
    await team.knows("Acme Corp", tier=3)
    await ann.types("/account acme plays start watch", in_=CHANNEL)
    await team.form(ann)
    for person in (bob, dan):
        await team.presses(person, "plays.change", "watch", on=await person.types("/abm plays 3", in_=CHANNEL))
        await team.form(person)
    await team.submits(bob, Steps="marketing, 7: Invite them\nmarketing, 60: Propose tier 2", outcome="They came")
    assert not (await team.submits(dan, outcome="They asked to talk", days="80")).ok
    said = "Somebody changed this while the form was open, so nothing was saved. Close the form and open it again."
    assert dan.form.errors == {"What the buyer is to do": said}
    await team.submits(dan, outcome="Somebody of theirs asked to talk")
    listed = await ann.types("/abm plays 3", in_=CHANNEL)
    assert "Outcome within 80 days: They came" in listed
    assert "marketing, in 7 days: Invite them" in listed

    assert not (await team.submits(ann)).ok
    [told] = ann.form.errors.values()
    assert told == (
        "The steps of Watch and help were changed while this form was open, so nothing was started. "
        "Close it and start the play anew."
    )
    await ann.closes()
    await team.presses(ann, "plays.change", "watch", on=listed)
    await team.form(ann)
    await team.submits(ann, state="retired")
    assert "Watch and help is retired" in ann.form.words
    assert "Watch and help was retired. Allowed there: " in await bob.types(
        "/account acme plays start watch", in_=CHANNEL
    )


async def test_a_play_to_which_the_buyer_did_nothing_ends_with_none_by_its_date_and_not_before(team: Team) -> None:
    ann, bob, _ = team.ann, team.bob, await team.knows("Acme Corp", tier=2)
    await ann.types("/account acme plays start second thread", in_=CHANNEL)
    await team.form(ann)
    assert (await team.submits(ann, outcome_due_on="2026-12-04")).ok
    await bob.clicks("Record the outcome", on=await bob.types("/account acme plays", in_=CHANNEL))
    form = await team.form(bob)
    assert "None by 4 Dec" in form.words
    assert not (await team.submits(bob, what="none")).ok
    assert form.errors == {
        "How it ended": "The outcome may come until 4 Dec. Record what the buyer did, or that the play was "
        "stopped and why."
    }
    await bob.closes()

    await team.passes(timedelta(days=11))
    touched_at = team.state("Acme Corp").last_buyer_touch_at
    page = await bob.types("/account acme plays", in_=CHANNEL)
    await bob.clicks("Record the outcome", on=page)
    await team.form(bob)
    assert (await team.submits(bob, what="none")).ok
    assert "Second thread" in team.private_words(bob)[-1]
    page = await ann.types("/account acme plays", in_=CHANNEL)
    assert "Second thread (outbound motion), 24 Nov to Sat 5 Dec: none by Fri 4 Dec" in page
    state = team.state("Acme Corp")
    [run] = state.plays
    assert (run.end, run.outcome, state.last_buyer_touch_at) == (PlayEnd.NONE, "", touched_at)
    assert len(state.open_actions) == 3


async def test_a_change_of_tier_names_the_plays_that_the_new_tier_does_not_allow(team: Team) -> None:
    ann, _ = team.ann, await team.knows("Acme Corp", tier=1)
    for play in ("executive meeting", "pilot"):
        await ann.types(f"/account acme plays start {play}", in_=CHANNEL)
        await team.form(ann)
        await team.submits(ann)
    await team.posts_review()
    assert "no play of tier" not in team.agenda("Acme Corp").words
    told = (
        "Executive meeting runs on Acme Corp and is no play of tier 2: let it go on, or record its outcome as stopped."
    )
    receipt = await ann.types("/account tier acme tier 2 because They shrank", in_=CHANNEL)
    assert told in receipt
    assert "Pilot with a measure runs on" not in receipt
    await team.quiet()
    [line] = [each for each in team.agenda("Acme Corp").words.split("\n") if "*Play* Executive meeting" in each]
    assert line.endswith("no play of tier 2")
    await ann.clicks("Record the outcome", on=receipt)
    await team.form(ann)
    meeting = next(run for run in team.state("Acme Corp").plays if run.play == "executive_meeting")
    assert (await team.submits(ann, what="stopped", **{f"text/{meeting.id}": "Too small for it now"})).ok
    assert "no play of tier" not in team.agenda("Acme Corp").words

    await team.agenda_form(ann, "Decide", "Acme Corp")
    await team.submits(ann, decision="change_tier", text="They shrank again", tier="3")
    seen = await ann.sees("Pilot with a measure runs on Acme Corp and is no play of tier 3", in_=CHANNEL)
    assert "decision: Tier 2 → 3" in seen
