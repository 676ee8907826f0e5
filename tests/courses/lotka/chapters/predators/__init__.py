"""The chapter's part ``predators``."""
