"""The store of the running bot: opened, and rid of what an earlier process of it was in the middle of."""

import asyncio
from contextlib import AsyncExitStack

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.settings import Settings
from bot.slack_api.workspaces import StartFailed
from storage.asked import pending_questions
from storage.database.engine import Store
from storage.database.errors import advice_for_operator
from storage.database.migrate import MigrationFailed, upgrade
from storage.database.single_instance import AlreadyRunning, single_instance
from storage.delivery import answers


async def open_store(settings: Settings, clock: Clock, stack: AsyncExitStack) -> Store:
    """Return the store, with its tables; on SQLite, with its single process, whoever owed an answer before is gone.

    Raises StartFailed.
    """
    try:
        stack.enter_context(single_instance(settings.database_url))
    except AlreadyRunning as error:
        raise StartFailed(str(error)) from error
    store = Store(settings.database_url)
    stack.callback(store.close)
    try:
        await asyncio.to_thread(upgrade, store)
        if store.is_sqlite:
            await store.write(answers.end_all, clock.now())
            await store.write(pending_questions.end_leases)
    except MigrationFailed as error:
        raise StartFailed(str(error)) from error
    except SQLAlchemyError as error:
        raise StartFailed(advice_for_operator(error)) from error
    return store
