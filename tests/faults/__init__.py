"""Real processes that are killed while they work: what was confirmed is there, nothing is half done (I2)."""
