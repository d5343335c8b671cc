from datetime import timedelta

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.update_words import SignalEntry
from agendas.verbs import updates
from agendas.verbs.corrections import take_back
from agendas.verbs.signals import note_signal
from sandbox.faults import Fault
from storage import inbox
from tests.stories.team import CHANNEL, Team, leave_unanswered, moved_without_answer

SAID = "Slack may have shown you an error. No need to enter it again."


async def test_what_was_answered_is_not_told_again(team: Team) -> None:
    await team.knows("Initech")
    assert "Legal has the contract" in await team.ann.types("/move initech Legal has the contract", in_=CHANNEL)
    await team.ann.types("/signal initech hiring They look for a buyer", in_=CHANNEL)
    await team.ann.clicks("Undo", on=await team.ann.types("/next initech Call them by fri", in_=CHANNEL))
    # refused, so nothing was recorded
    await team.ann.types("/blocker initech resolve", in_=CHANNEL)
    await team.ann.types("/move initech", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, text="They asked for references")
    assert "They asked for references" in team.private_words(team.ann)[-1]
    assert team.answers_under_way() == []
    await team.passes(timedelta(hours=1))
    assert team.direct_words(team.ann) == []


async def test_what_got_no_answer_is_told_once_in_one_message_with_undo_for_each(team: Team) -> None:
    account_id = await team.knows("Initech")
    for text in ("Legal has the contract", "They asked for references"):
        await moved_without_answer(team, account_id, text)

    def note(session: Session, author: Author) -> None:
        entry = SignalEntry(SignalKind.HIRING, SignalStrength.HIGH, "They look for a buyer")
        note_signal(session, author, account_id, entry)
        leave_unanswered(team, session, author)

    await team.did(note)
    # while the process that recorded it may still answer, no other one does
    await team.passes(inbox.ANSWERED_WITHIN - timedelta(seconds=10))
    assert team.direct_words(team.ann) == []
    await team.passes(timedelta(seconds=11))
    [told] = team.direct_words(team.ann)
    said = (SAID, "Recorded", "Initech", "Legal has the contract", "They asked for references", "They look for a buyer")
    assert [each for each in said if each not in told] == []
    assert told.count("Undo") == 3
    await team.passes(timedelta(hours=1))
    assert len(team.direct_words(team.ann)) == 1
    assert team.answers_under_way() == []


async def test_what_was_taken_back_or_corrected_meanwhile_is_not_told(team: Team) -> None:
    gone = await moved_without_answer(team, await team.knows("Initech"), "Legal has the contract")
    await team.did(take_back, gone.event.id)
    await team.passes(timedelta(hours=1))
    assert team.direct_words(team.ann) == []


async def test_an_answer_that_slack_did_not_take_is_told_by_the_process_that_lives(team: Team) -> None:
    team.expects_trouble = True
    account_id = await team.knows("Initech")
    await team.did(updates.add_action, account_id, text="Call them", due_on=team.clock.now().date())
    seen = await team.ann.types("/account initech", in_=CHANNEL)
    team.sandbox.faults.add("response_url", Fault(cut="before"), times=9)
    await team.ann.clicks("Done", on=seen)
    await team.is_told(team.ann, "Slack did not say")
    await team.passes(timedelta(hours=1))
    assert len([each for each in team.direct_words(team.ann) if "Slack did not say" in each or SAID in each]) == 1


async def test_who_types_it_again_before_and_is_shown_what_is_there_is_not_told_once_more(team: Team) -> None:
    await moved_without_answer(team, await team.knows("Initech"), "Legal has the contract")
    asked = await team.ann.types("/move initech Legal has the contract", in_=CHANNEL)
    await team.ann.clicks("It was one", on=asked)
    assert await team.sandbox.changed.until(lambda: "Undo" in team.private_words(team.ann)[-1])
    assert team.answers_under_way() == []
    await team.passes(timedelta(hours=1))
    assert team.direct_words(team.ann) == []
