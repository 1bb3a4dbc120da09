"""Stories of lived experience: written or spoken by their owner, read by a person, shared, and withdrawn at once.

It owns stories with their recordings and history, and words of visitors beneath public pages. It knows neither offers
nor mentorships: `matching` asks it for the stories of a peer.
"""
