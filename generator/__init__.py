"""What runs at build time: from a folder of Markdown to a folder of pages.

One way, and a type for every stage::

    Path -> Source -> Page -> Rendered -> OutputFile -> site/

Each folder is a stretch of the way and imports only from those before it::

    files/      the two ends: input scan, cache, output
    markdown/   the text of one page
    pages/      one page at a time, knowing no other
    catalog/    what concerns all pages at once, and what each page sees of it
    assets/     what pages share: scripts, styles, fonts, pictures
    rendering/  resolves what a page asks of the others, and renders it by a template
    offline/    what is made of the finished site: the service worker, the archive
    building/   what has changed, and all stages one after the other

    simulators/ runtime/            the parts of pages that compute, at build and in the browser
    authoring/                      what a chapter's own Python may import
    checking/ serving/ scaffold/    the commands check, serve, new

``command`` is where a command line arrives.
"""
