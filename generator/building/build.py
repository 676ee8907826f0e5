"""A build: scan the inputs, make what is new, write what differs, remove the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.building import manifest as manifests
from generator.building import problems
from generator.files.locks import locked
from generator.files.writing import refuse_foreign

if TYPE_CHECKING:
    from generator.assets.assets import AssetPipeline
    from generator.options import Options


@dataclass(frozen=True, slots=True)
class Report:
    """The paths of the files that a build wrote and of those it removed."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    """What is wrong with a site that is built while it is being written."""

    def __str__(self) -> str:
        """The report in one line."""
        if not self.written and not self.removed:
            return "nothing to do"
        removed = f", removed {len(self.removed)}" if self.removed else ""
        return f"wrote {len(self.written)} files{removed}"


def build(options: Options, pipeline: AssetPipeline | None = None) -> Report:
    """What was written and removed to make the output agree with the inputs.

    Raises
    ------
    MistakeError
        What an author wrote cannot be built; the output is left as it was.
    SetupError
        The machine or the folders do not allow it.
    """
    with locked(options.cache, options.output):
        return _build(options, pipeline)


def _build(options: Options, pipeline: AssetPipeline | None) -> Report:
    before = manifests.load(options)
    scan = manifests.scan_inputs(options, before)
    if not before.outputs:
        refuse_foreign(options.output)
    if scan.agrees(before):
        if scan.inputs != before.inputs:
            manifests.save(options, manifests.Manifest(scan.inputs, before.outputs))
        known = problems.load(options)
        return Report(mistakes=known.mistakes if known else ())
    problems.forget(options)
    # What follows is slow to import, and an unchanged site needs none of it.
    from generator.assets.pipeline import run_asset_pipeline  # noqa: PLC0415
    from generator.building.stages import run_stages  # noqa: PLC0415

    written, removed, found = run_stages(options, before, scan, pipeline or run_asset_pipeline)
    return Report(written, removed, found.mistakes)
