"""What no package knows: words and names that scripts/build_gazetteer.py needs to join its sources."""

from __future__ import annotations

# Beginnings that say nothing about which region it is, and words left out when regions are compared.
COMMON_STEMS = frozenset({"north", "south", "easte", "weste", "centr", "upper", "lower", "saint", "santa", "great"})
_GENERIC_WORDS = """
    province provincia provinsi oblast oblasti region regione state estado district distrito department departement
    departamento county governorate muhafazat prefecture municipality raion rayon republic respublika kray krai okrug
    avtonomnyy autonomous territory division voivodeship parish canton land city wilayat mintaqat
    al the of de del da do la el
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
# In daily use in the news, and in none of the packages.
SPOKEN = {
    "GB": ("UK", "U.K.", "Britain", "Great Britain"),
    "US": ("USA", "U.S.", "U.S.A.", "America"),
    "AE": ("UAE", "U.A.E.", "Emirates"),
    "CD": ("DRC", "DR Congo", "Congo-Kinshasa"),
    "CG": ("Congo-Brazzaville",),
    "CI": ("Cote d'Ivoire",),
    "CZ": ("Czech Republic",),
    "KP": ("DPRK",),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "NL": ("Holland",),
    "RU": ("Россия", "РФ", "Росія", "Russland", "Russie", "Rusia", "روسيا", "俄罗斯", "俄羅斯", "ロシア", "러시아"),
    "PS": ("Palestine", "State of Palestine"),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey", "Türkiye"),
    "VA": ("Holy See",),
}

# ISO 3166-2 codes of well-known regions whose English names pycountry does not carry.
EXONYMS = {
    "CN-NM": "Inner Mongolia",
    "DE-NI": "Lower Saxony",
    "DE-NW": "North Rhine-Westphalia",
    "DE-SN": "Saxony",
    "DE-ST": "Saxony-Anhalt",
    "ES-CL": "Castille and León",
    "ES-CM": "Castille-La Mancha",
    "ES-PV": "Basque Country",
    "FR-BRE": "Brittany",
    "FR-NAQ": "New Aquitaine",
    "IT-23": "Aosta Valley",
    "IT-52": "Tuscany",
    "RU-AL": "Altai",
    "RU-KEM": "Kuzbass",
    "RU-MOS": "Moscow Oblast",
    "RU-MOW": "Moscow",
    "RU-NIZ": "Nizhny Novgorod Oblast",
    "RU-OMS": "Omsk Oblast",
    "RU-SA": "Sakha",
    "RU-SE": "North Ossetia–Alania",
    "RU-SPE": "St.-Petersburg",
    "RU-YEV": "Jewish Autonomous Oblast",
    "SA-01": "Riyadh Region",
    "SA-04": "Eastern Province",
    "SA-08": "Northern Borders Region",
    "UA-30": "Kyiv City",
    "UA-32": "Kyiv Oblast",
    "UA-43": "Crimea",
    "UA-59": "Sumy",
}
