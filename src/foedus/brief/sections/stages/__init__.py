"""The parts that further stages bring: one file each, found by being here."""
