"""What can be asked of a framework without a file or a study: keys, numbers, its canonical form, changes, look-up."""
