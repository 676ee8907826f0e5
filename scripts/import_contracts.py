"""A kind of contract for import-linter: a list of what may be imported, not of what may not."""

from __future__ import annotations

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

from widgets.contract import BUILD_TIME_FILE

BUILD_TIME_MODULE = BUILD_TIME_FILE.removesuffix(".py")


class AllowedContract(Contract):
    """The packages that modules may import beside the standard library and themselves.

    ``build_time`` is what a simulator's build-time file may import besides; which file that is,
    says :data:`widgets.contract.BUILD_TIME_FILE`.
    """

    type_name = "allowed"

    package = fields.StringField()
    allowed = fields.SetField(subfield=fields.StringField())
    build_time = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001  import-linter calls it so
        """Whether no module of the package imports anything else."""
        package = str(self.package)
        travelling = {package, *self._names("allowed"), *sys.stdlib_module_names}
        build_time = travelling | self._names("build_time")
        found = [
            f"{module} imports {name}"
            for module in sorted({package, *graph.find_descendants(package)})
            for name in sorted(graph.find_modules_directly_imported_by(module))
            if not _is_below(name, build_time if _is_build_time(module) else travelling)
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print every import that is not allowed."""
        for one in check.metadata["found"]:
            output.print_error(one)

    def _names(self, option: str) -> frozenset[str]:
        return frozenset(map(str, getattr(self, option)))


def _is_build_time(module: str) -> bool:
    return module.rpartition(".")[2] == BUILD_TIME_MODULE


def _is_below(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)
