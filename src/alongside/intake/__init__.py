"""How people arrive: rosters, intake forms, the public "Ask for someone", and peers' applications; what each participant asks for.

It does not own identity (`people`) nor choose peers (`matching`).
"""
