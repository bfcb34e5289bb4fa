"""A process for the tests: it tells what it is and fails, or waits for a signal."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

if __name__ == "__main__":
    if sys.argv[1] == "tell":
        streams = [(stream.encoding, stream.line_buffering) for stream in (sys.stdout, sys.stderr)]
        print(ascii(sys.argv[1:]), os.environ.get("SAGA_WORD"), Path.cwd(), streams, "pytest" in sys.modules)  # noqa: T201 - the parent reads it
        sys.exit("it has failed")
    print("here", flush=True)  # noqa: T201 - the parent reads it
    signal.pause()
