"""The fixed parts of a Word document: what it consists of, how its paragraphs look.

The order of elements is the schema's (ECMA-376, part 1): Word refuses a file that has another.
"""

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_WORD = f"{_OPEN}/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINK = f"{_OPEN}/officeDocument/2006/relationships"

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_KIND}.settings+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
RELS = (
    f'{HEAD}<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_LINK}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_OPEN}/package/2006/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELS = (
    f'{HEAD}<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_LINK}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_LINK}/settings" Target="settings.xml"/></Relationships>'
)
CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="{_OPEN}/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:creator></dc:creator><dc:language>{lang}</dc:language>"
    "<cp:lastModifiedBy></cp:lastModifiedBy></cp:coreProperties>"
)
SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{_WORD}">'
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="840"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
DOCUMENT = (
    f'{HEAD}<w:document xmlns:w="{_WORD}"><w:body>'
    "{body}"
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1247" w:right="1134" w:bottom="1247" w:left="1134" w:header="567"'
    ' w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
)

_SANS = '<w:rFonts w:ascii="Yu Gothic" w:hAnsi="Yu Gothic" w:eastAsia="Yu Gothic"/>'
_SERIF = '<w:rFonts w:ascii="Yu Mincho" w:hAnsi="Yu Mincho" w:eastAsia="Yu Mincho"/>'
_GREY = '<w:color w:val="63696F"/>'
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="C4C4BE"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _style(name: str, shown: str, paragraph: str, run: str, *, own: bool = False) -> str:
    """Return a style of paragraphs that builds on the plain one; `own`: Word knows none such."""
    custom = ' w:customStyle="1"' if own else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{name}"><w:name w:val="{shown}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


STYLES = (
    f'{HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
    f"{_SANS}{_size(21)}"
    '<w:lang w:val="{lang}" w:eastAsia="ja-JP"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="40" w:line="300"'
    ' w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "</w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="Grid"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders>'
    '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="140" w:type="dxa"/>'
    '<w:bottom w:w="80" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "</w:style>"
    + _style("Title", "Title", '<w:spacing w:after="40"/>', f"<w:b/>{_size(32)}")
    + _style("Subtitle", "Subtitle", '<w:spacing w:after="20"/>', f"{_GREY}{_size(20)}")
    + _style(
        "Heading1",
        "heading 1",
        '<w:keepNext/><w:spacing w:before="60" w:after="60"/><w:outlineLvl w:val="0"/>',
        f"<w:b/>{_size(24)}",
    )
    + _style(
        "Heading2",
        "heading 2",
        '<w:keepNext/><w:spacing w:before="280" w:after="60"/><w:outlineLvl w:val="0"/>',
        f"<w:b/>{_size(24)}",
    )
    + _style(
        "Label",
        "Label",
        '<w:keepNext/><w:spacing w:before="80" w:after="0"/>',
        f"{_GREY}{_size(18)}",
        own=True,
    )
    + _style("Text", "Text", '<w:spacing w:after="40"/>', "", own=True)
    + _style("Voice", "Voice", '<w:spacing w:after="40"/>', _SERIF, own=True)
    + _style("Decided", "Decided", '<w:spacing w:after="40"/>', "<w:b/>", own=True)
    + "</w:styles>"
)
