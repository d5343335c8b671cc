import asyncio
from datetime import timedelta

from agendas.facts.account import ListStatus
from agendas.verbs.card import list_counts
from agendas.verbs.settings import change_settings
from sandbox.testing import Seen
from tests.stories.importing import gives
from tests.stories.team import CHANNEL, Team

HUBSPOT = (
    "Record ID,Company name,Company owner,Create Date,Phone Number,City,Country/Region,Industry,Company Domain Name,"
    "Lifecycle Stage,Ideal Customer Profile Tier,Marketing partner,Our executive"
)
SALESFORCE = "Account ID,Account Name,Account Owner,Website,Industry,Billing City,Last Activity"
PLACES = ("Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse", "Hazel", "Juniper", "Larch")


def hubspot_file() -> bytes:
    """Thirty-six companies: 24 of tier 1, of two owners, and 12 of tier 2 of which one owner is nobody here."""
    rows = []
    for number in range(36):
        name, tier = f"{PLACES[number % 10]} Works {number:02}", "Tier 1" if number < 24 else "Tier 2"
        owner = "Cleo Nobody" if number == 35 else ("ann", "bob")[number % 2]
        domain = f"{name.lower().replace(' ', '-')}.example"
        rows.append(
            f"3100000{number:04},{name},{owner},2020-01-10 10:00, +44 20 0,Leeds,United Kingdom,LOGISTICS,{domain},"
            f"Lead,{tier},@bob,dan"
        )
    return "\n".join((HUBSPOT, *rows)).encode()


def salesforce_file() -> bytes:
    """Twenty-four accounts of a report, which knows no tiers."""
    rows = (
        f"001SAMPLE0000{number:02},{PLACES[number % 10]} Mills {number:02},ann,https://mills-{number:02}.example,"
        "Machinery,Hull,"
        for number in range(24)
    )
    return "\n".join((SALESFORCE, *rows)).encode()


async def test_two_files_of_crms_become_a_named_list_of_sixty_in_a_few_steps(team: Team) -> None:
    begun = team.clock.now()
    steps: list[str] = []

    async def uploads(name: str, content: bytes, told: str) -> Seen:
        await gives(team, name, content)
        steps.extend(("/abm import", "the form with the file"))
        return await team.is_told(team.ann, told)

    async def clicks(label: str) -> None:
        await team.quiet()
        await team.ann.clicks(label, on=await team.is_told(team.ann, "Nothing is written yet."))
        steps.append(label)

    async def says(told: str, **fields: str) -> Seen:
        await team.form(team.ann)
        await team.submits(team.ann, **fields)
        await team.ann.closes()
        steps.append("the form with the reasons")
        return await team.is_told(team.ann, told)

    preview = await uploads("companies.csv", hubspot_file(), "36 to create")
    words = str(preview)
    assert "No account would be put on the named list. 32 accounts with a tier wait for the reason why" in words
    assert "4 accounts not named, e.g. Alder Works 20: its owner has 10 accounts in tier 1, as many as one" in words
    assert "1 row has an owner who is nobody here, e.g. Cleo Nobody in line 37: no owner is set." in words
    assert "Import and name" not in words
    await team.did(change_settings, {"tier.1.owner_cap": (10, 12)})
    steps.append("/abm settings and its form")
    await clicks("Tier and reasons")
    preview = await says(
        "36 accounts would be put on the named list: 24 in tier 1, 12 in tier 2.",
        because="Logistics firms that open sites in 2027",
        motion="Our CFO calls theirs",
    )
    words = str(preview)
    assert "Why now or the motion is not said yet of 36 in tiers 1 and 2." in words
    assert "create, name" in words
    for column in ("Tier", "Owner", "Marketing partner", "Our executive"):
        assert column in words
    assert [event.kind for event in team.recorded()] == []
    await clicks("Import and name 36")
    await team.is_told(team.ann, "36 created, 0 updated, 0 unchanged, 0 skipped. 36 accounts put on the named list.")

    preview = await uploads("report.csv", salesforce_file(), "24 to create")
    assert "24 accounts without a tier stay candidates unless you say one." in str(preview)
    await clicks("Tier and reasons")
    preview = await says(
        "24 accounts would be put on the named list: 24 in tier 2.", tier="2", because="They mill oats"
    )
    await clicks("Import and name 24")
    await team.is_told(team.ann, "24 accounts put on the named list.")
    await team.quiet()

    assert (await team.store.read(list_counts, team.workspace_id)).named == {1: 24, 2: 36}
    first = team.state("Alder Works 00")
    assert (first.list_status, first.tier) == (ListStatus.NAMED, 1)
    assert (first.justification.why_account, first.justification.motion) == (
        "Logistics firms that open sites in 2027",
        "Our CFO calls theirs",
    )
    people = (first.profile.owner, first.profile.marketing_partner, first.profile.our_executive)
    assert people == tuple(team.sandbox.person(name).id for name in ("ann", "bob", "dan"))
    assert len(steps) <= 11, steps
    assert team.clock.now() - begun < timedelta(minutes=10)


OWN = "name,tier,owner,marketing_partner,our_executive,because,why_now,motion"


async def test_who_does_not_fit_is_told_with_what_to_do_and_undo_takes_back_what_nobody_worked_on(team: Team) -> None:
    await team.did(change_settings, {"tier.1.cap": (25, 3)})
    await team.knows("Hooli", tier=2)
    for name in ("Initech", "Globex"):
        await team.knows(name, tier=None, domain="")
    await team.knows("Vandelay", tier=None)
    await team.ann.types("/account reject vandelay because too small", in_=CHANNEL)
    rows = (
        "Initech,1,,,,,Their lease ends,Workshop",
        "Globex,Tier 1,@bob,ann,,They doubled,,",
        "Hooli,1,,,,,,",
        "Vandelay,1,,,,,,",
        "Umbra,1,ann,,,New plant,May,Our CFO",
        "Sable,1,ann,,,New plant,May,Our CFO",
        "Tallow,,,,,,,",
    )
    await gives(team, "list.csv", "\n".join((OWN, *rows)).encode())
    preview = await team.is_told(team.ann, "3 accounts would be put on the named list: 3 in tier 1.")
    words = str(preview)
    assert "1 account without a tier stays a candidate unless you say one." in words
    assert "1 account not named, Hooli: it stays in tier 2: change it with /account tier Hooli 1 because TEXT." in words
    assert "Vandelay was rejected on" in words
    assert "Make it a candidate again with /account restore Vandelay because TEXT." in words
    assert "1 account not named, Sable: tier 1 is full with 3. Give it another tier, raise the cap" in words
    await team.ann.clicks("Import and name 3", on=preview)
    outcome = await team.is_told(team.ann, "3 created, 2 updated, 2 unchanged, 0 skipped. 3 accounts put on the named")
    assert "New accounts are candidates" not in outcome
    initech, sable = team.state("Initech"), team.state("Sable")
    assert (initech.tier, initech.justification.why_account) == (1, "Fits the segment")
    assert (initech.justification.why_now, initech.justification.motion) == ("Their lease ends", "Workshop")
    assert (sable.list_status, sable.because) == (ListStatus.CANDIDATE, "New plant\nThe file proposes tier 1.")
    named = [event for event in team.recorded() if event.source == "import" and event.kind == "list_changed"]
    assert sorted(event.change["because"] for event in named) == ["Fits the segment", "New plant", "They doubled"]

    await team.ann.types("/next globex call them by fri", in_=CHANNEL)
    await team.ann.clicks("Undo", on=outcome)
    await team.is_told(team.ann, "Kept, because they were changed since: Globex.")
    assert team.state("Initech").list_status is ListStatus.CANDIDATE
    assert team.state("Initech").justification.why_now == ""
    assert (team.state("Umbra").list_status, team.state("Globex").tier) == (ListStatus.REMOVED, 1)
    assert (await team.store.read(list_counts, team.workspace_id)).named == {1: 1, 2: 1}


async def test_several_accounts_are_named_in_words_after_a_preview_and_taken_back(team: Team) -> None:
    await team.did(change_settings, {"tier.1.cap": (25, 3)})
    for name in ("Initech", "Globex", "Umbra", "Hooli"):
        await team.knows(name, tier=None)
    typed = "/account name initech, Globexx, globex and umbra tier 1 because they grow, motion: our CFO calls"
    said = await team.bob.types(typed, in_=CHANNEL)
    assert "3 accounts would be put on the named list: 3 in tier 1." in said
    assert '1 account not named, Globexx: No account is called "Globexx". The nearest are Globex' in said
    assert team.state("Initech").list_status is ListStatus.CANDIDATE
    too_late = await team.ann.types("/account name hooli, initech tier 1 because they grow", in_=CHANNEL)
    assert "2 accounts would be put on the named list: 2 in tier 1." in too_late
    await asyncio.gather(*(team.bob.clicks("Name 3", on=said) for _ in range(2)))
    await team.is_told(team.bob, "3 accounts put on the named list.")
    assert team.state("Umbra").justification.motion == "our CFO calls"
    named = [event for event in team.recorded() if event.source == "command" and event.kind == "list_changed"]
    assert [event.actor for event in named] == [team.sandbox.person("bob").id] * 3

    await team.ann.clicks("Name 2", on=too_late)
    outcome = await team.is_told(team.ann, "no account was put on the named list.")
    assert "1 account not named, Hooli: tier 1 is full with 3." in outcome

    said = await team.bob.types("/account name hooli, umbra tier 1 because they grow", in_=CHANNEL)
    assert "No account would be put on the named list." in said
    assert "1 account not named, Hooli: tier 1 is full with 3. Give it another tier, raise the cap" in said
    said = await team.bob.types("/account name hooli, globex tier 2", in_=CHANNEL)
    assert "2 accounts with a tier wait for the reason why they are on the list." in said
    await team.bob.clicks("Tier and reasons", on=said)
    await team.form(team.bob)
    await team.submits(team.bob, because="They join the industry round table")
    await team.bob.closes()
    preview = await team.is_told(team.bob, "2 accounts would be put on the named list: 2 in tier 2.")
    await team.bob.clicks("Name 2", on=preview)
    outcome = await team.is_told(team.bob, "2 accounts put on the named list.")
    assert (team.state("Globex").tier, team.state("Hooli").tier) == (2, 2)
    await team.bob.clicks("Undo", on=outcome)
    await team.is_told(team.bob, "The naming is undone: 2 namings taken back.")
    assert (team.state("Globex").tier, team.state("Hooli").list_status) == (1, ListStatus.CANDIDATE)
    await team.bob.types("/account name hooli tier 2 they grow, and renew", in_=CHANNEL)
    assert "they grow, and renew" in (await team.form(team.bob)).values["Put on the named list: why"]
    await team.bob.closes()
    assert "You cannot" in await team.vic.types("/account name hooli, umbra tier 2 because x", in_=CHANNEL)
    assert "There is no tier 9." in await team.bob.types("/account name hooli, umbra tier 9 because x", in_=CHANNEL)
