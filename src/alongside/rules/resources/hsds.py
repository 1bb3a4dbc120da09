"""The objects of HSDS and how they hang together: the same facts nested in JSON, or as rows with references in tables.

Source: `schema/*.json` of HSDS 3.0 (279fd2eb) and of the 3.1 draft (abc731c8).
"""

from collections.abc import Mapping
from typing import Any

Values = dict[str, Any]

SERVICE, ORGANIZATION, LOCATION = "service", "organization", "location"
SERVICE_AT_LOCATION = "service_at_location"

CSV_NAMES: Mapping[str, str] = {
    "organization": "organizations", "program": "programs", "service": "services", "attribute": "attributes",
    "service_at_location": "service_at_location", "location": "locations", "phone": "phones", "contact": "contacts",
    "address": "addresses", "schedule": "schedules", "funding": "funding", "service_area": "service_areas",
    "required_document": "required_documents", "language": "languages", "accessibility": "accessibility",
    "taxonomy_term": "taxonomy_terms", "metadata": "metadata", "meta_table_description": "meta_table_descriptions",
    "cost_option": "cost_options", "organization_identifier": "organization_identifiers", "taxonomy": "taxonomies",
    "url": "urls", "unit": "units", "service_capacity": "service_capacities",
}  # fmt: skip
"""Table -> the name of its CSV, without the ending."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "organization": ("id", "name", "description"), "service": ("id", "name", "status"),
    "location": ("id", "location_type"), "phone": ("id", "number"), "program": ("id", "name", "description"),
    "address": ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "taxonomy": ("id", "name", "description"), "taxonomy_term": ("id", "name", "description"),
    "organization_identifier": ("id", "identifier_type", "identifier"),
    "metadata": (
        "id", "last_action_date", "last_action_type", "field_name", "previous_value", "replacement_value", "updated_by"
    ),
}  # fmt: skip
"""What the standard asks of each object; the others need only their id."""

CODES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
    ("location", "location_type"): ("physical", "postal", "virtual"),
    ("address", "address_type"): ("physical", "postal", "virtual"),
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}  # fmt: skip

LISTS: Mapping[str, str] = {
    "phones": "phone", "schedules": "schedule", "service_areas": "service_area", "languages": "language",
    "service_at_locations": "service_at_location", "funding": "funding", "cost_options": "cost_option",
    "required_documents": "required_document", "contacts": "contact", "attributes": "attribute",
    "metadata": "metadata", "locations": "location", "programs": "program", "addresses": "address",
    "organization_identifiers": "organization_identifier", "accessibility": "accessibility", "services": "service",
    "additional_urls": "url", "additional_websites": "url", "capacities": "service_capacity",
    # up to 2.x
    "regular_schedules": "regular_schedule", "holiday_schedules": "holiday_schedule",
    "physical_addresses": "physical_address", "postal_addresses": "postal_address",
    "accessibility_for_disabilities": "accessibility_for_disabilities", "eligibility": "eligibility",
    "payments_accepted": "payment_accepted", "service_attributes": "service_attribute",
    "other_attributes": "other_attribute", "service_taxonomies": "service_taxonomy",
}  # fmt: skip
"""Name of a list inside an object -> table of what is in it; each row there names its parent."""

SINGLES: Mapping[tuple[str, str], str] = {
    ("service", "organization"): "organization", ("service", "program"): "program",
    ("service_at_location", "location"): "location", ("service_at_location", "service"): "service",
    ("attribute", "taxonomy_term"): "taxonomy_term", ("taxonomy_term", "taxonomy_detail"): "taxonomy",
    ("service_capacity", "unit"): "unit", ("location", "organization"): "organization",
}  # fmt: skip
"""(table, name of an object inside) -> its table; the outer row names the inner one."""

REFERENCES: Mapping[tuple[str, str], str] = {("taxonomy_term", "taxonomy_detail"): "taxonomy_id"}

HANGING: Mapping[str, Mapping[str, str]] = {
    "service": {
        "phones": "phone", "schedules": "schedule", "service_areas": "service_area", "languages": "language",
        "service_at_locations": "service_at_location", "funding": "funding", "cost_options": "cost_option",
        "required_documents": "required_document", "contacts": "contact", "additional_urls": "url",
        "capacities": "service_capacity",
    },
    "organization": {
        "funding": "funding", "contacts": "contact", "phones": "phone", "programs": "program",
        "organization_identifiers": "organization_identifier", "additional_websites": "url",
    },
    "location": {
        "languages": "language", "addresses": "address", "contacts": "contact", "accessibility": "accessibility",
        "phones": "phone", "schedules": "schedule",
    },
    "service_at_location": {
        "contacts": "contact", "phones": "phone", "schedules": "schedule", "service_areas": "service_area",
    },
    "contact": {"phones": "phone"},
    "phone": {"languages": "language"},
}  # fmt: skip
"""Which lists are nested into which object when tables become JSON; attributes and metadata hang anywhere."""

NUMBERS = frozenset({
    "latitude", "longitude", "minimum_age", "maximum_age", "amount", "count", "interval", "timezone", "extension",
    "year_incorporated", "available", "maximum",
})  # fmt: skip
"""Columns of tables that are numbers in JSON."""

WEB_ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "url": (), "website": (), "term_uri": (), "schedule_link": (), "uri": ("service_area",),
}  # fmt: skip
"""Fields that hold an address with its scheme -> tables in which the field of this name is plain text."""

EMAILS = ("email", "assurer_email")
UUIDS = frozenset(
    {"id", "parent_id", "parent_organization_id", "link_id", "resource_id"} | {f"{one}_id" for one in CSV_NAMES}
)
"""The id of an object and those by which it names others: UUIDs since 3.0."""

TEXTS = frozenset({
    "accreditations", "address_1", "address_2", "address_type", "alert", "alternate_name", "amount_description",
    "application_process", "assured_date", "attending_type", "attention", "byday", "bymonthday", "byweekno",
    "byyearday", "character_set", "city", "closes_at", "code", "country", "currency", "department", "description",
    "details", "document", "dtstart", "eligibility_description", "extent", "extent_type", "external_identifier",
    "external_identifier_type", "fees", "fees_description", "field_name", "freq", "identifier",
    "identifier_scheme", "identifier_type", "interpretation_services", "label", "language", "last_action_date",
    "last_action_type", "last_modified", "legal_status", "licenses", "link_entity", "link_type", "location_type",
    "logo", "name", "note", "notes", "number", "opens_at", "option", "postal_code", "previous_value", "region",
    "replacement_value", "resource_type", "scheme", "source", "state_province", "status", "tax_id", "tax_status",
    "taxonomy", "title", "transportation", "type", "until", "updated", "updated_by", "valid_from", "valid_to",
    "value", "version", "wait_time", "wkst",
})  # fmt: skip
"""Fields that are text, whatever they look like: a postal code is no number."""


def reference(parent: str, child: str) -> tuple[str, str]:
    """The fields by which a row of `child` names its parent: (its id, its kind or "").

    >>> reference("service", "phone"), reference("phone", "attribute")
    (('service_id', ''), ('link_id', 'link_entity'))
    """
    if child == "attribute":
        return "link_id", "link_entity"
    if child == "metadata":
        return "resource_id", "resource_type"
    return f"{parent}_id", ""


def inner_reference(table: str, name: str) -> str:
    """The field by which a row names the one object inside it."""
    return REFERENCES.get((table, name), f"{name}_id")
