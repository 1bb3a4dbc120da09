"""Bad files are refused with a clear reason, in little memory and time, each in a process of its own."""

import subprocess
import sys

import pytest
from tests.rules.roster.bad_files import BAD

MOST_KILOBYTES = 256 * 1024
MOST_SECONDS = 30


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_little_memory(name: str) -> None:
    make, code = BAD[name]
    answer = subprocess.run(
        [sys.executable, "-m", "tests.rules.roster.bad_files"],
        input=make(),
        capture_output=True,
        timeout=300,
        check=True,
    )
    said, kilobytes, seconds = answer.stdout.decode().split()
    assert said == code
    assert int(kilobytes) < MOST_KILOBYTES
    assert float(seconds) < MOST_SECONDS
