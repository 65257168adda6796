"""What a case means: from a resolved form to who owes what, and who can stop it (docs/theory/meaning.md)."""
