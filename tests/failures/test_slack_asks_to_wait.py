"""Slack asks for ten minutes of patience with one method: that one waits, the others go on."""

from datetime import timedelta

from tests.failures.test_slack_away import posted
from tests.stories.team import CHANNEL, Team


async def test_ten_minutes_of_patience_with_posting_hold_up_posts_alone_and_lose_nothing(team: Team) -> None:
    team.expects_trouble = True
    await team.knows("Initech")
    team.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=600)
    await team.ann.types("/review now", in_=CHANNEL)
    await team.until(lambda: any(each.last_error == "ratelimited" for each in team.letters("waiting")))
    seen = await team.ann.types("/review ledger", in_=CHANNEL)
    assert "Review on request · delayed: Slack asks to wait; it is tried again, next at 10:10 EST" in seen
    await team.ann.types("/move initech", in_=CHANNEL)
    await team.form(team.ann)
    assert len(team.sandbox.calls("chat.postMessage")) == 1
    await team.passes(timedelta(minutes=10))
    assert posted(team) == ["Account review, Tue 24 Nov", "Initech"]
    assert "posted 10 min late" in team.room.messages[0].words
    assert team.letters("refused", "unsure", "dropped") == []


async def test_ten_minutes_of_patience_with_edits_hold_up_edits_alone(team: Team) -> None:
    team.expects_trouble = True
    await team.begins_review_of("Initech")
    team.sandbox.faults.rate_limit("chat.update", retry_after_seconds=600)
    await team.ann.types("/move initech they signed", in_=CHANNEL)
    await team.until(lambda: any("they signed" in reply.words for reply in team.agenda("Initech").thread))
    team.clock.shift_to(team.clock.now() + timedelta(minutes=3))
    await team.until(lambda: any(each.last_error == "ratelimited" for each in team.letters("waiting")))
    await team.ann.types("/move initech they paid", in_=CHANNEL)
    await team.until(lambda: any("they paid" in reply.words for reply in team.agenda("Initech").thread))
    team.clock.shift_to(team.clock.now() + timedelta(minutes=3))
    seen = await team.ann.types("/review ledger", in_=CHANNEL)
    assert "edited · delayed: Slack asks to wait; it is tried again, next at" in seen
    await team.passes(timedelta(minutes=10))
    assert "they paid" in team.agenda("Initech").words
