"""Migrating a full database back and forward, as `migrate` does and several times quicker."""

from unittest import mock

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class Executor(MigrationExecutor):
    """Builds the models of a state when its migration is taken back.

    Django's own builds them before the first one and again at each operation after it, also of the hundreds of
    migrations that stay: of the minutes that a way back took, nine in ten went there. What reaches the database
    is the same.
    """

    def _migrate_all_backwards(self, plan, full_plan, fake):
        """Take back a plan; gives the state that is then in force, without models."""
        left, states, state = {migration for migration, _ in plan}, {}, self._create_project_state()
        applied = {self.loader.graph.nodes[key] for key in self.loader.applied_migrations}
        for migration, _ in full_plan:
            if migration in left:
                states[migration] = state
                state = migration.mutate_state(state, preserve=True)
            elif migration in applied:
                migration.mutate_state(state, preserve=False)
        for migration, _ in plan:
            self.unapply_migration(states[migration].clone(), migration, fake=fake)
        return self._create_project_state(with_applied_migrations=True)

    def unapply_migration(self, state, migration, fake=False):
        """Take one back, from a state with models."""
        state.apps  # noqa: B018  (Django builds them at this word)
        return super().unapply_migration(state, migration, fake)


def leaves() -> list[tuple[str, str]]:
    """The newest migration of each package."""
    return Executor(connection).loader.graph.leaf_nodes()


def _touched_by(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
    """The models that are built anew when one was changed: itself, and those that point at it.

    Django builds whatever is related to it in any number of steps, which is every model there is, for a person is
    related to everything. A table is altered from its own columns, and from those that point at it.
    """
    touched = {(app_label, model_name)}
    for (app, name), model in state.models.items():
        for field in model.fields.values():
            if field.is_relation and _names(field.related_model, app) == (app_label, model_name):
                touched.add((app, name))
    return touched


def _names(model, app_label: str) -> tuple[str, str]:
    """(package, model) of what a field points at."""
    label, _dot, name = str(model).rpartition(".")
    return label or app_label, name.lower()


def move_to(targets: list[tuple[str, str | None]]) -> None:
    """Migrate, in one walk."""
    with mock.patch.object(ProjectState, "_find_reload_model", _touched_by):
        Executor(connection).migrate(targets)


def list_triggers() -> set[str]:
    """Names of all triggers of ours."""
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        return {name for (name,) in cursor.fetchall()}
