"""Signing in: how allauth meets our accounts. The settings name these classes."""

from .adapters import Adapter, MfaAdapter
from .backend import Backend
from .forms import LoginForm, ResetForm

__all__ = ["Adapter", "Backend", "LoginForm", "MfaAdapter", "ResetForm"]
