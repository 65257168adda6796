"""The language of a case, one file a part: the models publish the JSON Schema and hold what is allowed."""
