from django.db import migrations

from alongside.mentoring.places import hold_places, refuse_never_pairs


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("mentoring", "0002_places_and_never_pairs")]

    operations = [
        hold_places("matching_offer", ("chosen",)),
        refuse_never_pairs(
            "matching_offer", ("offered", "chosen"),
            "(SELECT person_id FROM people_episode WHERE id = NEW.episode_id)", ("peer_id",),
        ),
    ]
