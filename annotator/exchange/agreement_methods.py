"""How agreement is computed, in words that a methods section can cite: matching rule, formulas, sources."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Formula:
    """A measure as people write it, how it is computed, and where that is from."""

    shown: str
    formula: str
    source: str


_KAPPA = "(A_o − A_e) / (1 − A_e)"
_MATCHES = "van Rijsbergen 1979, Information Retrieval (2nd edition), chapter 7"
_WIEBE = (
    "Wiebe, Wilson & Cardie 2005, Annotating expressions of opinions and emotions in language, Language Resources and"
    " Evaluation 39, section 7.1.1"
)
FORMULAS: dict[str, Formula] = {
    "precision_exact": Formula("Precision, exact", "exact pairs / annotations of the second annotator", _MATCHES),
    "recall_exact": Formula("Recall, exact", "exact pairs / annotations of the first annotator", _MATCHES),
    "f1_exact": Formula("F1, exact", "2 · exact pairs / annotations of both", _MATCHES),
    "precision_overlap": Formula("Precision, overlapping", "matched pairs / annotations of the second", _MATCHES),
    "recall_overlap": Formula("Recall, overlapping", "matched pairs / annotations of the first", _MATCHES),
    "f1_overlap": Formula("F1, overlapping", "2 · matched pairs / annotations of both", _MATCHES),
    "agr_ab": Formula("agr, first to second",
                      "the first’s annotations that overlap any of the second’s / all of the first’s", _WIEBE),
    "agr_ba": Formula("agr, second to first",
                      "the second’s annotations that overlap any of the first’s / all of the second’s", _WIEBE),
    "agr": Formula("agr", "mean of both directions", _WIEBE),
    "alpha_u": Formula(
        "Krippendorff’s α_U", "1 − Σ D_o / Σ D_e over tags, D the squared differences of where units begin and end",
        "Krippendorff 2004, Measuring the reliability of qualitative text analysis data, Quality & Quantity 38",
    ),
    "gamma": Formula(
        "γ", "1 − disorder of the best alignment / mean disorder of random continua (α = 3, β = 1, empty unit 1)",
        "Mathet, Widlöcher & Métivier 2015, The unified and holistic method gamma for inter-annotator agreement measure"
        " and alignment, Computational Linguistics 41(3)",
    ),
    "observed": Formula(
        "Observed agreement", "A_o = share of items on which two annotators agree, mean over the pairs of annotators",
        "Artstein & Poesio 2008, Inter-coder agreement for computational linguistics, Computational Linguistics 34(4)",
    ),
    "cohen_kappa": Formula(
        "Cohen’s κ", f"{_KAPPA}, A_e = Σ p₁(k) · p₂(k)",
        "Cohen 1960, A coefficient of agreement for nominal scales; mean over pairs: Light 1971",
    ),
    "scott_pi": Formula(
        "Scott’s π", f"{_KAPPA}, A_e = Σ ((p₁(k) + p₂(k)) / 2)²",
        "Scott 1955, Reliability of content analysis: the case of nominal scale coding",
    ),
    "fleiss_kappa": Formula(
        "Fleiss’ κ", f"{_KAPPA}, A_e = Σ p(k)², p(k) the mean share over all annotators",
        "Fleiss 1971, Measuring nominal scale agreement among many raters",
    ),
    "alpha_nominal": Formula(
        "Krippendorff’s α, nominal", "1 − (n − 1) · (n − Σ o(k,k)) / (n² − Σ n(k)²)",
        "Krippendorff 2011, Computing Krippendorff’s alpha-reliability",
    ),
}  # fmt: skip
"""By the measure's name; p are shares, o coincidences and n their margins, k the categories."""

INTERVAL = (
    "Intervals are 95 % percentile intervals of a bootstrap over articles (Efron & Tibshirani 1993, An introduction to"
    " the bootstrap, chapter 13), {replicates} replicates, seed {seed}. They need two articles at least."
)


def interval_text(replicates: int, seed: int) -> str:
    """Return how the intervals came about."""
    return INTERVAL.format(replicates=replicates, seed=seed)
