"""Benchmarks of the pure matching engine, from a county to a nation: `python -m benchmarks.matching`."""
