"""Places that help around the demo program: made up, in both languages, some of them checked lately."""

import json
from datetime import datetime, timedelta
from typing import Any

from alongside.people.actor import Actor
from alongside.people.models import Program
from alongside.resources.actions import import_list, mark_checked, report, write_by_hand
from alongside.resources.models import Resource
from alongside.rules.resources.found import derived_id
from alongside.rules.resources.needs import OURS

from .months import Months

EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
WEEK = "MO,TU,WE,TH,FR"
Row = dict[str, Any]

FROM_THE_COUNTY: tuple[Row, ...] = (
    {
        "name": "Eastside Food Pantry",
        "by": "Open Table",
        "need": "food",
        "days": "TU,TH,SA",
        "hours": ("10:00", "14:00"),
        "words": "A bag of groceries for each household, once a week. No papers asked. Hay quien hable español.",
        "street": "410 Cypress Street",
        "phone": "(213) 555-0121",
        "speak": ("en", "es"),
        "cost": "Free",
    },
    {
        "name": "Casa Abierta: comedor",
        "by": "Parroquia San Roque",
        "need": "food",
        "days": EVERY_DAY,
        "hours": ("11:30", "13:30"),
        "words": "Almuerzo caliente para quien llegue. No se pide nada. Hay mesa para niños.",
        "street": "88 Marisol Avenue",
        "phone": "(213) 555-0122",
        "speak": ("es",),
        "cost": "Gratis",
    },
    {
        "name": "Lantern Night Shelter",
        "by": "Lantern Trust",
        "need": "housing",
        "days": EVERY_DAY,
        "hours": ("19:00", "07:00"),
        "words": "A bed, a shower and breakfast. Come before nine in the evening if you can.",
        "street": "17 Wharf Road",
        "phone": "(213) 555-0123",
        "speak": ("en", "es"),
        "cost": "Free",
    },
    {
        "name": "Juniper House",
        "by": "Juniper Recovery Residences",
        "need": "recovery_home",
        "days": WEEK,
        "hours": ("09:00", "17:00"),
        "words": "Recovery home for women, also with small children. People on medication are "
        "welcome. Call for an open room.",
        "street": "2204 Juniper Lane",
        "phone": "(213) 555-0124",
        "speak": ("en",),
        "cost": "$160 a week; help with the first month",
    },
    {
        "name": "Harbor Legal Clinic",
        "by": "Neighbors at Law",
        "need": "legal",
        "days": "WE",
        "hours": ("16:00", "20:00"),
        "words": "Lawyers who listen: records, housing, custody, immigration. First come, first served.",
        "street": "5 Pier Street",
        "phone": "(213) 555-0125",
        "speak": ("en", "es"),
        "cost": "Free",
    },
    {
        "name": "Second Shift Jobs",
        "by": "Riverside Works",
        "need": "work",
        "days": WEEK,
        "hours": ("08:00", "16:30"),
        "words": "Résumés, interviews and employers who hire people with a record.",
        "street": "1300 Mill Street",
        "phone": "(213) 555-0126",
        "speak": ("en", "es"),
        "cost": "Free",
    },
    {
        "name": "Clínica del Río",
        "by": "Clínica del Río",
        "need": "health",
        "days": "MO,TU,WE,TH,FR,SA",
        "hours": ("08:00", "18:00"),
        "words": "Medicina general, dientes y salud mental. Se paga según lo que gana.",
        "street": "63 River Drive",
        "phone": "(213) 555-0127",
        "speak": ("es", "en"),
        "cost": "Según ingresos",
    },
    {
        "name": "Safer Corner",
        "by": "Corner Van",
        "need": "harm_reduction",
        "days": "MO,WE,FR",
        "hours": ("18:00", "22:00"),
        "words": "Naloxone, test strips, clean supplies and a nurse. Nobody asks your name.",
        "street": "Van at Mill and 9th",
        "phone": "(213) 555-0128",
        "speak": ("en", "es"),
        "cost": "Free",
    },
    {
        "name": "Moonrise",
        "by": "Moonrise",
        "need": "safety",
        "days": EVERY_DAY,
        "hours": ("00:00", "24:00"),
        "words": "Shelter and talks for people who leave domestic violence. Call at any hour.",
        "street": "1 Kept Private",
        "phone": "(213) 555-0129",
        "speak": ("en", "es", "ko"),
        "cost": "Free",
    },
)

OUR_OWN: tuple[Row, ...] = (
    {
        "name": "La huerta junto al río",
        "description": "Una huerta abierta a todo el mundo. Se riega, se planta, se habla.",
        "needs": ["recovery"],
        "languages": ["es", "en"],
        "city": "Riverside",
        "street": "Calle 9 y el río",
        "day_tu": "14:00-17:00",
        "day_fr": "14:00-17:00",
        "cost": "Gratis",
    },
    {
        "name": "Clothes closet at Eastside",
        "description": "Interview clothes and warm coats. Ask for the key at our desk.",
        "needs": ["things", "work"],
        "languages": ["en"],
        "city": "Riverside",
        "phone": "(213) 555-0100",
        "day_mo": "9:00-12:00",
        "day_th": "13:00-16:00",
        "cost": "Free",
        "accessibility": "Ramp at the side door",
    },
)


def service(row: Row) -> Row:
    """One row as HSDS has it."""
    key = derived_id("demo", "service", row["name"])
    opens, closes = row["hours"]
    return {
        "id": key,
        "name": row["name"],
        "status": "active",
        "description": row["words"],
        "fees_description": row["cost"],
        "organization": {
            "id": derived_id("demo", "organization", row["by"]),
            "name": row["by"],
            "description": row["by"],
        },
        "phones": [{"id": derived_id(key, "phone", "1"), "number": row["phone"]}],
        "languages": [{"id": derived_id(key, "language", one), "name": one, "code": one} for one in row["speak"]],
        "schedules": [
            {
                "id": derived_id(key, "schedule", "1"),
                "freq": "WEEKLY",
                "byday": row["days"],
                "opens_at": opens,
                "closes_at": closes,
            }
        ],
        "attributes": [
            {
                "id": derived_id(key, "attribute", "1"),
                "taxonomy_term": {
                    "id": derived_id("", "taxonomy_term", row["need"]),
                    "code": row["need"],
                    "name": row["need"],
                    "description": row["need"],
                    "taxonomy": OURS,
                },
            }
        ],
        "service_at_locations": [
            {
                "id": derived_id(key, "service_at_location", "1"),
                "location": {
                    "id": derived_id(key, "location", "1"),
                    "location_type": "physical",
                    "addresses": [
                        {
                            "id": derived_id(key, "address", "1"),
                            "address_1": row["street"],
                            "city": "Riverside",
                            "state_province": "CA",
                            "postal_code": "90033",
                            "country": "US",
                            "address_type": "physical",
                        }
                    ],
                },
            }
        ],
    }


def open_directory(months: Months, program: Program, by: Actor, now: datetime) -> None:
    """A list of the county, two places of our own, most of them checked, one with a number that somebody doubts."""
    content = json.dumps([service(row) for row in FROM_THE_COUNTY]).encode()
    import_list(
        program=program, feed_name="2-1-1 Riverside (made up)", content=content, file_name="county.json", by=by,
        now=now - timedelta(days=40),
    )  # fmt: skip
    for row in OUR_OWN:
        write_by_hand(program=program, values=row, by=by, submit_key=months.uuid(), now=now - timedelta(days=30))
    for number, resource in enumerate(Resource.objects.order_by("sort_name")):
        if number % 3:
            mark_checked(resource=resource, by=by, now=now - timedelta(days=9 * number))
    doubted = Resource.objects.get(name="Harbor Legal Clinic")
    report(
        resource=doubted, kind="hours", words="On Wednesday they closed at 7 already.", submit_key=months.uuid(),
        now=now - timedelta(days=2),
    )  # fmt: skip
