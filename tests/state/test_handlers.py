"""Every public method of a state class is a remote call for anyone on the internet."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import pytest
import reflex as rx

import state
from marketplace.kernel.actor import Permission
from marketplace.rest.access import InTheHouse, Open


def _states() -> Iterator[type[rx.State]]:
    for module in pkgutil.walk_packages(state.__path__, "state."):
        importlib.import_module(module.name)
    below = list(rx.State.__subclasses__())
    while below:
        one = below.pop()
        below += one.__subclasses__()
        if one.__module__.startswith("state."):
            yield one


def _ours(kind: type[rx.State]) -> dict[str, Callable[..., object]]:
    """Its own public methods; Reflex adds `setvar`, which reaches nothing but those."""
    functions = {name: handler.fn for name, handler in kind.event_handlers.items() if handler.state is kind}
    return {name: function for name, function in functions.items() if name != "setvar"}


STATES = sorted(set(_states()), key=lambda one: one.get_full_name())


@pytest.mark.parametrize("kind", STATES, ids=lambda one: one.__name__)
class TestHandlers:
    def test_declare_who_may_ask(self, kind: type[rx.State]) -> None:
        undeclared = [name for name, function in _ours(kind).items() if not hasattr(function, "access")]

        assert undeclared == []

    def test_declare_an_access_that_there_is(self, kind: type[rx.State]) -> None:
        given = [getattr(function, "access", None) for function in _ours(kind).values()]

        assert all(isinstance(access, (Open, Permission, InTheHouse)) for access in given)

    def test_stand_flat_under_the_root(self, kind: type[rx.State]) -> None:
        assert kind.get_parent_state() is rx.State
