"""Several real processes against one database: what must hold holds, and the test would notice if it did not (I1)."""
