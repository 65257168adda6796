"""The formats of the brief, one file each."""
