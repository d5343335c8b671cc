"""Campaign figures alone are told from texts that say what the buyer did."""

from agendas.rules.signals import note_text, only_campaign_figures
from tests.cases import cases


@cases(
    "text",
    [
        "12,000 impressions",
        "12k impressions and 40 new MQLs this month",
        "3 form fills, 12 clicks, 5 opens, 400 sends",
        "1 click, 1 open",
        "Impressions: 12,000; CTR 2.1%",
        "Clicks up 20%",
        "32% open rate",
        "click-through rate 2.1 %",
        "We got 14 MQLs from the newsletter.",
        "Q4 Manufacturing campaign: 12.000 impressions, 43 clicks",
        "LinkedIn ads\n- 9,800 ad impressions\n- 31 clicks",
        "40 MQLs https://dash.example/signed/they",
        "Marketing: 14 MQLs at Legal Board Ltd",
        "Great month! 40 MQLs <@U0ANN1>",
    ],
)
def test_figures_of_a_campaign_are_known(text: str) -> None:
    assert only_campaign_figures(text, "Legal Board Ltd")


@cases(
    "text",
    [
        "",
        "CFO said yes to a pilot",
        "12,000 impressions, and their CFO asked for a demo",
        "The CFO replied after 3 sends",
        "12 clicks from their procurement",
        "Rita opened the deck; 40 clicks on the pricing page",
        "40 MQLs. Pilot starts Monday",
        "Globex opens 2 offices",
        "Initech sends 3 people to the workshop",
        "3 open questions left",
        "Legal sends 2 redlines",
        "Anna opened our email with 2 clicks",
        "They became an MQL",
        "Impressions are good",
        "Second meeting, 30 minutes",
        "Ordered 400 seats",
        "https://dash.example/12/clicks",
    ],
)
def test_a_text_that_says_more_or_has_no_figure_is_movement(text: str) -> None:
    assert not only_campaign_figures(text, "Globex")


def test_a_note_keeps_the_links_given_beside_its_text() -> None:
    links = ("https://a.example/1", "https://b.example/2")
    assert note_text("40 MQLs https://a.example/1", links) == "40 MQLs https://a.example/1\nhttps://b.example/2"
