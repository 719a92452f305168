"""What the lines of a transcript mean: who speaks, where turns begin, and what is no speech."""
