"""Counts beside the rows of a list, each from its own index.

`Count("mentorships")` beside `Count("mentorships__contacts")` joins both tables and counts what the join multiplied: a
list of twelve took seconds. A count of its own for each row costs what that row has, whatever else the page counts.
"""

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet, by: str) -> Coalesce:
    """How many of `rows` there are, 0 for none: `rows` is already narrowed to the outer row by its field `by`."""
    counted = rows.order_by().values(by).annotate(counted=Count("*")).values("counted")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
