"""The author's server: shows the site, builds it again when something changes, reloads the page.

::

    watching     builds whenever something changes, in a process of its own
    server       answers requests, those for news of builds when there are some
    responses    which bytes answer which request
"""
