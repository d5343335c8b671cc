from sandbox.testing import Seen
from tests.stories.team import CHANNEL, Team


async def pressed(team: Team, label: str, *, on: Seen) -> str:
    before = team.private_words(team.ann)
    await team.ann.clicks(label, on=on)
    await team.sandbox.changed.until(lambda: team.private_words(team.ann) != before)
    return team.private_words(team.ann)[-1]


async def test_words_of_an_account_stand_before_it_or_after_it(team: Team) -> None:
    await team.knows("Initech")
    ann = team.ann
    for word in ("why", "history", "group", "fit", "deals", "narrative", "product", "plays", "signals"):
        after = await ann.types(f"/account initech {word}", in_=CHANNEL)
        assert "Initech" in after
        assert await ann.types(f"/account {word} initech", in_=CHANNEL) == after, word
        assert await ann.types(f"/abm account {word} initech", in_=CHANNEL) == after, word
    assert "Rita Sample" in await ann.types("/account group add initech Rita Sample, CFO", in_=CHANNEL)
    assert "Tier 1 → 2: it is smaller" in await ann.types("/account initech tier 2 because it is smaller", in_=CHANNEL)
    assert "paused, tier 2: of a merger" in await ann.types("/account initech pause because of a merger", in_=CHANNEL)
    await ann.types("/account initech edit", in_=CHANNEL)
    assert "Initech" in (await team.form(ann)).words
    await ann.closes(clear=True)
    assert "nominated: they grow" in await ann.types("/account Umbrella nominate because they grow", in_=CHANNEL)


async def test_an_account_named_like_a_word_is_found_and_two_meanings_are_asked_about(team: Team) -> None:
    for name in ("Fit Labs", "Labs", "History Channel"):
        await team.knows(name, domain="")
    ann = team.ann
    assert "*History Channel*" in await ann.types("/account history channel", in_=CHANNEL)
    assert "*History Channel*" in await ann.types("/account history", in_=CHANNEL)
    assert "Fit" in await ann.types("/account fit history channel", in_=CHANNEL)
    asked = await ann.types("/account fit labs", in_=CHANNEL)
    assert asked == '"fit labs" could be two things. Which one?\nFit Labs\nLabs: fit'
    assert await pressed(team, "Labs: fit", on=asked) == await ann.types('/account fit "labs"', in_=CHANNEL)


async def test_a_slip_of_the_keys_gets_a_button_that_runs_what_was_meant(team: Team) -> None:
    await team.knows("Initech")
    ann, before = team.ann, len(team.recorded())
    for typed, button, meant in (
        ("/account initech histroy", "History", "/account initech history"),
        ("/account histroy initech", "History", "/account initech history"),
        ("/account initech history please", "History", "/account initech history"),
        ("/abm account initech hist", "History", "/account initech history"),
        ("/abm peple bob", "People", "/abm people bob"),
        ("/review histroy", "History", "/review history"),
        ("/abm rewiew", "Review", "/review"),
    ):
        seen = await ann.types(typed, in_=CHANNEL)
        assert "Did you mean" in seen, typed
        assert seen.splitlines()[-1] == button, typed
        assert await pressed(team, button, on=seen) == await ann.types(meant, in_=CHANNEL), typed
    seen = await ann.types("/account puase initech because of a merger", in_=CHANNEL)
    assert len(team.recorded()) == before
    assert "paused, tier 1: of a merger" in await pressed(team, "Pause", on=seen)
    alone = await ann.types("/account deals", in_=CHANNEL)
    assert alone == "Name the account: /account deals ACCOUNT.\nInitech"
    assert await pressed(team, "Initech", on=alone) == await ann.types("/account initech deals", in_=CHANNEL)


async def test_what_is_too_long_for_a_button_is_given_back_to_copy(team: Team) -> None:
    await team.knows("Initech")
    reason = f"because {'of a merger ' * 200}by"
    seen = await team.ann.types(f"/account initech puase {reason}", in_=CHANNEL)
    assert f"Copy it and send it again: /account initech pause {reason}" in " ".join(seen.split())
    assert "🚀🚀" in await team.ann.types("/account 🚀🚀 histroy", in_=CHANNEL)
    assert "The list" in await team.ann.types("/account zzz", in_=CHANNEL)
