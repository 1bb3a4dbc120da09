"""Small lists, and what of the directory a test compares."""

import json

from tests.rules.resources.files import uid

from alongside.resources.models import Leftover, Record, Resource


def service(number: int, name: str, **more) -> dict:
    """One service with a telephone and a place."""
    return {
        "id": uid(number), "name": name, "status": "active",
        "phones": [{"id": uid(number + 100), "number": f"213-555-01{number:02}"}],
        "service_at_locations": [{"id": uid(number + 200), "location": {
            "id": uid(number + 300), "location_type": "physical",
            "addresses": [{"id": uid(number + 400), "address_1": f"{number} Main St", "city": "Moss",
                           "state_province": "CA", "postal_code": "90033", "country": "US",
                           "address_type": "physical"}]}}],
        **more,
    }  # fmt: skip


def as_list(*services: dict) -> bytes:
    """A whole list."""
    return json.dumps(list(services)).encode()


def everything() -> list:
    """All rows of the directory, to compare."""
    return [list(model.objects.order_by("pk").values()) for model in (Resource, Record, Leftover)]
