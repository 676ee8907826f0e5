"""False alarms of a GEE over the number of clusters, with and without corrections."""
