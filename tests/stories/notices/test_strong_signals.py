from datetime import UTC, datetime, timedelta

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.verbs.signals import take_signals
from tests.stories.importing import imports
from tests.stories.notices.test_preferences import unasked
from tests.stories.team import CHANNEL, Team

MINUTE = timedelta(minutes=1)


async def sends(team: Team, *texts: str, kind: SignalKind = SignalKind.INTENT, domain: str = "initech.example") -> None:
    """A program sends these signals of the account, high, happened now, each under an id of its own."""
    at = team.clock.now()
    author = Author(team.workspace_id, "webhook", Source.WEBHOOK, at)
    sent = [
        SignalGiven(domain, kind, SignalStrength.HIGH, text, at, f"{at.isoformat()} {number}")
        for number, text in enumerate(texts)
    ]
    await team.store.write(take_signals, author, sent)
    await team.quiet()


async def test_owner_and_partner_are_told_at_once_and_our_executive_in_the_digest(team: Team) -> None:
    await team.knows("Initech", owner="ann", marketing_partner=team.bob.id, our_executive=team.dan.id)
    await team.bob.types("/signal initech executive move Their CFO leaves in March", in_=CHANNEL)
    await team.quiet()
    assert unasked(team, "ann") == [
        "*New for you*\n*Initech*: executive move, medium: Their CFO leaves in March · Tue 24 Nov"
        "\na signal by @bob, Tue 10:00 EST\nOpen\nPreferences"
    ]
    assert not unasked(team, "bob")
    assert not unasked(team, "dan")
    await team.passes(20 * MINUTE)
    # told again in the same words, or too weak to tell
    await team.ann.types("/signal initech executive move their CFO leaves in march", in_=CHANNEL)
    await team.ann.types("/signal initech intent medium Read reviews of three vendors", in_=CHANNEL)
    await team.ann.types("/signal initech competitor low Somebody saw a rival's leaflet", in_=CHANNEL)
    await team.ann.types("/signal initech hiring high Two buyers", in_=CHANNEL)
    await team.passes(20 * MINUTE)
    assert not unasked(team, "bob")
    await team.ann.types("/signal initech competitor Their CIO met a rival", in_=CHANNEL)
    await team.quiet()
    assert "*Initech*: competitive research, medium: Their CIO met a rival" in unasked(team, "bob")[0]
    taken_back = await team.ann.types("/signal initech competitor They bought a rival's box", in_=CHANNEL)
    await team.ann.clicks("Undo", on=taken_back)
    await team.passes(datetime(2026, 11, 25, 13, 30, tzinfo=UTC) - team.clock.now())
    assert len(unasked(team, "ann")) == 1
    assert len(unasked(team, "bob")) == 1
    [digest] = unasked(team, "dan")
    assert "Their CFO leaves in March" in digest
    assert "Their CIO met a rival" in digest
    assert "box" not in digest


async def test_what_a_program_sends_again_and_again_is_told_once_and_what_it_sends_at_once_in_one_message(team: Team):
    await team.knows("Initech", owner="bob")
    await team.knows("Hooli", owner="bob")
    await team.knows("Umbrella", owner="bob", tier=None)
    await sends(team, "Surge 71", "Surge 74")
    [told] = unasked(team, "bob")
    assert told.startswith("*New for you*\n*Initech*: intent, high: Surge 71 · Tue 24 Nov\na signal by webhook")
    await team.passes(timedelta(days=1))
    await sends(team, "Surge 80")
    await sends(team, "Surge 80", domain="umbrella.example")
    await team.passes(20 * MINUTE)
    assert [each for each in unasked(team, "bob") if "Surge" in each] == [told]
    await sends(team, "Compared us with a rival", kind=SignalKind.COMPETITIVE_RESEARCH)
    await sends(team, "Surge 90", domain="hooli.example")
    await team.passes(20 * MINUTE)
    at_once, later = [each for each in unasked(team, "bob") if "New for you" in each][1:]
    assert "Compared us with a rival" in at_once
    assert "*Hooli*: intent, high: Surge 90" in later
    # a file tells what is fresh, and not what is history
    today = team.clock.now().date()
    await imports(
        team,
        "account,kind,strength,text,occurred_at,id",
        f"hooli.example,exec_move,medium,Their CFO left,{today - timedelta(days=1)},m1",
        f"hooli.example,exec_move,medium,Their CTO left,{today - timedelta(days=40)},m2",
    )
    await team.passes(20 * MINUTE)
    last = unasked(team, "bob")[-1]
    assert "Their CFO left" in last
    assert "imported" in last
    assert "Their CTO left" not in last


async def test_of_who_is_away_the_stand_in_is_told_and_without_one_it_waits_until_they_are_back(team: Team) -> None:
    await team.knows("Initech", owner="bob", marketing_partner=team.ann.id)
    await team.knows("Hooli", owner="bob")
    await team.bob.types("/abm away today to thu @dan", in_=CHANNEL)
    await team.ann.types("/abm away today to thu", in_=CHANNEL)
    await team.dan.types("/signal hooli intent high They compare three vendors", in_=CHANNEL)
    await sends(team, "Surge 71")
    [told] = [each for each in unasked(team, "dan") if "New for you" in each]
    assert "*Initech*: intent, high: Surge 71" in told
    assert "you stand in for @bob" in told
    assert "Hooli" not in told
    assert not any("Surge" in each for each in team.direct_words(team.bob) + team.direct_words(team.ann))
    await team.passes(timedelta(days=3))
    assert any("Surge 71" in each for each in unasked(team, "ann"))


async def test_a_private_account_is_told_to_those_alone_who_may_see_it(team: Team) -> None:
    await team.knows("Umbra", owner="ann", marketing_partner=team.dan.id)
    await team.ann.types("/account private Umbra", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Private_to="#deal-acme")
    await team.bob.types("/signal Umbra competitor Their CIO met a rival", in_="#deal-acme")
    await team.quiet()
    assert "Their CIO met a rival" in unasked(team, "ann")[0]
    await team.passes(timedelta(days=2))
    assert not any("Umbra" in each or "rival" in each for each in team.direct_words(team.dan))
