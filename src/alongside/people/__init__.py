"""Organization, program, site, person, episode, roles; accounts and sign-in; the actor and program of a request.

Owns who exists and in what capacity, safe-contact rules, boundaries between two persons, and the outbox of neutral
messages. It does not own what a participant asks for (`intake`), what a peer offers (`workforce`) or their relationship
(`mentoring`).
"""
