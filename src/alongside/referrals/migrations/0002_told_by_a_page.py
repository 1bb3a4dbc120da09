"""How it stands is told by a partner's page with its code, and no more on the page that says "received"."""

import django.db.models.deletion
from django.db import migrations, models

from alongside.audit.vendor_sql import VendorSQL
from alongside.referrals.guards import hold_incoming

TRIGGERS = ("incoming_begins_unseen", "incoming_shown_by_consent")
WITHOUT = VendorSQL(
    sqlite=[f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS],
    postgresql=[
        sql
        for name in TRIGGERS
        for sql in (f"DROP TRIGGER IF EXISTS {name} ON referrals_incoming", f"DROP FUNCTION IF EXISTS {name}()")
    ],
    reverse_sqlite=[],
    reverse_postgresql=[],
)


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0002_words_after_a_yes'),
        ('referrals', '0001_initial'),
    ]

    # On SQLite a table is not made anew while a trigger elsewhere names it, and the older trigger did.
    run_before = [('privacy', '0007_more_ways')]

    operations = [
        WITHOUT,
        migrations.RemoveConstraint(model_name='incoming', name='incoming_shown_known'),
        migrations.RemoveConstraint(model_name='incoming', name='incoming_shown_is_whole'),
        migrations.RemoveField(model_name='incoming', name='disclosure'),
        migrations.RemoveField(model_name='incoming', name='shown'),
        migrations.RemoveField(model_name='incoming', name='shown_at'),
        migrations.AddField(
            model_name='incoming',
            name='link',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.partnerlink'),
        ),
        *hold_incoming(),
    ]
