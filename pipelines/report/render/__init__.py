"""Blocks → bytes of a Word document. Draws, never decides."""

from pipelines.report.render.template import default_template, missing_styles
from pipelines.report.render.word import render

__all__ = ["default_template", "missing_styles", "render"]
