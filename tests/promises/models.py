"""The models of the house, found by themselves."""

from django.apps import apps
from django.db import models

PRODUCT = "alongside."


def list_models() -> list[type[models.Model]]:
    """Every concrete model of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith(PRODUCT)]


def has_program(model: type[models.Model]) -> bool:
    """Whether rows of this model belong to a program."""
    from alongside.people.models import Program

    return any(field.is_relation and field.related_model is Program for field in model._meta.fields)


def is_scoped(model: type[models.Model]) -> bool:
    """Whether every manager of this model refuses to work outside a program's scope."""
    return all(_refuses(manager) for manager in model._meta.managers)


def _refuses(manager: models.Manager) -> bool:
    from django_scopes import ScopeError

    try:
        manager.all()
    except ScopeError:
        return True
    return False
