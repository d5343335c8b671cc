from hypothesis import given
from hypothesis import strategies as st

from agendas.rules.import_tables import (
    is_shared,
    one_line,
    read_domain,
    read_owner,
    read_record_id,
    read_salesforce_id,
    read_tier,
)
from agendas.text.money import read_money
from tests.cases import cases


@cases(
    ("said", "domain"),
    [
        ("acme.example", "acme.example"),
        ("https://www.Acme.example/about?x=1#top", "acme.example"),
        ("http:/acme.example", "acme.example"),
        ("www.acme.example.", "acme.example"),
        ("acme.example:8443/login", "acme.example"),
        ("//shop.acme.example", "shop.acme.example"),
        ('<a href="http://www.acme.example/x" target="_blank">visit us.</a>', "acme.example"),
        ("<a href='acme.example'>Acme", "acme.example"),
        ("&lt;a href=&quot;http://acme.example&quot;&gt;Acme&lt;/a&gt;", "acme.example"),
        ("acme.example; acme.invalid", "acme.example"),
        ("info@acme.example", "acme.example"),
        ("https://user:secret@acme.example/", "acme.example"),
        ("Müller.example", "müller.example"),
        ("", ""),
        ("  ", ""),
        ("&nbsp;", ""),
        ("n/a", None),
        ("none", None),
        ("-", None),
        ("localhost", None),
        ("192.168.0.1", None),
        ("acme..example", None),
        ("<script>", None),
    ],
)
def test_a_domain_is_the_host_of_what_stands_in_the_cell(said: str, domain: str | None) -> None:
    assert read_domain(said) == domain


@given(st.text(max_size=40))
def test_a_domain_that_was_read_is_read_as_itself(said: str) -> None:
    domain = read_domain(said)
    assert not domain or (read_domain(domain) == domain and read_domain(f"https://www.{domain}/a") == domain)


def test_hosts_that_many_companies_share_are_known_with_their_subdomains() -> None:
    assert is_shared("linkedin.com")
    assert is_shared("de.linkedin.com")
    assert not is_shared("notlinkedin.com")


@cases(
    ("said", "owner"),
    [
        ("Ann  Sample", ("Ann Sample", "")),
        ("Ann@Cadence.example", ("", "ann@cadence.example")),
        ("Ann Sample (ann@cadence.example)", ("Ann Sample", "ann@cadence.example")),
        ("Ann Sample <ann@cadence.example>", ("Ann Sample", "ann@cadence.example")),
        ("", ("", "")),
    ],
)
def test_an_owner_is_a_name_or_an_address_or_both(said: str, owner: tuple[str, str]) -> None:
    assert read_owner(said) == owner


@cases(
    ("said", "money"),
    [
        ("120000", (12_000_000, "")),
        ("45000.50", (4_500_050, "")),
        ("45.000,50 €", (4_500_050, "EUR")),
        ("EUR 45,000.50", (4_500_050, "EUR")),
        ("1,250,000 usd", (125_000_000, "USD")),
        ("1.250.000", (125_000_000, "")),
        ("$12,500", (1_250_000, "")),
        ("12'500.05", (1_250_005, "")),
        ("12,5", (1_250, "")),
        ("1234.567", (123_457, "")),
        ("0", (0, "")),
        ("12.500", None),
        ("1,25,000", None),
        ("1.2.3", None),
        ("1,2,3.4", None),
        ("1.234.567,8,9", None),
        ("-500", None),
        ("12.", None),
        ("1.2E+06", None),
        ("EUR 5 USD", (500, "EUR")),
        ("lots", None),
        ("9" * 14, None),
    ],
)
def test_an_amount_is_read_only_when_it_can_mean_one_thing(said: str, money: tuple[int, str] | None) -> None:
    assert read_money(said) == money


@given(st.integers(0, 10**12), st.sampled_from(["{:,.2f}", "{:.2f}"]))
def test_amounts_with_cents_are_read_back(cents: int, shape: str) -> None:
    written = shape.format(cents // 100) if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02d}"
    assert read_money(written) == (cents, "")


@cases(
    ("said", "tier"), [("tier_1", 1), ("Tier 2", 2), (" 3 ", 3), ("TIER-1", 1), ("4", None), ("true", None), ("", None)]
)
def test_a_tier_is_1_2_or_3(said: str, tier: int | None) -> None:
    assert read_tier(said) == tier


def test_a_record_id_rounded_by_a_spreadsheet_is_no_id() -> None:
    assert read_record_id("9000000001") == "9000000001"
    assert read_record_id("9000000001.0") == "9000000001"
    assert read_record_id("") == ""
    assert read_record_id("9.0E+09") is None
    assert read_record_id("9,00E+09") is None


def test_a_salesforce_id_of_15_characters_becomes_the_one_of_18() -> None:
    assert read_salesforce_id("001D000000IRFma") == "001D000000IRFmaIAH"
    assert read_salesforce_id("001D000000IRFmaIAH") == "001D000000IRFmaIAH"
    assert read_salesforce_id("000000000000000AAA") == ""
    assert read_salesforce_id("") == ""
    assert read_salesforce_id("12345") is None


@given(st.from_regex(r"[A-Za-z0-9]{15}", fullmatch=True))
def test_ids_that_differ_only_in_case_stay_different(given_id: str) -> None:
    found = read_salesforce_id(given_id)
    assert found is not None
    if found:
        other = given_id.swapcase()
        assert (read_salesforce_id(other) or "").casefold() != found.casefold() or other == given_id


@given(st.text())
def test_one_line_has_no_control_characters_and_no_outer_space(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line) == line.strip()
    assert line.isprintable() or all(letter >= " " for letter in line)


def test_direction_marks_are_taken_out_of_a_line_and_joined_emoji_are_kept() -> None:
    assert one_line("\u202eAcme\u200b \x1b[31mInc\n") == "Acme [31mInc"
    assert one_line("👩\u200d🔬 Labs") == "👩\u200d🔬 Labs"
