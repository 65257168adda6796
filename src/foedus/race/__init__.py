"""Whether help arrives in time: the ways through the text against the attacker's time to its objective."""
