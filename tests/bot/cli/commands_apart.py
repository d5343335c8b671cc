"""Commands on small disks of their own, forked from one process that may mount disks and has imported everything.

`python -m tests.bot.cli.commands_apart` reads one order a line, a JSON object, and answers each with another one.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy.orm import configure_mappers

from bot.__main__ import main

MOUNT = """
set -e
mount -t tmpfs -o size=2m none "$DISK"
cp "$DISK.db" "$DISK/cadence.db"
case "$STATE" in
only-read) mount -o remount,ro "$DISK" ;;
*) dd if=/dev/zero of="$DISK/filler" bs=1k count=100000 2>/dev/null || truncate -s "-$STATE" "$DISK/filler" ;;
esac
"""

LOOK = """
cmp "$DISK.db" "$DISK/cadence.db" || echo "The database has changed"
rm -f "$DISK/filler" "$DISK"/cadence.db-* 2>/dev/null
ls "$DISK"
"""


def serve() -> None:
    """Carry out orders until the input ends."""
    configure_mappers()
    for line in sys.stdin:
        print(json.dumps(carried_out(json.loads(line))), flush=True)


def carried_out(order: dict[str, Any]) -> dict[str, Any]:
    """The status, output and errors of the command, and the files that it left on the disk beside its own."""
    settings = os.environ | order["settings"]
    subprocess.run(["sh", "-c", MOUNT], env=settings, check=True)
    with TemporaryFile() as printed, TemporaryFile() as said:
        pid = os.fork()
        if pid == 0:
            os.dup2(printed.fileno(), 1)
            os.dup2(said.fileno(), 2)
            os.environ.update(order["settings"])
            end_with_status_of(order["words"])
        _, status = os.waitpid(pid, 0)
        printed.seek(0)
        said.seek(0)
        done = {
            "status": os.waitstatus_to_exitcode(status),
            "out": printed.read().decode(),
            "err": said.read().decode(),
        }
    left = subprocess.run(["sh", "-c", LOOK], env=settings, capture_output=True, text=True, check=False)
    return done | {"left": left.stdout}


def end_with_status_of(words: Sequence[str]) -> None:
    """Run the command and end this process."""
    status = -1
    try:
        status = main(words)
    except BaseException:  # whatever ends the process is shown
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status & 0xFF)


if __name__ == "__main__":
    serve()
