from agendas.text.dates import is_zone, zone_names
from tests.cases import cases


def test_a_zone_is_one_of_those_to_choose_from() -> None:
    assert {name for name in ("UTC", "Europe/Berlin", "Asia/Kathmandu") if is_zone(name)} <= zone_names()
    assert is_zone("America/Argentina/Buenos_Aires")


@cases(
    "name",
    ["", "Mars/Olympus", "+02:00", "UTC+2", "-5", "../etc/passwd", "/etc/passwd", "Europe", "Berlin\0", "x" * 400],
)
def test_anything_else_is_no_zone(name: str) -> None:
    assert not is_zone(name)
    assert name not in zone_names()
