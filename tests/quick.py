"""What makes thousands of tests in one process quicker, without a test being any different from a bot."""

import gc
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_COMPILED: LRUCache[Any, Any] = LRUCache(5_000)
OBJECTS_BETWEEN_COLLECTIONS = 20_000


def share_compiled_statements() -> None:
    """From now on engines of the same dialect and settings find what any of them compiled.

    SQLAlchemy compiles a statement once per engine. A bot has one or two; tests have one for every database, and half
    of the time of a test on a database went into that.
    """
    Engine._compiled_cache = property(lambda _engine: _COMPILED, lambda _engine, _own: None)
    DefaultDialect.__eq__ = lambda dialect, other: _settings(dialect) == _settings(other)
    DefaultDialect.__hash__ = lambda dialect: hash(type(dialect))


def _settings(dialect: Any) -> tuple[Any, ...]:
    return type(dialect), getattr(dialect, "_json_deserializer", None), getattr(dialect, "_json_serializer", None)


def collect_garbage_rarely() -> None:
    """From now on: each time all objects are gone through, hundreds of thousands of modules and tests among them."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 20)


def keep_what_is_there() -> None:
    """Takes what lives until the end anyway out of what is gone through."""
    gc.collect()
    gc.freeze()
