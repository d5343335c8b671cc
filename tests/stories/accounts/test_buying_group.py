from agendas.facts.account import Stage
from agendas.facts.group import BuyingRole
from agendas.verbs import updates
from tests.stories.team import CHANNEL, Team


async def test_a_group_is_mapped_by_words_form_and_button_until_its_champion_leaves(team: Team) -> None:
    ann, number = team.ann, await team.knows("Acme Corp", tier=1)
    await team.did(updates.move, number, text="They joined a demo", to_stage=Stage.ENGAGED)
    said = await ann.types("/account acme group add Rita Sample, CFO, economic buyer rita@acme.example", in_=CHANNEL)
    assert "added Rita Sample, CFO: economic buyer" in said
    assert "added Tom Sample, CTO: perhaps technical evaluator" in await ann.types(
        "/account acme group add Tom Sample, CTO", in_=CHANNEL
    )
    await ann.types("/account acme group add", in_=CHANNEL)
    await team.form(ann)
    await team.submits(ann, name="Una Sample", roles=["champion"], touched_on="2026-11-20")
    assert "added Una Sample: champion · last touch Fri 20 Nov" in team.private_words(ann)[-1]

    page = await ann.types("/account acme group", in_=CHANNEL)
    assert "2 of 3 required roles identified, 1 engaged in 90 days. Single-threaded: only Una Sample" in page
    assert "*Technical evaluator*: missing" in page
    assert "Tom Sample, CTO · no touch yet · perhaps technical evaluator" in page
    await ann.clicks("Confirm", on=page)
    await team.quiet()
    confirmed = next(each for each in team.state("Acme Corp").contacts if each.profile.name == "Tom Sample")
    assert confirmed.profile.roles == (BuyingRole.TECHNICAL_EVALUATOR,)

    await team.posts_review()
    assert "*Buying group*: 3 of 3 required roles identified" in await team.details("Acme Corp")
    await ann.clicks("Somebody left", on=await ann.types("/account acme group", in_=CHANNEL))
    form = await team.form(ann)
    una = next(each.id for each in team.state("Acme Corp").contacts if each.profile.name == "Una Sample")
    assert not (await team.submits(ann, who=str(una), left_on="2026-11-25")).ok
    assert form.errors == {"Left on": "25 Nov has not come yet. Record it once they are gone."}
    await team.submits(ann, left_on="2026-11-24")
    agenda = team.agenda("Acme Corp")
    assert "*Why:* champion left today · no next action" in agenda.words
    assert "champion (Una Sample left Tue 24 Nov)" in agenda.words
    assert "Una Sample left Tue 24 Nov" in agenda.thread[-1].words


async def test_bad_input_about_people_gets_a_sentence_and_changes_nothing(team: Team) -> None:
    await team.knows("Acme Corp")
    await team.ann.types("/account acme group add Rita Sample rita@acme.example", in_=CHANNEL)
    before = len(team.recorded())
    for typed, said in (
        ("R. Sample, RITA@acme.example", "Rita Sample is in the group of Acme Corp already with the address"),
        (
            "rita sample",
            "Rita Sample is in the group of Acme Corp already by that name. Edit them there instead. "
            "Somebody else of that name is added with an e-mail address of their own.",
        ),
        ("Tom Sample, econmic buyer", '"econmic buyer" is not a role; the nearest is economic buyer'),
        ("R" * 300, "The name has 300 characters; write at most 120."),
        ("Tom Sample, tom@acme", '"tom@acme" is not an e-mail address like rita@acme.example.'),
    ):
        assert said in await team.ann.types(f"/account acme group add {typed}", in_=CHANNEL), typed
    assert "has no meaning here" in await team.ann.types("/account acme group drop Rita Sample", in_=CHANNEL)
    assert len(team.recorded()) == before
