from datetime import timedelta

from tests.stories.team import CHANNEL, Team


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
