"""People in the middle of their first talk."""

import pytest


@pytest.fixture
def sol(program, carmen):
    """Sol, whose first talk has begun."""
    from alongside.intake.actions import save_wishes, start_intake

    episode = start_intake(
        program=program,
        by=carmen.actor,
        person_values={"goes_by": "Sol", "phone": "+12135550123", "email": "sol@example.org", "external_id": "A-7"},
    )
    save_wishes(episode=episode, by=carmen.actor, needs=["housing"])
    return episode
