"""Numbers that pages quote: each module has ``values() -> dict[str, str]``, texts by key.

``{claim}`name.key``` puts one into a sentence. A module without that function helps the others.
"""
