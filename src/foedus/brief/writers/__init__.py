"""What the brief is written in: one file a format, each from the same document of words, each to bytes."""
