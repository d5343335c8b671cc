from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import NOBODY, AccountStanding
from agendas.facts.group import BuyingRole
from agendas.facts.query import Form, Having, Period, Query, Subject
from agendas.verbs.find.accounts import fitting, scope_of
from storage.database import Store
from tests.assistant.look_ups.looking import asking
from tests.builders import ANN, BOB, CLEO
from tests.program import stored_program

SHORT = {"Acme Corp": "acme", "Globex": "globex", "Initrode": "initrode", "Umber Foods": "umber"}
SHORT |= {"Larch & Sons": "larch", "Pinewood": "pinewood"}
SINCE_9_NOV = Period(first=date(2026, 11, 9))
FROM_9_TO_13_NOV = Period(date(2026, 11, 9), date(2026, 11, 13))

NAMES = ("having", "without")

CASES: list[tuple[dict[str, Any], str]] = [
    ({}, "acme globex initrode umber larch pinewood"),
    ({"tiers": (1,)}, "acme globex"),
    ({"tiers": (3,)}, "larch"),
    ({"stages": (Stage.AWARE,)}, "initrode umber"),
    ({"stages": (Stage.TARGET,)}, "larch"),
    ({"states": (AccountStanding.CLAIMED,)}, "umber"),
    ({"states": (AccountStanding.NEEDS_INTERVENTION,), "tiers": (1,)}, "globex"),
    ({"statuses": (ListStatus.PAUSED, ListStatus.CANDIDATE)}, "larch pinewood"),
    ({"segments": ("Retail",)}, "acme"),
    ({"owners": (CLEO,)}, "umber larch"),
    ({"owners": (ANN,), "tiers": (1,)}, "acme globex"),
    ({"owners": (NOBODY,)}, "pinewood"),
    ({"having": (Having.BLOCKER,)}, "acme globex"),
    ({"having": (Having.BLOCKER, Having.OVERDUE_ACTION)}, "globex"),
    ({"without": (Having.NEXT_ACTION,)}, "initrode umber"),
    ({"without": (Having.BLOCKER,), "owners": (CLEO,)}, "umber"),
    ({"having": (Having.ASK,)}, "globex"),
    ({"having": (Having.DECISION,), "period": FROM_9_TO_13_NOV}, ""),
    ({"having": (Having.DECISION,), "period": SINCE_9_NOV}, "globex"),
    ({"without": (Having.TOUCH,), "period": SINCE_9_NOV}, "globex initrode umber"),
    ({"having": (Having.TOUCH,), "period": Period(date(2026, 10, 1), date(2026, 10, 31))}, "acme initrode globex"),
    ({"having": (Having.UPDATE,), "period": FROM_9_TO_13_NOV}, "globex umber"),
    ({"without": (Having.UPDATE,), "period": Period(first=date(2026, 11, 20))}, "globex"),
    ({"having": (Having.MOVEMENT,), "period": Period(date(2026, 10, 1), date(2026, 10, 31))}, "acme globex initrode"),
    ({"having": (Having.REVIEW,), "period": Period(last=date(2026, 11, 9))}, "acme globex initrode umber"),
    ({"having": (Having.REVIEW,), "period": FROM_9_TO_13_NOV, "tiers": (2,)}, "initrode umber"),
    ({"having": (Having.VALUE,)}, "acme"),
    ({"without": (Having.ROLE,), "roles": (BuyingRole.CHAMPION,), "tiers": (1,)}, "acme globex"),
]  # fmt: skip


def test_accounts_fit_every_filter_and_any_value_of_it(store: Store) -> None:
    stored_program(store)
    with asking(store) as context:
        for asked, right in CASES:
            found = fitting(context, Query(Subject.ACCOUNTS, Form.LIST, **asked))
            assert {SHORT[name] for name in found.names.values()} == set(right.split()), asked


def test_an_account_that_is_named_fits_whatever_its_status_but_not_against_another_filter(store: Store) -> None:
    ids = stored_program(store).accounts
    with asking(store) as context:
        found = fitting(context, Query(Subject.ACCOUNTS, Form.CARD, of=(ids["larch"], ids["acme"])))
        assert set(found.ids) == {ids["larch"], ids["acme"]}
        stalled = Query(Subject.ACCOUNTS, Form.YES_NO, of=(ids["acme"],), states=(AccountStanding.STALLED,))
        assert fitting(context, stalled).ids == ()


def test_another_subject_has_a_scope_only_with_a_filter_of_accounts(store: Store) -> None:
    ids = stored_program(store).accounts
    with asking(store) as context:
        due = Period(last=date(2026, 12, 4))
        assert scope_of(context, Query(Subject.ACTIONS, Form.LIST, whose=(ANN,), period=due)) is None
        assert scope_of(context, Query(Subject.LIST_CHANGES, Form.LIST, tiers=(1,))) is None
        assert scope_of(context, Query(Subject.PEOPLE, Form.LIST, without=(Having.ROLE,))) is None
        found = scope_of(context, Query(Subject.ACTIONS, Form.LIST, owners=(BOB,), period=due))
        assert found is not None
        assert found.ids == (ids["globex"],)


@pytest.mark.database("sqlite", "postgres")
def test_each_thing_is_had_or_lacked_by_every_account_on_any_days(store: Store) -> None:
    stored_program(store)
    with asking(store) as context:
        for thing, period in product(Having, (None, SINCE_9_NOV, FROM_9_TO_13_NOV, Period(last=date(2026, 11, 9)))):
            asked = Query(Subject.ACCOUNTS, Form.LIST, statuses=(ListStatus.NAMED,), period=period)
            everything = fitting(context, replace(asked, period=None)).ids
            with_it, without = (fitting(context, replace(asked, **{name: (thing,)})).ids for name in NAMES)
            assert sorted((*with_it, *without)) == sorted(everything), (thing, period)
