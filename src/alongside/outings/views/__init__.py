"""Pages of outings: the week, what is saved, one day of it, and the peer's answer."""
