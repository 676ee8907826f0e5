"""A build: see what has changed, make what is new, write what differs, remove the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.building import ledger as ledgers
from generator.building.report import Report
from generator.files.writing import refuse_foreign

if TYPE_CHECKING:
    from generator.building.assembly import Furnisher
    from generator.options import Options


def build(options: Options, furnisher: Furnisher | None = None) -> Report:
    """What was done to make the output what the inputs say."""
    before = ledgers.load(options)
    survey = ledgers.survey(options, before)
    if not before.outputs:
        refuse_foreign(options.output)
    if survey.agrees(before):
        if survey.inputs != before.inputs:
            ledgers.save(options, ledgers.Ledger(survey.inputs, before.outputs))
        return Report()
    # What follows is slow to import, and an unchanged site needs none of it.
    from generator.assets.furnishing import furnish  # noqa: PLC0415
    from generator.building.assembly import assemble  # noqa: PLC0415

    return assemble(options, before, survey, furnisher or furnish)
