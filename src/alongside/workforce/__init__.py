"""The peers as a workforce: their profile, story, hours, capacity and places taken, and when they are unavailable.

It does not own whom a peer supports (`mentoring`) nor how a peer is proposed (`matching`).
"""
