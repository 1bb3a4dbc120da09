import alongside.audit.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.audit.triggers import CREATE_FUNCTION, DROP_FUNCTION, insert_only
from alongside.audit.vendor_sql import VendorSQL


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        VendorSQL(postgresql=[CREATE_FUNCTION], reverse_sqlite=[], reverse_postgresql=[DROP_FUNCTION]),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Names the entry in a URL.', unique=True)),
                ('program_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('actor_id', models.UUIDField(help_text='The account that acted; none for the system.', null=True)),
                ('actor_person_id', models.UUIDField(null=True)),
                ('role', models.CharField(max_length=40)),
                ('act', models.CharField(help_text='A code of `acts.ACTS`.', max_length=60)),
                ('subject_id', models.UUIDField(help_text='The person whose record it is.', null=True)),
                ('object_kind', models.CharField(blank=True, max_length=60)),
                ('object_id', models.UUIDField(null=True)),
                ('fields', models.JSONField(default=list, help_text='Names of the fields read or changed.')),
                ('outcome', models.CharField(default='done', max_length=10)),
                ('reason', models.CharField(blank=True, help_text='A code.', max_length=60)),
                ('reason_words', alongside.audit.fields.EncryptedTextField(blank=True, help_text="The reason in the actor's own words.")),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('mark', models.CharField(help_text='Keyed hash of all the above: no entry is made without the key.', max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['program_id', 'at'], name='audit_entry_program_at'), models.Index(fields=['subject_id', 'at'], name='audit_entry_subject_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['done', 'refused'])), name='audit_entry_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.UUIDField(help_text='The program, or `NO_PROGRAM`.')),
                ('number', models.PositiveBigIntegerField(help_text='1, 2, 3, … without a gap in each program.')),
                ('mac', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='audit.entry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'number'), name='audit_seal_number')],
            },
        ),
        insert_only('audit_entry'),
        insert_only('audit_seal'),
    ]
