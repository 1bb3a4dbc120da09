"""Referrals, closed loop: from a need to a place that helps, by consent, until somebody says how it went; and inbound.

It owns referrals, their steps, what was said about them, and what others refer in. Places are `resources`, what leaves
and its pages are `privacy` and `partners`, an ask that is taken up is `intake`; this floor leads from one to the other.
"""
