"""Rendered -> OutputFile: the page in its template."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from generator.addresses import Address, absolute, relative
from generator.catalog.interface import FAILURES
from generator.rendering.search import SEARCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.assets.assets import Assets
    from generator.catalog.interface import Words
    from generator.catalog.site import Site
    from generator.rendering.rendered import Rendered
    from generator.templates import Templates


MANIFEST = "site.webmanifest"
LICENCES = "licences"
"""The name of the page that lists what others wrote of the site."""


@dataclass(frozen=True)
class Renderer:
    """The templates, and what every page has in common."""

    templates: Templates
    site: Site
    words: Mapping[str, Words]
    assets: Assets


def page_html(page: Rendered, renderer: Renderer) -> str:
    """The HTML of a page."""
    path = page.address.path
    here: dict[str, Any] = {
        "title": page.front_matter.title,
        "headline": Markup(page.headline),  # noqa: S704  made by our own parser
        "lead": Markup(page.lead),  # noqa: S704
        "description": page.front_matter.description,
        "step": page.front_matter.step,
        "minutes": page.minutes,
        "contents": [
            {"level": entry.level, "id": entry.id, "html": Markup(entry.html)}  # noqa: S704
            for entry in page.contents
        ],
        "body": Markup(page.body),  # noqa: S704
        "is_home": page.address.name == "index",
        "context": page.context,
        "head": head(renderer, page.address),
        "runtime": _runtime(page, renderer),
        "cite": _cite(page, renderer),
        "own_simulator": page.context.own_simulator,
        "elsewhere": _json(page.context.elsewhere) if page.context.elsewhere else None,
    }
    context = {"page": here, **common(renderer, path, page.address.folder)}
    return render(renderer, f"{page.front_matter.template}.html", context)


def common(renderer: Renderer, path: str, folder: str) -> dict[str, Any]:
    """What every template may use."""
    site = renderer.site
    return {
        "site": site.titles[folder],
        "language": site.languages.of(folder),
        "others": site.languages.others(folder),
        "words": nested(renderer.words[folder]),
        "root": relative(path, "index.html"),
        "assets": {name: relative(path, asset) for name, asset in renderer.assets.linked.items()},
        "search": relative(path, SEARCH),
        "licences": _licences(renderer, path, folder),
        "offline": _offline(renderer, path, folder),
    }


def _licences(renderer: Renderer, path: str, folder: str) -> str | None:
    """Where a page finds the list of licences; None without one."""
    listed = renderer.assets.licences
    return relative(path, Address(folder, LICENCES).path) if listed else None


def _offline(renderer: Renderer, path: str, folder: str) -> dict[str, str | None]:
    """Where a page finds what lets it be read offline."""
    told = renderer.assets.offline
    places = {name: told.get(name) for name in ("service", "archive")}
    places["manifest"] = f"{folder}/{MANIFEST}" if renderer.assets.icons else None
    found = {name: relative(path, place) if place else None for name, place in places.items()}
    return {**found, "size": told.get("size"), "archive_size": told.get("archive_size")}


def head(renderer: Renderer, address: Address) -> dict[str, Any]:
    """What search engines and previews are told."""
    url, languages = renderer.site.url, renderer.site.languages
    alternates = {
        language.tag: absolute(url, Address(language.folder, address.name).path)
        for language in languages
    }
    picture = renderer.assets.pictures.get(address.folder)
    return {
        "canonical": absolute(url, address.path),
        "alternates": alternates,
        "default": url if address.name == "index" else alternates[languages.default.tag],
        "picture": absolute(url, picture) if picture else None,
    }


def _cite(page: Rendered, renderer: Renderer) -> dict[str, str] | None:
    """How a page is to be cited, as a sentence and for BibTeX; None if the site does not say."""
    cite = renderer.site.cite
    if cite is None:
        return None
    folder, name = page.address.folder, page.address.name
    site, url = renderer.site.titles[folder].name, absolute(renderer.site.url, page.address.path)
    title = site if name == "index" else page.front_matter.title
    key = f"{renderer.site.slug}:{folder}" + ("" if name == "index" else f":{name}")
    fields = {
        "author": f"{{{cite.authors}}}",
        "title": title,
        "year": str(cite.year),
        "howpublished": site,
        "url": url,
    }
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items()]
    return {
        "authors": cite.authors,
        "year": str(cite.year),
        "title": title,
        "site": "" if title == site else site,
        "url": url,
        "bibtex": "\n".join([f"@misc{{{key},", *lines, "}"]),
    }


def _runtime(page: Rendered, renderer: Renderer) -> Markup | None:
    """Where the browser finds what computes on the page, and how much that is, as JSON."""
    if not page.context.needs_runtime:
        return None
    told: dict[str, object] = {
        name: relative(page.address.path, path) + ("/" if name == "runtime" else "")
        for name, path in renderer.assets.runtime.items()
    }
    told["bytes"] = int(renderer.assets.offline.get("bytes", 0))
    told["checksums"] = dict(renderer.assets.checksums)
    words = renderer.words[page.address.folder]
    names = (*FAILURES, "still_true", "reload")
    told["words"] = {
        name: words[f"simulator.{name}"] for name in names if f"simulator.{name}" in words
    }
    return _json(told)


def _json(told: Mapping[str, object]) -> Markup:
    """JSON that cannot end the element that it stands in."""
    return Markup(json.dumps(told, sort_keys=True).replace("<", "\\u003c"))  # noqa: S704


def nested(words: Words) -> dict[str, dict[str, str]]:
    """The words by section, as templates ask for them."""
    sections: dict[str, dict[str, str]] = {}
    for name, text in words.items():
        section, _, key = name.partition(".")
        sections.setdefault(section, {})[key] = text
    return sections


def render(renderer: Renderer, template: str, context: Mapping[str, Any]) -> str:
    """The text of a template."""
    words = f"content/{context['language'].folder}/interface.toml"
    return renderer.templates.render(template, context, words=words)
