"""Thin views: whose page is it, load, check the form, call one action, answer."""
