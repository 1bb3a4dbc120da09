"""One process of a race: reads a line of JSON, does what it says, answers with a line of JSON.

    {"do": "choose", "with": {…}, "at": 1700000000.0}    →    {"answer": …} or {"error": "OperationalError: …"}

`do` names a function of a module, usually `scenes`; `at` is the moment to start, so that all processes start together.
A process that has begun can be doubled: to begin takes seconds, and to meet everything for the first time as many.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import TextIO

DOUBLE = "double"
"""What a process is told that is to double; it must have no connection to its database then."""
PATIENCE = 60
"""Seconds in which a process ends: whatever it still does ends first, also beside other work."""


class _Asked:
    """A process at the other end of two streams."""

    def __init__(self, to: TextIO, back: TextIO):
        self.to, self.back = to, back

    def tell(self, do: str, at: float = 0, **values) -> None:
        """Ask without waiting."""
        self.to.write(json.dumps({"do": do, "with": values, "at": at}) + "\n")
        self.to.flush()

    def hear(self):
        """The answer; raises what was an error there."""
        answer = json.loads(self.back.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["answer"]

    def ask(self, do: str, **values):
        """Ask and wait."""
        self.tell(do, **values)
        return self.hear()


class Worker(_Asked):
    """The other end: a process that can be asked."""

    def __init__(self, env: dict[str, str], module: str = "tests.races.scenes"):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.races.worker", module], env=env, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        super().__init__(self.process.stdin, self.process.stdout)

    def double(self) -> "Double":
        """Another process that knows what this one knows by now."""
        with TemporaryDirectory(prefix="w", dir="/tmp") as place:
            path = f"{place}/s"
            with socket.socket(socket.AF_UNIX) as door:
                door.bind(path)
                door.listen()
                self.ask(DOUBLE, path=path)
                door.settimeout(PATIENCE)
                return Double(door.accept()[0])

    def end(self) -> None:
        """The process ends."""
        self.process.stdin.close()
        self.process.wait(PATIENCE)


class Double(_Asked):
    """A process that another became."""

    def __init__(self, line: socket.socket):
        self.line = line
        line.settimeout(None)
        super().__init__(line.makefile("w"), line.makefile("r"))

    def end(self) -> None:
        """The process ends: it hangs up then."""
        self.line.shutdown(socket.SHUT_WR)
        self.line.settimeout(PATIENCE)
        self.back.read()
        self.line.close()


def together(workers: Sequence[_Asked], do: str, each: Sequence[dict]) -> list[str]:
    """All workers do it at the same moment, each with its own values; what each answered, errors too."""
    at = time.time() + 0.01
    for worker, values in zip(workers, each, strict=True):
        worker.tell(do, at=at, **values)
    answers = []
    for worker in workers:
        try:
            answers.append(worker.hear())
        except RuntimeError as error:
            answers.append(f"error: {error}")
    return answers


def main() -> None:
    """Answer until there is nothing more to read."""
    import django

    django.setup()
    serve(import_module(sys.argv[1]), sys.stdin, sys.stdout)


def serve(scenes, lines: Iterable[str], back: TextIO) -> None:
    """Do what the lines say, and answer each."""
    for line in lines:
        wanted = json.loads(line)
        if wanted["do"] == DOUBLE:
            if os.fork() == 0:
                serve_as_double(scenes, **wanted["with"])
            print(json.dumps({"answer": None}), file=back, flush=True)
            continue
        while time.time() < wanted["at"]:
            time.sleep(0)
        try:
            answer = {"answer": getattr(scenes, wanted["do"])(**wanted["with"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer, default=str), file=back, flush=True)


def serve_as_double(scenes, path: str) -> None:
    """The new process: answers to whoever waits at `path`, and never comes back into what its parent was doing."""
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())  # the lines of the parent are the parent's
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(path)
            serve(scenes, line.makefile("r"), line.makefile("w"))
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
