"""`python -m tests.mutants [consent disclosure access audit] [--each 1]`."""

import argparse
import sys

import pytest

from . import SUBJECTS, plugin


def main() -> int:
    """Each subject in turn, in a process of pytest of its own where there are several."""
    parser = argparse.ArgumentParser(prog="tests.mutants", description=__doc__)
    parser.add_argument("subject", choices=sorted(SUBJECTS))
    parser.add_argument("--each", default="1", help="try only each so manieth fault")
    options = parser.parse_args()
    tests = SUBJECTS[options.subject].tests
    arguments = ["-q", "-p", "no:cacheprovider", "--timeout=0", "-n", "0"]
    return pytest.main([*arguments, f"--faults-in={options.subject}", f"--each={options.each}", *tests], [plugin])


if __name__ == "__main__":
    sys.exit(main())
