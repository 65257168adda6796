"""The records that ``negotiate`` hands on: the board, what can be agreed on it. Frozen, one concept a file."""
