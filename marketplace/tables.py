"""Every slice's tables, brought into the one metadata: for migrations and for tests."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from sqlalchemy import MetaData
from sqlmodel import SQLModel

import marketplace
from marketplace.kernel import columns as columns  # the naming convention comes first

LAYERS_WITHOUT_TABLES = frozenset({"adapters", "cli", "demo", "flows", "kernel", "ports", "rest", "stack"})


def metadata() -> MetaData:
    """Import the models of every slice there is, and give what they declare.

    They are found, not listed: a slice cannot be forgotten, and two people adding slices do not meet here.
    """
    for package in iter_modules(marketplace.__path__, "marketplace."):
        if package.ispkg and package.name.rpartition(".")[2] not in LAYERS_WITHOUT_TABLES:
            models = f"{package.name}.models"
            if find_spec(models) is not None:
                import_module(models)
    return SQLModel.metadata
