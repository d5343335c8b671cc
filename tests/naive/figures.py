"""The figures of `docs/measures.md` as plain SQL over the database file, written apart from the rules that they prove.

Each function is a group of figures as of the end of a local day: its month up to then.

1.  named: named accounts by tier
2.  paused: paused accounts
3.  comparable: accounts named at both ends (named_throughout), without customers to whom nothing more was open
4.  movement: of them, who advanced, who regressed (5) and who only claims to have advanced (6)
7.  progression: who advanced of the comparable ones
8.  conversion: accounts that entered target and reached opportunity in 90 days
9.  stays: number and median days of ended stays by tier and stage
10. open_stays: number and median age of open stays by tier and stage
11. at_risk: open amounts of accounts that are given
12. closed: won (12), expanded (13), renewed (14) and lost (15) of a time by currency: number and cents
16. months: the same for each of the last six months
17. won_in_quarter: won in the calendar quarter by currency, without renewals, and what is left to win of a target
18. win_rate: new business won of closed, by number
19. win_rate_by_value: the same by value in each currency
20. days_to_close: their mean days, and how many have no known opening (21)
22. velocity: what the pipeline brings in a day by currency, None where too few deals closed
23. open_pipeline: open deals by currency
24. closing: open deals that close in the calendar quarter by currency
25. reviews: planned, held, held on time (26), both functions there (27)
28. engagement: points of 30 days of each named account, and their median (29)
30. coverage: of the target by the deals that are given as clean
31. silence: days since the buyer's last act of each named account, else since it was named; too_silent: over the limits
    that are given, twice those while the account waits for a date that the buyer confirmed, where silence can stall
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
Sums = dict[str, tuple[int, int]]
"""Number of deals and their cents, by currency."""


def opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.create_function("local_day", 1, _local_day, deterministic=True)
    return database


def _local_day(instant: str | None) -> str | None:
    if instant is None:
        return None
    return datetime.fromisoformat(instant).replace(tzinfo=UTC).astimezone(ZONE).date().isoformat()


def stored(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def midnight(day: date) -> str:
    """The instant at which the local day begins, as it is stored."""
    return stored(datetime.combine(day, time(), ZONE))


def months_back(day: date, months: int) -> date:
    """The first day of the month so many months before that of the day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


@dataclass(frozen=True)
class Asked:
    """A day whose page is read: its month, or what began on `first`, counts up to the end of it or to an instant."""

    day: date
    first: date | None = None
    now: datetime | None = None

    def __call__(self) -> dict[str, object]:
        first = self.first or self.day.replace(day=1)
        quarter = months_back(self.day, (self.day.month - 1) % 3)
        return {
            "begin": midnight(first),
            "until": stored(self.now) if self.now else midnight(self.day + timedelta(days=1)),
            "day": self.day.isoformat(),
            "first": first.isoformat(),
            "quarter": quarter.isoformat(),
            "next_quarter": months_back(quarter, -3).isoformat(),
        }


# what was recorded until then and not corrected until then, and what follows from it: [since, ended)
RECORDED = """
    ranks (stage, height) AS (
        VALUES ('target', 0), ('aware', 1), ('engaged', 2), ('mqa', 3), ('opportunity', 4), ('customer', 5)
    ),
    heights (phase, height) AS (VALUES ('lost', 0), ('early', 1), ('middle', 2), ('late', 3), ('won', 4)),
    said AS (
        SELECT * FROM event WHERE recorded_at < :until AND id NOT IN (
            SELECT change ->> 'event_id' FROM event WHERE kind = 'corrected' AND recorded_at < :until
        )
    ),
    placed AS (
        SELECT account_id, change ->> 'status' AS status, coalesce(change ->> 'tier', 3) AS tier, happened_at AS since,
            coalesce(lead(happened_at) OVER (PARTITION BY account_id ORDER BY happened_at, id), '~') AS ended
        FROM said WHERE kind = 'list_changed'
    ),
    stepped AS (
        SELECT account_id, coalesce(change ->> 'to_stage', 'target') AS stage, happened_at AS since, id AS event_id,
            coalesce(lead(happened_at) OVER (PARTITION BY account_id ORDER BY happened_at, id), '~') AS ended
        FROM said WHERE kind = 'nominated' OR (kind = 'moved' AND change ->> 'to_stage' IS NOT NULL)
    ),
    deal AS (
        SELECT account_id, change ->> '$.opportunity.key' AS key, change ->> '$.opportunity.phase' AS phase,
            change ->> '$.opportunity.type' AS type, change ->> '$.opportunity.amount_cents' AS cents,
            change ->> '$.opportunity.currency' AS currency, change ->> '$.opportunity.closes_on' AS closes_on,
            change ->> '$.opportunity.adds_value' AS adds_value, happened_at AS since,
            coalesce(lead(happened_at) OVER (
                PARTITION BY change ->> '$.opportunity.key' ORDER BY happened_at, recorded_at, id), '~') AS ended
        FROM said WHERE kind = 'opportunity_changed'
    ),
    open_deal AS (
        SELECT deal.* FROM deal JOIN placed USING (account_id)
        WHERE deal.ended = '~' AND placed.ended = '~' AND status = 'named' AND phase IN ('early', 'middle', 'late')
    ),
    throughout AS (
        SELECT account_id FROM placed AS now JOIN placed AS before USING (account_id)
        WHERE now.ended = '~' AND now.status = 'named' AND before.status = 'named'
            AND before.since < :begin AND before.ended >= :begin
    ),
    comparable AS (
        SELECT account_id FROM throughout
        WHERE account_id NOT IN (
            SELECT account_id FROM stepped WHERE stage = 'customer' AND since < :begin AND ended >= :begin
        ) OR account_id IN (
            SELECT account_id FROM deal WHERE phase IN ('early', 'middle', 'late') AND ended > :begin
                AND type = 'existing_business' AND adds_value
        )
    ),
    shown AS (
        SELECT account_id, height FROM said, json_each(evidence) AS piece JOIN ranks ON stage = value ->> 'step'
        WHERE value ->> 'actor' IN ('buyer', 'third_party')
            AND datetime(value ->> 'dated_at') >= datetime(:begin, '-30 days')
    ),
    stood AS (
        SELECT account_id, max(iif(since < :begin AND ended >= :begin, height, NULL)) AS before,
            max(iif(ended = '~', height, NULL)) AS after
        FROM stepped JOIN ranks USING (stage) WHERE account_id IN comparable GROUP BY account_id
    ),
    deal_stood AS (
        SELECT account_id,
            max(iif(since < :begin AND ended >= :begin AND phase NOT IN ('won', 'lost'), height, 0)) AS before,
            max(iif(ended = '~' AND (phase <> 'won' OR since >= :begin), height, 0)) AS after
        FROM deal JOIN heights USING (phase) GROUP BY account_id
    ),
    moved AS (
        SELECT account_id, CASE
            WHEN stood.after > stood.before
                THEN iif(account_id IN (SELECT account_id FROM shown WHERE height >= stood.after), 'up', 'claimed')
            WHEN stood.after < stood.before THEN 'down'
            WHEN deal_stood.after > deal_stood.before THEN 'up'
            WHEN deal_stood.after < deal_stood.before THEN 'down'
        END AS way
        FROM stood LEFT JOIN deal_stood USING (account_id)
    ),
    stay AS (
        SELECT account_id, stage, max(stepped.since, placed.since) AS since, stepped.ended,
            (SELECT tier FROM placed AS last WHERE last.account_id = stepped.account_id AND last.since < stepped.ended
             ORDER BY last.since DESC LIMIT 1) AS tier
        FROM stepped JOIN placed USING (account_id)
        WHERE stepped.ended > placed.since AND placed.since = (
            SELECT min(since) FROM placed AS first WHERE first.account_id = stepped.account_id AND status = 'named'
        ) AND EXISTS (
            SELECT * FROM placed AS last WHERE last.account_id = stepped.account_id AND status IN ('named', 'paused')
                AND last.since < stepped.ended AND last.ended >= stepped.ended
        )
    )
"""

# deals that closed until then as they are known today, of accounts that were on the list on the day
CLOSED = """
    version AS (
        SELECT account_id, change ->> '$.opportunity.key' AS key, change ->> '$.opportunity.phase' AS phase,
            change ->> '$.opportunity.type' AS type, change ->> '$.opportunity.amount_cents' AS cents,
            change ->> '$.opportunity.currency' AS currency, change ->> '$.opportunity.adds_value' AS adds_value,
            change ->> 'since_known' AS since_known, happened_at,
            row_number() OVER (
                PARTITION BY change ->> '$.opportunity.key' ORDER BY happened_at DESC, recorded_at DESC, id DESC
            ) AS nth
        FROM event WHERE kind = 'opportunity_changed'
    ),
    closed AS (
        SELECT last.account_id, last.key, last.phase, last.type, last.cents, last.currency, last.adds_value,
            min(entered.happened_at) AS closed_at, local_day(min(entered.happened_at)) AS closed_on,
            CASE WHEN last.phase = 'lost' THEN 'lost' WHEN last.type = 'new_business' THEN 'won'
                WHEN last.adds_value THEN 'expanded' ELSE 'renewed' END AS how,
            (SELECT local_day(min(change ->> 'opened_at')) FROM event
             WHERE kind = 'opportunity_changed' AND change ->> '$.opportunity.key' = last.key) AS opened_on,
            (SELECT local_day(min(happened_at)) FROM version AS first WHERE first.key = last.key) AS first_on
        FROM version AS last JOIN version AS entered USING (key, phase)
        WHERE last.nth = 1 AND last.phase IN ('won', 'lost') AND last.since_known GROUP BY key
    ),
    listed AS (
        SELECT account_id, change ->> 'status' AS status, local_day(happened_at) AS since,
            coalesce(local_day(lead(happened_at) OVER (PARTITION BY account_id ORDER BY happened_at, id)), '~') AS ended
        FROM event WHERE kind = 'list_changed'
    ),
    counted AS (
        SELECT * FROM closed WHERE closed_on <= :day AND EXISTS (
            SELECT * FROM listed WHERE listed.account_id = closed.account_id AND status IN ('named', 'paused')
                AND since <= closed_on AND ended >= closed_on
        )
    ),
    judged AS (
        SELECT * FROM counted WHERE type = 'new_business' AND closed_on > date(:day, '-365 days')
    )
"""


def _rows(database: sqlite3.Connection, sql: str, asked: Asked, **more: object) -> list[tuple]:  # type: ignore[type-arg]
    return database.execute(f"WITH {RECORDED}, {CLOSED} {sql}", asked() | more).fetchall()


def _sums(rows: Iterable[tuple]) -> Sums:  # type: ignore[type-arg]
    return {currency: (number, cents) for currency, number, cents in rows}


def named(database: sqlite3.Connection, asked: Asked) -> dict[int, int]:
    sql = "SELECT tier, count(*) FROM placed WHERE ended = '~' AND status = 'named' GROUP BY tier"
    return dict(_rows(database, sql, asked))


def paused(database: sqlite3.Connection, asked: Asked) -> int:
    return int(_rows(database, "SELECT count(*) FROM placed WHERE ended = '~' AND status = 'paused'", asked)[0][0])


def comparable(database: sqlite3.Connection, asked: Asked) -> set[int]:
    return {account_id for (account_id,) in _rows(database, "SELECT account_id FROM comparable", asked)}


def named_throughout(database: sqlite3.Connection, asked: Asked) -> set[int]:
    return {account_id for (account_id,) in _rows(database, "SELECT account_id FROM throughout", asked)}


def movement(database: sqlite3.Connection, asked: Asked) -> dict[str, set[int]]:
    """The comparable accounts that went `up` or `down`, and those that `claimed` to have gone up."""
    found: dict[str, set[int]] = {"up": set(), "down": set(), "claimed": set()}
    for account_id, way in _rows(database, "SELECT account_id, way FROM moved WHERE way IS NOT NULL", asked):
        found[way].add(account_id)
    return found


def progression(database: sqlite3.Connection, asked: Asked) -> tuple[int, int]:
    sql = "SELECT (SELECT count(*) FROM moved WHERE way = 'up'), (SELECT count(*) FROM comparable)"
    advanced, of = _rows(database, sql, asked)[0]
    return advanced, of


def conversion(database: sqlite3.Connection, asked: Asked) -> tuple[int, int]:
    """Accounts that reached opportunity within 90 days, of those that entered target 90 to 365 days ago."""
    sql = """
        , entered AS (SELECT account_id, min(since) AS since FROM stay WHERE stage = 'target'
            AND account_id NOT IN (SELECT account_id FROM placed WHERE ended = '~' AND status = 'paused')
            AND local_day(since) BETWEEN date(:day, '-365 days') AND date(:day, '-90 days') GROUP BY account_id)
        SELECT coalesce(sum(EXISTS (
            SELECT * FROM stepped JOIN ranks USING (stage) WHERE stepped.account_id = entered.account_id
                AND height >= 4 AND stepped.since > entered.since
                AND local_day(stepped.since) <= date(local_day(entered.since), '+90 days')
        )), 0), count(*) FROM entered
    """
    reached, of = _rows(database, sql, asked)[0]
    return reached, of


MEDIAN = """
    , placed_days AS (
        SELECT tier, stage, days, row_number() OVER (PARTITION BY tier, stage ORDER BY days) AS nth,
            count(*) OVER (PARTITION BY tier, stage) AS many FROM lasted
    )
    SELECT tier, stage, many, avg(days) FROM placed_days WHERE nth IN ((many + 1) / 2, (many + 2) / 2)
    GROUP BY tier, stage
"""


def stays(database: sqlite3.Connection, asked: Asked) -> dict[tuple[int, str], tuple[int, float]]:
    sql = """
        , lasted AS (SELECT tier, stage, julianday(local_day(ended)) - julianday(local_day(since)) AS days FROM stay
            WHERE ended <> '~' AND local_day(ended) >= date(:day, '-365 days')
                AND account_id NOT IN (SELECT account_id FROM placed WHERE ended = '~' AND status = 'paused'))
    """
    return {(tier, stage): (many, days) for tier, stage, many, days in _rows(database, sql + MEDIAN, asked)}


def open_stays(database: sqlite3.Connection, asked: Asked) -> dict[tuple[int, str], tuple[int, float]]:
    sql = """
        , lasted AS (
            SELECT placed.tier, stage, julianday(:day) - julianday(local_day(stay.since)) AS days
            FROM stay JOIN placed USING (account_id)
            WHERE stay.ended = '~' AND placed.ended = '~' AND status = 'named'
        )
    """
    return {(tier, stage): (many, days) for tier, stage, many, days in _rows(database, sql + MEDIAN, asked)}


OPEN = "SELECT currency, count(*), coalesce(sum(cents), 0) FROM open_deal"


def at_risk(database: sqlite3.Connection, asked: Asked, accounts: Iterable[int]) -> Sums:
    places = ",".join(str(account_id) for account_id in accounts)
    return _sums(_rows(database, f"{OPEN} WHERE account_id IN ({places}) GROUP BY currency", asked))


def closed(database: sqlite3.Connection, asked: Asked) -> dict[str, Sums]:
    """By how they ended: won, expanded, renewed, lost."""
    sql = """SELECT how, currency, count(*), coalesce(sum(cents), 0) FROM counted
        WHERE closed_on >= :first GROUP BY how, currency"""
    found: dict[str, Sums] = {how: {} for how in ("won", "expanded", "renewed", "lost")}
    for how, currency, number, cents in _rows(database, sql, asked):
        found[how][currency] = (number, cents)
    return found


def months(database: sqlite3.Connection, asked: Asked) -> dict[date, dict[str, Sums]]:
    """The same of each of the last six months, the last one up to the day."""
    firsts = [months_back(asked.day, back) for back in range(6)]
    ends = [asked.day, *(first - timedelta(days=1) for first in firsts)]
    return {first: closed(database, Asked(end)) for first, end in zip(firsts, ends, strict=False)}


def half_year(database: sqlite3.Connection, asked: Asked) -> dict[str, Sums]:
    """The same of all these months at once."""
    return closed(database, Asked(asked.day, first=months_back(asked.day, 5)))


def won_in_quarter(database: sqlite3.Connection, asked: Asked) -> Sums:
    sql = """SELECT currency, count(*), coalesce(sum(cents), 0) FROM counted
        WHERE closed_on >= :quarter AND how IN ('won', 'expanded') GROUP BY currency"""
    return _sums(_rows(database, sql, asked))


def left_to_win(database: sqlite3.Connection, asked: Asked, target: dict[str, int]) -> dict[str, int]:
    won = won_in_quarter(database, asked)
    return {currency: cents - won.get(currency, (0, 0))[1] for currency, cents in target.items()}


def win_rate(database: sqlite3.Connection, asked: Asked) -> Sums:
    """Number won and number closed, by currency."""
    return _sums(_rows(database, "SELECT currency, sum(phase = 'won'), count(*) FROM judged GROUP BY currency", asked))


def win_rate_by_value(database: sqlite3.Connection, asked: Asked) -> Sums:
    """Cents won and cents closed, by currency."""
    sql = """SELECT currency, coalesce(sum(iif(phase = 'won', cents, 0)), 0), coalesce(sum(cents), 0)
        FROM judged GROUP BY currency"""
    return _sums(_rows(database, sql, asked))


def days_to_close(database: sqlite3.Connection, asked: Asked) -> dict[str, tuple[float | None, int]]:
    """The mean days, and the number of deals whose opening is not known, by currency."""
    sql = """
        SELECT currency, avg(iif(opened_on <= first_on, julianday(closed_on) - julianday(opened_on), NULL)),
            count(*) - count(iif(opened_on <= first_on, 1, NULL))
        FROM judged GROUP BY currency
    """
    return {currency: (days, unknown) for currency, days, unknown in _rows(database, sql, asked)}


def velocity(database: sqlite3.Connection, asked: Asked) -> dict[str, float]:
    """Only of currencies in which ten deals closed."""
    sql = """
        SELECT currency, (SELECT count(*) FROM open_deal WHERE open_deal.currency = judged.currency
                AND phase <> 'early' AND type = 'new_business')
            * avg(phase = 'won') * avg(iif(phase = 'won', cents, NULL))
            / avg(iif(opened_on <= first_on, julianday(closed_on) - julianday(opened_on), NULL))
        FROM judged GROUP BY currency HAVING count(*) >= 10
    """
    return dict(_rows(database, sql, asked))


def open_pipeline(database: sqlite3.Connection, asked: Asked) -> Sums:
    return _sums(_rows(database, f"{OPEN} GROUP BY currency", asked))


def closing(database: sqlite3.Connection, asked: Asked) -> Sums:
    in_quarter = "WHERE closes_on >= :quarter AND closes_on < :next_quarter"
    return _sums(_rows(database, f"{OPEN} {in_quarter} GROUP BY currency", asked))


def reviews(database: sqlite3.Connection, asked: Asked) -> dict[str, int]:
    sql = """
        , due AS (
            SELECT *, state = 'closed' AND was_held AND closed_at < :until AS held FROM review
            WHERE kind = 'accounts' AND planned_on >= :first AND planned_on <= :day
                AND (state = 'missed' OR (state = 'closed' AND closed_at < :until))
        ),
        there AS (
            SELECT due.id, count(DISTINCT function) AS functions FROM due, json_each(attended) AS present
            JOIN person ON user_id = present.value AND function IN ('sales', 'marketing') GROUP BY due.id
        )
        SELECT count(*), coalesce(sum(held), 0), coalesce(sum(held AND late_minutes = 0), 0),
            coalesce(sum(held AND functions = 2), 0)
        FROM due LEFT JOIN there USING (id)
    """
    return dict(zip(("planned", "held", "on_time", "both"), _rows(database, sql, asked)[0], strict=True))


SILENCE = """
    , word AS (
        SELECT said.account_id, local_day(value ->> 'dated_at') AS heard_on,
            coalesce((
                SELECT change ->> 'actor' FROM said AS judged
                WHERE kind = 'evidence_judged' AND change ->> 'event_id' = said.id ORDER BY judged.id DESC LIMIT 1
            ), value ->> 'actor') AS actor
        FROM said, json_each(evidence) AS piece
    ),
    heard AS (
        SELECT account_id, heard_on FROM word WHERE actor IN ('buyer', 'third_party')
        UNION ALL SELECT account_id, change ->> '$.contact.touched_on' FROM said
            WHERE kind IN ('contact_added', 'contact_edited')
        UNION ALL SELECT account_id, local_day(happened_at) FROM signal
            WHERE kind IN ('web_visit', 'content', 'event', 'product_usage') AND contact_id IS NOT NULL
                AND happened_at < :until AND counts_since < :until
                AND (taken_back_at IS NULL OR taken_back_at >= :until)
        UNION ALL SELECT account_id, local_day(since) FROM deal WHERE phase = 'won'
    ),
    silent AS (
        SELECT account_id, julianday(:day) - julianday(coalesce(
            (SELECT max(heard_on) FROM heard WHERE heard.account_id = placed.account_id),
            (SELECT local_day(max(since)) FROM placed AS named WHERE named.account_id = placed.account_id
                AND named.status = 'named' AND NOT EXISTS (
                    SELECT * FROM placed AS before WHERE before.account_id = named.account_id
                        AND before.ended = named.since AND before.status IN ('named', 'paused')))
        )) AS days,
        (SELECT change ->> 'until' FROM said WHERE kind = 'waiting_set' AND said.account_id = placed.account_id
            ORDER BY id DESC LIMIT 1) AS waits_until
        FROM placed WHERE ended = '~' AND status = 'named'
    )
"""


def silence(database: sqlite3.Connection, asked: Asked) -> dict[int, int]:
    return dict(_rows(database, SILENCE + "SELECT account_id, cast(max(days, 0) AS integer) FROM silent", asked))


def too_silent(database: sqlite3.Connection, asked: Asked, limits: dict[int, int]) -> set[int]:
    """Customers only while a deal for more is open; limits are given for the accounts that can stall by silence."""
    found: set[int] = set()
    sql = """
        SELECT silent.account_id FROM silent JOIN stepped USING (account_id)
        WHERE account_id = :account AND stepped.ended = '~' AND days > iif(waits_until >= :day, 2, 1) * :limit
            AND (stage <> 'customer' OR account_id IN (
                SELECT account_id FROM open_deal WHERE type = 'existing_business' AND adds_value))
    """
    for account_id, limit in limits.items():
        found |= {each for (each,) in _rows(database, SILENCE + sql, asked, account=account_id, limit=limit)}
    return found


POINTS = """
    , pointed AS (
        SELECT placed.account_id, coalesce(sum(points), 0) AS points FROM placed LEFT JOIN signal
            ON signal.account_id = placed.account_id AND happened_at < :until
            AND julianday(happened_at) > julianday(:until) - 30
            AND counts_since < :until AND (taken_back_at IS NULL OR taken_back_at >= :until)
        WHERE ended = '~' AND status = 'named' GROUP BY placed.account_id
    )
"""


def engagement(database: sqlite3.Connection, asked: Asked) -> dict[int, float]:
    return dict(_rows(database, POINTS + "SELECT account_id, points FROM pointed", asked))


def median_engagement(database: sqlite3.Connection, asked: Asked) -> float | None:
    sql = """
        , ordered AS (SELECT points, row_number() OVER (ORDER BY points) AS nth, count(*) OVER () AS many FROM pointed)
        SELECT avg(points) FROM ordered WHERE nth IN ((many + 1) / 2, (many + 2) / 2)
    """
    median: float | None = _rows(database, POINTS + sql, asked)[0][0]
    return median


def coverage(
    database: sqlite3.Connection, asked: Asked, target: dict[str, int], clean: Iterable[str]
) -> dict[str, float | None]:
    """Clean amounts / what is left to win, by currency; None where nothing is left to win."""
    keys = ",".join(f"'{key}'" for key in clean)
    amounts = _sums(_rows(database, f"{OPEN} WHERE key IN ({keys}) GROUP BY currency", asked))
    left = left_to_win(database, asked, target)
    return {each: amounts.get(each, (0, 0))[1] / cents if cents > 0 else None for each, cents in left.items()}
