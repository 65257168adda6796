"""Two archives with the same parts are the same bytes, whenever and wherever they were made."""

from __future__ import annotations

import io
import zipfile

from foedus.brief.formats.archive import NEVER, steady


def archived(year: int, system: int, level: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            part = zipfile.ZipInfo(name, (year, 5, 6, 7, 8, 10))
            part.create_system = system
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, name * 50, compresslevel=level)
    return out.getvalue()


def test_the_time_and_the_system_leave_no_trace() -> None:
    assert archived(1999, 0, 9) != archived(2031, 3, 1)
    assert steady(archived(1999, 0, 9)) == steady(archived(2031, 3, 1))


def test_the_parts_stay_in_their_order() -> None:
    with zipfile.ZipFile(io.BytesIO(steady(archived(2031, 3, 1)))) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "word/document.xml"]
        assert archive.read("word/document.xml") == b"word/document.xml" * 50
        assert {part.date_time for part in archive.infolist()} == {NEVER}
