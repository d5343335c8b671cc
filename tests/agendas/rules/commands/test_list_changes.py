import pytest

from agendas.errors import NotUnderstood
from agendas.rules.commands import ListWords, SeveralNamed, read_list_change, read_several
from tests.cases import cases


@cases(
    ("rest", "word", "expected"),
    [
        ("tier 1 because the CFO asked", "name", ListWords(1, "the CFO asked")),
        ("Tier 2, because: budget &amp; timing", "name", ListWords(2, "budget & timing")),
        ("t3 because small", "tier", ListWords(3, "small")),
        ("tier 2 because small, now: May, motion: pilot", "tier", ListWords(2, "small", "May", "pilot")),
        ("because small now: May motion: pilot", "pause", ListWords(None, "small now: May motion: pilot")),
        ("2 BECAUSE they asked because of price", "tier", ListWords(2, "they asked because of price")),
        ("because lost to a rival", "remove", ListWords(None, "lost to a rival")),
        ("because budget freeze\nuntil May", "pause", ListWords(None, "budget freeze\nuntil May")),
    ],
)
def test_a_change_of_the_list_has_its_reason_and_its_tier(rest, word, expected):
    assert read_list_change(rest, word) == expected


@cases(
    ("rest", "word", "sentence"),
    [
        ("tier 1", "name", "Say why, it is kept with the change: /account name ACCOUNT tier 1 because TEXT."),
        ("", "pause", "Say why, it is kept with the change: /account pause ACCOUNT because TEXT."),
        ("because ", "reject", "Say why after because: /account reject ACCOUNT because TEXT."),
        ("because big", "name", "The tier is missing; write /account name ACCOUNT tier 1 because TEXT."),
        ("tier 4 because big", "tier", "There is no tier 4. The tiers are 1, 2 and 3: /account tier ACCOUNT 1 because"),
        ("9", "tier", "There is no tier 9. The tiers are 1, 2 and 3: /account tier ACCOUNT 1 because TEXT."),
        ("2 they grew", "tier", "Say why, it is kept with the change: /account tier ACCOUNT 1 because TEXT."),
        ("gold because big", "name", '"gold" is not a tier; write /account name ACCOUNT tier 1 because TEXT.'),
        ("tier 1 because big", "pause", '"tier 1" before the reason has no meaning here; write /account pause'),
        (f"because {'x' * 3_001}", "pause", "The text has 3,001 characters"),
    ],
)
def test_a_change_of_the_list_that_cannot_be_understood_is_refused(rest, word, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        read_list_change(rest, word)
    assert str(refusal.value).startswith(sentence)


@cases(
    ("rest", "expected"),
    [
        ("acme, globex tier 1 because big", SeveralNamed(("acme", "globex"), 1, "big")),
        ("acme, globex, in Tier 2", SeveralNamed(("acme", "globex"), 2)),
        ("acme, globex and umbra", SeveralNamed(("acme", "globex and umbra"))),
        ('"Acme, Inc.", globex t3 because x, motion: y', SeveralNamed(("Acme, Inc.", "globex"), 3, "x", "", "y")),
        ("acme, acme tier 1", None),
        ("acme tier 1 because big, fast", None),
        ("Retailer 01, Retailer 02", SeveralNamed(("Retailer 01", "Retailer 02"))),
    ],
)
def test_several_accounts_stand_with_commas_between(rest, expected):
    assert read_several(rest) == expected
