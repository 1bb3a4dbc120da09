"""The resource directory: places that help, where they come from, whether they are open, and what is said to be wrong.

It owns feeds, resources and reports, all about places and none about a person. The rules of HSDS, of needs and of hours
are `rules.resources`. Referrals, which are about persons, are not here.
"""
