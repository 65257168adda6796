"""The figures of docs/theory/mutants.md, made from the stored result."""
from __future__ import annotations
from collections import Counter
def figures(rows, each, seed):
    out=[]
    for d in ("for the case","elsewhere","nowhere"):
        own=[r for r in rows if r.differs==d]
        out.append(f"{d}: {len(own)} seen {sum(bool(r.seen) for r in own)} narrow {sum(bool(r.narrow) for r in own)}")
    own=[r for r in rows if r.differs=="for the case"]
    c=Counter((r.field) for r in own); s=Counter(r.field for r in own if r.seen)
    for f in sorted(c): out.append(f"  {f}: {s[f]}/{c[f]}")
    out.append(str(Counter(r.part for r in own if not r.seen)))
    return "\n".join(out)
def write_page(*a): pass
