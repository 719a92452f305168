"""Topic schedules in YAML: read with the place of everything, and keys written back without touching the rest."""
