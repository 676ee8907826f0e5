"""What runs at build time: from a folder of Markdown to a folder of pages.

One way, and a type for every stage::

    Path -> Source -> Page -> Rendered -> File -> site/

Each folder is a stretch of the way::

    pages/      one page at a time, knowing no other; markdown/ reads its text
    catalog/    what concerns all pages at once, and what each page sees of it
    printing/   fills in what a page asks of the others, and puts it into a template
    assets/     what pages share: scripts, styles, fonts, pictures
    building/   what has changed, what is made anew, what is written

    claims/ figures/ datasets/ simulators/ runtime/   what pages are furnished with
    checking/ serving/ skeletons/                     check, serve, new

``command`` is where a command line arrives.
"""
