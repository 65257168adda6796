"""The parts of the brief, one file each."""
