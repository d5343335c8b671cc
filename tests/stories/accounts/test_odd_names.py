import pytest

from tests.stories.team import CHANNEL, Team

NAMES = (
    *('Larch & Sons "Timber" <b>', "O'Brien, Jones & Co.", "*Star* _Corp_ ~Ltd~", "שלום בע״מ", "🚀 Rockets"),
    *("Über-Straße GmbH", "株式会社サンプル", "<!channel>", "because", "history", "A"),
)


@pytest.mark.proof
async def test_accounts_of_every_name_can_be_found_again_and_reviewed(team: Team) -> None:
    for name in NAMES:
        await team.knows(name, domain="", owner=None)
    await team.posts_review()
    for name in NAMES:
        quoted = '"' + name.replace('"', "") + '"'
        said = await team.ann.types(f"/move {quoted} hello", in_=CHANNEL)
        assert f"*Recorded* for {name}: news: hello" in said, name
    await team.quiet()
    header, *agendas = (line.words for line in team.room.messages)
    discussed = [name for name in NAMES if any(f" *{name}* new on the list" in words for words in agendas)]
    left_out = [name for name in NAMES if f"{name} (Tier 1, new, 8 min)" in header]
    assert len(discussed) == len(agendas) == 5
    assert len(left_out) == 5
    assert set(discussed).isdisjoint(left_out)


async def test_quotation_marks_are_not_part_of_a_new_name_and_a_web_address_is_its_domain(team: Team) -> None:
    for typed, name in (
        ('"Foo Bar"', "Foo Bar"),
        ("“Oak Hill”", "Oak Hill"),
        ("'Red Barn'", "Red Barn"),
        ("Big  Elm", "Big Elm"),
    ):
        said = await team.ann.types(f"/account nominate {typed} because x", in_=CHANNEL)
        assert said.startswith(f"*Recorded* for {name}: nominated: x.")

    await team.ann.types("/account nominate Foo https://www.foo.example/about?x=1 because x", in_=CHANNEL)
    await team.ann.types("/account nominate https://bar.example because x", in_=CHANNEL)
    await team.ann.types("/account nominate baz.example because x", in_=CHANNEL)
    assert team.state("Foo").profile.domain == "foo.example"
    assert team.state("bar.example").profile.domain == "bar.example"
    assert team.state("baz.example").profile.domain == "baz.example"
