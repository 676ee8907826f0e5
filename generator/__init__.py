"""What runs at build time: from a folder of Markdown to a folder of pages.

One way, and a type for every stage::

    Path -> Source -> Page -> Rendered -> File -> site/

::

    sources       reads
    pages         makes a Page of each Source, with markdown/
    catalog       knows what concerns all pages at once
    views         says what each page sees of it
    rendering     fills in what a page asks of the others
    printing      puts it into a template
    writing       writes what differs
    assembly      does all that, for what is not as it should be; building asks whether anything is
"""
