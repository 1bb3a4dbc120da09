"""A migration operation whose SQL differs between the two databases."""

from collections.abc import Sequence

from django.db.migrations.operations.base import Operation


class VendorSQL(Operation):
    """Runs the statements of the database at hand, in order; with reverse statements it can be undone.

    `VendorSQL(sqlite=[...], postgresql=[...], reverse_sqlite=[...], reverse_postgresql=[...])`. Each statement is run
    as it stands, without parameters, so a `%` needs no doubling. A database with an empty list is left alone. Without
    both `reverse_` lists the migration is irreversible; give an empty list where nothing needs to be undone.
    """

    reduces_to_sql = True

    def __init__(
        self,
        *,
        sqlite: Sequence[str] = (),
        postgresql: Sequence[str] = (),
        reverse_sqlite: Sequence[str] | None = None,
        reverse_postgresql: Sequence[str] | None = None,
    ):
        self.forwards = {"sqlite": sqlite, "postgresql": postgresql}
        self.backwards = {"sqlite": reverse_sqlite, "postgresql": reverse_postgresql}

    @property
    def reversible(self):
        return None not in self.backwards.values()

    def state_forwards(self, app_label, state):
        """Django's picture of the models stays as it is."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._run(self.forwards, app_label, schema_editor)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._run(self.backwards, app_label, schema_editor)

    def describe(self):
        return "Run SQL made for the database at hand"

    def _run(self, statements, app_label, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)
