"""Looks at the finished site as its readers will meet it.

::

    document     a page read: its ids, links, pictures
    links        links that lead nowhere, inside the site
    external     links that lead nowhere, elsewhere; only when asked for
    markup       ids given twice, pictures without an alternative
    typography   spaces and signs that do not belong into Chinese text
    validation   html-validate
"""
