"""Narrative quality: the evidence that the words about the figures are getting better."""

from kpi import widgets

widgets.narrative_quality()
