"""The panel at the right: tag bar, the article's annotations, the inspector and what is said of the article."""

from __future__ import annotations
