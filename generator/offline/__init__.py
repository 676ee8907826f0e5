"""The site without a network: from disk, kept by the browser, and to take away.

::

    pack         what simulators need, in one script that a page can load from disk
"""
