"""Makes briefs in every format and pictures of them with readers that are not ours, page by page, into out/look.

`make look` is for eyes and no part of `make test`. What a machine lacks is told: Chromium for pages and their print,
LibreOffice for what an office writes, pypdfium2 for PDF, axe (`axe-playwright-python`, which holds it) for whether a
page can be used without eyes or mouse.
"""

import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from foedus.api import brief
from foedus.brief.formats.registry import FORMATS, render

ROOT: Final = Path(__file__).resolve().parents[1]
OUT: Final = ROOT / "out" / "look"
CASES: Final = ("cases/ukraine-2025.yaml", "cases/belgium-1914.yaml", "tests/cases/good/base.yaml")
OFFICE: Final = frozenset({".docx", ".pptx", ".xlsx"})
TIME: Final = 180
WIDTHS: Final = (1300, 480)
"""Of the window of a browser: a desk and a telephone."""
REPORT: Final = """<script>{axe}</script><script>
axe.run(document).then(found => {{
  document.documentElement.innerHTML = "<pre>" + JSON.stringify(found.violations.map(one =>
    [one.id, one.nodes.length, one.nodes[0].target.join(" ")])).replace(/</g, "&lt;") + "</pre>";
}});
</script>"""


def main() -> int:
    """Make everything, and say what was missing; 1 where axe finds something."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    wrong = 0
    for case in CASES:
        document = brief(ROOT / case)
        for ending in FORMATS:
            file = OUT / f"{Path(case).stem}{ending}"
            file.write_bytes(render(document, ending))
            wrong += looked_at(file)
    missing = [
        name for name, found in (("Chromium", chromium()), ("LibreOffice", office()), ("axe", axe())) if not found
    ]
    missing += [] if find_spec("pypdfium2") else ["pypdfium2"]
    print(f"look: pictures in {OUT.relative_to(ROOT)}; missing here: {', '.join(missing) or 'nothing'}")
    return min(wrong, 1)


def looked_at(file: Path) -> int:
    """Picture one file by what opens it; the number of violations that axe finds in it."""
    if file.suffix == ".html" and chromium():
        for width in WIDTHS:
            picture = file.with_name(f"{file.stem}-{width}.png")
            run(chromium(), *FLAGS, f"--screenshot={picture}", f"--window-size={width},6000", file.as_uri())
        printed = file.with_name(f"{file.stem}-print.pdf")
        run(chromium(), *FLAGS, "--no-pdf-header-footer", f"--print-to-pdf={printed}", file.as_uri())
        pages(printed)
        return violations(file)
    if file.suffix in OFFICE and office():
        run(office(), "--headless", "--convert-to", "pdf", "--outdir", str(file.parent / file.suffix[1:]), str(file))
        pages(file.parent / file.suffix[1:] / f"{file.stem}.pdf")
    elif file.suffix == ".pdf":
        pages(file)
    return 0


FLAGS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def pages(file: Path) -> None:
    """Every page of a PDF as PNG."""
    if not (find_spec("pypdfium2") and file.exists()):
        return
    import pypdfium2

    for number, page in enumerate(pypdfium2.PdfDocument(file), 1):
        page.render(scale=1.2).to_pil().save(file.with_name(f"{file.stem}-{number:03}.png"))


def violations(file: Path) -> int:
    """What axe finds in a page, told on the screen; the page is looked at in a copy that may run it."""
    script = axe()
    if script is None:
        return 0
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", file.read_text(encoding="utf-8"))
    copy = file.with_name(f"{file.stem}-axe.html")
    copy.write_text(page.replace("</body>", REPORT.format(axe=script.read_text(encoding="utf-8")) + "</body>"), "utf-8")
    told = run(chromium(), *FLAGS, "--virtual-time-budget=60000", "--dump-dom", copy.as_uri())
    copy.unlink()
    found = re.search(r"<pre>(.*)</pre>", told, re.DOTALL)
    if found is None:
        print(f"look: axe said nothing of {file.name}")
        return 1
    rules = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    for rule, count, first in rules:
        print(f"look: {file.name}: {rule} ({count} times), first at {first}")
    return len(rules)


def run(*command: str | None) -> str:
    """What a reader prints; what it cannot open it leaves without a picture."""
    words = [word for word in command if word is not None]
    done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=TIME)  # noqa: S603  by name above
    return done.stdout


def chromium() -> str | None:
    """A browser to look at pages with."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def office() -> str | None:
    """LibreOffice, for the files of offices."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def axe() -> Path | None:
    """The script of axe, where a package that holds it is installed."""
    spec = find_spec("axe_playwright_python")
    found = [Path(place) / "axe.min.js" for place in (spec.submodule_search_locations or [])] if spec else []
    return next((path for path in found if path.exists()), None)


if __name__ == "__main__":
    sys.exit(main())
