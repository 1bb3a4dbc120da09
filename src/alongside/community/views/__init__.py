"""Pages of groups: a person's own, those of who leads, those of who arranges."""
