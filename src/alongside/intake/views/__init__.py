"""Thin views: load by what the actor may see, check the form, call one action, answer."""
