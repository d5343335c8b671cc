"""`python -m bench.effort`: measure what people have to do, print it, and keep it in `docs/effort.md`."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bench.effort.figures import PAGE, Effort, height_on_phone, page
from bench.effort.hand import WayGone
from bench.effort.jobs import done_from_message, five_accounts, five_prepared
from bench.effort.office import Office, is_titled, open_office
from bench.effort.ruler import DESKTOP, PHONE, Ruler
from sandbox.blocks import all_blocks, elements_of
from sandbox.testing import MessageView
from tests.sandbox.page.browser import CHROMIUM

READER = "nora"
COUNTED = f"counted by a model of text: {PHONE} characters of 15 px type in a line of 22 px"
SEEN = "measured in the sandbox's page in Chromium"


@dataclass
class Report:
    rows: list[Effort] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    async def take(
        self, name: str, before: str, reach: Sequence[int], measure: Callable[[], Awaitable[Sequence[int]]]
    ) -> None:
        try:
            now = tuple(await measure())
        except WayGone as gone:
            now = ()
            self.gone.append(f"{name}: {gone}")
        self.rows.append(Effort(name, before, now, tuple(reach)))


def main() -> int:
    """Return 0 when every reach is met, 1 when one is missed or a way is gone."""
    logging.disable(logging.WARNING)
    try:
        report = asyncio.run(measured())
    except WayGone as gone:
        print(gone, file=sys.stderr)
        return 1
    for row in report.rows:
        print(row.line())
    for sentence in report.gone:
        print(sentence, file=sys.stderr)
    pixels = SEEN if CHROMIUM else COUNTED
    PAGE.write_text(page(report.rows, desktop=DESKTOP, pixels=pixels), encoding="utf-8")
    return 0 if all(row.is_met for row in report.rows) else 1


async def measured() -> Report:
    """Every row. Raises WayGone when the demo's review is not posted as it should be."""
    report = Report()
    async with open_office() as office:
        review = (office.header, *office.agendas)

        async def agenda_lines() -> list[int]:
            lines = sorted(_lines(office, each) for each in office.agendas)
            return [lines[len(lines) // 2], lines[-1]]

        async def height() -> list[int]:
            return [await _height(office, review)]

        async def recap_lines() -> list[int]:
            return [_lines(office, await office.latest(lambda each: is_titled(each, "Recap"), "recap"))]

        async def primary() -> list[int]:
            return [sum(map(_primary_buttons, review))]

        await report.take("Lines of an ordinary agenda, of the worst of the demo", "26, 34", (10, 16), agenda_lines)
        await report.take("Pixels of the review of nine accounts, 390 px wide", "11,500", (5_000,), height)
        await report.take("Primary buttons of the review", "9", (2,), primary)
        await report.take("Lines of the recap of the demo", "45", (28,), recap_lines)
    # in a demo of its own: what is recorded for it would show in the recap
    async with open_office() as office:

        async def five() -> list[int]:
            hand = await five_accounts(office)
            return [hand.clicks, hand.forms]

        async def done() -> list[int]:
            return [(await done_from_message(office)).clicks]

        await report.take("Clicks and forms for five accounts", "30-40, 10", (16, 5), five)
        await report.take("Clicks from an action's direct message to done", "4", (1,), done)
    async with open_office() as office:

        async def prepared() -> list[int]:
            hand = await five_prepared(office)
            return [hand.clicks, hand.forms]

        await report.take("Clicks and forms to prepare five accounts", "not asked", (10, 0), prepared)
    return report


def _lines(office: Office, message: MessageView) -> int:
    return Ruler(office.sandbox.workspace, DESKTOP).message(message.message.blocks).lines


async def _height(office: Office, review: Sequence[MessageView]) -> int:
    if CHROMIUM is None:
        phone = Ruler(office.sandbox.workspace, PHONE)
        return sum(phone.message(each.message.blocks).pixels for each in review)
    reader = office.sandbox.person(READER).id
    return await height_on_phone(CHROMIUM, office.demo.address, reader, review)


def _primary_buttons(message: MessageView) -> int:
    controls = (each for block in all_blocks(message.message.blocks) for each in elements_of(block))
    return sum(each.get("style") == "primary" for each in controls)


if __name__ == "__main__":
    sys.exit(main())
