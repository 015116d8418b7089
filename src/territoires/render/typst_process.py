"""The program that writes one document and ends: a request on stdin, a PDF on stdout.

Asked for a ``label``, it gives the values that the document tells there instead, as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst


def main() -> None:
    """Read the request, write the answer; what typst says of a failure goes to stderr."""
    request = json.load(sys.stdin.buffer)
    template = Path(request["template"])
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[request["fonts"]]
    )
    compiler = typst.Compiler(
        template,
        root=template.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(request["data"], ensure_ascii=False)},
    )
    try:
        if label := request["label"]:
            answer = compiler.query(f"<{label}>", field="value").encode()
        else:
            answer = _write(compiler, datetime.fromisoformat(request["day"]))
    except typst.TypstError as error:
        sys.exit(f"{error.message}\n{error.diagnostic}")
    sys.stdout.buffer.write(answer)


def _write(compiler: typst.Compiler, day: datetime) -> bytes:
    written = compiler.compile(
        format="pdf", pdf_standards=["ua-1"], timestamp=day.replace(tzinfo=UTC)
    )
    if not isinstance(written, bytes):
        raise TypeError("typst gave no document")
    return written


if __name__ == "__main__":
    main()
