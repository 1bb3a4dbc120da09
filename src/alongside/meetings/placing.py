"""Cities and postal codes where meetings are, and where in them those lie that do not say it themselves."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from alongside.audit.bulk import update_rows
from alongside.people.models import Program
from alongside.rules.meetings.places import Middles, Place, cell_of, list_places

from .models import Meeting, NamedPlace, Slot

PIECE = 500


def hold(program_id: UUID) -> None:
    """One after the other where two would write the same place. Without the row's key: others need not wait."""
    Program.objects.select_for_update(no_key=True).get(pk=program_id)


def renew_places(program_id: UUID) -> None:
    """The list of places, made anew, and what has no coordinates put into the middle of its place.

    Nothing is written where nothing changed. Feeds of one program come one after the other here.
    """
    hold(program_id)
    rows = Meeting.objects.filter(program_id=program_id, gone_at__isnull=True, feed__is_on=True).values_list(
        "city", "state", "postal_code", "latitude", "longitude"
    )
    places = list_places(rows.iterator(2000))
    _write(program_id, places)
    _place_about(program_id, Middles(places))


def _write(program_id: UUID, places: Sequence[Place]) -> None:
    wanted = {(place.key, place.label): place for place in places}
    kept = {(row.key, row.label): row for row in NamedPlace.objects.filter(program_id=program_id)}
    stale = [
        row.pk for name, row in kept.items()
        if name not in wanted or (row.latitude, row.longitude, row.meetings)
        != (wanted[name].latitude, wanted[name].longitude, wanted[name].meetings)
    ]  # fmt: skip
    for pks in pieces(stale):
        NamedPlace.objects.filter(pk__in=pks).delete()
    gone = set(stale)
    NamedPlace.objects.bulk_create(
        [
            NamedPlace(program_id=program_id, key=key, label=label, is_postal=place.is_postal,
                       latitude=place.latitude, longitude=place.longitude, meetings=place.meetings)
            for (key, label), place in wanted.items()
            if (key, label) not in kept or kept[key, label].pk in gone
        ],
        batch_size=PIECE,
    )  # fmt: skip


def _place_about(program_id: UUID, middles: Middles) -> None:
    """Only rows without a point of their own have keys."""
    moved = []
    rows = Slot.objects.filter(program_id=program_id, meeting__latitude__isnull=True)
    for pk, city, postal, north, east in rows.values_list("pk", "city_key", "postal_key", "latitude", "longitude"):
        point = middles.find(city, postal)
        if point != (None if north is None else (north, east)):
            place = {"latitude": point[0], "longitude": point[1], "cell": cell_of(*point)} if point else {}
            moved.append(Slot(pk=pk, is_about=point is not None, **place))
    # By its id alone: asked for the program too, SQLite would look through all of its rows for each place.
    for some in pieces(moved):
        update_rows(some, ("cell", "is_about", "latitude", "longitude"))


def pieces(rows: Sequence) -> Iterable[Sequence]:
    """So many at once as one statement takes."""
    return (rows[first : first + PIECE] for first in range(0, len(rows), PIECE))
