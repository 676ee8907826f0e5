"""Few mice: the curve that a statistic is compared with, and the false alarms that come of it."""
