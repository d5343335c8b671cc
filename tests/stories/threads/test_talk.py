from sandbox.testing import MessageView, Seen
from tests.stories.team import CHANNEL, Team
from tests.stories.threads.test_replies import receipts, says

# What an editor writes in an account's thread without a prefix: offered to its writer alone, where rules can draft it.

OFFER = "From what you wrote on *Initech*:"


async def agenda_with_an_action(team: Team) -> MessageView:
    await team.begins_review_of("Initech")
    await team.ann.types("/next initech Send the offer by 4 dec", in_=CHANNEL)
    return team.agenda("Initech")


async def offered(team: Team) -> Seen:
    return await team.ann.sees(OFFER, in_=CHANNEL)


async def test_a_line_of_talk_is_offered_to_its_writer_and_recorded_as_from_the_thread(team: Team) -> None:
    agenda = await agenda_with_an_action(team)
    before, shown = len(team.recorded()), len(team.private_words(team.bob))
    await says(team, "ann", "Purchasing is blocked until our insurance papers arrive", below=agenda)
    offer = await offered(team)
    assert offer.message is not None
    assert (offer.message.ephemeral_to, offer.message.thread_ts) == (team.ann.id, agenda.message.ts)
    assert "*Blocker* Purchasing is blocked until our insurance papers arrive" in offer
    assert offer.endswith("Change\nDrop\nRecord\nNo\nNo, not in threads")
    assert (len(team.recorded()), len(team.private_words(team.bob))) == (before, shown)
    await team.ann.clicks("Record", on=offer)
    await team.quiet()
    recorded = await team.ann.sees("\u2713 Recorded on *Initech*:", in_=CHANNEL)
    assert [(each.kind, each.source) for each in team.recorded()[before:]] == [("blocker_opened", "thread")]
    assert "Purchasing is blocked" in receipts(agenda)[0]
    await team.ann.clicks("Undo", on=recorded)
    await team.quiet()
    assert team.state("Initech").open_blockers == ()
    assert "taken back" in receipts(agenda)[0]


async def test_several_lines_are_recorded_together_and_each_can_be_changed_first(team: Team) -> None:
    agenda = await agenda_with_an_action(team)
    before = len(team.recorded())
    text = "Their CFO wants to start with two depots. I sent the offer. I will mail the load test on 1 Dec"
    await says(team, "ann", text, below=agenda)
    offer = await offered(team)
    assert "*Movement* Their CFO wants to start with two depots" in offer
    assert "*Done* Send the offer" in offer
    assert "*Next* I will mail the load test on 1 Dec \u00b7 @ann \u00b7 by Tue 1 Dec" in offer
    await team.ann.clicks("Change", on=offer)
    assert "two depots" in (await team.form(team.ann)).words
    await team.submits(team.ann, words="Their CFO wants to start with one depot")
    offer = await team.ann.sees("one depot", in_=CHANNEL)
    await team.ann.clicks("Record all", on=offer)
    await team.quiet()
    kinds = [(each.kind, each.source) for each in team.recorded()[before:]]
    assert kinds == [("moved", "thread"), ("action_changed", "thread"), ("action_added", "thread")]
    [moved] = [each for each in team.recorded() if each.kind == "moved"]
    assert (moved.change["text"], moved.evidence[0]["kind"]) == ("Their CFO wants to start with one depot", "message")
    assert [each.text for each in team.state("Initech").open_actions] == ["I will mail the load test on 1 Dec"]


async def test_no_records_nothing_and_not_in_threads_ends_the_offers_until_preferences_change(
    team: Team,
) -> None:
    agenda = await agenda_with_an_action(team)
    before, text = len(team.recorded()), "Their CFO signed the pilot contract this morning"
    await says(team, "ann", text, below=agenda)
    await team.ann.clicks("No", on=await offered(team))
    await team.ann.sees("Not recorded.", in_=CHANNEL)
    await says(team, "ann", f"{text} again", below=agenda)
    await team.ann.clicks("No, not in threads", on=await offered(team))
    ended = await team.ann.sees("From now on", in_=CHANNEL)
    private = len(team.private_words(team.ann))
    await says(team, "ann", f"{text} once more", below=agenda)
    assert (len(team.recorded()), len(team.private_words(team.ann))) == (before, private)
    await says(team, "ann", "moved: they signed", below=agenda)
    assert len(team.recorded()) == before + 1
    await team.ann.clicks("Preferences", on=ended)
    assert (await team.form(team.ann)).values["What you write in accounts' threads"] == "not_heard"
    await team.submits(team.ann, threads="heard")
    await team.ann.closes()
    await says(team, "ann", f"{text} a last time", below=agenda)
    await offered(team)


async def test_talk_that_is_no_news_or_not_an_editors_meets_silence(team: Team) -> None:
    agenda = await agenda_with_an_action(team)
    before = (len(team.recorded()), len(team.letters()))
    for text in (
        "thanks, that is good to know",
        "did their CFO sign the contract?",
        "we will see about that next week",
        "CFO signed it",
        "we talked about this last week already",
        "I agree with what bob said above",
        "lunch at the usual place everybody",
    ):
        await says(team, "ann", text, below=agenda)
    await says(team, "vic", "Their CFO signed the pilot contract this morning", below=agenda)
    await team.ann.says("Their CFO signed the pilot contract this morning", in_=CHANNEL)
    await team.quiet()
    assert (len(team.recorded()), len(team.letters())) == before
