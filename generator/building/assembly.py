"""All stages of a build, one after the other, for whatever is not as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from generator.assets.assets import joined
from generator.building import ledger as ledgers
from generator.building.printer import Printer, beside
from generator.building.report import Report
from generator.catalog import gathering
from generator.catalog.workshop import Workshop
from generator.files.cache import digest, forget
from generator.files.inputs import Inputs
from generator.files.product import Product
from generator.files.writing import prune, write_if_different
from generator.offline.finishing import finishing
from generator.options import Options, shown
from generator.pages.library import outlines, tasks
from generator.pages.shelf import Shelf
from generator.printing.printing import Press, environment

if TYPE_CHECKING:
    from pathlib import Path

    from generator.assets.assets import Assets
    from generator.catalog.catalog import Catalog
    from generator.catalog.site import Site


KEPT = ("builds", "bundle", "claims", "figures", "packs", "pictures", "search", "simulators")
"""Folders of the cache whose parts have fingerprints for names."""


class Furnisher(Protocol):
    """What makes the files that pages share; tests bring one that needs no Node."""

    def __call__(self, cache: Path, inputs: Inputs, site: Site, *, runtime: bool) -> Assets:
        """The files of a site."""


def assemble(
    options: Options, before: ledgers.Ledger, survey: ledgers.Survey, furnisher: Furnisher
) -> Report:
    """What was done to make the output what the inputs say."""
    inputs = Inputs.of({name: sha for name, (_, sha) in survey.inputs.items()})
    products, assets = _products(options, inputs, furnisher)
    written = _written(options.output, products, before, survey)
    memory = ledgers.folder(options) / "sums.json"
    last = [*finishing(options, assets, [product.path for product in products], memory)]
    written += _written(options.output, last, before, survey)
    products += last
    removed = prune(options.output, {product.path for product in products})
    stamps = ledgers.scan_output(options.output)
    made = {product.path: (stamps[product.path], product.key) for product in products}
    ledgers.save(options, ledgers.Ledger(survey.inputs, made))
    for name in KEPT:
        forget(options.cache / name)
    return Report(written, tuple(removed))


def _written(
    output: Path, products: list[Product], before: ledgers.Ledger, survey: ledgers.Survey
) -> tuple[str, ...]:
    """The paths of those products that had to be written."""
    return tuple(product.path for product in products if _write(output, product, before, survey))


def _write(output: Path, product: Product, before: ledgers.Ledger, survey: ledgers.Survey) -> bool:
    """Write a product unless it is there already; whether it was written."""
    stamp, key = before.outputs.get(product.path, (ledgers.NEVER, ""))
    if key == product.key and survey.outputs.get(product.path) == stamp:
        return False
    return write_if_different(output, product.path, product.make())


def _products(
    options: Options, inputs: Inputs, furnisher: Furnisher
) -> tuple[list[Product], Assets]:
    shelf = Shelf(ledgers.folder(options) / "pages")
    todo = tasks(options, inputs)
    known = outlines(options, shelf, todo)
    workshop = Workshop(options.content, shown(options.content), options.cache, inputs)
    catalog = gathering.catalog(options, workshop, {task.address: known[task.key] for task in todo})
    views = gathering.views(catalog, workshop)
    runtime = any(view.needs_runtime for view in views.values())
    assets = joined(
        furnisher(options.cache, inputs, catalog.site, runtime=runtime),
        beside(catalog, options),
    )
    code = digest(inputs.code, inputs.fingerprint("templates/"))
    printer = Printer(options, shelf, _press(options, catalog, assets), catalog, views, code)
    pages = [*printer.pages(todo)]
    return [*pages, printer.search(todo, pages), *printer.others()], assets


def _press(options: Options, catalog: Catalog, made: Assets) -> Press:
    return Press(
        environment(options.templates, options.cache / "templates"),
        shown(options.templates),
        catalog.site,
        catalog.words,
        made,
    )
