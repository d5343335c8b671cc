from datetime import timedelta

from tests.stories.team import CHANNEL, Team

SENT = "The answer is in your direct messages"


async def test_the_scoreboard_comes_as_a_direct_message_and_opens_its_numbers(team: Team) -> None:
    assert "No account is named, so there is nothing to show." in await team.ann.types("/abm scoreboard", in_=CHANNEL)
    await team.knows("Initech", segment="Public")
    await team.knows("Globex", tier=2)
    await team.passes(timedelta(days=35))
    await team.ann.types("/move initech to engaged They called us https://notes.example/1", in_=CHANNEL)

    assert SENT in await team.bob.types("/abm scoreboard", in_=CHANNEL)
    whole = await team.is_told(team.bob, "Scoreboard · December 2026 up to 29 Dec · 2 accounts")
    assert "advanced 1 of 2 · moved back 0 · net 1 of 2" in whole
    assert "A chart needs two held reviews" in whole
    await team.bob.clicks("Accounts behind a number", on=whole, choose="2026-12 advanced||")
    behind = await team.is_told(team.bob, "December 2026 up to 29 Dec: 1 account advanced")
    assert "Initech" in behind
    assert "Globex" not in behind
    await team.bob.clicks("All measures", on=whole)
    await team.is_told(team.bob, "Measures · December 2026 up to 29 Dec")

    assert SENT in await team.bob.types("/abm scoreboard narrative missing segment public", in_=CHANNEL)
    narrowed = await team.is_told(team.bob, "segment Public, narrative missing or too old · 1 of 2 accounts")
    assert "Globex" not in narrowed.partition("Measures of the whole program")[0]
    await team.bob.clicks("The whole scoreboard", on=narrowed)

    for typed, said in (
        ("2027-03", "is still to come"),
        ("stalld", '"stalld" is no filter of the scoreboard. Did you mean stalled?'),
        ("play exekutive meeting", "is no play of the library. Did you mean Executive meeting?"),
        ("2026-10", "Nothing was recorded then: the history begins on"),
    ):
        assert said in await team.ann.types(f"/abm scoreboard {typed}", in_=CHANNEL), typed

    assert SENT in await team.ann.types("/abm scoreboard 2026-12-20 tier 1", in_=CHANNEL)
    assert "Engaged" not in await team.is_told(team.ann, "Scoreboard · December 2026 up to 20 Dec")
    assert SENT in await team.ann.types("/abm scoreboard november", in_=CHANNEL)
    november = await team.is_told(team.ann, "Scoreboard · November 2026 · 2 accounts")
    assert "Engaged" not in november
    assert "By what was recorded until the end of Mon 30 Nov 2026." in november


async def test_the_measures_are_told_for_a_month_and_open_to_their_accounts(team: Team) -> None:
    assert "No account is named, so there is nothing to measure." in await team.ann.types("/abm measures", in_=CHANNEL)
    await team.knows("Initech")
    await team.knows("Globex", tier=2)
    await team.passes(timedelta(days=35))
    await team.ann.types("/move initech to engaged They called us https://notes.example/1", in_=CHANNEL)

    seen = await team.bob.types("/abm measures", in_=CHANNEL)
    assert "Tier 1: advanced 1 of 1, net 1 of 1" in seen
    assert "Tier 2: advanced 0 of 1, net 0 of 1" in seen
    await team.bob.clicks("Progression: accounts behind", on=seen, choose="2026-12 advanced|1|")
    behind = await team.bob.sees("December 2026 up to 29 Dec, tier 1: 1 account advanced", in_=CHANNEL)
    assert "Initech" in behind
    assert "Globex" not in behind
    assert "Tier 1: advanced 0 of 1" in await team.ann.types("/abm measures 2026-12-20", in_=CHANNEL), "the day before"
    for typed, said in (
        ("2027-03", "is still to come"),
        ("2026-12-30", "30 Dec is in the future"),
        ("blue", "is not a month"),
    ):
        assert said in await team.ann.types(f"/abm measures {typed}", in_=CHANNEL), typed


async def test_the_audit_says_what_fails_and_opens_what_mends_it(team: Team) -> None:
    assert "No account is named, so there is nothing to audit." in await team.ann.types("/abm audit", in_=CHANNEL)
    await team.knows("Initech")
    await team.knows("Globex", tier=2)
    await team.passes(timedelta(days=2))

    seen = await team.ann.types("/abm audit", in_=CHANNEL)
    assert "Narratives: 0 of 1 account of tier 1, at least 80% → write the narrative of Initech" in seen
    assert "History since Tue 24 Nov 2026" in seen
    await team.ann.clicks("Write", on=seen)
    assert "narrative" in str((await team.form(team.ann)).view).casefold()
    await team.ann.closes()
    await team.ann.clicks("Accounts behind a check", on=seen, choose="2026-11 next_actions")
    behind = await team.ann.sees("0 of 2 accounts of tiers 1 and 2, at least 90%. These fail:", in_=CHANNEL)
    assert behind.index("Initech") < behind.index("Globex")
    await team.ann.types("/next initech call their CFO by 2026-12-20", in_=CHANNEL)
    seen = await team.ann.types("/abm audit", in_=CHANNEL)
    assert "Next actions: 1 of 2 accounts of tiers 1 and 2" in seen

    for typed, said in (
        ("2026-10", "Nothing was recorded then: the history begins on Tue 24 Nov 2026."),
        ("2026-11-24", "November 2026 up to 24 Nov"),
        ("2027-03", "is still to come"),
        ("blue", "is not a month"),
    ):
        assert said in await team.ann.types(f"/abm audit {typed}", in_=CHANNEL), typed


async def test_who_may_decide_says_that_the_list_was_gone_through(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Globex", tier=2)
    await team.passes(timedelta(days=101))
    seen = await team.dan.types("/abm audit", in_=CHANNEL)
    assert "The list gone through: never, at most 100 days" in seen
    await team.dan.clicks("The list was gone through", on=seen)
    await team.dan.sees("Noted: the list was gone through on", in_=CHANNEL)
    assert "The list gone through" not in await team.dan.types("/abm audit", in_=CHANNEL)
