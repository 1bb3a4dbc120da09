from django.db import migrations, models

from alongside.audit.triggers import insert_only

KINDS = [
    "matching", "runs", "cadence", "offers", "check_in", "measures", "safety", "notes", "phone_support", "reports",
    "handover",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("council", "0017_first_policy_of_reports"), ("audit", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="policy", name="policy_kind_known"),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="policy_kind_known"),
        ),
        # On SQLite the table was made anew, and the triggers fell with the old one.
        insert_only("council_policy"),
    ]
