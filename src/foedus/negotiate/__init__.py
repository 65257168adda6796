"""Whether there is a deal, who waits for whom, what was exchanged for what."""
