"""A migration operation: the index of a foreign key goes, where another index begins with the same column.

Each index is written with each row. Django makes one for every foreign key, whether or not a query needs it.
"""

from django.db.migrations.operations import AlterField


class DropKeyIndex(AlterField):
    """`AlterField` to `db_index=False` that only drops the index.

    On SQLite Django would build the table anew for it, and the triggers would fall with the old one. Reversible.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Drop it under the name that Django gave it."""
        table, column = self._place(app_label, from_state)
        name = schema_editor.quote_name(schema_editor._create_index_name(table, [column], suffix=""))
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Make it again, under the same name."""
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[model._meta.get_field(self.name)]))

    def describe(self):
        """For the list of migrations."""
        return f"Drop the index of {self.model_name}.{self.name}, which another one serves"

    def _place(self, app_label, state) -> tuple[str, str]:
        model = state.apps.get_model(app_label, self.model_name)
        return model._meta.db_table, model._meta.get_field(self.name).column
