"""Everything here runs on both databases."""

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test on both, unless it is marked with one."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker("database") is None:
        metafunc.parametrize("database", ["sqlite", "postgres"])
