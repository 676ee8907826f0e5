"""The chapter's part ``predators/figures``."""
