from datetime import timedelta

from agendas.verbs import narrative
from tests.stories.team import CHANNEL, Team


async def test_a_narrative_is_wanted_refused_written_rewritten_and_gets_old(team: Team) -> None:
    ann, bob, number = team.ann, team.bob, await team.knows("Acme Corp", tier=1)
    await team.posts_review("acme")
    assert "no narrative" in team.agenda("Acme Corp").words.split("*Gaps*")[1].splitlines()[0]

    await ann.clicks("Write", on=await ann.types("/account acme narrative", in_=CHANNEL))
    await team.form(ann)
    await ann.fills(pressure="Our platform cuts costs by 30%", point_of_view="Two sites are enough")
    await ann.closes()
    await ann.clicks("Write", on=await ann.types("/account acme narrative", in_=CHANNEL))
    form = await team.form(ann)
    assert "Our platform cuts costs by 30%" in form.words
    refused = await team.submits(ann, ask="A day with their COO", roles=["champion"])
    assert not refused.ok
    [(field, said)] = form.errors.items()
    assert field == "The pressure they are under"
    assert '"Our platform cuts costs by 30%" speaks of us alone, not of Acme Corp.' in said
    assert 'Write what forces them to act, as in: "Their regulator wants every claim traceable by March 2027' in said
    assert (await team.submits(ann, pressure="Their lease ends in March")).ok
    assert "narrative: Their lease ends in March" in team.private_words(ann)[-1]
    assert "no narrative" not in team.agenda("Acme Corp").words

    await ann.clicks("Rewrite", on=await ann.types("/account acme narrative", in_=CHANNEL))
    await team.form(ann)
    version_2 = team.state("Acme Corp").narrative.narrative
    await team.did(
        narrative.write_narrative,
        number,
        type(version_2)("They lose their site in March", "Two sites are enough", "", "A day"),
        after=team.state("Acme Corp").narrative.written_at,
        by="bob",
    )
    assert "Version 2 was written while this form was open" in str((await team.submits(ann, proof="Globex")).response)
    await ann.closes()

    await team.passes(timedelta(days=101))
    page = await bob.types("/account acme narrative", in_=CHANNEL)
    assert "101 days old, limit 100" in page
    assert "Version 1, 24 Nov 2026" in page
    await bob.clicks("Read", on=page)
    assert "Their lease ends in March" in await bob.sees("Version 1, written by", in_=CHANNEL)
    assert "narrative 101 days old" in await bob.types("/account acme", in_=CHANNEL)
    await bob.clicks("Rewrite", on=page)
    await team.form(bob)
    assert (await team.submits(bob)).ok
    assert team.state("Acme Corp").narrative.version == 3
