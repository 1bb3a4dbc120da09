"""`python -m tests.mutants [consent disclosure access audit keys gate reading doors] [--sample 40 | --write]`."""

import argparse
import sys

import pytest

from . import SUBJECTS, plugin


def main() -> int:
    """Each subject in turn, in a process of pytest of its own where there are several."""
    parser = argparse.ArgumentParser(prog="tests.mutants", description=__doc__)
    parser.add_argument("subject", choices=sorted(SUBJECTS))
    parser.add_argument("--sample", default="0", help="try only so many faults, drawn by lot; 0: all")
    parser.add_argument("--seed", default="1", help="the lot")
    parser.add_argument("--write", action="store_true", help="write what came of the whole into docs/proofs.md")
    parser.add_argument("--changed", action="store_true", help="only modules whose row is missing or of other code")
    parser.add_argument("--unseen", action="store_true", help="only what the latest run did not see")
    options = parser.parse_args()
    tests = SUBJECTS[options.subject].tests
    arguments = ["-q", "-p", "no:cacheprovider", "--timeout=0", "-n", "0"]
    which = [f"--faults-in={options.subject}", f"--sample={options.sample}", f"--seed={options.seed}"]
    which += [f"--{name}" for name in ("write", "changed", "unseen") if getattr(options, name)]
    return pytest.main([*arguments, *which, *tests], [plugin])


if __name__ == "__main__":
    sys.exit(main())
