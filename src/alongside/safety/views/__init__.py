"""Thin views: load what the actor may see, check the form, call one action, answer."""
