"""The second reading of the law, by Z3. Nothing outside imports this folder before it asks it something."""
