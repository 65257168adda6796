"""A race whose share is known by hand: ready after 10 hours, 10 to 40 more to move, 40 until the town is taken.

Help is there in time where the move takes at most 30 hours, which is two thirds of the interval: 667 of 1,000 futures,
between 55 and 80 of 100, "likely" in ICD 203 and in the PHIA yardstick.
"""

SMALL = """\
foedus: 1
case: small
title: A small race
as_of: 2026-11-24
parties: {V: {name: Vale}, A: {name: Arden}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
required_level: {full_invasion: arms}
instruments:
  - id: pact
    title: A small pact
    status: draft
    binding: legal
    clauses:
      - {id: aid, kind: obligation, bearers: [A], to: V, judge: objective, response: {least: [arm]}}
world:
  objectives: [{id: town, what: the town is taken, kind: full_invasion, within: 40 h}]
  forces:
    - {who: A, what: guns, ready_within: 10 h, move: {low: 10 h, high: 40 h}}
"""
