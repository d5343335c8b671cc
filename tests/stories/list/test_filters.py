from tests.stories.team import CHANNEL, Team


async def more(team: Team, label: str, on) -> str:
    before = len(team.private_words(team.ann))
    await team.ann.clicks(label, on=on)
    await team.sandbox.changed.until(lambda: len(team.private_words(team.ann)) > before)
    return team.private_words(team.ann)[-1]


async def test_the_list_takes_words_says_them_and_keeps_them_from_page_to_page(team: Team) -> None:
    for number in range(12):
        await team.knows(f"Retailer {number:02}", tier=3, owner="bob", segment="Retail & Food", domain="")
    await team.knows("Initech", tier=1, segment="Public")
    await team.knows("Orphan", tier=2, owner=None)
    await team.knows("Waiting", tier=2)
    await team.ann.types("/account pause waiting because of a merger", in_=CHANNEL)
    await team.knows("Idea", tier=None)
    await team.knows("Gone", tier=None)
    await team.ann.types("/account reject gone because too small", in_=CHANNEL)
    ann = team.ann
    for typed, heading, names in (
        ("/abm list t1", "The list: tier 1 · 1 account", {"Initech"}),
        ("/abm list nobody", "The list: nobody's · 1 account", {"Orphan"}),
        ("/abm list mine", "The list: ann · 3 accounts", {"Initech", "Waiting", "Idea"}),
        ("/account list @ann named", "The list: named, ann · 1 account", {"Initech"}),
        ("/abm list public", "The list: segment Public · 1 account", {"Initech"}),
        ("/abm list paused", "The list: paused · 1 account", {"Waiting"}),
        ("/abm list candidates", "The list: candidates · 1 account", {"Idea"}),
        ("/abm list rejected", "The list: rejected · 1 account", {"Gone"}),
        ("/abm list new tier 1, tier 2", "The list: tier 1, tier 2, new · 2 accounts", {"Initech", "Orphan"}),
    ):
        seen = await ann.types(typed, in_=CHANNEL)
        assert seen.splitlines()[0] == heading
        found = {name for name in ("Initech", "Orphan", "Waiting", "Idea", "Gone", "Retailer") if name in seen}
        assert found == names, typed
        assert seen.splitlines().count("Open") == len(names), typed
    seen = await ann.types('/abm list "retail &amp; food" new', in_=CHANNEL)
    assert seen.splitlines()[0] == "The list: new, segment Retail & Food · 12 accounts"
    assert "Update" not in seen
    second = await more(team, "More", seen)
    assert second.splitlines()[0] == seen.splitlines()[0]
    assert "Retailer 11" in second
    assert "11 to 12 of 12" in second


async def test_filters_that_exclude_each_other_find_none_and_offer_all(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/abm list paused stalled", in_=CHANNEL)
    assert seen == "The list: stalled, paused · 0 accounts\nNo account fits this filter.\nThe list"
    assert "Initech" in await more(team, "The list", seen)
