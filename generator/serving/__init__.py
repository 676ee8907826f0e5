"""The author's server: shows the site, builds it again when something changes, reloads the page.

::

    watching     waits for changes and builds in a process of its own, so that new code counts too
    showing      what the last build came to; requests wait here for the next one
    server       answers requests
    answers      which bytes answer which request
"""
