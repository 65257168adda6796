"""What the reader gets: one file a format."""
