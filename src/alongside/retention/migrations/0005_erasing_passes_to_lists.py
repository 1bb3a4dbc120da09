"""Triggers of consents and of what is kept back were made anew, and others came: the one way past them is open again."""

from django.db import migrations

from alongside.retention.guards import let_erasing_pass, let_erasing_pass_to_lists


class Migration(migrations.Migration):

    dependencies = [
        ('retention', '0004_erasing_passes_once_more'),
        ('privacy', '0010_passed_on_and_kept_inside'),
    ]

    operations = [*let_erasing_pass(), *let_erasing_pass_to_lists()]
