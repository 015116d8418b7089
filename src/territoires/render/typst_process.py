"""The program that writes one document and ends: a request on stdin, a PDF on stdout."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst


def main() -> None:
    """Read the request, write the document; what typst says of a failure goes to stderr."""
    request = json.load(sys.stdin.buffer)
    template = Path(request["template"])
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[request["fonts"]]
    )
    try:
        written = typst.compile(
            template,
            root=template.parent,
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(request["data"], ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=datetime.fromisoformat(request["day"]).replace(tzinfo=UTC),
        )
    except typst.TypstError as error:
        sys.exit(f"{error.message}\n{error.diagnostic}")
    sys.stdout.buffer.write(written)


if __name__ == "__main__":
    main()
