"""Pages of calls: a caller's, the person's own, and those of staff."""
