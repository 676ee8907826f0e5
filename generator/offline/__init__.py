"""The site without a network: opened from disk, cached by the browser, exported.

::

    checksums        the sha256 of every file of the finished site
    service_worker   the script that caches the site in the reader's browser
    archive          the site as one zip
    post_build       the two above, which are made from all other files
    single_file      a page as one file
    export           archive and single files, written into a folder of their own
"""
