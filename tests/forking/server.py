"""The process that the others are forked from: it imports the whole program, and runs nothing of it itself."""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import time

from knowledge.compiling import vocabulary


def prepare() -> None:
    """Import the program, but for what acts by being imported, and read the everyday words, which never change."""
    for package in ("bot", "knowledge"):
        for module in pkgutil.walk_packages([package], f"{package}."):
            if not {"__main__", "migrations"} & {*module.name.split(".")}:
                importlib.import_module(module.name)
    vocabulary.everyday_words = functools.cache(vocabulary.everyday_words)
    vocabulary.everyday_words()
    gc.collect()
    gc.freeze()


def serve(requests: socket.socket) -> str:
    """Fork a process for each request, until nobody can make one any more; in that process, return what it has to run.

    Each has a keeper between it and this one, which waits for it, and kills it once nobody else waits.
    """
    while True:
        message, descriptors, *_ = socket.recv_fds(requests, 1, 4)
        if not message:
            with contextlib.suppress(ChildProcessError):
                while True:
                    os.wait()
            sys.exit()
        if not os.fork():
            requests.close()
            return kept(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def kept(line: int, *streams: int) -> str:
    """Fork the process that a line asks for, and tell it the pid and the status; in that process, return the module."""
    with socket.socket(fileno=line) as caller:
        module, arguments, environment, folder = json.loads(caller.makefile().readline())
        ended, alive = os.pipe()
        if pid := os.fork():
            for descriptor in (alive, *streams):
                os.close(descriptor)
            caller.sendall(b"%d\n" % pid)
            ready, _, _ = select.select([line, ended], [], [])
            if line in ready:
                os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
            with contextlib.suppress(OSError):
                caller.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
            os._exit(0)
    for target, descriptor in enumerate(streams):
        os.dup2(descriptor, target)
        os.close(descriptor)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - open until the process ends
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the same
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115 - the same
    sys.argv[1:] = arguments
    return str(module)


if __name__ == "__main__":
    prepare()
    runpy.run_module(serve(socket.socket(fileno=int(sys.argv[1]))), run_name="__main__", alter_sys=True)
