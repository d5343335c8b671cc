"""The workspace of the benchmarks: its ids and secrets, all of them invented."""

TEAM = "T0BENCH01"
CHANNEL = "C0BENCH01"
BOT = "U0BENCHBOT"
BOT_TOKEN = "xoxb-benchmarks-0001"
SIGNING_SECRET = "0123456789abcdef0123456789abcdef"
PEOPLE = tuple(f"U0BENCH{number}" for number in range(40))
ADMIN = PEOPLE[0]
