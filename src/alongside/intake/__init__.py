"""How people arrive: rosters, intake forms, public asks, peers' applications; and what each participant asks for.

It does not own identity (`people`) nor choose peers (`matching`).
"""
