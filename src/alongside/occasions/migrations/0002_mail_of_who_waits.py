import alongside.audit.fields
from alongside.occasions.guards import hold_again_when_undone, hold_occasion_places
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('occasions', '0001_initial'),
    ]

    operations = [
        *hold_again_when_undone(),
        migrations.AddField(
            model_name='occasionplace',
            name='mail',
            field=alongside.audit.fields.EncryptedJSONField(help_text='{to, language} of a visitor who waits, until they were told once', null=True),
        ),
        migrations.AddConstraint(
            model_name='occasionplace',
            constraint=models.CheckConstraint(condition=models.Q(('mail__isnull', True), models.Q(('person__isnull', True), ('status', 'waiting')), _connector='OR'), name='occasion_place_mail_while_waiting'),
        ),
        *hold_occasion_places(),
    ]
