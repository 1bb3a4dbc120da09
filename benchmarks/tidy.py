"""Counts a population, or removes contacts written since a moment: `python -m benchmarks.tidy count | WHEN`."""

import json
import sys
from datetime import datetime

import django


def count() -> dict:
    """Rows of the tables that matter, and the size of a PostgreSQL database in MB."""
    from django.db import connection
    from django_scopes import scopes_disabled

    from alongside.audit.models import Entry
    from alongside.mentoring.models import Contact, Mentorship
    from alongside.people.models import Episode, Person

    with scopes_disabled():
        models = (Person, Episode, Mentorship, Contact, Entry)
        found: dict = {"rows": {model.__name__: model.objects.count() for model in models}}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            found["mb"] = cursor.fetchone()[0] / 1e6
    return found


def forget(since: datetime) -> int:
    """Contacts that were written since then go; their entries of the log stay, as nothing removes those."""
    from django.db import connection
    from django_scopes import scopes_disabled

    from alongside.mentoring.models import Contact, WrittenAs

    with scopes_disabled():
        WrittenAs.objects.filter(contact__entered_at__gte=since)._raw_delete("default")
        gone = Contact.objects.filter(entered_at__gte=since)._raw_delete("default")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # as autovacuum would, before the next measure
            cursor.execute(f'VACUUM ANALYZE "{Contact._meta.db_table}"')
    return gone


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "count":
        print(json.dumps(count()))
    else:
        print(forget(datetime.fromisoformat(sys.argv[1])))
