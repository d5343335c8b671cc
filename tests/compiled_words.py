"""Templates compiled once for all test processes, which takes each of them two seconds."""

from functools import cache
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from agendas.rendering import words


class _Compiled(FileSystemBytecodeCache):
    """Kept beside what Python compiled. What our filters make of constants is compiled in, so their code counts too."""

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(source + _code())


@cache
def _code() -> str:
    return Path(words.__file__).read_text(encoding="utf-8")


def keep_compiled_words() -> None:
    folder = Path(words.__file__).parent / "__pycache__"
    folder.mkdir(exist_ok=True)
    words._environment(words.PRODUCT_WORDS).bytecode_cache = _Compiled(str(folder))
