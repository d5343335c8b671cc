import pytest

from agendas.facts.account import Stage
from agendas.verbs import updates
from tests.stories.team import CHANNEL, Team


async def test_a_review_asked_for_posts_a_header_and_a_message_per_account(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Acme Corp", tier=2, owner="bob")
    header = await team.posts_review()
    assert "2 accounts · 11 of 45 min" in header.words
    rarer = ["Movement", "Blocker", "Next action", "Customer's date", "Details"]
    assert team.agenda("Initech").buttons == ["Update", "No change", "Decide", *rarer]
    assert team.agenda("Acme Corp").thread == []
    assert len(team.room.messages) == 3
    ts = team.agenda("Initech").message.ts.replace(".", "")
    assert f"archives/{team.room.state.id}/p{ts}|Initech>" in str(header.message.blocks)


async def test_posts_name_people_and_notify_nobody(team: Team) -> None:
    await team.knows("Initech", owner="bob", marketing_partner=team.ann.id)
    await team.posts_review()
    await team.ann.types("/next initech Call @bob by fri", in_=CHANNEL)
    await team.quiet()
    for line in team.room.everything:
        assert "<@" not in f"{line.message.text}{line.message.blocks}"
    assert "bob" in team.agenda("Initech").words


@pytest.mark.again
async def test_the_recap_says_who_was_there_what_moved_and_who_does_what(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Globex", owner="bob")
    header = await team.posts_review()
    links = "https://notes.example/1 https://notes.example/2"
    await team.ann.types(f"/move initech to engaged The CFO joined {links}", in_=CHANNEL)
    await team.bob.types("/next globex Call them by fri", in_=CHANNEL)
    await team.ann.types("/blocker globex Legal is slow", in_=CHANNEL)
    await team.closes_review(team.bob)
    recap = header.thread[-1].words
    for part in (
        "held by ann and bob, sales and marketing",
        ":large_green_circle: *Initech* advanced to engaged, new · Tue 24 Nov: The CFO joined (notes.example)\n",
        "*Due by Tue 1 Dec* bob 1",
        "1 action\nBlockers 1",
    ):
        assert part in recap
    assert [line.words for line in team.room.messages].count(recap) == 1, "it is shown in the channel too"
    assert "1 action of yours" in team.direct_words(team.bob)[-1]
    assert "Call them" in team.direct_words(team.bob)[-1]
    assert team.direct_words(team.ann) == []
    assert "The review of Tue 24 Nov is closed." in team.agenda("Initech").words
    assert team.agenda("Initech").buttons == ["Details"]


async def test_an_agenda_stays_short_and_details_have_everything_for_who_presses(team: Team) -> None:
    account = await team.knows("Initech")
    for number in range(45):
        await team.did(updates.open_blocker, account, text=f"{number} {'long words ' * 8}")
    await team.posts_review()
    agenda = team.agenda("Initech")
    assert "*Blocked* 43 more blockers" in agenda.words
    assert len(agenda.words.splitlines()) <= 16
    assert agenda.thread == []
    before = len(team.room.everything)
    await team.dan.clicks("Details", on=agenda)
    await team.dan.sees("• 44 long words", in_=CHANNEL)
    everything = "".join(team.private_words(team.dan))
    assert [number for number in range(45) if f"• {number} long words" not in everything] == []
    assert "Update\nHistory" in everything
    assert len(team.room.everything) == before
    assert "details" not in "".join(team.private_words(team.ann))


async def test_an_account_removed_while_its_review_is_open_is_shown_as_left_with_the_reason(team: Team) -> None:
    header = await team.begins_review_of("Initech", "Globex")
    await team.ann.types("/account remove initech because they were acquired", in_=CHANNEL)
    await team.quiet()
    assert "Initech removed from the list: they were acquired" in header.words
    assert "1 of 2 accounts · 8 of 45 min" in header.words
    assert "Removed from the list* Tue 24 Nov: they were acquired" in team.agenda("Initech").words
    assert "Gaps" not in team.agenda("Initech").words


async def test_every_word_and_figure_of_details_is_explained_behind_its_question_mark(team: Team) -> None:
    number = await team.knows("Acme Corp", tier=1)
    await team.did(updates.move, number, text="They joined a demo", to_stage=Stage.ENGAGED)
    await team.posts_review()
    await team.ann.clicks("Details", on=team.agenda("Acme Corp"))
    await team.ann.clicks("?", on=await team.ann.sees("Acme Corp: details", in_=CHANNEL))
    said = await team.ann.sees("Acme Corp: what the words mean", in_=CHANNEL)
    for each in ("*Tier*", "*Engaged*, the third stage", "*34/30 d*", "*Buying group*", "*Narrative*"):
        assert each in said
