"""The files of a site that are no pages: the choice of language, 404, and what machines read."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from generator.addresses import Address, absolute, relative
from generator.assets.licences import FILE, by_text
from generator.files.output import OutputFile
from generator.files.writing import MARK, MARKED
from generator.rendering.renderer import (
    LICENCES,
    MANIFEST,
    Renderer,
    common,
    head,
    nested,
    render,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.catalog.catalog import Catalog
    from generator.catalog.site import Site
    from generator.languages import Language

ROOT, NOT_FOUND = "index.html", "404.html"
PAPER = "#fdfcf7"
"""The ground of the page, while an installed site starts."""


def extras(catalog: Catalog, renderer: Renderer) -> list[OutputFile]:
    """All of them."""
    return [
        _root(renderer),
        _not_found(renderer),
        *_moved(catalog, renderer),
        *_licences(renderer),
        OutputFile.of("sitemap.xml", _sitemap(catalog)),
        OutputFile.of("robots.txt", f"User-agent: *\nSitemap: {renderer.site.url}sitemap.xml\n"),
        OutputFile.of(MARK, MARKED.decode()),
        *(
            _manifest(renderer, language)
            for language in renderer.site.languages
            if renderer.assets.icons
        ),
    ]


def _moved(catalog: Catalog, renderer: Renderer) -> Iterator[OutputFile]:
    """A page in each language for every name that a page once had."""
    for redirect in catalog.redirects:
        for language in catalog.site.languages:
            old = Address(language.folder, redirect.name)
            new = Address(language.folder, redirect.page)
            if new not in catalog.outlines:  # not yet written
                continue
            target = {
                "title": catalog.outlines[new].front_matter.title,
                "href": relative(old.path, new.path) + f"#{redirect.id}" * bool(redirect.id),
                "canonical": absolute(renderer.site.url, new.path),
            }
            context = {**common(renderer, old.path, old.folder), "target": target}
            yield OutputFile.of(old.path, render(renderer, "moved.html", context))


def _licences(renderer: Renderer) -> Iterator[OutputFile]:
    """A page in each language that lists what others wrote of the site."""
    for language in renderer.site.languages if renderer.assets.licences else ():
        here = Address(language.folder, LICENCES)
        words = nested(renderer.words[language.folder]).get("licences", {})
        others = renderer.site.languages.others(language.folder)
        page = {
            "title": words.get("title", ""),
            "description": words.get("introduction", ""),
            "is_home": False,
            "runtime": None,
            "head": head(renderer, here),
            "context": {
                "home": relative(here.path, Address(language.folder, "index").path),
                "translations": [
                    {
                        "language": other,
                        "href": relative(here.path, Address(other.folder, LICENCES).path),
                    }
                    for other in others
                ],
            },
        }
        context = {
            **common(renderer, here.path, here.folder),
            "page": page,
            "file": relative(here.path, FILE),
            "components": by_text(renderer.assets.licences),
        }
        yield OutputFile.of(here.path, render(renderer, "licences.html", context))


def _root(renderer: Renderer) -> OutputFile:
    """The choice of language; with one language, the way to its home page."""
    folder = renderer.site.languages.default.folder
    context = {
        **common(renderer, ROOT, folder),
        "choices": _choices(renderer),
        "homes": {
            language.tag: Address(language.folder, "index").path
            for language in renderer.site.languages
        },
        "head": head(renderer, Address(folder, "index")) | {"canonical": renderer.site.url},
    }
    return OutputFile.of(ROOT, render(renderer, "root.html", context))


def _manifest(renderer: Renderer, language: Language) -> OutputFile:
    """What a browser needs to install the site."""
    path = f"{language.folder}/{MANIFEST}"
    title = renderer.site.titles[language.folder]
    manifest = {
        "name": title.name,
        "short_name": title.name,
        "description": title.tagline,
        "lang": language.tag,
        "start_url": relative(path, Address(language.folder, "index").path),
        "scope": "../",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": relative(path, place),
                "type": "image/png",
                "sizes": "192x192" if name == "192" else "512x512",
                "purpose": "maskable" if name == "maskable" else "any",
            }
            for name, place in renderer.assets.icons.items()
        ],
    }
    return OutputFile.of(path, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def _choices(renderer: Renderer) -> list[dict[str, object]]:
    return [
        {
            "language": language,
            "href": Address(language.folder, "index").path,
            "name": renderer.site.titles[language.folder].name,
            "tagline": renderer.site.titles[language.folder].tagline,
            "words": nested(renderer.words[language.folder]),
        }
        for language in renderer.site.languages
    ]


def _not_found(renderer: Renderer) -> OutputFile:
    """The page for any address that does not exist.

    It is shown under that address, so it can rely on no relative URL: style and script are part of
    it, allowed by their hashes, and the script looks for the site among the folders above.
    """
    style = renderer.assets.inlined["not-found-style"]
    script = renderer.assets.inlined["not-found"]
    context = {
        **common(renderer, NOT_FOUND, renderer.site.languages.default.folder),
        "choices": _choices(renderer),
        "style": style,
        "script": script,
        "style_hash": _csp_hash(style),
        "script_hash": _csp_hash(script),
    }
    return OutputFile.of(NOT_FOUND, render(renderer, "404.html", context))


def _csp_hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _sitemap(catalog: Catalog) -> str:
    url = catalog.site.url
    entries = "".join(
        f"<url><loc>{escape(absolute(url, address.path))}</loc>"
        f"{_alternates(catalog.site, address)}</url>\n"
        for language in catalog.site.languages
        for address in catalog.order[language.folder]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}</urlset>\n'
    )


def _alternates(site: Site, address: Address) -> str:
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{language.tag}" '
        f'href="{escape(absolute(site.url, Address(language.folder, address.name).path))}"/>'
        for language in site.languages
    )
