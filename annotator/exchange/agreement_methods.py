"""How agreement is computed, in words that a methods section can cite: matching rule, formulas, sources."""

from __future__ import annotations

from msgspec import Struct

from annotator.analysis.result import Level

MATCHING = (
    "Two annotations match when they bear the same tag and share at least one character; they match exactly when they"
    " also cover the same characters. Each annotation has one partner at most. Of all such pairings the one is taken"
    " that shares the most characters, then has the most exact pairs, then the most pairs (optimal assignment)."
)

CONFUSION = (
    "Here annotations are first matched as for the measures; those left over are then matched across tags when they"
    " share at least half of the characters that they cover together. “No counterpart”: one annotator only. Annotations"
    " in furniture are counted."
)

TREATMENT = {
    "Overlapping annotations": (
        "Overlapping annotations of one annotator are matched one to one; on tokens they count by what they cover"
        " together. α_U does not allow them and is then undefined; γ does."
    ),
    "Fragments": (
        "An annotation of several fragments is one unit that counts by what it covers; for α_U and γ each fragment is a"
        " unit of its own."
    ),
    "Furniture": (
        "Share icons and the like, as marked in the articles, are left out: annotations wholly in them, tokens with any"
        " part in them, and their characters within annotations."
    ),
    "Missing values": (
        "Attributes, entities and links are compared over matched annotations only, with the share of annotations that"
        " found a counterpart (“matched”) beside them. A pair of which one side gave no value is left out. For"
        " attributes of articles α takes all annotators and allows missing values. Free text is not compared."
    ),
    "Entities": (
        "Two are the same when the project has them as one entity; those of one name are not taken for one unless"
        " somebody has merged them."
    ),
    "Links": (
        "Of each role, every pair of matched annotations that the codebook allows to be linked is an item: linked, or"
        " not linked."
    ),
    "Tokens": (
        "Runs of word characters and single other marks (regular expression \\w+|[^\\w\\s]). A token bears a tag when"
        " an annotation covers any of it. Per tag the categories are “tagged” and “not tagged”, over all tags they are"
        " the set of tags on the token."
    ),
    "Articles": "They are laid end to end; no unit reaches from one into the next. γ has its own chance in each.",
    "More than two annotators": (
        "Precision, recall, F1, agr, κ and π are means over all pairs of annotators, as are κ and α of what is matched."
    ),
    "Undefined": "A measure without a number is undefined for the reason given; it is neither 0 nor 1.",
}
"""What was done in the cases that a reader will ask about."""


class Formula(Struct, frozen=True):
    """A measure as people write it, how it is computed, where that is from, and how to read what comes out."""

    shown: str
    formula: str
    source: str
    reading: str


_KAPPA = "(A_o − A_e) / (1 − A_e)"
_MATCHES = "van Rijsbergen 1979, Information Retrieval (2nd edition), chapter 7"
_WIEBE = (
    "Wiebe, Wilson & Cardie 2005, Annotating expressions of opinions and emotions in language, Language Resources and"
    " Evaluation 39, section 7.1.1"
)
_NO_CHANCE = "Chance is not taken off; with spans in running text it is next to nothing."
_BEYOND = "1 is full agreement, 0 what chance would give, below 0 less than that."
_RELIABLE = "From 0.8 on data count as reliable, from 0.667 on for tentative conclusions (Krippendorff 2004)."
FORMULAS: dict[str, Formula] = {
    "precision_exact": Formula(
        "Precision, exact", "exact pairs / annotations of the second annotator", _MATCHES,
        "Of what the second annotator tagged, the share that the first tagged in the very same words. 1 is all of it.",
    ),
    "recall_exact": Formula(
        "Recall, exact", "exact pairs / annotations of the first annotator", _MATCHES,
        "Of what the first annotator tagged, the share that the second tagged in the very same words. 1 is all of it.",
    ),
    "f1_exact": Formula(
        "F1, exact", "2 · exact pairs / annotations of both", _MATCHES,
        f"1: the same words throughout, 0: not once. {_NO_CHANCE}",
    ),
    "precision_overlap": Formula(
        "Precision, overlapping", "matched pairs / annotations of the second", _MATCHES,
        "Of what the second annotator tagged, the share that meets something of the first’s. 1 is all of it.",
    ),
    "recall_overlap": Formula(
        "Recall, overlapping", "matched pairs / annotations of the first", _MATCHES,
        "Of what the first annotator tagged, the share that meets something of the second’s. 1 is all of it.",
    ),
    "f1_overlap": Formula(
        "F1, overlapping", "2 · matched pairs / annotations of both", _MATCHES,
        "How far both found the same things, wherever these begin and end: 1 all of them, 0 none. Far above F1, exact,"
        f" it says that the edges are in dispute. {_NO_CHANCE}",
    ),
    "agr_ab": Formula(
        "agr, first to second", "the first’s annotations that overlap any of the second’s / all of the first’s", _WIEBE,
        "Share of the first’s annotations that meet any of the second’s, where one may answer for many.",
    ),
    "agr_ba": Formula(
        "agr, second to first", "the second’s annotations that overlap any of the first’s / all of the second’s",
        _WIEBE,
        "Share of the second’s annotations that meet any of the first’s, where one may answer for many.",
    ),
    "agr": Formula(
        "agr", "mean of both directions", _WIEBE,
        f"Share of annotations that meet any of the other’s: to compare with PARC and PolNeAR. {_NO_CHANCE}",
    ),
    "alpha_u": Formula(
        "Krippendorff’s α_U", "1 − Σ D_o / Σ D_e over tags, D the squared differences of where units begin and end",
        "Krippendorff 2004, Measuring the reliability of qualitative text analysis data, Quality & Quantity 38",
        f"{_BEYOND} Counts how far edges lie apart. {_RELIABLE}",
    ),
    "gamma": Formula(
        "γ", "1 − disorder of the best alignment / mean disorder of random continua (α = 3, β = 1, empty unit 1)",
        "Mathet, Widlöcher & Métivier 2015, The unified and holistic method gamma for inter-annotator agreement measure"
        " and alignment, Computational Linguistics 41(3)",
        f"{_BEYOND} Place and tag in one number; edges that are near count as nearly right, and annotations may"
        " overlap.",
    ),
    "observed": Formula(
        "Observed agreement", "A_o = share of items on which two annotators agree, mean over the pairs of annotators",
        "Artstein & Poesio 2008, Inter-coder agreement for computational linguistics, Computational Linguistics 34(4)",
        "Share of tokens that are treated alike. Most bear no tag, so it is high by itself: cite it beside κ or α.",
    ),
    "cohen_kappa": Formula(
        "Cohen’s κ", f"{_KAPPA}, A_e = Σ p₁(k) · p₂(k)",
        "Cohen 1960, A coefficient of agreement for nominal scales; mean over pairs: Light 1971",
        f"{_BEYOND} Chance goes by how often each annotator uses each tag.",
    ),
    "scott_pi": Formula(
        "Scott’s π", f"{_KAPPA}, A_e = Σ ((p₁(k) + p₂(k)) / 2)²",
        "Scott 1955, Reliability of content analysis: the case of nominal scale coding",
        f"{_BEYOND} Chance goes by how often both together use each tag.",
    ),
    "fleiss_kappa": Formula(
        "Fleiss’ κ", f"{_KAPPA}, A_e = Σ p(k)², p(k) the mean share over all annotators",
        "Fleiss 1971, Measuring nominal scale agreement among many raters",
        f"{_BEYOND} π for any number of annotators.",
    ),
    "alpha_nominal": Formula(
        "Krippendorff’s α, nominal", "1 − (n − 1) · (n − Σ o(k,k)) / (n² − Σ n(k)²)",
        "Krippendorff 2011, Computing Krippendorff’s alpha-reliability",
        f"{_BEYOND} Any number of annotators, missing values allowed. {_RELIABLE}",
    ),
}  # fmt: skip
"""By the measure's name; p are shares, o coincidences and n their margins, k the categories."""

OVERVIEW = (
    (Level.SPAN, "f1_exact"),
    (Level.SPAN, "f1_overlap"),
    (Level.SPAN, "alpha_u"),
    (Level.SPAN, "gamma"),
    (Level.TOKEN, "cohen_kappa"),
    (Level.TOKEN, "alpha_nominal"),
)
"""What is cited most, to be shown by tag."""

INTERVAL = (
    "Intervals are 95 % percentile intervals of a bootstrap over articles (Efron & Tibshirani 1993, An introduction to"
    " the bootstrap, chapter 13), {replicates} replicates, seed {seed}. They need two articles at least."
)


def interval_text(replicates: int, seed: int) -> str:
    """Return how the intervals came about."""
    return INTERVAL.format(replicates=replicates, seed=seed)
