"""The chapter's part ``harvest/values``."""
