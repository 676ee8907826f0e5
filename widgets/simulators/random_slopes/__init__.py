"""Eight patients over time: lines that fan out, and the average under two models."""
