"""The site without a network: from disk, kept by the browser, and to take away.

::

    pack         what simulators need, in one script that a page can load from disk
    sums         what every file of the finished site is known by
    service      the service worker, which keeps the site in the reader's browser
    archive      the site as one zip
    finishing    the last two, which are made from all other files
    alone        a page as one file
    taking       archive and single files, handed out
"""
