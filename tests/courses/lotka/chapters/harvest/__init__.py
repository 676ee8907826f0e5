"""The chapter's part ``harvest``."""
