import pytest

from sandbox.testing import find_control
from tests.stories.team import CHANNEL, Team


@pytest.mark.parametrize(
    "setting", ["sqlite socket", pytest.param("postgres http", marks=pytest.mark.proof)], indirect=True
)
async def test_an_account_is_nominated_named_moved_and_read(team: Team) -> None:
    ann = team.ann
    said = await ann.types("/account nominate Initech initech.example because they renew in spring", in_=CHANNEL)
    assert said.startswith("*Recorded* for Initech: nominated: they renew in spring.")
    assert "named, tier 1: it fits" in await ann.types("/account name initech tier 1 because it fits", in_=CHANNEL)
    said = await ann.types("/move initech to engaged The CFO joined https://notes.example/1", in_=CHANNEL)
    assert "moved target → engaged: The CFO joined (notes.example)." in said
    assert "blocker: Legal is slow · @bob · needs finance" in await ann.types(
        "/blocker initech Legal is slow @bob needs finance", in_=CHANNEL
    )
    assert "next action: Call the CFO · @ann · by Fri 27 Nov" in await ann.types(
        "/next initech Call the CFO by fri", in_=CHANNEL
    )
    card = await ann.types("/account initech", in_=CHANNEL)
    for part in ("*Why this account* it fits", "Engaged since today", "Legal is slow", "Call the CFO"):
        assert part in card
    history = await ann.types("/account initech history", in_=CHANNEL)
    assert history.splitlines()[-3].endswith("nominated: they renew in spring")
    assert [event.kind for event in team.recorded()] == [
        "nominated",
        "list_changed",
        "moved",
        "blocker_opened",
        "action_added",
    ]


async def test_the_list_changes_by_words_each_with_its_reason(team: Team) -> None:
    await team.knows("Initech", tier=None)
    for command, said in (
        ("/account name initech tier 2 because it fits", "named, tier 2: it fits"),
        ("/account tier initech 1 because it grew", "Tier 2 → 1: it grew"),
        ("/account pause initech because of a merger", "paused, tier 1: of a merger"),
        ("/account restore initech because the merger is done", "named, tier 1: the merger is done"),
        ("/account pause initech because of another", "paused, tier 1: of another"),
        ("/account name initech tier 2 because it is over", "named, Tier 1 → 2: it is over"),
        ("/account remove initech because they closed", "removed: they closed"),
        ("/account restore initech because they are back", "candidate: they are back"),
        ("/account reject initech because too small", "rejected: too small"),
    ):
        assert said in await team.ann.types(command, in_=CHANNEL), command
    assert team.state("Initech").list_status == "rejected"


async def test_every_command_works_behind_abm_too(team: Team) -> None:
    await team.knows("Initech")
    assert "news: hello" in await team.ann.types("/abm move initech hello", in_=CHANNEL)
    assert "blocker: legal" in await team.ann.types("/abm BLOCKER initech legal", in_=CHANNEL)
    assert "next action: call" in await team.ann.types("/abm next initech call", in_=CHANNEL)
    assert "*Why this account* Renews in spring" in await team.ann.types("/abm account initech", in_=CHANNEL)
    assert "no review yet" in await team.ann.types("/abm review", in_=CHANNEL)


async def test_my_accounts_come_in_order_of_need_with_their_next_date(team: Team) -> None:
    await team.knows("Initech", tier=2)
    await team.knows("Globex", owner="bob")
    await team.knows("Acme Corp", owner="bob", marketing_partner=team.ann.id)
    await team.ann.types("/next initech Call by fri", in_=CHANNEL)
    mine = (await team.ann.types("/account", in_=CHANNEL)).splitlines()
    assert [line.split(" ·")[0] for line in mine if line[:1] == ":"] == [":new: Acme Corp new", ":new: Initech new"]
    assert "next Fri 27 Nov" in "\n".join(mine).split("Initech")[1]
    assert "Globex" in await team.bob.types("/account", in_=CHANNEL)
    none = await team.dan.types("/account", in_=CHANNEL)
    assert none == "My accounts\nYou own or partner no account.\nAll my actions\nThe list"


async def test_a_misspelt_account_offers_the_nearest_and_a_click_runs_the_same_command(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Acme Corp")
    before = len(team.recorded())
    seen = await team.ann.types('/move inittech to engaged They said "yes" to inittech https://x.example', in_=CHANNEL)
    assert seen == 'No account is called "inittech". Did you mean one of these?\nInitech'
    assert len(team.recorded()) == before
    await team.ann.clicks("Initech", on=seen)
    said = await team.ann.sees("Recorded", in_=CHANNEL)
    assert 'moved target → engaged: They said "yes" to inittech (x.example).' in said


async def test_an_ambiguous_account_is_asked_about(team: Team) -> None:
    await team.knows("Acme Corp")
    await team.knows("Acme Industries", domain="acme-industries.example")
    seen = await team.ann.types("/blocker acme Legal is slow", in_=CHANNEL)
    assert seen == '"acme" could be several accounts. Which one?\nAcme Corp\nAcme Industries'
    await team.ann.clicks("Acme Industries", on=seen)
    await team.ann.sees("Recorded* for Acme Industries: blocker: Legal is slow", in_=CHANNEL)


async def test_in_an_accounts_own_channel_this_is_the_account(team: Team) -> None:
    await team.knows("Acme Corp", channel_id=team.sandbox.channel_state("deal-acme").id)
    assert "for Acme Corp: news: hello" in await team.ann.types("/move this hello", in_="#deal-acme")
    assert "is not an account's own" in await team.ann.types("/move this hello", in_=CHANNEL)


async def test_help_says_what_a_function_does_and_its_menu_explains_every_command(team: Team) -> None:
    screen = await team.ann.types("/abm help", in_=CHANNEL)
    assert "the day before a review" in screen
    _, menu, _ = find_control(screen.message.blocks, "help.command")
    offered = {option["value"].split()[0] for option in menu["options"]}
    assert offered == {each.removeprefix("/") for each in team.sandbox.workspace.manifest.commands}
    await team.ann.clicks("help.command", on=screen, choose="move waiting")
    await team.ann.sees("Example: `/move", in_=CHANNEL)
    await team.ann.clicks("Executives", on=screen)
    await team.ann.sees("Home lists what you owe", in_=CHANNEL)
    assert "No command is called" in await team.vic.types("/abm help zibbel", in_=CHANNEL)


async def test_a_card_is_shared_with_the_channel_without_buttons_that_record(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.clicks("Share", on=await team.ann.types("/account initech", in_=CHANNEL))
    shared = await team.room.shows("*Why this account* Renews in spring")
    posted = team.sandbox.channel_state("abm-weekly").messages[-1]
    assert "<@" not in str(posted.blocks)
    assert not posted.has_previews
    assert shared.buttons == ["Details", "History", "Why"]
    read = await team.vic.types("/account initech", in_=CHANNEL)
    assert ("Share" in read, "History" in read) == (False, True)


async def test_people_are_listed_with_function_and_right_and_without_outsiders(team: Team) -> None:
    listed = await team.vic.types("/abm people", in_=CHANNEL)
    assert "@ann · sales · admin" in listed
    assert "@obi · no function · observer" in listed
    for outsider in ("gus", "eli", "dee", "cadence"):
        assert f"@{outsider}" not in listed


async def test_refusals_name_every_word_and_what_stands_in_the_way(team: Team) -> None:
    await team.knows("Initech", tier=None)
    assert "| import | export |" in await team.ann.types("/abm bogus", in_=CHANNEL)
    assert "Initech is a candidate. " in await team.ann.types("/signal initech hiring they hire", in_=CHANNEL)


async def test_a_nomination_says_which_account_its_name_begins(team: Team) -> None:
    await team.knows("Halden Pharma")
    told = await team.ann.types("/account nominate Halden because they asked", in_=CHANNEL)
    assert "Halden Pharma is there already, and Halden now means the new account. If it should not be proposed" in told
    assert "there already" not in await team.ann.types("/account nominate Globex because they asked", in_=CHANNEL)
    await team.knows("Umber Foods", tier=None)
    await team.ann.types("/account nominate", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, name="Umber", because="They asked")
    assert any("Umber Foods is there already" in each for each in team.private_words(team.ann))
