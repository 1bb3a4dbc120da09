"""What every web process loads stays small: the engine's heavy parts come with the first list that needs them."""

import subprocess
import sys


def loaded_by(code: str) -> set[str]:
    code += "; import sys; print(*{name.split('.')[0] for name in sys.modules})"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    return set(said.split())


HEAVY = {"numpy", "numba", "llvmlite", "ortools", "scipy", "pandas"}


def test_the_engine_is_imported_without_numpy_and_asked_for_one_person_without_it():
    assert not loaded_by("import alongside.rules.matching, alongside.rules.matching.solver") & HEAVY
    ask = "from tests.rules.matching.people import *; from alongside.rules.matching import *"
    assert not loaded_by(f"{ask}; shortlist(rosa(), [dante()], DEFAULT_POLICY)") & HEAVY


def test_a_short_list_loads_no_compiler():
    ask = "from tests.rules.matching.people import *; from alongside.rules.matching import *"
    assert loaded_by(f"{ask}; propose([rosa()], [dante()], DEFAULT_POLICY)") & HEAVY == {"numpy"}
