from datetime import timedelta

from sandbox.testing import MessageView
from tests.stories.team import CHANNEL, Team


async def says(team: Team, person: str, text: str, *, below: MessageView) -> None:
    await getattr(team, person).says(text, in_=CHANNEL, thread=below)
    await team.quiet()


def receipts(agenda: MessageView) -> list[str]:
    return [each.words for each in agenda.thread if each.words.startswith("\u2713")]


def kinds(team: Team) -> list[tuple[str, str]]:
    return [(each.kind, each.source) for each in team.recorded()][-3:]


async def test_replies_have_one_receipt_that_follows_undo_and_tells_of_late_ones(team: Team) -> None:
    await team.begins_review_of("Initech")
    agenda = team.agenda("Initech")
    await says(team, "ann", "what a week", below=agenda)
    assert receipts(agenda) == []
    await says(team, "ann", "Moved: their CFO asked for a price", below=agenda)
    undo = await team.ann.sees("Recorded", in_=CHANNEL)
    assert undo.message.ephemeral_to == team.ann.id
    assert undo.message.thread_ts == agenda.message.ts
    await says(team, "bob", "next: send the price @ann by 4 Dec", below=agenda)
    [receipt] = receipts(agenda)
    assert "moved" in receipt or "news" in receipt
    assert "next action: send the price · ann · by 4 Dec" in receipt
    assert [each for each in agenda.thread if "Bob: next action" in each.words] == []
    assert kinds(team)[-2:] == [("moved", "thread"), ("action_added", "thread")]
    await team.ann.clicks("Undo", on=undo)
    await team.quiet()
    [receipt] = receipts(agenda)
    assert "taken back" in receipt
    assert "send the price" in receipt
    await team.closes_review(team.ann)
    await team.passes(timedelta(hours=1))
    await says(team, "bob", "blocked: procurement is away", below=agenda)
    [receipt] = receipts(agenda)
    assert "after the review of Tue 24 Nov closed: blocker: procurement is away" in receipt


async def test_a_doubt_is_asked_with_buttons_and_its_answer_is_recorded_as_from_the_reply(team: Team) -> None:
    await team.begins_review_of("Initech")
    agenda = team.agenda("Initech")
    await says(team, "ann", "moved: to engagd their CTO answered", below=agenda)
    asked = await team.ann.sees("is not a stage", in_=CHANNEL)
    assert asked.message.ephemeral_to == team.ann.id
    assert [each for each in team.recorded() if each.source == "thread"] == []
    await team.ann.clicks("Engaged", on=asked)
    await team.quiet()
    [event] = [each for each in team.recorded() if each.source == "thread"]
    assert event.change["to_stage"] == "engaged"
    assert event.evidence[0]["kind"] == "message"
    assert len(receipts(agenda)) == 1
    await team.ann.types("/account initech", in_=CHANNEL)
    await team.ann.sees("(told in Slack)", in_=CHANNEL)


async def test_prefixes_in_other_spellings_are_recorded_and_close_only_what_they_name(team: Team) -> None:
    agenda = await _agenda_of_initech(team)
    assert "Replies here are read for updates." in agenda.words
    await says(team, "ann", "Blocker \u2013 liability cap needs finance", below=agenda)
    await says(team, "ann", "Next steps:\n- call their COO\n- send the price by 4 Dec", below=agenda)
    state = team.state("Initech")
    assert [(each.text, each.needs) for each in state.open_blockers] == [("liability cap", "finance")]
    assert {each.text for each in state.open_actions} == {"call their COO", "send the price"}
    assert "Replies here" not in agenda.words  # the receipt stands in its place
    before = len(team.recorded())
    await says(team, "ann", "resolved - they signed", below=agenda)
    await says(team, "ann", "done: they called", below=agenda)
    assert len(team.recorded()) == before
    resolved = await team.ann.sees("Your words do not name the open blocker of Initech.", in_=CHANNEL)
    assert "You typed: resolved: they signed" in resolved
    done = await team.ann.sees("Initech has 2 open next actions. Which one is done?", in_=CHANNEL)
    assert (resolved.message.ephemeral_to, done.message.ephemeral_to) == (team.ann.id, team.ann.id)
    await team.ann.clicks("Resolve", on=resolved)
    await says(team, "ann", "done: called their COO, he agrees", below=agenda)
    await says(team, "ann", "No change.", below=agenda)
    await says(team, "ann", "moved to opportunity: they asked for a price", below=agenda)
    state = team.state("Initech")
    assert (state.stage, state.open_blockers) == ("opportunity", ())
    assert [each.text for each in state.open_actions] == ["send the price"]
    kinds_since = [each.kind for each in team.recorded()[before:]]
    assert kinds_since == ["blocker_changed", "action_changed", "nothing_moved", "moved"]


async def _agenda_of_initech(team: Team) -> MessageView:
    await team.begins_review_of("Initech")
    return team.agenda("Initech")
