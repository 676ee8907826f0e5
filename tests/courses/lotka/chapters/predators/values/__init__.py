"""The chapter's part ``predators/values``."""
