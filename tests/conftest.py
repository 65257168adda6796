"""How the property tests look for examples: the same ones in every run of the tests, new ones in `make fuzz`.

A run of the tests says something of the change alone when it looks at the same examples as the run before; and no test
may fail because a machine is slow.
"""

from hypothesis import HealthCheck, settings

NEVER_BY_TIME = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("the same", derandomize=True, **NEVER_BY_TIME)
settings.register_profile("new", derandomize=False, print_blob=True, **NEVER_BY_TIME)
settings.load_profile("the same")
