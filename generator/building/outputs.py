"""Page, Catalog -> Product: what a build makes, each file only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from generator.assets.assets import Assets, Content
from generator.catalog import whole
from generator.files.cache import cached, digest
from generator.files.output import OutputFile
from generator.pages.library import source
from generator.pages.pages import Page, page
from generator.rendering.extras import extras
from generator.rendering.rendered import Rendered, rendered
from generator.rendering.renderer import Renderer, page_html
from generator.rendering.search import SEARCH, entry, script

if TYPE_CHECKING:
    from generator.addresses import Address
    from generator.catalog.catalog import Catalog
    from generator.catalog.page_context import PageContext
    from generator.options import Options
    from generator.pages.library import Task
    from generator.pages.parse_cache import ParseCache


@dataclass(frozen=True)
class OutputRenderer:
    """All that it takes to print any page."""

    options: Options
    parse_cache: ParseCache
    renderer: Renderer
    catalog: Catalog
    contexts: Mapping[Address, PageContext]
    tasks: Mapping[Address, Task]
    """Every page there is."""

    code: str
    """Fingerprint of the generator and of the templates."""

    def pages(self, tasks: list[Task]) -> Iterator[OutputFile]:
        """The pages."""
        assets = self.renderer.assets
        shared = (assets.linked, assets.pictures, assets.icons, assets.offline)
        common = digest(*map(repr, (bool(assets.licences), *shared)))
        for task in tasks:
            needs_runtime = self.contexts[task.address].needs_runtime
            runtime = repr(assets.runtime) if needs_runtime else ""
            key = digest(common, runtime, self._text_key(task))
            yield OutputFile(task.address.path, key, partial(self._page, task))

    def _text_key(self, task: Task) -> str:
        """A hash of what the text of a page is made from, which no asset changes."""
        texts = [task.key, *(self.tasks[part].key for part in self._parts(task))]
        own = repr(self.contexts[task.address])
        return digest(self._common, task.address.folder, *texts, own)

    @cached_property
    def _common(self) -> str:
        return digest(self.code, repr(self.catalog.site), repr(self.catalog.words))

    def _page(self, task: Task) -> bytes:
        return page_html(self._rendered(task), self.renderer).encode()

    def _rendered(self, task: Task) -> Rendered:
        return rendered(self._read(task), self.contexts[task.address], self._words(task))

    def search(self, tasks: list[Task]) -> OutputFile:
        """What readers search, in reading order; only the text of changed pages is read anew."""
        made = {task.address: (task, self._text_key(task)) for task in tasks}
        rows = self.catalog.order.values()
        ordered = [
            made[address]
            for row in rows
            for address in row
            if address in made and address not in self.catalog.wholes
        ]

        def entries() -> Iterator[bytes]:
            for task, key in ordered:
                yield cached(self.options.cache / "search", key, partial(self._entry, task))

        key = digest(*(key for _, key in ordered))
        return OutputFile(SEARCH, key, lambda: script(entries()))

    def _entry(self, task: Task) -> bytes:
        return entry(self._rendered(task))

    def _read(self, task: Task) -> Page:
        own = self.parse_cache.page(task.key) or page(source(self.options, task))
        parts = [self._read(self.tasks[part]) for part in self._parts(task)]
        return whole.page(own, parts) if parts else own

    def _parts(self, task: Task) -> tuple[Address, ...]:
        """The pages that stand on a page."""
        return self.catalog.wholes.get(task.address, ())

    def _words(self, task: Task) -> Mapping[str, str]:
        return self.catalog.words[task.address.folder]

    def others(self) -> Iterator[OutputFile]:
        """Everything else: the files that are no pages, and those that pages share."""
        yield from extras(self.catalog, self.renderer)
        for path, content in self.renderer.assets.files.items():
            told = str(content) if isinstance(content, Path) else sha256(content).hexdigest()
            key = digest(path, told)
            yield OutputFile(path, key, partial(_bytes, content))


def content_files(catalog: Catalog, options: Options) -> Assets:
    """The files of the content that pages lead to."""
    files = {
        file.path: file.drawing or options.content / name for name, file in catalog.files.items()
    }
    return Assets(files=files)


def _bytes(content: Content) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content
