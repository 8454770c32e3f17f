"""Words by which name phrases and interrupting cues are told: titles, bodies, what is never a name.

Lists that a project may edit are resources of the suggestions; these serve only the caret.
"""

from __future__ import annotations

from annotator.base.late_pattern import late_pattern


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set(
    "accountant activist actor actress adviser advisor aide admiral ally ambassador analyst archbishop artist "
    "attorney author baroness biologist bishop boss captain chair chairman chairperson chairwoman chancellor "
    "chief climatologist coach colleague colonel columnist commander commissioner congressman congresswoman "
    "consul coordinator correspondent counsel critic dame defender delegate deputy designer detective diplomat "
    "director doctor dr economist editor emir engineer envoy executive expert farmer filmmaker founder general "
    "governor head historian inspector journalist judge justice king lady lawmaker lawyer leader lieutenant lord "
    "major manager mayor member minister miss mp mr mrs ms negotiator novelist nurse officer official owner "
    "pastor photographer physician player policeman pope premier president presenter prince princess principal "
    "producer professor prof prosecutor queen rabbi rapporteur reporter representative researcher resident "
    "reverend scholar scientist secretary senator sergeant sheikh sheriff singer sir speaker spokesman "
    "spokesperson spokeswoman strategist student sultan superintendent surgeon teacher treasurer undersecretary "
    "veteran vice-president victim whistleblower witness writer rep sen gov gen col lt rev st"
)
MODIFIERS = _set(
    "acting american chief co-founder communist conservative deputy defence defense democratic economic ex "
    "executive exiled external federal finance financial former foreign health home human independent interim "
    "interior international joint junior labour law leading liberal local managing military media national new "
    "opposition party police policy political press prime public regional retired rights ruling science security "
    "senior shadow social special state state-run state-owned top trade veteran vice white-house"
)
COLLECTIVES = _set(
    "administration agency allies analysts army authorities bank broadcaster channel coalition commission "
    "committee company council court critics delegation department diplomats doctors economists experts firm "
    "forces government group investigators journalists lawmakers lawyers leaders media military ministers "
    "ministry network newspaper office officials organisation organization parliament party police prosecutors "
    "regulator reporters researchers residents scientists sources spokespeople team television troops union "
    "university website witnesses workers"
)
BEFORE_BODIES = _set("news press state government health security police military intelligence aid human rights")
"""May stand between a name and the body it names: TASS news agency."""
PLACE_NOUNS = _set(
    "archipelago area basin bay borough canal city coast county delta desert district gulf highlands island "
    "islands lake mountains oblast peninsula plateau port prefecture province region republic river sea state "
    "strait territory town valley village"
)
PLACE_HEADS = _set(
    "gulf strait isle isles republic states state bay sea kingdom city cape horn district commonwealth union lake "
    "mount port federation coast rock"
)
PARTICLES = _set("of de da di del della des du la le el al bin ibn ben van von der den ter ten y dos das zu")
DETERMINERS = _set("the a an")
PRONOUNS = _set("he she they it we i you who one someone somebody everyone others many some")
NOT_NAMES = _set(
    "a about above across according after against all also although always amid among an and another any are as "
    "at away be because been before behind being below both but by can could despite did do does during each "
    "earlier either even every few finally first following for from further had has have he her here him his how "
    "however if in including indeed instead into is it its last later like may me meanwhile more moreover most "
    "much my nearly neither never new next no nor not nothing now of off on once one only onto or other others "
    "our out over per perhaps rather same she should since so some still such than that the their them then there "
    "therefore these they this those though through thus to today tomorrow too toward towards under unless until "
    "up upon us very was we well were what when where whether which while who whoever whom whose why will with "
    "within without would yes yesterday yet you your says said told added reported claims asked monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december regrettably nevertheless nonetheless read wed thu fri sat sun mon tue jan feb mar "
    "apr jun jul aug sep sept oct nov dec i"
) - _set("may us")
BODIES = _set(
    "agency assembly association authority bank board bureau cabinet chamber church club coalition commission "
    "committee company congress corporation council court department directorate embassy federation force forces "
    "foundation fund government group institute kremlin league ministry nations network news office organisation "
    "organization parliament party pentagon police post senate society times tribune union university house "
    "herald journal guardian reuters jazeera administration army"
)
"""A name that holds one of these is an organisation's."""

CONTRAST = late_pattern(r"\b(?:but|while|whereas|although|though|meanwhile)\b|[.!?]\s+\S")
"""What joins two people's words rather than interrupting one's."""

_SAYING = late_pattern(
    r"(?i)\b(?:said|says|say|saying|told|tells|wrote|writes|writing|asked|asks|asking|added|adds|adding|replied|replies|"
    r"answered|explained|explains|stated|states|noted|notes|noting|warned|warns|insisted|insists|argued|argues|recalled|"
    r"recalls|continued|continues|declared|announced|admitted|admits|claimed|claims|confirmed|concluded|concludes|"
    r"commented|complained|conceded|cautioned|demanded|denied|exclaimed|joked|lamented|muttered|observed|pleaded|"
    r"posted|predicted|promised|quipped|recounted|remarked|responded|shouted|cried|stressed|suggested|thought|thinks|"
    r"tweeted|urged|whispered|went on|put it|according to|reported|testified|vowed|pointed out|began|agreed|called)\b",
)


def saying_count(words: str) -> int:
    """Return how many saying verbs the words hold (the commonest only; words of a cue, not of an article)."""
    return len(_SAYING.findall(words))
