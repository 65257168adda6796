"""The commands: one file each, with its arguments, its one call, and what it prints."""
