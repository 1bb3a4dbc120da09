"""Honest figures: every one with its n, what is missing, and small cells hidden. Reads across; nobody imports it."""
