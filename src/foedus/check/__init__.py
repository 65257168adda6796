"""Where it fails: the rules, the table of forms, one incident asked, the questions of a case."""
