"""What runs at build time: from a folder of Markdown to a folder of pages.

One way, and a type for every stage::

    Path -> Source -> Page -> Rendered -> OutputFile -> site/

Each folder is a stretch of the way and imports only from those before it::

    files/      the two ends: what is read, cached and written
    markdown/   the text of one page
    pages/      one page at a time, knowing no other
    catalog/    what concerns all pages at once, and what each page sees of it
    assets/     what pages share: scripts, styles, fonts, pictures
    rendering/  resolves what a page asks of the others, and puts it into a template
    offline/    what is made of the finished site: the service worker, the archive
    building/   what has changed, and all stages one after the other

    simulators/ runtime/              panels of simulators; the browser's Python
    authoring/                        what chapters and simulators may import
    checking/ serving/ scaffold/      check, serve, new

``source_files`` reads what authors write, ``templates`` and ``highlighting`` serve pages and
simulators alike, ``command`` is where a command line arrives.
"""
