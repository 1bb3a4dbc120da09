"""What connections do when two records become one."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """Ties move with the record; of one that both had, the person decides which to take off."""

    name = "alongside.connections"

    def ready(self) -> None:
        from alongside.people.joining import MOVE, declare

        declare({"connections.Tie.person": MOVE})
