"""A chart block → the chart part of Word: no theme, no colour alone, missing figures as gaps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.report.figures import Chart, Series
from pipelines.report.render.text import attribute, escape

CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHEET = "Data"
"""The sheet of the embedded workbook: categories in column A, one series in each column beside it."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE = (
    f'<c:chartSpace xmlns:c="{CHART_NAMESPACE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
_INK, _GRID, _TEXT = "1F3A5F", "D5DAE0", "222222"
_CROWDED = 12
"""From so many standing figures on, their labels stand too."""

_PAIR = 2
"""With more lines than these the labels of all figures would cross."""

_AXES = (111_111, 222_222)


def _solid(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def _pattern(preset: str, color: str) -> str:
    return (
        f'<a:pattFill prst="{preset}"><a:fgClr><a:srgbClr val="{color}"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    )


def _outline(color: str, width: int, dash: str = "solid") -> str:
    return f'<a:ln w="{width}" cap="rnd">{_solid(color)}<a:prstDash val="{dash}"/><a:round/></a:ln>'


_FILLS = (_solid(_INK), _pattern("wdUpDiag", "6B86A8"), _solid("C3CFDD"), _pattern("pct20", _INK))
_LINES = (
    ("solid", "circle", _INK), ("dash", "square", "9A5B1F"), ("sysDot", "triangle", "4A4F55"),
    ("lgDashDot", "diamond", "6B86A8"), ("lgDash", "x", "5E7F4A"),
)  # fmt: skip
"""A copy in black and white tells the series by fill, dash and marker."""


def chart_xml(chart: Chart) -> str:
    """The whole part; its relationship `rId1` leads to the embedded workbook."""
    drawn = _lines(chart) if chart.kind == "lines" else _bars(chart)
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(900)}</c:legend>' if len(chart.series) > 1 else ""
    )
    return (
        f'{_HEAD}{_SPACE}<c:date1904 val="0"/><c:lang val="id-ID"/><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{drawn}{_category_axis(chart)}{_value_axis(chart)}'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr>{_solid('FFFFFF')}<a:ln><a:noFill/></a:ln></c:spPr>{_text(900)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def number_format(places: int) -> str:
    """The format of figures and labels: Indonesian, so a comma where the reader's Office follows the document."""
    return f"[$-421]#,##0{'.' if places else ''}{'0' * places}"


def figure_text(value: Decimal) -> str:
    """A figure as XML keeps it: exact, without trailing zeros."""
    return f"{value.normalize():f}"


def _bars(chart: Chart) -> str:
    """Bars or columns, and the lines that lie over them; where a line would cross the labels, they stand inside."""
    columns = [(n, s) for n, s in enumerate(chart.series) if not s.line]
    above = [(n, s) for n, s in enumerate(chart.series) if s.line]
    labels = _labels(chart, "inBase", "FFFFFF") if above and len(columns) == 1 else _labels(chart, "outEnd")
    series = "".join(
        _series(chart, n, s, f"<c:spPr>{_fill(place, len(columns))}{_outline(_INK, 6350)}</c:spPr>", labels)
        for place, (n, s) in enumerate(columns)
    )
    direction = "bar" if chart.kind == "bars" else "col"
    drawn = (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="60"/><c:overlap val="0"/>{_axis_ids()}</c:barChart>'
    )
    return drawn + (_line_chart(chart, [(n, s, "") for n, s in above]) if above else "")


def _fill(place: int, count: int) -> str:
    """One series alone is solid; of two the first, the target, is hatched and the second solid."""
    return _FILLS[(1 - place) if count > 1 and place < 2 else place % len(_FILLS)]


def _lines(chart: Chart) -> str:
    """Lines with the figures beside their marks; where there are many lines, only the latest figure of each."""
    labels = _paired_labels if len(chart.series) <= _PAIR else _latest_label
    return _line_chart(chart, [(number, s, labels(chart, s)) for number, s in enumerate(chart.series)])


def _paired_labels(chart: Chart, series: Series) -> str:
    """The label of the higher figure stands above it, that of the lower below."""
    others = [s.values for s in chart.series if s is not series]
    highest = [all((o[n] or v or 0) <= (v or 0) for o in others) for n, v in enumerate(series.values)]
    return _labels(chart, "t", points="".join(_label(chart, n, "b") for n, high in enumerate(highest) if not high))


def _latest_label(chart: Chart, series: Series) -> str:
    """The label of the last known figure, at the end of its line."""
    known = [n for n, value in enumerate(series.values) if value is not None]
    points = "".join(_label(chart, n, "r") for n in known[-1:])
    return f"<c:dLbls>{points}{_label_look(chart, 't', _text(800), shown=False)}</c:dLbls>"


def _line_chart(chart: Chart, series: Sequence[tuple[int, Series, str]]) -> str:
    """Number, figures and labels of each line."""
    first = 1 if chart.kind != "lines" else 0
    drawn = "".join(
        _series(chart, n, s, _line_look(place), labels) for place, (n, s, labels) in enumerate(series, first)
    )
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{drawn}<c:marker val="1"/>{_axis_ids()}'
        "</c:lineChart>"
    )


def _line_look(place: int) -> str:
    dash, marker, color = _LINES[place % len(_LINES)]
    return (
        f'<c:spPr>{_outline(color, 22225, dash)}</c:spPr><c:marker><c:symbol val="{marker}"/><c:size val="6"/>'
        f"<c:spPr>{_solid(color)}{_outline(color, 6350)}</c:spPr></c:marker>"
    )


def _series(chart: Chart, number: int, series: Series, look: str, labels: str) -> str:
    column, last = chr(ord("B") + number), len(chart.categories) + 1
    is_line = series.line or chart.kind == "lines"
    inverted, smooth = ("", '<c:smooth val="0"/>') if is_line else ('<c:invertIfNegative val="0"/>', "")
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{SHEET}!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache></c:strRef>'
        f"</c:tx>{look}{inverted}{labels}"
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f>{_names(chart.categories)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${last}</c:f>{_figures(chart, series)}</c:numRef></c:val>"
        f"{smooth}</c:ser>"
    )


def _names(names: tuple[str, ...]) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{escape(name)}</c:v></c:pt>' for n, name in enumerate(names))
    return f'<c:strCache><c:ptCount val="{len(names)}"/>{points}</c:strCache>'


def _figures(chart: Chart, series: Series) -> str:
    """A missing figure has no point: it is not zero."""
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{figure_text(v)}</c:v></c:pt>' for n, v in enumerate(series.values) if v is not None
    )
    return (
        f"<c:numCache><c:formatCode>{escape(number_format(chart.places))}</c:formatCode>"
        f'<c:ptCount val="{len(series.values)}"/>{points}</c:numCache>'
    )


def _labels(chart: Chart, position: str, color: str = _TEXT, points: str = "") -> str:
    """The figures of a series beside their marks; `points` are those that stand elsewhere."""
    standing = chart.kind == "columns" and len(chart.series) * len(chart.categories) >= _CROWDED
    text = _text(800, -5_400_000 if standing else 0, color)
    return f"<c:dLbls>{points}{_label_look(chart, position, text)}</c:dLbls>"


def _label(chart: Chart, place: int, position: str) -> str:
    """The label of one point."""
    return f'<c:dLbl><c:idx val="{place}"/>{_label_look(chart, position, _text(800))}</c:dLbl>'


def _label_look(chart: Chart, position: str, text: str, *, shown: bool = True) -> str:
    return (
        f'<c:numFmt formatCode="{attribute(number_format(chart.places))}" sourceLinked="0"/>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text}"
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="{int(shown)}"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _category_axis(chart: Chart) -> str:
    place, order = ("l", "maxMin") if chart.kind == "bars" else ("b", "minMax")
    return (
        f'<c:catAx><c:axId val="{_AXES[0]}"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{place}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{_outline(_INK, 9525)}</c:spPr>{_text(900)}'
        f'<c:crossAx val="{_AXES[1]}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    """The axis of values: bars begin at zero, or below it where a figure does; lines where they are best read."""
    known = [v for s in chart.series for v in s.values if v is not None]
    bottom = '<c:min val="0"/>' if chart.kind != "lines" and all(v >= 0 for v in known) else ""
    place, crosses, turned = ("b", "max", 0) if chart.kind == "bars" else ("l", "autoZero", -5_400_000)
    title = (
        f"<c:title><c:tx><c:rich>{_body(turned)}<a:p><a:pPr>{_default(900)}</a:pPr><a:r>"
        f'<a:rPr lang="id-ID" sz="900" b="0"/><a:t>{escape(chart.unit)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )
    return (
        f'<c:valAx><c:axId val="{_AXES[1]}"/><c:scaling><c:orientation val="minMax"/>{bottom}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{place}"/><c:majorGridlines><c:spPr>{_outline(_GRID, 6350)}</c:spPr>'
        f"</c:majorGridlines>{title if chart.unit else ''}"
        f'<c:numFmt formatCode="{attribute(number_format(0))}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f"{_text(900)}"
        f'<c:crossAx val="{_AXES[0]}"/><c:crosses val="{crosses}"/><c:crossBetween val="between"/></c:valAx>'
    )


def _axis_ids() -> str:
    return "".join(f'<c:axId val="{number}"/>' for number in _AXES)


def _text(size: int, turned: int = 0, color: str = _TEXT) -> str:
    look = _default(size, color)
    return f'<c:txPr>{_body(turned)}<a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="id-ID"/></a:p></c:txPr>'


def _body(turned: int) -> str:
    return f'<a:bodyPr rot="{turned}" vert="horz"/>' if turned else "<a:bodyPr/>"


def _default(size: int, color: str = _TEXT) -> str:
    return f'<a:defRPr sz="{size}" b="0">{_solid(color)}<a:latin typeface="Calibri"/></a:defRPr>'
