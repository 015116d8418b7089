"""The program that turns one SVG into pixels and ends: the SVG on stdin, a PNG on stdout.

Typst keeps the images it has drawn, some 20 MB each: a process of its own gives them back.
"""

from __future__ import annotations

import sys

import typst

#: The page is as large as the drawing; a pixel of the SVG is a point.
_SHEET = """\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width))
"""


def main() -> None:
    """Read the width in points, the pixels per inch and the folder of the fonts, then the SVG."""
    width, density, fonts = sys.argv[1:]
    svg = sys.stdin.buffer.read().decode()
    # Those of typst itself stand for the signs that ours lacks.
    known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[fonts])
    try:
        png = typst.compile(
            _SHEET.encode(),
            font_paths=known,
            ignore_system_fonts=True,
            format="png",
            ppi=float(density),
            sys_inputs={"svg": svg, "width": f"{float(width)}pt"},
        )
    except typst.TypstError as error:
        sys.exit(f"{error.message}\n{error.diagnostic}")
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
