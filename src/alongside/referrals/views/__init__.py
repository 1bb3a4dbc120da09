"""Pages: from outside, for staff, what comes in, and the person's own."""
