"""The design system and the plumbing of a request: tokens, components, base pages, routing with access rules, headers.

It knows no domain: no person, no program. It does not decide who may see a page; it refuses pages for which nobody
said so.
"""
