"""What the tests share, by subject; `tests/conftest.py` names them."""
