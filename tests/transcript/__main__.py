"""`python -m tests.transcript keep FILE`: play the script and keep what was sent; without `keep`, compare with FILE."""

import asyncio
import difflib
import lzma
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.transcript.play import play


async def played() -> str:
    lines: list[str] = []
    with TemporaryDirectory() as folder:
        async for heading, sent in play(Path(folder)):
            lines += [f"## {heading}", *sent]
            print(f"{len(lines):6} {heading}", file=sys.stderr)
    return "\n".join(lines) + "\n"


def main() -> int:
    *keep, file = sys.argv[1:]
    text, kept = asyncio.run(played()), Path(file)
    if keep:
        kept.write_bytes(lzma.compress(text.encode()))
        return 0
    before = lzma.decompress(kept.read_bytes()).decode()
    differences = list(difflib.unified_diff(before.splitlines(), text.splitlines(), "kept", "played", lineterm="", n=1))
    print("\n".join(differences))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
