"""What a person builds in their own words: plan with goals and steps, wellness plan, safety plan, days that count.

It owns these pages, their history, whom to call, and the page for the pocket. It does not own who walks with whom
(`mentoring`, above it) or who may open a record (`privacy`): it asks grants.
"""
