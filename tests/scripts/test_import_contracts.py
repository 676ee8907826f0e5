"""What runs in the browser may import what is listed, and nothing else."""

from __future__ import annotations

import pytest
from grimp import ImportGraph

from scripts.import_contracts import AllowedContract

OPTIONS = {"package": "widgets", "allowed": ["numpy"], "build_time": ["altair"]}


def found(importer: str, imported: str) -> list[str]:
    graph = ImportGraph()
    for module in ("widgets", "widgets.simulators", importer, imported):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported)
    contract = AllowedContract("the contract", {}, OPTIONS)
    told: list[str] = contract.check(graph, verbose=False).metadata["found"]
    return told


@pytest.mark.parametrize("imported", ["numpy", "numpy.random", "json", "widgets.notation"])
def test_a_model_may_import_numpy_the_standard_library_and_its_own_package(imported: str) -> None:
    assert found("widgets.simulators.a.model", imported) == []


@pytest.mark.parametrize("imported", ["altair", "numpydoc", "generator.errors", "scipy"])
def test_a_model_may_import_nothing_else(imported: str) -> None:
    model = "widgets.simulators.a.model"
    assert found(model, imported) == [f"{model} imports {imported}"]


def test_what_draws_the_charts_may_import_what_the_build_has() -> None:
    assert found("widgets.simulators.a.chart", "altair") == []
    assert found("widgets.simulators.a.chart", "scipy") != []
