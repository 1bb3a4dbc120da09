"""One process of a race: reads a line of JSON, does what it says, answers with a line of JSON.

    {"do": "choose", "with": {…}, "at": 1700000000.0}    →    {"answer": …} or {"error": "OperationalError: …"}

`do` names a function of a module, usually `scenes`; `at` is the moment to start, so that all processes start together.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import import_module


class Worker:
    """The other end: a process that can be asked."""

    def __init__(self, env: dict[str, str], module: str = "tests.races.scenes"):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.races.worker", module], env=env, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def tell(self, do: str, at: float = 0, **values) -> None:
        """Ask without waiting."""
        self.process.stdin.write(json.dumps({"do": do, "with": values, "at": at}) + "\n")
        self.process.stdin.flush()

    def hear(self):
        """The answer; raises what was an error there."""
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["answer"]

    def ask(self, do: str, **values):
        """Ask and wait."""
        self.tell(do, **values)
        return self.hear()

    def end(self) -> None:
        """The process ends."""
        self.process.stdin.close()
        self.process.wait(60)  # whatever it still does ends first, also beside other work


def together(workers: Sequence[Worker], do: str, each: Sequence[dict]) -> list[str]:
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
    scenes = import_module(sys.argv[1])
    for line in sys.stdin:
        wanted = json.loads(line)
        while time.time() < wanted["at"]:
            time.sleep(0)
        try:
            answer = {"answer": getattr(scenes, wanted["do"])(**wanted["with"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main()
