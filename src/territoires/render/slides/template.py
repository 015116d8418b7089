"""The blank deck: 16:9, three French layouts, our colours; nothing of the default one."""

from __future__ import annotations

import re
from typing import Any

from territoires.render.slides.markup import (
    ACCENT,
    BODY_BOTTOM,
    BODY_WIDTH,
    FONT,
    FOOT_SIZE,
    FOOT_TOP,
    HEIGHT,
    INK,
    LANGUAGE,
    MARGIN,
    MARK,
    NAMESPACES,
    PALE,
    SOFT,
    TEXT_SIZE,
    TITLE_SIZE,
    TITLE_TOP,
    WHITE,
    WIDTH,
    Box,
    emu,
    figure,
    solid,
    transform,
)

#: python-pptx and lxml say little of their types.
_Element = Any

#: Places of the layouts that are kept, among those of the default file.
TITLE_LAYOUT, TEXT_LAYOUT, FREE_LAYOUT = 0, 1, 2
_KEPT = {0: "Titre", 1: "Titre et texte", 5: "Titre et contenu libre"}
_TYPES = {0: "title", 1: "tx", 5: "titleOnly"}
NUMBER_BOX = Box(WIDTH - MARGIN - 60, FOOT_TOP, 60, 30)
FOOT_BOX = Box(MARGIN, FOOT_TOP, BODY_WIDTH - 70, 30)
TITLE_BOX = Box(MARGIN, TITLE_TOP, BODY_WIDTH, 74)
BODY_BOX = Box(MARGIN, 112, BODY_WIDTH, BODY_BOTTOM - 112)
_BIG_TITLE, _SUBTITLE = (
    Box(MARGIN, 120, BODY_WIDTH, 130),
    Box(MARGIN, 262, BODY_WIDTH, BODY_BOTTOM - 262),
)
_BAND = figure("Bandeau", Box(0, 0, WIDTH, 8), fill=solid(ACCENT))
_COLOURS = {
    "dk1": INK,
    "lt1": WHITE,
    "dk2": SOFT,
    "lt2": PALE,
    "accent1": ACCENT,
    "accent2": "2A8794",
    "accent3": "BB6A1F",
    "accent4": "8268BD",
    "accent5": "6B7679",
    "accent6": MARK,
    "hlink": ACCENT,
    "folHlink": "5B4A86",
}
_TREE_HEAD = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_TITLE_WORDS, _TEXT_WORDS = "Titre de la diapositive", "Texte de la diapositive"


def open_blank() -> Any:
    """Give a deck without slides, in our look.

    The file that python-pptx starts from has eleven English layouts, a picture of its first page,
    the settings of a printer and the name of its author: none of it stays.
    """
    import pptx  # noqa: PLC0415 - slow to load, needed where a deck is written only

    deck: Any = pptx.Presentation()
    deck.slide_width, deck.slide_height = emu(WIDTH), emu(HEIGHT)
    size = deck.element.find("{*}sldSz")
    if size is not None:
        size.attrib.pop("type", None)
    layouts = list(deck.slide_layouts)
    for place, layout in enumerate(layouts):
        if place not in _KEPT:
            deck.slide_layouts.remove(layout)
    master = deck.slide_masters[0]
    _fill(master.element, _master_shapes())
    _write_styles(master.element)
    for place, name in _KEPT.items():
        element = layouts[place].element
        _fill(element, _layout_shapes(place))
        element.find("{*}cSld").set("name", name)
        element.set("type", _TYPES[place])
    package = deck.part.package
    _drop(deck.part.rels, "printerSettings")
    _drop(package._rels, "thumbnail")
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            _replace(part, _APPLICATION)
        elif "/theme/" in part.partname:
            _replace(part, _theme(part.blob.decode("utf-8")))
    return deck


def _drop(rels: Any, kind: str) -> None:
    """Take off what a part leads to, of one kind."""
    for key, rel in list(rels.items()):
        if rel.reltype.endswith(f"/{kind}"):
            rels.pop(key)


def _replace(part: Any, text: str) -> None:
    part._blob = text.encode("utf-8")


def _fill(element: _Element, shapes: str) -> None:
    """Put other shapes on a master or a layout."""
    from pptx.oxml import parse_xml  # noqa: PLC0415 - as above

    tree = element.find("{*}cSld/{*}spTree")
    if tree is None or (parent := tree.getparent()) is None:
        raise ValueError("a layout without shapes")
    parent.replace(tree, parse_xml(f"<p:spTree {NAMESPACES}>{_TREE_HEAD}{shapes}</p:spTree>"))
    for rank, shape in enumerate(element.iter("{*}cNvPr"), 1):
        shape.set("id", str(rank))


def holder(kind: str, name: str, box: Box | None, words: str, *, place: int = 0) -> str:
    """Write a placeholder: its kind and place make it follow the layout, ``box`` moves it."""
    index = f' idx="{place}"' if place else ""
    where = transform(box) if box else ""
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='0' name='{name}'/><p:cNvSpPr><a:spLocks noGrp='1'/>"
        f'</p:cNvSpPr><p:nvPr><p:ph type="{kind}"{index}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{where}</p:spPr><p:txBody>{words}</p:txBody></p:sp>"
    )


def words_of(text: str, *, anchor: str = "t", size: float = 0, align: str = "") -> str:
    """Write the plain words of a placeholder of a master or a layout."""
    look = f'<a:lvl1pPr{align}><a:defRPr sz="{round(size * 100)}"/></a:lvl1pPr>' if size else ""
    return (
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/>'
        f'</a:bodyPr><a:lstStyle>{look}</a:lstStyle><a:p><a:r><a:rPr lang="{LANGUAGE}"/>'
        f"<a:t>{text}</a:t></a:r></a:p>"
    )


NUMBER_WORDS = (
    '<a:bodyPr/><a:lstStyle/><a:p><a:fld id="{8C6E1F2A-6D53-4B0B-9B3B-0E1E5C2D7A11}" '
    f'type="slidenum"><a:rPr lang="{LANGUAGE}"/><a:t>‹N°›</a:t></a:fld></a:p>'
)


def _number(box: Box | None) -> str:
    return holder("sldNum", "Numéro", box, NUMBER_WORDS, place=12)


def _foot(box: Box | None) -> str:
    return holder(
        "ftr", "Pied de page", box, words_of("Source", size=FOOT_SIZE if box else 0), place=11
    )


def _master_shapes() -> str:
    title = holder("title", "Titre", TITLE_BOX, words_of(_TITLE_WORDS, anchor="t"))
    text = holder("body", "Texte", BODY_BOX, words_of(_TEXT_WORDS), place=1)
    number = _number(NUMBER_BOX).replace(
        "<a:bodyPr/><a:lstStyle/>",
        '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/><a:lstStyle><a:lvl1pPr algn="r">'
        f'<a:defRPr sz="{round(FOOT_SIZE * 100)}">{solid(SOFT)}</a:defRPr></a:lvl1pPr></a:lstStyle>',
    )
    return _BAND + title + text + _foot(FOOT_BOX) + number


def _layout_shapes(place: int) -> str:
    feet = _foot(None) + _number(None)
    if place == 0:
        large = words_of(_TITLE_WORDS, anchor="b", size=44)
        below = words_of("Sous-titre", size=24, align=' marL="0" indent="0"')
        return (
            holder("ctrTitle", "Titre", _BIG_TITLE, large)
            + holder("subTitle", "Sous-titre", _SUBTITLE, below, place=1)
            + feet
        )
    title = holder("title", "Titre", None, words_of(_TITLE_WORDS))
    text = holder("body", "Texte", None, words_of(_TEXT_WORDS), place=1)
    return title + (text if place == 1 else "") + feet


def _write_styles(master: _Element) -> None:
    """Write the look of titles and texts: one level is enough."""
    from pptx.oxml import parse_xml  # noqa: PLC0415 - as above

    styles = master.find("{*}txStyles")
    if styles is None or (parent := styles.getparent()) is None:
        raise ValueError("a master without styles")
    font = '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
    ink = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'

    def level(size: float, bold: str, rest: str) -> str:
        return (
            f'<a:lvl1pPr algn="l" {rest}<a:defRPr lang="{LANGUAGE}" sz="{round(size * 100)}"{bold} '
            f'kern="1200">{ink}{font}</a:defRPr></a:lvl1pPr>'
        )

    plain = "><a:buNone/>"
    text = level(
        TEXT_SIZE,
        "",
        f'marL="{emu(18)}" indent="{-emu(18)}"><a:buFont typeface="Arial"/><a:buChar char="•"/>',
    )
    titles, others = level(TITLE_SIZE, ' b="1"', plain), level(TEXT_SIZE, "", plain)
    new = (
        f"<p:txStyles {NAMESPACES}><p:titleStyle>{titles}</p:titleStyle>"
        f"<p:bodyStyle>{text}</p:bodyStyle><p:otherStyle>{others}</p:otherStyle></p:txStyles>"
    )
    parent.replace(styles, parse_xml(new))


def dress_theme(part: Any) -> None:
    """Give our colours and the font to a theme that is read already: that of the notes."""
    from pptx.oxml import parse_xml  # noqa: PLC0415 - as above

    part._element = parse_xml(_theme(part.blob.decode("utf-8")).encode("utf-8"))


def _theme(text: str) -> str:
    """Put our colours and the font in the theme, with a class of fonts to fall back on."""
    for name, colour in _COLOURS.items():
        text = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>',
            text,
            flags=re.DOTALL,
        )
    font = f'<a:latin typeface="{FONT}" pitchFamily="34" charset="0"/>'
    for side in ("majorFont", "minorFont"):
        text = re.sub(
            rf"<a:{side}>.*?</a:{side}>",
            f'<a:{side}>{font}<a:ea typeface=""/><a:cs typeface=""/></a:{side}>',
            text,
            flags=re.DOTALL,
        )
    return re.sub(
        r'(<a:(?:theme|clrScheme|fontScheme|fmtScheme)[^>]* name=")[^"]*', r"\1Territoires", text
    )


_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Territoires</Application><PresentationFormat>Grand écran (16:9)"
    "</PresentationFormat></Properties>"
)
