from __future__ import annotations

import pytest
from analysis.made import CODEBOOK, articles
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis import nominal, token_measures
from annotator.analysis.bootstrap import estimates
from annotator.analysis.corpus import ArticleAnnotations, corpus
from annotator.analysis.token_measures import STATISTICS, token_tallies
from annotator.analysis.tokens import tokens


def labels(several: list[ArticleAnnotations], coder: int, tags: str) -> list[frozenset[str]]:
    return [
        frozenset(
            a.tag_type for a in one.annotations[coder] if a.tag_type in tags and any(s.overlaps(t) for s in a.spans)
        )
        for one in several
        for t in tokens(one.text)
        if not any(t.overlaps(cut) for cut in one.furniture)
    ]


@pytest.mark.parametrize(("bits", "table"), [(1, 4), (40, 1 << 22), (40, 0)])
@pytest.mark.parametrize("coders", [2, 3])
def test_tallies_give_what_counting_token_by_token_gives(coders: int, bits: int, table: int) -> None:
    @settings(max_examples=50)
    @given(st.lists(articles(coders), min_size=1, max_size=3))
    def check(several: list[ArticleAnnotations]) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(token_measures, "_BITS", bits)
            patch.setattr(token_measures, "_TABLE", table)
            tallies = dict(token_tallies(corpus(several, CODEBOOK)))
        for tag, names in {0: "q", 1: "s", None: "qs"}.items():
            expected = nominal.counts([labels(several, coder, names) for coder in range(coders)])
            [found] = estimates([tallies[tag]], replicates=0)
            for name, statistic in STATISTICS.items():
                value = float(statistic(expected)) if expected.used.size else float("nan")
                assert found[name].value == (None if value != value else pytest.approx(value)), (tag, name)

    check()
