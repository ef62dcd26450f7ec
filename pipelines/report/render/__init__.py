"""Blocks → bytes of a Word document. Draws, never decides."""

from pipelines.report.render.template import missing_styles
from pipelines.report.render.word import render

__all__ = ["missing_styles", "render"]
