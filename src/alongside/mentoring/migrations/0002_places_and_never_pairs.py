from django.db import migrations

from alongside.mentoring.places import hold_places, lock_peers_of_boundary, refuse_never_pairs

OPEN = ("introduced", "active", "paused", "handing_over")


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0001_initial"), ("workforce", "0001_initial"), ("people", "0001_initial")]

    operations = [
        hold_places("mentoring_mentorship", OPEN),
        refuse_never_pairs("mentoring_mentorship", OPEN, "NEW.participant_id", ("peer_id", "backup_peer_id")),
        lock_peers_of_boundary(),
    ]
