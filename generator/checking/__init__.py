"""Looks at the finished site as its readers will meet it.

::

    document     a page read: its ids, links, pictures
    links        links that lead nowhere, inside the site
    external     links that lead nowhere, elsewhere; only when asked for
    markup       ids given twice, pictures without an alternative
    settings     links that set a simulator to what it does not take
    simulators   simulators that fail somewhere in the box of their controls
    typography   spaces and signs that do not belong into Chinese text
    validation   html-validate
"""
