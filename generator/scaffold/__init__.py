"""What ``build.py new`` writes: a page, a simulator or a site that works, to be changed.

``page`` and ``simulator`` go into the course that is built; ``site`` begins another. What is
written lies in ``languages``, ``simulator`` and ``site``, with ``$name`` for the name, ``$folder``
for the name with underscores and ``$title`` for the title.
"""
